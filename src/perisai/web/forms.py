"""Small forms of the frame, fields that many forms share, and how a refusal finds its field."""

import re
from typing import Any, Final

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from perisai.kernel.errors import Refused


class OfficeForm(forms.Form):
    """No asterisks, no colons; what was typed stays."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def add_refusal(self, refusal: Refused) -> None:
        """The rule's sentence, under the field it is about or at the top of the form."""
        sentence = refusal.sentence(get_language() or "id")
        self.add_error(refusal.field if refusal.field in self.fields else None, sentence)


DAYS: Final = ("%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d")


def day_field(label: Any, hint: Any = "") -> forms.DateField:
    """A day as people write it: 31-12-2026."""
    wrong = {
        "required": _("Tulis hari-bulan-tahun, misalnya 31-12-2026."),
        "invalid": _("Tulis hari-bulan-tahun, misalnya 31-12-2026."),
    }
    widget = forms.DateInput({"inputmode": "numeric", "autocomplete": "off"}, format=DAYS[0])
    return forms.DateField(label=label, help_text=hint, input_formats=DAYS, widget=widget, error_messages=wrong)


def text_field(label: Any, hint: Any = "", most: int = 100, required: bool = True) -> forms.CharField:
    wrong = {"required": _("Isian ini diperlukan.")}
    widget = forms.TextInput({"autocomplete": "off", "spellcheck": "false"})
    return forms.CharField(
        label=label, help_text=hint, max_length=most, required=required, widget=widget, error_messages=wrong
    )


def whole_field(label: Any, hint: Any = "", most: int = 100_000) -> forms.IntegerField:
    wrong = {"required": _("Tulis sebuah angka."), "invalid": _("Tulis sebuah angka tanpa titik atau koma.")}
    widget = forms.TextInput({"inputmode": "numeric", "autocomplete": "off"})
    return forms.IntegerField(
        label=label, help_text=hint, min_value=1, max_value=most, widget=widget, error_messages=wrong
    )


class RupiahField(forms.CharField):
    """Whole rupiah as people write them: ``16800``, ``16.800``, ``Rp 16.800,00``; None when empty and not required."""

    _WRITTEN: Final = re.compile(r"(?:rp\.?)?(\d{1,3}(?:\.\d{3})+|\d{1,14})(?:,0{1,2})?", re.IGNORECASE)

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput({"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(max_length=24, widget=widget, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        fits = self._WRITTEN.fullmatch(re.sub(r"\s", "", text))
        if not fits:
            raise forms.ValidationError(_("Tulis rupiah bulat dengan angka saja, misalnya 16.800."))
        return int(fits[1].replace(".", ""))


class SignInForm(OfficeForm):
    username = forms.CharField(
        label=_("Nama pengguna"),
        max_length=80,
        error_messages={"required": _("Tulis nama pengguna Anda.")},
        widget=forms.TextInput(
            {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "autofocus": True}
        ),
    )
    password = forms.CharField(
        label=_("Kata sandi"),
        max_length=200,
        strip=False,
        error_messages={"required": _("Tulis kata sandi Anda.")},
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )


class PasswordForm(OfficeForm):
    old = forms.CharField(
        label=_("Kata sandi lama"),
        max_length=200,
        strip=False,
        error_messages={"required": _("Tulis kata sandi yang sekarang dipakai.")},
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=_("Kata sandi baru"),
        help_text=_("Paling sedikit 10 huruf dan angka. Kalimat pendek lebih mudah diingat dan lebih aman."),
        max_length=200,
        strip=False,
        error_messages={"required": _("Tulis kata sandi yang baru.")},
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Kata sandi baru, sekali lagi"),
        max_length=200,
        strip=False,
        error_messages={"required": _("Ketik kata sandi baru sekali lagi.")},
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("new") and typed.get("again") and typed["new"] != typed["again"]:
            self.add_error("again", _("Kedua ketikan tidak sama. Ketik ulang yang baru, dua kali."))
        return typed
