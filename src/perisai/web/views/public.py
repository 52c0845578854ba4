"""What anyone may check without signing in: a card, a receipt, and the keys to check cards without us.

The token of a card stands in its address, so these pages tell no other site where a reader came from and ask not to be
kept or indexed.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from perisai.contributions import own_check
from perisai.contributions import selectors as contributions
from perisai.kernel.errors import NotFound
from perisai.sync import selectors as sync
from perisai.vault import signing
from perisai.web.limits import per_minute

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
_LONGEST: Final = 1000
_A_MINUTE: Final = 30
_FEW: Final = 10
"""Where something could be guessed."""


def _discreet(view: View[P]) -> View[P]:
    @wraps(view)
    def quiet(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        # Told "no-referrer", a browser sends our own form as if from nowhere, and it is refused.
        answer.headers["Referrer-Policy"] = "same-origin"
        answer.headers["X-Robots-Tag"] = "noindex, nofollow"
        answer.headers["Cache-Control"] = "no-store, private"
        return answer

    return quiet


@_discreet
@per_minute(_A_MINUTE)
@sensitive_post_parameters("token")
@require_http_methods(["GET", "POST"])
def card(request: HttpRequest, token: str = "") -> HttpResponse:
    """What the QR code of a card says about it today; typed or pasted, the whole address will do."""
    asked = _token_in(token or request.POST.get("token", ""))
    found = sync.check_card(asked[:_LONGEST]) if asked else None
    return render(request, "web/pages/public_card.html", {"found": found, "tried": request.method == "POST"})


def _token_in(text: str) -> str:
    """The token, from itself or from the address that the QR code carries."""
    text = text.replace("\0", "").strip()
    return urlsplit(text).path.rstrip("/").rsplit("/", 1)[-1] if "/" in text else text


@_discreet
@per_minute(_A_MINUTE)
@require_http_methods(["GET", "POST"])
def receipt(request: HttpRequest, number: str = "") -> HttpResponse:
    """A receipt, checked without the agent."""
    typed = (number or request.POST.get("number", "")).replace("\0", "").replace("-", "")
    asked = "".join(typed.split())[:40]  # copied from our own pages, its groups stand apart by other spaces, too
    page: dict[str, Any] = {"asked": asked, "tried": bool(asked) or request.method == "POST"}
    if asked:
        try:
            page["found"] = contributions.check_receipt(asked)
        except NotFound:
            page["found"] = None
    return render(request, "web/pages/public_receipt.html", page)


@_discreet
@per_minute(_FEW)
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def months(request: HttpRequest) -> HttpResponse:
    """A member's own months, without the agent; number and code travel in the body and stand in no address."""
    number = "".join(request.POST.get("number", "").replace("\0", "").split())[:20]
    code = "".join(request.POST.get("code", "").replace("\0", "").split())[:20]
    page: dict[str, Any] = {"number": number, "tried": request.method == "POST"}
    if page["tried"]:
        try:
            page["found"] = own_check.months_of(number, code)
        except NotFound:
            page["found"] = None
    return render(request, "web/pages/public_months.html", page)


@_discreet
@per_minute(_A_MINUTE)
@require_GET
def keys(request: HttpRequest) -> HttpResponse:
    """Every key that a genuine card may be signed with, and how to check one offline."""
    return render(request, "web/pages/public_keys.html", {"keys": signing.public_keys().items()})
