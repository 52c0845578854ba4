"""Money that came in."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Router, Schema, Status

from perisai.api.bodies import Body, Instant, Whole, Words
from perisai.api.door import ApiRequest
from perisai.contributions import selectors, services
from perisai.kernel import clock
from perisai.kernel.errors import Code, Refused

router = Router()
_A_PAGE = 100


class Proof(Body):
    """A bank's notice, or what stands on the proof that the finance officer holds."""

    code: Words
    amount_idr: Whole
    channel: Words
    channel_reference: Words
    paid_at: Instant


class Recorded(Schema):
    id: UUID
    receipt_number: str
    amount_idr: int
    paid_at: datetime
    member_id: UUID | None
    member_number: str


class Listed(Recorded):
    code: str
    channel: str
    channel_reference: str
    member_name: str
    branch: str


@router.post("", response={200: Recorded, 201: Recorded})
def record(request: ApiRequest, body: Proof) -> Status[Any]:
    """Record a payment of a code: 201, or 200 when this very proof had come before."""
    began = clock.now()
    try:
        payment = services.record_payment(actor=request.auth, **body.dict())
    except Refused as refusal:
        if refusal.code is not Code.CODE_UNKNOWN:
            services.note_refused_payment(actor=request.auth, code=body.code, refusal=refusal)
        raise
    return Status(200 if payment.recorded_at < began else 201, _recorded(payment))


@router.get("", response=list[Listed])
def newest(request: ApiRequest) -> list[Any]:
    """The last hundred payments in the caller's offices."""
    return [
        _recorded(payment)
        | {
            "code": payment.code.code,
            "channel": payment.channel,
            "channel_reference": payment.channel_reference,
            "member_name": payment.payer_name,
            "branch": payment.branch.code,
        }
        for payment in selectors.newest_payments(request.auth)[:_A_PAGE]
    ]


def _recorded(payment: Any) -> dict[str, Any]:
    return {
        "id": payment.id,
        "receipt_number": payment.receipt_number,
        "amount_idr": payment.amount_idr,
        "paid_at": payment.paid_at,
        "member_id": payment.member_id,
        "member_number": payment.payer_number,
    }
