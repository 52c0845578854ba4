"""What came from Rina's phone, for the pages that show it."""

import hashlib
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from tests.sync.phone import text_of

from perisai.incentives import services as incentives
from perisai.incentives.rules import Kind
from perisai.kernel import clock, ids
from perisai.kernel.period import Period
from perisai.membership import selectors as membership
from perisai.membership import services as members
from perisai.outreach import services as outreach
from perisai.outreach.rules import Attendee, Gathering
from perisai.site.cast import FAMILY_2017, KOTO_TINGGI, Cast
from perisai.sync import rules, services
from perisai.vault.parcels import point_of

PHOTO = b"\xff\xd8\xff\xe0" + b"KTP" * 100
NAME = hashlib.sha256(PHOTO).hexdigest()


def phone(cast: Cast) -> Any:
    key = text_of(point_of(ec.generate_private_key(ec.SECP256R1()).public_key()))
    return services.enrol_device(actor=cast.rina, device_id=ids.new_id(), label="Ponsel Rina", key=key).device


def pictures(cast: Cast, device: Any, returned_to: UUID) -> None:
    """The referral is returned, and comes again from the phone with a photo of the card."""
    members.return_registration(actor=cast.laras, registration_id=returned_to, note="Foto kurang jelas")
    worker = FAMILY_2017["nurdin"].facts()
    body = {name: getattr(worker, name) for name in worker.__dataclass_fields__}
    command = {
        "id": str(ids.new_id()),
        "kind": "resubmit_registration",
        "v": 1,
        "entity": str(returned_to),
        "seq": 1,
        "device": str(device.id),
        "recorded_at": clock.now().isoformat(),
        "occurred_on": clock.today().isoformat(),
        "body": body | {"born_on": worker.born_on.isoformat(), "programmes": list(worker.programmes), "photo": NAME},
    }
    assert services.receive(actor=cast.rina, device=device, command=command).outcome == "accepted"
    span = rules.Span(0, len(PHOTO) - 1, len(PHOTO))
    services.take_piece(actor=cast.rina, device=device, name=NAME, media_type="image/jpeg", span=span, content=PHOTO)


def event(cast: Cast) -> UUID:
    gathering = Gathering("Sosialisasi di Balai Nagari", "Balai Nagari", (Attendee("Syamsiar", "081200000298"),))
    return outreach.record_attendance(
        actor=cast.rina,
        event_id=ids.new_id(),
        village_code=KOTO_TINGGI,
        held_on=clock.today(),
        gathering=gathering,
    ).id


def dispute(cast: Cast, payment: Any) -> UUID:
    registration = membership.registration_of_member(payment.member_id)
    assert registration is not None
    return incentives.dispute_line(
        actor=cast.rina,
        dispute_id=ids.new_id(),
        period=Period.of(clock.today()),
        kind=Kind.ACQUISITION,
        subject=str(registration.id),
        text="Siti belum dihitung.",
    ).id


def clash(cast: Cast, member_id: UUID) -> UUID:
    """The office has changed Siti's address, and Rina's phone another way."""
    members.correct_contact(actor=cast.laras, member_id=member_id, base_version=1, changes={"address": "Jorong Baru"})
    members.change_contact(actor=cast.rina, member_id=member_id, base_version=1, changes={"address": "Jorong Lama"})
    return membership.clashes_open_to(cast.laras)[0].id
