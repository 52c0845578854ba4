"""Rows of a chunk in the text form of COPY. Runs in worker processes: no Django here, and nothing from a database."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from math import log
from random import Random
from typing import Final, NamedTuple
from zlib import crc32

from perisai import rulebook, vault
from perisai.contributions.rules import Programme, Sector, payment_code_amount
from perisai.kernel import ids
from perisai.kernel.period import Period
from perisai.membership.rules import OCCUPATIONS
from perisai.site.register import people, words
from perisai.site.register.figures import ENDS_ON, FIRST_MONTH, MINIMUM_WAGES, REPORTED_ON
from perisai.site.register.people import JOIN_DAYS, Name, Niks
from perisai.site.register.plan import Chunk, District, Firm, Place

COLUMNS: Final = {
    "membership_person": (
        "id, nik, nik_index, kk, name, name_key, name_heard, born_on, sex, village_id, address, phone, mother_name, "
        "occupation, income_idr, is_synthetic, created_at"
    ),
    "membership_member": (
        "id, number, person_id, segment, state, branch_id, agent_id, firm_id, programmes, income_idr, sector, joined_on, "
        "protected_from, paid_until, managed_since, is_synthetic"
    ),
    "membership_protectionentry": 'member_id, branch_id, village_id, segment, "on", change, because, recorded_at',
    "membership_registration": (
        "id, reference, state, agent_id, branch_id, entered_by_id, nik, nik_index, kk, name, born_on, sex, village_id, "
        "address, phone, mother_name, occupation, income_idr, programmes, months, consent_at, attested_work, occurred_on, "
        "submitted_at, doubts, decided_at, decided_by_id, decision_note, member_id, completed_at"
    ),
    "contributions_paymentcode": (
        "id, code, registration_id, member_id, branch_id, first_month, months, amount_idr, prices, rulebook_hash, state, "
        "issued_at, issued_by_id, expires_at"
    ),
    "contributions_payment": (
        "id, code_id, member_id, branch_id, amount_idr, channel, channel_reference, paid_at, receipt_number, recorded_at, "
        "recorded_by_id"
    ),
    "contributions_contributionline": (
        "member_id, payment_id, agent_id, month, jkk_idr, jkm_idr, jht_idr, managed_month, received_on, rulebook_hash, "
        "turn, reason"
    ),
}
"""Table by table, in the order in which they are copied."""

WRITTEN_AT: Final = f"{REPORTED_ON + timedelta(days=1)} 00:00:00+07"
FIRST_NUMBER: Final = 2_000_000_001
"""Member numbers before the check digit: a thousand million above the sequence that numbers real members."""
ATTESTATION: Final = "Data sintetis: bukan orang sungguhan"
CHANNEL: Final = "sintetis"
RECEIVED_AT: Final = "10:30:00+07"

_KINDS: Final = (
    "person",
    "member",
    "registration",
    "code",
    "payment",
    "firm",
    "agent",
    "wadah",
    "pks",
    "letter",
    "certificate",
    "user",
)
_BORN_MS: Final = int((FIRST_MONTH - date(1970, 1, 1)).total_seconds() * 1000)


@dataclass(frozen=True, slots=True)
class Keys:
    """How things are numbered: the same seed gives the same ids."""

    seed: int

    def id(self, kind: str, number: int) -> str:
        """A UUIDv7 in shape and in order, but worked out, so that chunks need not ask each other."""
        mark = crc32(str(self.seed).encode()) & 0xFFFFFFF
        return f"{_BORN_MS + number:012x}7{_KINDS.index(kind):03x}8{mark:07x}{number:08x}"

    def ids(self, kind: str, first: int, many: int) -> list[str]:
        mark = f"7{_KINDS.index(kind):03x}8{crc32(str(self.seed).encode()) & 0xFFFFFFF:07x}"
        return [f"{_BORN_MS + number:012x}{mark}{number:08x}" for number in range(first, first + many)]

    @property
    def entered_by(self) -> str:
        return self.id("user", 0)

    @property
    def decided_by(self) -> str:
        return self.id("user", 1)


class _Person(NamedTuple):
    nik: str
    name: Name
    sex: str
    born_on: str
    place: Place
    address: str


class _Worker(NamedTuple):
    """Somebody with an employer."""

    person: _Person
    firm: Firm
    joined_on: str
    wage_idr: int


class _Applicant(NamedTuple):
    """Somebody without, and what their referral says beyond the person."""

    person: _Person
    agent: int
    join_day: int
    kk: str
    phone: str
    mother: str
    occupation: str
    income_idr: int
    programmes: tuple[str, ...]
    months: int


Rows = defaultdict[str, list[str]]


def write_chunk(chunk: Chunk, keys: Keys) -> dict[str, bytes]:
    """The chunk's rows by table. Needs the keyring of the vault. Raises KeysUnavailable."""
    drawn = _Drawing(chunk, keys.seed)
    workers, applicants = drawn.everybody()
    rows: Rows = defaultdict(list)
    persons = [each.person for each in workers] + [each.person for each in applicants]
    niks = [person.nik for person in persons]
    sealed = _hex(vault.seal_many(niks, context="membership.person.nik"))
    found_by = _hex(vault.blind_index_many(niks, context="membership.person.nik"))
    person_ids = keys.ids("person", chunk.people_before, len(persons))
    member_ids = keys.ids("member", chunk.people_before, len(persons))
    numbers = [
        ids.with_check_digit(f"{FIRST_NUMBER + chunk.people_before + place:010d}") for place in range(len(persons))
    ]
    known = list(zip(person_ids, member_ids, numbers, sealed, found_by, strict=True))
    branches = [district.branch_id for district in chunk.districts for _ in range(district.pu)]
    _write_workers(rows, workers, known[: len(workers)], branches, keys)
    branches = [district.branch_id for district in chunk.districts for _ in range(district.bpu)]
    _write_applicants(rows, applicants, known[len(workers) :], branches, keys, chunk.bpu_before)
    return {table: "".join(lines).encode() for table, lines in rows.items()}


