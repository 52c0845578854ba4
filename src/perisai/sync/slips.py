"""Referral slips that a phone without signal signed itself: checked against its public key, and never a card.

A token is ``d.<device id>.<payload>.<signature>``; the signature is ECDSA P-256 with SHA-256 over ``perisai slip ``, the
device id, a dot and the payload, 64 bytes raw as browsers write it (docs/sync.md).
"""

from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from perisai.membership import tokens
from perisai.sync.models import Device
from perisai.vault import parcels, signing

MARK = "d."


def is_slip(token: str) -> bool:
    """Whether a phone that was enrolled here signed it as a slip; also one that was revoked since."""
    try:
        _, device_id, payload, signature = token.split(".")
        facts = signing.unpack(signing.bytes_of(payload))
        device = Device.objects.filter(pk=UUID(device_id)).first()
        raw = signing.bytes_of(signature)
        if device is None or len(raw) != 64:
            return False
        spoken = f"perisai slip {device_id}.{payload}".encode()
        both = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
        parcels.public_from(bytes(device.key)).verify(both, spoken, ec.ECDSA(SHA256()))
    except (ValueError, signing.BadSignature, InvalidSignature):
        return False
    return facts.get("k") == tokens.SLIP
