"""So many calls a minute from one address to a page that needs no sign-in."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, Final, ParamSpec

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from perisai.kernel import clock
from perisai.kernel.errors import Code, Refused

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
_SECONDS: Final = 60


def per_minute(calls: int) -> Callable[[View[P]], View[P]]:
    """At most ``calls`` a minute from one address, counted by each serving process for itself; then a page says so."""

    def limit(view: View[P]) -> View[P]:
        @wraps(view)
        def limited(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            minute, second = divmod(int(clock.now().timestamp()), _SECONDS)
            key = f"web:{view.__name__}:{_address(request)}:{minute}"
            cache.add(key, 0, _SECONDS)
            try:
                allowed = cache.incr(key) <= calls
            except ValueError:  # the minute ended between the two lines
                allowed = True
            return view(request, *args, **kwargs) if allowed else _too_many(request, _SECONDS - second)

        return limited

    return limit


def _too_many(request: HttpRequest, seconds: int) -> HttpResponse:
    sentence = Refused(Code.TOO_MANY_REQUESTS, seconds=seconds).sentence(get_language() or "id")
    answer = render(request, "web/pages/public_too_many.html", {"sentence": sentence}, status=429)
    answer.headers["Retry-After"] = str(seconds)
    return answer


def _address(request: HttpRequest) -> str:
    """The caller's address; behind our own TLS proxy the one that the proxy added last."""
    if request.is_secure() and "X-Forwarded-For" in request.headers:
        return request.headers["X-Forwarded-For"].rsplit(",", 1)[-1].strip()
    return str(request.META.get("REMOTE_ADDR", ""))
