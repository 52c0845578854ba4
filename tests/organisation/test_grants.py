"""Roles: who gives them, for which days, how far they reach; and which office serves a village."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from perisai.accounts.selectors import find_user
from perisai.kernel.actor import Actor, Role
from perisai.kernel.errors import Code, NotFound, Refused
from perisai.organisation import selectors, services
from perisai.organisation.models import RoleGrant, Territory
from perisai.organisation.policy import Permission, scope
from perisai.site.cast import EVERYBODY, FIRST_DAY, KOTO_TINGGI, Cast

pytestmark = pytest.mark.usefixtures("in_2017")
DAY = date(2017, 10, 30)
JOB = Actor.job("test")


def id_of(username: str) -> Any:
    user = find_user(username)
    assert user is not None
    return user.id


def grant(by: Actor, username: str, role: Role, starts_on: date = DAY, **where: Any) -> RoleGrant:
    return services.grant_role(actor=by, user_id=id_of(username), role=role, starts_on=starts_on, **where)


def reach_of(username: str, permission: Permission, on: date = DAY) -> tuple[str, ...]:
    return scope(selectors.actor_for(id_of(username)), permission, on).office_paths


def test_laras_stands_in_for_the_branch_of_solok_for_a_month(cast: Cast) -> None:
    grant(cast.admin, "laras", Role.BRANCH_OFFICER, office_code="SLK", ends_on=date(2017, 11, 30))
    assert reach_of("laras", Permission.DECIDE_REGISTRATION) == ("KP/03/BKT", "KP/03/SLK")
    assert reach_of("laras", Permission.DECIDE_REGISTRATION, date(2017, 11, 29)) == ("KP/03/BKT", "KP/03/SLK")
    assert reach_of("laras", Permission.DECIDE_REGISTRATION, date(2017, 11, 30)) == ("KP/03/BKT",)
    assert reach_of("laras", Permission.DECIDE_REGISTRATION, date(2017, 10, 29)) == ("KP/03/BKT",)


def test_a_role_is_held_once_at_a_time(cast: Cast) -> None:
    with pytest.raises(Refused) as refusal:
        grant(cast.admin, "laras", Role.BRANCH_OFFICER, office_code="BKT")
    assert refusal.value.code is Code.ROLE_ALREADY_HELD
    grant(cast.admin, "laras", Role.BRANCH_OFFICER, office_code="SLK")
    grant(cast.admin, "laras", Role.FINANCE_OFFICER, office_code="BKT")


def test_nobody_gives_a_role_to_themselves(cast: Cast) -> None:
    with pytest.raises(Refused) as refusal:
        grant(cast.admin, "admin", Role.HEAD_OFFICE_DIRECTOR, office_code="KP")
    assert refusal.value.code is Code.OWN_ACCOUNT


@pytest.mark.parametrize("ends_on", [DAY, date(2017, 10, 29)], ids=["no day", "backwards"])
def test_a_role_for_no_days_is_refused(cast: Cast, ends_on: date) -> None:
    with pytest.raises(Refused) as refusal:
        grant(cast.admin, "laras", Role.BRANCH_OFFICER, office_code="SLK", ends_on=ends_on)
    assert refusal.value.code is Code.SPAN_EMPTY


def test_a_role_can_be_given_again_from_the_day_it_ended(cast: Cast) -> None:
    services.end_role(actor=cast.admin, user_id=id_of("laras"), role=Role.BRANCH_OFFICER, on=DAY)
    assert reach_of("laras", Permission.DECIDE_REGISTRATION, date(2017, 10, 29)) == ("KP/03/BKT",)
    assert reach_of("laras", Permission.DECIDE_REGISTRATION) == ()
    grant(cast.admin, "laras", Role.BRANCH_OFFICER, office_code="BKT")
    assert reach_of("laras", Permission.DECIDE_REGISTRATION) == ("KP/03/BKT",)


def test_the_database_refuses_overlapping_grants_by_itself(cast: Cast) -> None:
    held = RoleGrant.objects.get(user_id=id_of("laras"))
    with pytest.raises(IntegrityError, match="organisation_rolegrant_no_overlap"), transaction.atomic():
        RoleGrant.objects.create(
            user_id=held.user_id, role=held.role, office_id=held.office_id, during=DateRange(DAY, date(2018, 1, 1))
        )


def test_ending_every_office_at_once(cast: Cast) -> None:
    grant(cast.admin, "laras", Role.BRANCH_OFFICER, starts_on=date(2017, 10, 1), office_code="SLK")
    services.end_role(actor=cast.admin, user_id=id_of("laras"), role=Role.BRANCH_OFFICER, on=DAY)
    assert reach_of("laras", Permission.VIEW_MEMBERS) == ()


@pytest.mark.parametrize("role", [Role.BRANCH_OFFICER, Role.PERISAI])
def test_a_role_that_is_not_held_does_not_end(cast: Cast, role: Role) -> None:
    with pytest.raises(NotFound):
        services.end_role(actor=JOB, user_id=id_of("admin"), role=role, on=DAY)


@pytest.mark.parametrize("who", sorted(set(EVERYBODY) - {"admin"}))
def test_only_the_administrator_gives_and_takes_roles(cast: Cast, who: str) -> None:
    with pytest.raises(NotFound):
        grant(cast.actors[who], "admin", Role.BRANCH_HEAD, office_code="SLK")
    with pytest.raises(NotFound):
        services.end_role(actor=cast.actors[who], user_id=id_of("laras"), role=Role.BRANCH_OFFICER, on=DAY)


@pytest.mark.parametrize(
    ("role", "where"),
    [
        (Role.BRANCH_OFFICER, {}),
        (Role.BRANCH_OFFICER, {"region_code": KOTO_TINGGI}),
        (Role.SUPERVISORY_BOARD, {}),
        (Role.WALI_NAGARI, {}),
        (Role.WALI_NAGARI, {"office_code": "BKT"}),
        (Role.WALI_NAGARI, {"office_code": "BKT", "region_code": KOTO_TINGGI}),
        (Role.WADAH_COORDINATOR, {"office_code": "BKT"}),
        (Role.SYSTEM_ADMINISTRATOR, {"office_code": "KP"}),
    ],
)
def test_a_role_reaches_what_fits_it(cast: Cast, role: Role, where: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refusal:
        grant(JOB, "gustina", role, **where)
    assert refusal.value.code is Code.ROLE_REACH_WRONG


def test_an_impossible_reach_is_refused_by_the_database(cast: Cast) -> None:
    with pytest.raises(IntegrityError, match="organisation_rolegrant_reach_fits_role"), transaction.atomic():
        RoleGrant.objects.filter(user_id=id_of("datuak")).update(region=None)


@pytest.mark.parametrize("where", [{"office_code": "XXX"}, {"region_code": "99.99.99.2001"}])
def test_an_office_or_village_that_does_not_exist(cast: Cast, where: dict[str, Any]) -> None:
    with pytest.raises(NotFound):
        grant(cast.admin, "gustina", Role.BRANCH_HEAD, **where)


def test_the_longest_code_decides_who_serves(cast: Cast) -> None:
    def serves(village: str, on: date = DAY) -> str | None:
        office = selectors.find_branch_serving(village, on)
        return office.code if office else None

    def assign(region: str, office: str) -> None:
        services.assign_territory(
            actor=JOB, office_code=office, region_code=region, since=DAY, confidence="low", reference=""
        )

    assert serves(KOTO_TINGGI) == "BKT", "by its regency 13.06"
    assign("13.06.08", "SLK")
    assert serves(KOTO_TINGGI) == "SLK", "by its district"
    assign(KOTO_TINGGI, "PDG")
    assert serves(KOTO_TINGGI) == "PDG", "by itself"
    assert serves("13.06.08.2002") == "SLK"
    assert serves(KOTO_TINGGI, date(2017, 10, 29)) == "BKT", "before that day nothing has changed"
    assert serves("11.01.01.2001") is None, "a regional office serves the province, no branch does"
    assert serves("13.060.08.2001") is None


def test_a_region_moves_to_another_branch_from_a_day_on(cast: Cast) -> None:
    moved = services.assign_territory(
        actor=JOB, office_code="SLK", region_code="13.06", since=DAY, confidence="low", reference=""
    )
    again = services.assign_territory(
        actor=JOB, office_code="SLK", region_code="13.06", since=DAY, confidence="low", reference=""
    )
    assert moved == again
    assert [each.during.upper for each in Territory.objects.filter(region__code="13.06").order_by("during")] == [
        DAY,
        None,
    ]


def test_the_cast_holds_what_its_names_say(cast: Cast) -> None:
    held = {username: {each.role for each in cast.actors[username].grants} for username in EVERYBODY}
    assert held["rina"] == held["dedi"] == {Role.PERISAI}
    assert held["buyung"] == {Role.WADAH_COORDINATOR}
    assert all(
        each.starts_on == FIRST_DAY and each.ends_on is None for actor in cast.actors.values() for each in actor.grants
    )
