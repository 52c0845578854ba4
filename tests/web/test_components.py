"""What the pieces of the office say: to the eye, to a listener, in both languages, and with nothing to say."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.template import TemplateSyntaxError, engines
from django.test import RequestFactory
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from tests.web import gallery

import perisai.web
from perisai.kernel.actor import Actor, ActorKind, Grant, Role
from perisai.kernel.errors import NotFound, Refused
from perisai.kernel.period import Period
from perisai.web import assets, doors, formats, rail, words
from perisai.web.flash import flash

SITI = Actor(ActorKind.USER, UUID(int=7), "Siti Rahma", (Grant(Role.BRANCH_OFFICER, office_path="KP/03/BKT"),))


def render(source: str, **facts: Any) -> str:
    return str(engines["django"].from_string("{% load ui %}" + source).render(facts, request_of(SITI)))


def request_of(actor: Actor | None, path: str = "/peserta") -> HttpRequest:
    request = RequestFactory().get(path)
    if actor:
        request.actor = actor  # type: ignore[attr-defined]
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    return request


@pytest.mark.parametrize(
    ("written", "indonesian", "english"),
    [
        ("{{ 1234567|count }}", "1.234.567", "1,234,567"),
        ("{{ 16800|idr }}", "Rp 16.800", "Rp 16,800"),
        ("{{ share|percent }}", "85,04 %", "85.04%"),
        ("{{ on|day }}", "30 Okt 2017", "30 Oct 2017"),
        ("{{ on|month }}", "Okt 2017", "Oct 2017"),
        ("{{ month|month }}", "Mei 2026", "May 2026"),
        ("{{ at|moment }}", "31 Okt 2017, 01.30", "31 Oct 2017, 01:30"),
        ("{{ at|day }}", "31 Okt 2017", "31 Oct 2017"),
        ("{{ 0|count }}", "0", "0"),
    ],
)
def test_figures_are_written_in_the_readers_language(written: str, indonesian: str, english: str) -> None:
    facts = {
        "share": Decimal("85.04"),
        "on": date(2017, 10, 30),
        "month": Period(2026, 5),
        "at": datetime(2017, 10, 30, 18, 30, tzinfo=UTC),
    }
    with translation.override("id"):
        assert render(written, **facts).replace("\u00a0", " ") == indonesian
    with translation.override("en"):
        assert render(written, **facts).replace("\u00a0", " ") == english


@pytest.mark.parametrize("kind", ["idr", "count", "percent", "day", "month", "moment", "or_missing"])
def test_a_missing_value_is_a_dash_with_its_reason_and_never_zero(kind: str) -> None:
    shown = render(f"{{{{ nothing|{kind}:reason }}}}", nothing=None, reason='belum "dihitung"')
    assert ">—<" in shown
    assert 'title="belum &quot;dihitung&quot;"' in shown
    assert "0" not in shown


@given(st.integers(-(10**15), 10**15))
def test_a_grouped_figure_reads_back_as_itself(figure: int) -> None:
    assert int(formats.count(figure, "id").replace(".", "")) == figure
    assert int(formats.idr(figure, "id").replace("Rp", "").replace("\u00a0", "").replace(".", "")) == figure


@pytest.mark.parametrize(
    ("left", "total", "tone", "said"),
    [
        (9, 12, "ok", "9 jam kerja lagi"),
        (4, 12, "ok", "4 jam kerja lagi"),
        (3, 12, "soon", "3 jam kerja lagi"),
        (0, 12, "soon", "0 jam kerja lagi"),
        (-5, 12, "late", "lewat 5 jam kerja"),
    ],
)
def test_the_clock_warns_in_the_last_quarter_and_says_so_in_words(left: int, total: int, tone: str, said: str) -> None:
    shown = render("{% clock left total %}", left=left, total=total)
    assert f"clock-{tone}" in shown
    assert said in shown


def test_a_stopped_clock_says_that_it_stopped() -> None:
    assert "jam berhenti" in render("{% clock None 12 %}")


def test_every_state_has_its_word_and_icon_and_an_unknown_one_is_still_readable() -> None:
    for name, word in words.STATES.items():
        assert str(word.word) in render("{% status name %}", name=name)
        assert word.icon in assets.icons()
    assert "Under water" in render("{% status name %}", name="under_water")
    assert set(words.ROLES) == set(Role)


def test_names_never_become_markup() -> None:
    trap = "<script>alert('x')</script>\"'"
    shown = render(
        "{% status 'x' word=trap %}{{ trap|or_missing }}{% target_bar trap done=1 target=2 %}"
        "{% tile_map tiles %}{% chart 'c' trap data %}{% qr trap caption=trap label=trap %}",
        trap=trap,
        tiles=[{"name": trap, "percent": 5, "note": trap}],
        data={"kind": "bar", "labels": [trap], "series": [{"name": trap, "values": [1]}]},
    )
    assert "<script>alert" not in shown


def test_the_target_bar_marks_today_and_tells_a_listener() -> None:
    with translation.override("id"):
        shown = render("{% target_bar 'BPU' done=64809 target=82000 today=88 %}")
    assert "79,04\u00a0%" in shown
    assert 'class="target-late"' in shown
    assert 'width="79.04%"' in shown
    assert 'x1="88.00%"' in shown
    assert "aria-label" in shown


def test_a_bar_without_a_target_draws_nothing_and_claims_nothing() -> None:
    shown = render("{% target_bar 'BPU' done=5 target=None %}")
    assert "<svg" not in shown
    assert "—" in shown


def test_a_bar_beyond_its_target_stays_in_its_frame_but_tells_the_truth() -> None:
    with translation.override("id"):
        shown = render("{% target_bar 'BPU' done=150 target=100 %}")
    assert 'width="100.00%"' in shown
    assert "150,00\u00a0%" in shown


def test_the_chart_stands_on_its_table_and_keeps_what_is_missing_missing() -> None:
    data = {
        "kind": "bar",
        "labels": ["Jul", "Agu"],
        "unit": "idr",
        "series": [{"name": "BPU", "values": [Decimal(16800), None]}],
    }
    with translation.override("id"):
        shown = render("{% chart 'bpu' 'Iuran' data %}", data=data)
    assert 'data-chart="bpu"' in shown
    assert '"values": [16800.0, null]' in shown
    assert "Rp\u00a016.800" in shown
    assert ">—<" in shown


def test_a_wrong_field_is_tied_to_its_hint_and_its_sentence() -> None:
    shown = render("{% field form.nik hint='16 angka' %}", form=gallery.facts()["form"])
    assert 'aria-invalid="true"' in shown
    assert 'aria-describedby="id_nik-hint id_nik-error"' in shown
    assert 'value="13060812"' in shown
    assert shown.index("<label") < shown.index("<input") < shown.index("id_nik-hint") < shown.index("id_nik-error")


def test_a_flash_with_an_undo_is_shown_once() -> None:
    request = request_of(SITI)
    flash(request, "Disetujui <b>", undo="/urungkan/1", draft="referral")
    shown = str(engines["django"].from_string("{% load ui %}{% flashes %}").render({}, request))
    assert 'action="/urungkan/1"' in shown
    assert 'data-draft-done="referral"' in shown
    assert "Disetujui &lt;b&gt;" in shown
    assert request._messages.used, "and is then gone"  # type: ignore[attr-defined]


def test_the_rail_shows_what_the_role_may_see_and_what_exists(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rail, "_address", lambda name: None if name == "reports" else f"/{name}")

    def seen(role: Role, **reach: Any) -> list[str]:
        actor = Actor(ActorKind.USER, UUID(int=1), "x", (Grant(role, **reach),))
        return [stop.href[1:] for stop in rail.stops(actor, "/members/42")]

    assert seen(Role.WALI_NAGARI, region_code="13.06.08.2001") == ["today", "villages", "law"]
    assert seen(Role.SYSTEM_ADMINISTRATOR) == ["today", "law", "settings"]
    assert "reports" not in seen(Role.REGIONAL_HEAD, office_path="KP/03")
    here = [stop.href for stop in rail.stops(SITI, "/members/42") if stop.here]
    assert here == ["/members"]


def test_an_unknown_icon_says_where_to_add_it() -> None:
    with pytest.raises(TemplateSyntaxError, match=r"icons\.txt"):
        render("{% icon 'unicorn' %}")


def test_every_icon_that_a_page_names_is_in_the_build() -> None:
    named = re.compile(r"""{% icon "([a-z0-9-]+)"|icon_name="([a-z0-9-]+)\"""")
    templates = Path(perisai.web.__file__).parent.rglob("*.html")
    used = {one or other for page in templates for one, other in named.findall(page.read_text(encoding="utf-8"))}
    assert used <= set(assets.icons())


