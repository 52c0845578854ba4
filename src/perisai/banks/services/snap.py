"""What banks tell us over SNAP (domain 9): who it is, which bill, and that money has come - each with one effect.

A notice has three ways in. New, its effect and its line in the log commit together. Known - the same external id on the
same day with the same body - it changes nothing and gets the answer it got before. Everything else that is wrong is
refused and logged; the log holds digests and codes, no bodies.
"""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import connection, transaction

from perisai.banks.models import SECRET_CONTEXT, AccessToken, BankNotice, Partner
from perisai.banks.rules import signing, wire
from perisai.banks.rules.answers import CASES, Case, Rejected, Service, case_of, response_code
from perisai.contributions import selectors as contributions
from perisai.contributions import services as payments
from perisai.kernel import clock, ids, names
from perisai.kernel.actor import Actor
from perisai.kernel.errors import Code, Refused
from perisai.vault import unseal

TOKEN_SECONDS: Final = 900


@dataclass(frozen=True, slots=True)
class Call:
    """A request as it arrived: header texts as sent (empty where missing), the body untouched."""

    service: Service
    path: str
    body: bytes
    timestamp: str
    signature: str
    token: str = ""
    client_key: str = ""
    partner_id: str = ""
    external_id: str = ""
    channel_id: str = ""
    received_at: datetime = field(default_factory=clock.now)

    @property
    def on(self) -> date:
        """External ids are unique in a day of Jakarta's."""
        return self.received_at.astimezone(clock.WIB).date()

    @property
    def digest(self) -> bytes:
        return hashlib.sha256(self.body).digest()


@dataclass(frozen=True, slots=True)
class Bank:
    """A partner that has shown who it is. ``sent_at`` is the instant that it signed."""

    id: UUID
    code: str
    service_id: str
    payment_limit_idr: int
    day_limit_idr: int | None
    sent_at: datetime


class Answer(NamedTuple):
    """What the bank hears. ``asked`` is what was read of the request; where the case says no, there is nothing more."""

    case: Case
    about: str
    asked: wire.Inquiry | wire.PaymentNotice
    masked_name: str = ""
    amount_idr: int = 0
    receipt_number: str = ""


# --- who is it -------------------------------------------------------------------------------------------------------


def issue_token(*, call: Call) -> str:
    """A token for a quarter of an hour, for who can sign with the bank's key. Raises Rejected, after logging it."""
    partner = Partner.objects.filter(client_key=call.client_key, is_active=True).first()
    try:
        for name, value in (("X-CLIENT-KEY", call.client_key), ("X-SIGNATURE", call.signature)):
            _require(value, name)
        sent_at = wire.instant(call.timestamp, "X-TIMESTAMP")
        if partner is None:
            raise Rejected(Case.UNAUTHORIZED, "Unknown Client")
        if not signing.is_token_signature(partner.public_key, call.client_key, call.timestamp, call.signature):
            raise Rejected(Case.UNAUTHORIZED, "Signature")
        _refuse_stale(sent_at)
    except Rejected as rejected:
        _log_refused(call, partner.id if partner else None, rejected)
        raise
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        AccessToken.objects.filter(partner=partner, expires_at__lte=clock.now()).delete()
        expires_at = clock.now() + timedelta(seconds=TOKEN_SECONDS)
        AccessToken.objects.create(hash=_hash(token), partner=partner, expires_at=expires_at)
        _log(call, partner.id, Case.SUCCESSFUL)
    return token


def admit(*, call: Call) -> Bank:
    """The bank behind a transaction: its token, its secret, the present moment. Raises Rejected, after logging it."""
    found = _bearer(call.token)
    try:
        return _admitted(call, found)
    except Rejected as rejected:
        _log_refused(call, found.id if found else None, rejected)
        raise


class _Bearer(NamedTuple):
    id: UUID
    code: str
    partner_id: str
    service_id: str
    client_secret: bytes
    payment_limit_idr: int
    day_limit_idr: int | None
    is_active: bool
    expires_at: datetime


# Asked by every request of a bank; written out because putting it together from objects costs more than answering it.
_BEARER: Final = """
    SELECT partner.id, partner.code, partner.partner_id, partner.service_id, partner.client_secret,
        partner.payment_limit_idr, partner.day_limit_idr, partner.is_active, token.expires_at
    FROM banks_accesstoken token JOIN banks_partner partner ON partner.id = token.partner_id
    WHERE token.hash = %s
"""


