"""Seals keep their text, and only for the column and the keys they were made with."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perisai.vault import SealBroken, blind_index, blind_index_many, seal, seal_many, unseal

NIK = "membership.person.nik"
KK = "membership.person.kk"
texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=60)


@given(texts)
def test_what_was_sealed_comes_back(text: str) -> None:
    assert unseal(seal(text, context=NIK), context=NIK) == text


@given(st.lists(texts, max_size=5))
def test_many_are_sealed_as_one_by_one(many: list[str]) -> None:
    assert [unseal(blob, context=NIK) for blob in seal_many(many, context=NIK)] == many
    assert blind_index_many(many, context=NIK) == [blind_index(text, context=NIK) for text in many]


@given(texts)
def test_a_value_moved_to_another_column_does_not_open(text: str) -> None:
    with pytest.raises(SealBroken):
        unseal(seal(text, context=NIK), context=KK)


@given(texts, st.data())
def test_a_flipped_bit_anywhere_is_noticed(text: str, data: st.DataObject) -> None:
    blob = bytearray(seal(text, context=NIK))
    bit = data.draw(st.integers(0, len(blob) * 8 - 1))
    blob[bit // 8] ^= 1 << bit % 8
    with pytest.raises(SealBroken):
        unseal(bytes(blob), context=NIK)


@given(st.binary(max_size=60))
def test_other_bytes_do_not_open(blob: bytes) -> None:
    with pytest.raises(SealBroken):
        unseal(blob, context=NIK)


@given(texts, texts)
def test_indexes_are_equal_where_the_texts_are(one: str, other: str) -> None:
    assert (blind_index(one, context=NIK) == blind_index(other, context=NIK)) == (one == other)
    assert blind_index(one, context=NIK) != blind_index(one, context=KK)


def test_equal_texts_look_different_and_names_of_one_size_look_alike() -> None:
    assert seal("1306080101800001", context=NIK) != seal("1306080101800001", context=NIK)
    assert len(seal("Siti", context=NIK)) == len(seal("Siti Rahmawati", context=NIK))


def test_a_nul_is_refused_before_it_could_be_lost() -> None:
    with pytest.raises(ValueError, match="NUL"):
        seal("Siti\0", context=NIK)
