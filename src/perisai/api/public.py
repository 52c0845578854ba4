"""What anyone may check without signing in: a card, a receipt, and the keys to check cards without us."""

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema

from perisai.api.bodies import Body, upto
from perisai.api.door import PerAddress
from perisai.contributions import selectors as contributions
from perisai.sync import selectors as sync
from perisai.vault import signing

router = Router(auth=None)


class PublicKey(Schema):
    """An Ed25519 public key, raw, in base64. ``id`` stands before the first dot of a token."""

    id: int
    ed25519: str


class Token(Body):
    token: Annotated[str, upto(1000)]


class CardCheck(Schema):
    """``status``: valid, replaced, inactive, slip (a referral slip is not a card) or unknown."""

    status: str
    masked_name: str
    issued_on: date | None
    branch_name: str


class ReceiptCheck(Schema):
    number: str
    status: str
    masked_name: str
    member_number: str
    amount_idr: int
    paid_at: datetime
    months: list[date]
    channel: str


@router.get("/keys", response=list[PublicKey], throttle=PerAddress("keys", 60))
def keys(request: HttpRequest) -> list[dict[str, Any]]:
    """Every key that a genuine card may be signed with."""
    return [{"id": number, "ed25519": key} for number, key in signing.public_keys().items()]


@router.post("/card", response=CardCheck, throttle=PerAddress("card", 60))
def card(request: HttpRequest, body: Token) -> Any:
    """What the QR code of a card says about it today."""
    return sync.check_card(body.token)


@router.get("/receipts/{number}", response=ReceiptCheck, throttle=PerAddress("receipt", 60))
def receipt(request: HttpRequest, number: str) -> Any:
    """A receipt, checked without the agent."""
    return contributions.check_receipt(number.replace("\0", "")[:40])
