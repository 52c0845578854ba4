"""The referral slip: what the worker gets before there is a card, and that it is none."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from perisai.contributions import selectors as contributions
from perisai.kernel import clock
from perisai.membership import documents, selectors, tokens
from perisai.membership.rules import State
from perisai.web import formats
from perisai.web.doors import OfficeRequest, door
from perisai.web.views.registrations.price import price_of


@require_GET
@door
def page(request: OfficeRequest, registration_id: UUID) -> HttpResponse:
    """On screen and on paper."""
    registration = selectors.registration_for(request.actor, registration_id)
    return render(
        request, "web/pages/slip.html", {"registration": registration, "slip": facts_of(request, registration)}
    )


@require_GET
@door
def pdf(request: OfficeRequest, registration_id: UUID) -> HttpResponse:
    """A6, for a printer."""
    registration = selectors.registration_for(request.actor, registration_id)
    return _file(
        documents.slip_pdf(facts_of(request, registration), _language()), registration, "pdf", "application/pdf"
    )


@require_GET
@door
def png(request: OfficeRequest, registration_id: UUID) -> HttpResponse:
    """A picture that an agent can send."""
    registration = selectors.registration_for(request.actor, registration_id)
    return _file(documents.slip_png(facts_of(request, registration), _language()), registration, "png", "image/png")


def facts_of(request: HttpRequest, registration: Any) -> documents.SlipFacts:
    """What stands on the slip; the amount is the open code's, else the price of today."""
    zone = ZoneInfo(registration.branch.timezone)
    code = next((each for each in contributions.codes_of_registration(registration.id) if is_open(each)), None)
    price = price_of(
        today=clock.today(zone),
        months=registration.months,
        income_idr=registration.income_idr,
        programmes=registration.programmes,
        occupation=registration.occupation,
    )
    return documents.SlipFacts(
        name=registration.name,
        village_path=registration.village.path_names,
        agent_name=registration.agent.name,
        branch_name=registration.branch.name,
        still_to_come=tuple(still_to_come(registration, code, zone)),
        amount_idr=code.amount_idr if code else int(price.amount.total_idr if price.amount else 0),
        payment_code=code.code if code else None,
        qr_text=request.build_absolute_uri(reverse("web:card_check", args=[tokens.slip_token(registration)])),
        created_on=registration.occurred_on,
    )


def is_open(code: Any) -> bool:
    """Whether the payment code can still be paid."""
    return bool(code.state == "open" and code.expires_at > clock.now())


def still_to_come(registration: Any, code: Any, zone: ZoneInfo) -> list[str]:
    """The steps between here and the card, in the reader's language; none when they are all behind."""
    if registration.state == State.COMPLETED:
        return [_("Semua langkah selesai; kartu diterbitkan kantor cabang.")]
    if registration.state == State.REJECTED:
        return [_("Rujukan ini ditolak; tidak ada langkah lagi.")]
    office = _("Kantor cabang memeriksa data, paling lama 12 jam kerja.")
    pay = (
        _("Bayar sendiri dengan kode di bawah sebelum %(day)s; jangan titip uang.")
        % {"day": formats.day(code.expires_at, _language(), zone)}
        if code
        else _("Bayar iuran pertama dengan kode dari SMS; jangan titip uang.")
    )
    card = _("Nomor terbit 1 hari kerja sesudah bayar, kartu paling lama 7.")
    return [pay, card] if registration.state == State.APPROVED else [office, pay, card]


def _language() -> Any:
    return "en" if (get_language() or "id").startswith("en") else "id"


def _file(content: bytes, registration: Any, kind: str, mime: str) -> HttpResponse:
    name = f'attachment; filename="slip-{registration.reference}.{kind}"'
    return HttpResponse(content, content_type=mime, headers={"Content-Disposition": name})
