"""Tokens for paper: signed with Ed25519, short enough for a small QR, checkable by anyone with the public key.

A token is ``key id . payload . signature``, the last two in base64url without padding. The signature covers the words
``perisai token``, the key id and the payload, so nothing else that these keys may ever sign reads as a token.
"""

import base64
import binascii
from urllib.parse import parse_qsl, quote_plus, urlencode

from cryptography.exceptions import InvalidSignature

from perisai.vault.keys import keyring, reload


class BadSignature(Exception):
    """Not a token of ours: changed, forged, cut short, or signed with an unknown key."""


def sign(payload: bytes) -> str:
    """A token of ASCII letters, digits, ``-``, ``_`` and two dots: 89 characters and four thirds of the payload."""
    ring = keyring()
    number = str(ring.signing_current)
    return f"{number}.{_text(payload)}.{_text(ring.signer.sign(_bound(number, payload)))}"


def verify(token: str) -> bytes:
    """The payload of a genuine token. Raises BadSignature."""
    try:
        number, payload_text, signature_text = token.split(".")
        payload, signature = bytes_of(payload_text), bytes_of(signature_text)
        public = keyring().verifiers.get(int(number)) or reload().verifiers[int(number)]
        public.verify(signature, _bound(number, payload))
    except (ValueError, KeyError, InvalidSignature):
        raise BadSignature from None
    return payload


def public_keys() -> dict[int, str]:
    """Key id to raw public key in base64, for the public page: with these a card is checked without us."""
    return {
        number: base64.b64encode(key.public_bytes_raw()).decode() for number, key in sorted(keyring().verifiers.items())
    }


def pack(facts: dict[str, str]) -> bytes:
    """Facts as ``k=v&k=v``, readable by any programming language; keys should be short."""
    return urlencode(facts, safe="*:", quote_via=quote_plus).encode()


def unpack(payload: bytes) -> dict[str, str]:
    """What ``pack`` packed. Raises BadSignature for another shape: a payload of ours always has this one."""
    try:
        return dict(parse_qsl(payload.decode("ascii"), keep_blank_values=True, strict_parsing=True))
    except ValueError:
        raise BadSignature from None


def _bound(number: str, payload: bytes) -> bytes:
    return b"perisai token " + number.encode() + b"." + payload


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def bytes_of(text: str) -> bytes:
    """The raw bytes of base64url without padding. Strict: one payload has exactly one spelling. Raises ValueError."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error:
        raise ValueError from None
    if _text(raw) != text:
        raise ValueError
    return raw
