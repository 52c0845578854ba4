"""The porter takes each command once, in order, and answers for ever the same."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from tests.sync.phone import Phone

from perisai.kernel import clock, ids
from perisai.membership import selectors as membership
from perisai.membership import services as members
from perisai.site.cast import FAMILY_NOW, Cast
from perisai.sync import handlers

WATI, JONI, ERI = FAMILY_NOW["wati"], FAMILY_NOW["joni"], FAMILY_NOW["eri"]


def rows(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


def test_rina_refers_wati_and_gets_a_slip(cast: Cast) -> None:
    phone = Phone("rina")
    command = phone.refers(WATI, position={"lat": -0.25, "lon": 100.45, "accuracy_m": 12.5})
    (outcome,) = phone.sends(command)
    assert outcome["outcome"] == "accepted"
    assert outcome["result"]["state"] == "submitted"
    registration = membership.registration_for(cast.laras, command["entity"])
    assert registration.reference == outcome["result"]["reference"]
    assert registration.agent_id == cast.agent_ids["rina"], "the author is the phone's agent"


def test_sent_again_it_is_one_referral_with_the_same_answer(cast: Cast) -> None:
    phone = Phone("rina")
    command = phone.refers(WATI)
    first, again = phone.sends(command, command)
    assert first == again == phone.sends(command)[0]
    assert rows("membership_registration") == rows("sync_receivedcommand") == rows("sync_commandoutcome") == 1


def test_other_bytes_under_the_same_id_are_misuse(cast: Cast) -> None:
    phone = Phone("rina")
    command = phone.refers(WATI)
    phone.sends(command)
    (outcome,) = phone.sends(command | {"occurred_on": "2026-01-01"})
    assert (outcome["outcome"], outcome["code"]) == ("misuse", "misused")
    assert rows("sync_receivedcommand") == 1


def test_fields_in_another_order_are_the_same_command(cast: Cast) -> None:
    phone = Phone("rina")
    command = phone.refers(WATI)
    assert phone.sends(command) == phone.sends(dict(reversed(command.items())))


def test_a_second_referral_of_a_nik_is_in_review(cast: Cast) -> None:
    phone = Phone("rina")
    first, second = phone.sends(phone.refers(JONI), phone.refers(ERI))
    assert first["outcome"] == "accepted"
    assert (second["outcome"], second["result"]["doubts"]) == ("in_review", ["nik_referred_twice"])


def test_a_refusal_says_all_that_is_wrong_and_is_final(cast: Cast) -> None:
    phone = Phone("rina")
    command = phone.refers(WATI, nik="12", consent=False)
    (outcome,) = phone.sends(command)
    assert (outcome["outcome"], outcome["code"], outcome["field"]) == ("refused", "nik_malformed", "nik")
    assert [each["code"] for each in outcome["also"]] == ["consent_missing"]
    assert outcome["message"].startswith("NIK harus 16 angka")
    assert phone.sends(command) == [outcome]
    assert rows("membership_registration") == 0


def test_the_answer_speaks_the_readers_language_also_later(cast: Cast) -> None:
    phone = Phone("rina")
    command = phone.refers(WATI, nik="12")
    phone.sends(command)
    _, body = phone.call("POST", "/commands", {"commands": [command]}, Accept_Language="en")
    assert body["outcomes"][0]["message"].startswith("A NIK has 16 digits")


def test_what_is_mended_comes_after_what_was_refused(cast: Cast) -> None:
    phone = Phone("rina")
    wrong = phone.refers(WATI, nik="12")
    mended = phone.refers(WATI) | {"entity": wrong["entity"], "seq": 2}
    assert [each["outcome"] for each in phone.sends(mended, wrong, mended)] == ["held", "refused", "accepted"]
    assert rows("sync_receivedcommand") == 2, "of a held command nothing is kept"


def test_two_commands_cannot_be_the_same_step(cast: Cast) -> None:
    phone = Phone("rina")
    first = phone.refers(WATI)
    other = phone.refers(JONI) | {"entity": first["entity"]}
    assert [each["outcome"] for each in phone.sends(first, other)] == ["accepted", "misuse"]


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"kind": "fly"}, "command_unknown", "kind"),
        ({"v": 99}, "command_unknown", "kind"),
        ({"recorded_at": "yesterday"}, "field_wrong", "recorded_at"),
        ({"body": {"nik": 5}}, "field_wrong", "nik"),
        ({"extra": 1}, "field_unknown", "extra"),
    ],
)
def test_a_misshapen_command_is_refused_by_name(changed: dict[str, Any], code: str, field: str, cast: Cast) -> None:
    phone = Phone("rina")
    (outcome,) = phone.sends(phone.refers(WATI) | changed)
    assert (outcome["outcome"], outcome["code"], outcome["field"]) == ("refused", code, field)


@pytest.mark.parametrize("command", [5, None, {}, {"id": "x"}, {"id": str(ids.new_id()), "seq": 0}])
def test_what_cannot_be_named_is_refused_and_stops_nothing(command: Any, cast: Cast) -> None:
    phone = Phone("rina")
    _, body = phone.call("POST", "/commands", {"commands": [command, phone.refers(WATI)]})
    assert [each["outcome"] for each in body["outcomes"]] == ["refused", "accepted"]
    assert rows("sync_receivedcommand") == 1


def test_tomorrow_cannot_have_happened(cast: Cast) -> None:
    phone = Phone("rina")
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    (outcome,) = phone.sends(phone.refers(WATI) | {"occurred_on": tomorrow})
    assert (outcome["outcome"], outcome["code"]) == ("refused", "date_in_future")


def test_a_command_of_somebody_elses_phone_is_refused(cast: Cast) -> None:
    rina, zul = Phone("rina"), Phone("zul")
    (outcome,) = zul.sends(rina.refers(WATI))
    assert (outcome["outcome"], outcome["field"]) == ("refused", "device")
    assert rina.sends(rina.refers(WATI))[0]["outcome"] == "accepted"


def test_rinas_old_outbox_leaves_through_her_new_phone(cast: Cast) -> None:
    old, new = Phone("rina"), Phone("rina")
    assert new.sends(old.refers(WATI))[0]["outcome"] == "accepted"


def test_one_that_stumbles_over_a_bug_holds_up_nobody(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def trip(*_: object) -> None:
        raise ZeroDivisionError

    phone = Phone("rina")
    bad = phone.command("resubmit_registration", phone.refers(WATI)["body"])
    monkeypatch.setitem(handlers.HANDLERS, ("resubmit_registration", 1), trip)
    first, second = phone.sends(bad, phone.refers(WATI))
    assert (first["outcome"], first["code"]) == ("held", "command_stumbled")
    assert second["outcome"] == "accepted"
    assert rows("sync_receivedcommand") == 1, "nothing of it is kept, so it can come again"


def test_a_returned_referral_is_mended_from_the_phone(cast: Cast) -> None:
    phone = Phone("rina")
    command = phone.refers(WATI)
    phone.sends(command)
    members.return_registration(actor=cast.laras, registration_id=command["entity"], note="Alamat kurang")
    mended = phone.command(
        "resubmit_registration", command["body"] | {"address": "Jorong Batu Taba 7"}, entity=command["entity"], seq=2
    )
    (outcome,) = phone.sends(mended)
    assert (outcome["outcome"], outcome["result"]["state"]) == ("accepted", "submitted")
