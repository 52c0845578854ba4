"""Short sentences about money: a worker is approved, a code is paid."""

from perisai.contributions import services
from perisai.contributions.models import Payment, PaymentCode, Reversal
from perisai.kernel import clock, ids
from perisai.kernel.actor import Actor
from perisai.membership import services as members
from perisai.site.cast import FAMILY_2017, Cast, Worker

JOB = Actor.job("money")


def approved(cast: Cast, worker: Worker = FAMILY_2017["siti"], **changed: object) -> PaymentCode:
    registration = members.refer_member(
        actor=cast.rina, registration_id=ids.new_id(), applicant=worker.facts(**changed), occurred_on=clock.today()
    )
    return services.approve_with_code(actor=cast.laras, registration_id=registration.id)


def pay(cast: Cast, code: PaymentCode, /, by: str = "nofri", **changed: object) -> Payment:
    told = {
        "code": code.code,
        "amount_idr": code.amount_idr,
        "channel": "bank nagari",
        "channel_reference": f"TRX-{code.code}",
        "paid_at": clock.now(),
    } | changed
    return services.record_payment(actor=cast.actors[by], **told)  # type: ignore[arg-type]


def take(cast: Cast, code: PaymentCode, amount_idr: int, /, by: str = "nofri", **changed: object) -> Payment:
    """Money that the bank took, whatever the code asks."""
    told = {
        "code": code.code,
        "amount_idr": amount_idr,
        "channel": "bank nagari",
        "channel_reference": f"TRX-{code.code}",
        "paid_at": clock.now(),
    } | changed
    return services.take_money(actor=cast.actors[by], **told)  # type: ignore[arg-type]


def reverse(cast: Cast, payment: Payment, /, by: str = "nofri", **changed: object) -> Reversal:
    told = {"taken_on": clock.today(), "bank_reference": "RTN-1", "reason": "Dana ditarik bank"} | changed
    return services.reverse_payment(actor=cast.actors[by], payment_id=payment.id, **told)  # type: ignore[arg-type]
