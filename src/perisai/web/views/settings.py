"""Accounts: who signs in, with which roles and where. For the system administrator, who has no rights of the trade."""

from collections import defaultdict
from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from perisai.audit import selectors as audit
from perisai.kernel import clock
from perisai.kernel.actor import Role
from perisai.kernel.errors import NotFound
from perisai.organisation import selectors, services
from perisai.regions import selectors as regions
from perisai.web import words
from perisai.web.acting import Act, ReasonForm, act_page, sent
from perisai.web.doors import OfficeRequest, door
from perisai.web.flash import flash
from perisai.web.forms import OfficeForm
from perisai.web.paging import page_of
from perisai.web.views.members import language

GRANTABLE: Final = [role for role in Role if role not in (Role.JOB, Role.BANK, Role.PERISAI)]
"""A Perisai gets the role with the appointment, a bank by its keys."""


@require_GET
@door
def page(request: OfficeRequest) -> HttpResponse:
    """Everybody with an account, by name, with the roles of today."""
    q = " ".join(request.GET.get("q", "").replace("\0", "").split())[:40]
    rows = selectors.accounts_for(request.actor)
    if q:
        rows = rows.filter(name__icontains=q) | rows.filter(username__icontains=q.lower())
    shown = page_of(request, rows)
    grants = _grants_today([user.id for user in shown.object_list])
    facts = {
        "rows": [{"user": user, "grants": grants[user.id]} for user in shown.object_list],
        "page": shown,
        "total": shown.paginator.count,
        "q": q,
        "now": clock.now(),
    }
    return render(request, "web/pages/accounts.html", facts)


