"""Reading events: every read starts from what the actor may see."""

from uuid import UUID

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from perisai.agents import selectors as agents
from perisai.kernel.actor import Actor
from perisai.kernel.errors import NotFound
from perisai.organisation.policy import Permission
from perisai.organisation.selectors import scope_of, under_offices
from perisai.outreach.models import Attendance, Event


def visible_to(actor: Actor) -> QuerySet[Event]:
    """Newest first, each with ``attended``."""
    reach = scope_of(actor, Permission.VIEW_EVENTS)
    match = under_offices(reach)
    if reach.own:
        match |= Q(agent_id__in=agents.own_agent_ids(actor, reach.own))
    people = Attendance.objects.filter(event=OuterRef("pk")).order_by().values("event").annotate(n=Count("pk"))
    attended = Coalesce(Subquery(people.values("n"), output_field=IntegerField()), 0)
    rows = Event.objects.filter(match).select_related("agent", "branch", "village")
    return rows.annotate(attended=attended).order_by("-held_on", "-id")


def event_for(actor: Actor, event_id: UUID) -> Event:
    """Raises NotFound when there is none or the actor may not see it."""
    event = visible_to(actor).filter(pk=event_id).first()
    if event is None:
        raise NotFound("event")
    return event


def attendance_of(event_id: UUID) -> list[Attendance]:
    """Who came, in the order written. The caller has passed the event's door."""
    return list(Attendance.objects.filter(event_id=event_id).order_by("place"))
