"""Writing to the audit table."""

from typing import Protocol

from perisai.audit.actions import ACTIONS
from perisai.audit.models import Entry
from perisai.kernel.actor import Actor, ActorKind
from perisai.rows import insert


class Subject(Protocol):
    """Any row with a primary key."""

    @property
    def pk(self) -> object: ...


def record(actor: Actor, action: str, subject: Subject, *, note: str = "", **facts: str | int | None) -> None:
    """One entry in the running transaction. ``facts`` are codes, ids and counts: never personal data.

    Raises KeyError when ``action`` is not in the registry.
    """
    ACTIONS[action]
    insert(
        Entry(
            actor_kind=actor.kind,
            actor_user_id=actor.user_id,
            actor_job="" if actor.kind is ActorKind.USER else actor.name,
            action=action,
            subject_kind=type(subject).__name__.lower(),
            subject_id=str(subject.pk),
            note=note,
            facts=facts,
        )
    )