def _grants_today(user_ids: list[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    today = clock.today()
    found: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for grant in selectors.grants_of(user_ids).filter(during__contains=today):
        found[grant.user_id].append(_grant(grant))
    return found


def _grant(grant: Any) -> dict[str, Any]:
    where = grant.office.name if grant.office else grant.region.name if grant.region else ""
    return {"grant": grant, "role": words.ROLES[Role(grant.role)], "where": where}


def _account(request: OfficeRequest, user_id: UUID) -> Any:
    user = selectors.accounts_for(request.actor).filter(pk=user_id).first()
    if user is None:
        raise NotFound("user")
    return user


@require_GET
@door
def account(request: OfficeRequest, user_id: UUID) -> HttpResponse:
    """One account: roles that run, roles that ended, what was done to it."""
    return _shown(request, user_id)


def _shown(request: OfficeRequest, user_id: UUID, password: str = "", status: int = 200) -> HttpResponse:
    user = _account(request, user_id)
    today = clock.today()
    grants = [_grant(grant) for grant in selectors.grants_of([user.id]).order_by("-during")]
    for each in grants:
        each["running"] = today in each["grant"].during
    lines = audit.history_of([user.id, *(each["grant"].id for each in grants)], language=language())
    facts = {
        "account": user,
        "grants": grants,
        "events": [{"what": line.what, "why": line.note, "who": line.who, "at": line.at} for line in lines],
        "is_me": user.id == request.actor.user_id,
        "password": password,
        "now": clock.now(),
    }
    return render(request, "web/pages/account.html", facts, status=status)


# --- forms -----------------------------------------------------------------------------------------------------------


class AccountForm(OfficeForm):
    name = forms.CharField(
        label=gettext_lazy("Nama lengkap"),
        max_length=100,
        widget=forms.TextInput({"autocomplete": "off", "autofocus": True}),
        error_messages={"required": gettext_lazy("Tulis nama orangnya.")},
    )
    username = forms.CharField(
        label=gettext_lazy("Nama pengguna"),
        help_text=gettext_lazy("Huruf kecil, angka, titik, atau tanda hubung; 3 sampai 40."),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Tulis nama untuk masuk.")},
    )


class RoleForm(OfficeForm):
    role = forms.ChoiceField(
        label=gettext_lazy("Peran"),
        choices=[("", "—"), *((role.value, words.ROLES[role]) for role in GRANTABLE)],
        error_messages={"required": gettext_lazy("Pilih perannya.")},
    )
    office_code = forms.ChoiceField(
        label=gettext_lazy("Kantor"),
        help_text=gettext_lazy(
            "Untuk peran kantor. Kosongkan untuk wali nagari, koordinator Wadah, dan administrator."
        ),
        required=False,
    )
    region_code = forms.CharField(
        label=gettext_lazy("Kode nagari"),
        help_text=gettext_lazy("Hanya untuk wali nagari, misalnya 13.06.08.2001."),
        required=False,
        max_length=13,
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "decimal"}),
    )

    def __init__(self, *args: Any, offices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office_code"].choices = [("", "—"), *offices]  # type: ignore[attr-defined]

    def clean_region_code(self) -> str:
        code = str(self.cleaned_data["region_code"])
        if code and regions.find_region(code) is None:
            raise forms.ValidationError(_("Kode nagari ini tidak ada. Periksa di halaman Nagari."))
        return code


def _offices() -> list[tuple[str, str]]:
    return [(code, f"{'· ' * path.count('/')}{name}") for code, name, path in selectors.office_names()]


@require_http_methods(["GET", "POST"])
@door
def new(request: OfficeRequest) -> HttpResponse:
    """The temporary password stands on the answer to this form only."""
    selectors.accounts_for(request.actor)
    act = Act(
        title=_("Akun baru"),
        label=_("Buat akun"),
        back=reverse("web:settings"),
        words=_(
            "Kata sandi sementara ditampilkan satu kali sesudah ini. Pemiliknya harus menggantinya waktu pertama masuk."
        ),
    )

    def do(typed: dict[str, Any]) -> HttpResponse:
        user, password = services.open_account(actor=request.actor, **typed)
        return _shown(request, user.id, password)

    return act_page(request, act, AccountForm(sent(request)), do)


@require_http_methods(["GET", "POST"])
@door
def reset(request: OfficeRequest, user_id: UUID) -> HttpResponse:
    """For who forgot, or is locked out."""
    user = _account(request, user_id)
    act = Act(
        title=_("Kata sandi baru"),
        label=_("Buat kata sandi sementara"),
        back=reverse("web:account", args=[user_id]),
        words=_(
            "Kata sandi lama berhenti berlaku dan sesi orang ini berakhir. Pastikan dulu dia orangnya, lalu sampaikan langsung."
        ),
        about=f"{user.name} · {user.username}",
    )
    return act_page(
        request, act, OfficeForm(sent(request)),
        lambda typed: _shown(request, user_id, services.reset_password(actor=request.actor, user_id=user_id)),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@door
def close(request: OfficeRequest, user_id: UUID) -> HttpResponse:
    """Closes an open account, opens a closed one."""
    user = _account(request, user_id)
    back = reverse("web:account", args=[user_id])
    closing = user.is_active
    act = Act(
        title=_("Tutup akun") if closing else _("Buka lagi akun"),
        label=_("Tutup akun") if closing else _("Buka lagi"),
        back=back,
        words=_("Orang ini langsung keluar dan tidak dapat masuk lagi. Riwayatnya tetap ada.")
        if closing
        else _("Orang ini dapat masuk lagi dengan kata sandinya yang lama dan peran yang masih berjalan."),
        about=f"{user.name} · {user.username}",
        tone="danger" if closing else "primary",
    )

    def do(typed: dict[str, Any]) -> str:
        verb = services.close_account if closing else services.reopen_account
        verb(actor=request.actor, user_id=user_id, reason=typed["reason"])
        flash(request, _("Akun ditutup.") if closing else _("Akun dibuka lagi."))
        return back

    return act_page(request, act, ReasonForm(sent(request)), do)


@require_http_methods(["GET", "POST"])
@door
def grant(request: OfficeRequest, user_id: UUID) -> HttpResponse:
    """A role from today on."""
    user = _account(request, user_id)
    back = reverse("web:account", args=[user_id])
    act = Act(
        title=_("Beri peran"), label=_("Beri peran mulai hari ini"), back=back, about=f"{user.name} · {user.username}"
    )

    def do(typed: dict[str, Any]) -> str:
        services.grant_role(
            actor=request.actor,
            user_id=user_id,
            role=Role(typed["role"]),
            office_code=typed["office_code"] or None,
            region_code=typed["region_code"] or None,
            starts_on=clock.today(),
        )
        flash(request, _("Peran diberikan. Berlaku mulai halaman berikut yang dibuka orang itu."))
        return back

    return act_page(request, act, RoleForm(sent(request), offices=_offices()), do)


@require_http_methods(["GET", "POST"])
@door
def end_grant(request: OfficeRequest, user_id: UUID, role: str) -> HttpResponse:
    """Every running grant of the role ends today."""
    user = _account(request, user_id)
    if role not in tuple(GRANTABLE):
        raise NotFound("grant")
    back = reverse("web:account", args=[user_id])
    act = Act(
        title=_("Akhiri peran"),
        label=_("Akhiri hari ini"),
        back=back,
        words=_("Di semua kantornya peran ini berakhir hari ini. Peran yang sama dapat diberikan lagi."),
        about=f"{user.name} · {words.ROLES[Role(role)]}",
        tone="danger",
    )

    def do(typed: dict[str, Any]) -> str:
        services.end_role(actor=request.actor, user_id=user_id, role=Role(role), on=clock.today())
        flash(request, _("Peran diakhiri."))
        return back

    return act_page(request, act, OfficeForm(sent(request)), do)
