"""The life of a registration as the verbs live it, and the rows that the database itself refuses."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, Final

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perisai.audit.models import Entry
from perisai.kernel import clock, ids
from perisai.kernel.errors import Code, Refused
from perisai.membership import rules, services
from perisai.membership.models import Card, Member, Person, ProtectionEntry, Registration
from perisai.membership.rules import Action, State
from perisai.site.cast import FAMILY_2017, Cast

DAY: Final = date(2017, 10, 30)
PAID_UNTIL: Final = date(2017, 10, 31)
pytestmark = pytest.mark.usefixtures("in_2017")

SITI = FAMILY_2017["siti"].facts()


def referred(cast: Cast, applicant: rules.Applicant = SITI) -> Registration:
    return services.refer_member(actor=cast.rina, registration_id=ids.new_id(), applicant=applicant, occurred_on=DAY)


def completed(cast: Cast) -> Registration:
    registration = referred(cast)
    do(cast, registration, Action.APPROVE)
    do(cast, registration, Action.COMPLETE)
    return registration


def member_of(cast: Cast) -> Member:
    member = completed(cast).member
    assert member is not None
    return member


def do(cast: Cast, registration: Registration, action: Action) -> None:
    """The verb of an action, by whoever does it in the office or in the village."""
    decide: dict[Action, Callable[..., object]] = {
        Action.HOLD: services.hold_registration,
        Action.RETURN: services.return_registration,
        Action.REJECT: services.reject_registration,
        Action.APPROVE: services.approve_registration,
    }
    if action in decide:
        decide[action](actor=cast.laras, registration_id=registration.id, note="Lihat lagi")
    elif action is Action.RESUBMIT:
        services.resubmit_registration(actor=cast.rina, registration_id=registration.id, applicant=SITI)
    else:
        fresh = Registration.objects.get(pk=registration.pk)
        services.complete_registration(actor=cast.nofri, registration=fresh, paid_on=DAY, paid_until=PAID_UNTIL)
    registration.refresh_from_db()


@contextmanager
def forgotten() -> Iterator[None]:
    """What happens inside is rolled back: one example of a property does not see the one before."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(walk=st.lists(st.sampled_from(Action), max_size=8))
def test_whatever_the_office_and_rina_try_the_row_follows_the_table(cast: Cast, walk: list[Action]) -> None:
    with forgotten():
        registration = referred(cast)
        state = State(registration.state)
        for action in walk:
            wanted = rules.MOVES.get((state, action))
            if wanted is None:
                with pytest.raises(Refused) as refusal, transaction.atomic():
                    do(cast, registration, action)
                assert refusal.value.code is Code.WRONG_ORDER
                registration.refresh_from_db()
            else:
                do(cast, registration, action)
                state = wanted
            assert registration.state == state
        assert_true(registration)


TOLD: Final = {
    "submitted": State.SUBMITTED,
    "resubmitted": State.SUBMITTED,
    "held": State.IN_REVIEW,
    "returned": State.RETURNED,
    "rejected": State.REJECTED,
    "approved": State.APPROVED,
    "completed": State.COMPLETED,
}


def assert_true(registration: Registration) -> None:
    """The shape of the row fits its state, and the history tells the same life as the column."""
    history = (
        Entry.objects.filter(subject_id=str(registration.pk)).order_by("at", "id").values_list("action", flat=True)
    )
    told = [TOLD[action.rsplit(".", 1)[1]] for action in history]
    assert told[-1] == registration.state
    is_completed = registration.state == State.COMPLETED
    assert (registration.member_id is not None) == is_completed
    assert ProtectionEntry.objects.filter(member__person__nik_index=registration.nik_index).count() == is_completed
    assert Person.objects.filter(nik_index=registration.nik_index).exists() == (State.APPROVED in told)
    if registration.state == State.SUBMITTED:
        assert registration.decided_by_id is None, "a fresh look: the old decision went with the mending"


@contextmanager
def refused_by(constraint: str) -> Iterator[None]:
    with pytest.raises(IntegrityError) as clash, transaction.atomic():
        yield
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert clash.value.__cause__.diag.constraint_name == constraint  # type: ignore[union-attr]


def decided(by: Any, **changed: object) -> dict[str, object]:
    return {"decided_at": clock.now(), "decided_by_id": by.user_id, "decision_note": "Sudah diperiksa"} | changed


