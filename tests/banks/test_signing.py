"""Both signatures of SNAP against literal vectors made with OpenSSL, and the string that is signed."""

import pytest
from tests.banks import teller

from perisai.banks.rules import signing

PUBLIC_KEY = """-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAwbDDi2r4ibZ/BFNr3r+1
OPUfU2alDEdSb1+/29+TBKe4AdF1ty9MFYfRFjDvYyrpdY8SWikgn52jhlL3ereI
zOCxOnAG5it73JlXHlyxtAfw1SC6J6+Orb2WtJB/QdwikyR2rURL1r6wn0qBkYGG
51MiVIovMYiqeXcchIRMQOtKSP+WtslnPI2jI8iR0Xd3lUJ5/cNJDz89kHVn0PJS
sbA1dRPa5cBnQSsX34eMYAznQdWf7Ox/AJgcGwJe2uIhqdV/F9m5X77tbxIgOafT
Zubd93hRrTC7QrF0tlNPIWrgMgXEX6HozgNFcMbsxeLsMf3RAO2eoM4kox5zcU/0
vwIDAQAB
-----END PUBLIC KEY-----
"""
CLIENT_KEY = "a1b2c3d4e5f60718293a4b5c6d7e8f90"
TIMESTAMP = "2026-11-24T08:15:03+07:00"
TOKEN_SIGNATURE = (
    "j4s4NM4lTmCDqyPFWL+7OmEXMYDmnpcrqCJiR4erOK8LskO7ufnmIaTSOxQZZH9wQDw7PJwrHBxSbfNOCNr41e"
    "7FPbThBQA4P4pbglp7ppaqpc6wvqJaNPYU6O6tIcNeIFkWQn8HrHbb7q9btCN3dFh5WM0v0zoN3pvXDwSVwqNI"
    "hOhoLHKynqW1cxEGURjvwB2Uqx4qUTO6secah2zPYY2IbZHOZ9iB/MBj+dbbKIwEFZ40xjLXCPGx1P19XaiGSs"
    "4emCTr5320Hj3HuIa126uJRI0ol72D6cj/trBCNQYU8MaRV0DSqcx7a1Ee+f5jq+FjA7siahOs3X7ZfbYpKw=="
)
BODY = b'{"partnerServiceId":"   88899","customerNo":"90000000013","paidAmount":{"value":"16800.00","currency":"IDR"}}'
SPREAD = b"""{
  "partnerServiceId" : "   88899",
  "customerNo": "90000000013",
  "paidAmount": { "value": "16800.00",\t"currency": "IDR" }
}"""
TEXT = (
    b"POST:/api/snap/v1.0/transfer-va/payment:token-of-the-test:"
    b"4ade4cc29465e867061b5bc57c7c9d376c6babb84d463abf648780fd0cce9811:2026-11-24T08:15:03+07:00"
)
SIGNATURE = "mwHxaXyViXCcdSnmotvoe+QDonky1gYRz0XV1iQcNraP2C+w0RVX5RnAtL8GULvBe3ZZ2IgifTWcPikZ/4ZjWQ=="
SECRET = "secret-of-the-test"


def text_of(body: bytes) -> bytes:
    return signing.string_to_sign(
        method="POST",
        path="/api/snap/v1.0/transfer-va/payment",
        token="token-of-the-test",
        body=body,
        timestamp=TIMESTAMP,
    )


def test_the_signature_of_a_token_request_is_the_one_openssl_makes() -> None:
    assert signing.is_token_signature(PUBLIC_KEY, CLIENT_KEY, TIMESTAMP, TOKEN_SIGNATURE)


@pytest.mark.parametrize(
    ("client_key", "timestamp", "signature"),
    [
        (CLIENT_KEY[:-1] + "1", TIMESTAMP, TOKEN_SIGNATURE),
        (CLIENT_KEY, "2026-11-24T08:15:04+07:00", TOKEN_SIGNATURE),
        (CLIENT_KEY, TIMESTAMP, TOKEN_SIGNATURE[:-4] + "AA=="),
        (CLIENT_KEY, TIMESTAMP, "not base64"),
        (CLIENT_KEY, TIMESTAMP, ""),
    ],
)
def test_anything_else_is_no_signature(client_key: str, timestamp: str, signature: str) -> None:
    assert not signing.is_token_signature(PUBLIC_KEY, client_key, timestamp, signature)


def test_a_bank_signs_what_we_accept() -> None:
    signature = signing.sign_token_request(teller.key_of("bni"), CLIENT_KEY, TIMESTAMP)
    assert signing.is_token_signature(teller.public_pem("bni"), CLIENT_KEY, TIMESTAMP, signature)
    assert not signing.is_token_signature(PUBLIC_KEY, CLIENT_KEY, TIMESTAMP, signature)


@pytest.mark.parametrize("body", [BODY, SPREAD])
def test_the_text_that_is_signed_is_minified_hashed_and_joined(body: bytes) -> None:
    assert text_of(body) == TEXT


def test_the_signature_of_a_transaction_is_the_one_openssl_makes() -> None:
    assert signing.sign_transaction(SECRET, TEXT) == SIGNATURE
    assert signing.is_transaction_signature(SECRET, TEXT, SIGNATURE)
    assert not signing.is_transaction_signature(SECRET + "x", TEXT, SIGNATURE)
    assert not signing.is_transaction_signature(SECRET, TEXT, "é" + SIGNATURE[1:])


def test_blanks_inside_texts_are_part_of_what_is_signed() -> None:
    spread = b'{ "a" : "  two \\" quotes \\\\" , "b":[ 1 , 2 ] }'
    assert signing.minified(spread) == b'{"a":"  two \\" quotes \\\\","b":[1,2]}'


@pytest.mark.parametrize("pem", ["", "no key", PUBLIC_KEY.replace("PUBLIC", "PRIVATE"), teller.short_key()])
def test_what_is_no_public_key_is_not_taken_for_one(pem: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        signing.read_public_key(pem)
