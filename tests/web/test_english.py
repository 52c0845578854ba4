"""Whoever chose English reads English: every page that a member of the cast can open, and every refusal of a form."""

import html
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.test import Client
from django.utils import translation
from tests.stage.fixtures import signed_in
from tests.web.test_matrix import Stage, patterns

import perisai
from perisai.site.cast import Cast

pytestmark = pytest.mark.usefixtures("in_2017")

CATALOGUE = Path(perisai.__file__).parent / "locale" / "en" / "LC_MESSAGES" / "django.po"
PEOPLE = ("rina", "buyung", "laras", "hendri", "nofri", "maharani", "datuak", "admin")
MAIN = {
    "home", "registrations", "registration_new", "registration", "members", "member", "contributions", "payment",
    "agents", "agent", "wadah", "targets", "rank", "incentives", "statement", "villages", "village", "notices",
    "settings", "search", "cards", "slip", "password", "about",
}  # fmt: skip
PAPER = re.compile("_pdf|_png|sheet|export")
PUBLIC = {"sign_in", "about", "card_form", "card_check", "receipt_form", "receipt_check", "keys"}

INDONESIAN = re.compile(
    r"\b(peserta|pendaftaran|iuran|hari ini|kembali\w*|setuju\w*|tolak|ditolak|kartu|kuitansi|kode bayar|rujukan|agen|"
    r"insentif|kantor|cabang|wilayah|laporan|pengaturan|pesan|cari|simpan|batal|nomor|nama|alamat|tanggal|bulan|tahun|"
    r"perusahaan|pekerja\w*|petani|perempuan|laki-laki|aktif|berlaku|menunggu|belum|sudah|tidak|yang|dan|untuk|dengan|"
    r"dari|pada|adalah|atau|sampai|lagi|bila|supaya|anda|ini|itu)\b",
    re.IGNORECASE,
)
AS_WRITTEN = (
    "Bahasa Indonesia",
    "BUKAN KARTU PESERTA",
    "Kantor Perisai",
    "k=rujukan-bukan-kartu",
    "k=kartu",
    "/kuitansi",
    "/iuran-saya",
    "Kantor Pusat",
    "Pangkajene dan Kepulauan",
    "Siti belum dihitung.",
    "Rekening tidak aktif",
    "Columns NIK, Nama and Upah",
    "Peraturan Direksi tentang Perisai 2017 dan 2018",
    "SKB tiga menteri setiap tahun",
    "janji layanan kantor cabang",
    "praktik kantor cabang di Bali 2018",
    "praktik kantor",
    "praktik sebelum 2021 (teks tidak ditemukan)",
    "umur kerja (batas bawah BPU tidak ditemukan)",
    "Aplikasi lapangan perlu JavaScript. Nyalakan di pengaturan peramban, atau pakai halaman kantor di /masuk.",
)
"""Names, sources as the rulebook cites them, what stands on Indonesian paper or in two languages at once, and words that a
person of the cast typed: never translated."""


class Visible(HTMLParser):
    """The words of a page that somebody sees or hears."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.hidden = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in ("script", "style")
        self.words += [
            value
            for name, value in attrs
            if name in ("aria-label", "title", "placeholder", "alt", "data-label") and value
        ]

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self.hidden and data.strip():
            self.words.append(" ".join(data.split()))


def left_in_indonesian(page: str) -> list[str]:
    """What of a page an English reader could not read."""

    def foreign(words: str) -> bool:
        for name in AS_WRITTEN:
            words = words.replace(name, "")
        return bool(INDONESIAN.search(words))

    return [words for words in Visible(page).words if foreign(words)]


def english(client: Client) -> Client:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def pages(stage: Stage, client: Client) -> Iterator[tuple[str, str]]:
    """Every page that opens, with the name of its address."""
    for name in dict.fromkeys(str(each.name) for each in patterns()):
        if not PAPER.search(name):
            answer = stage.knock(client, f"GET {name}")
            if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
                yield name, answer.content.decode()


def sides(address: str, page: str) -> set[str]:
    """The tabs and filters of a page: its own address with something asked."""
    links = (html.unescape(each) for each in re.findall(r'href="([^"#]*\?[^"]+)"', page))
    return {address + link if link.startswith("?") else link for link in links if link.split("?")[0] in ("", address)}


def test_no_page_of_the_cast_is_left_in_indonesian(cast: Cast) -> None:
    stage, opened, left = Stage(cast), set(), set()
    seen_sides: set[str] = set()
    for who in PEOPLE:
        client = english(signed_in(who))
        for name, page in pages(stage, client):
            opened.add(name)
            left |= {(name, words) for words in left_in_indonesian(page)}
            for side in sides(stage.address(name), page) - seen_sides:
                seen_sides.add(side)
                left |= {(side, words) for words in left_in_indonesian(client.get(side).content.decode())}
    assert sorted(left) == []
    assert opened >= MAIN


def test_no_public_page_is_left_in_indonesian(cast: Cast) -> None:
    seen = dict(pages(Stage(cast), english(Client())))
    assert seen.keys() >= PUBLIC
    assert not {name: left for name, page in seen.items() if (left := left_in_indonesian(page))}


@pytest.mark.parametrize(
    ("who", "address", "body"),
    [
        ("rina", "/pendaftaran/baru", {}),
        ("rina", "/pendaftaran/baru", {"nik": "13060850", "born_on": "31-12-2090", "phone": "1", "income_idr": "0"}),
        ("nofri", "/iuran/catat", {}),
        ("nofri", "/iuran/catat", {"code": "123", "amount_idr": "x", "paid_on": "x", "paid_time": "x"}),
        ("hendri", "/agen/wadah/baru", {}),
        ("admin", "/pengaturan/baru", {"name": "Fitri", "username": "laras"}),
        ("laras", "/kata-sandi", {"old": "salah", "new": "1", "again": "2"}),
    ],
)
def test_a_refused_form_says_why_in_english(cast: Cast, who: str, address: str, body: dict[str, str]) -> None:
    answer = english(signed_in(who)).post(address, body)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Not saved yet. Check these fields:" in page
    assert left_in_indonesian(page) == []


def test_the_reader_of_indonesian_still_reads_indonesian(cast: Cast) -> None:
    assert len(left_in_indonesian(signed_in("laras").get("/").content.decode())) > 10


def test_what_the_program_reads_is_what_was_translated() -> None:
    with CATALOGUE.open("rb") as file:
        sentences = [each for each in read_po(file, locale="en") if each.id]
    assert len(sentences) > 500
    with translation.override("en"):
        for each in sentences:
            if isinstance(each.id, str):
                said = translation.pgettext(each.context, each.id) if each.context else translation.gettext(each.id)
                assert said == each.string != ""
            else:
                one, more = each.id
                assert tuple(translation.ngettext(one, more, n) for n in (1, 2)) == each.string
