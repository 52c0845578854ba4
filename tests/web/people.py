"""Workers of the fictional family on their way to a card, for tests of the office's pages."""

from datetime import timedelta
from typing import Any

from perisai.banks.services import statements
from perisai.contributions import selectors as paid
from perisai.contributions import services as contributions
from perisai.incentives import services as incentives
from perisai.kernel import clock, ids
from perisai.kernel.period import Period
from perisai.membership import selectors, services
from perisai.membership.rules import State
from perisai.site.cast import FAMILY_2017, Cast

HARD_NAME = 'Siti "Upik" O\'Rajo <script>alert(1)</script> 🌾'


def approved(cast: Cast, who: str = "siti", **changed: object) -> Any:
    """The payment code of a worker whom Rina referred and Laras approved."""
    registration = services.refer_member(
        actor=cast.rina,
        registration_id=ids.new_id(),
        applicant=FAMILY_2017[who].facts(**changed),
        occurred_on=clock.today(),
    )
    assert registration.state == State.SUBMITTED
    return contributions.approve_with_code(actor=cast.laras, registration_id=registration.id)


def pay(cast: Cast, code: Any) -> Any:
    """What Nofri books for the code."""
    return contributions.record_payment(
        actor=cast.nofri,
        code=code.code,
        amount_idr=code.amount_idr,
        channel="bank nagari",
        channel_reference=f"TRX-{code.code}",
        paid_at=clock.now() + timedelta(seconds=1),
    )


def member(cast: Cast, who: str = "siti", **changed: object) -> Any:
    """A member who has paid the first contribution and waits for the card."""
    return selectors.member_for(cast.laras, pay(cast, approved(cast, who, **changed)).member_id)


def stray(cast: Cast, known: Any, amount_idr: int) -> Any:
    """Money that came once more for the member's first code, which is paid: it is credit."""
    registration = selectors.registration_of_member(known.id)
    assert registration is not None
    code = paid.codes_of_registration(registration.id)[0]
    return contributions.take_money(
        actor=cast.nofri,
        code=code.code,
        amount_idr=amount_idr,
        channel="bni",
        channel_reference="TRX-STRAY",
        paid_at=clock.now(),
    )


def refund(cast: Cast, payment: Any, amount_idr: int) -> Any:
    """What Nofri proposes to give back."""
    return contributions.propose_refund(
        actor=cast.nofri,
        refund_id=ids.new_id(),
        payment_id=payment.id,
        amount_idr=amount_idr,
        payee="member",
        payee_name="Ali Akbar",
        bank="Bank Nagari",
        account="123",
        reason="Dibayar dua kali",
    )


EMPTY_DAY = b"booked_at,reference,virtual_account,amount\nTOTAL,0,,0.00\n"


def bank_day(cast: Cast, bank: Any) -> Any:
    """The bank's statement of today names money that is nobody's."""
    content = (
        f"booked_at,reference,virtual_account,amount\n{clock.today()}T09:00:00+07:00,T-9,,16800.00\nTOTAL,1,,16800.00\n"
    ).encode()
    return statements.take_in_statement(actor=cast.yulia, partner_id=bank.partner.id, on=clock.today(), content=content)


def accrued(cast: Cast) -> None:
    """The incentive of the running month is posted."""
    incentives.accrue(actor=cast.nofri, period=Period.of(clock.today()))


def group(cast: Cast, members: list[Any]) -> Any:
    """A group code for one month of those members."""
    return contributions.issue_group_code(
        actor=cast.laras,
        group_id=ids.new_id(),
        kind="wadah",
        title="Kelompok Tani Sepakat",
        numbers=[each.number for each in members],
        months=1,
    )
