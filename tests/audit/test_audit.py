"""The history of a case: who, what, when and why, in both languages, and nothing that can be changed afterwards."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from perisai.agents import services as agents
from perisai.audit import selectors, services
from perisai.audit.actions import ACTIONS, sentence
from perisai.audit.models import Entry
from perisai.kernel import clock, ids
from perisai.kernel.actor import Actor
from perisai.kernel.errors import Refused
from perisai.membership import services as membership
from perisai.site.cast import FAMILY_2017, Cast

pytestmark = pytest.mark.usefixtures("in_2017")
DAY = date(2017, 10, 30)


def history(cast: Cast, language: str = "id") -> list[tuple[str, str, str]]:
    lines = selectors.history_of([cast.agent_ids["mira"]], language=language)
    return [(line.who, line.what, line.note) for line in lines]


def test_a_history_reads_in_both_languages_newest_first(cast: Cast) -> None:
    agents.suspend_agent(actor=cast.hendri, agent_id=cast.agent_ids["mira"], reason="Diperiksa")
    assert history(cast) == [
        ("Hendri Saputra", "Perisai ditangguhkan", "Diperiksa"),
        ("Hendri Saputra", "Perisai diangkat", ""),
    ]
    assert [what for _, what, _ in history(cast, "en")] == ["Perisai suspended", "Perisai appointed"]


def test_a_job_signs_with_its_name(cast: Cast) -> None:
    entry = Entry.objects.filter(action="organisation.role.granted", actor_kind="job").latest("at")
    assert (entry.actor_job, entry.actor_user) == ("cast", None)


def test_the_instant_is_the_clock_s(cast: Cast) -> None:
    before = clock.now()
    agents.suspend_agent(actor=cast.hendri, agent_id=cast.agent_ids["mira"], reason="Diperiksa")
    line, *_ = selectors.history_of([cast.agent_ids["mira"]])
    assert before <= line.at <= clock.now()
    assert line.at.date() == DAY


def test_histories_of_several_things_are_one_and_have_an_end(cast: Cast) -> None:
    both = [cast.agent_ids["mira"], cast.agent_ids["zul"]]
    assert len(selectors.history_of(both)) == 2
    assert len(selectors.history_of(both, most=1)) == 1


def test_what_is_refused_leaves_no_entry(cast: Cast) -> None:
    with pytest.raises(Refused):
        agents.reinstate_agent(actor=cast.hendri, agent_id=cast.agent_ids["mira"], reason="Coba")
    assert len(history(cast)) == 1


def test_an_action_outside_the_registry_is_a_bug(cast: Cast) -> None:
    with pytest.raises(KeyError):
        services.record(Actor.job("test"), "agents.perisai.promoted", Entry.objects.latest("at"))


@pytest.mark.parametrize("action", ACTIONS)
def test_an_action_is_named_room_subject_verb(action: str) -> None:
    assert action.count(".") in (1, 2)
    assert action == action.lower()
    assert sentence(action, "id") != sentence(action, "en-gb")


@pytest.mark.parametrize(
    "change",
    [lambda rows: rows.update(note="Lain"), lambda rows: rows.delete()],
    ids=["update", "delete"],
)
def test_no_entry_is_ever_changed(cast: Cast, change: object) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        change(Entry.objects.filter(subject_id=str(cast.agent_ids["mira"])))  # type: ignore[operator]


def test_no_personal_data_of_siti_gets_into_the_history(cast: Cast) -> None:
    """NIK, family card, phone and mother's name of the whole first chain, looked for in every entry."""
    siti = FAMILY_2017["siti"].facts()
    registration = membership.refer_member(
        actor=cast.rina, registration_id=ids.new_id(), applicant=siti, occurred_on=DAY
    )
    membership.approve_registration(actor=cast.laras, registration_id=registration.id)
    registration.refresh_from_db()
    member = membership.complete_registration(
        actor=cast.nofri, registration=registration, paid_on=DAY, paid_until=date(2017, 10, 31)
    )
    membership.issue_card(actor=cast.laras, member_id=member.id)
    assert membership.reveal_nik(actor=cast.laras, member_id=member.id, reason="Cocokkan KTP") == siti.nik
    written = " ".join(f"{entry.note} {entry.facts}" for entry in Entry.objects.all())
    assert "Cocokkan KTP" in written
    assert not [secret for secret in (siti.nik, siti.kk, siti.phone[1:], siti.mother_name) if secret in written]
