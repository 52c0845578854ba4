"""The page about the program, and what is shown when a form comes from a page too old."""

from importlib.metadata import version

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from perisai.web.doors import page_before, to_sign_in


def about(request: HttpRequest) -> HttpResponse:
    """Whose program and whose data this is; for everybody, without signing in."""
    return render(request, "web/pages/about.html", {"version": version("perisai")})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token: nearly always a page left open past its session, so nothing typed may be lost."""
    if not request.user.is_authenticated:
        return to_sign_in(request)
    return render(request, "web/pages/stale.html", {"back": page_before(request)}, status=403)
