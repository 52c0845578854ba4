"""Reading registrations, members and cards: every read starts from what the actor may see."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Never
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum

from perisai import vault
from perisai.agents import selectors as agents
from perisai.kernel import names
from perisai.kernel.actor import Actor
from perisai.kernel.errors import NotFound
from perisai.kernel.nik import parse_nik
from perisai.membership import lapsing, rules, tokens
from perisai.membership.models import Card, ContactClash, Death, Member, Person, ProtectionEntry, Registration
from perisai.organisation.policy import Permission
from perisai.organisation.selectors import offices_visible_to, scope_of, under_offices, under_offices_read
from perisai.rows import once


def _reach(actor: Actor, permission: Permission) -> Q:
    """Rows with ``branch`` and ``agent`` that the actor reaches with the permission; nothing when there is no grant."""
    reach = scope_of(actor, permission)
    match = under_offices(reach)
    if reach.own:
        match |= Q(agent_id__in=agents.own_agent_ids(actor, reach.own))
    return match


def registrations_visible_to(
    actor: Actor, permission: Permission = Permission.VIEW_REGISTRATIONS
) -> QuerySet[Registration]:
    return Registration.objects.filter(_reach(actor, permission))


def registration_for(
    actor: Actor, registration_id: UUID, permission: Permission = Permission.VIEW_REGISTRATIONS, *, lock: bool = False
) -> Registration:
    """Raises NotFound when there is none or the actor may not see it."""
    if lock:
        registration = lock_registration(registration_id)
        return registration if _reaches(actor, permission, registration) else _unseen()
    rows = registrations_visible_to(actor, permission).filter(pk=registration_id)
    return rows.select_related("agent", "branch", "village").first() or _unseen()


def _reaches(actor: Actor, permission: Permission, registration: Registration) -> bool:
    """``_reach`` for a row that is at hand with its branch."""
    reach = scope_of(actor, permission)
    return reach.covers_office(registration.branch.path) or (
        bool(reach.own) and registration.agent_id in set(agents.own_agent_ids(actor, reach.own))
    )


def _unseen() -> Never:
    raise NotFound("registration")


def lock_registration(registration_id: UUID) -> Registration:
    """For a verb above that has passed its own door. Raises NotFound."""
    found = _locked_registration(registration_id)
    return found[0] if found else _unseen()


@once
def _locked_registration(registration_id: UUID) -> QuerySet[Registration]:
    return Registration.objects.select_for_update(of=("self",)).select_related("branch").filter(pk=registration_id)


def lock_member(member_id: UUID) -> Member:
    """For a verb above that has passed its own door. Raises NotFound."""
    member = Member.objects.select_for_update(of=("self",)).select_related("person").filter(pk=member_id).first()
    if member is None:
        raise NotFound("member")
    return member


def queue(actor: Actor) -> QuerySet[Registration]:
    """What waits for a decision in the actor's offices, oldest first."""
    return (
        registrations_visible_to(actor)
        .filter(state__in=rules.WAITS_FOR_OFFICE)
        .select_related("agent", "branch", "village")
        .order_by("submitted_at")
    )


@once
def registrations_like(nik_index: bytes, registration_id: UUID) -> QuerySet[Registration]:
    """Every registration of the NIK, and the one of that id whatever its NIK."""
    return Registration.objects.filter(Q(nik_index=nik_index) | Q(pk=registration_id))


@once
def holding_nik(nik_index: bytes, except_id: UUID) -> QuerySet[Registration]:
    """The open registration of the NIK, if it is another one than ``except_id``."""
    return Registration.objects.filter(nik_index=nik_index, state__in=rules.HOLDS_THE_NIK).exclude(pk=except_id)


@once
def persons_of_nik(nik_index: bytes) -> QuerySet[Person]:
    """One or none."""
    return Person.objects.filter(nik_index=nik_index)


@once
def active_members_of_nik(nik_index: bytes) -> QuerySet[Member]:
    """At most one a segment."""
    return Member.objects.filter(person__nik_index=nik_index, state=rules.MemberState.ACTIVE)


@once
def lock_bpu_member_of(person_id: UUID) -> QuerySet[Member]:
    """The person's membership without an employer, asleep or awake: one or none."""
    return Member.objects.select_for_update().filter(person_id=person_id, segment=rules.Segment.BPU)


def rivals_of(actor: Actor, registration: Registration) -> list[Registration]:
    """Other registrations of the same NIK that the actor may see, newest first: shown side by side with this one."""
    return list(
        registrations_visible_to(actor)
        .filter(nik_index=registration.nik_index)
        .exclude(pk=registration.pk)
        .select_related("agent", "branch", "village")
        .order_by("-submitted_at")[:5]
    )


def rival_member(actor: Actor, registration: Registration) -> Member | None:
    """The member of the same NIK, if there is one that the actor may see."""
    return (
        members_visible_to(actor)
        .filter(person__nik_index=vault.blind_index(registration.nik, context="membership.person.nik"))
        .select_related("person", "branch")
        .first()
    )


