"""A worker, or anybody, checks a card or a receipt without signing in."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from perisai.contributions import services as payments
from perisai.kernel import clock, ids
from perisai.membership import services, tokens
from perisai.site.cast import FAMILY_2017, Cast
from perisai.vault import signing

pytestmark = pytest.mark.usefixtures("in_2017")


@pytest.fixture(autouse=True)
def _nobody_has_called() -> None:
    cache.clear()


@pytest.fixture
def paid(cast: Cast) -> Any:
    registration = services.refer_member(
        actor=cast.rina,
        registration_id=ids.new_id(),
        applicant=FAMILY_2017["siti"].facts(),
        occurred_on=clock.today(),
    )
    code = payments.approve_with_code(actor=cast.laras, registration_id=registration.id)
    return payments.record_payment(
        actor=cast.nofri, code=code.code, amount_idr=code.amount_idr, channel="bank", channel_reference="1",
        paid_at=clock.now(),
    )  # fmt: skip


def read(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_a_card_says_whether_it_is_valid_and_no_more_than_a_masked_name(cast: Cast, client: Client, paid: Any) -> None:
    card = services.issue_card(actor=cast.laras, member_id=paid.member_id)
    page = read(client, f"/kartu/{card.token}")
    assert "Kartu berlaku" in page
    assert "S*** A*****" in page
    assert "Siti" not in page
    assert paid.member.number not in page
    newer = services.issue_card(actor=cast.laras, member_id=paid.member_id)
    assert "Kartu sudah diganti" in read(client, f"/kartu/{card.token}")
    assert "Kartu berlaku" in read(client, f"/kartu/{newer.token}")


def test_a_slip_is_not_a_card(cast: Cast, client: Client) -> None:
    registration = services.refer_member(
        actor=cast.rina,
        registration_id=ids.new_id(),
        applicant=FAMILY_2017["siti"].facts(),
        occurred_on=clock.today(),
    )
    page = read(client, f"/kartu/{tokens.slip_token(registration)}")
    assert "BUKAN kartu peserta" in page
    assert "Kartu berlaku" not in page


@pytest.mark.parametrize("token", ["x", "1.aaaa.bbbb", "A" * 5000, "1.%00.x", "<script>alert(1)<"])
def test_anything_else_is_not_valid(cast: Cast, client: Client, token: str) -> None:
    answer = client.get(f"/kartu/{token}")
    assert answer.status_code == 200
    assert "Tidak berlaku" in answer.content.decode()
    assert "<script>alert" not in answer.content.decode()


def test_the_whole_address_of_a_qr_code_may_be_pasted(cast: Cast, client: Client, paid: Any) -> None:
    card = services.issue_card(actor=cast.laras, member_id=paid.member_id)
    for text in (card.token, f"https://perisai.example/kartu/{card.token}", f"  http://x/kartu/{card.token}/ "):
        assert "Kartu berlaku" in client.post("/kartu", {"token": text}).content.decode()
    assert "Tempel dulu" in client.post("/kartu", {"token": " "}).content.decode()


def test_a_receipt_is_checked_without_the_agent(cast: Cast, client: Client, paid: Any) -> None:
    number = paid.receipt_number
    for page in (
        read(client, f"/kuitansi/{number}"),
        client.post("/kuitansi", {"number": f" {number[:7].lower()}-{number[7:].lower()} "}).content.decode(),
    ):
        assert "Iuran sudah diterima" in page
        assert "Rp\u00a016.800" in page
        assert "Okt\u00a02017" in page
        assert "S*** A*****" in page
        assert "Siti" not in page
        assert paid.member.number not in page


def test_a_receipt_that_is_none_says_what_to_do(cast: Cast, client: Client) -> None:
    page = client.post("/kuitansi", {"number": "\x00<b>1</b>"}).content.decode()
    assert "tidak ditemukan" in page
    assert "datangi kantor cabang" in page
    assert "<b>1</b>" not in page


def test_a_card_can_be_checked_offline_with_the_public_keys(cast: Cast, client: Client) -> None:
    page = read(client, "/kunci")
    for key in signing.public_keys().values():
        assert key in page
    assert "perisai token" in page


@pytest.mark.parametrize("address", ["/kartu", "/kartu/x", "/kuitansi", "/kuitansi/x", "/kunci"])
def test_addresses_of_cards_are_told_to_nobody(cast: Cast, client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer["Referrer-Policy"] == "same-origin"
    assert "noindex" in answer["X-Robots-Tag"]
    assert "no-store" in answer["Cache-Control"]


def test_who_tries_numbers_is_slowed_down(cast: Cast, client: Client) -> None:
    statuses = [client.get(f"/kuitansi/{n}").status_code for n in range(32)]
    assert statuses == [200] * 30 + [429] * 2
    slowed = client.get("/kuitansi/1")
    assert "Terlalu banyak permintaan" in slowed.content.decode()
    assert int(slowed["Retry-After"]) <= 60
    assert client.get("/kuitansi/1", REMOTE_ADDR="10.0.0.9").status_code == 200


def test_the_public_pages_speak_english_too(client: Client, cast: Cast) -> None:
    client.cookies["django_language"] = "en"
    assert '<html lang="en">' in read(client, "/kartu")
