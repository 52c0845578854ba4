"""Referrals and the office's decisions."""

import base64
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.db.models import Q, QuerySet
from ninja import Router, Schema, Status

from perisai.api.bodies import Body, Day, MadeByCaller, Whole, Words, YesNo, upto
from perisai.api.door import ApiRequest
from perisai.contributions import selectors as contributions
from perisai.contributions import services as payments
from perisai.kernel import clock
from perisai.kernel.errors import Code, Refused
from perisai.kernel.nik import mask
from perisai.membership import selectors, services
from perisai.membership.rules import Applicant, State

router = Router()
_A_PAGE = 50


class Worker(Body):
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

    def facts(self) -> Applicant:
        given = {name: getattr(self, name) for name in Worker.model_fields}
        return Applicant(**given | {"programmes": tuple(self.programmes)})


class Referral(Worker):
    """``id`` is a UUIDv7 that the caller makes: sent twice, it is one referral."""

    id: MadeByCaller
    occurred_on: Day


class Decision(Body):
    note: Annotated[str, upto(500)] = ""


class Months(Body):
    months: Whole


class Village(Schema):
    code: str
    path: str


class PaymentCode(Schema):
    code: str
    amount_idr: int
    first_month: date
    months: int
    state: str
    expires_at: datetime


class Standing(Schema):
    id: UUID
    reference: str
    state: str
    doubts: list[str]


class Approval(Schema):
    id: UUID
    state: str
    payment_code: PaymentCode


class Summary(Standing):
    nik_masked: str
    name: str
    village: Village
    agent: str
    branch: str
    occurred_on: date
    submitted_at: datetime


class Page(Schema):
    """``next`` is the cursor of the page after this one, null on the last."""

    items: list[Summary]
    next: str | None


class Registration(Summary):
    born_on: date
    sex: str
    address: str
    occupation: str
    income_idr: int
    programmes: list[str]
    months: int
    attested_work: str
    decision_note: str
    decided_at: datetime | None
    member_id: UUID | None
    payment_codes: list[PaymentCode]


@router.post("", response={200: Standing, 201: Standing})
def refer(request: ApiRequest, body: Referral) -> Status[Any]:
    """A Perisai refers a worker: 201, or 200 when this id had come before."""
    began = clock.now()
    registration = services.refer_member(
        actor=request.auth, registration_id=body.id, applicant=body.facts(), occurred_on=body.occurred_on
    )
    return Status(200 if registration.submitted_at < began else 201, registration)


@router.get("", response=Page)
def newest(request: ApiRequest, state: State | None = None, cursor: str = "") -> Page:
    """The registrations that the caller may see, newest first, fifty a page."""
    rows = selectors.registrations_visible_to(request.auth)
    if state:
        rows = rows.filter(state=state)
    if cursor:
        rows = _after(rows, cursor)
    rows = rows.select_related("agent", "branch", "village").order_by("-submitted_at", "-id")
    found = list(rows[: _A_PAGE + 1])
    page = found[:_A_PAGE]
    return Page(
        items=[Summary(**_summary(each)) for each in page],
        next=_cursor(page[-1].submitted_at, page[-1].id) if len(found) > _A_PAGE else None,
    )


@router.get("/{registration_id}", response=Registration)
def one(request: ApiRequest, registration_id: UUID) -> Registration:
    """One registration with its payment codes; the NIK is masked."""
    registration = selectors.registration_for(request.auth, registration_id)
    plain = {
        name: getattr(registration, name)
        for name in (
            "born_on", "sex", "address", "occupation", "income_idr", "programmes", "months", "attested_work",
            "decision_note", "decided_at", "member_id",
        )
    }  # fmt: skip
    codes = [PaymentCode.from_orm(code) for code in contributions.codes_of_registration(registration.id)]
    return Registration(**_summary(registration), **plain, payment_codes=codes)


@router.post("/{registration_id}/approve", response=Approval)
def approve(request: ApiRequest, registration_id: UUID, body: Decision) -> dict[str, Any]:
    """The office accepts; the worker is told the code to pay."""
    code = payments.approve_with_code(actor=request.auth, registration_id=registration_id, note=body.note)
    return {"id": registration_id, "state": State.APPROVED, "payment_code": code}


@router.post("/{registration_id}/return", response=Standing)
def return_(request: ApiRequest, registration_id: UUID, body: Decision) -> Any:
    """Back to the Perisai to mend; the note says why."""
    return services.return_registration(actor=request.auth, registration_id=registration_id, note=body.note)


@router.post("/{registration_id}/reject", response=Standing)
def reject(request: ApiRequest, registration_id: UUID, body: Decision) -> Any:
    """The end of this referral; the note says why."""
    return services.reject_registration(actor=request.auth, registration_id=registration_id, note=body.note)


@router.post("/{registration_id}/hold", response=Standing)
def hold(request: ApiRequest, registration_id: UUID, body: Decision) -> Any:
    """Set aside for a closer look; the note says why."""
    return services.hold_registration(actor=request.auth, registration_id=registration_id, note=body.note)


@router.post("/{registration_id}/resubmit", response=Standing)
def resubmit(request: ApiRequest, registration_id: UUID, body: Worker) -> Any:
    """The Perisai sends the mended referral again."""
    return services.resubmit_registration(actor=request.auth, registration_id=registration_id, applicant=body.facts())


@router.post("/{registration_id}/code", response={201: PaymentCode})
def code(request: ApiRequest, registration_id: UUID, body: Months) -> Status[Any]:
    """A new first payment code after the old one expired."""
    fresh = payments.issue_registration_code(actor=request.auth, registration_id=registration_id, months=body.months)
    return Status(201, fresh)


def _summary(registration: Any) -> dict[str, Any]:
    return {
        "id": registration.id,
        "reference": registration.reference,
        "state": registration.state,
        "doubts": registration.doubts,
        "nik_masked": mask(registration.nik),
        "name": registration.name,
        "village": Village(code=registration.village.code, path=registration.village.path_names),
        "agent": registration.agent.name,
        "branch": registration.branch.code,
        "occurred_on": registration.occurred_on,
        "submitted_at": registration.submitted_at,
    }


def _cursor(instant: datetime, row_id: UUID) -> str:
    """The place of a row in the list: opaque to callers, and no more than they have seen already."""
    return base64.urlsafe_b64encode(f"{instant.isoformat()} {row_id}".encode()).decode()


def _after(rows: QuerySet[Any], cursor: str) -> QuerySet[Any]:
    """Raises Refused(FIELD_WRONG) for a cursor that is not one of ours."""
    try:
        instant_text, id_text = base64.urlsafe_b64decode(cursor.encode()).decode().split(" ")
        instant, row_id = datetime.fromisoformat(instant_text), UUID(id_text)
        if instant.tzinfo is None:
            raise ValueError("naive")
    except ValueError:
        raise Refused(Code.FIELD_WRONG, field="cursor", name="cursor", expected="next") from None
    return rows.filter(submitted_at__lte=instant).exclude(Q(submitted_at=instant) & Q(id__gte=row_id))
