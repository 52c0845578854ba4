"""Anyone can check a token; nobody can make or change one."""

import base64
from pathlib import Path

import pytest
import segno
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from perisai.vault import keys
from perisai.vault.signing import BadSignature, pack, public_keys, sign, unpack, verify


@given(st.binary(max_size=80))
def test_a_token_gives_its_payload_back(payload: bytes) -> None:
    assert verify(sign(payload)) == payload


@given(st.binary(max_size=40), st.data())
def test_a_changed_character_is_noticed(payload: bytes, data: st.DataObject) -> None:
    token = sign(payload)
    place = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.characters(max_codepoint=0x2FF).filter(lambda c: c != token[place]))
    with pytest.raises(BadSignature):
        verify(token[:place] + other + token[place + 1 :])


@given(st.text(max_size=120))
def test_other_texts_are_no_tokens(text: str) -> None:
    with pytest.raises(BadSignature):
        verify(text)


def test_the_public_key_alone_is_enough() -> None:
    token = sign(b"kartu")
    number, payload, signature = token.split(".")
    public = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_keys()[int(number)]))
    public.verify(base64.urlsafe_b64decode(signature + "=="), b"perisai token 1.kartu")
    assert base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)) == b"kartu"


def test_old_cards_stay_good_after_a_new_signing_key(key_file: Path) -> None:
    token = sign(b"kartu")
    assert keys.add_signing_key() == 2
    assert verify(token) == b"kartu"
    assert sign(b"kartu").startswith("2.")
    assert list(keys.keyring().signing) == [2], "the old private half is gone"
    assert list(public_keys()) == [1, 2]


@given(st.dictionaries(st.text("abcdefgh", min_size=1, max_size=3), st.text(max_size=20), min_size=1, max_size=5))
def test_packed_facts_come_back(facts: dict[str, str]) -> None:
    assert unpack(pack(facts)) == facts


def test_a_card_fits_a_small_qr() -> None:
    facts = {"k": "kartu", "n": "13060800017", "t": "2026-04-01", "c": "BKT", "p": "S*** R******** A******"}
    text = "https://perisai.example.org/k/" + sign(pack(facts))
    assert int(segno.make_qr(text, error="m", boost_error=False).version) <= 10
