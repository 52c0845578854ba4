"""Coming in and going out."""

from typing import Annotated

from django.contrib.auth import login, logout
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.views.decorators.debug import sensitive_variables
from ninja import Router, Schema, Status

from perisai.accounts import services as accounts
from perisai.accounts import sessions
from perisai.api.bodies import Body, upto
from perisai.api.door import PerAddress
from perisai.kernel import clock
from perisai.organisation import selectors as organisation

router = Router()
_BACKEND = "perisai.accounts.backend.AccountBackend"


class Credentials(Body):
    username: Annotated[str, upto(100)]
    password: Annotated[str, upto(500)]


class Opened(Schema):
    """Send ``csrf_token`` as the header X-CSRFToken with every POST and DELETE."""

    csrf_token: str
    name: str
    roles: list[str]
    must_change_password: bool


@router.post("", auth=None, throttle=PerAddress("sign-in", 30), response=Opened)
@sensitive_variables("body")
def open_session(request: HttpRequest, body: Credentials) -> Opened:
    """Sign in. Failures are counted: see ``accounts.services.sign_in``."""
    outcome = accounts.sign_in(username=body.username, password=body.password)
    if outcome.user is None:
        assert outcome.refusal is not None  # a SignIn holds one of the two
        raise outcome.refusal
    login(request, outcome.user, backend=_BACKEND)
    sessions.begin(request.session)
    actor = organisation.actor_of(outcome.user.id, outcome.user.name)
    return Opened(
        csrf_token=get_token(request),
        name=outcome.user.name,
        roles=sorted(actor.roles_on(clock.today())),
        must_change_password=outcome.user.must_change_password,
    )


@router.delete("", response={204: None})
def close_session(request: HttpRequest) -> Status[None]:
    """Sign out: the session ends on the server."""
    logout(request)
    return Status(204, None)
