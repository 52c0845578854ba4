"""The cast: one fictional Wadah of Nagari Koto Tinggi and the offices around it.

Everybody here is invented. The demo, the story and the tests share them, and every row is made by the verbs that make
real rows, so that nothing impossible stands on the stage. Papers are dated for both lives of the cast: 2017 and now.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from perisai.accounts import services as accounts
from perisai.accounts.selectors import find_user
from perisai.agents import services as agents
from perisai.certification import services as certification
from perisai.contributions.rules import Programme, Sector, bpu_contribution
from perisai.kernel.actor import Actor, Role
from perisai.kernel.period import Period
from perisai.membership.rules import OCCUPATIONS, Applicant
from perisai.organisation import services as organisation
from perisai.organisation.selectors import actor_for

KOTO_TINGGI = "13.06.08.2001"
PASSWORD = "sawah-hijau-di-baso"  # noqa: S105 - the fictional cast's, printed by the demo
FIRST_DAY = date(2017, 2, 1)
LATEST_LAPSE = 2026

_STAFF = (
    # user name, name, role, office code, region code
    ("laras", "Laras Wulandari", Role.BRANCH_OFFICER, "BKT", None),
    ("hendri", "Hendri Saputra", Role.BRANCH_HEAD, "BKT", None),
    ("nofri", "Nofri Yandi", Role.FINANCE_OFFICER, "BKT", None),
    ("gustina", "Gustina Rahim", Role.BRANCH_OFFICER, "SLK", None),
    ("irwansyah", "Irwansyah Lubis", Role.REGIONAL_HEAD, "03", None),
    ("yulia", "Yulia Hapsari", Role.FINANCE_OFFICER, "KP", None),
    ("maharani", "Maharani Kusuma", Role.HEAD_OFFICE_DIRECTOR, "KP", None),
    ("sudirman", "Sudirman Halim", Role.SUPERVISORY_BOARD, "KP", None),
    ("datuak", "Datuak Rangkayo", Role.WALI_NAGARI, None, KOTO_TINGGI),
    ("admin", "Admin Sistem", Role.SYSTEM_ADMINISTRATOR, None, None),
)

_PERISAI = (
    # user name, name, NIK, phone
    ("rina", "Rina Marlina", "1306085203880002", "081200000101"),
    ("yusuf", "Yusuf Hanafi", "1306081107850004", "081200000102"),
    ("dedi", "Dedi Kurnia", "1306080909900006", "081200000103"),
    ("mira", "Mira Susanti", "1306086501920008", "081200000104"),
    ("zul", "Zulkifli Amran", "1306082304790010", "081200000105"),
)

EVERYBODY = (*(row[0] for row in _STAFF), "buyung", *(row[0] for row in _PERISAI))


@dataclass(frozen=True, slots=True)
class Cast:
    """Actors by user name, and the ids of the Perisai and their Wadah."""

    actors: dict[str, Actor]
    agent_ids: dict[str, UUID]
    wadah_id: UUID

    def __getattr__(self, name: str) -> Actor:
        try:
            return self.actors[name]
        except KeyError:
            raise AttributeError(name) from None


def assemble(*, until: date) -> Cast:
    """Make the cast, once, with papers up to the year of ``until``; regions and offices must be there.

    Raises Refused(USERNAME_TAKEN) when it stands already.
    """
    job = Actor.job("cast")
    for username, name, role, office_code, region_code in _STAFF:
        _user(job, username, name, role, office_code, region_code)
    _user(job, "buyung", "Buyung Chaniago", Role.WADAH_COORDINATOR, None, None)
    head = _actor("hendri")
    wadah = agents.register_wadah(
        actor=head,
        branch_code="BKT",
        code="BKT-001",
        name="Wadah Saiyo Koto Tinggi (fiktif)",
        coordinator_user_id=_actor("buyung").user_id,
        registered_on=FIRST_DAY,
    )
    agents.record_wadah_bank_account(actor=head, wadah_id=wadah.id, bank_account="70010000001")
    for starts_on, ends_on in _spans(until):
        agents.sign_pks(
            actor=head,
            wadah_id=wadah.id,
            number=f"PKS/BKT/001/{starts_on.year}",
            starts_on=starts_on,
            ends_on=ends_on,
        )
    agent_ids = {
        username: _appoint(head, wadah.id, place, username, name, nik, phone, until)
        for place, (username, name, nik, phone) in enumerate(_PERISAI, start=1)
    }
    certification.issue_certificate(
        actor=head,
        agent_id=agent_ids["rina"],
        kind="bnsp",
        number="BNSP/FIKTIF/2026/0001",
        issued_on=date(2026, 3, 2),
        expires_on=date(2029, 3, 2),
    )
    agents.terminate_agent(
        actor=head, agent_id=agent_ids["dedi"], reason="Uang peserta ditahan (fiktif)", on=date(2017, 9, 1)
    )
    return Cast({username: _actor(username) for username in EVERYBODY}, agent_ids, wadah.id)


def sign_ins() -> list[tuple[str, str]]:
    """User names with who they are, in English, for the demo's greeting."""
    staff = [
        (username, f"{name}, {role.replace('_', ' ')}{f' in {office_code}' if office_code else ''}")
        for username, name, role, office_code, _ in _STAFF
    ]
    agents_of_the_wadah = [(username, f"{name}, Perisai") for username, name, *_ in _PERISAI]
    return [*staff, ("buyung", "Buyung Chaniago, wadah coordinator"), *agents_of_the_wadah]