def _bearer(token: str) -> _Bearer | None:
    if not token:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_BEARER, [_hash(token)])
        row = cursor.fetchone()
    return _Bearer(*row) if row else None


def _admitted(call: Call, found: _Bearer | None) -> Bank:
    for name, value in (
        ("X-SIGNATURE", call.signature),
        ("X-PARTNER-ID", call.partner_id),
        ("X-EXTERNAL-ID", call.external_id),
        ("CHANNEL-ID", call.channel_id),
    ):
        _require(value, name)
    sent_at = wire.instant(call.timestamp, "X-TIMESTAMP")
    if found is None or found.expires_at <= clock.now() or not found.is_active:
        raise Rejected(Case.TOKEN_INVALID)
    if call.partner_id != found.partner_id:
        raise Rejected(Case.UNAUTHORIZED, "Unknown Partner")
    text = signing.string_to_sign(
        method="POST", path=call.path, token=call.token, body=call.body, timestamp=call.timestamp
    )
    secret = unseal(bytes(found.client_secret), context=SECRET_CONTEXT)
    if not signing.is_transaction_signature(secret, text, call.signature):
        raise Rejected(Case.UNAUTHORIZED, "Signature")
    _refuse_stale(sent_at)
    if not wire.is_external_id(call.external_id):
        raise Rejected(Case.FIELD_MALFORMED, "X-EXTERNAL-ID")
    return Bank(found.id, found.code, found.service_id, found.payment_limit_idr, found.day_limit_idr, sent_at)


def _require(value: str, name: str) -> None:
    if not value:
        raise Rejected(Case.FIELD_MISSING, name)


def _refuse_stale(sent_at: datetime) -> None:
    if wire.is_stale(sent_at, clock.now()):
        raise Rejected(Case.UNAUTHORIZED, "Stale X-TIMESTAMP")


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


# --- what does it say ------------------------------------------------------------------------------------------------


class _Known(Exception):
    """The external id of this day is taken: whatever was done in this transaction is to be undone."""


def answer_inquiry(*, actor: Actor, bank: Bank, call: Call) -> Answer:
    """Whose bill it is, and how much. Asked again, it is looked up again. Raises Rejected, after logging it."""
    try:
        asked = wire.read_inquiry(call.body)
        _refuse_other_service(bank, asked)
    except Rejected as rejected:
        _log_refused(call, bank.id, rejected)
        raise
    try:
        bill = contributions.bill_for(actor, asked.code)
        answer = Answer(Case.SUCCESSFUL, "", asked, bill.masked_name, bill.amount_idr)
    except Refused as refusal:
        answer = Answer(*case_of(refusal), asked)
    if not _log(call, bank.id, answer.case, answer.about, holds_id=True):
        _repeated(call, bank)
    return answer


def take_payment(*, actor: Actor, bank: Bank, call: Call) -> Answer:
    """Money has come: booked once, whatever is repeated, late or out of order. Raises Rejected, after logging it."""
    try:
        told = wire.read_payment(call.body, bank.sent_at)
        _refuse_other_service(bank, told)
    except Rejected as rejected:
        _log_refused(call, bank.id, rejected)
        raise
    try:
        return _booked(actor, bank, call, told)
    except _Known:
        return _answered_before(call, bank, told)
    except Refused as refusal:
        return _not_booked(actor, bank, call, told, refusal)


@transaction.atomic
def _booked(actor: Actor, bank: Bank, call: Call, told: wire.PaymentNotice) -> Answer:
    _refuse_over_limit(bank, told.amount_idr, call.on)
    payment = payments.record_payment(
        actor=actor,
        code=told.code,
        amount_idr=told.amount_idr,
        channel=bank.code,
        channel_reference=told.request_id,
        paid_at=told.paid_at,
    )
    if not _log(call, bank.id, Case.SUCCESSFUL, holds_id=True, amount_idr=told.amount_idr, payment_id=payment.id):
        raise _Known
    name = names.masked(payment.payer_name)
    return Answer(Case.SUCCESSFUL, "", told, name, payment.amount_idr, payment.receipt_number)


