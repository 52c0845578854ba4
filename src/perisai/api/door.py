"""The one way into the API: a session cookie, and for every change the token against forged requests."""

from typing import Any, Final

from django.core.cache import cache
from django.http import HttpRequest
from ninja.security import APIKeyCookie
from ninja.throttling import BaseThrottle

from perisai.accounts import sessions
from perisai.api.answers import Stopped
from perisai.kernel import clock
from perisai.kernel.actor import Actor
from perisai.kernel.errors import Code, Refused
from perisai.organisation import selectors as organisation


class ApiRequest(HttpRequest):
    """A request that has passed the door."""

    auth: Actor


class SessionCookie(APIKeyCookie):
    """The session that ``POST /api/v1/session`` opened, or the office pages. The actor is then ``request.auth``.

    Permissions are not asked here: every selector starts from what the actor may see, and fails closed.
    """

    param_name = "sessionid"

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        if not key or not request.user.is_authenticated or not sessions.is_open(request.session):
            return None
        person: Any = request.user
        if person.must_change_password:
            raise Stopped(403, Refused(Code.PASSWORD_TO_CHANGE))
        return organisation.actor_of(person.id, person.name)


class PerAddress(BaseThrottle):
    """So many calls a minute from one address, counted by each serving process for itself."""

    _SECONDS: Final = 60

    def __init__(self, name: str, calls: int) -> None:
        self.name, self.calls = name, calls

    def allow_request(self, request: HttpRequest) -> bool:
        minute = int(clock.now().timestamp()) // self._SECONDS
        key = f"api:{self.name}:{address(request)}:{minute}"
        cache.add(key, 0, self._SECONDS)
        try:
            return cache.incr(key) <= self.calls
        except ValueError:  # the minute ended between the two lines
            return True

    def wait(self) -> float:
        return float(self._SECONDS - int(clock.now().timestamp()) % self._SECONDS)


def address(request: HttpRequest) -> Any:
    """The caller's address; behind our own TLS proxy the one that the proxy added last."""
    if request.is_secure() and "X-Forwarded-For" in request.headers:
        return request.headers["X-Forwarded-For"].rsplit(",", 1)[-1].strip()
    return request.META.get("REMOTE_ADDR", "")
