"""AES-256-GCM seals and keyed blind indexes.

A sealed text is ``version (1 byte) · key id (2 bytes) · nonce (12 bytes) · ciphertext and tag``. The context, such as
``membership.person.nik``, and the first three bytes are authenticated with it: a value moved to another column, or
dressed as another key's, does not open. Texts are filled with NUL up to a multiple of 16 bytes, so that a length tells
little.
"""

import hmac
import os
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag

from perisai.vault.keys import keyring, reload

VERSION = 1
HEADER_BYTES = 3
_NONCE_BYTES = 12
_BODY_AT = HEADER_BYTES + _NONCE_BYTES
_BLOCK = 16


class SealBroken(Exception):
    """The bytes are damaged, forged, from another context, or sealed with a key that the keyring does not hold."""


def current_header() -> bytes:
    """What every seal under the current key begins with."""
    return _header(keyring().sealing_current)


def seal(text: str, *, context: str) -> bytes:
    """Seal one text. Raises ValueError for a text with a NUL in it (PostgreSQL refuses those too)."""
    return seal_many([text], context=context)[0]


def seal_many(texts: Sequence[str], *, context: str) -> list[bytes]:
    """Seal many texts of one context, as for a COPY: same order, same errors as ``seal``."""
    ring = keyring()
    head = _header(ring.sealing_current)
    bound = head + context.encode()
    encrypt = ring.ciphers[ring.sealing_current].encrypt
    noise = os.urandom(_NONCE_BYTES * len(texts))
    sealed = []
    for start, text in zip(range(0, len(noise), _NONCE_BYTES), texts, strict=True):
        plain = text.encode()
        if b"\0" in plain:
            raise ValueError("a text with a NUL in it cannot be sealed")
        width = -len(plain) % _BLOCK if plain else _BLOCK
        nonce = noise[start : start + _NONCE_BYTES]
        sealed.append(head + nonce + encrypt(nonce, plain + b"\0" * width, bound))
    return sealed


def unseal(blob: bytes, *, context: str) -> str:
    """Open what ``seal`` closed, under the current or any older key. Raises SealBroken."""
    return _opened(blob, context).rstrip(b"\0").decode()


def _opened(blob: bytes, context: str) -> bytes:
    head = blob[:HEADER_BYTES]
    if len(blob) < _BODY_AT + _BLOCK or head[0] != VERSION:
        raise SealBroken(context)
    number = int.from_bytes(head[1:], "big")
    cipher = keyring().ciphers.get(number) or reload().ciphers.get(number)
    if cipher is None:
        raise SealBroken(f"{context}: no key {number}")
    try:
        return cipher.decrypt(blob[HEADER_BYTES:_BODY_AT], blob[_BODY_AT:], head + context.encode())
    except InvalidTag:
        raise SealBroken(context) from None


def seal_bytes(content: bytes, *, context: str) -> bytes:
    """Seal a picture or another content whose length is no secret."""
    ring = keyring()
    head, nonce = _header(ring.sealing_current), os.urandom(_NONCE_BYTES)
    bound = head + context.encode()
    return head + nonce + ring.ciphers[ring.sealing_current].encrypt(nonce, content, bound)


def unseal_bytes(blob: bytes, *, context: str) -> bytes:
    """Open what ``seal_bytes`` closed, under the current or any older key. Raises SealBroken."""
    return _opened(blob, context)


def blind_index(text: str, *, context: str) -> bytes:
    """32 bytes that are equal for equal texts of one context and tell nothing else without the index key.

    The caller brings the text into its one spelling first (``parse_nik``, E.164): two spellings are two texts.
    """
    return hmac.digest(keyring().index_key(context), text.encode(), "sha256")


def blind_index_many(texts: Sequence[str], *, context: str) -> list[bytes]:
    """``blind_index`` of each, in order."""
    key = keyring().index_key(context)
    return [hmac.digest(key, text.encode(), "sha256") for text in texts]


def _header(number: int) -> bytes:
    return bytes((VERSION,)) + number.to_bytes(2, "big")