def _not_booked(actor: Actor, bank: Bank, call: Call, told: wire.PaymentNotice, refusal: Refused) -> Answer:
    """The refusal keeps the external id, so that it is the same answer for ever; the code's history shows it, too."""
    case, about = case_of(refusal)
    with transaction.atomic():
        is_first = _log(call, bank.id, case, about, holds_id=True, amount_idr=told.amount_idr)
        if is_first and refusal.code is not Code.CODE_UNKNOWN:
            payments.note_refused_payment(actor=actor, code=told.code, refusal=refusal)
    return Answer(case, about, told) if is_first else _answered_before(call, bank, told)


def _answered_before(call: Call, bank: Bank, told: wire.PaymentNotice) -> Answer:
    """The answer of the first time. Raises Rejected(CONFLICT) where the same id came with another body."""
    first = _repeated(call, bank)
    if first.payment_id is None:
        return Answer(_CASES_BY_CODE[first.response_code], first.reason, told)
    receipt = contributions.receipt_of(first.payment_id)
    return Answer(Case.SUCCESSFUL, "", told, receipt.masked_name, receipt.amount_idr, receipt.number)


def _repeated(call: Call, bank: Bank) -> BankNotice:
    """The notice that holds this external id today; this one is logged beside it. Raises Rejected(CONFLICT)."""
    first = BankNotice.objects.get(partner_id=bank.id, on=call.on, external_id=call.external_id, holds_id=True)
    if (first.service, bytes(first.digest)) != (call.service, call.digest):
        rejected = Rejected(Case.CONFLICT)
        _log_refused(call, bank.id, rejected)
        raise rejected
    _log(call, bank.id, _CASES_BY_CODE[first.response_code], first.reason, outcome=BankNotice.Outcome.REPEATED)
    return first


def _refuse_other_service(bank: Bank, asked: wire.Inquiry | wire.PaymentNotice) -> None:
    if asked.service_id != bank.service_id:
        raise Rejected(Case.INCONSISTENT, "partnerServiceId")


def _refuse_over_limit(bank: Bank, amount_idr: int, on: date) -> None:
    """Two payments at the same instant may both fit under the day's limit: it guards against a run, not to the rupiah."""
    if amount_idr > bank.payment_limit_idr:
        raise Refused(Code.BANK_PAYMENT_TOO_LARGE, amount_idr=amount_idr, limit_idr=bank.payment_limit_idr)
    if bank.day_limit_idr is None:
        return
    with connection.cursor() as cursor:
        cursor.execute(_BOOKED_TODAY, [bank.id, on])
        (booked_idr,) = cursor.fetchone()
    if booked_idr + amount_idr > bank.day_limit_idr:
        raise Refused(Code.BANK_DAY_FULL, limit_idr=bank.day_limit_idr)


_BOOKED_TODAY: Final = """
    SELECT COALESCE(sum(amount_idr), 0)::bigint FROM banks_banknotice
    WHERE partner_id = %s AND "on" = %s AND holds_id AND payment_id IS NOT NULL
"""


# --- the log ---------------------------------------------------------------------------------------------------------

_CASES_BY_CODE: Final = {response_code(service, case): case for service in Service for case in CASES}

_LOG: Final = """
    INSERT INTO banks_banknotice (id, received_at, "on", partner_id, service, external_id, digest, outcome,
        response_code, reason, holds_id, amount_idr, payment_id)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
    ON CONFLICT DO NOTHING
"""


def _log(
    call: Call,
    partner_id: UUID | None,
    case: Case,
    about: str = "",
    *,
    holds_id: bool = False,
    outcome: BankNotice.Outcome | None = None,
    amount_idr: int | None = None,
    payment_id: UUID | None = None,
) -> bool:
    """One line; False when another holds the external id of the day, which then has committed."""
    if outcome is None:
        outcome = BankNotice.Outcome.ANSWERED if case is Case.SUCCESSFUL else BankNotice.Outcome.REFUSED
    row: list[Any] = [
        ids.new_id(), call.received_at, call.on, partner_id, call.service, call.external_id[:36], call.digest, outcome,
        response_code(call.service, case), about[:40], holds_id, amount_idr, payment_id,
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_LOG, row)
        return bool(cursor.rowcount)


def _log_refused(call: Call, partner_id: UUID | None, rejected: Rejected) -> None:
    _log(call, partner_id, rejected.case, rejected.about)
