"""The office issues the card; anyone can check it, and a slip is never one."""

from datetime import datetime

import pytest

from perisai.contributions import services as contributions
from perisai.kernel import clock, ids
from perisai.kernel.actor import Actor
from perisai.kernel.errors import Code, NotFound, Refused
from perisai.membership import selectors, services, tokens
from perisai.membership.models import Card, Member
from perisai.site.cast import FAMILY_2017, Cast

pytestmark = pytest.mark.usefixtures("in_2017")


@pytest.fixture
def siti(cast: Cast) -> Member:
    registration = services.refer_member(
        actor=cast.rina,
        registration_id=ids.new_id(),
        applicant=FAMILY_2017["siti"].facts(),
        occurred_on=clock.today(),
    )
    code = contributions.approve_with_code(actor=cast.laras, registration_id=registration.id)
    payment = contributions.record_payment(
        actor=cast.nofri, code=code.code, amount_idr=16_800, channel="bni", channel_reference="1", paid_at=clock.now()
    )
    assert payment.member_id is not None
    return selectors.member_for(cast.laras, payment.member_id)


def test_the_office_issues_a_card_that_anyone_can_check(cast: Cast, siti: Member) -> None:
    assert list(selectors.members_without_card(cast.laras)) == [siti]
    card = services.issue_card(actor=cast.laras, member_id=siti.id)
    check = selectors.check_card(card.token)
    assert (check.status, check.masked_name) == ("valid", "S*** A*****")
    assert not selectors.members_without_card(cast.laras)


def test_a_new_card_replaces_the_old_one(cast: Cast, siti: Member) -> None:
    old, new = (services.issue_card(actor=cast.laras, member_id=siti.id) for _ in range(2))
    assert selectors.check_card(old.token).status == "replaced"
    assert selectors.check_card(new.token).status == "valid"


def test_a_forged_token_is_unknown(cast: Cast, siti: Member) -> None:
    token = services.issue_card(actor=cast.laras, member_id=siti.id).token
    forged = token[:-2] + ("AA" if token[-2:] != "AA" else "BB")
    assert selectors.check_card(forged).status == "unknown"
    assert selectors.check_card("").status == "unknown"


def test_a_slip_says_that_it_is_not_a_card(cast: Cast, siti: Member) -> None:
    registration = selectors.registration_of_member(siti.id)
    assert registration is not None
    assert selectors.check_card(tokens.slip_token(registration)).status == "slip"


def test_a_sleeping_members_card_is_not_valid(cast: Cast, siti: Member) -> None:
    card = services.issue_card(actor=cast.laras, member_id=siti.id)
    with clock.turned_to(datetime(2018, 3, 1, 9, tzinfo=clock.WIB)):
        contributions.lapse_unpaid(actor=Actor.job("lapse"))
    assert selectors.check_card(card.token).status == "inactive"


@pytest.mark.parametrize("who", ["rina", "buyung", "nofri", "gustina", "sudirman", "admin"])
def test_only_the_office_issues_cards(cast: Cast, siti: Member, who: str) -> None:
    with pytest.raises(NotFound):
        services.issue_card(actor=cast.actors[who], member_id=siti.id)
    assert not Card.objects.exists()


def test_no_card_for_a_sleeping_member(cast: Cast, siti: Member) -> None:
    with clock.turned_to(datetime(2018, 3, 1, 9, tzinfo=clock.WIB)):
        contributions.lapse_unpaid(actor=Actor.job("lapse"))
        with pytest.raises(Refused) as refusal:
            services.issue_card(actor=cast.laras, member_id=siti.id)
    assert refusal.value.code == Code.CARD_NOT_YET


def test_a_nik_is_revealed_with_a_recorded_reason(cast: Cast, siti: Member) -> None:
    assert services.reveal_nik(actor=cast.laras, member_id=siti.id, reason="Cocokkan KTP") == "1306085001900003"
    with pytest.raises(Refused):
        services.reveal_nik(actor=cast.laras, member_id=siti.id, reason=" ")
    with pytest.raises(NotFound):
        services.reveal_nik(actor=cast.sudirman, member_id=siti.id, reason="Ingin tahu")
