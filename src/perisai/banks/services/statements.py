"""Statements of banks: taken in once, matched, worked off difference by difference, closed day by day."""

import hashlib
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db import connection, transaction

from perisai.audit import services as audit
from perisai.banks import selectors
from perisai.banks.matching import match
from perisai.banks.models import BankDay, OpenItem, Partner, Statement
from perisai.banks.rules.files import StatementFile, read_statement
from perisai.banks.rules.reconciling import ACTIONS, Action, Difference
from perisai.contributions import services as payments
from perisai.kernel import clock
from perisai.kernel.actor import Actor
from perisai.kernel.errors import Code, NotFound, Refused
from perisai.organisation.policy import Permission

_COLUMNS: Final = "statement_id, number, reference, code, amount_idr, booked_at"


@transaction.atomic
def take_in_statement(*, actor: Actor, partner_id: UUID, on: date, content: bytes) -> BankDay:
    """The bank's list of a day is kept and matched; the same file again changes nothing, a newer one of the day counts.

    Raises NotFound, Refused(STATEMENT_… | BANK_DAY_CLOSED).
    """
    partner = selectors.partner_for(actor, partner_id, Permission.RECONCILE_BANKS, lock=True)
    day = BankDay.objects.select_for_update().filter(partner=partner, on=on).first()
    digest = hashlib.sha256(content).digest()
    if day is not None and Statement.objects.filter(partner=partner, on=on, digest=digest).exists():
        return day
    if day is not None and day.state == BankDay.State.CLOSED:
        raise Refused(Code.BANK_DAY_CLOSED, field="on", day=on)
    statement = _keep(actor, partner, on, digest, read_statement(content, on=on, service_id=partner.service_id))
    if day is None:
        day = BankDay.objects.create(partner=partner, on=on, statement=statement)
    else:
        day.statement = statement
        day.save(update_fields=["statement"])
    _match_around(day)
    audit.record(
        actor, "banks.statement.taken_in", day, bank=partner.code, lines=statement.lines, total_idr=statement.total_idr
    )
    day.refresh_from_db()
    return day


@transaction.atomic
def match_again(*, actor: Actor, day_id: UUID) -> BankDay:
    """Look once more: a late notice may have cleared something. A closed day stays as it is. Raises NotFound."""
    day = _locked_day(actor, day_id)
    if day.state == BankDay.State.OPEN:
        match(day)
        day.refresh_from_db()
    return day


@transaction.atomic
def settle_item(*, actor: Actor, item_id: UUID, action: Action, reason: str) -> OpenItem:
    """The decision about a difference, with its reason; ``BOOK_NOW`` also books the money of the bank's own line.

    Raises NotFound, Refused(ITEM_SETTLED | ITEM_ACTION_WRONG | REASON_MISSING | what ``take_money`` refuses).
    """
    item = OpenItem.objects.select_related("day__partner", "line").filter(pk=item_id).first()
    if item is None:
        raise NotFound("item")
    day = _locked_day(actor, item.day_id)
    item = OpenItem.objects.select_for_update(of=("self",)).select_related("line").get(pk=item_id)
    if item.state == OpenItem.State.SETTLED or day.state == BankDay.State.CLOSED:
        raise Refused(Code.ITEM_SETTLED)
    if action not in ACTIONS[Difference(item.difference)]:
        raise Refused(Code.ITEM_ACTION_WRONG, field="action")
    if not reason.strip():
        raise Refused(Code.REASON_MISSING, field="reason")
    if action is Action.BOOK_NOW:
        _book(actor, day.partner, item)
    item.state, item.action, item.reason = OpenItem.State.SETTLED, action, reason.strip()[:200]
    item.settled_at, item.settled_by_id = clock.now(), actor.person_id
    item.save(update_fields=["state", "action", "reason", "settled_at", "settled_by"])
    audit.record(actor, "banks.item.settled", item, note=reason, decided=action, difference=item.difference)
    match(day)
    return item


@transaction.atomic
def close_day(*, actor: Actor, day_id: UUID) -> BankDay:
    """Nothing is open any more: both sides add up, or every difference is explained.

    Raises NotFound, Refused(BANK_DAY_CLOSED | BANK_DAY_OPEN_ITEMS).
    """
    day = _locked_day(actor, day_id)
    if day.state == BankDay.State.CLOSED:
        raise Refused(Code.BANK_DAY_CLOSED, day=day.on)
    match(day)
    open_items = OpenItem.objects.filter(day=day, state=OpenItem.State.OPEN).count()
    if open_items:
        raise Refused(Code.BANK_DAY_OPEN_ITEMS, items=open_items)
    day.refresh_from_db()
    day.state, day.closed_at, day.closed_by_id = BankDay.State.CLOSED, clock.now(), actor.person_id
    day.save(update_fields=["state", "closed_at", "closed_by"])
    audit.record(actor, "banks.day.closed", day, bank=day.partner.code, bank_idr=day.bank_idr, ours_idr=day.ours_idr)
    return day


def _locked_day(actor: Actor, day_id: UUID) -> BankDay:
    return selectors.day_for(actor, day_id, Permission.RECONCILE_BANKS, lock=True)


def _keep(actor: Actor, partner: Partner, on: date, digest: bytes, file: StatementFile) -> Statement:
    statement = Statement.objects.create(
        partner=partner,
        on=on,
        kind=file.kind,
        digest=digest,
        lines=len(file.lines),
        total_idr=file.total_idr,
        taken_in_by_id=actor.user_id,
    )
    copy = f"COPY banks_statementline ({_COLUMNS}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(copy) as rows:
        for number, line in enumerate(file.lines, start=1):
            rows.write_row([statement.id, number, line.reference, line.code, line.amount_idr, line.booked_at])
    return statement


def _match_around(day: BankDay) -> None:
    """This day, and open days beside it: money of late evening may stand on the next day's list."""
    beside = [day.on - timedelta(days=1), day.on + timedelta(days=1)]
    near = BankDay.objects.filter(partner_id=day.partner_id, on__in=beside, state=BankDay.State.OPEN)
    for each in (day, *near.select_related("partner")):
        match(each)


def _book(actor: Actor, partner: Partner, item: OpenItem) -> None:
    """As if the bank's notice had come after all: by the bank's number and the bank's instant."""
    assert item.line is not None  # a difference that can be booked is a line of the bank's
    payments.take_money(
        actor=actor,
        code=item.code,
        amount_idr=item.line.amount_idr,
        channel=partner.code,
        channel_reference=item.reference,
        paid_at=item.line.booked_at,
    )
