"""What the cast does before a story begins, and how a referral form is filled in by hand."""

from typing import Any

from playwright.sync_api import Page

from perisai.contributions import services as contributions
from perisai.kernel import clock, ids
from perisai.membership import selectors, services
from perisai.site.cast import FAMILY_NOW, Cast, Worker

FORM = "/pendaftaran/baru"
WATI = FAMILY_NOW["wati"]


def referred(cast: Cast, who: str, by: str = "rina") -> Any:
    """The registration of somebody whom a Perisai referred today."""
    return services.refer_member(
        actor=cast.actors[by],
        registration_id=ids.new_id(),
        applicant=FAMILY_NOW[who].facts(),
        occurred_on=clock.today(),
    )


def approved(cast: Cast, who: str) -> Any:
    """The payment code of somebody whom Laras approved."""
    return contributions.approve_with_code(actor=cast.laras, registration_id=referred(cast, who).id)


def member(cast: Cast, who: str) -> Any:
    """Somebody who has paid the first contribution and waits for the card."""
    code = approved(cast, who)
    payment = contributions.record_payment(
        actor=cast.nofri,
        code=code.code,
        amount_idr=code.amount_idr,
        channel="bank nagari",
        channel_reference=f"TRX-{code.code}",
        paid_at=clock.now(),
    )
    assert payment.member_id is not None
    return selectors.member_for(cast.laras, payment.member_id)


def waiting(cast: Cast) -> list[Any]:
    """The queue of the branch of Bukittinggi."""
    return list(selectors.queue(cast.laras))


TYPED: dict[str, str] = {
    "nik": WATI.nik,
    "kk": "1306081501100021",
    "name": WATI.name,
    "born_on": f"{WATI.born_on:%d-%m-%Y}",
    "mother_name": WATI.mother_name,
    "address": "Jorong Batu Taba, dekat surau",
    "phone": WATI.phone,
    "income_idr": "1.000.000",
    "attested_work": "Saya lihat sendiri ia bekerja di ladangnya setiap hari.",
}
"""Field → what Rina types about Rahmawati; the rest is ticked and chosen."""


def fill(page: Page, worker: Worker = WATI) -> None:
    """Fills in the referral form that is open."""
    for name, text in TYPED.items():
        page.locator(f"[name={name}]").fill(text)
    page.locator(f"[name=sex][value={worker.sex}]").check()
    page.locator("[name=occupation]").select_option(worker.occupation)
    page.locator("[name=consent]").check()


def send(page: Page) -> Any:
    """The button that a reader sees; the first of the form is there for the Enter key only."""
    return page.locator("form[data-draft] .form-acts button")