def _spans(until: date) -> list[tuple[date, date]]:
    """Papers of the first life (two years), then one a year (a PKS lasts at most one: domain 1.4)."""
    years = range(LATEST_LAPSE, until.year + 1)
    return [(FIRST_DAY, date(2019, 2, 1)), *((date(year, 1, 1), date(year + 1, 1, 1)) for year in years)]


def _user(job: Actor, username: str, name: str, role: Role, office_code: str | None, region_code: str | None) -> None:
    user = accounts.create_user(actor=job, username=username, name=name, password=PASSWORD, must_change_password=False)
    organisation.grant_role(
        actor=job, user_id=user.id, role=role, office_code=office_code, region_code=region_code, starts_on=FIRST_DAY
    )


def _appoint(
    head: Actor, wadah_id: UUID, place: int, username: str, name: str, nik: str, phone: str, until: date
) -> UUID:
    """A Perisai with papers for 2017 and from 2026 on; Yusuf's training certificate lapsed both times."""
    user = accounts.create_user(
        actor=Actor.job("cast"), username=username, name=name, password=PASSWORD, must_change_password=False
    )
    agent = agents.appoint_agent(
        actor=head,
        wadah_id=wadah_id,
        number=f"BKT-P{place:03d}",
        name=name,
        village_code=KOTO_TINGGI,
        user_id=user.id,
        nik=nik,
        phone=phone,
        bank_account=f"70020{place:06d}",
        appointed_on=FIRST_DAY,
    )
    for starts_on, ends_on in _spans(until):
        agents.issue_surat_tugas(
            actor=head,
            agent_id=agent.id,
            number=f"ST/{place:03d}/{starts_on.year}",
            starts_on=starts_on,
            ends_on=ends_on,
        )
        if username != "yusuf" or starts_on.year <= LATEST_LAPSE:
            certification.issue_certificate(
                actor=head,
                agent_id=agent.id,
                kind="training",
                number=f"LATIH/{place:03d}/{starts_on.year}",
                issued_on=starts_on,
                expires_on=starts_on.replace(month=8) if username == "yusuf" else ends_on,
            )
    return agent.id


def _actor(username: str) -> Actor:
    return actor_for(_user_id(username))


