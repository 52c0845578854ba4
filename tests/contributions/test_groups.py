"""A family, a Wadah's list, a sponsor's list: one code, one payment, a receipt for each."""

from datetime import date, datetime
from typing import Any

import pytest
from tests.contributions.money import approved, pay, take

from perisai.contributions import groups, selectors, services
from perisai.contributions.models import GroupCode, Payment, PaymentCode
from perisai.contributions.rules import Obstacle
from perisai.kernel import clock, ids
from perisai.kernel.errors import Code, NotFound, Refused
from perisai.membership import selectors as membership
from perisai.membership.models import Member
from perisai.site.cast import FAMILY_2017, Cast

pytestmark = pytest.mark.usefixtures("in_2017")


def family(cast: Cast) -> list[Member]:
    """Siti and Nurdin, who have paid October."""
    found = []
    for who in ("siti", "nurdin"):
        member_id = pay(cast, approved(cast, FAMILY_2017[who])).member_id
        assert member_id is not None
        found.append(membership.member_for(cast.laras, member_id))
    return found


def issue(cast: Cast, members: list[Member], by: str = "laras", **changed: Any) -> GroupCode:
    told: dict[str, Any] = {
        "group_id": ids.new_id(),
        "kind": "family",
        "title": "Keluarga Siti",
        "numbers": [each.number for each in members],
        "months": 3,
    } | changed
    return services.issue_group_code(actor=cast.actors[by], **told)


def settle(cast: Cast, group: GroupCode, amount_idr: int, by: str = "nofri", **changed: Any) -> list[Payment]:
    told: dict[str, Any] = {"channel": "bni", "channel_reference": "GRP-1", "paid_at": clock.now()} | changed
    return services.record_group_payment(actor=cast.actors[by], group_id=group.id, amount_idr=amount_idr, **told)


def test_one_payment_covers_everybody_with_a_receipt_each(cast: Cast) -> None:
    members = family(cast)
    group = issue(cast, members)
    assert groups.due_of(group.id) == 2 * 3 * 16_800
    payments = settle(cast, group, 100_800)
    assert len({each.receipt_number for each in payments}) == 2
    for each in members:
        assert membership.member_for(cast.laras, each.id).paid_until == date(2018, 1, 31)
        assert len(selectors.months_of_member(each.id)) == 4
    assert groups.group_for(cast.laras, group.id).state == "paid"
    assert {each.member_id for each in groups.receipts_of(group.id).values()} == {each.id for each in members}
    assert selectors.books().differs_idr == 0


@pytest.mark.parametrize("amount_idr", [100_799, 50_400, 100_801])
def test_all_or_nothing(cast: Cast, amount_idr: int) -> None:
    group = issue(cast, family(cast))
    with pytest.raises(Refused) as refusal:
        settle(cast, group, amount_idr)
    assert refusal.value.code == Code.AMOUNT_WRONG
    assert Payment.objects.count() == 2, "the two of October"


def test_one_who_cannot_be_booked_undoes_all(cast: Cast) -> None:
    group = issue(cast, family(cast))
    with clock.turned_to(datetime(2017, 11, 20, 9, tzinfo=clock.WIB)), pytest.raises(Refused) as refusal:
        settle(cast, group, 100_800)
    assert refusal.value.code == Code.CODE_EXPIRED
    assert Payment.objects.count() == 2


def test_told_twice_it_is_paid_once(cast: Cast) -> None:
    group = issue(cast, family(cast))
    first, again = settle(cast, group, 100_800), settle(cast, group, 100_800)
    assert {each.id for each in first} == {each.id for each in again}
    with pytest.raises(Refused) as refusal:
        settle(cast, group, 100_800, channel_reference="GRP-2")
    assert refusal.value.code == Code.CODE_ALREADY_PAID


def test_credit_of_a_member_is_used_and_one_who_paid_alone_is_not_paid_twice(cast: Cast) -> None:
    siti = take(cast, approved(cast), 20_000).member_id
    nurdin = pay(cast, approved(cast, FAMILY_2017["nurdin"])).member_id
    assert siti and nurdin
    members = [membership.member_for(cast.laras, each) for each in (siti, nurdin)]
    group = issue(cast, members, months=1)
    assert groups.due_of(group.id) == 16_800 + 13_600
    pay(cast, PaymentCode.objects.get(group=group, member_id=nurdin))
    assert groups.due_of(group.id) == 13_600
    [receipt] = settle(cast, group, 13_600)
    assert receipt.member_id == siti
    assert groups.group_for(cast.laras, group.id).state == "paid"


def test_who_cannot_be_paid_for_is_listed_with_the_reason_before_the_code_is_made(cast: Cast) -> None:
    siti, nurdin = family(cast)
    services.issue_member_code(actor=cast.rina, member_id=nurdin.id, months=1)
    dead = pay(cast, approved(cast, FAMILY_2017["upik"])).member_id
    assert dead is not None
    services.record_death(
        actor=cast.laras, member_id=dead, died_on=clock.today(), evidence="village", evidence_number="1"
    )
    numbers = [siti.number, siti.number, nurdin.number, membership.member_for(cast.laras, dead).number, "123"]
    would = groups.dry_run(cast.laras, numbers, 3)
    assert [each.member.id for each in would.ready] == [siti.id]
    assert [(each.row, each.why) for each in would.problems] == [
        (2, Obstacle.TWICE),
        (3, Obstacle.OWN_CODE),
        (4, Obstacle.DIED),
        (5, Obstacle.UNKNOWN),
    ]
    with pytest.raises(Refused) as refusal:
        issue(cast, [], numbers=numbers)
    assert refusal.value.code == Code.GROUP_HAS_PROBLEMS
    assert not GroupCode.objects.exists()


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({"numbers": []}, Code.GROUP_EMPTY),
        ({"numbers": ["1"] * 501}, Code.GROUP_TOO_LARGE),
        ({"kind": "perisai"}, Code.CHOICE_UNKNOWN),
        ({"title": " "}, Code.NAME_MISSING),
        ({"months": 13}, Code.MONTHS_OUT_OF_RANGE),
    ],
)
def test_a_list_that_is_none_makes_no_code(cast: Cast, changed: dict[str, Any], refused: Code) -> None:
    with pytest.raises(Refused) as refusal:
        issue(cast, family(cast), **changed)
    assert refusal.value.code == refused


def test_issued_twice_it_is_one_code(cast: Cast) -> None:
    members, same = family(cast), ids.new_id()
    assert issue(cast, members, group_id=same).code == issue(cast, members, group_id=same).code
    assert GroupCode.objects.count() == 1


def test_a_cancelled_group_takes_no_money(cast: Cast) -> None:
    members = family(cast)
    group = issue(cast, members)
    services.cancel_group_code(actor=cast.laras, group_id=group.id, reason="Salah bulan")
    with pytest.raises(Refused) as refusal:
        settle(cast, group, 100_800)
    assert refusal.value.code == Code.CODE_CANCELLED
    assert issue(cast, members).state == "open", "they can be paid for anew"


@pytest.mark.parametrize("who", ["laras", "rina", "sudirman", "gustina"])
def test_only_finance_of_the_branch_records_it(cast: Cast, who: str) -> None:
    group = issue(cast, family(cast))
    with pytest.raises(NotFound):
        settle(cast, group, 100_800, by=who)


def test_another_branch_sees_unknown_numbers(cast: Cast) -> None:
    would = groups.dry_run(cast.gustina, [each.number for each in family(cast)], 3)
    assert {each.why for each in would.problems} == {Obstacle.UNKNOWN}
