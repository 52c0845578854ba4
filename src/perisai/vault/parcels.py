"""Parcels: what a phone without signal seals for the office, by ECIES over P-256 with what every browser has.

A parcel is ``PRSI1``, the phone's ephemeral public key (65 bytes, uncompressed), a nonce (12 bytes), and AES-256-GCM of
the content. The key is HKDF-SHA256 (no salt, info ``perisai parcel 1``) of the ECDH secret (docs/sync.md).
"""

import base64
import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from perisai.vault.keys import Keyring, KeysUnavailable, keyring, reload

MARK: Final = b"PRSI1"
POINT_BYTES: Final = 65
_NONCE_BYTES: Final = 12
_BODY_AT: Final = len(MARK) + POINT_BYTES + _NONCE_BYTES


class ParcelBroken(Exception):
    """Not a parcel for this office: damaged, cut short, or sealed for a key that the keyring does not hold."""


def public_key() -> str:
    """The newest public half, raw and uncompressed, in base64url without padding. Raises KeysUnavailable."""
    openers = keyring().openers or reload().openers
    if not openers:
        raise KeysUnavailable(
            "The keyring is from before there were parcels.", "Add the key with: perisai rotate-keys --new-parcel-key"
        )
    return base64.urlsafe_b64encode(point_of(openers[0].public_key())).rstrip(b"=").decode()


def open_parcel(parcel: bytes) -> bytes:
    """The content of a parcel sealed for any key of ours. Raises ParcelBroken."""
    if len(parcel) <= _BODY_AT or not parcel.startswith(MARK):
        raise ParcelBroken
    try:
        sender = public_from(parcel[len(MARK) : len(MARK) + POINT_BYTES])
    except ValueError:
        raise ParcelBroken from None
    nonce, body = parcel[_BODY_AT - _NONCE_BYTES : _BODY_AT], parcel[_BODY_AT:]
    content = _opened(keyring(), sender, nonce, body)
    if content is None:
        content = _opened(reload(), sender, nonce, body)
    if content is None:
        raise ParcelBroken
    return content


def seal_parcel(content: bytes, public: ec.EllipticCurvePublicKey) -> bytes:
    """What a phone does: here for tests and for trying the page out."""
    own, nonce = ec.generate_private_key(ec.SECP256R1()), os.urandom(_NONCE_BYTES)
    return MARK + point_of(own.public_key()) + nonce + _cipher(own, public).encrypt(nonce, content, None)


def point_of(public: ec.EllipticCurvePublicKey) -> bytes:
    return public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def public_from(point: bytes) -> ec.EllipticCurvePublicKey:
    """Raises ValueError for anything but an uncompressed point of the curve."""
    if len(point) != POINT_BYTES:
        raise ValueError("length")
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)


def _opened(ring: Keyring, sender: ec.EllipticCurvePublicKey, nonce: bytes, body: bytes) -> bytes | None:
    for own in ring.openers:
        try:
            return _cipher(own, sender).decrypt(nonce, body, None)
        except InvalidTag:
            continue
    return None


def _cipher(own: ec.EllipticCurvePrivateKey, other: ec.EllipticCurvePublicKey) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, None, b"perisai parcel 1").derive(own.exchange(ec.ECDH(), other)))
