"""Who is signed in, asked by every request: Django's session and user, by statements that are put together once."""

from typing import Any
from uuid import UUID

from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from perisai.accounts.models import User
from perisai.rows import once


class AccountBackend(ModelBackend):
    """Finds the user of a session; a closed user is nobody, at once."""

    def get_user(self, user_id: UUID) -> User | None:
        return next((user for user in _open_users(user_id)), None)


class SessionStore(db.SessionStore):
    """Sessions in the database and not in a per-process cache: one that was ended is ended for every worker at once."""

    def _get_session_from_db(self) -> Any:
        found = _running_sessions(self.session_key or "", timezone.now())  # noqa: TID251 - see below
        if not found:
            self._session_key = None
            return None
        return found[0]


@once
def _open_users(user_id: UUID) -> QuerySet[User]:
    return User.objects.filter(pk=user_id, is_active=True)


@once
def _running_sessions(key: str, now: Any) -> QuerySet[Session]:
    """By the machine's clock: Django dates the end of a session by it, whatever ours is turned to."""
    return Session.objects.filter(session_key=key, expire_date__gt=now)
