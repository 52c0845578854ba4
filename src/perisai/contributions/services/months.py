"""Months that come and go: the ledger's partitions, and lapse."""

from django.db import transaction

from perisai import rulebook
from perisai.contributions import ledger, own_check, rules
from perisai.kernel import clock
from perisai.kernel.actor import Actor
from perisai.kernel.errors import NotFound
from perisai.kernel.period import Period
from perisai.membership import selectors as membership
from perisai.membership import services as members
from perisai.notices import services as notices
from perisai.organisation import selectors as organisation
from perisai.organisation.policy import Permission


@transaction.atomic
def open_ledger(*, actor: Actor, first: Period, last: Period) -> int:
    """Make the ledger's partitions for those months; how many were missing. Run again it makes none. Raises NotFound."""
    if organisation.scope_of(actor, Permission.OPEN_LEDGER).nowhere:
        raise NotFound("page")
    return ledger.open_months(first, last)


@transaction.atomic
def open_ledger_ahead(*, actor: Actor) -> int:
    """The same for every month that a code of today or of the next month may reach. Raises NotFound."""
    this_month = Period.of(clock.today())
    most = rulebook.on(this_month.first_day).whole("service.most_months_at_once").value
    return open_ledger(actor=actor, first=this_month, last=this_month.plus(most + 1))


@transaction.atomic
def lapse_unpaid(*, actor: Actor) -> int:
    """BPU members with three whole unpaid months behind them become inactive (domain 2.10); they are told themselves.

    Run again it finds nobody. Returns how many fell asleep. Raises NotFound.
    """
    today = clock.today()
    unpaid_months = rulebook.on(today).whole("service.months_to_lapse").value
    asleep = members.lapse_members(actor=actor, unpaid_months=unpaid_months, on=today)
    for each in asleep:
        notices.enqueue(
            "membership_lapsed",
            about=each.member_id,
            office_path=each.office_path,
            phone=each.phone,
            number=each.number,
        )
    return len(asleep)


@transaction.atomic
def remind_unpaid(*, actor: Actor) -> int:
    """Once the due day has passed, members whose running month is unpaid are told themselves, once a month each.

    Before they fall asleep, and not through the agent: it may be the agent who kept the money (domain 8.1). Run again it
    tells nobody. Returns how many messages were queued. Raises NotFound.
    """
    today = clock.today()
    month = Period.of(today)
    behind = membership.members_behind(actor, today)
    if today <= rules.bpu_due_on(month):
        return 0
    return notices.enqueue_once(
        "member_month_missing",
        (
            notices.Reminder(
                once=f"month {month} of {each.member_id}",
                about=each.member_id,
                office_path=each.office_path,
                phone=each.phone,
                facts={
                    "number": each.number,
                    "months": len(rules.unpaid_months(Period.of(each.paid_until), today)),
                    "ends_on": f"{rules.lapse_starts(Period.of(each.paid_until)).first_day:%d-%m-%Y}",
                    "check": own_check.short_code(each.member_id, each.phone),
                },
            )
            for each in behind
        ),
    )
