"""Making users, checking who signs in, changing passwords."""

import re
import secrets
from dataclasses import dataclass
from functools import cache
from typing import Final
from uuid import UUID

from django.contrib.auth import password_validation
from django.contrib.auth.hashers import check_password, make_password
from django.core.exceptions import ValidationError
from django.db import transaction

from perisai.accounts import rules, selectors
from perisai.accounts.models import User
from perisai.kernel import clock
from perisai.kernel.actor import Actor, Role
from perisai.kernel.errors import Code, NotFound, Refused

_USERNAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]{2,39}")
_MANAGERS: Final = {Role.SYSTEM_ADMINISTRATOR, Role.JOB}


@dataclass(frozen=True, slots=True)
class SignIn:
    """Either the user who may come in, or the refusal to show. Which of the causes it was is not told."""

    user: User | None
    refusal: Refused | None


@transaction.atomic
def create_user(
    *, actor: Actor, username: str, name: str, password: str, language: str = "id", must_change_password: bool = True
) -> User:
    """A new user who may sign in and, until ``organisation`` grants a role, do nothing else.

    Raises NotFound when the actor does not manage accounts; Refused USERNAME_MALFORMED, USERNAME_TAKEN, PASSWORD_WEAK.
    """
    _must_manage(actor)
    username = username.strip().lower()
    if not _USERNAME.fullmatch(username):
        raise Refused(Code.USERNAME_MALFORMED, field="username")
    if selectors.find_user(username):
        raise Refused(Code.USERNAME_TAKEN, field="username")
    user = User(username=username, name=name.strip(), language=language, must_change_password=must_change_password)
    _refuse_weak(password, user, field="password")
    user.set_password(password)
    user.save(force_insert=True)
    return user


@transaction.atomic
def reset_password(*, actor: Actor, user_id: UUID, password: str) -> User:
    """A temporary password: open sessions end, a lock opens, and the person must choose their own. Raises NotFound."""
    _must_manage(actor)
    user = _locked(user_id)
    user.set_password(password)
    user.must_change_password, user.failed_sign_ins, user.locked_until = True, 0, None
    user.save(update_fields=["password", "must_change_password", "failed_sign_ins", "locked_until"])
    return user


@transaction.atomic
def close_user(*, actor: Actor, user_id: UUID) -> User:
    """Nobody signs in with it any more; who is signed in is out. Raises NotFound."""
    _must_manage(actor)
    user = _locked(user_id)
    user.is_active = False
    user.save(update_fields=["is_active"])
    return user


@transaction.atomic
def reopen_user(*, actor: Actor, user_id: UUID) -> User:
    """Raises NotFound."""
    _must_manage(actor)
    user = _locked(user_id)
    user.is_active = True
    user.save(update_fields=["is_active"])
    return user


def _must_manage(actor: Actor) -> None:
    if not actor.roles_on(clock.today()) & _MANAGERS:
        raise NotFound("user")


def _locked(user_id: UUID) -> User:
    user = User.objects.select_for_update().filter(id=user_id).first()
    if user is None:
        raise NotFound("user")
    return user


def sign_in(*, username: str, password: str) -> SignIn:
    """Checks a name and a password, and counts failures (``rules.lock_for``).

    Unknown, closed, locked and wrong get one and the same refusal SIGN_IN_REFUSED after the same work, so that nobody
    learns which names exist. A try while the account is shut does not count: a stranger cannot keep it shut for ever.
    """
    user = selectors.find_user(username)
    fits = check_password(password, user.password if user else _hash_of_nobody())
    return _settle(user.id, fits) if user else _refused()


def change_password(*, actor: Actor, old: str, new: str) -> User:
    """The actor's own password. Sessions signed in with the old one end, because their hash no longer fits.

    Raises Refused PASSWORD_OLD_WRONG (counted like a failed sign-in), PASSWORD_SAME, PASSWORD_WEAK; NotFound for a job.
    """
    if actor.user_id is None:
        raise NotFound("user")
    user = selectors.get_user(actor.user_id)
    if _settle(user.id, check_password(old, user.password)).user is None:
        raise Refused(Code.PASSWORD_OLD_WRONG, field="old")
    if old == new:
        raise Refused(Code.PASSWORD_SAME, field="new")
    _refuse_weak(new, user, field="new")
    user.set_password(new)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    return user


@transaction.atomic
def choose_language(*, actor: Actor, language: str) -> User:
    """The language in which this person reads. Raises NotFound for a job, ValueError for a language we do not speak."""
    if actor.user_id is None:
        raise NotFound("user")
    if language not in ("id", "en"):
        raise ValueError(language)
    user = selectors.get_user(actor.user_id)
    user.language = language
    user.save(update_fields=["language"])
    return user


@transaction.atomic
def _settle(user_id: UUID, fits: bool) -> SignIn:
    """Counts or forgets failures, on the row as it is now: a hundred guesses sent at once do not slip past the lock."""
    user = User.objects.select_for_update().get(id=user_id)
    now = clock.now()
    if not user.is_active or (user.locked_until and now < user.locked_until):
        return _refused()
    if fits:
        user.failed_sign_ins, user.locked_until, user.last_login = 0, None, now
        user.save(update_fields=["failed_sign_ins", "locked_until", "last_login"])
        return SignIn(user, None)
    user.failed_sign_ins = min(user.failed_sign_ins + 1, 1000)
    wait = rules.lock_for(user.failed_sign_ins)
    user.locked_until = now + wait if wait else None
    user.save(update_fields=["failed_sign_ins", "locked_until"])
    return _refused()


def _refused() -> SignIn:
    minutes = rules.FIRST_LOCK.seconds // 60
    return SignIn(None, Refused(Code.SIGN_IN_REFUSED, times=rules.FAILURES_BEFORE_LOCK, minutes=minutes))


def _refuse_weak(password: str, user: User, *, field: str) -> None:
    try:
        password_validation.validate_password(password, user)
    except ValidationError:
        raise Refused(Code.PASSWORD_WEAK, field=field) from None


@cache
def _hash_of_nobody() -> str:
    """A real hash of a password that nobody knows: an unknown name must cost the same time as a known one."""
    return make_password(secrets.token_urlsafe())
