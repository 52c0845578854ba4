"""Who may come in, how long a row of wrong passwords shuts the door, and what a password must be."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perisai.accounts import rules, selectors, services
from perisai.kernel import clock
from perisai.kernel.actor import Actor, ActorKind, Grant, Role
from perisai.kernel.errors import Code, NotFound, Refused

PASSWORD = "nasi kapau di pasar atas"
NEW = "rendang tahan sebulan"


@given(st.integers(0, 2000))
def test_the_lock_never_shrinks_and_never_passes_eight_hours(failures: int) -> None:
    assert rules.lock_for(failures) <= rules.lock_for(failures + 1) <= timedelta(hours=8)


@pytest.mark.parametrize(("failures", "minutes"), [(0, 0), (4, 0), (5, 15), (6, 30), (7, 60), (10, 480), (500, 480)])
def test_the_lock_doubles(failures: int, minutes: int) -> None:
    assert rules.lock_for(failures) == timedelta(minutes=minutes)


@pytest.fixture
def siti(db: None) -> Any:
    return services.create_user(
        actor=Actor.job("test"), username=" Siti ", name="Siti Rahma", password=PASSWORD, must_change_password=False
    )


def try_in(password: str = PASSWORD, username: str = "siti") -> services.SignIn:
    return services.sign_in(username=username, password=password)


def as_actor(user: Any) -> Actor:
    return Actor(ActorKind.USER, user.id, user.name)


def test_siti_comes_in_with_capitals_in_her_name(siti: Any) -> None:
    assert try_in(username="SITI").user == siti


@pytest.mark.django_db
def test_the_password_is_kept_as_argon2_only(siti: Any) -> None:
    assert siti.password.startswith("argon2$argon2id$")


def test_unknown_wrong_closed_and_locked_are_told_alike(siti: Any) -> None:
    def told(outcome: services.SignIn) -> str:
        assert outcome.refusal is not None
        return outcome.refusal.sentence()

    sentences = {told(try_in("wrong")), told(try_in(username="nobody"))}
    siti.is_active = False
    siti.save()
    sentences.add(told(try_in()))
    siti.is_active, siti.locked_until = True, clock.now() + timedelta(minutes=1)
    siti.save()
    sentences.add(told(try_in()))
    assert len(sentences) == 1


def test_five_failures_shut_the_account_and_a_quarter_of_an_hour_opens_it(siti: Any) -> None:
    for _ in range(5):
        assert try_in("wrong").user is None
    assert try_in().user is None, "even with the right password"
    with clock.turned_to(clock.now() + timedelta(minutes=15, seconds=1)):
        assert try_in().user == siti


def test_tries_while_shut_do_not_keep_it_shut(siti: Any) -> None:
    for _ in range(40):
        try_in("wrong")
    with clock.turned_to(clock.now() + timedelta(minutes=16)):
        assert try_in().user == siti


def test_the_next_failure_after_a_lock_shuts_twice_as_long(siti: Any) -> None:
    for _ in range(5):
        try_in("wrong")
    with clock.turned_to(clock.now() + timedelta(minutes=16)):
        try_in("wrong")
    with clock.turned_to(clock.now() + timedelta(minutes=16 + 29)):
        assert try_in().user is None
    with clock.turned_to(clock.now() + timedelta(minutes=16 + 31)):
        assert try_in().user == siti


def test_coming_in_forgets_the_failures(siti: Any) -> None:
    for _ in range(2):
        for _ in range(4):
            try_in("wrong")
        assert try_in().user == siti


def test_a_password_is_changed_with_the_old_one_only(siti: Any) -> None:
    with pytest.raises(Refused) as wrong:
        services.change_password(actor=as_actor(siti), old="wrong", new=NEW)
    assert wrong.value.code is Code.PASSWORD_OLD_WRONG
    assert wrong.value.field == "old"
    services.change_password(actor=as_actor(siti), old=PASSWORD, new=NEW)
    assert try_in(NEW).user == siti
    assert try_in(PASSWORD).user is None


def test_guessing_the_old_password_in_an_open_session_locks_too(siti: Any) -> None:
    for _ in range(5):
        with pytest.raises(Refused):
            services.change_password(actor=as_actor(siti), old="wrong", new=NEW)
    with pytest.raises(Refused):
        services.change_password(actor=as_actor(siti), old=PASSWORD, new=NEW)


@pytest.mark.parametrize("weak", ["short", "password1234", "1234567890123", "sitirahma1", ""])
def test_weak_passwords_are_refused(siti: Any, weak: str) -> None:
    with pytest.raises(Refused) as refusal:
        services.change_password(actor=as_actor(siti), old=PASSWORD, new=weak)
    assert refusal.value.code is Code.PASSWORD_WEAK


def test_the_same_password_again_is_no_change(siti: Any) -> None:
    with pytest.raises(Refused) as refusal:
        services.change_password(actor=as_actor(siti), old=PASSWORD, new=PASSWORD)
    assert refusal.value.code is Code.PASSWORD_SAME


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["ab", "a" * 41, "siti rahma", "siti'; --", "", ".siti", "sití"])
def test_malformed_user_names_are_refused(name: str) -> None:
    with pytest.raises(Refused) as refusal:
        services.create_user(actor=Actor.job("test"), username=name, name="Siti", password=PASSWORD)
    assert refusal.value.code is Code.USERNAME_MALFORMED


def test_two_people_cannot_share_a_user_name(siti: Any) -> None:
    with pytest.raises(Refused) as refusal:
        services.create_user(actor=Actor.job("test"), username="SITI", name="Siti Lain", password=PASSWORD)
    assert refusal.value.code is Code.USERNAME_TAKEN


@pytest.mark.django_db
def test_only_who_manages_accounts_makes_users() -> None:
    head = Actor(ActorKind.USER, None, "Kepala", (Grant(Role.BRANCH_HEAD, office_path="KP/03/BKT"),))
    with pytest.raises(NotFound):
        services.create_user(actor=head, username="baru", name="Baru", password=PASSWORD)


def test_a_closed_user_is_not_found(siti: Any) -> None:
    siti.is_active = False
    siti.save()
    with pytest.raises(NotFound):
        selectors.get_user(siti.id)
