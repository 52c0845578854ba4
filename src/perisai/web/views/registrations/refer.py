"""A Perisai refers a worker, or mends what the office returned."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from perisai.agents import selectors as agents
from perisai.certification import selectors as certification
from perisai.certification.rules import REFUSALS
from perisai.kernel import clock, ids, nik
from perisai.kernel.errors import Misuse, NotFound, Refused
from perisai.membership import selectors, services
from perisai.membership.rules import Action, State, next_state
from perisai.organisation import selectors as organisation
from perisai.organisation.policy import Permission
from perisai.regions import selectors as regions
from perisai.web.doors import OfficeRequest, door
from perisai.web.flash import flash
from perisai.web.views.registrations.form import ReferralForm, income_typed, prefilled, village_written
from perisai.web.views.registrations.price import price_of

if TYPE_CHECKING:
    from perisai.agents.models import Agent

_PAGE = "web/pages/registration_new.html"
_PRIVATE = sensitive_post_parameters("nik", "kk", "name", "phone", "mother_name", "born_on", "address")


@_PRIVATE
@require_http_methods(["GET", "POST"])
@door
def new(request: OfficeRequest) -> HttpResponse:
    """The form, and the referral it sends; the id made with the form makes a second sending harmless."""
    agent = _agent(request)
    if request.method == "GET":
        return _show(request, agent, ReferralForm(initial=_fresh(agent)))
    if chosen := request.POST.get("choose_village"):
        return _show(request, agent, ReferralForm(initial=_typed(request, chosen)))
    form = ReferralForm(request.POST, today=_today(agent))
    if form.is_valid():
        registration_id = form.cleaned_data["registration_id"]
        try:
            services.refer_member(
                actor=request.actor,
                registration_id=registration_id,
                applicant=form.applicant,
                occurred_on=form.cleaned_data["occurred_on"],
            )
        except Refused as refusal:
            for each in (refusal, *refusal.also):
                form.add_refusal(each)
        except Misuse:
            form = _with_new_id(request, agent)
        else:
            flash(request, _("Rujukan terkirim ke kantor cabang."), draft="referral")
            return redirect("web:slip", registration_id)
    return _show(request, agent, form)


@_PRIVATE
@require_http_methods(["GET", "POST"])
@door
def mend(request: OfficeRequest, registration_id: UUID) -> HttpResponse:
    """What the office returned, with its reason on top; sent again it is in the office's queue."""
    agent = _agent(request)
    registration = selectors.registration_for(request.actor, registration_id, Permission.REFER_MEMBER)
    if request.method == "GET" or "choose_village" in request.POST:
        next_state(State(registration.state), Action.RESUBMIT)
        chosen = request.POST.get("choose_village")
        start = _typed(request, chosen) if chosen else prefilled(registration)
        return _show(request, agent, ReferralForm(initial=start, kept=registration), registration)
    form = ReferralForm(request.POST, today=_today(agent), kept=registration)
    if form.is_valid():
        try:
            services.resubmit_registration(
                actor=request.actor, registration_id=registration_id, applicant=form.applicant
            )
        except Refused as refusal:
            for each in (refusal, *refusal.also):
                form.add_refusal(each)
        else:
            flash(
                request, _("Rujukan yang diperbaiki sudah terkirim ke kantor cabang."), draft=f"mend-{registration_id}"
            )
            return redirect("web:slip", registration_id)
    return _show(request, agent, form, registration)


def _agent(request: OfficeRequest) -> Agent:
    """The Perisai who is signed in. Raises NotFound."""
    if not organisation.scope_of(request.actor, Permission.REFER_MEMBER).own:
        raise NotFound("page")
    return agents.agent_of(request.actor)


def _today(agent: Agent) -> date:
    return clock.today(ZoneInfo(agent.branch.timezone))


def _fresh(agent: Agent) -> dict[str, Any]:
    return {
        "registration_id": ids.new_id(),
        "village_code": village_written(agent.village.code),
        "programmes": "jkk,jkm",
        "months": "1",
        "occurred_on": _today(agent),
    }


def _typed(request: HttpRequest, village_code: str) -> dict[str, Any]:
    """Everything as it was typed, with the village now chosen: choosing works without script and judges nothing."""
    return {**request.POST.dict(), "village_code": village_written(village_code)}


def _with_new_id(request: OfficeRequest, agent: Agent) -> ReferralForm:
    """The id on the form has carried another worker already (the browser's back button): a new one, and say so."""
    data = request.POST.copy()
    data["registration_id"] = str(ids.new_id())
    form = ReferralForm(data, today=_today(agent))
    form.add_error(
        None, _("Formulir ini sudah pernah terkirim untuk orang lain. Periksa isiannya, lalu kirim sekali lagi.")
    )
    return form


def _show(request: OfficeRequest, agent: Agent, form: ReferralForm, returned: Any = None) -> HttpResponse:
    lacks = certification.may_act(agent.id, _today(agent)).lacks
    language = get_language() or "id"
    page = {
        "form": form,
        "returned": returned,
        "draft": f"mend-{returned.id}" if returned else "referral",
        "lacks": [Refused(REFUSALS[lack]).sentence(language) for lack in lacks],
        "price": _price(form, agent),
        "kept_nik": nik.mask(str(returned.nik)) if returned else "",
        "kept_kk": nik.mask(str(returned.kk)) if returned and returned.kk else "",
    }
    return render(request, _PAGE, page, status=422 if form.errors else 200)


def _price(form: ReferralForm, agent: Agent) -> Any:
    return price_of(
        today=_today(agent),
        months=_whole(form["months"].value()),
        income_idr=income_typed(str(form["income_idr"].value() or "")) or 0,
        programmes=str(form["programmes"].value() or "").split(","),
        occupation=str(form["occupation"].value() or "other"),
    )


def _whole(text: object) -> int:
    return int(str(text)) if str(text).isdigit() and len(str(text)) < 3 else 0


# --- parts that answer while somebody types ------------------------------------------------------------------------


@require_GET
@door
def villages(request: OfficeRequest) -> HttpResponse:
    """Villages that the typed words may mean; or, when one is chosen, the field with it."""
    if chosen := request.GET.get("choose_village"):
        form = ReferralForm(initial={"village_code": village_written(chosen)})
        return render(request, "web/pages/registration_village.html", {"form": form})
    text = request.GET.get("village_code", "")
    hits = regions.search(text, limit=6) if len(text.strip()) > 1 else []
    return render(request, "web/pages/registration_villages.html", {"hits": hits, "asked": text.strip()})


@_PRIVATE
@require_POST
@door
def nik_hint(request: OfficeRequest) -> HttpResponse:
    """What the digits of a NIK suggest: never a rule (domain 4.3). By POST, for a NIK stands in no address."""
    text = request.POST.get("nik", "")
    found: dict[str, Any] = {"digits": sum(character.isdigit() for character in text)}
    try:
        read = nik.hints(nik.parse_nik(text), clock.today())
    except Refused:
        pass
    else:
        district = regions.find_region(read.district_code)
        found |= {"read": read, "place": district.path_names if district else ""}
    return render(request, "web/pages/registration_nik.html", found)


@require_POST
@door
def price(request: OfficeRequest) -> HttpResponse:
    """The contribution for what is chosen so far."""
    agent = _agent(request)
    form = ReferralForm(initial=request.POST.dict())
    return render(request, "web/pages/registration_price.html", {"price": _price(form, agent), "form": form})
