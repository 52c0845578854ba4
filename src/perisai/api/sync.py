"""The field app's door: enrol a phone, take its commands, hand down what changed (docs/sync.md)."""

import base64
import gzip
import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_variables
from ninja import Path, Router, Schema
from ninja.security import HttpBearer

from perisai.accounts import services as accounts
from perisai.api import answers
from perisai.api.answers import Stopped
from perisai.api.bodies import Body, MadeByCaller, read_bytes, read_json, upto
from perisai.api.door import PerAddress
from perisai.kernel import clock
from perisai.kernel.actor import Actor
from perisai.kernel.errors import Code, NotFound, Refused
from perisai.organisation import selectors as organisation
from perisai.sync import commands as shapes
from perisai.sync import feed, rules, selectors, services
from perisai.vault import parcels

if TYPE_CHECKING:
    from perisai.sync.models import Device


@dataclass(frozen=True, slots=True)
class Caller:
    """A phone and the agent whose it is."""

    device: "Device"
    actor: Actor


class PhoneRequest(HttpRequest):
    """A request that has passed the phones' door."""

    auth: Caller


class DeviceToken(HttpBearer):
    """The token that ``POST /devices`` gave. Every call says by its clock when it was made, and that is recorded."""

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        device = selectors.find_device_of_token(token)
        if device is None or device.agent.user_id is None:
            return None
        if not device.is_open:
            raise Stopped(401, Refused(Code.DEVICE_REVOKED))
        try:
            actor = organisation.actor_for(device.agent.user_id)
        except NotFound:
            return None
        services.note_contact(actor=actor, device=device, skew_seconds=_skew(request))
        return Caller(device, actor)


def _skew(request: HttpRequest) -> int | None:
    """Seconds by which the phone's clock is ahead of ours; None where it does not say."""
    try:
        told = datetime.fromisoformat(request.headers.get("X-Device-Time", ""))
        ahead = (told - clock.now()).total_seconds()
    except (ValueError, TypeError, OverflowError):
        return None
    return int(max(min(ahead, rules.FURTHEST_SECONDS), -rules.FURTHEST_SECONDS))


devices = Router()
commands, changes, blobs = (Router(auth=DeviceToken()) for _ in range(3))


class Phone(Body):
    """``key`` is the phone's public P-256 key, raw and uncompressed, in base64url."""

    id: MadeByCaller
    label: Annotated[str, upto(60)]
    key: Annotated[str, upto(120)]


class Enrolment(Body):
    username: Annotated[str, upto(100)]
    password: Annotated[str, upto(500)]
    device: Phone


class AgentOfPhone(Schema):
    id: UUID
    number: str
    name: str
    branch_code: str
    branch_name: str
    village_code: str


class Enrolled(Schema):
    """``token`` is shown this once. ``nik_salt`` and ``parcel_key`` are raw bytes in base64url."""

    token: str
    device_id: UUID
    agent: AgentOfPhone
    nik_salt: str
    parcel_key: str
    server_time: datetime


@devices.post("", auth=None, throttle=PerAddress("devices", 30), response=Enrolled)
@sensitive_variables("body")
def enrol(request: HttpRequest, body: Enrolment) -> dict[str, Any]:
    """A Perisai takes a phone into use, with user name and password. Failures are counted like any sign-in."""
    signed_in = accounts.sign_in(username=body.username, password=body.password)
    if signed_in.user is None:
        assert signed_in.refusal is not None  # a SignIn holds one of the two
        raise signed_in.refusal
    if signed_in.user.must_change_password:
        raise Stopped(403, Refused(Code.PASSWORD_TO_CHANGE))
    actor = organisation.actor_of(signed_in.user.id, signed_in.user.name)
    enrolled = services.enrol_device(
        actor=actor, device_id=body.device.id, label=body.device.label, key=body.device.key
    )
    agent = enrolled.device.agent
    return {
        "token": enrolled.token,
        "device_id": enrolled.device.id,
        "agent": {
            "id": agent.id,
            "number": agent.number,
            "name": agent.name,
            "branch_code": agent.branch.code,
            "branch_name": agent.branch.name,
            "village_code": agent.village.code,
        },
        "nik_salt": base64.urlsafe_b64encode(enrolled.device.salt).rstrip(b"=").decode(),
        "parcel_key": parcels.public_key(),
        "server_time": clock.now(),
    }


