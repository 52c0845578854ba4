"""Short sentences about money: a worker is approved, a code is paid."""

from perisai.contributions import services
from perisai.contributions.models import Payment, PaymentCode
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
