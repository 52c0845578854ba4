"""Laras and Hendri look members up, open one, issue cards; Rina sees her own, Gustina of Solok nobody of these."""

import io
import re
from typing import Any

import pytest
from openpyxl import load_workbook
from tests.stage.fixtures import signed_in
from tests.web import people

from perisai.audit.models import Entry
from perisai.kernel import ids
from perisai.membership import exports, selectors, services
from perisai.membership.models import Card
from perisai.site.cast import FAMILY_2017, Cast

pytestmark = pytest.mark.usefixtures("in_2017")
NIK = FAMILY_2017["siti"].nik
TOKEN = re.compile(r"[0-9A-Za-z]{64}")


def text(response: Any) -> str:
    return str(response.content.decode())


@pytest.fixture
def siti(cast: Cast) -> Any:
    return people.member(cast)


def test_the_list_shows_who_joined_last_and_no_nik(cast: Cast, siti: Any) -> None:
    page = signed_in("laras").get("/peserta")
    assert "Siti Aminah" in text(page)
    assert NIK not in text(page)
    assert "XLSX" not in text(page), "an officer may not take the list away"


def test_a_search_by_nik_answers_and_keeps_it_out_of_the_page(cast: Cast, siti: Any) -> None:
    people.member(cast, "upik")
    page = signed_in("laras").post("/peserta", {"q": NIK})
    assert page.status_code == 200
    assert "Siti Aminah" in text(page) and "Upik Rahmah" not in text(page)
    assert NIK not in text(page)


@pytest.mark.parametrize("words", ["siti", "Sity Amina", "{number}"])
def test_a_search_by_name_or_number(cast: Cast, siti: Any, words: str) -> None:
    assert "Siti Aminah" in text(signed_in("laras").post("/peserta", {"q": words.format(number=siti.number)}))


def test_filters_stand_as_chips_and_nonsense_in_the_address_asks_for_nothing(cast: Cast, siti: Any) -> None:
    client = signed_in("hendri")
    chosen = client.get("/peserta", {"segment": "bpu", "state": "active", "agent": str(siti.agent_id)})
    assert text(chosen).count('class="chip"') == 3
    assert "Siti Aminah" in text(chosen)
    assert "Siti Aminah" not in text(client.get("/peserta?segment=pu"))
    assert "Siti Aminah" in text(client.get("/peserta?segment=x&state=%00&agent=1&page=-7"))


@pytest.mark.parametrize(
    ("who", "sees"),
    [("rina", True), ("yusuf", False), ("gustina", False), ("sudirman", True), ("irwansyah", True), ("datuak", False)],
)
def test_an_invisible_member_is_an_unknown_one(cast: Cast, siti: Any, who: str, sees: bool) -> None:
    client = signed_in(who)
    mine, unknown = client.get(f"/peserta/{siti.id}"), client.get(f"/peserta/{ids.new_id()}")
    assert mine.status_code == (200 if sees else 404)
    assert unknown.status_code == 404
    if not sees:
        assert TOKEN.sub("", text(mine)) == TOKEN.sub("", text(unknown))


def test_the_board_sees_all_and_has_no_buttons(cast: Cast, siti: Any) -> None:
    client = signed_in("sudirman")
    for tab in ("riwayat", "iuran", "kartu", "agen"):
        page = text(client.get(f"/peserta/{siti.id}?tab={tab}"))
        main = page[page.index("<main") : page.index("</main>")]
        assert "<button" not in main and "<form" not in main
        assert "/nik" not in main and "kartu.pdf" not in main
    assert client.get(f"/peserta/{siti.id}/nik").status_code == 404
    assert client.post(f"/peserta/{siti.id}/kode", {"months": "1"}).status_code == 404
    assert client.post(f"/peserta/{siti.id}/kartu").status_code == 404


def test_the_history_tells_the_whole_way(cast: Cast, siti: Any) -> None:
    services.issue_card(actor=cast.laras, member_id=siti.id)
    page = text(signed_in("laras").get(f"/peserta/{siti.id}"))
    for event in (
        "Rujukan dikirim",
        "Rujukan disetujui",
        "Pembayaran dicatat",
        "Perlindungan mulai",
        "Kartu diterbitkan",
    ):
        assert event in page
    assert "Rina Marlina" in page and "Nofri Yandi" in page


def test_the_nik_is_shown_once_for_a_reason(cast: Cast, siti: Any) -> None:
    client = signed_in("laras")
    assert client.post(f"/peserta/{siti.id}/nik", {"reason": "  "}).status_code == 422
    shown = text(client.post(f"/peserta/{siti.id}/nik", {"reason": "Klinik menelepon"}))
    assert NIK in shown.replace("\u00a0", "")
    again = client.get(f"/peserta/{siti.id}")
    assert NIK not in text(again).replace("\u00a0", "")
    entry = Entry.objects.get(action="membership.nik.revealed")
    assert (entry.note, entry.actor_user_id) == ("Klinik menelepon", cast.laras.user_id)
    assert "Klinik menelepon" in text(again)


