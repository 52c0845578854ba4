"""Who may tell us of payments, by which keys, up to which sums."""

import re
import secrets
from typing import Final, NamedTuple
from uuid import UUID

from django.db import transaction

from perisai.audit import services as audit
from perisai.banks import selectors
from perisai.banks.models import AccessToken, Partner
from perisai.banks.rules import signing
from perisai.kernel import names
from perisai.kernel.actor import Actor
from perisai.kernel.errors import Code, Refused
from perisai.kernel.money import MOST_IDR
from perisai.organisation.policy import Permission

_CODE: Final = re.compile(r"[a-z0-9][a-z0-9 -]{1,19}")
_SERVICE_ID: Final = re.compile(r"[0-9]{1,8}")


class Introduced(NamedTuple):
    """A partner and its client secret, which nobody can read again."""

    partner: Partner
    secret: str


@transaction.atomic
def register_partner(
    *,
    actor: Actor,
    code: str,
    name: str,
    partner_id: str,
    service_id: str,
    public_key: str,
    payment_limit_idr: int,
    day_limit_idr: int | None = None,
) -> Introduced:
    """A bank that may ask for bills and tell us of payments from now on.

    ``code`` becomes the channel of its payments, ``service_id`` the head of its virtual accounts. Raises NotFound,
    Refused(BANK_CODE_… | BANK_SERVICE_ID_WRONG | BANK_KEY_UNREADABLE | BANK_LIMIT_WRONG).
    """
    selectors.must_reach(actor, Permission.MANAGE_BANKS)
    code, partner_id = names.tidy(code).lower(), partner_id.strip()
    if not _CODE.fullmatch(code):
        raise Refused(Code.BANK_CODE_MALFORMED, field="code")
    if not _SERVICE_ID.fullmatch(service_id):
        raise Refused(Code.BANK_SERVICE_ID_WRONG, field="service_id")
    _refuse_taken(code=code, partner_id=partner_id, service_id=service_id)
    _refuse_key(public_key)
    _refuse_limits(payment_limit_idr, day_limit_idr)
    secret = _new_secret()
    partner = Partner.objects.create(
        code=code,
        name=names.tidy(name),
        partner_id=partner_id,
        service_id=service_id,
        client_key=secrets.token_hex(16),
        client_secret=secret,
        public_key=public_key.strip(),
        payment_limit_idr=payment_limit_idr,
        day_limit_idr=day_limit_idr,
    )
    audit.record(actor, "banks.partner.registered", partner, code=code)
    return Introduced(partner, secret)


@transaction.atomic
def renew_secret(*, actor: Actor, partner_id: UUID) -> Introduced:
    """The old secret and every open token end at once. Raises NotFound."""
    partner = _locked(actor, partner_id)
    secret = partner.client_secret = _new_secret()
    partner.save(update_fields=["client_secret"])
    _end_tokens(partner)
    audit.record(actor, "banks.partner.secret_renewed", partner)
    return Introduced(partner, secret)


@transaction.atomic
def replace_key(*, actor: Actor, partner_id: UUID, public_key: str) -> Partner:
    """The bank signs with another key from now on; open tokens end. Raises NotFound, Refused(BANK_KEY_UNREADABLE)."""
    partner = _locked(actor, partner_id)
    _refuse_key(public_key)
    partner.public_key = public_key.strip()
    partner.save(update_fields=["public_key"])
    _end_tokens(partner)
    audit.record(actor, "banks.partner.key_replaced", partner, fingerprint=signing.fingerprint(partner.public_key))
    return partner


@transaction.atomic
def set_limits(*, actor: Actor, partner_id: UUID, payment_limit_idr: int, day_limit_idr: int | None) -> Partner:
    """The most for one payment and, if not None, for one day. Raises NotFound, Refused(BANK_LIMIT_WRONG)."""
    partner = _locked(actor, partner_id)
    _refuse_limits(payment_limit_idr, day_limit_idr)
    partner.payment_limit_idr, partner.day_limit_idr = payment_limit_idr, day_limit_idr
    partner.save(update_fields=["payment_limit_idr", "day_limit_idr"])
    audit.record(
        actor, "banks.partner.limits_set", partner, payment_limit_idr=payment_limit_idr, day_limit_idr=day_limit_idr
    )
    return partner


@transaction.atomic
def close_partner(*, actor: Actor, partner_id: UUID, reason: str) -> Partner:
    """Nothing that the bank says counts any more, from its next request on. Raises NotFound, Refused(REASON_MISSING)."""
    partner = _locked(actor, partner_id)
    if not reason.strip():
        raise Refused(Code.REASON_MISSING, field="reason")
    partner.is_active = False
    partner.save(update_fields=["is_active"])
    _end_tokens(partner)
    audit.record(actor, "banks.partner.closed", partner, note=reason)
    return partner


@transaction.atomic
def reopen_partner(*, actor: Actor, partner_id: UUID, reason: str) -> Partner:
    """The bank may come again, with the keys it had. Raises NotFound, Refused(REASON_MISSING)."""
    partner = _locked(actor, partner_id)
    if not reason.strip():
        raise Refused(Code.REASON_MISSING, field="reason")
    partner.is_active = True
    partner.save(update_fields=["is_active"])
    audit.record(actor, "banks.partner.reopened", partner, note=reason)
    return partner


def _locked(actor: Actor, partner_id: UUID) -> Partner:
    return selectors.partner_for(actor, partner_id, Permission.MANAGE_BANKS, lock=True)


def _new_secret() -> str:
    return secrets.token_urlsafe(32)


def _end_tokens(partner: Partner) -> None:
    AccessToken.objects.filter(partner=partner).delete()


def _refuse_taken(**wanted: str) -> None:
    for field, value in wanted.items():
        if Partner.objects.filter(**{field: value}).exists():
            raise Refused(Code.BANK_CODE_TAKEN, field=field)


def _refuse_key(public_key: str) -> None:
    try:
        signing.read_public_key(public_key.strip())
    except ValueError:
        raise Refused(Code.BANK_KEY_UNREADABLE, field="public_key") from None


def _refuse_limits(payment_limit_idr: int, day_limit_idr: int | None) -> None:
    if not 0 < payment_limit_idr <= MOST_IDR:
        raise Refused(Code.BANK_LIMIT_WRONG, field="payment_limit_idr")
    if day_limit_idr is not None and not payment_limit_idr <= day_limit_idr <= MOST_IDR:
        raise Refused(Code.BANK_LIMIT_WRONG, field="day_limit_idr")
