"""Papers say what the facts say, whatever is in a name, and never more than they may."""

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfReader

from perisai.contributions.documents import ReceiptFacts, receipt_pdf
from perisai.incentives.documents import StatementFacts, StatementLine, statement_pdf
from perisai.kernel.money import Rupiah
from perisai.kernel.period import Period
from perisai.membership.documents import (
    CardFacts,
    Language,
    SlipFacts,
    card_pdf,
    card_png,
    card_sheet_pdf,
    slip_pdf,
    slip_png,
)

CHECK = "https://perisai.example.org/k/1.a3M.x"
CARD = CardFacts(
    "Siti Rahmawati", "13060800017", ("JKK", "JKM"), date(2017, 10, 30), "Kantor Cabang Bukittinggi",
    "perisai.example.org/k", CHECK, fictional=True,
)  # fmt: skip
SLIP = SlipFacts(
    "Siti Rahmawati", "Koto Tinggi, Baso, Agam, Sumatera Barat", "Rina Marlina", "Kantor Cabang Bukittinggi",
    ("Kantor memeriksa data.", "Iuran pertama dibayar."), 16_800, "7KQ4-M2XD-95", CHECK, date(2017, 10, 2),
)  # fmt: skip
RECEIPT = ReceiptFacts(
    "R-000123-4", "S*** R********", "1306 0800 017", (Period(2017, 10), Period(2017, 11)),
    {"JKK": Rupiah(20_000), "JKM": Rupiah(13_600)}, "Bank", date(2017, 10, 30), "perisai.example.org/k", CHECK,
)  # fmt: skip
NEW = StatementLine("S*** R*******", "Peserta baru.", True, None, "", Rupiah(10_000))
OLD = StatementLine("Z***** B****", "NIK sudah pernah terdaftar.", False, None, "", Rupiah(0))
STATEMENT = StatementFacts(
    "I-2026-04-12", Period(2026, 4), "Rina Marlina", "Wadah Koto Tinggi", "Perdir 13/2022", date(2026, 5, 5),
    (NEW, OLD), {"Dibayarkan": Rupiah(10_000)},
)  # fmt: skip

HARD_NAMES = [
    '#panic("x")',
    "*Siti* _R_ $x$ `y` \\ @a <b> // c /* d",
    'Ja\'far "Datuk" O’Rajo',
    "Siti 🌾🌾",
    "X" * 100,
    "Zainab binti " * 8,
    "ستي رحمواتي",
    "</svg>&amp;",
    "",
]


def text_of(pdf: bytes) -> str:
    """Words of all pages with single blanks; where a long word may break, nothing."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\u200b", "").split())


def pages_of(pdf: bytes) -> int:
    return len(PdfReader(io.BytesIO(pdf)).pages)


def test_the_card_says_who_and_what_in_the_size_of_a_card() -> None:
    pdf = card_pdf(CARD)
    page = PdfReader(io.BytesIO(pdf)).pages[0]
    assert (round(float(page.mediabox.width) / 72 * 25.4, 1), round(float(page.mediabox.height) / 72 * 25.4)) == (
        85.6,
        54,
    )
    for words in ("Siti Rahmawati", "1306 0800 017", "JKK", "JKM", "30 Okt 2017", "Bukittinggi", "FIKTIF"):
        assert words in text_of(pdf)
    assert "30 Oct 2017" in text_of(card_pdf(CARD, "en"))


@pytest.mark.parametrize("name", HARD_NAMES)
def test_no_name_breaks_a_paper_or_its_page(name: str) -> None:
    assert pages_of(card_pdf(replace(CARD, name=name, branch_name=name))) == 1
    assert pages_of(slip_pdf(replace(SLIP, name=name, village_path=name, agent_name=name, branch_name=name))) == 1
    assert pages_of(receipt_pdf(replace(RECEIPT, name_masked=name, channel=name))) == 1
    statement_pdf(replace(STATEMENT, agent=name, lines=(replace(NEW, about=name, why=name),)))


@pytest.mark.parametrize("name", ['#panic("x")', "Ja'far #1 *Datuk*"])
def test_a_name_that_looks_like_markup_is_printed_as_written(name: str) -> None:
    assert name in text_of(card_pdf(replace(CARD, name=name)))
    assert name in text_of(slip_pdf(replace(SLIP, name=name)))


def test_the_slip_says_that_it_is_no_card_in_both_languages() -> None:
    assert "BUKAN KARTU PESERTA" in text_of(slip_pdf(SLIP))
    english = text_of(slip_pdf(SLIP, "en"))
    assert "BUKAN KARTU PESERTA" in english
    assert "Not a member card" in english


def test_before_the_approval_the_slip_asks_for_no_money() -> None:
    assert "7KQ4-M2XD-95" in text_of(slip_pdf(SLIP))
    waiting = text_of(slip_pdf(replace(SLIP, payment_code=None)))
    assert "Jangan bayar dulu" in waiting
    assert "7KQ4" not in waiting


@pytest.mark.parametrize(("cards", "pages"), [(1, 1), (10, 1), (11, 2), (25, 3)])
def test_ten_cards_stand_on_a_sheet(cards: int, pages: int) -> None:
    pdf = card_sheet_pdf([replace(CARD, name=f"Peserta {number}") for number in range(cards)])
    assert pages_of(pdf) == pages
    assert text_of(pdf).count("KARTU PESERTA") == cards
    assert f"Peserta {cards - 1}" in text_of(pdf)


def test_a_sheet_without_cards_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a card"):
        card_sheet_pdf([])


def test_the_receipt_adds_up_and_names_its_months() -> None:
    said = text_of(receipt_pdf(RECEIPT)).replace("\xa0", " ")
    for words in ("20.000", "13.600", "Rp 33.600", "Okt 2017", "Nov 2017", "R-000123-4"):
        assert words in said
    assert "Rp 33,600" in text_of(receipt_pdf(RECEIPT, "en")).replace("\xa0", " ")


def test_each_line_of_the_statement_says_why_over_many_pages() -> None:
    pdf = statement_pdf(replace(STATEMENT, lines=(NEW, OLD) * 60))
    assert pages_of(pdf) > 2
    said = text_of(pdf)
    assert said.count("NIK sudah pernah terdaftar.") == 60
    assert said.count("Untuk apa, dan mengapa") == pages_of(pdf), "the head of the table stands on every page"
    assert "Tidak ada baris" in text_of(statement_pdf(replace(STATEMENT, lines=())))


def test_a_pdf_names_its_title_and_language_and_no_date_of_making() -> None:
    titles: dict[Language, str] = {"id": "Kartu peserta", "en": "Member card"}
    for language, title in titles.items():
        reader = PdfReader(io.BytesIO(card_pdf(CARD, language)))
        assert reader.metadata
        assert reader.metadata.title == title
        assert str(reader.root_object["/Lang"]) == language
        assert reader.metadata.creation_date is None


def test_equal_facts_give_equal_bytes_from_many_threads() -> None:
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: card_pdf(CARD), range(12)))
    assert len(set(made)) == 1


def test_pictures_are_pngs() -> None:
    for picture in (card_png(CARD), slip_png(SLIP)):
        assert picture.startswith(b"\x89PNG")
