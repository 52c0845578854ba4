"""The page of the law: any day, searchable, with the reason of every doubt and what changed."""

from typing import Any

import pytest
import time_machine
from tests.stage.fixtures import signed_in

from perisai.site.cast import Cast

pytestmark = pytest.mark.usefixtures("cast")


def text(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode()).replace("\u00a0", " ")


def test_laras_reads_the_law_of_october_2017() -> None:
    page = text(signed_in("laras").get("/aturan?per=2017-10-30"))
    assert "Rp 7.703.500" in page and "Rp 8.094.000" not in page
    assert "jkp.state_rate" not in page
    assert "Hari Raya Natal" in page and "perkiraan" not in page


def test_what_changed_between_two_days() -> None:
    page = text(signed_in("laras").get("/aturan?per=2026-04-01&sejak=2025-12-31")).split('id="bpu"')[0]
    assert page.index("discounts.pp_50_2025.transport") < page.index("pu.jp_wage_ceiling")
    assert "Rp 10.547.400" in page and "Rp 11.086.300" in page
    nothing = text(signed_in("laras").get("/aturan?per=2026-04-01&sejak=2026-04-01"))
    assert "Tidak ada yang berubah" in nothing


def test_a_figure_in_doubt_says_why_and_can_be_listed_alone() -> None:
    page = text(signed_in("nofri").get("/aturan?per=2026-04-01&ragu=1")).split('id="perubahan"')[1]
    assert "aturan umum PPh 21 untuk bukan pegawai" in page
    assert "bpu.jkm<" not in page.split("</section>", 1)[1]


def test_a_search_narrows_and_an_empty_one_says_what_to_do() -> None:
    client = signed_in("rina")
    found = text(client.get("/aturan?per=2026-04-01&q=denda")).split("</section>", 1)[1]
    assert "pu.fine_rate" in found and "bpu.jkm<" not in found
    assert "Tidak ada aturan dengan kata itu" in text(client.get("/aturan?q=zzz"))


def test_it_speaks_english_to_who_reads_english() -> None:
    client = signed_in("laras")
    client.post("/bahasa", {"language": "en"})
    page = text(client.get("/aturan?per=2026-04-01"))
    assert "Death (JKM), the same for everybody" in page and "joint leave" in page
    assert "Kematian (JKM)" not in page


@time_machine.travel("2026-11-24T03:00:00Z", tick=False)
@pytest.mark.parametrize("asked", ["", "?per=kemarin&sejak=besok", "?per=0001-01-01", "?per=9999-12-31", "?q=%00%F0"])
def test_a_day_that_cannot_be_read_still_shows_a_page(asked: str) -> None:
    assert "bpu.jkm" in text(signed_in("laras").get(f"/aturan{asked}")) or "q=" in asked


def test_a_year_without_a_decree_marks_its_days_as_estimates() -> None:
    assert "perkiraan" in text(signed_in("laras").get("/aturan?per=2027-06-01"))


def test_everybody_who_works_here_finds_it_in_the_rail(cast: Cast) -> None:
    for who in ("rina", "datuak", "admin", "sudirman"):
        assert 'href="/aturan"' in text(signed_in(who).get("/aturan"))
