from datetime import date

import pytest

from perisai.kernel import written
from perisai.kernel.errors import Code, Refused
from perisai.kernel.period import Period


@pytest.mark.parametrize(
    ("fact", "indonesian", "english"),
    [
        (date(2017, 5, 30), "30 Mei 2017", "30 May 2017"),
        (Period(2017, 8), "Agu 2017", "Aug 2017"),
        (16_800, "16.800", "16,800"),
        (2026, 2026, 2026),
        ("1306085001900003", "1306085001900003", "1306085001900003"),
    ],
)
def test_a_fact_is_written_as_its_reader_writes_it(fact: object, indonesian: object, english: object) -> None:
    def plain(told: object) -> object:
        return told.replace(written.NARROW, " ") if isinstance(told, str) else told

    assert (plain(written.fact(fact, "id")), plain(written.fact(fact, "en"))) == (indonesian, english)


def test_a_refusal_names_amounts_in_both_languages() -> None:
    refusal = Refused(Code.AMOUNT_WRONG, wanted=16_800, given=20_000)
    assert "Rp 16.800" in refusal.sentence("id") and "Rp 20.000" in refusal.sentence("id")
    assert "Rp 16,800" in refusal.sentence("en") and "Rp 20,000" in refusal.sentence("en")
