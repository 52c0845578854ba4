"""Version 1 of the API. What it accepts today it accepts for ever (tests/contract/api_v1)."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI

from perisai.api import answers
from perisai.api.bodies import StrictJson
from perisai.api.door import SessionCookie
from perisai.api.members import router as members
from perisai.api.payments import router as payments
from perisai.api.public import router as public
from perisai.api.registrations import router as registrations
from perisai.api.session import router as session
from perisai.api.sync import blobs, changes, commands, devices
from perisai.kernel.errors import NotFound

api = NinjaAPI(
    title="Perisai",
    version="1",
    urls_namespace="api_v1",
    docs_url=None,
    openapi_url="/openapi.json",
    parser=StrictJson(),
    auth=SessionCookie(),
    openapi_extra={"info": {"license": {"name": "Apache-2.0"}}},
)
api.add_router("/session", session, tags=["session"])
api.add_router("/registrations", registrations, tags=["registrations"])
api.add_router("/payments", payments, tags=["payments"])
api.add_router("/members", members, tags=["members"])
api.add_router("/public", public, tags=["public"])
api.add_router("/devices", devices, tags=["field app"])
api.add_router("/commands", commands, tags=["field app"])
api.add_router("/changes", changes, tags=["field app"])
api.add_router("/blobs", blobs, tags=["field app"])
answers.install(api)


@csrf_exempt
def unknown_address(request: HttpRequest) -> HttpResponse:
    """Machines get JSON also for an address that does not exist."""
    return answers.not_found(request, NotFound("address"))
