"""What a machine reads when something is wrong: one shape, the right status, never a traceback, never personal data."""

import json
from typing import Any

import pytest
from tests.api.machine import Machine
from tests.api.test_chain import referral

from perisai.api.bodies import MOST_BYTES
from perisai.site.cast import FAMILY_2017, PASSWORD

pytestmark = pytest.mark.usefixtures("cast", "in_2017")


def _fields(body: dict[str, Any]) -> set[tuple[str, str]]:
    error = body["error"]
    return {(each["code"], each["field"]) for each in (error, *error["also"])}


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"income_idr": "1000000"}, "field_not_whole", "income_idr"),
        ({"income_idr": 1000000.5}, "field_not_whole", "income_idr"),
        ({"income_idr": 10**15}, "income_out_of_range", "income_idr"),
        ({"income_idr": -1}, "income_out_of_range", "income_idr"),
        ({"income_idr": 0}, "income_out_of_range", "income_idr"),
        ({"income_idr": None}, "field_not_whole", "income_idr"),
        ({"born_on": 1}, "field_wrong", "born_on"),
        ({"born_on": "10-01-1990"}, "field_wrong", "born_on"),
        ({"born_on": "2017-11-01"}, "born_in_future", "born_on"),
        ({"occurred_on": "2017-10-31"}, "date_in_future", "occurred_on"),
        ({"id": "5a1e3b0c-0000-4000-8000-000000000000"}, "field_wrong", "id"),
        ({"nik": "130608500190000"}, "nik_malformed", "nik"),
        ({"nik": "13060850O1900003"}, "nik_malformed", "nik"),
        ({"nik": "0" * 16}, "nik_zeros", "nik"),
        ({"nik": 1306085001900003}, "field_wrong", "nik"),
        ({"name": "Si\0ti"}, "field_wrong", "name"),
        ({"name": "x" * 300}, "name_too_long", "name"),
        ({"name": "x" * 301}, "field_wrong", "name"),
        ({"name": "🌾"}, "name_missing", "name"),
        ({"village_code": "13.06.08.9999"}, "village_unknown", "village_code"),
        ({"consent": "yes"}, "field_wrong", "consent"),
        ({"programmes": "jkk"}, "field_wrong", "programmes"),
        ({"programmes": ["jht"]}, "package_unknown", "programmes"),
        ({"months": 2}, "choice_unknown", "months"),
        ({"is_admin": True}, "field_unknown", "is_admin"),
    ],
)
def test_a_bad_referral_is_refused_by_the_field(changed: dict[str, Any], code: str, field: str) -> None:
    status, body = Machine("rina").post("/registrations", referral() | changed)
    assert status == 422
    assert (code, field) in _fields(body)


def test_everything_wrong_is_told_at_once_and_nothing_is_repeated() -> None:
    sent = referral() | {"nik": "1306085001900", "phone": "12", "name": "", "income_idr": 0}
    status, body = Machine("rina").post("/registrations", sent)
    assert status == 422
    assert {field for _, field in _fields(body)} == {"nik", "phone", "name", "income_idr"}
    assert "1306085" not in json.dumps(body)


def test_an_apostrophe_is_a_letter_of_a_name() -> None:
    name = 'Ma\'ruf "Datuak" <b>Rajo</b>'
    assert Machine("rina").post("/registrations", referral() | {"name": name})[0] == 201


def test_the_caller_chooses_the_language() -> None:
    machine = Machine("rina")
    path = f"/registrations/{referral()['id']}"
    indonesian = machine.get(path)[1]["error"]["message"]
    english = machine.get(path, accept_language="en-GB,id;q=0.5")[1]["error"]["message"]
    assert indonesian.startswith("Tidak ditemukan")
    assert english.startswith("Not found")
    assert machine.headers["Content-Language"] == "en"
    assert machine.get(path, accept_language="fr, id;q=0.5, en;q=0.1")[1]["error"]["message"] == indonesian


