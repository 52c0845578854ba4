"""One registration: the evidence, the office's decision, the payment code, and what became of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from perisai.audit import selectors as audit
from perisai.contributions import selectors as contributions
from perisai.contributions import services as payments
from perisai.kernel import nik
from perisai.kernel.errors import Code, Refused
from perisai.membership import selectors, services
from perisai.membership.rules import MONTHS_AT_ONCE, MOVES, Action, State
from perisai.organisation import selectors as organisation
from perisai.organisation.policy import Permission
from perisai.sync import selectors as sync
from perisai.web import formats, words
from perisai.web.doors import OfficeRequest, door
from perisai.web.flash import flash
from perisai.web.forms import OfficeForm
from perisai.web.views.registrations import clocks, evidence
from perisai.web.views.registrations.price import Price, price_of
from perisai.web.views.registrations.slip import is_open
from perisai.web.views.search import address

REASONS: Final[tuple[str | Promise, ...]] = (
    gettext_lazy("Data tidak sama dengan KTP atau KK"),
    gettext_lazy("NIK salah salin"),
    gettext_lazy("Nomor HP tidak dapat dihubungi"),
    gettext_lazy("Pekerjaan belum jelas"),
    gettext_lazy("Sudah menjadi peserta"),
    gettext_lazy("Dirujuk dua kali"),
)


class ReasonForm(OfficeForm):
    """Ready reasons to tick and words of one's own; together they are the reason."""

    ready = forms.MultipleChoiceField(
        label=gettext_lazy("Alasan siap pakai"), required=False, widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(
        label=gettext_lazy("Alasan"), required=False, widget=forms.Textarea({"rows": 2, "maxlength": 500})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ready: Any = self.fields["ready"]
        ready.choices = [(str(number), reason) for number, reason in enumerate(REASONS)]

    @property
    def reason(self) -> str:
        ticked = [str(REASONS[int(number)]) for number in self.cleaned_data.get("ready", ())]
        return ". ".join(part for part in ("; ".join(ticked), self.cleaned_data.get("note", "")) if part)


@dataclass(frozen=True, slots=True)
class Verb:
    """A decision: its key on the keyboard, its button, and the verb of the rooms below."""

    action: Action
    key: str
    icon: str
    tone: str
    label: str | Promise
    done: str | Promise
    do: Callable[..., Any]


VERBS: Final = {
    verb.action.value: verb
    for verb in (
        Verb(Action.APPROVE, "s", "check", "primary", gettext_lazy("Setujui"), gettext_lazy("disetujui"),
             payments.approve_with_code),
        Verb(Action.RETURN, "b", "arrow-back-up", "", gettext_lazy("Kembalikan"), gettext_lazy("dikembalikan"),
             services.return_registration),
        Verb(Action.HOLD, "h", "player-pause", "", gettext_lazy("Tahan"), gettext_lazy("ditahan"),
             services.hold_registration),
        Verb(Action.REJECT, "t", "x", "danger", gettext_lazy("Tolak"), gettext_lazy("ditolak"),
             services.reject_registration),
    )
}  # fmt: skip


@require_GET
@door
def page(request: OfficeRequest, registration_id: UUID) -> HttpResponse:
    """Evidence left, decision right."""
    return _show(request, selectors.registration_for(request.actor, registration_id), ReasonForm())


@require_POST
@door
def decide(request: OfficeRequest, registration_id: UUID) -> HttpResponse:
    """The decision, and on to the next case; whoever was quicker is named."""
    registration = selectors.registration_for(request.actor, registration_id, Permission.DECIDE_REGISTRATION)
    verb, form = VERBS.get(request.POST.get("decision", "")), ReasonForm(request.POST)
    if verb is None or not form.is_valid():
        return _show(request, registration, form, status=422)
    if request.POST.get("seen", _stand(registration)) != _stand(registration):
        stale = Refused(Code.WRONG_ORDER, state=registration.state, action=verb.action.value)
        return _show(request, registration, ReasonForm(), trouble=_quicker(registration, stale), status=409)
    try:
        outcome = verb.do(actor=request.actor, registration_id=registration_id, note=form.reason)
    except Refused as refusal:
        fresh = selectors.registration_for(request.actor, registration_id)
        if refusal.code == Code.WRONG_ORDER:
            return _show(request, fresh, ReasonForm(), trouble=_quicker(fresh, refusal), status=409)
        form.add_refusal(refusal)
        return _show(request, fresh, form, status=422)
    flash(request, _said(registration, verb, outcome), draft=f"decide-{registration_id}")
    following = _next(request, registration)
    return redirect("web:registration", following.id) if following else redirect("web:registrations")


@require_POST
@door
def new_code(request: OfficeRequest, registration_id: UUID) -> HttpResponse:
    """A new first payment code after the old one expired."""
    months = request.POST.get("months", "")
    code = payments.issue_registration_code(
        actor=request.actor, registration_id=registration_id, months=int(months) if months.isdigit() else 0
    )
    flash(request, _("Kode bayar baru %(code)s sudah terbit.") % {"code": code.code})
    return redirect("web:registration", registration_id)


def _stand(registration: Any) -> str:
    """Where the case stood when its page was read: an approved one may be rejected, but only by who knows of it."""
    return f"{registration.state} {registration.submitted_at.isoformat()}"


def _next(request: OfficeRequest, done: Any) -> Any:
    """The case after this one in the queue, or the first of it."""
    waiting = selectors.queue(request.actor).exclude(pk=done.pk).exclude(entered_by_id=request.actor.user_id)
    return waiting.filter(submitted_at__gte=done.submitted_at).first() or waiting.first()


def _said(registration: Any, verb: Verb, outcome: Any) -> str:
    said = f"{registration.name} ({registration.reference}) {verb.done}."
    if verb.action == Action.APPROVE:
        said += " " + _("Kode bayar %(code)s, %(amount)s, dikirim ke %(phone)s.") % {
            "code": outcome.code,
            "amount": formats.idr(outcome.amount_idr, _language()),
            "phone": evidence.phone_masked(registration.phone),
        }
    return said


def _quicker(registration: Any, refusal: Refused) -> str:
    """Who decided in the meantime, and when."""
    if registration.decided_by is None or registration.decided_at is None:
        return refusal.sentence(_language())
    return _("Sudah diputus %(who)s pada %(when)s: %(state)s. Yang tampil di bawah ini keadaan terbaru.") % {
        "who": registration.decided_by.name,
        "when": formats.moment(registration.decided_at, _language()),
        "state": words.state(registration.state).word,
    }


def _show(
    request: OfficeRequest, registration: Any, form: ReasonForm, trouble: str = "", status: int = 200
) -> HttpResponse:
    actor, codes = request.actor, contributions.codes_of_registration(registration.id)
    price = price_of(
        today=evidence.today_of(registration),
        months=registration.months,
        income_idr=registration.income_idr,
        programmes=registration.programmes,
        occupation=registration.occupation,
    )
    facts = {
        "registration": registration,
        "clock": clocks.verification(registration),
        "price": price,
        "codes": codes,
        "open_code": next((code for code in codes if is_open(code)), None),
        "may_reissue": _may_reissue(actor, registration, codes),
        "months": MONTHS_AT_ONCE,
        "events": _events(registration, codes),
        "choices": _choices(request, registration, price),
        "may_mend": registration.state == State.RETURNED and _may(actor, registration, Permission.REFER_MEMBER),
        "form": form,
        "draft": f"decide-{registration.id}",
        "seen": _stand(registration),
        "trouble": trouble,
        "member_href": address("member", registration.member_id) if registration.member_id else "",
    }
    return render(
        request,
        "web/pages/registration.html",
        facts | _sent(registration) | _compared(request, registration),
        status=status,
    )


def _sent(registration: Any) -> dict[str, Any]:
    """What the agent sent, as it may be shown."""
    return {
        "nik_masked": nik.mask(str(registration.nik)),
        "kk_masked": nik.mask(str(registration.kk)) if registration.kk else "",
        "phone_masked": evidence.phone_masked(registration.phone),
        "warnings": evidence.nik_warnings(registration, evidence.today_of(registration)),
        "age": evidence.age(registration),
        "occupation": words.OCCUPATIONS.get(registration.occupation, registration.occupation),
        "sex": words.SEXES[registration.sex],
        "programmes": ", ".join(each.upper() for each in registration.programmes),
    }


def _compared(request: OfficeRequest, registration: Any) -> dict[str, Any]:
    """What only an office weighs: doubts, rivals, the agent's record, and what else waits."""
    actor = request.actor
    if not organisation.scope_of(actor, Permission.VIEW_REGISTRATIONS).office_paths:
        return {}
    sides, lines = evidence.side_by_side(actor, registration)
    return {
        "doubts": evidence.doubts_explained(registration),
        "sides": sides,
        "lines": lines,
        "record": evidence.agent_record(actor, registration),
        "sent": sync.evidence_of(registration.id),
        "may_open": _may(actor, registration, Permission.DECIDE_REGISTRATION),
        "own_case": registration.entered_by_id == actor.user_id,
        "waiting": selectors.queue(actor).exclude(pk=registration.pk).count(),
        "following": _next(request, registration),
    }


def _may(actor: Any, registration: Any, permission: Permission) -> bool:
    return bool(selectors.registrations_visible_to(actor, permission).filter(pk=registration.pk).exists())


def _may_reissue(actor: Any, registration: Any, codes: list[Any]) -> bool:
    return (
        registration.state == State.APPROVED
        and not any(is_open(code) for code in codes)
        and _may(actor, registration, Permission.ISSUE_PAYMENT_CODE)
    )


def _choices(request: OfficeRequest, registration: Any, price: Price) -> list[dict[str, Any]]:
    """The buttons with their consequences; none for somebody who may only look or when all is over."""
    if not _may(request.actor, registration, Permission.DECIDE_REGISTRATION):
        return []
    state = State(registration.state)
    if not any((state, verb.action) in MOVES for verb in VERBS.values()):
        return []
    own = registration.entered_by_id == request.actor.user_id
    told = {
        Action.APPROVE: _("Kode bayar %(amount)s dikirim ke %(phone)s; kepesertaan mulai saat iurannya masuk.")
        % {
            "amount": formats.idr(price.amount.total_idr, _language()) if price.amount else "",
            "phone": evidence.phone_masked(registration.phone),
        },
        Action.RETURN: _("%(agent)s melihat alasannya, memperbaiki, dan mengirim lagi.")
        % {"agent": registration.agent.name},
        Action.HOLD: _("Tetap di antrean untuk ditelaah; jam kerjanya jalan terus."),
        Action.REJECT: _("Rujukan ditutup; alasannya dikirim ke %(agent)s.") % {"agent": registration.agent.name},
    }
    return [
        {
            "value": verb.action.value,
            "label": verb.label,
            "key": verb.key,
            "icon": verb.icon,
            "tone": verb.tone,
            "consequence": told[verb.action],
            "disabled": own or (state, verb.action) not in MOVES,
        }
        for verb in VERBS.values()
    ]


def _events(registration: Any, codes: list[Any]) -> list[dict[str, Any]]:
    lines = audit.history_of([registration.id, *(code.id for code in codes)], language=_language())
    return [{"what": line.what, "why": line.note, "who": line.who, "at": line.at} for line in lines]


def _language() -> str:
    return "en" if (get_language() or "id").startswith("en") else "id"
