"""What each kind of command does, beside the referral: contact data, codes, disputes, attendance."""

from typing import Any

import pytest
from tests.sync.phone import Phone
from tests.sync.test_changes import becomes_member

from perisai.incentives import selectors as incentives
from perisai.incentives import services as pay
from perisai.kernel import clock, ids
from perisai.kernel.actor import Actor
from perisai.kernel.errors import NotFound, Refused
from perisai.kernel.period import Period
from perisai.membership import selectors as membership
from perisai.membership import services as members
from perisai.outreach import selectors as outreach
from perisai.site.cast import KOTO_TINGGI, Cast

# --- contact data


@pytest.fixture
def phone(cast: Cast) -> Phone:
    return Phone("rina")


@pytest.fixture
def wati(cast: Cast, phone: Phone) -> Any:
    return membership.member_for(cast.laras, becomes_member(cast, phone, "wati").member_id)


def contact_of(cast: Cast, member: Any) -> Any:
    return membership.member_for(cast.laras, member.id).person


def test_a_new_phone_number_is_taken_and_counted(cast: Cast, phone: Phone, wati: Any) -> None:
    command = phone.command("change_contact", {"base_version": 1, "phone": "0812 0000 0299"}, entity=wati.id)
    (outcome,) = phone.sends(command)
    assert (outcome["outcome"], outcome["result"]) == ("accepted", {"version": 2, "merged": ["phone"]})
    assert contact_of(cast, wati).phone == "+6281200000299"
    assert phone.sends(command) == [outcome], "the version does not grow when it comes again"


def test_different_fields_merge(cast: Cast, phone: Phone, wati: Any) -> None:
    members.correct_contact(
        actor=cast.laras, member_id=wati.id, base_version=1, changes={"address": "Jorong Tanjung Medan"}
    )
    (outcome,) = phone.sends(
        phone.command("change_contact", {"base_version": 1, "phone": "081200000299"}, entity=wati.id)
    )
    assert (outcome["outcome"], outcome["result"]["version"]) == ("accepted", 3)
    person = contact_of(cast, wati)
    assert (person.address, person.phone) == ("Jorong Tanjung Medan", "+6281200000299")


def test_the_same_field_waits_for_the_office_and_the_other_one_merges(cast: Cast, phone: Phone, wati: Any) -> None:
    members.correct_contact(actor=cast.laras, member_id=wati.id, base_version=1, changes={"phone": "081200000288"})
    body = {"base_version": 1, "phone": "081200000299", "address": "Jorong Tanjung Medan"}
    (outcome,) = phone.sends(phone.command("change_contact", body, entity=wati.id))
    assert (outcome["outcome"], outcome["result"]["merged"]) == ("in_review", ["address"])
    (clash,) = membership.clashes_open_to(cast.laras)
    assert (clash.field, clash.proposed, clash.reason) == ("phone", "+6281200000299", "changed_meanwhile")
    assert contact_of(cast, wati).phone == "+6281200000288", "until the office decides its value stays"
    assert not membership.clashes_open_to(cast.gustina) and not membership.clashes_open_to(cast.rina)


@pytest.mark.parametrize(("settle", "phone_after"), [("take", "+6281200000299"), ("keep", "+6281200000288")])
def test_the_office_settles_a_clash_once(settle: str, phone_after: str, cast: Cast, phone: Phone, wati: Any) -> None:
    members.correct_contact(actor=cast.laras, member_id=wati.id, base_version=1, changes={"phone": "081200000288"})
    phone.sends(phone.command("change_contact", {"base_version": 1, "phone": "081200000299"}, entity=wati.id))
    (clash,) = membership.clashes_open_to(cast.laras)
    verb = {"take": members.take_contact, "keep": members.keep_contact}[settle]
    for stranger in (cast.gustina, cast.rina, cast.nofri):
        with pytest.raises(NotFound):
            verb(actor=stranger, clash_id=clash.id)
    verb(actor=cast.laras, clash_id=clash.id)
    assert contact_of(cast, wati).phone == phone_after
    assert not membership.clashes_open_to(cast.laras)
    with pytest.raises(Refused):
        verb(actor=cast.laras, clash_id=clash.id)


