"""Tags and filters of the office: ``{% load ui %}``.

Figures   ``{{ x|idr }}`` ``{{ x|count }}`` ``{{ x|percent }}`` ``{{ d|day }}`` ``{{ t|moment }}`` ``{{ p|month }}``;
          None becomes a dash with a title, which ``{{ x|idr:"belum dihitung" }}`` changes into the reason.
Pieces    ``{% vite "office/main.ts" %}`` ``{% icon "check" %}`` ``{% mark %}`` ``{% key "s" %}``
          ``{% status reg.state since=reg.decided_at %}`` ``{% clock hours_left total %}`` ``{% target_bar … %}``
          ``{% tile_map tiles %}`` ``{% chart id title chart %}`` ``{% qr text caption %}`` ``{% field form.name %}``
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import segno
from django import template
from django.forms import BoundField
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from perisai.kernel import clock as kernel_clock
from perisai.kernel.actor import Actor
from perisai.kernel.period import Period
from perisai.kernel.written import NARROW
from perisai.web import assets, flash, formats, rail, words

register = template.Library()


def _language() -> str:
    return "en" if (get_language() or "id").startswith("en") else "id"


def _written(write: Callable[[Any, str], str], value: Any, reason: str) -> str | SafeString:
    if value is None or value == "":
        return format_html(
            '<abbr class="missing" title="{}">{}</abbr>', reason or gettext("belum ada"), formats.MISSING
        )
    return write(value, _language())


@register.filter
def idr(amount: int | None, reason: str = "") -> str | SafeString:
    return _written(formats.idr, amount, reason)


@register.filter
def count(figure: int | Decimal | None, reason: str = "") -> str | SafeString:
    return _written(formats.count, figure, reason)


@register.filter
def percent(figure: Decimal | int | None, reason: str = "") -> str | SafeString:
    """The figure is in per cent already: Decimal("85.04") is ``85,04 %``."""
    return _written(formats.percent, figure, reason)


@register.filter
def day(value: date | datetime | None, reason: str = "") -> str | SafeString:
    return _written(formats.day, value, reason)


@register.filter
def moment(value: datetime | None, reason: str = "") -> str | SafeString:
    return _written(formats.moment, value, reason)


@register.filter
def month(value: Period | date | None, reason: str = "") -> str | SafeString:
    return _written(formats.month, value, reason)


@register.filter
def or_missing(value: Any, reason: str = "") -> str | SafeString:
    """Any text, or the dash with its reason."""
    return _written(lambda text, _: str(text), value, reason)


@register.filter
def in_groups(number: str) -> str:
    """``1306 0800 017``: four signs at a time, so that a long number can be read aloud."""
    return NARROW.join(number[place : place + 4] for place in range(0, len(number), 4))


@register.filter
def channel(name: str) -> str | Promise:
    """How a bank or counter is written: ``BNI``, ``Bank Nagari``."""
    return words.CHANNELS.get(name) or (name.upper() if len(name) <= 3 else name.title())


@register.simple_tag
def vite(entry: str) -> SafeString:
    """The style sheets and the module script of a Vite entry, by their hashed names."""
    chunk = assets.manifest()[entry]
    sheets = format_html_join(
        "\n", '<link rel="stylesheet" href="{}">', ((static(f"built/{name}"),) for name in chunk.get("css", ()))
    )
    return format_html('{}\n<script type="module" src="{}"></script>', sheets, static(f"built/{chunk['file']}"))


@register.simple_tag
def icon(name: str, label: str = "", small: bool = False) -> SafeString:
    """An inline SVG of Tabler Icons. Without ``label`` it is decoration: the word beside it speaks."""
    try:
        inside = assets.icons()[name]
    except KeyError:
        raise template.TemplateSyntaxError(f"no icon {name!r}: add it to frontend/office/icons.txt and build") from None
    named = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon{}" viewBox="0 0 24 24" {}>{}</svg>',
        " icon-small" if small else "",
        named,
        mark_safe(inside),  # noqa: S308 (our own build, not input)
    )


@register.inclusion_tag("web/components/mark.html")
def mark() -> dict[str, Any]:
    """The shield: decoration beside the name."""
    return {}


@register.simple_tag
def key(letter: str) -> SafeString:
    """A key to press, shown to the eye; screen readers have ``aria-keyshortcuts`` on the control."""
    return format_html('<kbd aria-hidden="true">{}</kbd>', letter)


@register.inclusion_tag("web/components/status.html")
def status(
    state: str, since: datetime | date | None = None, word: str = "", tone: str = "", icon: str = ""
) -> dict[str, Any]:
    """A chip for a state: icon, word, since when. Known states need only their name (``web.words.STATES``)."""
    known = words.state(str(state))
    return {"word": word or known.word, "tone": tone or known.tone, "icon": icon or known.icon, "since": since}


@register.inclusion_tag("web/components/clock.html")
def clock(hours_left: int | Decimal | None, total: int = 12, unit: str = "hour") -> dict[str, Any]:
    """Working time left of ``total``, ``unit`` "hour" or "day": amber in the last quarter, red when past; None = stopped."""
    late = hours_left is not None and hours_left < 0
    tone = "late" if late else "soon" if hours_left is not None and hours_left * 4 <= total else "ok"
    return {"left": hours_left, "by": abs(hours_left or 0), "late": late, "tone": tone, "unit": unit}


@register.inclusion_tag("web/components/target_bar.html")
def target_bar(
    name: str,
    *,
    done: int | None,
    target: int | None,
    percent: Decimal | None = None,
    today: Decimal | float | None = None,
    words: str = "",
    href: str = "",
) -> dict[str, Any]:
    """``done`` of ``target`` as a bar; ``today`` (0–100) is how far the year has gone, drawn as a mark."""
    share = Decimal(done) * 100 / Decimal(target) if done is not None and target else None
    shown = percent if percent is not None else share
    return {
        "name": name, "done": done, "target": target, "percent": shown, "words": words, "href": href,
        "width": None if shown is None else f"{min(max(shown, Decimal(0)), Decimal(100)):.2f}",
        "today": None if today is None else f"{min(max(float(today), 0.0), 100.0):.2f}",
        "late": shown is not None and today is not None and shown < Decimal(str(today)),
    }  # fmt: skip


@register.inclusion_tag("web/components/tile_map.html")
def tile_map(
    tiles: Sequence[Mapping[str, Any]], caption: str = "", steps: Sequence[int] = (25, 50, 75, 100)
) -> dict[str, Any]:
    """One tile a regency, coloured by share. A tile: ``{"name", "percent" (Decimal or None), "note"?, "href"?}``."""
    shaded = [{**tile, "shade": _shade(tile.get("percent"), steps)} for tile in tiles]
    edges = [None, *steps]
    key = [{"shade": str(number), "low": edges[number], "high": edges[number + 1] if number < len(steps) else None}
           for number in range(len(steps) + 1)]  # fmt: skip
    return {"tiles": shaded, "caption": caption, "key": key}


def _shade(share: Decimal | int | None, steps: Sequence[int]) -> str:
    return "none" if share is None else str(sum(share >= step for step in steps))


@register.inclusion_tag("web/components/chart.html")
def chart(id: str, title: str, data: Mapping[str, Any], closed: bool = True) -> dict[str, Any]:
    """A drawn chart and its table. ``data``: ``{"kind": "bar"|"line", "labels": […], "unit": "count"|"idr"|"percent",
    "series": [{"name", "values": [… or None], "tone"?}], "lying"?: bool, "mark"?: {"value", "label"}}``."""
    write = {"idr": idr, "percent": percent}.get(data.get("unit", ""), count)
    rows = [
        {"label": label, "cells": [write(series["values"][place]) for series in data["series"]]}
        for place, label in enumerate(data["labels"])
    ]
    plain = json.loads(json.dumps(data, default=_plain))
    return {"id": id, "title": title, "data": plain, "rows": rows, "series": data["series"], "closed": closed}


def _plain(value: object) -> object:
    """Charts are drawn, not counted: here a Decimal may become a float, a month its ISO name."""
    return float(value) if isinstance(value, Decimal) else str(value)


@register.inclusion_tag("web/components/qr.html")
def qr(text: str, caption: str = "", label: str = "") -> dict[str, Any]:
    """A QR figure as inline SVG; ``label`` says to a listener what the code is for."""
    code = segno.make(text, error="m", micro=False)
    size = code.symbol_size(border=2)[0]
    drawn = code.svg_inline(border=2, omitsize=True, dark="#14213d", svgclass=None, lineclass=None)
    return {"svg": mark_safe(drawn), "size": size, "caption": caption, "label": label or gettext("Kode QR")}  # noqa: S308


@register.inclusion_tag("web/components/field.html")
def field(bound: BoundField, hint: str = "", skip_draft: bool = False) -> dict[str, Any]:
    """Label above, hint and error below, the typed value kept. The control is tied to both by ``aria-describedby``."""
    attrs: dict[str, Any] = {}
    hint = hint or str(bound.help_text)
    described = [f"{bound.auto_id}-hint"] if hint else []
    if bound.errors:
        described.append(f"{bound.auto_id}-error")
        attrs["aria-invalid"] = "true"
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if skip_draft:
        attrs["data-draft-skip"] = ""
    if bound.field.required:
        attrs["required"] = True
    kind = bound.widget_type
    return {
        "field": bound,
        "control": bound.as_widget(attrs=attrs),
        "hint": hint,
        "grouped": kind in ("radioselect", "checkboxselectmultiple"),
        "ticked": kind == "checkbox",
    }


@register.simple_tag(takes_context=True)
def with_query(context: Mapping[str, Any], **changes: Any) -> str:
    """This page's address with some query parameters changed; None or "" takes one away. ``?`` first."""
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            query.pop(name, None)
        else:
            query[name] = str(value)
    return "?" + urlencode(sorted((name, value) for name, values in query.lists() for value in values))


@register.inclusion_tag("web/components/rail.html", takes_context=True)
def rail_for(context: Mapping[str, Any]) -> dict[str, Any]:
    """The left rail as this person sees it."""
    request = context["request"]
    return {"stops": rail.stops(request.actor, request.path)}


@register.inclusion_tag("web/components/flashes.html", takes_context=True)
def flashes(context: Mapping[str, Any]) -> dict[str, Any]:
    """The lines that wait to be shown once."""
    request = context["request"]
    return {"flashes": flash.take(request), "csrf_token": context.get("csrf_token")}


@register.simple_tag
def role_words(actor: Actor) -> str:
    """The person's roles of today in words."""
    return ", ".join(sorted(str(words.ROLES[role]) for role in actor.roles_on(kernel_clock.today())))


@register.simple_tag
def address_of(name: str) -> str:
    """The address of a page of the office, or nothing where that page does not exist (yet, or here)."""
    try:
        return reverse(f"web:{name}")
    except NoReverseMatch:
        return ""
