"""The feed: what an agent may see, whole at first, then what changed, and nothing in flight is ever missed."""

import hmac
from base64 import urlsafe_b64decode
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from django.db import connection, transaction
from tests.sync.phone import Phone, of_kind

from perisai.contributions import services as contributions
from perisai.kernel import clock
from perisai.membership import services as membership
from perisai.site.cast import FAMILY_NOW, Cast
from perisai.sync import feed

WATI, JONI = FAMILY_NOW["wati"], FAMILY_NOW["joni"]


def becomes_member(cast: Cast, phone: Phone, name: str) -> Any:
    command = phone.refers(FAMILY_NOW[name])
    assert phone.sends(command)[0]["outcome"] == "accepted"
    code = contributions.approve_with_code(actor=cast.laras, registration_id=command["entity"])
    return contributions.record_payment(
        actor=cast.nofri,
        code=code.code,
        amount_idr=code.amount_idr,
        channel="bri",
        channel_reference=f"BRI-{name}",
        paid_at=clock.now(),
    )


def test_a_first_sync_brings_everything_the_agent_may_see(open_stage: Cast) -> None:
    phone = Phone("rina")
    payment = becomes_member(open_stage, phone, "wati")
    membership.issue_card(actor=open_stage.laras, member_id=payment.member_id)
    items, removed, _ = phone.syncs()
    (agent,), (member,), (month,) = of_kind(items, "agent"), of_kind(items, "member"), of_kind(items, "month")
    (registration,) = of_kind(items, "registration")
    assert (agent["name"], agent["may_act"], agent["new_members"]) == ("Rina Marlina", True, 1)
    assert (member["name"], member["nik_masked"], member["version"]) == ("Rahmawati", "130608******0011", 1)
    assert member["managed_months"] == 1
    assert month["member_id"] == member["id"] and month["receipt_number"] == payment.receipt_number
    assert agent["received_idr"] == month["total_idr"] == payment.amount_idr
    assert (registration["state"], registration["member_id"]) == ("completed", member["id"])
    assert "Koto Tinggi" in {each["name"] for each in of_kind(items, "village")}
    assert WATI.nik not in str(items), "a full NIK never travels down"
    assert not removed
    assert not of_kind(Phone("zul").syncs()[0], "member"), "Zul sees nothing of Rina's"


def test_the_tag_finds_a_nik_on_this_phone_only(open_stage: Cast) -> None:
    phone, other = Phone("rina"), Phone("rina")
    becomes_member(open_stage, phone, "wati")

    def tag(salt: str) -> str:
        return hmac.digest(urlsafe_b64decode(salt + "="), WATI.nik.encode(), "sha256")[:12].hex()

    assert of_kind(phone.syncs()[0], "member")[0]["nik_tag"] == tag(phone.salt)
    assert of_kind(other.syncs()[0], "member")[0]["nik_tag"] == tag(other.salt) != tag(phone.salt)


def test_a_later_sync_brings_what_changed_and_the_agent(open_stage: Cast) -> None:
    phone = Phone("rina")
    becomes_member(open_stage, phone, "wati")
    *_, cursor = phone.syncs()
    items, _, cursor = phone.syncs(cursor)
    assert [each["kind"] for each in items] == ["agent"]
    phone.sends(phone.refers(JONI))
    items, _, cursor = phone.syncs(cursor)
    assert [each["name"] for each in of_kind(items, "registration")] == ["Joni Eka Putra"]
    assert not of_kind(items, "member")


def test_a_returned_referral_comes_with_its_reason_and_message(open_stage: Cast) -> None:
    phone = Phone("rina")
    command = phone.refers(WATI)
    phone.sends(command)
    *_, cursor = phone.syncs()
    membership.return_registration(actor=open_stage.laras, registration_id=command["entity"], note="Alamat kurang")
    items, *_ = phone.syncs(cursor)
    (registration,), (message,) = of_kind(items, "registration"), of_kind(items, "message")
    assert (registration["state"], registration["decision_note"]) == ("returned", "Alamat kurang")
    assert "Alamat kurang" in message["text"]


