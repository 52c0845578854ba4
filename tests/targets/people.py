"""Members whose protection begins and ends on given days, written as the register writes them: without paying."""

import secrets
from collections.abc import Iterable
from datetime import date

from perisai.employers.models import Firm
from perisai.kernel import ids
from perisai.membership.models import Member, Person, ProtectionEntry
from perisai.organisation.selectors import get_office
from perisai.regions.models import Region

VILLAGES = {"BKT": "13.06.08.2001", "SLK": "13.72.01.1001"}
FIRST = date(2016, 1, 1)


def member(branch: str, segment: str = "bpu") -> Member:
    """Somebody whom ``protect`` can begin and end to protect in this branch."""
    village, office = Region.objects.get(code=VILLAGES[branch]), get_office(branch)
    person = Person.objects.create(
        nik=ids.random_digits(16), nik_index=secrets.token_bytes(32), name="Anonim", name_key="anonim",
        name_heard="anonim", born_on=date(1990, 1, 1), sex="f", village=village,
    )  # fmt: skip
    firm = None
    if segment == "pu":
        firm = Firm.objects.create(
            npp=ids.random_digits(8), name="CV Fiktif", size="micro", risk_class=1, branch=office, village=village,
            registered_on=FIRST,
        )  # fmt: skip
    return Member.objects.create(
        number=ids.random_digits(11), person=person, segment=segment, branch=office, firm=firm, programmes=["jkk", "jkm"],
        income_idr=1_000_000, joined_on=FIRST, protected_from=FIRST,
    )  # fmt: skip


def protect(who: Member, steps: Iterable[tuple[date, int]]) -> None:
    """Entries of +1 and -1 for one member; the tally looks at their sum only."""
    ProtectionEntry.objects.bulk_create(
        ProtectionEntry(
            member=who, branch_id=who.branch_id, village_id=who.person.village_id, segment=who.segment, on=on,
            change=change, because="test",
        )
        for on, change in steps
    )  # fmt: skip
