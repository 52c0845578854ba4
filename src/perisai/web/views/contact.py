"""Contact data: the office corrects them, and settles what clashed with a phone."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from perisai.kernel.errors import Refused
from perisai.membership import selectors, services
from perisai.organisation.policy import Permission
from perisai.regions import selectors as regions
from perisai.web import may, words
from perisai.web.acting import Act, act_page, sent
from perisai.web.doors import OfficeRequest, door
from perisai.web.flash import flash
from perisai.web.forms import OfficeForm
from perisai.web.paging import page_of
from perisai.web.views.members import language

FIELDS = {
    "phone": gettext_lazy("Nomor HP"),
    "address": gettext_lazy("Alamat"),
    "village_code": gettext_lazy("Nagari"),
    "occupation": gettext_lazy("Pekerjaan"),
}


class ContactForm(OfficeForm):
    """``version`` is what the page showed: who was quicker is not overwritten."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    phone = forms.CharField(
        label=FIELDS["phone"],
        max_length=20,
        required=False,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
    )
    address = forms.CharField(
        label=FIELDS["address"], max_length=200, error_messages={"required": gettext_lazy("Tulis alamatnya.")}
    )
    village_code = forms.CharField(
        label=gettext_lazy("Kode nagari"),
        help_text=gettext_lazy("Misalnya 13.06.08.2001."),
        max_length=13,
        error_messages={"required": gettext_lazy("Tulis kode nagarinya.")},
    )
    occupation = forms.ChoiceField(label=FIELDS["occupation"], required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["occupation"].choices = [("", "—"), *words.OCCUPATIONS.items()]  # type: ignore[attr-defined]


@sensitive_post_parameters("phone", "address")
@require_http_methods(["GET", "POST"])
@door
def correct(request: OfficeRequest, member_id: UUID) -> HttpResponse:
    """Phone, address, village and occupation as the office knows them now."""
    member = selectors.office_member_for(request.actor, member_id, Permission.CHANGE_CONTACT)
    person = member.person
    back = reverse("web:member", args=[member_id])
    act = Act(
        title=_("Ubah data kontak"),
        label=_("Simpan"),
        back=back,
        words=_("Ponsel Perisai menerima data ini saat tersambung berikutnya."),
        about=f"{person.name} · {member.number}",
    )
    start = {
        "version": person.version,
        "phone": person.phone or "",
        "address": person.address,
        "village_code": person.village.code,
        "occupation": person.occupation,
    }

    def do(typed: dict[str, Any]) -> str:
        changes = {field: typed[field] for field in FIELDS if typed[field] and typed[field] != start[field]}
        services.correct_contact(
            actor=request.actor, member_id=member_id, base_version=typed["version"], changes=changes
        )
        flash(request, _("Data kontak %(name)s disimpan.") % {"name": person.name})
        return back

    return act_page(request, act, ContactForm(sent(request), initial=start), do)


@require_http_methods(["GET"])
@door
def clashes(request: OfficeRequest) -> HttpResponse:
    """Changes from the field that wait for the office, oldest first."""
    may.must_hold_in_an_office(request.actor, Permission.CHANGE_CONTACT)
    shown = page_of(request, selectors.clashes_open_to(request.actor))
    rows = [{"clash": each, "field": FIELDS[each.field]} for each in shown.object_list]
    return render(request, "web/pages/clashes.html", {"page": shown, "rows": rows})


@require_http_methods(["GET", "POST"])
@door
def clash(request: OfficeRequest, clash_id: UUID) -> HttpResponse:
    """Both values side by side, and one is chosen."""
    one = selectors.clash_for(request.actor, clash_id)
    trouble, choice = "", request.POST.get("choice", "")
    if request.method == "POST" and choice in ("take", "keep"):
        verb = services.take_contact if choice == "take" else services.keep_contact
        try:
            verb(actor=request.actor, clash_id=clash_id)
        except Refused as refusal:
            trouble = refusal.sentence(language())
        else:
            flash(request, _("Perbedaan data %(name)s sudah diputus.") % {"name": one.member.person.name})
            return redirect("web:clashes")
    facts = {
        "clash": one,
        "field": FIELDS[one.field],
        "ours": _written(one.field, _ours(one)),
        "theirs": _written(one.field, str(one.proposed)),
        "trouble": trouble,
    }
    return render(request, "web/pages/clash.html", facts, status=422 if request.method == "POST" else 200)


def _ours(one: Any) -> str:
    person = one.member.person
    return str(person.village.code if one.field == "village_code" else getattr(person, one.field) or "")


def _written(field: str, value: str) -> str:
    """As a person reads it: villages and occupations by their names."""
    if field == "village_code":
        region = regions.find_region(value)
        return region.path_names if region else value
    return str(words.OCCUPATIONS.get(value, value)) if field == "occupation" else value
