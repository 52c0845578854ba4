"""What an officer looks at before deciding, gathered once."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from perisai.certification import selectors as certification
from perisai.certification.rules import Lack
from perisai.kernel import clock, nik
from perisai.kernel.actor import Actor
from perisai.membership import selectors
from perisai.membership.rules import Doubt, State, age_on
from perisai.regions import selectors as regions
from perisai.web import formats, words


def phone_masked(phone: str | None) -> str:
    """``08xx-…0200``: enough to ask the owner whether it is theirs."""
    return f"08xx-…{phone[-4:]}" if phone else ""


def nik_warnings(registration: Any, today: date) -> dict[str, str]:
    """Field → what the digits of the NIK say otherwise: warnings, never refusals (domain 4.3)."""
    number = str(registration.nik)
    read = nik.hints(number, today)
    differ = nik.differences(number, born_on=registration.born_on, woman=registration.sex == "f", today=today)
    found = {}
    if "born_on" in differ:
        found["born_on"] = (
            _("angka NIK berkata %(day)s") % {"day": formats.day(read.born_on, _language())}
            if read.born_on
            else _("angka NIK tidak membentuk tanggal")
        )
    if "sex" in differ:
        found["sex"] = _("angka NIK berkata perempuan") if read.woman else _("angka NIK berkata laki-laki")
    if not registration.village.code.startswith(read.district_code):
        district = regions.find_region(read.district_code)
        found["village"] = _("NIK pertama terdaftar di %(place)s") % {
            "place": district.path_names if district else read.district_code
        }
    return found


def doubts_explained(registration: Any) -> list[tuple[str, str]]:
    """Each doubt with what it means and what to look at."""
    sentences = {
        Doubt.NIK_REFERRED_TWICE: (
            _("NIK ini dirujuk lebih dari sekali"),
            _("Bandingkan di bawah: orang yang sama, atau NIK yang salah salin? Putuskan yang benar lebih dulu."),
        ),
        Doubt.NIK_ALREADY_MEMBER: (
            _("Pemilik NIK ini sudah peserta"),
            _("Bandingkan dengan pesertanya. Peserta aktif tidak didaftarkan lagi; yang tidak aktif boleh kembali."),
        ),
        Doubt.OUTSIDE_TERRITORY: (
            _("Tempat tinggalnya di luar wilayah cabang ini"),
            _("Tanyakan kepada agen mengapa ia merujuk orang dari wilayah cabang lain."),
        ),
    }
    return [sentences[Doubt(each)] for each in registration.doubts]


@dataclass(frozen=True, slots=True)
class Side:
    """One column of the comparison. ``kind`` is ``registration`` or ``member``."""

    kind: str
    title: str
    row: Any
    state: str


@dataclass(frozen=True, slots=True)
class Line:
    """One field of all columns; ``differs`` by column, the first column never does."""

    label: str
    cells: list[tuple[str, bool]]


def side_by_side(actor: Actor, registration: Any) -> tuple[list[Side], list[Line]]:
    """This referral, others of its NIK, and the member of its NIK, field by field. Empty when it is alone."""
    rivals = selectors.rivals_of(actor, registration)
    member = selectors.rival_member(actor, registration)
    if member is not None and member.id == registration.member_id:
        member = None
    if not rivals and member is None:
        return [], []
    sides = [Side("registration", _("Rujukan ini"), registration, registration.state)]
    sides += [Side("registration", f"{_('Rujukan')} {each.reference}", each, each.state) for each in rivals]
    if member is not None:
        sides.append(Side("member", f"{_('Peserta')} {member.number}", member, member.state))
    persons, origins = [_person(side) for side in sides], [_origin(side) for side in sides]
    lines = [Line(label, _marked([column[label] for column in persons])) for label in persons[0]]
    lines += [Line(label, [(column[label], False) for column in origins]) for label in origins[0]]
    return sides, lines


def _marked(cells: list[str]) -> list[tuple[str, bool]]:
    """Each with whether it says otherwise than the first; an empty one says nothing."""
    return [(cell, bool(cell) and cell.casefold() != cells[0].casefold()) for cell in cells]


def _person(side: Side) -> dict[str, str]:
    """Who it is said to be, as it is shown: what differs here may be another human being."""
    person = side.row.person if side.kind == "member" else side.row
    return {
        _("Nama"): person.name,
        "NIK": nik.mask(str(person.nik)),
        _("Nomor KK"): nik.mask(str(person.kk)) if person.kk else "",
        _("Tanggal lahir"): formats.day(person.born_on, _language()),
        _("Jenis kelamin"): str(words.SEXES[person.sex]),
        _("Nama ibu kandung"): str(person.mother_name or ""),
        _("Tempat tinggal"): person.village.path_names,
        _("Alamat"): person.address,
        _("Nomor HP"): phone_masked(person.phone),
        _("Pekerjaan"): str(words.OCCUPATIONS.get(person.occupation, "")),
    }


def _origin(side: Side) -> dict[str, str]:
    """Who sent it and when: different by nature, so never marked."""
    agent = side.row.agent
    since = side.row.joined_on if side.kind == "member" else side.row.occurred_on
    return {_("Agen"): agent.name if agent else "", _("Tanggal"): formats.day(since, _language())}


@dataclass(frozen=True, slots=True)
class AgentRecord:
    """The Perisai of a referral: how many so far, and whether the papers held on the day."""

    referred: int
    approved: int
    rejected: int
    returned: int
    lacks: tuple[str, ...]


def agent_record(actor: Actor, registration: Any) -> AgentRecord:
    """Counts of the referrals of this Perisai that the actor may see."""
    rows = (
        selectors.registrations_visible_to(actor)
        .filter(agent_id=registration.agent_id)
        .order_by()
        .values_list("state")
        .annotate(n=Count("id"))
    )
    by_state: dict[str, int] = dict(rows)
    lacks = certification.may_act(registration.agent_id, registration.occurred_on).lacks
    return AgentRecord(
        referred=sum(by_state.values()),
        approved=by_state.get(State.APPROVED, 0) + by_state.get(State.COMPLETED, 0),
        rejected=by_state.get(State.REJECTED, 0),
        returned=by_state.get(State.RETURNED, 0),
        lacks=tuple(lack_words(lack) for lack in lacks),
    )


def lack_words(lack: Lack) -> str:
    return {
        Lack.NOT_ACTIVE: _("bukan Perisai aktif"),
        Lack.NO_TRAINING_CERTIFICATE: _("tanpa sertifikat pelatihan"),
        Lack.NO_SURAT_TUGAS: _("tanpa Surat Tugas"),
        Lack.NO_PKS: _("Wadah tanpa PKS"),
    }[lack]


def age(registration: Any) -> int:
    """Full years on the day of the referral."""
    return age_on(registration.born_on, registration.occurred_on)


def today_of(registration: Any) -> date:
    """The business date of the registration's branch."""
    return clock.today(ZoneInfo(registration.branch.timezone))


def _language() -> str:
    return "en" if (get_language() or "id").startswith("en") else "id"
