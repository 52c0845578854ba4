"""The contact data of a person: read, and written with a version and a line for each field that changed."""

from collections.abc import Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from perisai.kernel import clock
from perisai.kernel.actor import Actor
from perisai.membership.models import Person, PersonChange
from perisai.regions import selectors as regions

if TYPE_CHECKING:
    from perisai.regions.models import Region


def values_of(person: Person) -> dict[str, str]:
    """By field, as they hold now; ``person.village`` is at hand."""
    return {
        "phone": str(person.phone or ""),
        "address": person.address,
        "village_code": person.village.code,
        "occupation": person.occupation,
    }


def lock_person(person_id: UUID) -> Person:
    return Person.objects.select_for_update(of=("self",)).select_related("village").get(pk=person_id)


def changed_since(person_id: UUID, version: int) -> set[str]:
    """Fields that got another value after that version."""
    rows = PersonChange.objects.filter(person_id=person_id, version__gt=version)
    return set(rows.values_list("field", flat=True))


def write(actor: Actor, person: Person, fresh: Mapping[str, str]) -> None:
    """Put the values into the person, in the caller's transaction, as one new version."""
    before = values_of(person)
    for field, value in fresh.items():
        if field == "village_code":
            person.village = village_of(value)
        else:
            setattr(person, field, value)
    note(actor, person, before)
    person.save(update_fields=["phone", "address", "village", "occupation", "version"])


def note(actor: Actor, person: Person, before: Mapping[str, str]) -> None:
    """Count a version and write a line for each field that is not as ``before``; the caller saves the person."""
    after = values_of(person)
    changed = [field for field in after if after[field] != before[field]]
    if not changed:
        return
    person.version += 1
    PersonChange.objects.bulk_create(
        PersonChange(
            person=person,
            version=person.version,
            field=field,
            before=before[field],
            after=after[field],
            by_id=actor.user_id,
        )
        for field in changed
    )


def village_of(code: str) -> "Region":
    """Raises Refused(VILLAGE_…)."""
    return regions.get_village_for_referral(code, clock.today())
