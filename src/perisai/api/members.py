"""Members: found by number, NIK or name; their card; their NIK when a duty needs it.

What is searched for travels in the body: an address ends up in logs and histories.
"""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema, Status

from perisai.api import answers
from perisai.api.bodies import Body, Words, upto
from perisai.api.door import ApiRequest
from perisai.contributions import selectors as contributions
from perisai.kernel.errors import NotFound
from perisai.kernel.nik import mask
from perisai.membership import documents, search, selectors, services
from perisai.membership.rules import CardState
from perisai.organisation.policy import Permission

router = Router()


class Sought(Body):
    """A member number, a NIK typed in full, or part of a name that may be misspelt."""

    text: Words


class Summary(Schema):
    id: UUID
    number: str
    name: str
    nik_masked: str
    segment: str
    state: str
    branch: str
    paid_until: date | None


class Card(Schema):
    id: UUID
    serial: str
    state: str
    issued_on: date
    token: str


class Month(Schema):
    month: date
    jkk_idr: int
    jkm_idr: int
    jht_idr: int
    total_idr: int
    received_on: date
    receipt_number: str


class Member(Summary):
    born_on: date
    sex: str
    village_code: str
    village: str
    programmes: list[str]
    income_idr: int
    joined_on: date
    protected_from: date
    cards: list[Card]
    months: list[Month]


class Reason(Body):
    reason: Annotated[str, upto(200)]


class Revealed(Schema):
    nik: str


@router.post("/search", response=list[Summary])
def find(request: ApiRequest, body: Sought) -> list[Summary]:
    """At most twenty members that the caller may see, the likeliest first."""
    return [Summary(**_summary(member)) for member in search.search_members(request.auth, body.text)]


@router.get("/{member_id}", response=Member)
def one(request: ApiRequest, member_id: UUID) -> Member:
    """One member with cards and months paid; the NIK is masked."""
    member = selectors.member_for(request.auth, member_id)
    plain = {name: getattr(member, name) for name in ("programmes", "income_idr", "joined_on", "protected_from")}
    months = [
        Month(
            month=line.month,
            jkk_idr=line.jkk_idr,
            jkm_idr=line.jkm_idr,
            jht_idr=line.jht_idr,
            total_idr=line.total_idr,
            received_on=line.received_on,
            receipt_number=line.payment.receipt_number,
        )
        for line in contributions.months_of_member(member.id)
    ]
    return Member(
        **_summary(member),
        **plain,
        born_on=member.person.born_on,
        sex=member.person.sex,
        village_code=member.person.village.code,
        village=member.person.village.path_names,
        cards=[Card.from_orm(card) for card in selectors.cards_of(member.id)],
        months=months,
    )


@router.post("/{member_id}/card", response={201: Card})
def issue_card(request: ApiRequest, member_id: UUID) -> Status[Any]:
    """Issue the card, or a new one in place of the old."""
    return Status(201, services.issue_card(actor=request.auth, member_id=member_id))


@router.get("/{member_id}/card.pdf", openapi_extra={"responses": {200: {"content": {"application/pdf": {}}}}})
def card_pdf(request: ApiRequest, member_id: UUID) -> HttpResponse:
    """The valid card in card size, in the caller's language."""
    member = selectors.member_for(request.auth, member_id, Permission.ISSUE_CARD)
    card = next((each for each in selectors.cards_of(member.id) if each.state == CardState.VALID), None)
    if card is None:
        raise NotFound("card")
    facts = documents.CardFacts(
        name=member.person.name,
        number=member.number,
        programmes=tuple(programme.upper() for programme in member.programmes),
        issued_on=card.issued_on,
        branch_name=member.branch.name,
        check_url=_check_address(request),
        qr_text=card.token,
        fictional=member.is_synthetic,
    )
    pdf = documents.card_pdf(facts, "en" if answers.language(request) == "en" else "id")
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{member.number}.pdf"', "Cache-Control": "no-store"},
    )


@router.post("/{member_id}/reveal-nik", response=Revealed)
def reveal_nik(request: ApiRequest, member_id: UUID, body: Reason) -> dict[str, str]:
    """The full NIK; the reason is recorded."""
    return {"nik": services.reveal_nik(actor=request.auth, member_id=member_id, reason=body.reason)}


def _check_address(request: HttpRequest) -> str:
    """Where anyone checks a card: the public page of this installation."""
    return request.build_absolute_uri("/kartu")


def _summary(member: Any) -> dict[str, Any]:
    return {
        "id": member.id,
        "number": member.number,
        "name": member.person.name,
        "nik_masked": mask(member.person.nik),
        "segment": member.segment,
        "state": member.state,
        "branch": member.branch.code,
        "paid_until": member.paid_until,
    }