def test_an_occupation_of_another_price_waits_for_the_office(cast: Cast, phone: Phone, wati: Any) -> None:
    (same, other) = phone.sends(
        phone.command("change_contact", {"base_version": 1, "occupation": "trader"}, entity=wati.id),
        phone.command("change_contact", {"base_version": 2, "occupation": "ojek"}, entity=wati.id, seq=2),
    )
    assert (same["outcome"], other["outcome"]) == ("accepted", "in_review")
    (clash,) = membership.clashes_open_to(cast.laras)
    assert clash.reason == "price_changes"
    members.take_contact(actor=cast.laras, clash_id=clash.id)
    assert membership.member_for(cast.laras, wati.id).sector == "transport"


@pytest.mark.parametrize(
    ("changed", "outcome", "code"),
    [
        ({"phone": "12"}, "refused", "phone_malformed"),
        ({"address": " "}, "refused", "address_missing"),
        ({"village_code": "99.99.99.9999"}, "refused", "village_unknown"),
        ({"occupation": "king"}, "refused", "choice_unknown"),
        ({}, "refused", "nothing_changed"),
        ({"phone": "081200000299", "base_version": 9}, "misuse", "misused"),
        ({"nik": "1306084903980011"}, "refused", "field_unknown"),
    ],
)
def test_contact_data_that_cannot_be(
    changed: dict[str, Any], outcome: str, code: str, cast: Cast, phone: Phone, wati: Any
) -> None:
    (told,) = phone.sends(phone.command("change_contact", {"base_version": 1} | changed, entity=wati.id))
    assert (told["outcome"], told["code"]) == (outcome, code)
    assert contact_of(cast, wati).version == 1


def test_nobody_changes_contact_data_of_somebody_elses_member(cast: Cast, phone: Phone, wati: Any) -> None:
    zul = Phone("zul")
    (outcome,) = zul.sends(zul.command("change_contact", {"base_version": 1, "phone": "081200000299"}, entity=wati.id))
    assert (outcome["outcome"], outcome["code"]) == ("refused", "not_found")
    with pytest.raises(NotFound):
        members.correct_contact(actor=cast.rina, member_id=wati.id, base_version=1, changes={"address": "Y"})
    with pytest.raises(NotFound):
        members.correct_contact(actor=cast.gustina, member_id=wati.id, base_version=1, changes={"address": "Y"})


def test_an_office_page_that_is_too_old_is_told_so(cast: Cast, phone: Phone, wati: Any) -> None:
    members.correct_contact(actor=cast.laras, member_id=wati.id, base_version=1, changes={"address": "Jorong A"})
    with pytest.raises(Refused) as refusal:
        members.correct_contact(actor=cast.hendri, member_id=wati.id, base_version=1, changes={"address": "Jorong B"})
    assert refusal.value.code == "contact_changed"


# --- codes


def test_rina_asks_for_a_code(cast: Cast, phone: Phone, wati: Any) -> None:
    (first, again) = phone.sends(
        phone.command("request_code", {"months": 3}, entity=wati.id),
        phone.command("request_code", {"months": 1}, entity=wati.id, seq=2),
    )
    assert first["outcome"] == "accepted" and first["result"]["amount_idr"] > 0 and len(first["result"]["code"]) == 11
    assert (again["outcome"], again["code"]) == ("refused", "code_still_open")


# --- disputes


@pytest.fixture
def line(cast: Cast, phone: Phone, wati: Any) -> dict[str, Any]:
    """The acquisition of Wati in Rina's accrued month."""
    month = Period.of(clock.today())
    pay.accrue(actor=cast.nofri, period=month)
    registration = membership.registration_of_member(wati.id)
    assert registration is not None
    return {"period": str(month), "kind": "acquisition", "subject": str(registration.id)}