def _user_id(username: str) -> UUID:
    user = find_user(username)
    assert user is not None
    return user.id


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody of the farming family, for referrals: ``facts()`` is what Rina types."""

    name: str
    nik: str
    born_on: date
    sex: str
    occupation: str = "farmer"
    income_idr: int = 1_000_000
    programmes: tuple[str, ...] = ("jkk", "jkm")
    phone: str = "081200000200"
    mother_name: str = "Upik Sari"

    def facts(self, **changed: object) -> Applicant:
        given = {
            "nik": self.nik,
            "kk": "1306081501100021",
            "name": self.name,
            "born_on": self.born_on,
            "sex": self.sex,
            "village_code": KOTO_TINGGI,
            "address": "Jorong Batu Taba",
            "phone": self.phone,
            "mother_name": self.mother_name,
            "occupation": self.occupation,
            "income_idr": self.income_idr,
            "programmes": self.programmes,
            "months": 1,
            "consent": True,
            "attested_work": "Saya lihat sendiri ia bekerja di ladangnya setiap hari.",
        } | changed
        return Applicant(**given)  # type: ignore[arg-type]


FAMILY_2017 = {
    "siti": Worker("Siti Aminah", "1306085001900003", date(1990, 1, 10), "f"),
    "bakri": Worker("Bakri Malin", "1306081205870005", date(1987, 5, 12), "m", phone="081200000201"),
    "nurdin": Worker("Nurdin Sutan", "1306080307650001", date(1965, 7, 3), "m", phone="081200000202"),
    "upik": Worker("Upik Rahmah", "1306084408950007", date(1995, 8, 4), "f", occupation="trader", phone="081200000203"),
    "ali": Worker("Ali Akbar", "1306081205870005", date(1987, 5, 12), "m", phone="081200000204"),
}
"""Ali's card was copied with Bakri's NIK: the duplicate that must be caught."""

FAMILY_NOW = {
    "wati": Worker("Rahmawati", "1306084903980011", date(1998, 3, 9), "f", phone="081200000211"),
    "joni": Worker("Joni Eka Putra", "1306081711940013", date(1994, 11, 17), "m", phone="081200000212"),
    "ijus": Worker("Ijus Marajo", "1306082806800015", date(1980, 6, 28), "m", occupation="ojek", phone="081200000213"),
    "lena": Worker(
        "Lena Gustia",
        "1306085502010017",
        date(2001, 2, 15),
        "f",
        programmes=("jkk", "jkm", "jht"),
        phone="081200000214",
    ),
    "eri": Worker("Eri Saputra", "1306081711940013", date(1994, 11, 17), "m", phone="081200000215"),
}
"""Eri's card was copied with Joni's NIK."""

WAITING = {
    "eti": Worker(
        "Eti Nurhayati", "1306085206910019", date(1991, 6, 12), "f", occupation="trader", phone="081200000221"
    ),
    "syam": Worker("Syamsul Bahri", "1306080112780021", date(1978, 12, 1), "m", phone="081200000222"),
    "eti_again": Worker("Ety Nurhayati", "1306085206910019", date(1991, 6, 12), "f", phone="081200000221"),
    "pono": Worker(
        "Supono",
        "1306081904850023",
        date(1985, 4, 19),
        "m",
        occupation="builder",
        income_idr=2_400_000,
        phone="081200000223",
    ),
    "mak": Worker(
        "Nurbaiti Mak Itam", "1306084707690025", date(1969, 7, 7), "f", occupation="craft", phone="081200000224"
    ),
}
"""Referrals that wait for the branch when the demo opens; two of them name one NIK."""


def prices_now(on: date) -> dict[str, int]:
    """What a first month costs the family of today, by the law of that day (docs/algorithms/contribution.md)."""
    return {
        name: bpu_contribution(
            income_idr=worker.income_idr,
            programmes=[Programme(each) for each in worker.programmes],
            month=Period.of(on),
            sector=Sector(OCCUPATIONS[worker.occupation]),
        ).total_idr
        for name, worker in FAMILY_NOW.items()
        if name != "eri"
    }