def test_a_code_is_told_when_it_is_open_and_when_it_is_paid(open_stage: Cast) -> None:
    phone = Phone("rina")
    payment = becomes_member(open_stage, phone, "wati")
    *_, cursor = phone.syncs()
    code = contributions.issue_member_code(actor=open_stage.laras, member_id=payment.member_id, months=3)
    items, _, cursor = phone.syncs(cursor)
    assert [(each["code"], each["state"]) for each in of_kind(items, "code")] == [(code.code, "open")]
    contributions.cancel_code(actor=open_stage.laras, code=code.code, reason="Salah bulan")
    items, *_ = phone.syncs(cursor)
    assert [each["state"] for each in of_kind(items, "code")] == ["cancelled"]
    assert not of_kind(phone.syncs()[0], "code"), "a phone that begins anew needs the open ones only"


def test_a_member_handed_over_leaves_one_phone_and_arrives_whole_on_the_other(open_stage: Cast) -> None:
    rina, zul = Phone("rina"), Phone("zul")
    payment = becomes_member(open_stage, rina, "wati")
    *_, from_rina = rina.syncs()
    *_, from_zul = zul.syncs()
    ids = open_stage.agent_ids
    membership.hand_over_members(
        actor=open_stage.hendri,
        from_agent_id=ids["rina"],
        to_agent_id=ids["zul"],
        member_ids=[payment.member_id],
        reason="Rina pindah nagari",
    )
    items, removed, _ = rina.syncs(from_rina)
    assert removed == [{"kind": "member", "id": str(payment.member_id)}]
    assert not of_kind(items, "member")
    items, removed, _ = zul.syncs(from_zul)
    assert [each["id"] for each in of_kind(items, "member")] == [str(payment.member_id)]
    assert len(of_kind(items, "month")) == 1 and not removed


def test_pages_are_walked_without_missing_or_repeating(open_stage: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    phone = Phone("rina")
    for name in ("wati", "joni", "ijus", "lena"):
        becomes_member(open_stage, phone, name)
    whole, *_ = phone.syncs()
    monkeypatch.setattr(feed, "PAGE", 3)
    paged, *_ = phone.syncs()
    assert [(each["kind"], each["id"]) for each in paged] == [(each["kind"], each["id"]) for each in whole]


def test_what_was_in_flight_comes_with_the_next_window(open_stage: Cast) -> None:
    phone, referring, may_commit = Phone("rina"), Event(), Event()
    command = phone.refers(WATI)

    def refer_slowly() -> None:
        with transaction.atomic():
            phone.sends(command)
            referring.set()
            may_commit.wait(20)
        connection.close()

    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(refer_slowly)
        referring.wait(20)
        other = Phone("rina")
        assert other.sends(other.refers(JONI))[0]["outcome"] == "accepted"
        items, _, cursor = other.syncs()
        assert not of_kind(items, "registration"), "the window ends below the oldest transaction in flight"
        may_commit.set()
        slow.result()
    items, *_ = other.syncs(cursor)
    assert {each["name"] for each in of_kind(items, "registration")} == {WATI.name, JONI.name}


@pytest.mark.parametrize("cursor", ["x", "AAAA", "x" * 300])
def test_an_unknown_cursor_begins_anew(cursor: str, cast: Cast) -> None:
    status, body = Phone("rina").call("GET", f"/changes?cursor={cursor}")
    assert (status, body["reset"]) == (200, True)


def test_a_cursor_of_another_agent_begins_anew(cast: Cast) -> None:
    *_, cursor = Phone("rina").syncs()
    assert Phone("zul").call("GET", f"/changes?cursor={cursor}")[1]["reset"] is True
    assert Phone("rina").call("GET", f"/changes?cursor={cursor}")[1]["reset"] is False