def test_query_links_change_one_thing_and_keep_the_rest() -> None:
    request = RequestFactory().get("/?q=koto&page=3&state=a&state=b")
    source = engines["django"].from_string("{% load ui %}{% with_query page=4 %}|{% with_query q=None %}")
    assert source.render({}, request) == "?page=4&amp;q=koto&amp;state=a&amp;state=b|?page=3&amp;state=a&amp;state=b"


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_whole_gallery_renders_and_needs_no_inline_script_or_style(language: str) -> None:
    with translation.override(language):
        page = gallery.render(request_of(SITI))
    assert f'<html lang="{language}">' in page
    assert " style=" not in page
    assert not re.search(r" on[a-z]+=", page)
    assert not re.search(r"<script(?![^>]*(src=|application/json))", page)
    assert "{{" not in page and "{%" not in page and "{#" not in page
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids)), "an id names one thing"


class _Htmx:
    def __init__(self, on: bool) -> None:
        self.on = on

    def __bool__(self) -> bool:
        return self.on


@pytest.mark.parametrize("htmx", [False, True])
def test_a_refusal_is_an_answer_with_its_sentence(htmx: bool) -> None:
    from perisai.kernel.errors import Code

    def view() -> Any:
        raise Refused(Code.NIK_ZEROS)

    request: Any = request_of(SITI)
    request.htmx = _Htmx(htmx)
    with translation.override("id"):
        answer = doors.answer(request, view)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "NIK tidak boleh nol semua" in text
    assert ("<html" in text) is not htmx


def test_unknown_and_forbidden_look_alike() -> None:
    from django.core.exceptions import PermissionDenied
    from django.http import Http404

    for reason in (NotFound("member"), PermissionDenied()):

        def view(reason: Exception = reason) -> Any:
            raise reason

        with pytest.raises(Http404):
            doors.answer(request_of(SITI), view)  # type: ignore[arg-type]
