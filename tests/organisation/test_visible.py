"""Who sees which rows: the selectors hold the same answer as the plainest reading of the policy.

The offices include the traps of a prefix: ``KP/03`` is not above ``KP/030``, nor ``KP/03/BKT`` above ``KP/03/BKT2``.
"""

import os
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perisai.agents.models import Agent
from perisai.kernel import ids
from perisai.kernel.actor import Actor, ActorKind, Grant, Role
from perisai.membership import selectors, services
from perisai.membership.models import Member, Person, Registration
from perisai.organisation import selectors as organisation
from perisai.organisation.models import Office
from perisai.organisation.policy import POLICY, Permission, scope
from perisai.site.cast import FAMILY_2017, KOTO_TINGGI, Cast

pytestmark = pytest.mark.usefixtures("in_2017")
DAY: Final = date(2017, 10, 30)

PATHS: Final = (
    "KP", "KP/03", "KP/030", "KP/0", "KP/04", "KP/03/BKT", "KP/03/BKT2", "KP/03/SLK", "KP/030/XYZ", "KP/03_", "KP/03/%",
)  # fmt: skip
TRAPS: Final = ("KP/0", "KP/030", "KP/030/XYZ", "KP/03/BKT2", "KP/03_", "KP/03/%")
ROWS_AT: Final = ("KP/03/BKT", "KP/03/SLK", "KP/03/BKT2", "KP/030/XYZ", "KP/030", "KP/04")

days = st.sampled_from([DAY + timedelta(days=step) for step in (-400, -1, 0, 1, 400)])


@st.composite
def grants(draw: st.DrawFn) -> Grant:
    """Any grant that the database would hold: an office, a region, or one's own things, as the role has it."""
    role = draw(st.sampled_from(Role))
    starts_on = draw(days)
    grant = Grant(role, starts_on=starts_on, ends_on=draw(st.one_of(st.none(), days)))
    if role in (Role.PERISAI, Role.WADAH_COORDINATOR, Role.SYSTEM_ADMINISTRATOR):
        return grant
    if role is Role.WALI_NAGARI:
        return replace(grant, region_code=KOTO_TINGGI)
    return replace(grant, office_path=draw(st.sampled_from(PATHS)))


def gives(grant: Grant, permission: Permission) -> bool:
    runs = grant.starts_on <= DAY and (grant.ends_on is None or grant.ends_on > DAY)
    return runs and permission in POLICY[grant.role]


def lies_under(path: str, over: str) -> bool:
    return path.split("/")[: len(over.split("/"))] == over.split("/")


@given(st.lists(grants(), max_size=5), st.sampled_from(Permission), st.sampled_from(PATHS))
def test_an_office_is_covered_when_a_grant_stands_above_it(
    held: list[Grant], permission: Permission, path: str
) -> None:
    actor = Actor(ActorKind.USER, None, "Siapa", tuple(held))
    covered = any(
        gives(grant, permission) and grant.office_path and lies_under(path, grant.office_path) for grant in held
    )
    assert scope(actor, permission, DAY).covers_office(path) == covered


@pytest.mark.parametrize(
    ("path", "covered"),
    [
        ("KP/03", True),
        ("KP/03/BKT", True),
        ("KP/03/BKT2", True),
        ("KP/030", False),
        ("KP/030/XYZ", False),
        ("KP/03_", False),
        ("KP/0", False),
        ("KP", False),
        ("KP/04", False),
    ],
)
def test_a_prefix_of_letters_is_not_an_office_above(path: str, covered: bool) -> None:
    head = Actor(ActorKind.USER, None, "Siapa", (Grant(Role.REGIONAL_HEAD, office_path="KP/03"),))
    assert scope(head, Permission.VIEW_MEMBERS, DAY).covers_office(path) == covered


@given(st.lists(grants(), max_size=5), st.sampled_from(Permission))
def test_no_grant_no_reach(held: list[Grant], permission: Permission) -> None:
    actor = Actor(ActorKind.USER, None, "Siapa", tuple(held))
    assert scope(actor, permission, DAY).nowhere == (not any(gives(grant, permission) for grant in held))


