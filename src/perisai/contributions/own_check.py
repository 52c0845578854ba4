"""What members may see of their own months without the agent: their number, and a code that only their phone was told.

The code is computed and kept nowhere: a keyed hash of member and phone. Another phone has another code.
"""

import hmac
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from perisai.contributions import ledger, rules
from perisai.kernel import clock, ids, names
from perisai.kernel.errors import NotFound
from perisai.kernel.period import Period
from perisai.membership import selectors as membership
from perisai.vault import blind_index

LENGTH: Final = 8
MOST_MONTHS: Final = 24


def short_code(member_id: UUID, phone: str) -> str:
    """Eight letters and digits, 40 bits: for the messages to this phone."""
    return ids.spoken(blind_index(f"{member_id} {phone}", context="contributions.own_check"), LENGTH)


@dataclass(frozen=True, slots=True)
class OwnMonths:
    """Paid and missing months, oldest first; ``ends_on`` is the first day without protection if nothing more is paid."""

    masked_name: str
    state: str
    paid: tuple[date, ...]
    missing: tuple[date, ...]
    ends_on: date | None


def months_of(number: str, code: str) -> OwnMonths:
    """For who knows the member number and the code. Unknown number and wrong code are alike: raises NotFound."""
    member = membership.find_member(number)
    phone = member.person.phone if member is not None else None
    wanted = short_code(member.id, phone) if member is not None and phone else "-" * LENGTH
    if not hmac.compare_digest(wanted.encode(), code.strip().upper().encode()) or member is None:
        raise NotFound("member")
    paid = tuple(line.month for line in ledger.standing_of_member(member.id))
    today = clock.today(ZoneInfo(member.branch.timezone))
    last = Period.of(member.paid_until) if member.paid_until else None
    return OwnMonths(
        masked_name=names.masked(member.person.name),
        state=member.state,
        paid=paid[-MOST_MONTHS:],
        missing=tuple(each.first_day for each in rules.unpaid_months(last, today)) if last else (),
        ends_on=rules.lapse_starts(last).first_day if last else None,
    )
