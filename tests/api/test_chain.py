"""The chain over JSON: Rina refers Siti, Laras approves, Nofri records the first payment, the card follows."""

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from tests.api.machine import Machine

from perisai.api import registrations
from perisai.audit.selectors import history_of
from perisai.contributions.selectors import codes_of_registration
from perisai.kernel import clock, ids
from perisai.site.cast import FAMILY_2017

pytestmark = pytest.mark.usefixtures("cast", "in_2017")


def referral(name: str = "siti", **changed: Any) -> dict[str, Any]:
    facts = FAMILY_2017[name].facts()
    body = {slot: getattr(facts, slot) for slot in facts.__dataclass_fields__}
    body |= {"id": str(ids.new_id()), "occurred_on": "2017-10-30", "born_on": facts.born_on.isoformat()}
    return body | {"programmes": list(facts.programmes)} | changed


def proof(code: dict[str, Any], reference: str = "BRI-1", **changed: Any) -> dict[str, Any]:
    return {
        "code": code["code"],
        "amount_idr": code["amount_idr"],
        "channel": "bri",
        "channel_reference": reference,
        "paid_at": clock.now().isoformat(),
    } | changed


def test_siti_is_referred_approved_paid_and_carded() -> None:
    rina, laras, nofri, anyone = Machine("rina"), Machine("laras"), Machine("nofri"), Machine()
    sent = referral()
    status, body = rina.post("/registrations", sent)
    assert (status, body["state"]) == (201, "submitted")
    assert rina.post("/registrations", sent) == (200, body), "sent twice with one id, it is one referral"

    status, approval = laras.post(f"/registrations/{sent['id']}/approve", {})
    assert (status, approval["payment_code"]["amount_idr"]) == (200, 16_800)
    status, refusal = laras.post(f"/registrations/{sent['id']}/approve", {})
    assert (status, refusal["error"]["code"]) == (422, "wrong_order")

    paid = proof(approval["payment_code"])
    status, receipt = nofri.post("/payments", paid)
    assert status == 201
    assert nofri.post("/payments", paid) == (200, receipt)
    status, again = nofri.post("/payments", paid | {"channel_reference": "BRI-2"})
    assert (status, again["error"]["code"]) == (422, "code_already_paid")

    member = f"/members/{receipt['member_id']}"
    status, card = laras.post(f"{member}/card")
    assert status == 201
    status, checked = anyone.post("/public/card", {"token": card["token"]})
    assert (status, checked["status"], checked["masked_name"]) == (200, "valid", "S*** A*****")
    status, checked = anyone.get(f"/public/receipts/{receipt['receipt_number']}")
    assert (status, checked["months"]) == (200, ["2017-10-01"])
    status, pdf = laras.get(f"{member}/card.pdf")
    assert (status, pdf[:5]) == (200, b"%PDF-")

    status, seen = rina.get(member)
    assert (status, seen["nik_masked"], seen["number"]) == (200, "130608******0003", receipt["member_number"])
    assert rina.post(f"{member}/reveal-nik", {"reason": "klaim JKM"})[0] == 404
    assert laras.post(f"{member}/reveal-nik", {"reason": "klaim JKM"}) == (200, {"nik": "1306085001900003"})
    assert laras.post(f"{member}/reveal-nik", {"reason": " "})[1]["error"]["field"] == "reason"

    for sought in ("siti amina", "1306085001900003", receipt["member_number"]):
        assert [hit["number"] for hit in laras.post("/members/search", {"text": sought})[1]] == [seen["number"]]
    status, listed = nofri.get("/payments")
    assert [each["receipt_number"] for each in listed] == [receipt["receipt_number"]]


def test_a_returned_referral_is_mended_and_sent_again() -> None:
    rina, laras = Machine("rina"), Machine("laras")
    sent = referral()
    rina.post("/registrations", sent)
    status, refusal = laras.post(f"/registrations/{sent['id']}/return", {})
    assert (status, refusal["error"]["code"], refusal["error"]["field"]) == (422, "reason_missing", "note")
    assert laras.post(f"/registrations/{sent['id']}/return", {"note": "Alamat kurang"})[1]["state"] == "returned"
    mended = {name: value for name, value in sent.items() if name not in ("id", "occurred_on")}
    status, body = rina.post(f"/registrations/{sent['id']}/resubmit", mended | {"address": "Jorong Batu Taba 7"})
    assert (status, body["state"]) == (200, "submitted")
    assert laras.post(f"/registrations/{sent['id']}/hold", {"note": "Cek lagi"})[1]["state"] == "in_review"
    assert laras.post(f"/registrations/{sent['id']}/reject", {"note": "Bukan pekerja"})[1]["state"] == "rejected"


def test_an_expired_code_is_replaced() -> None:
    rina, laras = Machine("rina"), Machine("laras")
    sent = referral()
    rina.post("/registrations", sent)
    laras.post(f"/registrations/{sent['id']}/approve", {})
    status, refusal = laras.post(f"/registrations/{sent['id']}/code", {"months": 3})
    assert (status, refusal["error"]["code"]) == (422, "code_still_open")
    with clock.turned_to(datetime(2017, 11, 3, tzinfo=ZoneInfo("Asia/Jakarta"))):
        status, fresh = Machine("laras").post(f"/registrations/{sent['id']}/code", {"months": 3})
        assert (status, fresh["amount_idr"], fresh["first_month"]) == (201, 3 * 16_800, "2017-11-01")


def test_one_id_for_two_people_is_misuse() -> None:
    rina = Machine("rina")
    sent = referral()
    rina.post("/registrations", sent)
    status, body = rina.post("/registrations", sent | {"nik": FAMILY_2017["nurdin"].nik})
    assert (status, body["error"]["code"]) == (409, "misused")


def test_the_list_is_walked_by_its_cursor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registrations, "_A_PAGE", 2)
    rina, laras = Machine("rina"), Machine("laras")
    sent = [rina.post("/registrations", referral(name))[1]["id"] for name in ("siti", "bakri", "nurdin", "upik", "ali")]
    met: list[str] = []
    cursor: str | None = ""
    for _ in range(3):
        status, page = laras.get(f"/registrations?cursor={cursor}")
        assert status == 200
        met += [each["id"] for each in page["items"]]
        cursor = page["next"]
    assert met == sent[::-1]
    assert cursor is None
    held = laras.get("/registrations?state=in_review")[1]["items"]
    assert [(each["id"], each["doubts"]) for each in held] == [(sent[-1], ["nik_referred_twice"])]
    assert laras.get("/registrations?cursor=abc")[1]["error"]["field"] == "cursor"
    assert laras.get("/registrations?state=sleeping")[0] == 422
    assert Machine("gustina").get("/registrations")[1] == {"items": [], "next": None}


def test_a_refused_payment_leaves_a_trace() -> None:
    rina, laras, nofri = Machine("rina"), Machine("laras"), Machine("nofri")
    sent = referral()
    rina.post("/registrations", sent)
    code = laras.post(f"/registrations/{sent['id']}/approve", {})[1]["payment_code"]
    status, refusal = nofri.post("/payments", proof(code, amount_idr=16_000))
    assert (status, refusal["error"]["code"], refusal["error"]["field"]) == (422, "amount_wrong", "amount_idr")
    code_id = codes_of_registration(UUID(sent["id"]))[0].id
    assert "contributions.payment.refused" in [line.action for line in history_of([code_id])]
