"""A week without signal: the outbox leaves as a sealed file, and an officer takes it in."""

import base64
import gzip
import json
from typing import Any
from uuid import UUID

import pytest
from tests.sync.phone import Phone

from perisai.kernel import clock
from perisai.kernel.errors import NotFound, Refused
from perisai.membership import selectors as membership
from perisai.site.cast import FAMILY_NOW, Cast
from perisai.sync import services
from perisai.vault import keys, parcels


def sealed(phone: Phone, *commands: dict[str, Any], **changed: Any) -> bytes:
    content = {
        "device": phone.id,
        "token": phone.token,
        "sealed_at": clock.now().isoformat(),
        "commands": list(commands),
    } | changed
    point = base64.urlsafe_b64decode(phone.parcel_key + "==")
    return parcels.seal_parcel(gzip.compress(json.dumps(content).encode()), parcels.public_from(point))


def test_laras_takes_in_rinas_parcel_and_rina_is_its_author(cast: Cast) -> None:
    phone = Phone("rina")
    first, wrong = phone.refers(FAMILY_NOW["wati"]), phone.refers(FAMILY_NOW["joni"], nik="12")
    taken = services.take_in_parcel(actor=cast.laras, parcel=sealed(phone, first, wrong, 5))  # type: ignore[arg-type]
    assert [each.answer.outcome for each in taken.commands] == ["accepted", "refused", "refused"]
    registration = membership.registration_for(cast.laras, first["entity"])
    assert registration.agent_id == cast.agent_ids["rina"]
    assert registration.entered_by_id == cast.rina.user_id, "so Laras may decide about it"


def test_however_it_comes_it_has_one_effect(cast: Cast) -> None:
    phone = Phone("rina")
    command = phone.refers(FAMILY_NOW["wati"])
    parcel = sealed(phone, command)
    first = services.take_in_parcel(actor=cast.laras, parcel=parcel)
    again = services.take_in_parcel(actor=cast.hendri, parcel=parcel)
    (sent,) = phone.sends(command)
    assert first.commands == again.commands
    assert sent["result"] == first.commands[0].answer.result


def test_it_opens_also_after_the_key_was_renewed(cast: Cast) -> None:
    phone = Phone("rina")
    parcel = sealed(phone, phone.refers(FAMILY_NOW["wati"]))
    old = parcels.public_key()
    keys.add_parcel_key()
    assert parcels.public_key() != old
    assert services.take_in_parcel(actor=cast.laras, parcel=parcel).commands[0].answer.outcome == "accepted"


@pytest.mark.parametrize("damage", [b"", b"PRSI1", b"PRSI1" + b"x" * 300, b"PK" + b"x" * 300])
def test_what_is_no_parcel_is_refused(damage: bytes, cast: Cast) -> None:
    with pytest.raises(Refused) as refusal:
        services.take_in_parcel(actor=cast.laras, parcel=damage)
    assert refusal.value.code == "parcel_broken"


@pytest.mark.parametrize(
    "changed", [{"commands": 5}, {"token": "x"}, {"token": None}, {"device": "x"}, {"sealed_at": "today"}]
)
def test_a_parcel_of_another_shape_is_refused(changed: dict[str, Any], cast: Cast) -> None:
    phone = Phone("rina")
    with pytest.raises(Refused) as refusal:
        services.take_in_parcel(actor=cast.laras, parcel=sealed(phone, **changed))
    assert refusal.value.code == "parcel_broken"


def test_a_changed_byte_is_noticed(cast: Cast) -> None:
    phone = Phone("rina")
    parcel = bytearray(sealed(phone, phone.refers(FAMILY_NOW["wati"])))
    parcel[-1] ^= 1
    with pytest.raises(Refused):
        services.take_in_parcel(actor=cast.laras, parcel=bytes(parcel))


def test_only_an_officer_of_the_branch_takes_it_in(cast: Cast) -> None:
    phone = Phone("rina")
    parcel = sealed(phone, phone.refers(FAMILY_NOW["wati"]))
    for stranger in (cast.gustina, cast.rina, cast.nofri, cast.irwansyah, cast.sudirman):
        with pytest.raises(NotFound):
            services.take_in_parcel(actor=stranger, parcel=parcel)


def test_a_revoked_phone_brings_nothing_in_a_parcel_either(cast: Cast) -> None:
    phone = Phone("rina")
    parcel = sealed(phone, phone.refers(FAMILY_NOW["wati"]))
    services.revoke_device(actor=cast.hendri, device_id=UUID(phone.id), reason="Hilang")
    with pytest.raises(Refused) as refusal:
        services.take_in_parcel(actor=cast.laras, parcel=parcel)
    assert refusal.value.code == "device_revoked"
