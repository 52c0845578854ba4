"""The verbs of the programme: nominate, officials, sessions, each step up to the launch, upkeep, withdrawal, the plan.

Two steps rest on facts of rooms above: who of the officials is a member (``membership.check_officials``) and how many
Perisai live there (``agents.confirm_village_agents``). Those rooms call the two verbs at the end of this page.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final
from uuid import UUID

from django.db import transaction

from perisai import vault
from perisai.audit import services as audit
from perisai.kernel import clock, names
from perisai.kernel.actor import Actor
from perisai.kernel.errors import Code, NotFound, Refused
from perisai.kernel.nik import parse_nik
from perisai.organisation import selectors as organisation
from perisai.organisation.policy import Permission
from perisai.regions import selectors as regions
from perisai.regions.rules import Level
from perisai.villages import rules, selectors
from perisai.villages.models import Official, Plan, Programme, Session, StepEntry
from perisai.villages.rules import Action, State

OFFICIAL_NIK: Final = "villages.official.nik"
MOST_JORONG: Final = 200
MOST_VILLAGES: Final = 100_000


@transaction.atomic
def nominate(*, actor: Actor, village_code: str, jorong: int, on: date, reason: str) -> Programme:
    """A branch proposes a village that it serves; ``jorong`` is how many jorong (dusun) it has.

    Raises NotFound, Refused(VILLAGE_IN_PROGRAMME | REASON_MISSING | DATE_IN_FUTURE | JORONG_OUT_OF_RANGE).
    """
    village = regions.get_region(village_code)
    branch = organisation.find_branch_serving(village_code, clock.today())
    reach = organisation.scope_of(actor, Permission.MANAGE_VILLAGES)
    if village.level != Level.VILLAGE or branch is None or not reach.covers_office(branch.path):
        raise NotFound("region")
    if not 0 < jorong <= MOST_JORONG:
        raise Refused(Code.JORONG_OUT_OF_RANGE, field="jorong", most=MOST_JORONG)
    reason = _said(reason, "reason")
    _not_ahead(on)
    if Programme.objects.filter(village=village).exclude(state=State.WITHDRAWN).exists():
        raise Refused(Code.VILLAGE_IN_PROGRAMME, field="village_code")
    programme = Programme.objects.create(village=village, branch=branch, jorong=jorong, nominated_on=on)
    _step(actor, programme, "nominate", on, note=reason)
    audit.record(actor, "villages.programme.nominated", programme, village=village_code)
    return programme


@transaction.atomic
def add_official(*, actor: Actor, village_code: str, name: str, post: str, nik: str, since_on: date) -> Official:
    """Somebody in the village's government. Raises NotFound, Refused(NIK_… | NAME_MISSING | OFFICIAL_KNOWN | …)."""
    programme = _to_manage(actor, village_code)
    name, post, nik = names.tidy(name)[:100], names.tidy(post)[:60], parse_nik(nik)
    if not names.search_key(name):
        raise Refused(Code.NAME_MISSING, field="name")
    if not post:
        raise Refused(Code.POST_MISSING, field="post")
    _not_ahead(since_on, "since_on")
    nik_index = vault.blind_index(nik, context=OFFICIAL_NIK)
    if Official.objects.filter(programme=programme, nik_index=nik_index, left_on=None).exists():
        raise Refused(Code.OFFICIAL_KNOWN, field="nik")
    official = Official.objects.create(
        programme=programme, name=name, post=post, nik=nik, nik_index=nik_index, since_on=since_on
    )
    audit.record(actor, "villages.official.added", official)
    return official


@transaction.atomic
def official_leaves(*, actor: Actor, village_code: str, official_id: UUID, on: date) -> Official:
    """The official left the post; what they were stays. Raises NotFound, Refused(DATE_IN_FUTURE | SPAN_EMPTY)."""
    programme = _to_manage(actor, village_code)
    official = Official.objects.filter(programme=programme, pk=official_id, left_on=None).first()
    if official is None:
        raise NotFound("official")
    _not_ahead(on)
    if on < official.since_on:
        raise Refused(Code.SPAN_EMPTY, field="on")
    official.left_on = on
    official.save(update_fields=["left_on"])
    audit.record(actor, "villages.official.left", official)
    return official


