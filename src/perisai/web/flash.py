"""The line on the next page that says what has just happened, with an undo where the law allows one."""

import json
from dataclasses import asdict, dataclass

from django.contrib import messages
from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Flash:
    """``undo`` is the address a POST undoes it at; ``draft`` names the form draft that has now arrived."""

    sentence: str
    tone: str = "good"
    undo: str = ""
    draft: str = ""


def flash(request: HttpRequest, sentence: str, *, tone: str = "good", undo: str = "", draft: str = "") -> None:
    """Shown once, on the next page. ``tone``: good, soon, bad or info."""
    messages.info(request, json.dumps(asdict(Flash(sentence, tone, undo, draft))))


def take(request: HttpRequest) -> list[Flash]:
    """The waiting lines; they are then gone."""
    return [Flash(**json.loads(str(message))) for message in messages.get_messages(request)]
