from string import Formatter

import pytest

from perisai.kernel.errors import SENTENCES, Code


@pytest.mark.parametrize("code", Code)
def test_every_code_speaks_both_languages_with_the_same_facts(code: Code) -> None:
    sentence = SENTENCES[code]
    facts = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in sentence]
    assert all(text.strip() for text in sentence)
    assert facts[0] == facts[1]


def test_the_sentences_stand_in_the_order_of_the_codes() -> None:
    assert list(SENTENCES) == list(Code)
