"""Every component once, with the cast's data: the page that the component tests read."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template import engines

from perisai.kernel.period import Period
from perisai.web.forms import OfficeForm


class ReferralForm(OfficeForm):
    name = forms.CharField(label="Nama seperti di KTP")
    nik = forms.CharField(label="NIK", widget=forms.TextInput({"inputmode": "numeric"}))
    job = forms.ChoiceField(label="Pekerjaan", choices=[("farmer", "Petani"), ("trader", "Pedagang")], required=False)
    sex = forms.ChoiceField(
        label="Jenis kelamin", choices=[("f", "Perempuan"), ("m", "Laki-laki")], widget=forms.RadioSelect
    )
    agree = forms.BooleanField(label="Pekerja setuju datanya dipakai untuk pendaftaran")


def facts() -> dict[str, Any]:
    form = ReferralForm({"name": "Yusniar", "nik": "13060812", "job": "farmer", "agree": "on"})
    form.add_error("nik", "NIK harus 16 angka; yang tertulis 8 angka. Salin lagi dari KTP.")
    states = ["submitted", "in_review", "returned", "approved", "completed", "rejected"]
    return {
        "as_of": date(2017, 9, 30),
        "late": -1,
        "events": [
            {
                "what": "Disetujui",
                "who": "Siti Rahma",
                "where": "Cabang Bukittinggi",
                "at": datetime(2017, 10, 3, 3, 5, tzinfo=UTC),
            },
            {
                "what": "Dikembalikan",
                "why": "foto KTP tidak terbaca",
                "who": "Siti Rahma",
                "at": datetime(2017, 10, 2, 1, 0, tzinfo=UTC),
            },
            {
                "what": "Dirujuk",
                "who": "Rina Marlina",
                "where": "Koto Tinggi",
                "at": datetime(2017, 10, 1, 8, 30, tzinfo=UTC),
            },
        ],
        "tiles": [
            {"name": name, "percent": Decimal(share) if share else None, "href": f"#{name}"}
            for name, share in [
                ("Agam", "82.5"),
                ("Padang", "104.2"),
                ("Pasaman", "61"),
                ("Solok", "33.4"),
                ("Mentawai", "12"),
                ("Dumai", ""),
                ("Kampar", "77.7"),
            ]
        ],
        "data": {
            "kind": "bar",
            "labels": ["Jul", "Agu", "Sep"],
            "unit": "count",
            "series": [
                {"name": "BPU", "values": [5210, 7400, None]},
                {"name": "PU", "values": [4310, 3400, 8100], "tone": "blue"},
            ],
            "mark": {"value": 6000, "label": "perlu"},
        },
        "chips": [{"label": "Cabang: Bukittinggi", "href": "?"}, {"label": "Lewat waktu", "href": "?"}],
        "rows": [
            {
                "id": number,
                "name": f"Yusniar {number}",
                "state": state,
                "left": 9 - 3 * number,
                "since": date(2017, 9, 28),
                "amount": None if number == 3 else 16800,
            }
            for number, state in enumerate(states)
        ],
        "page": Paginator(range(120), 25).page(2),
        "form": form,
        "choices": [
            {
                "value": "approve",
                "label": "Setujui",
                "key": "s",
                "icon": "check",
                "tone": "primary",
                "consequence": "Kode bayar Rp 16.800 dikirim ke 08xx-1234.",
            },
            {
                "value": "return",
                "label": "Kembalikan",
                "key": "b",
                "icon": "arrow-back-up",
                "tone": "",
                "consequence": "Rina dapat memperbaikinya di HP.",
            },
            {
                "value": "reject",
                "label": "Tolak",
                "key": "t",
                "icon": "x",
                "tone": "danger",
                "consequence": "Pendaftaran ditutup; alasan dikirim ke agen dan pekerja.",
            },
        ],
        "born": date(1980, 1, 5),
        "paid": Period(2017, 10),
        "nothing": None,
    }


def render(request: HttpRequest, **more: Any) -> str:
    get_token(request)
    source = Path(__file__).with_name("gallery.html").read_text(encoding="utf-8")
    return str(engines["django"].from_string(source).render({**facts(), **more}, request))