def _hex(blobs: list[bytes]) -> list[str]:
    r"""bytea as COPY reads it: the backslash of ``\x`` doubled."""
    return ["\\\\x" + blob.hex() for blob in blobs]


# --- people ------------------------------------------------------------------------------------------------------

_WAGE_STEP: Final = 1000
_HIGHEST_WAGE: Final = 40_000_000
_INCOMES: Final = people.Wheel(
    [(700_000, 6), (800_000, 7), (900_000, 8), (1_000_000, 34), (1_200_000, 10), (1_500_000, 13), (1_800_000, 6),
     (2_000_000, 8), (2_500_000, 4), (3_000_000, 3), (4_000_000, 1)]
)  # fmt: skip
_PACKAGES: Final = people.Wheel([(("jkk", "jkm"), 0.72), (("jkk", "jkm", "jht"), 0.28)])
_MONTHS: Final = people.Wheel([(12, 0.4), (6, 0.3), (3, 0.3)])


class _Drawing:
    """The people of a chunk, district by district, from the chunk's own random numbers."""

    def __init__(self, chunk: Chunk, seed: int) -> None:
        self._chunk = chunk
        self._rng = Random(f"{seed}:{chunk.number}")  # noqa: S311 - drawing inventions, not secrets
        self._random = self._rng.random
        self._niks = Niks()

    def everybody(self) -> tuple[list[_Worker], list[_Applicant]]:
        workers: list[_Worker] = []
        applicants: list[_Applicant] = []
        for district in self._chunk.districts:
            workers += self._workers(district)
            applicants += self._applicants(district, self._chunk.bpu_before + len(applicants))
        return workers, applicants

    def _workers(self, district: District) -> Iterator[_Worker]:
        random = self._random
        firms = [firm for firm, count in district.firms for _ in range(count)]
        self._rng.shuffle(firms)
        hired = iter(firms)
        minimum = MINIMUM_WAGES[district.code[:2]]
        for place in district.places:
            for _ in range(place.pu):
                firm = next(hired)
                joined_on = JOIN_DAYS[max(people.draw_join_day(random), firm.since)]
                wage = min(minimum * (1 - log(1 - random()) / 2.2), _HIGHEST_WAGE)
                person = self._person(district, place, int(joined_on[:4]))
                yield _Worker(person, firm, joined_on, int(wage) // _WAGE_STEP * _WAGE_STEP)

    def _applicants(self, district: District, before: int) -> Iterator[_Applicant]:
        random = self._random
        agents = iter([agent for agent, count in district.agents for _ in range(count)])
        lived = (place for place in district.places for _ in range(place.bpu))
        for number, place in enumerate(lived, start=before):
            person = self._person(district, place, FIRST_MONTH.year)
            mother = people.draw_name(random, people.PEOPLES[district.code[:2]].draw(random), "f")[0]
            yield _Applicant(
                person=person,
                agent=next(agents),
                join_day=4 + int(random() * 25),
                kk=f"{district.code}{1 + int(random() * 28):02d}{1 + int(random() * 12):02d}"
                f"{8 + int(random() * 8):02d}{people.FIRST_SERIAL + int(random() * 900)}",
                phone=f"+6281200{100_000 + number}",
                mother=mother,
                occupation=people.OCCUPATIONS["town" if place.town else "village"].draw(random),
                income_idr=_INCOMES.draw(random),
                programmes=_PACKAGES.draw(random),
                months=_MONTHS.draw(random),
            )

    def _person(self, district: District, place: Place, joined_year: int) -> _Person:
        random = self._random
        sex = "f" if random() < 0.41 else "m"
        born_on, digits = people.draw_birth(random, sex, joined_year)
        return _Person(
            nik=self._niks.next(district.code, digits),
            name=people.draw_name(random, people.PEOPLES[district.code[:2]].draw(random), sex),
            sex=sex,
            born_on=born_on,
            place=place,
            address=f"{words.STREETS[int(random() * len(words.STREETS))]} No. {1 + int(random() * 180)}",
        )


# --- rows --------------------------------------------------------------------------------------------------------

_Known = tuple[str, str, str, str, str]
"""Person id, member id, number, sealed NIK, blind index."""


def firm_size(workers: int) -> str:
    """Micro below 5, small below 20, medium below 100 (the statistical office's bounds)."""
    return "micro" if workers < 5 else "small" if workers < 20 else "medium" if workers < 100 else "large"


_MANDATORY: Final = {
    "micro": "{jkk,jkm}",
    "small": "{jkk,jkm,jht}",
    "medium": "{jkk,jkm,jht,jp}",
    "large": "{jkk,jkm,jht,jp}",
}
"""Programmes that a firm of the size owes its workers (Perpres 109/2013 Pasal 6)."""


def _write_workers(rows: Rows, workers: list[_Worker], known: list[_Known], branches: list[int], keys: Keys) -> None:
    firm_facts = {
        firm.number: (keys.id("firm", firm.number), _MANDATORY[firm_size(firm.workers)])
        for firm in {each.firm for each in workers}
    }
    person_rows, member_rows = rows["membership_person"], rows["membership_member"]
    protection_rows = rows["membership_protectionentry"]
    for worker, facts, branch in zip(workers, known, branches, strict=True):
        (_, (name, key, heard), sex, born_on, place, address), firm, joined_on, wage = worker
        person_id, member_id, number, sealed, found_by = facts
        village, (firm_id, programmes) = place.region_id, firm_facts[firm.number]
        person_rows.append(
            f"{person_id}\t{sealed}\t{found_by}\t\\N\t{name}\t{key}\t{heard}\t{born_on}\t{sex}\t{village}\t{address}"
            f"\t\\N\t\\N\t\t\\N\tt\t{WRITTEN_AT}\n"
        )
        member_rows.append(
            f"{member_id}\t{number}\t{person_id}\tpu\tinactive\t{branch}\t\\N\t{firm_id}\t{programmes}\t{wage}\tother"
            f"\t{joined_on}\t{joined_on}\t\\N\t\\N\tt\n"
        )
        protection_rows.append(_protection(member_id, branch, village, "pu", joined_on))


def _protection(member_id: str, branch: int, village: int, segment: str, joined_on: str) -> str:
    who = f"{member_id}\t{branch}\t{village}\t{segment}"
    return f"{who}\t{joined_on}\t1\tjoined\t{WRITTEN_AT}\n{who}\t{ENDS_ON}\t-1\tended\t{WRITTEN_AT}\n"


def _write_applicants(
    rows: Rows, applicants: list[_Applicant], known: list[_Known], branches: list[int], keys: Keys, before: int
) -> None:
    """Person, member, protection, registration, and the year that was paid. Long for the many columns of one story."""

    def sealed(texts: list[str], column: str) -> list[str]:
        return _hex(vault.seal_many(texts, context=column))

    kks, phones = [each.kk for each in applicants], [each.phone for each in applicants]
    mothers, niks = [each.mother for each in applicants], [each.person.nik for each in applicants]
    for_person = list(
        zip(
            sealed(kks, "membership.person.kk"),
            sealed(phones, "membership.person.phone"),
            sealed(mothers, "membership.person.mother_name"),
            strict=True,
        )
    )
    for_registration = list(
        zip(
            sealed(niks, "membership.registration.nik"),
            sealed(kks, "membership.registration.kk"),
            sealed(phones, "membership.registration.phone"),
            sealed(mothers, "membership.registration.mother_name"),
            strict=True,
        )
    )
    entered_by, decided_by = keys.entered_by, keys.decided_by
    for place, (applicant, facts, branch) in enumerate(zip(applicants, known, branches, strict=True)):
        (_, (name, key, heard), sex, born_on, lives, address) = applicant.person
        person_id, member_id, number, sealed_nik, found_by = facts
        kk, phone, mother = for_person[place]
        reg_nik, reg_kk, reg_phone, reg_mother = for_registration[place]
        occupation, income, village = applicant.occupation, applicant.income_idr, lives.region_id
        programmes = "{" + ",".join(applicant.programmes) + "}"
        agent_id = keys.id("agent", applicant.agent)
        registration_id = keys.id("registration", before + place)
        joined_on = f"{FIRST_MONTH:%Y-%m}-{applicant.join_day:02d}"
        referred_on = f"{FIRST_MONTH:%Y-%m}-{applicant.join_day - 2:02d}"
        decided_at = f"{FIRST_MONTH:%Y-%m}-{applicant.join_day - 1:02d} 14:00:00+07"
        rows["membership_person"].append(
            f"{person_id}\t{sealed_nik}\t{found_by}\t{kk}\t{name}\t{key}\t{heard}\t{born_on}\t{sex}\t{village}\t{address}"
            f"\t{phone}\t{mother}\t{occupation}\t{income}\tt\t{WRITTEN_AT}\n"
        )
        rows["membership_member"].append(
            f"{member_id}\t{number}\t{person_id}\tbpu\tinactive\t{branch}\t{agent_id}\t\\N\t{programmes}\t{income}"
            f"\t{OCCUPATIONS[occupation]}\t{joined_on}\t{joined_on}\t{REPORTED_ON}\t{joined_on}\tt\n"
        )
        rows["membership_protectionentry"].append(_protection(member_id, branch, village, "bpu", joined_on))
        rows["membership_registration"].append(
            f"{registration_id}\tSIN{before + place:07d}\tcompleted\t{agent_id}\t{branch}\t{entered_by}\t{reg_nik}\t{found_by}"
            f"\t{reg_kk}\t{name}\t{born_on}\t{sex}\t{village}\t{address}\t{reg_phone}\t{reg_mother}\t{occupation}\t{income}"
            f"\t{programmes}\t{applicant.months}\t{referred_on} 09:00:00+07\t{ATTESTATION}\t{referred_on}"
            f"\t{referred_on} 09:05:00+07\t{{}}\t{decided_at}\t{decided_by}\t\t{member_id}\t{joined_on} {RECEIVED_AT}\n"
        )
        _write_year(rows, applicant, before + place, branch, member_id, agent_id, registration_id, keys)


class _Price(NamedTuple):
    """What one code asks: the sum, its ``prices`` as stored, the rulebook, and (month, JKK, JKM, JHT) month by month."""

    total_idr: int
    stored: str
    rulebook_hash: str
    months: tuple[tuple[str, int, int, int], ...]


@cache
def _price(first: Period, months: int, income_idr: int, programmes: tuple[str, ...], sector: str) -> _Price:
    asked = payment_code_amount(
        first=first,
        months=months,
        income_idr=income_idr,
        programmes=[Programme(each) for each in programmes],
        sector=Sector(sector),
    )
    parts = [(each.month, each.contribution) for each in asked.months]
    stored = [
        {"month": str(month), "jkk_idr": part.jkk_idr, "jkm_idr": part.jkm_idr, "jht_idr": part.jht_idr}
        for month, part in parts
    ]
    return _Price(
        asked.total_idr,
        json.dumps(stored),
        rulebook.on(first.first_day).hash,
        tuple((str(month.first_day), part.jkk_idr, part.jkm_idr, part.jht_idr) for month, part in parts),
    )


_MOST_CODES: Final = 4


@cache
def _steps(months: int) -> tuple[tuple[Period, str, str], ...]:
    """First month, ``YYYY-MM`` and last day of each code of the year."""
    begins = [Period.of(FIRST_MONTH).plus(step) for step in range(0, 12, months)]
    return tuple((first, str(first), str(first.last_day)) for first in begins)


def _write_year(
    rows: Rows,
    applicant: _Applicant,
    number: int,
    branch: int,
    member_id: str,
    agent_id: str,
    registration_id: str,
    keys: Keys,
) -> None:
    """Codes, payments and twelve ledger lines. The first code is the registration's, later ones are the member's."""
    sector, months = OCCUPATIONS[applicant.occupation], applicant.months
    lines = rows["contributions_contributionline"]
    managed = 0
    for step, (first, month, expires_on) in enumerate(_steps(months)):
        price = _price(first, months, applicant.income_idr, applicant.programmes, sector)
        place = number * _MOST_CODES + step
        code_id, payment_id = keys.id("code", place), keys.id("payment", place)
        issued_on = f"{month}-{applicant.join_day - 1:02d}"
        paid_on = f"{month}-{applicant.join_day:02d}"
        whose = f"\\N\t{member_id}" if step else f"{registration_id}\t\\N"
        rows["contributions_paymentcode"].append(
            f"{code_id}\t{ids.with_check_digit(f'8{place:09d}')}\t{whose}\t{branch}\t{month}-01\t{months}\t{price.total_idr}"
            f"\t{price.stored}\t{price.rulebook_hash}\tpaid\t{issued_on} 14:00:00+07\t{keys.decided_by}"
            f"\t{expires_on} 23:59:59+07\n"
        )
        rows["contributions_payment"].append(
            f"{payment_id}\t{code_id}\t{member_id}\t{branch}\t{price.total_idr}\t{CHANNEL}\tSIN{place}"
            f"\t{paid_on} {RECEIVED_AT}\tSIN{place:011d}\t{WRITTEN_AT}\t{keys.decided_by}\n"
        )
        for day, jkk, jkm, jht in price.months:
            managed += 1
            lines.append(
                f"{member_id}\t{payment_id}\t{agent_id}\t{day}\t{jkk}\t{jkm}\t{jht}\t{managed}\t{paid_on}"
                f"\t{price.rulebook_hash}\t0\tpaid\n"
            )