def test_unknown_and_invisible_are_one_answer() -> None:
    sent = referral()
    assert Machine("rina").post("/registrations", sent)[0] == 201
    stranger = Machine("gustina")
    invisible = stranger.get(f"/registrations/{sent['id']}")
    unknown = stranger.get(f"/registrations/{referral()['id']}")
    assert invisible == unknown
    assert invisible[0] == 404
    assert stranger.post(f"/registrations/{sent['id']}/approve", {}) == unknown


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"{", 422, "body_not_json"),
        (b"", 422, "field_missing"),
        (b"[]", 422, "body_not_json"),
        (b"null", 422, "body_not_json"),
        (b"\xff\xfe", 422, "body_not_json"),
        (b'{"username":"a","username":"b","password":"c"}', 422, "body_not_json"),
        (b'{"username":NaN}', 422, "body_not_json"),
        (b'{"username":' + b"9" * 5000 + b"}", 422, "body_not_json"),
        (b"[" * 20_000, 422, "body_not_json"),
        (b'{"username":"\\ud800","password":"x"}', 422, "field_wrong"),
        (b'{"username":"' + b"x" * MOST_BYTES + b'"}', 413, "body_too_large"),
    ],
)
def test_a_bad_body_is_refused_by_the_door(content: bytes, status: int, code: str) -> None:
    answered, body = Machine().post("/session", content)
    assert (answered, body["error"]["code"]) == (status, code)


def test_a_foreign_form_cannot_send_anything() -> None:
    assert Machine().post("/session", b"username=rina", content_type="application/x-www-form-urlencoded")[0] == 415
    rina = Machine("rina")
    rina.token = "x" * 64
    status, body = rina.post("/registrations", referral())
    assert (status, body["error"]["code"]) == (403, "csrf_missing")


def test_without_a_session_nothing_opens() -> None:
    for method, path in (("GET", "/registrations"), ("GET", "/payments")):
        status, body = Machine().send(method, path)
        assert (status, body["error"]["code"]) == (401, "sign_in_needed")
    rina = Machine("rina")
    assert rina.send("DELETE", "/session")[0] == 204
    assert rina.get("/registrations")[0] == 401


def test_a_wrong_password_is_refused_and_the_account_locks() -> None:
    door = Machine()
    for _ in range(5):
        status, body = door.post("/session", {"username": "rina", "password": "salah"})
        assert (status, body["error"]["code"]) == (422, "sign_in_refused")
    assert door.post("/session", {"username": "rina", "password": PASSWORD})[0] == 422


def test_an_unknown_address_is_answered_in_json() -> None:
    status, body = Machine().get("/nowhere")
    assert (status, body["error"]["code"]) == (404, "not_found")
    assert Machine("laras").get("/registrations/not-an-id")[0] == 422
    assert Machine("laras").send("PUT", "/registrations")[0] == 405


def test_public_checks_are_counted_by_address() -> None:
    anyone = Machine()
    answers = [anyone.get("/public/receipts/NOSUCH")[0] for _ in range(61)]
    assert answers[-1] == 429
    assert set(answers[:-1]) == {404}
    assert 1 <= int(anyone.headers["Retry-After"]) <= 60
    assert anyone.post("/public/card", {"token": "abc"}) == (
        200,
        {"status": "unknown", "masked_name": "", "issued_on": None, "branch_name": ""},
    )


def test_two_referrals_of_one_nik_meet_in_review() -> None:
    rina = Machine("rina")
    assert rina.post("/registrations", referral("bakri"))[1]["state"] == "submitted"
    status, body = rina.post("/registrations", referral("ali"))
    assert (status, body["state"], body["doubts"]) == (201, "in_review", ["nik_referred_twice"])


def test_a_perisai_whose_certificate_lapsed_may_not_refer() -> None:
    status, body = Machine("yusuf").post("/registrations", referral())
    assert (status, body["error"]["code"]) == (422, "agent_without_certificate")
    assert FAMILY_2017["siti"].nik not in json.dumps(body)
