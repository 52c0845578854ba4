"""The field app of the agents: one page and its service worker; all the rest are files of the build.

Both stand under ``/lapangan/``, because a service worker rules over its own folder only, and both are asked for anew each
time, so that a new version is found; the files that they name carry their hash and may be kept for ever.
"""

from pathlib import Path
from typing import Final

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from perisai.web.assets import BUILT

_BUILT: Final = BUILT / "field"


@require_safe
@gzip_page
def page(request: HttpRequest) -> HttpResponse:
    """The page of the app, for everybody: who works with it, it asks itself, also without signal."""
    return _answer(_BUILT / "index.html", "text/html; charset=utf-8")


@require_safe
@gzip_page
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, which keeps the app on the phone."""
    return _answer(_BUILT / "sw.js", "text/javascript; charset=utf-8")


def _answer(path: Path, kind: str) -> HttpResponse:
    if not path.exists():
        raise ImproperlyConfigured("The field app is not built yet: run `make setup`.")
    return HttpResponse(path.read_bytes(), content_type=kind, headers={"Cache-Control": "no-cache"})
