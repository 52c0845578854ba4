"""Koto Tinggi becomes a Nagari Sadar: step by step, with what each step asks; nobody skips one."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.contributions.money import approved, pay

from perisai.agents import services as agents
from perisai.agents.selectors import agent_for
from perisai.kernel import clock
from perisai.kernel.errors import Code, NotFound, Refused
from perisai.membership.services import check_officials
from perisai.site.cast import EVERYBODY, FAMILY_2017, KOTO_TINGGI, Cast
from perisai.villages import selectors, services
from perisai.villages.models import Official, Programme, Session, StepEntry
from perisai.villages.rules import State

pytestmark = pytest.mark.usefixtures("in_2017")
JORONG = ("Koto Tinggi", "Batu Taba")
MANAGES = {"laras", "hendri"}


def today() -> date:
    return clock.today()


def nominate(cast: Cast, by: str = "laras", **changed: Any) -> Programme:
    given: dict[str, Any] = {
        "village_code": KOTO_TINGGI,
        "jorong": len(JORONG),
        "on": today(),
        "reason": "Perangkat bersemangat",
    }
    return services.nominate(actor=cast.actors[by], **given | changed)


def add_siti(cast: Cast, by: str = "laras", **changed: Any) -> Official:
    given: dict[str, Any] = {
        "village_code": KOTO_TINGGI, "name": "Siti Aminah", "post": "Kepala Jorong", "nik": FAMILY_2017["siti"].nik,
        "since_on": date(2016, 1, 1),
    }  # fmt: skip
    return services.add_official(actor=cast.actors[by], **given | changed)


def explain(cast: Cast, jorong: str, people: int = 40, by: str = "laras") -> Session:
    return services.record_session(
        actor=cast.actors[by], village_code=KOTO_TINGGI, jorong=jorong, on=today(), people=people
    )


def state() -> str:
    return Programme.objects.get().state


def walk(cast: Cast, until: State) -> None:
    """Everything in order, by Laras, up to and with ``until``."""
    here: dict[str, Any] = {"actor": cast.laras, "village_code": KOTO_TINGGI}
    steps: dict[State, Callable[[], object]] = {
        State.NOMINATED: lambda: nominate(cast),
        State.OFFICIALS_REGISTERED: lambda: (add_siti(cast), pay(cast, approved(cast)), check_officials(**here, on=today())),
        State.SOCIALISED: lambda: (
            [explain(cast, jorong) for jorong in JORONG], services.conclude_sessions(**here, on=today()),
        ),
        State.AGREED: lambda: services.sign_agreement(**here, number="KB/12/2017", on=today()),
        State.STAFFED: lambda: agents.confirm_village_agents(**here, on=today()),
        State.LAUNCHED: lambda: services.launch(**here, minutes="BA/1/2017", guests="Wali nagari", on=today()),
    }  # fmt: skip
    for reached, step in steps.items():
        step()
        assert state() == reached
        if reached is until:
            return


def refused(verb: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as refusal, transaction.atomic():
        verb()
    return refusal.value


def test_koto_tinggi_is_launched_and_every_step_is_written(cast: Cast) -> None:
    walk(cast, State.LAUNCHED)
    programme = selectors.programme_for(cast.datuak, KOTO_TINGGI)
    assert (programme.launched_on, programme.branch.code) == (today(), "BKT")
    steps = [(each.action, each.document) for each in reversed(selectors.steps_of(programme.id))]
    assert steps == [
        ("nominate", ""), ("confirm_officials", ""), ("conclude_sessions", ""), ("sign_agreement", "KB/12/2017"),
        ("confirm_agents", ""), ("launch", "BA/1/2017"),
    ]  # fmt: skip
    services.keep_up(actor=cast.laras, village_code=KOTO_TINGGI, note="Semua perangkat tetap peserta", on=today())
    assert Programme.objects.get().kept_up_on == today()


def test_an_official_who_is_no_member_holds_the_village_back(cast: Cast) -> None:
    nominate(cast)
    add_siti(cast)
    add_siti(cast, name="Bakri Malin", nik=FAMILY_2017["bakri"].nik, post="Wali Nagari")
    pay(cast, approved(cast))
    check_officials(actor=cast.laras, village_code=KOTO_TINGGI, on=today())
    assert state() == State.NOMINATED
    check = selectors.officials_check(Programme.objects.get(), today())
    assert (check.have, check.wanted, check.met, check.confidence) == (1, 2, False, "medium")
    bakri = Official.objects.get(post="Wali Nagari")
    services.official_leaves(actor=cast.laras, village_code=KOTO_TINGGI, official_id=bakri.id, on=today())
    check_officials(actor=cast.laras, village_code=KOTO_TINGGI, on=today())
    assert state() == State.OFFICIALS_REGISTERED


def test_without_an_official_on_the_list_nobody_is_registered(cast: Cast) -> None:
    nominate(cast)
    check_officials(actor=cast.laras, village_code=KOTO_TINGGI, on=today())
    assert state() == State.NOMINATED


def test_every_jorong_is_to_be_reached_and_one_spelt_twice_counts_once(cast: Cast) -> None:
    walk(cast, State.OFFICIALS_REGISTERED)
    explain(cast, "Batu Taba")
    explain(cast, " batu  taba ")
    refusal = refused(lambda: services.conclude_sessions(actor=cast.laras, village_code=KOTO_TINGGI, on=today()))
    assert (refusal.code, refusal.facts) == (Code.VILLAGE_SESSIONS_MISSING, {"have": 1, "wanted": 2})
    explain(cast, "Koto Tinggi")
    services.conclude_sessions(actor=cast.laras, village_code=KOTO_TINGGI, on=today())
    assert state() == State.SOCIALISED


def test_a_village_whose_perisai_have_all_ended_is_not_staffed(cast: Cast) -> None:
    walk(cast, State.AGREED)
    for name in ("rina", "yusuf", "dedi", "mira", "zul"):
        if agent_for(cast.hendri, cast.agent_ids[name]).state != "terminated":
            agents.terminate_agent(actor=cast.hendri, agent_id=cast.agent_ids[name], reason="Pindah", on=today())
    refusal = refused(lambda: agents.confirm_village_agents(actor=cast.laras, village_code=KOTO_TINGGI, on=today()))
    assert refusal.code is Code.VILLAGE_AGENTS_MISSING


def test_what_must_be_said_must_be_said(cast: Cast) -> None:
    here: dict[str, Any] = {"actor": cast.laras, "village_code": KOTO_TINGGI}
    assert refused(lambda: nominate(cast, reason=" ")).code is Code.REASON_MISSING
    assert refused(lambda: nominate(cast, jorong=0)).code is Code.JORONG_OUT_OF_RANGE
    assert refused(lambda: nominate(cast, on=date(2017, 10, 31))).code is Code.DATE_IN_FUTURE
    walk(cast, State.SOCIALISED)
    assert refused(lambda: nominate(cast)).code is Code.VILLAGE_IN_PROGRAMME
    assert refused(lambda: add_siti(cast)).code is Code.OFFICIAL_KNOWN
    assert refused(lambda: add_siti(cast, nik="12345")).code is Code.NIK_MALFORMED
    assert refused(lambda: add_siti(cast, nik=FAMILY_2017["upik"].nik, post="")).code is Code.POST_MISSING
    assert refused(lambda: explain(cast, "  ")).code is Code.JORONG_MISSING
    assert refused(lambda: explain(cast, "Batu Taba", people=0)).code is Code.PEOPLE_OUT_OF_RANGE
    assert refused(lambda: services.sign_agreement(**here, number=" ", on=today())).code is Code.DOCUMENT_MISSING
    assert refused(lambda: services.launch(**here, minutes="BA", guests="x", on=today())).code is Code.WRONG_ORDER
    assert refused(lambda: services.withdraw(**here, reason="", on=today())).code is Code.REASON_MISSING


def test_a_village_that_left_may_be_nominated_anew_and_its_history_stays(cast: Cast) -> None:
    walk(cast, State.LAUNCHED)
    services.withdraw(actor=cast.laras, village_code=KOTO_TINGGI, reason="Perangkat berganti", on=today())
    anew = nominate(cast)
    assert (anew.state, anew.launched_on) == (State.NOMINATED, None)
    assert selectors.find_programme(cast.laras, KOTO_TINGGI) == anew
    assert StepEntry.objects.count() == 8


@pytest.mark.parametrize("name", EVERYBODY)
def test_only_the_branch_that_serves_it_leads_a_village(cast: Cast, name: str) -> None:
    walk(cast, State.NOMINATED)
    verbs: list[Callable[[], object]] = [
        lambda: nominate(cast, by=name),
        lambda: add_siti(cast, by=name),
        lambda: explain(cast, "Batu Taba", by=name),
        lambda: check_officials(actor=cast.actors[name], village_code=KOTO_TINGGI, on=today()),
        lambda: services.withdraw(actor=cast.actors[name], village_code=KOTO_TINGGI, reason="x", on=today()),
    ]
    if name in MANAGES:
        assert refused(verbs[0]).code is Code.VILLAGE_IN_PROGRAMME
        return
    for verb in verbs:
        with pytest.raises(NotFound):
            verb()


def test_who_sees_a_village_sees_its_programme_and_nobody_else(cast: Cast) -> None:
    nominate(cast)
    seeing = {name for name in EVERYBODY if selectors.find_programme(cast.actors[name], KOTO_TINGGI)}
    assert seeing == {"laras", "hendri", "irwansyah", "maharani", "sudirman", "datuak"}


def test_the_plan_of_2017_says_how_many_are_missing(cast: Cast) -> None:
    for code, villages in (("", 276), ("13", 25)):
        services.set_plan(actor=cast.maharani, year=2017, region_code=code, villages=villages, reason="Laporan 2017")
    walk(cast, State.LAUNCHED)
    nation, west_sumatra = selectors.plan_years(cast.irwansyah, 2017)
    assert (nation.planned, nation.launched, nation.missing) == (276, 1, 275)
    assert (west_sumatra.name, west_sumatra.launched, west_sumatra.missing) == ("Sumatera Barat", 1, 24)
    services.set_plan(actor=cast.maharani, year=2017, region_code="13", villages=26, reason="Ditambah satu")
    assert selectors.plan_years(cast.irwansyah, 2017)[1].planned == 26
    assert not selectors.plan_years(cast.irwansyah, 2018)
    with pytest.raises(NotFound):
        services.set_plan(actor=cast.irwansyah, year=2017, region_code="13", villages=1, reason="x")
    with pytest.raises(NotFound):
        selectors.plan_years(cast.rina, 2017)


def test_a_launched_village_without_a_day_is_impossible(cast: Cast) -> None:
    nominate(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Programme.objects.update(state=State.LAUNCHED)
