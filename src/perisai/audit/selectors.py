"""Reading history. The caller has already passed the door of the subject."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from perisai.audit.actions import sentence
from perisai.audit.models import Entry


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """Who, what, when, why."""

    at: datetime
    who: str
    action: str
    what: str
    note: str


def history_of(subject_ids: Iterable[object], *, language: str = "id", most: int = 200) -> list[HistoryLine]:
    """What was done to any of the subjects, newest first; at most ``most`` lines."""
    entries = (
        Entry.objects.filter(subject_id__in=[str(each) for each in subject_ids])
        .select_related("actor_user")
        .order_by("-at", "-id")[:most]
    )
    return [
        HistoryLine(
            at=entry.at,
            who=entry.actor_user.name if entry.actor_user else entry.actor_job,
            action=entry.action,
            what=sentence(entry.action, language),
            note=entry.note,
        )
        for entry in entries
    ]
