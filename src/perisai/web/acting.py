"""One act, one page: what will happen, what must be written for it, one button. Works without script and from a dialog."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.forms import CharField, Textarea
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from perisai.kernel.errors import Refused
from perisai.web.doors import OfficeRequest
from perisai.web.forms import OfficeForm

Text = str | Promise


class ReasonForm(OfficeForm):
    reason = CharField(
        label=_("Alasan"),
        help_text=_("Tercatat dalam riwayat dan dapat dibaca pemeriksa. Jangan menulis data pribadi."),
        max_length=200,
        widget=Textarea({"rows": 2}),
        error_messages={
            "required": _("Tulis alasannya: satu kalimat pendek sudah cukup."),
            "max_length": _("Terlalu panjang. Paling banyak 200 huruf."),
        },
    )


class NamedForm(ReasonForm):
    """For what cannot be undone: the name of the thing must be typed."""

    confirm = CharField(
        label=_("Ketik namanya untuk melanjutkan"),
        max_length=100,
        error_messages={"required": _("Ketik namanya persis seperti tertulis di atas.")},
    )

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name = name
        self.fields["confirm"].widget.attrs |= {"autocomplete": "off", "data-must-equal": name}

    def clean_confirm(self) -> str:
        typed = " ".join(self.cleaned_data["confirm"].split())
        if typed.casefold() != self.name.casefold():
            self.add_error("confirm", _("Belum sama. Ketik namanya persis seperti tertulis di atas."))
        return typed


@dataclass(frozen=True, slots=True)
class Act:
    """How the page of an act reads. ``words`` are the consequences, ``about`` what it is done to, shown large."""

    title: Text
    label: Text
    back: str
    words: Text = ""
    about: str = ""
    tone: str = "primary"


def sent(request: OfficeRequest) -> QueryDict | None:
    """What was sent, also when it is empty; None while the page is only looked at."""
    return request.POST if request.method == "POST" else None


def act_page(
    request: OfficeRequest, act: Act, form: OfficeForm, do: Callable[[dict[str, Any]], HttpResponse | str]
) -> HttpResponse:
    """Shows ``form``; sent and valid, ``do`` is called with what was typed and says where to go (address or answer).

    A refusal stands at its field, and what was typed stays.
    """
    if request.method == "POST" and form.is_valid():
        try:
            answer = do(form.cleaned_data)
        except Refused as refusal:
            for each in (refusal, *refusal.also):
                form.add_refusal(each)
        else:
            return redirect(answer) if isinstance(answer, str) else answer
    page = {"act": act, "form": form}
    return render(request, "web/pages/act.html", page, status=422 if form.errors else 200)