@commands.post(
    "",
    openapi_extra={"requestBody": {"required": True, "content": {"application/json": {"schema": shapes.published()}}}},
)
def receive(request: PhoneRequest) -> HttpResponse:
    """At most 200 commands, each once; the outcomes stand in the order sent. ``Content-Encoding: gzip`` is taken."""
    body = read_json(request, rules.MOST_BYTES, rules.MOST_OPEN_BYTES)
    batch = body.get("commands")
    if set(body) != {"commands"} or not isinstance(batch, list):
        raise Stopped(422, Refused(Code.FIELD_WRONG, field="commands", name="commands", expected="[…]"))
    if len(batch) > rules.MOST_COMMANDS:
        raise Stopped(413, Refused(Code.BATCH_TOO_LONG, most=rules.MOST_COMMANDS))
    told = services.receive_all(actor=request.auth.actor, device=request.auth.device, commands=batch)
    speaks = answers.language(request)
    return _answer(request, {"outcomes": [_outcome(each, speaks) for each in told]})


def _outcome(answer: services.Answer, speaks: str) -> dict[str, Any]:
    problems = [
        {"code": each["code"], "message": each[speaks], "field": each["field"] or None} for each in answer.problems
    ]
    first = problems[0] if problems else {"code": None, "message": None, "field": None}
    return {"id": answer.id, "outcome": answer.outcome} | first | {"also": problems[1:], "result": answer.result}


@changes.get("")
def since(request: PhoneRequest, cursor: str = "") -> HttpResponse:
    """What changed for this agent since the cursor; without one, everything. Again at once while ``more``."""
    page = feed.page(request.auth.device, cursor[:400], answers.language(request))
    told = {"cursor": page.cursor, "more": page.more, "reset": page.reset, "items": page.items, "removed": page.removed}
    return _answer(request, told)


class Received(Schema):
    received: int
    complete: bool


Name = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")]


@blobs.put("/{name}", response=Received)
def put(request: PhoneRequest, name: Name) -> Any:
    """A piece of a picture: raw, its place in ``Content-Range``. Pieces come in order; one that is here already is no error."""
    content = read_bytes(request, rules.MOST_PICTURE_BYTES)
    span = rules.span_of(request.headers.get("Content-Range", ""), len(content))
    progress = services.take_piece(
        actor=request.auth.actor,
        device=request.auth.device,
        name=name,
        media_type=request.content_type or "",
        span=span,
        content=content,
    )
    if progress.wrong is not None:
        raise Refused(progress.wrong)
    return progress


@blobs.api_operation(["HEAD"], "/{name}", response={200: None})
def head(request: PhoneRequest, name: Name) -> HttpResponse:
    """How much of it is here: the header ``X-Received``, in bytes."""
    return HttpResponse(headers={"X-Received": str(selectors.received_of(name))})


_WORTH_PACKING: Final = 1_000
_PACKED: Final = 1
"""The fastest level: on a phone's line it saves as much as the best one, at a fifth of the work."""


def _answer(request: HttpRequest, body: dict[str, Any]) -> HttpResponse:
    """JSON of plain values, packed for who takes it packed."""
    content = json.dumps(body | {"server_time": clock.now().isoformat()}, separators=(",", ":"), ensure_ascii=False)
    raw = content.encode()
    headers = {"Vary": "Accept-Encoding", "Content-Language": answers.language(request), "Cache-Control": "no-store"}
    if len(raw) > _WORTH_PACKING and "gzip" in request.headers.get("Accept-Encoding", ""):
        raw = gzip.compress(raw, _PACKED, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return HttpResponse(raw, content_type="application/json; charset=utf-8", headers=headers)
