"""The home page says what waits for whom; the search finds it."""

from datetime import timedelta
from typing import Any

import pytest
from tests.stage.fixtures import REPORT_DAY, signed_in

from perisai.contributions import services as payments
from perisai.kernel import clock, ids
from perisai.membership import services
from perisai.site.cast import FAMILY_2017, Cast, Worker
from perisai.targets import services as targets

pytestmark = pytest.mark.usefixtures("in_2017")
SITI = FAMILY_2017["siti"]


def refer(cast: Cast, worker: Worker = SITI, by: str = "rina") -> Any:
    return services.refer_member(
        actor=cast.actors[by], registration_id=ids.new_id(), applicant=worker.facts(), occurred_on=clock.today()
    )


def pay(cast: Cast, registration: Any) -> Any:
    code = payments.approve_with_code(actor=cast.laras, registration_id=registration.id)
    return payments.record_payment(
        actor=cast.nofri, code=code.code, amount_idr=code.amount_idr, channel="bank", channel_reference="1",
        paid_at=clock.now(),
    )  # fmt: skip


def home(who: str) -> str:
    return signed_in(who).get("/").content.decode()


def queue(page: str, name: str) -> str:
    """The figure of that queue card."""
    card = page[page.index(f"</svg>{name}</span>") :]
    return card[card.index("big-figure") + 12 :].split("<")[0].strip("> ")


def test_laras_sees_what_to_decide_and_which_is_late(cast: Cast) -> None:
    with clock.turned_to(REPORT_DAY - timedelta(days=6)):
        refer(cast, FAMILY_2017["nurdin"])
    refer(cast)
    refer(cast, FAMILY_2017["bakri"])
    refer(cast, FAMILY_2017["ali"], by="mira")
    page = home("laras")
    assert queue(page, "Menunggu keputusan") == "4"
    assert queue(page, "Perlu dibandingkan") == "1"
    assert "1 lewat waktu" in page
    assert page.index("Nurdin Sutan") < page.index("Siti Aminah")


def test_a_paid_member_waits_for_the_card_until_it_is_issued(cast: Cast) -> None:
    payment = pay(cast, refer(cast))
    page = home("laras")
    assert queue(page, "Kartu belum terbit") == "1"
    assert "yang pertama 7 hari kerja lagi" in page
    services.issue_card(actor=cast.laras, member_id=payment.member_id)
    assert queue(home("laras"), "Kartu belum terbit") == "0"


def test_rina_sees_her_returned_referral_with_its_reason_and_her_month(cast: Cast) -> None:
    registration = refer(cast)
    services.return_registration(actor=cast.laras, registration_id=registration.id, note="Alamat belum lengkap")
    pay(cast, refer(cast, FAMILY_2017["nurdin"]))
    page = home("rina")
    assert queue(page, "Dikembalikan kepada saya") == "1"
    assert "Alamat belum lengkap" in page
    assert "49 lagi sampai ambang insentif (50 peserta baru sebulan)" in page
    assert "Alamat belum lengkap" not in home("mira")


SEES_SITI = {"hendri", "irwansyah", "maharani", "sudirman", "buyung"}


@pytest.mark.parametrize("who", sorted(SEES_SITI | {"gustina", "nofri", "datuak", "admin"}))
def test_everybody_has_a_home(cast: Cast, who: str) -> None:
    refer(cast)
    answer = signed_in(who).get("/")
    assert answer.status_code == 200
    assert ("Siti Aminah" in answer.content.decode()) == (who in SEES_SITI)


def test_the_target_of_the_office_stands_in_a_line_with_the_pace_in_words(cast: Cast) -> None:
    assert "Target Bukittinggi" not in home("laras")
    targets.set_target(
        actor=cast.irwansyah, office_code="BKT", year=2017, segment="bpu", amount=40, reason="Rapat kerja"
    )
    pay(cast, refer(cast))
    page = home("laras")
    assert "Target Bukittinggi" in page
    assert "2,50\u00a0%" in page
    assert "BPU per bulan" in page
    assert "Target Bukittinggi" not in home("rina")


# --- search over everything ----------------------------------------------------------------------------------------


def test_words_are_searched_without_standing_in_an_address(cast: Cast) -> None:
    payment = pay(cast, refer(cast))
    laras = signed_in("laras")
    answer = laras.post("/cari", {"q": "siti amina"})
    assert answer["Location"] == "/cari"
    page = laras.get("/cari").content.decode()
    assert payment.member.number in page
    assert SITI.nik not in page


def test_a_nik_is_answered_and_kept_nowhere(cast: Cast) -> None:
    pay(cast, refer(cast))
    laras = signed_in("laras")
    answer = laras.post("/cari", {"q": "1306 0850 0190 0003"})
    page = answer.content.decode()
    assert "Siti Aminah" in page
    assert "1306085001900003" not in page
    assert "1306 0850 0190 0003" not in page
    assert "1306" not in str(dict(laras.session))


def test_everything_has_its_number(cast: Cast) -> None:
    registration = refer(cast)
    payment = pay(cast, registration)
    laras = signed_in("laras")
    for number in (registration.reference.lower(), payment.receipt_number, payment.member.number):
        page = laras.post("/cari", {"q": number}, follow=True).content.decode()
        assert "Siti Aminah" in page
    assert "Koto Tinggi, Baso" in laras.post("/cari", {"q": "kota tingi"}, follow=True).content.decode()


@pytest.mark.parametrize("q", ["", " ", "a", "\x00", "%", "' OR 1=1", "1" * 15, "9" * 5000, "<b>x</b>", "😀"])
def test_nothing_found_is_an_answer_too(cast: Cast, q: str) -> None:
    answer = signed_in("laras").post("/cari", {"q": q}, follow=True)
    assert answer.status_code == 200
    assert "<b>x</b>" not in answer.content.decode()


def test_the_neighbour_finds_nobody(cast: Cast) -> None:
    registration = refer(cast)
    pay(cast, registration)
    gustina = signed_in("gustina")
    for q in ("siti aminah", SITI.nik, registration.reference):
        assert "Siti Aminah" not in gustina.post("/cari", {"q": q}, follow=True).content.decode()
