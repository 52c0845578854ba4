"""The one way into an office page: who is it, and what a refusal looks like on a screen.

A view behind ``@door`` finds ``request.actor``. It may let ``Refused`` and ``NotFound`` rise: unknown and invisible
become the same 404, a refusal becomes a page (or, for htmx, a note to swap in) with its sentence and status 422.
A form that can show a refusal beside its field catches it itself: ``forms.add_refusal``.
"""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, cast
from urllib.parse import urlencode, urlsplit

from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from perisai.accounts import sessions
from perisai.kernel.actor import Actor
from perisai.kernel.errors import NotFound, Refused
from perisai.organisation import selectors as organisation

if TYPE_CHECKING:
    from perisai.accounts.models import User

P = ParamSpec("P")


class OfficeRequest(HttpRequest):
    """A request that has passed the door."""

    actor: Actor
    person: "User"
    htmx: HtmxDetails


def door(
    view: Callable[Concatenate[OfficeRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Lets a signed-in person in, as ``request.actor``; sends others to sign in and back again to where they were.

    Permissions are not asked here: every selector starts from what the actor may see, and fails closed.
    """

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not let_in(request):
            return to_sign_in(request)
        known = cast(OfficeRequest, request)
        if known.person.must_change_password and not _is_password_page(request):
            return redirect("web:password")
        response = answer(known, lambda: view(known, *args, **kwargs))
        patch_cache_control(response, no_store=True, private=True)
        return response

    return guarded


def let_in(request: HttpRequest) -> bool:
    """Sets ``request.actor`` and ``request.person``; an over-long session ends here."""
    if not request.user.is_authenticated:
        return False
    if not sessions.is_open(request.session):
        logout(request)
        return False
    known = cast(OfficeRequest, request)
    known.person, known.actor = request.user, organisation.actor_of(request.user.id, request.user.name)
    return True


def _is_password_page(request: HttpRequest) -> bool:
    return request.resolver_match is not None and request.resolver_match.view_name == "web:password"


def answer(request: OfficeRequest, view: Callable[[], HttpResponse]) -> HttpResponse:
    """The one mapping of refusals to screens."""
    try:
        return view()
    except Refused as refusal:
        part = "components/refusal.html" if request.htmx else "pages/refused.html"
        facts = {"sentence": refusal.sentence(get_language() or "id"), "back": page_before(request)}
        return render(request, f"web/{part}", facts, status=422)
    except NotFound as unknown:
        raise Http404(unknown.kind) from None
    except PermissionDenied:
        raise Http404 from None


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """To sign-in, and from there back to the page: for a form that was being sent, the page it stands on."""
    htmx = getattr(request, "htmx", False)
    here = page_before(request) if htmx or request.method != "GET" else request.get_full_path()
    query = {"next": here}
    if request.method != "GET" or request.COOKIES.get("sessionid"):
        query["habis"] = "1"
    address = f"{reverse('web:sign_in')}?{urlencode(query)}"
    return HttpResponseClientRedirect(address) if htmx else redirect(address)


def page_before(request: HttpRequest) -> str:
    """The path of the page that sent this request, if it is ours; else the home page."""
    sender = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer") or "")
    if sender.netloc != request.get_host():
        return reverse("web:home")
    return safe_next(request, f"{sender.path}?{sender.query}" if sender.query else sender.path)


def safe_next(request: HttpRequest, address: str) -> str:
    """``address`` if it is a path of ours, else the home page: nobody is led away by a link."""
    ours = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if ours else reverse("web:home")
