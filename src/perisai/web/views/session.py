"""Coming in, going out, one's own password and language."""

from typing import cast

from django.conf import settings
from django.contrib.auth import login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from perisai.accounts import services as accounts
from perisai.accounts import sessions
from perisai.kernel.errors import Refused
from perisai.web.doors import OfficeRequest, door, let_in, page_before, safe_next
from perisai.web.flash import flash
from perisai.web.forms import PasswordForm, SignInForm

_BACKEND = "perisai.accounts.backend.AccountBackend"
_A_YEAR = 365 * 24 * 60 * 60


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The session gets a new key, so that one planted before is worth nothing."""
    onward = safe_next(request, request.POST.get("next") or request.GET.get("next", ""))
    if request.method == "GET" and request.user.is_authenticated and sessions.is_open(request.session):
        return redirect(onward)
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        outcome = accounts.sign_in(**form.cleaned_data)
        if outcome.user is not None:
            login(request, outcome.user, backend=_BACKEND)
            sessions.begin(request.session)
            return _remember_language(redirect(onward), outcome.user.language)
        if outcome.refusal is not None:
            form.add_refusal(outcome.refusal)
    page = {"form": form, "next": onward, "ended": "habis" in request.GET}
    return render(request, "web/pages/sign_in.html", page, status=422 if form.errors else 200)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """The session ends on the server, not only in this browser."""
    logout(request)
    return redirect("web:sign_in")


@sensitive_post_parameters("old", "new", "again")
@require_http_methods(["GET", "POST"])
@door
def password(request: OfficeRequest) -> HttpResponse:
    """One's own password; this session goes on, all others of the person end."""
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        old, new = form.cleaned_data["old"], form.cleaned_data["new"]
        try:
            user = accounts.change_password(actor=request.actor, old=old, new=new)
        except Refused as refusal:
            form.add_refusal(refusal)
        else:
            update_session_auth_hash(request, user)
            flash(request, _("Kata sandi sudah diganti. Di perangkat lain Anda harus masuk lagi."))
            return redirect("web:home")
    page = {"form": form, "must": request.person.must_change_password}
    return render(request, "web/pages/password.html", page, status=422 if form.errors else 200)


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Kept in a cookie for this browser and, for a signed-in person, with their account."""
    chosen = request.POST.get("language", "")
    response = redirect(page_before(request))
    if chosen not in dict(settings.LANGUAGES):
        return response
    if let_in(request):
        accounts.choose_language(actor=cast(OfficeRequest, request).actor, language=chosen)
    return _remember_language(response, chosen)


def _remember_language(response: HttpResponse, language: str) -> HttpResponse:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, language, max_age=_A_YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
    return response