def test_a_code_is_offered_with_its_price_and_law_and_there_is_only_one(cast: Cast, siti: Any) -> None:
    client = signed_in("rina")
    page = text(client.get(f"/peserta/{siti.id}?tab=iuran")).replace("\u00a0", " ")
    for price in ("Rp 16.800", "Rp 50.400", "Rp 100.800", "Rp 201.600"):
        assert price in page
    assert "Dasar hukum" in page
    assert client.post(f"/peserta/{siti.id}/kode", {"months": "3"}).status_code == 302
    assert client.post(f"/peserta/{siti.id}/kode", {"months": "3"}).status_code == 422
    page = text(client.get(f"/peserta/{siti.id}?tab=iuran")).replace("\u00a0", " ")
    assert "Menunggu bayar" in page and "Batalkan" not in page, "an agent cannot take a code back"


def test_months_that_nobody_offers_are_refused(cast: Cast, siti: Any) -> None:
    assert signed_in("laras").post(f"/peserta/{siti.id}/kode", {"months": "5"}).status_code == 422


def test_cards_are_issued_together_once(cast: Cast, siti: Any) -> None:
    upik = people.member(cast, "upik")
    client = signed_in("laras")
    assert "2 hari" not in text(client.get("/peserta/kartu"))
    sent = {"member": [str(siti.id), str(upik.id), "nonsense"]}
    first = client.post("/peserta/kartu", sent)
    client.post("/peserta/kartu", sent)
    assert Card.objects.count() == 2
    page = text(client.get(first.headers["Location"]))
    assert "Siti Aminah" in page and "Upik Rahmah" in page
    sheet = client.get("/peserta/kartu/lembar.pdf?" + first.headers["Location"].split("?")[1])
    assert (sheet["Content-Type"], sheet.content[:4]) == ("application/pdf", b"%PDF")
    assert (
        signed_in("gustina").get("/peserta/kartu/lembar.pdf?" + first.headers["Location"].split("?")[1]).status_code
        == 404
    )


def test_replacing_a_card_sent_twice_replaces_once(cast: Cast, siti: Any) -> None:
    client = signed_in("laras")
    client.post(f"/peserta/{siti.id}/kartu", {"serial": ""})
    client.post(f"/peserta/{siti.id}/kartu", {"serial": ""})
    [old] = selectors.cards_of(siti.id)
    for _ in range(2):
        client.post(f"/peserta/{siti.id}/kartu", {"serial": old.serial})
    assert sorted(card.state for card in selectors.cards_of(siti.id)) == ["replaced", "valid"]
    assert client.get(f"/peserta/{siti.id}/kartu.pdf").content[:4] == b"%PDF"
    assert "<svg" in text(client.get(f"/peserta/{siti.id}?tab=kartu"))


def test_the_list_as_a_file_is_masked_harmless_and_recorded(cast: Cast) -> None:
    people.member(cast, name='=HYPERLINK("http://x","Siti")')
    client = signed_in("hendri")
    csv = client.post("/peserta/unduh/csv").content.decode("utf-8-sig")
    assert "'=HYPERLINK" in csv and NIK not in csv and "130608******0003" in csv
    book = load_workbook(io.BytesIO(client.post("/peserta/unduh/xlsx?segment=bpu").content))
    rows = list(book.worksheets[0].values)
    assert len(rows) == 2 and str(rows[1][1]).startswith("'=")
    assert Entry.objects.filter(action="membership.members.exported", facts__rows=1).count() == 2


@pytest.mark.parametrize("who", ["laras", "rina", "sudirman", "nofri"])
def test_who_may_not_take_the_list_finds_no_such_page(cast: Cast, who: str) -> None:
    assert signed_in(who).post("/peserta/unduh/csv").status_code == 404


def test_a_list_too_large_says_what_to_do(cast: Cast, siti: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "MOST_ROWS", 0)
    page = signed_in("hendri").post("/peserta/unduh/xlsx")
    assert page.status_code == 422 and "Persempit dengan saringan" in text(page)


def test_a_hard_name_is_only_text_everywhere(cast: Cast) -> None:
    siti = people.member(cast, name=people.HARD_NAME)
    services.issue_card(actor=cast.laras, member_id=siti.id)
    client = signed_in("laras")
    pages = ["/peserta", "/iuran", f"/peserta/{siti.id}/nik", f"/peserta/{siti.id}/kartu"]
    pages += [f"/peserta/{siti.id}?tab={tab}" for tab in ("riwayat", "iuran", "kartu", "agen")]
    for address in pages:
        page = text(client.get(address))
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page and "🌾" in page


def test_a_list_asks_the_database_the_same_for_one_and_for_many(cast: Cast, django_assert_max_num_queries: Any) -> None:
    for who in ("siti", "bakri", "nurdin", "upik"):
        people.member(cast, who)
    client = signed_in("hendri")
    for address in ("/peserta", "/peserta/kartu", "/iuran", "/pesan"):
        with django_assert_max_num_queries(14):
            assert client.get(address).status_code == 200
