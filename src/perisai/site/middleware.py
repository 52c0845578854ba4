"""What the installation adds around every request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from perisai.kernel import clock

RENEW_AFTER_SECONDS = 600
_RENEWED = "renewed_at"


def sliding_session(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A session ends SESSION_COOKIE_AGE after its last use, give or take ten minutes: not every page writes a row."""

    def respond(request: HttpRequest) -> HttpResponse:
        if request.session.session_key:
            instant = int(clock.now().timestamp())
            if abs(instant - request.session.get(_RENEWED, 0)) > RENEW_AFTER_SECONDS and request.user.is_authenticated:
                request.session[_RENEWED] = instant
        return get_response(request)

    return respond
