"""The one mapping from what the rooms raise to what a machine reads.

Every error is ``{"error": {"code", "message", "field", "also": [the same without "also"]}}`` in the caller's language. A
message never repeats what was sent, so it holds no personal data.
"""

import logging
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation.trans_real import parse_accept_lang_header
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from perisai.kernel import shapes
from perisai.kernel.errors import Code, Misuse, NotFound, Refused

log = logging.getLogger(__name__)


class Stopped(Exception):
    """The door itself says no, before any verb: a status, the sentence, and headers that go with it."""

    def __init__(self, status: int, refusal: Refused, **headers: str) -> None:
        super().__init__(refusal.code)
        self.status, self.refusal, self.headers = status, refusal, headers


def language(request: HttpRequest) -> str:
    """``id`` unless the caller puts English first in Accept-Language."""
    for wanted, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "").lower()):
        if wanted[:2] in ("id", "en"):
            return wanted[:2]
    return "id"


def error(request: HttpRequest, status: int, refusal: Refused, **headers: str) -> HttpResponse:
    """One refusal, with whatever else was wrong at once, as the answer."""
    speaks = language(request)
    body = _told(refusal, speaks) | {"also": [_told(other, speaks) for other in refusal.also]}
    return JsonResponse({"error": body}, status=status, headers={"Content-Language": speaks} | headers)


def _told(refusal: Refused, speaks: str) -> dict[str, Any]:
    return {"code": refusal.code.value, "message": refusal.sentence(speaks), "field": refusal.field or None}


def install(api: NinjaAPI) -> None:
    """Give the API its mapping. What is not named here is a bug: Django answers 500 and logs it."""
    for kind, answer in (
        (Refused, refused),
        (NotFound, not_found),
        (Http404, not_found),
        (Misuse, misuse),
        (Stopped, stopped),
        (AuthenticationError, signed_out),
        (Throttled, throttled),
        (ValidationError, malformed),
        (HttpError, http_error),
    ):
        api.add_exception_handler(kind, answer)  # type: ignore[arg-type]
    api.add_exception_handler(Exception, partial(_bug))


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    return error(request, 422, refusal)


def not_found(request: HttpRequest, unknown: Exception) -> HttpResponse:
    """Unknown and invisible get the same words."""
    return error(request, 404, Refused(Code.NOT_FOUND))


def misuse(request: HttpRequest, mistake: Misuse) -> HttpResponse:
    return error(request, 409, Refused(Code.MISUSED))


def stopped(request: HttpRequest, stop: Stopped) -> HttpResponse:
    return error(request, stop.status, stop.refusal, **stop.headers)


def signed_out(request: HttpRequest, problem: AuthenticationError) -> HttpResponse:
    return error(request, 401, Refused(Code.SIGN_IN_NEEDED))


def throttled(request: HttpRequest, problem: Throttled) -> HttpResponse:
    seconds = int(problem.wait or 1)
    return error(request, 429, Refused(Code.TOO_MANY_REQUESTS, seconds=seconds), **{"Retry-After": str(seconds)})


def http_error(request: HttpRequest, problem: HttpError) -> HttpResponse:
    """The framework's own: a missing CSRF token, or a body that ``bodies.StrictJson`` would not read, and why."""
    if isinstance(problem.__cause__, Stopped):
        return stopped(request, problem.__cause__)
    if problem.status_code == 403:
        return error(request, 403, Refused(Code.CSRF_MISSING))
    return error(request, problem.status_code, Refused(Code.BODY_NOT_JSON))


def malformed(request: HttpRequest, problem: ValidationError) -> HttpResponse:
    """The shape is wrong: every field that is, in the order of the body."""
    return error(request, 422, shapes.refusal_of([each | {"loc": _place(each["loc"])} for each in problem.errors]))


def _place(loc: tuple[Any, ...]) -> tuple[Any, ...]:
    """("body", parameter, field, …) or ("path" | "query", parameter): the caller knows only the last ones."""
    return loc[2:] if loc[0] == "body" else loc[1:]


def _bug(request: HttpRequest, bug: Exception) -> HttpResponse:
    raise bug