@transaction.atomic
def record_session(
    *, actor: Actor, village_code: str, jorong: str, on: date, people: int, speaker: str = ""
) -> Session:
    """The programme was explained in a jorong. Raises NotFound, Refused(WRONG_ORDER | JORONG_MISSING | PEOPLE_OUT_OF_RANGE)."""
    programme = _to_manage(actor, village_code)
    jorong = names.tidy(jorong)[:60]
    key = names.search_key(jorong)[:60]
    if not key:
        raise Refused(Code.JORONG_MISSING, field="jorong")
    if not 0 < people <= 100_000:
        raise Refused(Code.PEOPLE_OUT_OF_RANGE, field="people")
    _not_ahead(on)
    session = Session.objects.create(
        programme=programme, jorong=jorong, jorong_key=key, on=on, people=people, speaker=names.tidy(speaker)[:100],
        recorded_by_id=actor.user_id,
    )  # fmt: skip
    audit.record(actor, "villages.session.held", session, people=people)
    return session


@transaction.atomic
def conclude_sessions(*, actor: Actor, village_code: str, on: date) -> Programme:
    """Every jorong has been reached. Raises NotFound, Refused(WRONG_ORDER | VILLAGE_SESSIONS_MISSING)."""
    programme = _to_manage(actor, village_code)
    state = rules.next_state(State(programme.state), Action.CONCLUDE_SESSIONS)
    rules.must_meet(selectors.sessions_check(programme, on))
    return _move(actor, programme, state, Action.CONCLUDE_SESSIONS, on)


@transaction.atomic
def sign_agreement(*, actor: Actor, village_code: str, number: str, on: date) -> Programme:
    """Wali nagari and head of branch signed. Raises NotFound, Refused(WRONG_ORDER | DOCUMENT_MISSING)."""
    programme = _to_manage(actor, village_code)
    state = rules.next_state(State(programme.state), Action.SIGN_AGREEMENT)
    return _move(actor, programme, state, Action.SIGN_AGREEMENT, on, document=_document(number))


@transaction.atomic
def launch(*, actor: Actor, village_code: str, minutes: str, guests: str, on: date) -> Programme:
    """The village is Desa or Nagari Sadar from that day; ``minutes`` is the number of the minutes of the launch.

    Raises NotFound, Refused(WRONG_ORDER | DOCUMENT_MISSING | REASON_MISSING without guests | DATE_IN_FUTURE).
    """
    programme = _to_manage(actor, village_code)
    state = rules.next_state(State(programme.state), Action.LAUNCH)
    programme.launched_on = on
    return _move(actor, programme, state, Action.LAUNCH, on, document=_document(minutes), note=_said(guests, "guests"))


@transaction.atomic
def keep_up(*, actor: Actor, village_code: str, note: str, on: date) -> Programme:
    """A visit found the village keeping its word. Raises NotFound, Refused(WRONG_ORDER | REASON_MISSING | …)."""
    programme = _to_manage(actor, village_code)
    state = rules.next_state(State(programme.state), Action.KEEP_UP)
    programme.kept_up_on = on
    return _move(actor, programme, state, Action.KEEP_UP, on, note=_said(note, "note"))


@transaction.atomic
def withdraw(*, actor: Actor, village_code: str, reason: str, on: date) -> Programme:
    """The village leaves the programme. Raises NotFound, Refused(WRONG_ORDER | REASON_MISSING | …)."""
    programme = _to_manage(actor, village_code)
    state = rules.next_state(State(programme.state), Action.WITHDRAW)
    return _move(actor, programme, state, Action.WITHDRAW, on, note=_said(reason, "reason"))