@pytest.mark.parametrize("state", [State.RETURNED, State.REJECTED, State.APPROVED])
def test_no_decision_without_who_and_when(cast: Cast, state: State) -> None:
    row = Registration.objects.filter(pk=referred(cast).pk)
    with refused_by("membership_registration_decided"):
        row.update(state=state, decision_note="Sudah diperiksa")
    with refused_by("membership_registration_decided"):
        row.update(state=state, **decided(cast.laras, decided_at=None))
    row.update(state=state, **decided(cast.laras))


@pytest.mark.parametrize("state", [State.RETURNED, State.REJECTED])
def test_no_refusal_without_a_reason(cast: Cast, state: State) -> None:
    row = Registration.objects.filter(pk=referred(cast).pk)
    with refused_by("membership_registration_no_without_reason"):
        row.update(state=state, **decided(cast.laras, decision_note=""))


def test_nobody_decides_on_a_case_they_entered_not_even_in_sql(cast: Cast) -> None:
    row = Registration.objects.filter(pk=referred(cast).pk)
    with refused_by("membership_registration_decided_by_another"):
        row.update(state=State.APPROVED, **decided(cast.rina))


def test_completed_and_a_member_belong_together(cast: Cast) -> None:
    registration = completed(cast)
    row = Registration.objects.filter(pk=registration.pk)
    with refused_by("membership_registration_member_when_completed"):
        row.update(member=None)
    with refused_by("membership_registration_member_when_completed"):
        row.update(completed_at=None)
    with refused_by("membership_registration_member_when_completed"):
        row.update(state=State.APPROVED)


@pytest.mark.parametrize(
    ("changed", "constraint"),
    [
        ({"state": "lost"}, "membership_registration_state"),
        ({"income_idr": 0}, "membership_registration_income_positive"),
        ({"income_idr": -1}, "membership_registration_income_positive"),
    ],
)
def test_impossible_registrations_are_refused(cast: Cast, changed: dict[str, object], constraint: str) -> None:
    row = Registration.objects.filter(pk=referred(cast).pk)
    with refused_by(constraint):
        row.update(**changed)


def again(row: Any, **changed: object) -> None:
    """Insert the row once more with another key and these changes."""
    row.pk = ids.new_id()
    for column, value in changed.items():
        setattr(row, column, value)
    row.save(force_insert=True)


@pytest.mark.parametrize("state", rules.HOLDS_THE_NIK)
def test_one_nik_has_one_open_registration(cast: Cast, state: State) -> None:
    registration = referred(cast)
    Registration.objects.filter(pk=registration.pk).update(state=state, **decided(cast.laras))
    with refused_by("membership_registration_one_open_per_nik"):
        again(registration, reference="LAIN", state=State.SUBMITTED)
    again(registration, reference="TELAAH", state=State.IN_REVIEW)
    again(registration, reference="ORANGLAIN", state=State.SUBMITTED, nik_index=os.urandom(32))


@pytest.mark.parametrize(
    ("changed", "constraint"),
    [
        ({"state": "asleep"}, "membership_member_state"),
        ({"segment": "pu"}, "membership_member_firm_fits_segment"),
        ({"income_idr": 0}, "membership_member_income_positive"),
    ],
)
def test_impossible_members_are_refused(cast: Cast, changed: dict[str, object], constraint: str) -> None:
    member = Member.objects.filter(pk=member_of(cast).pk)
    with refused_by(constraint):
        member.update(**changed)


def test_a_person_is_a_member_once_a_segment(cast: Cast) -> None:
    member = member_of(cast)
    with refused_by("membership_member_once_a_segment"):
        again(member, number="00000000000")


def test_a_member_has_one_valid_card(cast: Cast) -> None:
    member = member_of(cast)
    card = services.issue_card(actor=cast.laras, member_id=member.id)
    with refused_by("membership_card_replaced_has_instant"):
        Card.objects.filter(pk=card.pk).update(state="replaced")
    with refused_by("membership_card_replaced_has_instant"):
        Card.objects.filter(pk=card.pk).update(replaced_at=clock.now())
    with refused_by("membership_card_one_valid"):
        again(card, serial="LAIN")


def test_protection_goes_by_single_steps(cast: Cast) -> None:
    entry = ProtectionEntry.objects.get(member=member_of(cast))
    entry.pk, entry.change = None, 2
    with refused_by("membership_protectionentry_one_step"):
        entry.save(force_insert=True)
