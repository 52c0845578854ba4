"""Phones: enrolled by a Perisai, revoked by the branch, their clocks compared."""

from datetime import timedelta
from uuid import UUID

import pytest
from tests.sync.phone import Phone

from perisai.agents import services as agents
from perisai.kernel import clock
from perisai.kernel.errors import NotFound, Refused
from perisai.site.cast import Cast
from perisai.sync import rules, selectors, services


def test_rina_enrols_her_phone(cast: Cast) -> None:
    phone = Phone("rina")
    (device,) = selectors.devices_of_agent(cast.hendri, cast.agent_ids["rina"])
    assert str(device.id) == phone.id
    assert phone.token.encode() not in bytes(device.token_hash), "the token is kept as a hash"


def test_the_same_phone_again_gets_a_new_token_and_keeps_its_salt(cast: Cast) -> None:
    phone = Phone("rina")
    old, salt = phone.token, phone.salt
    phone.token = ""
    _, body = phone.enrol()
    assert body["nik_salt"] == salt
    phone.token = old
    assert phone.call("GET", "/changes")[0] == 401
    phone.token = body["token"]
    assert phone.call("GET", "/changes")[0] == 200


@pytest.mark.parametrize(("username", "code"), [("laras", "only_for_perisai"), ("dedi", "only_for_perisai")])
def test_only_a_perisai_in_service_enrols(username: str, code: str, cast: Cast) -> None:
    status, body = Phone(username, enrolled=False).enrol()
    assert (status, body["error"]["code"]) == (422, code)


def test_somebody_elses_phone_cannot_be_enrolled(cast: Cast) -> None:
    rina, zul = Phone("rina"), Phone("zul", enrolled=False)
    zul.id = rina.id
    status, body = zul.enrol()
    assert (status, body["error"]["code"]) == (422, "device_taken")


@pytest.mark.parametrize("key", ["", "AAAA", "B" * 87, "!"])
def test_a_key_is_a_point_of_the_curve(key: str, cast: Cast) -> None:
    status, body = Phone("rina", enrolled=False).enrol(key=key)
    assert (status, body["error"]["field"]) == (422, "key")


def test_a_revoked_phone_is_told_so_and_cannot_come_back(cast: Cast) -> None:
    phone = Phone("rina")
    for _ in range(2):
        services.revoke_device(actor=cast.hendri, device_id=UUID(phone.id), reason="Hilang di pasar")
    for method, path in (("GET", "/changes"), ("POST", "/commands")):
        status, body = phone.call(method, path)
        assert (status, body["error"]["code"]) == (401, "device_revoked")
    phone.token = ""
    assert phone.enrol()[1]["error"]["code"] == "device_taken"


def test_when_the_agents_service_ends_the_phone_is_shut_out(cast: Cast) -> None:
    phone = Phone("rina")
    agents.terminate_agent(actor=cast.hendri, agent_id=cast.agent_ids["rina"], reason="Berhenti", on=clock.today())
    assert phone.call("GET", "/changes")[1]["error"]["code"] == "device_revoked"


def test_who_does_not_manage_the_agent_cannot_revoke(cast: Cast) -> None:
    phone = Phone("rina")
    for actor in (cast.gustina, cast.rina, cast.nofri, cast.maharani):
        with pytest.raises(NotFound):
            services.revoke_device(actor=actor, device_id=UUID(phone.id), reason="x")
    with pytest.raises(Refused):
        services.revoke_device(actor=cast.hendri, device_id=UUID(phone.id), reason=" ")


@pytest.mark.parametrize("token", ["", "x", "x" * 43])
def test_a_token_that_is_none_opens_nothing(token: str, cast: Cast) -> None:
    phone = Phone("rina", enrolled=False)
    phone.token = token
    status, body = phone.call("GET", "/changes")
    assert (status, body["error"]["code"]) == (401, "sign_in_needed")


@pytest.mark.parametrize(("minutes", "off"), [(0, False), (9, False), (-11, True), (60 * 24 * 365 * 10, True)])
def test_the_phones_clock_is_compared(minutes: int, off: bool, cast: Cast) -> None:
    phone = Phone("rina")
    phone.clock_at = (clock.now() + timedelta(minutes=minutes)).isoformat()
    assert phone.call("GET", "/changes")[0] == 200
    (device,) = selectors.devices_of_agent(cast.hendri, cast.agent_ids["rina"])
    assert device.skew_seconds is not None and abs(device.skew_seconds - minutes * 60) < 30
    assert rules.clock_is_off(device.skew_seconds) is off
    assert device.last_contact_at is not None


@pytest.mark.parametrize("told", ["now", "2026-11-24", "2026-11-24T08:00:00", "9999-12-31T23:59:59+00:00"])
def test_a_clock_that_says_nothing_sensible_stops_nothing(told: str, cast: Cast) -> None:
    phone = Phone("rina")
    phone.clock_at = told
    assert phone.call("GET", "/changes")[0] == 200


@pytest.mark.parametrize("username", ["rina", "yusuf", "mira", "zul"])
def test_every_perisai_has_the_field_apps_doors(username: str, cast: Cast) -> None:
    phone = Phone(username)
    assert phone.call("GET", "/changes")[0] == 200
    assert phone.call("POST", "/commands", {"commands": []})[0] == 200


def test_a_phones_token_opens_no_other_door(cast: Cast) -> None:
    assert Phone("rina").call("GET", "/registrations")[0] == 401
