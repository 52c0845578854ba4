"""States of registrations, cards and members; who may register; what an officer should look at twice."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Final

import phonenumbers

from perisai import rulebook
from perisai.kernel import money, names
from perisai.kernel.errors import Code, Misuse, Refused
from perisai.kernel.nik import parse_nik


class Segment(StrEnum):
    """Wage earners through firms, and the rest (domain 2.1)."""

    PU = "pu"
    BPU = "bpu"


class State(StrEnum):
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    REJECTED = "rejected"
    APPROVED = "approved"
    COMPLETED = "completed"


class Action(StrEnum):
    HOLD = "hold"
    RETURN = "return"
    RESUBMIT = "resubmit"
    REJECT = "reject"
    APPROVE = "approve"
    COMPLETE = "complete"


MOVES: Final[dict[tuple[State, Action], State]] = {
    (State.SUBMITTED, Action.HOLD): State.IN_REVIEW,
    (State.SUBMITTED, Action.RETURN): State.RETURNED,
    (State.SUBMITTED, Action.REJECT): State.REJECTED,
    (State.SUBMITTED, Action.APPROVE): State.APPROVED,
    (State.IN_REVIEW, Action.RETURN): State.RETURNED,
    (State.IN_REVIEW, Action.REJECT): State.REJECTED,
    (State.IN_REVIEW, Action.APPROVE): State.APPROVED,
    (State.RETURNED, Action.RESUBMIT): State.SUBMITTED,
    (State.RETURNED, Action.REJECT): State.REJECTED,
    (State.APPROVED, Action.REJECT): State.REJECTED,
    (State.APPROVED, Action.COMPLETE): State.COMPLETED,
}
HOLDS_THE_NIK: Final = (State.SUBMITTED, State.RETURNED, State.APPROVED)
"""The one open registration of a NIK is in one of these; a second referral waits in review until the first is settled."""
WAITS_FOR_OFFICE: Final = (State.SUBMITTED, State.IN_REVIEW)
NEEDS_REASON: Final = frozenset({Action.HOLD, Action.RETURN, Action.REJECT})


def next_state(state: State, action: Action) -> State:
    """Raises Refused(WRONG_ORDER) for a move that the table does not hold."""
    try:
        return MOVES[state, action]
    except KeyError:
        raise Refused(Code.WRONG_ORDER, state=state.value, action=action.value) from None


class MemberState(StrEnum):
    ACTIVE = "active"
    INACTIVE = "inactive"
    DECEASED = "deceased"


class Evidence(StrEnum):
    """What shows that somebody has died (domain 3.8)."""

    CERTIFICATE = "certificate"
    HOSPITAL = "hospital"
    VILLAGE = "village"


class CardState(StrEnum):
    VALID = "valid"
    REPLACED = "replaced"


class Doubt(StrEnum):
    """Why a referral is held for a person to compare; never a refusal by itself."""

    NIK_REFERRED_TWICE = "nik_referred_twice"
    NIK_ALREADY_MEMBER = "nik_already_member"
    OUTSIDE_TERRITORY = "outside_territory"


class Sex(StrEnum):
    FEMALE = "f"
    MALE = "m"


OCCUPATIONS: Final = {
    "farmer": "other",
    "fisher": "other",
    "livestock": "other",
    "trader": "other",
    "craft": "other",
    "builder": "other",
    "domestic": "other",
    "service": "other",
    "ojek": "transport",
    "driver": "transport",
    "courier": "transport",
    "other": "other",
}
"""Occupation to the sector that decides the discount of PP 50/2025 (domain 2.6)."""

PROGRAMMES: Final = ("jkk", "jkm", "jht")
PACKAGES: Final = (("jkk", "jkm"), ("jkk", "jkm", "jht"))
"""What a member without an employer may choose (domain 2.1)."""
MONTHS_AT_ONCE: Final = (1, 3, 6, 12)
LONGEST_ADDRESS: Final = 200
SHORTEST_ATTESTATION: Final = 10
LONGEST_ATTESTATION: Final = 500


@dataclass(frozen=True, slots=True)
class Applicant:
    """What a referral says about a worker, as typed at a door. ``checked`` makes it clean or refuses."""

    nik: str
    name: str
    born_on: date
    sex: str
    village_code: str
    address: str
    phone: str
    mother_name: str
    occupation: str
    income_idr: int
    programmes: tuple[str, ...]
    kk: str = ""
    months: int = 1
    consent: bool = False
    attested_work: str = ""

    @property
    def sector(self) -> str:
        return OCCUPATIONS[self.occupation]


@dataclass(slots=True)
class _Problems:
    found: list[Refused] = field(default_factory=list)

    def when(self, wrong: bool, code: Code, about: str, **facts: object) -> None:
        if wrong:
            self.found.append(Refused(code, field=about, **facts))

    def raise_first(self) -> None:
        if self.found:
            first, *others = self.found
            first.also = tuple(others)
            raise first


def checked(applicant: Applicant, on: date) -> Applicant:
    """The applicant with digits, names and phone in one spelling.

    Raises the first Refused; its ``also`` holds the others, so that a form can show them all at once. Ages come from the
    rulebook of ``on`` (domain 3.6), the rest from domain 3.7, 4.2 and 8.1.
    """
    problems = _Problems()
    nik = _parsed(problems, applicant.nik, "nik")
    kk = _parsed(problems, applicant.kk, "kk", Code.KK_MALFORMED) if applicant.kk.strip() else ""
    name, mother = names.tidy(applicant.name), names.tidy(applicant.mother_name)
    for text, about in ((name, "name"), (mother, "mother_name")):
        problems.when(not names.search_key(text), Code.NAME_MISSING, about)
        problems.when(len(text) > names.LONGEST_NAME, Code.NAME_TOO_LONG, about, most=names.LONGEST_NAME)
    address = names.tidy(applicant.address)
    problems.when(not address, Code.ADDRESS_MISSING, "address")
    problems.when(len(address) > LONGEST_ADDRESS, Code.ADDRESS_TOO_LONG, "address", most=LONGEST_ADDRESS)
    phone = _phone(problems, applicant.phone)
    _check_age(problems, applicant.born_on, on)
    problems.when(applicant.sex not in tuple(Sex), Code.CHOICE_UNKNOWN, "sex")
    problems.when(applicant.occupation not in OCCUPATIONS, Code.CHOICE_UNKNOWN, "occupation")
    problems.when(applicant.months not in MONTHS_AT_ONCE, Code.CHOICE_UNKNOWN, "months")
    programmes = tuple(each for each in PROGRAMMES if each in applicant.programmes)
    wrong_package = programmes not in PACKAGES or len(applicant.programmes) != len(programmes)
    problems.when(wrong_package, Code.PACKAGE_UNKNOWN, "programmes")
    problems.when(not 0 < applicant.income_idr <= money.MOST_IDR, Code.INCOME_OUT_OF_RANGE, "income_idr")
    problems.when(not applicant.consent, Code.CONSENT_MISSING, "consent")
    attested = names.tidy(applicant.attested_work)
    problems.when(len(attested) < SHORTEST_ATTESTATION, Code.ATTESTATION_MISSING, "attested_work")
    too_long = len(attested) > LONGEST_ATTESTATION
    problems.when(too_long, Code.ATTESTATION_TOO_LONG, "attested_work", most=LONGEST_ATTESTATION)
    problems.raise_first()
    return replace(
        applicant, nik=nik, kk=kk, name=name, mother_name=mother, address=address, phone=phone,
        programmes=programmes, attested_work=attested,
    )  # fmt: skip


CONTACT: Final = ("phone", "address", "village_code", "occupation")
"""What may change about a person between two visits without a new referral."""


class Clash(StrEnum):
    """Why a change of contact data waits for the office."""

    CHANGED_MEANWHILE = "changed_meanwhile"
    PRICE_CHANGES = "price_changes"


class Settled(StrEnum):
    """What the office did about it."""

    OPEN = "open"
    KEPT = "kept"
    TAKEN = "taken"


def checked_contact(changes: Mapping[str, str]) -> dict[str, str]:
    """Contact data in one spelling; the village is looked up by who knows them.

    Raises the first Refused; its ``also`` holds the others. Raises Misuse for a field that is none of CONTACT.
    """
    if not set(changes) <= set(CONTACT):
        raise Misuse("not contact data")
    problems, clean = _Problems(), dict(changes)
    if "phone" in clean:
        clean["phone"] = _phone(problems, clean["phone"])
    if "address" in clean:
        clean["address"] = names.tidy(clean["address"])
        problems.when(not clean["address"], Code.ADDRESS_MISSING, "address")
        problems.when(len(clean["address"]) > 200, Code.ADDRESS_TOO_LONG, "address", most=200)
    if "occupation" in clean:
        problems.when(clean["occupation"] not in OCCUPATIONS, Code.CHOICE_UNKNOWN, "occupation")
    problems.raise_first()
    return clean


def clash(field: str, before: str, after: str, changed_since: Collection[str]) -> Clash | None:
    """Whether a change from the field waits for the office: the same field was changed since the copy it was based on,
    or the new occupation belongs to another sector and so to another price (domain 2.6).
    """
    if field in changed_since:
        return Clash.CHANGED_MEANWHILE
    if field == "occupation" and OCCUPATIONS.get(before, OCCUPATIONS[after]) != OCCUPATIONS[after]:
        return Clash.PRICE_CHANGES
    return None


def age_on(born_on: date, day: date) -> int:
    """Full years lived on ``day``."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def _check_age(problems: _Problems, born_on: date, on: date) -> None:
    law = rulebook.on(on)
    youngest, below = law.whole("membership.age_from").value, law.whole("membership.age_below").value
    problems.when(born_on > on, Code.BORN_IN_FUTURE, "born_on")
    age = age_on(born_on, on)
    problems.when(0 <= age < youngest and born_on <= on, Code.TOO_YOUNG, "born_on", age=age, least=youngest)
    problems.when(age >= below, Code.TOO_OLD, "born_on", age=age, below=below)


def _parsed(problems: _Problems, text: str, about: str, code: Code | None = None) -> str:
    try:
        return parse_nik(text)
    except Refused as refusal:
        problems.found.append(Refused(code or refusal.code, field=about, **refusal.facts))
        return ""


def _phone(problems: _Problems, text: str) -> str:
    found = read_phone(text)
    problems.when(found is None, Code.PHONE_MALFORMED, "phone")
    return found or ""


def read_phone(text: str) -> str | None:
    """E.164, read as Indonesian where no country is written; None for what is no number."""
    try:
        number = phonenumbers.parse(text, "ID")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