def members_visible_to(actor: Actor, permission: Permission = Permission.VIEW_MEMBERS) -> QuerySet[Member]:
    return Member.objects.filter(_reach(actor, permission))


def members_by_number(actor: Actor, numbers: Iterable[str]) -> list[Member]:
    """The members with those numbers for whom the actor may issue payment codes; the others are missing."""
    rows = members_visible_to(actor, Permission.ISSUE_PAYMENT_CODE).filter(number__in=list(numbers))
    return list(rows.select_related("person", "branch"))


def member_for(
    actor: Actor, member_id: UUID, permission: Permission = Permission.VIEW_MEMBERS, *, lock: bool = False
) -> Member:
    """Raises NotFound when there is none or the actor may not see it."""
    rows = members_visible_to(actor, permission).filter(pk=member_id)
    if lock:
        rows = rows.select_for_update(of=("self",))
    member = rows.select_related("person__village", "branch", "agent", "firm").first()
    if member is None:
        raise NotFound("member")
    return member


def find_member(number: str) -> Member | None:
    """By the number on the card, for who proves otherwise that it is theirs."""
    return Member.objects.select_related("person", "branch").filter(number=number).first()


def members_behind(actor: Actor, on: date) -> Iterator[lapsing.Behind]:
    """Protected members without an employer whose running month is unpaid, with a phone. Raises NotFound."""
    if scope_of(actor, Permission.RUN_LAPSE).nowhere:
        raise NotFound("page")
    return lapsing.behind(on)


def is_of_office(actor: Actor, member: Member, permission: Permission) -> bool:
    """Whether the actor holds the permission over the member's branch, and not only as the member's own agent."""
    return scope_of(actor, permission).covers_office(member.branch.path)


def office_member_for(actor: Actor, member_id: UUID, permission: Permission) -> Member:
    """``member_for`` for what only the office does. Raises NotFound."""
    member = member_for(actor, member_id, permission)
    if not is_of_office(actor, member, permission):
        raise NotFound("member")
    return member


def clashes_open_to(actor: Actor) -> QuerySet[ContactClash]:
    """Changes from the field that wait for the actor's offices, oldest first."""
    return (
        ContactClash.objects.filter(
            under_offices(scope_of(actor, Permission.CHANGE_CONTACT), "member__branch"), state=rules.Settled.OPEN
        )
        .select_related("member__person__village", "member__branch", "proposed_by")
        .order_by("proposed_at", "id")
    )


def clash_for(actor: Actor, clash_id: UUID, *, lock: bool = False) -> ContactClash:
    """A clash in the actor's offices, settled or not. Raises NotFound."""
    rows = ContactClash.objects.filter(
        under_offices(scope_of(actor, Permission.CHANGE_CONTACT), "member__branch"), pk=clash_id
    ).select_related("member__person__village", "member__branch", "proposed_by")
    clash = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if clash is None:
        raise NotFound("clash")
    return clash


@dataclass(frozen=True, slots=True)
class MemberFilter:
    """What a list of members is narrowed to; an empty value narrows nothing."""

    segment: str = ""
    state: str = ""
    branch_code: str = ""
    agent_id: UUID | None = None


def newest_members(
    actor: Actor, narrowed: MemberFilter, permission: Permission = Permission.VIEW_MEMBERS
) -> QuerySet[Member]:
    """Visible members that fit, who joined last first; person, branch and agent are read for the page that is shown."""
    reach = scope_of(actor, permission)
    match = under_offices_read(reach)
    if reach.own:
        match |= Q(agent_id__in=agents.own_agent_ids(actor, reach.own))
    if narrowed.branch_code:
        match &= Q(
            branch_id__in=list(
                offices_visible_to(actor, permission).filter(code=narrowed.branch_code).values_list("id", flat=True)
            )
        )
    wanted = {"segment": narrowed.segment, "state": narrowed.state, "agent_id": narrowed.agent_id}
    return (
        Member.objects.filter(match, **{field: value for field, value in wanted.items() if value})
        .prefetch_related("person", "branch", "agent")
        .order_by("-joined_on", "-id")
    )


def members_of_agents(agent_ids: Iterable[UUID]) -> dict[UUID, int]:
    """How many active members each of the agents looks after; agents without any are missing."""
    rows = (
        Member.objects.filter(agent_id__in=list(agent_ids), state=rules.MemberState.ACTIVE)
        .values_list("agent_id")
        .annotate(active=Count("id"))
    )
    return {agent_id: active for agent_id, active in rows if agent_id is not None}


def members_by_nik(actor: Actor, nik: str) -> list[Member]:
    """Members (at most one a segment) of a NIK typed in full. Raises Refused(NIK_…)."""
    index = vault.blind_index(parse_nik(nik), context="membership.person.nik")
    return list(members_visible_to(actor).select_related("person", "branch").filter(person__nik_index=index))


