"""Every kind and version of command with its shape. A version once shipped is accepted for ever: add, never edit."""

from decimal import Decimal
from typing import Annotated, Any, Final

from pydantic import ConfigDict, Field, StringConstraints

from perisai.incentives.rules import Kind
from perisai.kernel.shapes import Day, Instant, MadeByCaller, Shape, Whole, Words, YesNo, upto
from perisai.membership.rules import Applicant
from perisai.outreach.rules import Attendee as Guest
from perisai.outreach.rules import Gathering
from perisai.sync.rules import MOST_COMMANDS

Sha256 = Annotated[str, StringConstraints(strict=True, pattern=r"^[0-9a-f]{64}$")]


class Step(Shape):
    """What of a command must be sound before it can be kept at all."""

    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)

    id: MadeByCaller
    entity: MadeByCaller
    seq: Annotated[Whole, Field(ge=1, le=1_000_000)]
    device: MadeByCaller


class Envelope(Shape):
    """A command whole; ``body`` is read by the shape of its kind and version."""

    id: MadeByCaller
    kind: Annotated[str, upto(40)]
    v: Annotated[Whole, Field(ge=1, le=1000)]
    entity: MadeByCaller
    seq: Annotated[Whole, Field(ge=1, le=1_000_000)]
    device: MadeByCaller
    recorded_at: Instant
    occurred_on: Day
    body: dict[str, Any]


class Position(Shape):
    """Where the phone was, in degrees, and how sure it is."""

    lat: Annotated[Decimal, Field(ge=-90, le=90)]
    lon: Annotated[Decimal, Field(ge=-180, le=180)]
    accuracy_m: Annotated[Decimal, Field(ge=0, le=1_000_000)]

    def __str__(self) -> str:
        return f"{self.lat:.6f} {self.lon:.6f} {self.accuracy_m:.0f}"


class Worker(Shape):
    """What the agent copies from the cards; names, digits and phone are tidied by us."""

    nik: Words
    kk: Words = ""
    name: Words
    born_on: Day
    sex: Words
    village_code: Annotated[str, upto(20)]
    address: Words
    phone: Words
    mother_name: Words
    occupation: Words
    income_idr: Whole
    programmes: list[Words]
    months: Whole = 1
    consent: YesNo = False
    attested_work: Annotated[str, upto(1000)] = ""
    photo: Sha256 | None = None
    signature: Sha256 | None = None
    position: Position | None = None

    def facts(self) -> Applicant:
        """The worker as the verb of membership takes it."""
        given = {name: getattr(self, name) for name in Applicant.__dataclass_fields__}
        return Applicant(**given | {"programmes": tuple(self.programmes)})


class Contact(Shape):
    """Only the fields that change."""

    base_version: Annotated[Whole, Field(ge=1, le=1_000_000)]
    phone: Words | None = None
    address: Words | None = None
    village_code: Annotated[str, upto(20)] | None = None
    occupation: Words | None = None

    def changes(self) -> dict[str, str]:
        named = self.model_dump(exclude={"base_version"}, exclude_none=True)
        return {str(name): str(value) for name, value in named.items()}


class Months(Shape):
    months: Whole


class Line(Shape):
    """Which line of the ledger is disputed, and why."""

    period: Annotated[str, StringConstraints(strict=True, pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
    kind: Kind
    subject: Annotated[str, upto(36)] = ""
    text: Annotated[str, upto(2000)]


class Attendee(Shape):
    name: Words
    phone: Words = ""
    sex: Words = ""
    occupation: Words = ""
    signature: Sha256 | None = None


class Event(Shape):
    title: Words
    village_code: Annotated[str, upto(20)]
    place: Words = ""
    held_on: Day
    attendees: Annotated[list[Attendee], Field(max_length=1000)]

    def gathering(self) -> Gathering:
        """The list as the verb of outreach takes it."""
        people = (
            Guest(each.name, each.phone, each.sex, each.occupation, each.signature or "") for each in self.attendees
        )
        return Gathering(self.title, self.place, tuple(people))


SHAPES: Final[dict[tuple[str, int], type[Shape]]] = {
    ("refer_member", 1): Worker,
    ("resubmit_registration", 1): Worker,
    ("change_contact", 1): Contact,
    ("request_code", 1): Months,
    ("dispute_line", 1): Line,
    ("record_attendance", 1): Event,
}


def published() -> dict[str, Any]:
    """The body of ``POST /commands`` for the OpenAPI document: the envelope, with the body of each kind and version."""
    kinds = []
    for (kind, version), shape in SHAPES.items():
        schema = Envelope.model_json_schema()
        schema["title"] = f"{kind} v{version}"
        schema["properties"] |= {
            "kind": {"const": kind, "type": "string"},
            "v": {"const": version, "type": "integer"},
            "body": _inlined(shape.model_json_schema()),
        }
        kinds.append(schema)
    commands = {"type": "array", "maxItems": MOST_COMMANDS, "items": {"anyOf": kinds}}
    return {"type": "object", "required": ["commands"], "properties": {"commands": commands}}


def _inlined(schema: dict[str, Any]) -> dict[str, Any]:
    """References inside a schema lead nowhere once it stands inside another document."""
    known = schema.pop("$defs", {})

    def opened(part: Any) -> Any:
        if isinstance(part, dict):
            if "$ref" in part:
                return opened(known[part["$ref"].rsplit("/", 1)[-1]])
            return {name: opened(value) for name, value in part.items()}
        return [opened(each) for each in part] if isinstance(part, list) else part

    return {name: opened(value) for name, value in schema.items()}
