"""A slip that the phone signed without signal is told from a card and from a forgery."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from django.test import Client
from tests.sync.phone import Phone, text_of

from perisai.kernel import ids
from perisai.membership import tokens
from perisai.site.cast import Cast
from perisai.sync.selectors import check_card
from perisai.vault import signing


def slip(phone: Phone, kind: str = tokens.SLIP, spoken: str = "perisai slip ") -> str:
    payload = text_of(signing.pack({"k": kind, "r": str(ids.new_id()), "d": "2026-11-24"}))
    signature = phone.private.sign(f"{spoken}{phone.id}.{payload}".encode(), ec.ECDSA(SHA256()))
    r, s = decode_dss_signature(signature)
    return f"d.{phone.id}.{payload}.{text_of(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


def test_the_public_page_says_that_it_is_a_slip_and_no_card(cast: Cast) -> None:
    token = slip(Phone("rina"))
    page = Client().get(f"/kartu/{token}")
    assert "BUKAN kartu peserta" in page.content.decode()
    answer = Client().post("/api/v1/public/card", {"token": token}, content_type="application/json")
    assert answer.json()["status"] == "slip"


def test_a_forged_or_foreign_one_is_unknown(cast: Cast) -> None:
    phone, stranger = Phone("rina"), Phone("zul", enrolled=False)
    good = slip(phone)
    head, payload, signature = good.rsplit(".", 2)
    forged = slip(Phone("zul"))
    for token in (
        slip(stranger),
        slip(phone, kind=tokens.CARD),
        slip(phone, spoken="perisai token "),
        f"{head}.{payload}x.{signature}",
        f"{head}.{payload}.{forged.rsplit('.', 1)[1]}",
        good[:-4],
        "d.",
        "d.x.y.z",
    ):
        assert check_card(token).status == "unknown", token
    assert check_card(good).status == "slip"


@pytest.mark.parametrize("token", ["", "1.x.y", "nothing"])
def test_other_tokens_are_asked_of_membership(token: str, cast: Cast) -> None:
    assert check_card(token).status == "unknown"
