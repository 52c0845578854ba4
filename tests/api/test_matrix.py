"""Who gets through which operation: every operation, every member of the cast.

The stage: rina's referral ``sent`` waits in Bukittinggi, ``paid`` is a member with a card. A role that may not act gets
the same 404 as for a thing that does not exist, or an empty list; only the finance office's code is refused by name (422).
"""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from tests.api.machine import Machine
from tests.api.operations import OPERATIONS, Found
from tests.api.test_chain import referral

from perisai.contributions import services as contributions
from perisai.kernel import clock, ids
from perisai.membership import services as membership
from perisai.site.cast import EVERYBODY, FAMILY_2017, Cast

pytestmark = pytest.mark.usefixtures("in_2017")

EXAMPLES = Path(__file__).parent.parent / "contract" / "api_v1"
REFERRERS = {"rina": 201, "mira": 201, "zul": 201, "yusuf": 422, "dedi": 422}
BRANCH = {"laras": 200, "hendri": 200}
ABOVE = {"irwansyah": 200, "maharani": 200, "sudirman": 200}
FINANCE = {"nofri": 200, "yulia": 200}
OWN = {"rina": 200, "buyung": 200}

# The field app's doors open to a phone's token alone, whoever else is signed in (tests/sync/test_devices.py).
# Who gets another answer than the one that the operation gives to everybody else.
MATRIX: dict[str, tuple[int, dict[str, int]]] = {
    "session.open_session": (200, {}),
    "session.close_session": (204, {}),
    "registrations.refer": (404, REFERRERS),
    "registrations.newest": (200, {}),
    "registrations.one": (404, BRANCH | ABOVE | OWN),
    "registrations.approve": (404, BRANCH),
    "registrations.return": (404, BRANCH),
    "registrations.reject": (404, BRANCH),
    "registrations.hold": (404, BRANCH),
    "registrations.resubmit": (404, {"rina": 422, "mira": 404, "zul": 404}),
    "registrations.code": (404, {"laras": 422, "hendri": 422, "rina": 422}),
    "payments.record": (422, {"nofri": 201, "yulia": 201}),
    "payments.newest": (200, {}),
    "members.find": (200, {}),
    "members.one": (404, BRANCH | ABOVE | FINANCE | {"rina": 200}),
    "members.issue_card": (404, {"laras": 201, "hendri": 201}),
    "members.card_pdf": (404, BRANCH),
    "members.reveal_nik": (404, BRANCH),
    "devices.enrol": (200, {}),
    "commands.receive": (401, {}),
    "changes.since": (401, {}),
    "blobs.put": (401, {}),
    "blobs.head": (401, {}),
    "public.keys": (200, {}),
    "public.card": (200, {}),
    "public.receipt": (200, {}),
}
SEE_SOMETHING = {
    "registrations.newest": {"rina", "buyung", "laras", "hendri", "irwansyah", "maharani", "sudirman"},
    "payments.newest": {"nofri", "yulia", "laras", "hendri", "irwansyah", "maharani", "sudirman"},
    "members.find": {"rina", "nofri", "yulia", "laras", "hendri", "irwansyah", "maharani", "sudirman"},
}
OPEN = {"session.open_session", "devices.enrol", "public.keys", "public.card", "public.receipt"}


class Stage:
    """One waiting referral, one approved with its code, one member with card and receipt."""

    def __init__(self, cast: Cast) -> None:
        self.sent = self._referred(cast, "nurdin")
        self.code = contributions.approve_with_code(actor=cast.laras, registration_id=self._referred(cast, "upik"))
        first = contributions.approve_with_code(actor=cast.laras, registration_id=self._referred(cast, "siti"))
        self.payment = contributions.record_payment(actor=cast.nofri, **self.proof(first, "BRI-0"))
        assert self.payment.member_id is not None
        membership.issue_card(actor=cast.laras, member_id=self.payment.member_id)

    def _referred(self, cast: Cast, name: str) -> UUID:
        return membership.refer_member(
            actor=cast.rina,
            registration_id=ids.new_id(),
            applicant=FAMILY_2017[name].facts(),
            occurred_on=clock.today(),
        ).id

    def proof(self, code: Any, reference: str) -> dict[str, Any]:
        return {
            "code": code.code,
            "amount_idr": code.amount_idr,
            "channel": "bri",
            "channel_reference": reference,
            "paid_at": clock.now(),
        }

    def path(self, operation: Found) -> str:
        return operation.path.format(
            registration_id=self.sent,
            member_id=self.payment.member_id,
            number=self.payment.receipt_number,
            name="0" * 64,
        )

    def body(self, name: str) -> Any:
        if name == "registrations.refer":
            return referral("bakri")
        if name == "payments.record":
            return self.proof(self.code, "BRI-1") | {"paid_at": clock.now().isoformat()}
        example = EXAMPLES / f"{name}.json"
        return json.loads(example.read_text()) if example.exists() else None


@pytest.fixture
def stage(cast: Cast) -> Stage:
    return Stage(cast)


@pytest.mark.parametrize("username", EVERYBODY)
@pytest.mark.parametrize("name", sorted(MATRIX))
def test_each_role_gets_its_answer(name: str, username: str, stage: Stage) -> None:
    operation = OPERATIONS[name]
    machine = Machine(username)
    status, body = machine.send(operation.method, stage.path(operation), stage.body(name))
    usual, others = MATRIX[name]
    assert status == others.get(username, usual), body
    if name in SEE_SOMETHING:
        seen = body["items"] if isinstance(body, dict) else body
        assert bool(seen) == (username in SEE_SOMETHING[name])


@pytest.mark.parametrize("name", sorted(MATRIX))
def test_without_signing_in_only_the_public_part_is_open(name: str, stage: Stage) -> None:
    operation = OPERATIONS[name]
    status, _ = Machine().send(operation.method, stage.path(operation), stage.body(name))
    # A change is stopped by the missing token, a read by the missing session.
    assert (status in (401, 403)) == (name not in OPEN)


def test_every_operation_is_in_the_matrix() -> None:
    assert set(MATRIX) == set(OPERATIONS)