def cards_of(member_id: UUID) -> list[Card]:
    """Every card of the member, newest first. The caller has passed the member's door."""
    return list(Card.objects.filter(member_id=member_id).order_by("-issued_on", "-id"))


def cards_to_print(actor: Actor, card_ids: Iterable[UUID]) -> list[Card]:
    """Those of the cards that are valid and that the actor may issue, by name; member, person and branch are at hand."""
    members = members_visible_to(actor, Permission.ISSUE_CARD)
    return list(
        Card.objects.filter(pk__in=list(card_ids), state=rules.CardState.VALID, member__in=members)
        .select_related("member__person", "member__branch")
        .order_by("member__person__name", "pk")
    )


def protection_of(member_id: UUID) -> list[ProtectionEntry]:
    """When protection began and ended, newest first. The caller has passed the member's door."""
    return list(ProtectionEntry.objects.filter(member_id=member_id).order_by("-on", "-id"))


def registration_of_member(member_id: UUID) -> Registration | None:
    """The latest registration that made or renewed the member."""
    return (
        Registration.objects.filter(member_id=member_id)
        .select_related("agent", "branch", "village")
        .order_by("-submitted_at")
        .first()
    )


def members_without_card(actor: Actor) -> QuerySet[Member]:
    """Active BPU members that came through a registration and wait for their card, longest wait first."""
    return (
        members_visible_to(actor, Permission.VIEW_REGISTRATIONS)
        .filter(segment=rules.Segment.BPU, state=rules.MemberState.ACTIVE, is_synthetic=False)
        .exclude(pk__in=Card.objects.filter(state=rules.CardState.VALID).values("member_id"))
        .select_related("person", "branch", "agent")
        .order_by("joined_on")
    )


def protected_on(day: date, branch_ids: Iterable[int]) -> dict[tuple[int, str], int]:
    """Members protected at the end of ``day`` by (branch, segment): the slow, plain count that rollups must equal."""
    rows = (
        ProtectionEntry.objects.filter(branch_id__in=list(branch_ids), on__lte=day)
        .values_list("branch_id", "segment")
        .annotate(total=Sum("change"))
    )
    return {(branch, segment): total for branch, segment, total in rows}


def won_by_agents(branch_ids: Iterable[int], after: date, until: date) -> tuple[int, int]:
    """BPU members who joined through an agent in ``after < day <= until`` and were still protected then.

    Returns how many agents won any, and how many such members. The caller has passed a door above.
    """
    ended = ProtectionEntry.objects.filter(member_id=OuterRef("pk"), on__lte=until).values("member_id")
    standing = ended.annotate(now=Sum("change")).values("now")
    won = Member.objects.filter(
        branch_id__in=list(branch_ids),
        segment=rules.Segment.BPU,
        agent__isnull=False,
        joined_on__gt=after,
        joined_on__lte=until,
    ).annotate(standing=Subquery(standing))
    kept = won.filter(standing__gt=0).aggregate(agents=Count("agent_id", distinct=True), kept=Count("pk"))
    return kept["agents"], kept["kept"]


def protected_in_village(village_id: int, day: date) -> dict[str, int]:
    """Members of the village protected at the end of ``day``, by segment; the caller has passed the village's door."""
    rows = ProtectionEntry.objects.filter(village_id=village_id, on__lte=day).values_list("segment")
    return {segment.value: 0 for segment in rules.Segment} | dict(rows.annotate(total=Sum("change")))


def death_of(person_id: UUID) -> Death | None:
    """What the office knows of the person's death. The caller has passed a door."""
    return Death.objects.filter(person_id=person_id).first()


@dataclass(frozen=True, slots=True)
class CardCheck:
    """What a public check says of a card: a status and no more than a masked name."""

    status: str
    masked_name: str
    issued_on: date | None
    branch_name: str


def check_card(token: str) -> CardCheck:
    """``valid``, ``replaced``, ``inactive`` (card true, membership asleep), ``slip`` (not a card) or ``unknown``."""
    kind = tokens.kind_of(token)
    if kind == tokens.SLIP:
        return CardCheck("slip", "", None, "")
    card = Card.objects.select_related("member__person", "member__branch").filter(token=token).first()
    if kind != tokens.CARD or card is None:
        return CardCheck("unknown", "", None, "")
    status = card.state
    if status == rules.CardState.VALID and card.member.state != rules.MemberState.ACTIVE:
        status = "inactive"
    return CardCheck(status, names.masked(card.member.person.name), card.issued_on, card.member.branch.name)


def workers_of_firm(firm_id: UUID) -> int:
    """Active members whom the firm employs. The caller has passed the firm's door."""
    return Member.objects.filter(firm_id=firm_id, state=rules.MemberState.ACTIVE).count()
