"""The verbs of outreach: record who came to an event."""

from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from perisai.agents import selectors as agents
from perisai.audit import services as audit
from perisai.kernel import clock
from perisai.kernel.actor import Actor
from perisai.kernel.errors import Code, Misuse, NotFound, Refused
from perisai.organisation import selectors as organisation
from perisai.organisation.policy import Permission
from perisai.outreach import rules
from perisai.outreach.models import Attendance, Event
from perisai.outreach.rules import Gathering
from perisai.regions import selectors as regions


@transaction.atomic
def record_attendance(*, actor: Actor, event_id: UUID, village_code: str, held_on: date, gathering: Gathering) -> Event:
    """A Perisai writes down who came to an event, once.

    Raises NotFound, Misuse (the id of another event), Refused(DATE_IN_FUTURE | VILLAGE_… | what ``rules.checked`` says).
    """
    if not organisation.scope_of(actor, Permission.RECORD_ATTENDANCE).own:
        raise NotFound("agent")
    agent = agents.agent_of(actor)
    if held_on > clock.today(ZoneInfo(agent.branch.timezone)):
        raise Refused(Code.DATE_IN_FUTURE, field="held_on")
    clean = rules.checked(gathering)
    village = regions.get_village_for_referral(village_code, held_on)
    if Event.objects.filter(pk=event_id).exists():
        raise Misuse("this id belongs to another event")
    event = Event(
        id=event_id,
        agent=agent,
        branch_id=agent.branch_id,
        village=village,
        title=clean.title,
        place=clean.place,
        held_on=held_on,
    )
    event.save(force_insert=True)
    Attendance.objects.bulk_create(
        Attendance(
            event=event,
            place=place,
            name=each.name,
            phone=each.phone or None,
            sex=each.sex,
            occupation=each.occupation,
            signature=each.signature,
        )
        for place, each in enumerate(clean.attendees, start=1)
    )
    audit.record(actor, "outreach.attendance.recorded", event, attended=len(clean.attendees))
    return event
