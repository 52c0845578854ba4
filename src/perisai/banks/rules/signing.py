"""Signatures of SNAP, to make and to check (domain 9): RSA for the access token, HMAC for every transaction."""

import base64
import binascii
import hashlib
import hmac
import re
from functools import lru_cache
from typing import Final

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_public_key

FEWEST_BITS: Final = 2048
_OUTSIDE_STRINGS: Final = re.compile(rb'("(?:[^"\\]|\\.)*")|[ \t\r\n]+')


def minified(body: bytes) -> bytes:
    """A JSON text without the blanks between its parts; what stands in strings stays as it was sent."""
    return _OUTSIDE_STRINGS.sub(lambda found: found[1] or b"", body)


def string_to_sign(*, method: str, path: str, token: str, body: bytes, timestamp: str) -> bytes:
    """``METHOD:path:accessToken:lower(hex(sha256(minified body))):timestamp``."""
    digest = hashlib.sha256(minified(body)).hexdigest()
    return f"{method}:{path}:{token}:{digest}:{timestamp}".encode()


def sign_transaction(secret: str, text: bytes) -> str:
    """HMAC-SHA512 in base64."""
    return base64.b64encode(hmac.digest(secret.encode(), text, "sha512")).decode()


def is_transaction_signature(secret: str, text: bytes, signature: str) -> bool:
    """Compared in constant time."""
    return hmac.compare_digest(sign_transaction(secret, text).encode(), signature.encode())


def sign_token_request(key: RSAPrivateKey, client_key: str, timestamp: str) -> str:
    """SHA256withRSA (PKCS #1 v1.5) over ``clientKey|timestamp``, in base64."""
    return base64.b64encode(key.sign(_asked(client_key, timestamp), PKCS1v15(), SHA256())).decode()


def is_token_signature(public_key: str, client_key: str, timestamp: str, signature: str) -> bool:
    """``public_key`` is a PEM that ``read_public_key`` has accepted."""
    try:
        given = base64.b64decode(signature, validate=True)
        read_public_key(public_key).verify(given, _asked(client_key, timestamp), PKCS1v15(), SHA256())
    except (binascii.Error, ValueError, InvalidSignature):
        return False
    return True


@lru_cache(maxsize=256)
def read_public_key(pem: str) -> RSAPublicKey:
    """Raises ValueError for anything but an RSA public key of at least 2,048 bits."""
    try:
        key = load_pem_public_key(pem.encode())
    except UnsupportedAlgorithm:
        raise ValueError("not a kind of key that is known") from None
    if not isinstance(key, RSAPublicKey) or key.key_size < FEWEST_BITS:
        raise ValueError("not an RSA key of 2,048 bits or more")
    return key


def fingerprint(pem: str) -> str:
    """SHA-256 of the key itself in groups of four, to be read over the telephone. ``pem`` as in ``read_public_key``."""
    numbers = read_public_key(pem).public_numbers()
    digest = hashlib.sha256(f"{numbers.n:x}:{numbers.e:x}".encode()).hexdigest()[:32]
    return " ".join(digest[place : place + 4] for place in range(0, 32, 4))


def _asked(client_key: str, timestamp: str) -> bytes:
    return f"{client_key}|{timestamp}".encode()
