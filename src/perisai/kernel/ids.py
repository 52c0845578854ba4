"""Identifiers: UUIDv7 for rows, numbers with a check digit for paper."""

import secrets
from uuid import UUID

import uuid_utils


def new_id() -> UUID:
    """A UUIDv7: ordered by time of birth, made anywhere, also on a phone without signal."""
    return UUID(int=uuid_utils.uuid7().int)


def check_digit(digits: str) -> str:
    """ISO 7064 MOD 11,10: catches every wrong digit and nearly every swap of two."""
    carry = 10
    for digit in digits:
        carry = (carry + int(digit)) % 10 or 10
        carry = carry * 2 % 11
    return str((11 - carry) % 10)


def with_check_digit(digits: str) -> str:
    return digits + check_digit(digits)


def is_checked(number: str) -> bool:
    """Whether the last digit fits the ones before it; False for anything but two or more ASCII digits."""
    return len(number) > 1 and number.isascii() and number.isdigit() and check_digit(number[:-1]) == number[-1]


_SPOKEN = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def unguessable(length: int) -> str:
    """Random letters and digits that survive being read aloud: no 0/O, no 1/I. Five bits each."""
    return "".join(secrets.choice(_SPOKEN) for _ in range(length))


def spoken(digest: bytes, length: int) -> str:
    """The first ``length`` letters and digits of a hash, of the same kind; five bits of a byte each."""
    return "".join(_SPOKEN[byte & 31] for byte in digest[:length])


def random_digits(length: int) -> str:
    return "".join(secrets.choice("0123456789") for _ in range(length))
