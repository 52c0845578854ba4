"""The law of any day: every figure with its regulation, how sure it is and why, and what changed between two days."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from perisai import rulebook
from perisai.kernel import clock
from perisai.rulebook import telling
from perisai.rulebook.working_time import DayOff, days_off
from perisai.web.doors import OfficeRequest, door
from perisai.web.views.members import language

LAST_DAY: Final = date(2099, 12, 31)
_YEAR: Final = timedelta(days=365)


@require_GET
@door
def page(request: OfficeRequest) -> HttpResponse:
    """Everybody who works here may read the law; a day that cannot be read becomes today."""
    on = _day(request.GET.get("per", ""), clock.today())
    since = min(_day(request.GET.get("sejak", ""), on - _YEAR), on)
    search, only_doubt = request.GET.get("q", "")[:100].strip(), request.GET.get("ragu") == "1"
    found = [each for each in telling.articles(on, language(), search) if each.in_doubt or not only_doubt]
    facts = {
        "on": on,
        "since": since,
        "first_day": rulebook.BEGINS,
        "last_day": LAST_DAY,
        "q": search,
        "only_doubt": only_doubt,
        "total": len(found),
        "groups": list(_groups(found)),
        "changes": telling.told_changes(since, on, language()),
        "days_off": [_told(each) for each in days_off(on.year)],
        "book": rulebook.on(on).hash,
    }
    return render(request, "web/pages/law.html", facts)


def _day(asked: str, otherwise: date) -> date:
    try:
        day = date.fromisoformat(asked) if asked else otherwise
    except ValueError:
        day = otherwise
    return min(max(day, rulebook.BEGINS), LAST_DAY)


def _groups(found: list[telling.Article]) -> Iterator[dict[str, Any]]:
    for group in telling.GROUPS:
        articles = [article for article in found if article.group == group]
        if articles:
            yield {"key": group, "name": telling.group_name(group, language()), "articles": articles}


def _told(day: DayOff) -> dict[str, Any]:
    return {
        "on": day.on,
        "name": day.name.en if language() == "en" else day.name.id,
        "kind": _("cuti bersama") if day.joint_leave else _("libur nasional"),
        "estimated": day.estimated,
    }
