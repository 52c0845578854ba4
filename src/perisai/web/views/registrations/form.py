"""What a Perisai fills in about a worker. Every rule that says no is told at once, beside its field."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from perisai import rulebook
from perisai.kernel import clock
from perisai.kernel.errors import Refused
from perisai.membership import rules
from perisai.membership.rules import Applicant
from perisai.regions import selectors as regions
from perisai.regions.rules import Level, is_code
from perisai.web import words
from perisai.web.forms import OfficeForm

if TYPE_CHECKING:
    from perisai.membership.models import Registration

_DATES: Final = ("%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%d %m %Y", "%Y-%m-%d")
_CODE_AT_END: Final = re.compile(r"(?:^|\()\s*(\d{2}\.\d{2}\.\d{2}\.\d{4})\s*\)?$")
_AMOUNT: Final = re.compile(r"-?(?:\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+|\d{1,40})(?:,0{1,2})?")
_NUMBER_PAD: Final = {"inputmode": "numeric", "autocomplete": "off"}
_PACKAGE_WORDS: Final = {
    ("jkk", "jkm"): _("JKK dan JKM: kecelakaan kerja dan kematian"),
    ("jkk", "jkm", "jht"): _("JKK, JKM, dan JHT: juga tabungan hari tua"),
}


def _text(label: Any, missing: Any, **attrs: Any) -> forms.CharField:
    return forms.CharField(
        label=label, error_messages={"required": missing}, widget=forms.TextInput({"autocomplete": "off", **attrs})
    )


def _asks(trigger: str, target: str, **more: Any) -> dict[str, Any]:
    """What a field asks the server while somebody types; without script nothing is asked and nothing is missing."""
    attrs = {"trigger": trigger, "target": target, "swap": "innerHTML", "sync": "this:replace", **more}
    return {f"hx-{name}": value for name, value in attrs.items()}


def _day(label: Any, missing: Any, **more: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        input_formats=_DATES,
        widget=forms.DateInput(_NUMBER_PAD, format=_DATES[0]),
        error_messages={"required": missing, "invalid": _("Tulis hari-bulan-tahun, misalnya 31-12-1990.")},
        **more,
    )


def _choice(label: Any, options: Iterable[tuple[str, Any]], missing: Any, widget: Any = forms.RadioSelect) -> Any:
    wrong = {"required": missing, "invalid_choice": _("Pilihan ini tidak ada. Pilih satu dari daftar.")}
    return forms.ChoiceField(label=label, choices=tuple(options), error_messages=wrong, widget=widget)


def income_typed(text: str) -> int | None:
    """``1.000.000``, ``1000000``, ``Rp 1.000.000,00``: whole rupiah. None for anything else."""
    plain = re.sub(r"^rp\.?|\s", "", text.strip().lower()).strip()
    if not _AMOUNT.fullmatch(plain):
        return None
    return int(re.sub(r",0{1,2}$", "", plain).replace(".", "").replace(",", ""))


def village_written(code: str) -> str:
    """``Koto Tinggi, Baso, Agam, Sumatera Barat (13.06.08.2001)``: what stands in the field, and is read back from it."""
    region = regions.find_region(code)
    return f"{region.path_names} ({region.code})" if region else code


class ReferralForm(OfficeForm):
    """``applicant`` is there once the form is valid. ``kept`` is the registration that is being mended: its NIK and KK
    are not shown again, and left empty they stay as they are."""

    registration_id = forms.UUIDField(label=_("Nomor formulir"), widget=forms.HiddenInput({"autocomplete": "off"}))
    nik = _text(
        "NIK",
        _("Salin NIK dari KTP: 16 angka."),
        inputmode="numeric",
        **_asks("load, input changed delay:300ms", "#nik-read", post=reverse_lazy("web:nik_hint"), params="nik"),
    )
    kk = forms.CharField(label=_("Nomor KK"), required=False, widget=forms.TextInput(_NUMBER_PAD))
    name = _text(_("Nama seperti di KTP"), _("Tulis nama seperti di KTP."), spellcheck="false")
    born_on = _day(_("Tanggal lahir"), _("Tulis tanggal lahir seperti di KTP."))
    sex = _choice(_("Jenis kelamin"), words.SEXES.items(), _("Pilih perempuan atau laki-laki."))
    mother_name = _text(_("Nama ibu kandung"), _("Tulis nama ibu kandung seperti di KK."), spellcheck="false")
    village_code = _text(
        _("Nagari, desa, atau kelurahan"),
        _("Cari nama tempat tinggalnya, lalu pilih."),
        **_asks("input changed delay:250ms", "#village-hits", get=reverse_lazy("web:villages_like")),
    )
    address = _text(_("Alamat"), _("Tulis jorong, dusun, jalan, atau RT/RW."))
    phone = _text(_("Nomor HP"), _("Tulis nomor HP yang dapat menerima SMS."), inputmode="tel")
    occupation = _choice(
        _("Pekerjaan"), (("", _("Pilih pekerjaan")), *words.OCCUPATIONS.items()), _("Pilih pekerjaannya."), forms.Select
    )
    income_idr = _text(_("Penghasilan sebulan"), _("Tulis penghasilan sebulan dalam rupiah."), inputmode="numeric")
    programmes = _choice(
        _("Perlindungan"),
        ((",".join(each), _PACKAGE_WORDS[each]) for each in rules.PACKAGES),
        _("Pilih perlindungannya."),
    )
    months = _choice(
        _("Dibayar untuk"), ((str(n), str(n)) for n in rules.MONTHS_AT_ONCE), _("Pilih berapa bulan dibayar.")
    )
    consent = forms.BooleanField(
        label=_("Pekerja setuju datanya dikirim ke kantor cabang untuk pendaftaran ini"),
        error_messages={
            "required": _("Tanpa persetujuan pekerja, data tidak boleh dikirim. Minta persetujuannya dulu.")
        },
    )
    attested_work = forms.CharField(
        label=_("Pernyataan Anda bahwa ia bekerja"),
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Tulis bagaimana Anda tahu bahwa ia bekerja.")},
    )
    occurred_on = _day(_("Tanggal bertemu pekerja"), _("Tulis tanggal Anda bertemu dan mengisi data ini."))

    def __init__(
        self, *args: Any, today: date | None = None, kept: "Registration | None" = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.kept = today or clock.today(), kept
        self.village_hits: list[regions.RegionHit] = []
        months: Any = self.fields["months"]
        months.choices = [(str(n), ngettext("%(n)s bulan", "%(n)s bulan", n) % {"n": n}) for n in rules.MONTHS_AT_ONCE]
        if kept is not None:
            self.fields["nik"].required = False
            del self.fields["occurred_on"]

    def clean_income_idr(self) -> int:
        amount = income_typed(self.cleaned_data["income_idr"])
        if amount is None:
            raise forms.ValidationError(_("Tulis rupiah bulat dengan angka saja, misalnya 1.000.000."))
        return amount

    def clean_village_code(self) -> str:
        text = self.cleaned_data["village_code"]
        found = _CODE_AT_END.search(text)
        if found or is_code(Level.VILLAGE, text):
            return found[1] if found else text
        self.village_hits = regions.search(text, limit=6)
        if self.village_hits:
            raise forms.ValidationError(_("Pilih satu dari daftar di bawah ini."))
        raise forms.ValidationError(
            _("Tidak ada nagari, desa, atau kelurahan dengan nama itu. Coba nama lain atau kodenya.")
        )

    def clean(self) -> dict[str, Any]:
        """Refusals of the rules join what the fields found themselves; where a field is unreadable it is not judged."""
        typed = super().clean() or {}
        self.applicant = self._applicant(typed)
        on = max(self.kept.occurred_on if self.kept else typed.get("occurred_on") or self.today, rulebook.BEGINS)
        for refusal in _refusals(self.applicant, on):
            if refusal.field not in self.errors:
                self.add_refusal(refusal)
        return typed

    def _applicant(self, typed: dict[str, Any]) -> Applicant:
        kept = self.kept
        return Applicant(
            nik=typed.get("nik") or (str(kept.nik) if kept else ""),
            kk=typed.get("kk") or (str(kept.kk or "") if kept else ""),
            name=typed.get("name", ""),
            born_on=typed.get("born_on") or self.today,
            sex=typed.get("sex", ""),
            village_code=typed.get("village_code", ""),
            address=typed.get("address", ""),
            phone=typed.get("phone", ""),
            mother_name=typed.get("mother_name", ""),
            occupation=typed.get("occupation", ""),
            income_idr=typed.get("income_idr", 0),
            programmes=tuple(typed.get("programmes", "").split(",")),
            months=int(typed.get("months", 0)),
            consent=typed.get("consent", False),
            attested_work=typed.get("attested_work", ""),
        )


def _refusals(applicant: Applicant, on: date) -> Iterator[Refused]:
    try:
        rules.checked(applicant, on)
    except Refused as first:
        yield first
        yield from first.also
    try:
        regions.get_village_for_referral(applicant.village_code, on)
    except Refused as refusal:
        yield refusal


def prefilled(registration: "Registration") -> dict[str, Any]:
    """What the office returned, for its Perisai to mend; NIK and KK stay where they are."""
    facts = {
        name: getattr(registration, name)
        for name in (
            "name",
            "born_on",
            "sex",
            "mother_name",
            "address",
            "phone",
            "occupation",
            "months",
            "attested_work",
        )
    }
    return facts | {
        "registration_id": registration.id,
        "village_code": village_written(registration.village.code),
        "income_idr": f"{registration.income_idr:,}".replace(",", "."),
        "programmes": ",".join(registration.programmes),
        "consent": True,
    }
