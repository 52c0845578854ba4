"""What comes from the phones, as the office meets it: phones of an agent, evidence of a referral, sealed files, events."""

from typing import Any, Final, Literal, cast
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from perisai.kernel.errors import NotFound, Refused
from perisai.organisation.policy import Permission
from perisai.outreach import selectors as outreach
from perisai.sync import rules, selectors, services
from perisai.web import may, words
from perisai.web.acting import Act, ReasonForm, act_page, sent
from perisai.web.doors import OfficeRequest, door
from perisai.web.flash import flash
from perisai.web.forms import OfficeForm
from perisai.web.paging import page_of
from perisai.web.views.members import language
from perisai.web.views.notices import masked_phone

KINDS: Final = {
    "refer_member": gettext_lazy("Rujukan"),
    "resubmit_registration": gettext_lazy("Rujukan diperbaiki"),
    "change_contact": gettext_lazy("Data kontak"),
    "request_code": gettext_lazy("Kode bayar"),
    "dispute_line": gettext_lazy("Keberatan"),
    "confirm_payout": gettext_lazy("Konfirmasi terima"),
    "record_attendance": gettext_lazy("Daftar hadir"),
}
OUTCOMES: Final = {
    rules.Outcome.ACCEPTED: (gettext_lazy("Diterima"), "good", "circle-check"),
    rules.Outcome.IN_REVIEW: (gettext_lazy("Menunggu keputusan kantor"), "soon", "search"),
    rules.Outcome.REFUSED: (gettext_lazy("Ditolak"), "bad", "circle-x"),
    rules.Outcome.HELD: (gettext_lazy("Ditunda"), "soon", "hourglass"),
    rules.Outcome.MISUSE: (gettext_lazy("Ditolak: sudah dipakai"), "bad", "ban"),
}


# --- phones --------------------------------------------------------------------------------------------------------


def phones_of(request: OfficeRequest, agent_id: UUID) -> list[dict[str, Any]]:
    """The phones of an agent with how far their clock is off, in minutes, where that is worth a word."""
    return [
        {
            "device": device,
            "minutes_off": round((device.skew_seconds or 0) / 60) if rules.clock_is_off(device.skew_seconds) else 0,
            "state": "active" if device.revoked_at is None else "revoked",
        }
        for device in selectors.devices_of_agent(request.actor, agent_id)
    ]


@require_http_methods(["GET", "POST"])
@door
def revoke(request: OfficeRequest, agent_id: UUID, device_id: UUID) -> HttpResponse:
    """The branch takes a phone out of use, with the reason."""
    device = selectors.device_for(request.actor, device_id, Permission.MANAGE_AGENTS)
    if device.agent_id != agent_id:
        raise NotFound("device")
    back = reverse("web:agent", args=[agent_id])
    act = Act(
        title=_("Cabut ponsel"),
        label=_("Cabut"),
        back=back,
        words=_("Tidak ada lagi yang diterima darinya, dan aplikasinya mengosongkan diri saat tersambung berikutnya."),
        about=f"{device.label} · {device.agent.name}",
        tone="danger",
    )

    def do(typed: dict[str, Any]) -> str:
        services.revoke_device(actor=request.actor, device_id=device_id, reason=typed["reason"])
        flash(request, _("Ponsel %(label)s dicabut.") % {"label": device.label})
        return back

    return act_page(request, act, ReasonForm(sent(request)), do)


# --- evidence ------------------------------------------------------------------------------------------------------


@require_GET
@door
def evidence(request: OfficeRequest, registration_id: UUID, which: str) -> HttpResponse:
    """The photo of the card or the signature. Opening it is recorded: the photo shows the NIK."""
    if which not in ("photo", "signature"):
        raise NotFound("picture")
    opened = services.open_evidence(
        actor=request.actor, registration_id=registration_id, which=cast(Literal["photo", "signature"], which)
    )
    return HttpResponse(opened.content, content_type=opened.media_type)


# --- parcels -------------------------------------------------------------------------------------------------------


class ParcelForm(OfficeForm):
    parcel = forms.FileField(
        label=gettext_lazy("Berkas dari ponsel Perisai"),
        help_text=gettext_lazy("Namanya berakhiran .prsi. Isinya tersegel; hanya kantor yang dapat membukanya."),
        error_messages={
            "required": gettext_lazy("Pilih berkasnya dahulu."),
            "empty": gettext_lazy("Berkas ini kosong. Minta Perisai membuatnya lagi."),
        },
    )

    def clean_parcel(self) -> bytes:
        file = self.cleaned_data["parcel"]
        if file.size > rules.MOST_OPEN_BYTES:
            raise forms.ValidationError(_("Berkas ini terlalu besar. Minta Perisai membuatnya lagi."))
        content: bytes = file.read()
        return content


@require_http_methods(["GET", "POST"])
@door
def parcel(request: OfficeRequest) -> HttpResponse:
    """An outbox that came as a file: taken in through the same porter, with what became of each command."""
    may.must_hold(request.actor, Permission.DECIDE_REGISTRATION)
    form = ParcelForm(sent(request), request.FILES if request.method == "POST" else None)
    taken = None
    if request.method == "POST" and form.is_valid():
        try:
            taken = services.take_in_parcel(actor=request.actor, parcel=form.cleaned_data["parcel"])
        except Refused as refusal:
            form.add_refusal(refusal)
        except NotFound:
            form.add_error("parcel", _("Berkas ini dari Perisai cabang lain. Teruskan ke cabangnya."))
    facts = {"form": form, "taken": taken, "rows": [_row(each) for each in taken.commands] if taken else []}
    return render(request, "web/pages/parcel.html", facts, status=422 if form.errors else 200)


def _row(unpacked: Any) -> dict[str, Any]:
    answer = unpacked.answer
    word, tone, icon = OUTCOMES[answer.outcome]
    return {
        "kind": KINDS.get(unpacked.kind, unpacked.kind or "—"),
        "on": unpacked.occurred_on,
        "word": word,
        "tone": tone,
        "icon": icon,
        "reference": answer.result.get("reference", ""),
        "why": answer.problems[0][language()] if answer.problems else "",
    }


# --- events --------------------------------------------------------------------------------------------------------


@require_GET
@door
def events(request: OfficeRequest) -> HttpResponse:
    """What agents held in the villages, newest first."""
    may.must_hold(request.actor, Permission.VIEW_EVENTS)
    shown = page_of(request, outreach.visible_to(request.actor))
    return render(request, "web/pages/events.html", {"page": shown, "rows": shown.object_list})


@require_GET
@door
def event(request: OfficeRequest, event_id: UUID) -> HttpResponse:
    """One event, and who came; phones are masked."""
    one = outreach.event_for(request.actor, event_id)
    people = [
        {
            "place": each.place,
            "name": each.name,
            "phone": masked_phone(str(each.phone)) if each.phone else "",
            "sex": words.SEXES.get(each.sex, ""),
            "occupation": words.OCCUPATIONS.get(each.occupation, ""),
            "signed": bool(each.signature),
        }
        for each in outreach.attendance_of(one.id)
    ]
    return render(request, "web/pages/event.html", {"event": one, "people": people})