@transaction.atomic
def set_plan(*, actor: Actor, year: int, region_code: str, villages: int, reason: str) -> Plan:
    """How many villages a year is to bring, for the nation (``region_code`` empty) or a province; changed with a reason.

    Raises NotFound, Refused(REASON_MISSING | TARGET_OUT_OF_RANGE | TARGET_YEAR_OUT_OF_RANGE).
    """
    if not organisation.scope_of(actor, Permission.SET_TARGETS).everywhere:
        raise NotFound("page")
    last = clock.today().year + 5
    if not 2017 <= year <= last:
        raise Refused(Code.TARGET_YEAR_OUT_OF_RANGE, field="year", first=2017, last=last)
    if not 0 < villages <= MOST_VILLAGES:
        raise Refused(Code.TARGET_OUT_OF_RANGE, field="villages", most=MOST_VILLAGES)
    region = regions.get_region(region_code) if region_code else None
    plan = Plan.objects.create(
        year=year, region=region, villages=villages, reason=_said(reason, "reason")[:200], set_by_id=actor.user_id
    )
    audit.record(actor, "villages.plan.set", plan, year=year, region=region_code, villages=villages)
    return plan


# --- called by the rooms that know the facts -----------------------------------------------------------------------


@transaction.atomic
def confirm_officials(*, actor: Actor, village_code: str, members: Mapping[UUID, str], on: date) -> Programme:
    """Which officials are members (official id to member number); all of them found, the village takes the step.

    Called by ``membership.check_officials``. What was found stays written also when somebody is still missing, for the
    state then does not change. Raises NotFound, Refused(WRONG_ORDER).
    """
    programme = _to_manage(actor, village_code)
    for official in selectors.officials_of(programme.id):
        official.member_number, official.checked_at = members.get(official.id, ""), clock.now()
        official.save(update_fields=["member_number", "checked_at"])
    audit.record(actor, "villages.officials.checked", programme, members=len(members))
    if programme.state == State.NOMINATED and selectors.officials_check(programme, on).met:
        return _move(actor, programme, State.OFFICIALS_REGISTERED, Action.CONFIRM_OFFICIALS, on)
    return programme


@transaction.atomic
def confirm_agents(*, actor: Actor, village_code: str, agents: int, on: date) -> Programme:
    """Perisai of the village are there. Called by ``agents.confirm_village_agents``.

    Raises NotFound, Refused(WRONG_ORDER | VILLAGE_AGENTS_MISSING).
    """
    programme = _to_manage(actor, village_code)
    state = rules.next_state(State(programme.state), Action.CONFIRM_AGENTS)
    rules.must_meet(rules.agents_check(agents, on))
    return _move(actor, programme, state, Action.CONFIRM_AGENTS, on)


def _to_manage(actor: Actor, village_code: str) -> Programme:
    return selectors.programme_for(actor, village_code, Permission.MANAGE_VILLAGES, lock=True)


def _move(
    actor: Actor, programme: Programme, state: State, action: Action, on: date, *, document: str = "", note: str = ""
) -> Programme:
    _not_ahead(on)
    programme.state = state
    programme.save(update_fields=["state", "launched_on", "kept_up_on"])
    _step(actor, programme, action, on, document=document, note=note)
    audit.record(actor, f"villages.programme.{action}", programme)
    return programme


def _step(actor: Actor, programme: Programme, action: str, on: date, *, document: str = "", note: str = "") -> None:
    StepEntry.objects.create(
        programme=programme, action=action, state=programme.state, on=on, document=document, note=note,
        recorded_by_id=actor.user_id,
    )  # fmt: skip


def _said(text: str, field: str) -> str:
    text = names.tidy(text)[:500]
    if not text:
        raise Refused(Code.REASON_MISSING, field=field)
    return text


def _document(number: str) -> str:
    number = names.tidy(number)[:60]
    if not number:
        raise Refused(Code.DOCUMENT_MISSING, field="number")
    return number


def _not_ahead(on: date, field: str = "on") -> None:
    if on > clock.today():
        raise Refused(Code.DATE_IN_FUTURE, field=field)