@pytest.fixture
def rows(cast: Cast) -> list[tuple[Registration, Member]]:
    """A registration and a member at each of ROWS_AT, Rina's at Bukittinggi, somebody else's elsewhere."""
    parents = {office.path: office for office in Office.objects.all()}
    for path in TRAPS:
        over, code = path.rsplit("/", 1)
        parents[path] = Office.objects.create(
            kind="branch", code=code, name=path, path=path, parent=parents[over], confidence="low"
        )
    first = services.refer_member(
        actor=cast.rina, registration_id=ids.new_id(), applicant=FAMILY_2017["siti"].facts(), occurred_on=DAY
    )
    services.approve_registration(actor=cast.laras, registration_id=first.id)
    first.refresh_from_db()
    member = services.complete_registration(
        actor=cast.nofri, registration=first, paid_on=DAY, paid_until=date(2017, 10, 31)
    )
    return [_pair(first, member, parents[path], cast) for path in ROWS_AT]


def _pair(registration: Registration, member: Member, office: Office, cast: Cast) -> tuple[Registration, Member]:
    rina = office.path == "KP/03/BKT"
    agent_id = cast.agent_ids["rina" if rina else "mira"]
    if rina:
        return registration, member
    person = Person.objects.get(pk=member.person_id)
    _save_copy(person, nik_index=os.urandom(32))
    copied = Member.objects.get(pk=member.pk)
    _save_copy(copied, person=person, number=ids.random_digits(11), branch=office, agent_id=agent_id)
    entry = Registration.objects.get(pk=registration.pk)
    _save_copy(
        entry, reference=ids.unguessable(8), nik_index=os.urandom(32), branch=office, agent_id=agent_id, member=copied
    )
    return entry, copied


def _save_copy(row: Any, **changed: object) -> None:
    row.pk = ids.new_id()
    for column, value in changed.items():
        setattr(row, column, value)
    row.save(force_insert=True)


def oracle(held: list[Grant], permission: Permission, path: str, agent_user: UUID | None, me: UUID) -> bool:
    for grant in held:
        if not gives(grant, permission):
            continue
        if grant.office_path and lies_under(path, grant.office_path):
            return True
        if grant.role is Role.PERISAI and agent_user == me:
            return True
    return False


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(held=st.lists(grants(), max_size=4), me=st.sampled_from(["rina", "mira", "laras"]))
def test_what_is_seen_is_what_the_policy_says(
    cast: Cast, rows: list[tuple[Registration, Member]], held: list[Grant], me: str
) -> None:
    user_id = cast.actors[me].person_id
    actor = Actor(ActorKind.USER, user_id, me, tuple(held))
    users: dict[UUID | None, UUID | None] = {agent.id: agent.user_id for agent in Agent.objects.all()}
    paths = {office.pk: office.path for office in Office.objects.all()}

    def wanted(table: int, permission: Permission) -> set[UUID]:
        return {
            pair[table].pk
            for pair in rows
            if oracle(held, permission, paths[pair[table].branch_id], users.get(pair[table].agent_id), user_id)
        }

    for permission in (Permission.VIEW_REGISTRATIONS, Permission.DECIDE_REGISTRATION):
        seen = selectors.registrations_visible_to(actor, permission)
        assert {row.pk for row in seen} == wanted(0, permission)
    for permission in (Permission.VIEW_MEMBERS, Permission.ISSUE_CARD, Permission.EXPORT_MEMBERS):
        assert {row.pk for row in selectors.members_visible_to(actor, permission)} == wanted(1, permission)
    offices = {row.path for row in organisation.offices_visible_to(actor, Permission.VIEW_TARGETS)}
    assert offices == {
        path
        for path in paths.values()
        if any(
            gives(grant, Permission.VIEW_TARGETS) and grant.office_path and lies_under(path, grant.office_path)
            for grant in held
        )
    }


def test_a_coordinator_sees_the_referrals_of_the_own_wadah(cast: Cast, rows: list[tuple[Registration, Member]]) -> None:
    assert selectors.registrations_visible_to(cast.buyung).count() == len(rows)
    Agent.objects.filter(pk=cast.agent_ids["rina"]).update(wadah=_other_wadah(cast))
    assert selectors.registrations_visible_to(cast.buyung).count() == len(rows) - 1


def _other_wadah(cast: Cast) -> Any:
    wadah = Agent.objects.get(pk=cast.agent_ids["rina"]).wadah
    _save_copy(wadah, code="LAIN", coordinator_id=None)
    return wadah


def test_the_board_and_the_office_of_another_region(cast: Cast, rows: list[tuple[Registration, Member]]) -> None:
    assert selectors.members_visible_to(cast.sudirman).count() == len(rows)
    assert selectors.members_visible_to(cast.irwansyah).count() == 3, "KP/03 holds BKT, SLK and BKT2, not KP/030"
    assert selectors.members_visible_to(cast.laras).count() == 1
    assert not selectors.members_visible_to(cast.datuak).exists()
    assert not selectors.members_visible_to(cast.admin).exists()