def test_rina_disputes_a_line_and_the_office_answers(cast: Cast, phone: Phone, line: dict[str, Any]) -> None:
    command = phone.command("dispute_line", line | {"text": "Wati belum dihitung."})
    assert phone.sends(command)[0]["outcome"] == "accepted"
    (dispute,) = incentives.disputes_visible_to(cast.nofri)
    assert (dispute.state, dispute.text) == ("open", "Wati belum dihitung.")
    assert dispute.due_on > clock.today()
    assert not incentives.disputes_visible_to(cast.zul)
    for stranger in (cast.laras, cast.rina, cast.gustina, cast.buyung):
        with pytest.raises(NotFound):
            pay.answer_dispute(actor=stranger, dispute_id=dispute.id, answer="x")
    with pytest.raises(Refused):
        pay.answer_dispute(actor=cast.nofri, dispute_id=dispute.id, answer=" ")
    pay.answer_dispute(actor=cast.nofri, dispute_id=dispute.id, answer="Sudah dihitung.")
    with pytest.raises(Refused):
        pay.answer_dispute(actor=cast.nofri, dispute_id=dispute.id, answer="Lagi.")


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"text": " "}, "dispute_text_missing"),
        ({"text": "x" * 1001}, "dispute_text_too_long"),
        ({"subject": "nothing"}, "not_found"),
        ({"period": "2026-13"}, "field_wrong"),
        ({"kind": "gift"}, "field_wrong"),
    ],
)
def test_a_dispute_that_names_no_line_is_refused(
    changed: dict[str, Any], code: str, cast: Cast, phone: Phone, line: dict[str, Any]
) -> None:
    (outcome,) = phone.sends(phone.command("dispute_line", line | {"text": "Salah."} | changed))
    assert (outcome["outcome"], outcome["code"]) == ("refused", code)


def test_zul_cannot_dispute_rinas_line(cast: Cast, line: dict[str, Any]) -> None:
    zul = Phone("zul")
    assert zul.sends(zul.command("dispute_line", line | {"text": "Salah."}))[0]["code"] == "not_found"


# --- attendance


def attendance(**changed: Any) -> dict[str, Any]:
    return {
        "title": "Sosialisasi di Balai Nagari",
        "village_code": KOTO_TINGGI,
        "place": "Balai Nagari",
        "held_on": clock.today().isoformat(),
        "attendees": [{"name": "Syamsiar", "phone": "081200000298", "sex": "f"}, {"name": "Buya  Malik"}],
    } | changed


def test_rina_sends_an_attendance_list(cast: Cast, phone: Phone) -> None:
    command = phone.command("record_attendance", attendance())
    (outcome,) = phone.sends(command)
    assert (outcome["outcome"], outcome["result"]) == ("accepted", {"attended": 2})
    event: Any = outreach.event_for(cast.laras, command["entity"])
    people = outreach.attendance_of(event.id)
    assert [(each.name, each.phone) for each in people] == [("Syamsiar", "+6281200000298"), ("Buya Malik", None)]
    assert event.attended == 2


def sees(actor: Actor) -> int:
    return len(outreach.visible_to(actor))


def test_only_who_may_see_an_event_sees_it(cast: Cast, phone: Phone) -> None:
    command = phone.command("record_attendance", attendance())
    phone.sends(command)
    assert all(sees(actor) for actor in (cast.rina, cast.laras, cast.hendri, cast.irwansyah, cast.sudirman))
    assert not any(sees(actor) for actor in (cast.zul, cast.gustina, cast.nofri, cast.datuak, cast.admin))
    with pytest.raises(NotFound):
        outreach.event_for(cast.gustina, command["entity"])


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"title": " "}, "title_missing", "title"),
        ({"attendees": []}, "attendance_empty", "attendees"),
        ({"attendees": [{"name": "A"}] * 501}, "attendance_too_long", "attendees"),
        ({"attendees": [{"name": "Ali"}, {"name": "12"}]}, "name_missing", "attendees.1.name"),
        ({"attendees": [{"name": "Ali", "phone": "12"}]}, "phone_malformed", "attendees.0.phone"),
        ({"attendees": [{"name": "Ali", "sex": "x"}]}, "choice_unknown", "attendees.0.sex"),
        ({"attendees": [{"name": "Ali", "occupation": "king"}]}, "choice_unknown", "attendees.0.occupation"),
        ({"village_code": "99"}, "village_unknown", "village_code"),
        ({"held_on": "2099-01-01"}, "date_in_future", "held_on"),
    ],
)
def test_an_attendance_list_that_cannot_be(
    changed: dict[str, Any], code: str, field: str, cast: Cast, phone: Phone
) -> None:
    (outcome,) = phone.sends(phone.command("record_attendance", attendance(**changed)))
    assert (outcome["outcome"], outcome["code"], outcome["field"]) == ("refused", code, field)
    assert not outreach.visible_to(cast.laras)


def test_a_second_list_for_the_same_event_is_misuse(cast: Cast, phone: Phone) -> None:
    entity = ids.new_id()
    first, second = phone.sends(
        phone.command("record_attendance", attendance(), entity=entity),
        phone.command("record_attendance", attendance(), entity=entity, seq=2),
    )
    assert (first["outcome"], second["outcome"]) == ("accepted", "misuse")
