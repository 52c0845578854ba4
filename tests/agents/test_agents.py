"""Wadah and Perisai: papers that never overlap, who may bind and loosen, and the end of all rights."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from perisai.agents import selectors, services
from perisai.agents.models import Agent, Pks, SuratTugas
from perisai.agents.rules import State
from perisai.kernel.errors import Code, NotFound, Refused
from perisai.site.cast import EVERYBODY, KOTO_TINGGI, Cast

pytestmark = pytest.mark.usefixtures("in_2017")

MANAGES = {"hendri"}
"""The head of the branch; officers only look."""


def pks(cast: Cast, starts_on: date, ends_on: date, by: str = "hendri", number: str = "PKS/BARU") -> Pks:
    return services.sign_pks(
        actor=cast.actors[by], wadah_id=cast.wadah_id, number=number, starts_on=starts_on, ends_on=ends_on
    )


def letter(cast: Cast, starts_on: date, ends_on: date, by: str = "hendri") -> SuratTugas:
    return services.issue_surat_tugas(
        actor=cast.actors[by],
        agent_id=cast.agent_ids["rina"],
        number="ST/BARU",
        starts_on=starts_on,
        ends_on=ends_on,
    )


def appoint(cast: Cast, by: str = "hendri", **changed: Any) -> Agent:
    given: dict[str, Any] = {
        "wadah_id": cast.wadah_id,
        "number": "BKT-P009",
        "name": "Erni  Wati ",
        "village_code": KOTO_TINGGI,
        "user_id": None,
        "nik": "1306 0848 0391 0019",
        "phone": "081200000109",
        "bank_account": "BRI 0000-01-000009-53-9 (fiktif)",
        "appointed_on": date(2017, 10, 1),
    }
    return services.appoint_agent(actor=cast.actors[by], **given | changed)


# The cast's first papers run from 1 February 2017 to 31 January 2019, the next ones begin in 2026.


@pytest.mark.parametrize("make", [pks, letter], ids=["pks", "surat tugas"])
@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [
        (date(2017, 2, 1), date(2018, 2, 1)),
        (date(2016, 1, 1), date(2017, 2, 2)),
        (date(2019, 1, 31), date(2021, 1, 1)),
        (date(2016, 1, 1), date(2021, 1, 1)),
        (date(2018, 1, 1), date(2018, 1, 2)),
    ],
    ids=["same start", "last day on the first", "first day on the last", "around", "inside"],
)
def test_a_second_paper_for_the_same_days_is_refused(
    cast: Cast, make: Callable[..., object], starts_on: date, ends_on: date
) -> None:
    with pytest.raises(Refused) as refusal:
        make(cast, starts_on, ends_on)
    assert (refusal.value.code, refusal.value.field) == (Code.SPAN_OVERLAPS, "starts_on")


def test_a_paper_may_begin_on_the_day_the_old_one_ends(cast: Cast) -> None:
    assert pks(cast, date(2019, 2, 1), date(2020, 2, 1)).during == DateRange(date(2019, 2, 1), date(2020, 2, 1))
    assert letter(cast, date(2019, 2, 1), date(2020, 2, 1)).wadah_id == cast.wadah_id


@pytest.mark.parametrize("make", [pks, letter], ids=["pks", "surat tugas"])
@pytest.mark.parametrize("ends_on", [date(2021, 1, 1), date(2020, 12, 31)], ids=["no day", "backwards"])
def test_a_paper_of_no_days_is_refused(cast: Cast, make: Callable[..., object], ends_on: date) -> None:
    with pytest.raises(Refused) as refusal:
        make(cast, date(2021, 1, 1), ends_on)
    assert (refusal.value.code, refusal.value.field) == (Code.SPAN_EMPTY, "ends_on")


def test_the_database_refuses_overlapping_papers_by_itself(cast: Cast) -> None:
    with pytest.raises(IntegrityError, match="agents_pks_one_at_a_time"), transaction.atomic():
        Pks.objects.create(wadah_id=cast.wadah_id, number="X", during=DateRange(date(2019, 1, 31), date(2019, 2, 2)))
    with pytest.raises(IntegrityError, match="agents_surattugas_one_at_a_time"), transaction.atomic():
        SuratTugas.objects.create(
            agent_id=cast.agent_ids["rina"],
            wadah_id=cast.wadah_id,
            number="X",
            during=DateRange(date(2019, 1, 31), date(2019, 2, 2)),
        )


def test_the_papers_of_a_day(cast: Cast) -> None:
    rina = cast.agent_ids["rina"]
    held = {day: selectors.find_letter(rina, day) is not None for day in (date(2019, 1, 31), date(2019, 2, 1))}
    assert held == {date(2019, 1, 31): True, date(2019, 2, 1): False}
    assert selectors.papers_of(rina)[-1].number == "ST/001/2017", "newest first"
    assert selectors.agreements_of(cast.wadah_id)[-1].number == "PKS/BKT/001/2017"


def test_hendri_appoints_erni(cast: Cast) -> None:
    erni = appoint(cast)
    assert (erni.name, erni.nik, erni.branch_id, erni.state) == (
        "Erni Wati",
        "1306084803910019",
        Agent.objects.get(pk=cast.agent_ids["rina"]).branch_id,
        State.ACTIVE,
    )


@pytest.mark.parametrize(
    "same",
    [{"nik": "1306085203880002"}, {"nik": "1306.0852.0388.0002"}, {"number": "BKT-P001"}],
    ids=["nik", "nik with dots", "number"],
)
def test_nobody_is_appointed_twice(cast: Cast, same: dict[str, str]) -> None:
    with pytest.raises(Refused) as refusal:
        appoint(cast, **same)
    assert refusal.value.code is Code.AGENT_ALREADY_APPOINTED


def test_two_perisai_without_nik_do_not_clash(cast: Cast) -> None:
    appoint(cast, nik=None)
    appoint(cast, nik=None, number="BKT-P010")


def test_a_wadah_code_is_given_once(cast: Cast) -> None:
    with pytest.raises(Refused) as refusal:
        services.register_wadah(
            actor=cast.hendri,
            branch_code="BKT",
            code="BKT-001",
            name="Lain",
            coordinator_user_id=None,
            registered_on=date(2017, 10, 1),
        )
    assert refusal.value.code is Code.WADAH_CODE_TAKEN


@pytest.mark.parametrize("who", sorted(set(EVERYBODY) - MANAGES))
def test_only_the_head_of_the_branch_binds_and_loosens(cast: Cast, who: str) -> None:
    rina = cast.agent_ids["rina"]
    for attempt in (
        lambda: appoint(cast, by=who),
        lambda: pks(cast, date(2021, 1, 1), date(2022, 1, 1), by=who),
        lambda: letter(cast, date(2021, 1, 1), date(2022, 1, 1), by=who),
        lambda: services.suspend_agent(actor=cast.actors[who], agent_id=rina, reason="Coba"),
        lambda: services.terminate_agent(actor=cast.actors[who], agent_id=rina, reason="Coba", on=date(2017, 10, 30)),
        lambda: services.register_wadah(
            actor=cast.actors[who],
            branch_code="BKT",
            code="BKT-009",
            name="Baru",
            coordinator_user_id=None,
            registered_on=date(2017, 10, 1),
        ),
    ):
        with pytest.raises(NotFound):
            attempt()
    assert Agent.objects.get(pk=rina).state == State.ACTIVE


def test_suspended_reinstated_terminated(cast: Cast) -> None:
    rina = cast.agent_ids["rina"]
    suspended = services.suspend_agent(actor=cast.hendri, agent_id=rina, reason="Diperiksa")
    assert (suspended.state, suspended.ended_on) == (State.SUSPENDED, None)
    back = services.reinstate_agent(actor=cast.hendri, agent_id=rina, reason="Tidak bersalah")
    assert back.state == State.ACTIVE
    gone = services.terminate_agent(actor=cast.hendri, agent_id=rina, reason="Pindah", on=date(2017, 10, 30))
    assert (gone.state, gone.ended_on, gone.ended_because) == (State.TERMINATED, date(2017, 10, 30), "Pindah")


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_no_step_without_a_reason(cast: Cast, reason: str) -> None:
    with pytest.raises(Refused) as refusal:
        services.suspend_agent(actor=cast.hendri, agent_id=cast.agent_ids["rina"], reason=reason)
    assert (refusal.value.code, refusal.value.field) == (Code.REASON_MISSING, "reason")


def test_who_was_terminated_never_comes_back(cast: Cast) -> None:
    for verb in (services.suspend_agent, services.reinstate_agent):
        with pytest.raises(Refused) as refusal:
            verb(actor=cast.hendri, agent_id=cast.agent_ids["dedi"], reason="Coba lagi")
        assert refusal.value.code is Code.WRONG_ORDER


@pytest.mark.parametrize(
    "changed",
    [
        {"state": "terminated"},
        {"ended_on": date(2017, 10, 1)},
        {"state": "suspended", "ended_on": date(2017, 10, 1)},
    ],
)
def test_an_end_and_a_date_belong_together(cast: Cast, changed: dict[str, object]) -> None:
    row = Agent.objects.filter(pk=cast.agent_ids["rina"])
    with pytest.raises(IntegrityError, match="agents_agent_ended_when_terminated"), transaction.atomic():
        row.update(**changed)


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("laras", 5),
        ("hendri", 5),
        ("nofri", 5),
        ("irwansyah", 5),
        ("maharani", 5),
        ("sudirman", 5),
        ("buyung", 5),
        ("gustina", 0),
        ("datuak", 0),
        ("admin", 0),
        ("rina", 0),
    ],
)
def test_who_sees_the_perisai_of_the_branch(cast: Cast, who: str, seen: int) -> None:
    assert selectors.visible_to(cast.actors[who]).count() == seen


def test_rina_is_herself_and_laras_is_no_perisai(cast: Cast) -> None:
    assert selectors.agent_of(cast.rina).id == cast.agent_ids["rina"]
    with pytest.raises(NotFound):
        selectors.agent_of(cast.laras)


def test_a_wadah_is_seen_by_its_coordinator_and_its_branch_only(cast: Cast) -> None:
    assert selectors.wadah_for(cast.buyung, cast.wadah_id) == selectors.wadah_for(cast.laras, cast.wadah_id)
    with pytest.raises(NotFound):
        selectors.wadah_for(cast.gustina, cast.wadah_id)
