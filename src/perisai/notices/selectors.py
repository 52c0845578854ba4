"""Reading the outbox. Who may see which offices is asked above: ``organisation``."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from perisai.notices.models import Notice


def newest_under(office_paths: Iterable[str], state: str = "") -> QuerySet[Notice]:
    """Messages of these offices and all below them, the last queued first; ``state`` empty is every state."""
    match = Q(pk__in=())
    for path in office_paths:
        match |= Q(office_path=path) | Q(office_path__startswith=f"{path}/")
    rows = Notice.objects.filter(match).select_related("user").order_by("-queued_at")
    return rows.filter(state=state) if state else rows
