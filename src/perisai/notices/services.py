"""Queue a notice with the change it speaks of; deliver what waits."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from django.db import transaction

from perisai.kernel import clock
from perisai.notices.kinds import text
from perisai.notices.models import Notice
from perisai.rows import insert

MOST_ATTEMPTS = 5

Transport = Callable[[str, str], None]
"""Takes a phone number (or user name) and the words; raises OSError when the message could not be handed over."""


def enqueue(
    kind: str,
    *,
    about: object,
    office_path: str,
    phone: str | None = None,
    user_id: UUID | None = None,
    **facts: str | int,
) -> None:
    """Queue a message in the running transaction; without a receiver there is nothing to say and nothing is queued.

    Raises KeyError for an unknown kind or a missing fact: found when queued, not when sent.
    """
    text(kind, dict(facts))
    if phone is None and user_id is None:
        return
    insert(Notice(kind=kind, about=str(about), office_path=office_path, phone=phone, user_id=user_id, facts=facts))


@dataclass(frozen=True, slots=True)
class Reminder:
    """A message that is sent once only: ``once`` names it, at most 64 characters."""

    once: str
    about: object
    office_path: str
    phone: str
    facts: dict[str, str | int]


def enqueue_once(kind: str, reminders: Iterable[Reminder], *, batch: int = 5_000) -> int:
    """Queue those that were never queued before, batch by batch in the running transaction; returns how many.

    Raises KeyError as ``enqueue``.
    """
    queued = 0
    for waiting in _batches(reminders, batch):
        said = set(Notice.objects.filter(once__in=[each.once for each in waiting]).values_list("once", flat=True))
        fresh = [each for each in waiting if each.once not in said]
        for each in fresh:
            text(kind, dict(each.facts))
        Notice.objects.bulk_create(
            (
                Notice(
                    kind=kind, about=str(each.about), office_path=each.office_path, phone=each.phone,
                    facts=each.facts, once=each.once,
                )
                for each in fresh
            ),
            ignore_conflicts=True,
        )  # fmt: skip
        queued += len(fresh)
    return queued


def _batches(reminders: Iterable[Reminder], size: int) -> Iterator[list[Reminder]]:
    rest = iter(reminders)
    while batch := list(islice(rest, size)):
        yield batch


@transaction.atomic
def deliver(transport: Transport, *, most: int = 100) -> int:
    """Send the oldest waiting notices; two workers never send the same one. Returns how many went out."""
    waiting = (
        Notice.objects.filter(state=Notice.State.QUEUED)
        .select_related("user")
        .select_for_update(skip_locked=True, of=("self",))
        .order_by("queued_at")[:most]
    )
    sent = 0
    for notice in waiting:
        receiver = notice.phone or (notice.user.username if notice.user else "")
        notice.attempts += 1
        try:
            transport(receiver, text(notice.kind, notice.facts, notice.language))
        except OSError:
            if notice.attempts >= MOST_ATTEMPTS:
                notice.state = Notice.State.FAILED
        else:
            notice.state, notice.sent_at = Notice.State.SENT, clock.now()
            sent += 1
        notice.save(update_fields=["state", "attempts", "sent_at"])
    return sent
