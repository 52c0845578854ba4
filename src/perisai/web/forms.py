"""Small forms of the frame, and how a refusal finds its field."""

from typing import Any

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
