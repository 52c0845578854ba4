"""What an attendance list must say (domain 8.1)."""

from dataclasses import dataclass, field, replace
from typing import Final

from perisai.kernel import names
from perisai.kernel.errors import Code, Refused
from perisai.membership.rules import OCCUPATIONS, Sex, read_phone

MOST_ATTENDEES: Final = 500
LONGEST_TITLE: Final = 120


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody who came, as written on the phone; only the name must be there. ``signature`` is the hash of a picture."""

    name: str
    phone: str = ""
    sex: str = ""
    occupation: str = ""
    signature: str = ""


@dataclass(frozen=True, slots=True)
class Gathering:
    """An event with the people who came. ``checked`` makes it clean or refuses."""

    title: str
    place: str
    attendees: tuple[Attendee, ...] = field(repr=False)


def checked(gathering: Gathering) -> Gathering:
    """Names, phones and words in one spelling.

    Raises the first Refused, its field named as ``attendees.3.phone``; its ``also`` holds the others.
    """
    found: list[Refused] = []
    title, place = names.tidy(gathering.title), names.tidy(gathering.place)[:LONGEST_TITLE]
    if not title:
        found.append(Refused(Code.TITLE_MISSING, field="title"))
    if not gathering.attendees:
        found.append(Refused(Code.ATTENDANCE_EMPTY, field="attendees"))
    if len(gathering.attendees) > MOST_ATTENDEES:
        raise Refused(Code.ATTENDANCE_TOO_LONG, field="attendees", most=MOST_ATTENDEES)
    people = tuple(_person(found, number, each) for number, each in enumerate(gathering.attendees))
    if found:
        first, *others = found
        first.also = tuple(others)
        raise first
    return Gathering(title[:LONGEST_TITLE], place, people)


def _person(found: list[Refused], number: int, attendee: Attendee) -> Attendee:
    about, name = f"attendees.{number}", names.tidy(attendee.name)
    if not names.search_key(name):
        found.append(Refused(Code.NAME_MISSING, field=f"{about}.name"))
    if len(name) > names.LONGEST_NAME:
        found.append(Refused(Code.NAME_TOO_LONG, field=f"{about}.name", most=names.LONGEST_NAME))
    phone = read_phone(attendee.phone) if attendee.phone.strip() else ""
    if phone is None:
        found.append(Refused(Code.PHONE_MALFORMED, field=f"{about}.phone"))
    if attendee.sex not in ("", *Sex):
        found.append(Refused(Code.CHOICE_UNKNOWN, field=f"{about}.sex"))
    if attendee.occupation and attendee.occupation not in OCCUPATIONS:
        found.append(Refused(Code.CHOICE_UNKNOWN, field=f"{about}.occupation"))
    return replace(attendee, name=name, phone=phone or "")
