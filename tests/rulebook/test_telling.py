from datetime import date
from decimal import Decimal

import pytest

from perisai import rulebook
from perisai.kernel.period import Period
from perisai.rulebook import telling

TODAY = date(2026, 11, 24)
LANGUAGES = ("id", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_there_ever_was_can_be_told(language: str) -> None:
    for parameter in rulebook.parameters():
        assert parameter.name.split(".")[0] in telling.GROUPS
        for value in parameter.values:
            assert telling.shown(value.value, parameter.unit, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_in_force_is_an_article_once(language: str) -> None:
    names = [article.name for article in telling.articles(TODAY, language)]
    in_force = {each.name.split("[")[0] for each in rulebook.parameters() if each.value_on(TODAY) is not None}
    assert len(names) == len(set(names))
    assert set(names) == in_force


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_article_in_doubt_says_why(language: str) -> None:
    doubtful = [article for article in telling.articles(date(2027, 6, 1), language) if article.in_doubt]
    assert len(doubtful) > 10
    assert all(article.note for article in doubtful)


def test_articles_stand_in_the_order_of_their_groups() -> None:
    groups = [article.group for article in telling.articles(TODAY, "id")]
    assert list(dict.fromkeys(groups)) == list(telling.GROUPS)


def test_before_a_law_its_rules_are_not_there() -> None:
    assert not [each for each in telling.articles(date(2017, 10, 30), "id") if each.group in ("jkp", "migrant")]


def test_a_search_needs_every_word() -> None:
    assert [each.name for each in telling.articles(TODAY, "en", "death JKM everybody")] == ["bpu.jkm"]
    assert not telling.articles(TODAY, "en", "death nonsense")


def test_a_rule_remembers_what_it_was_newest_first() -> None:
    [article] = telling.articles(date(2026, 4, 1), "id", "discounts.pp_50_2025.transport")
    assert [figure.shown for figure in article.figures] == ["50\u00a0%"]
    assert [figure.shown for figure in article.before] == ["100\u00a0%"]


@pytest.mark.parametrize(
    ("value", "unit", "indonesian", "english"),
    [
        (Decimal("0.00445"), "/1", "0,445\u00a0%", "0.445%"),
        (Decimal("0"), "/1", "0\u00a0%", "0%"),
        (16_800, "currency-IDR", "Rp\u00a016.800", "Rp\u00a016,800"),
        (1, "day", "1 hari", "1 day"),
        (14, "day", "14 hari", "14 days"),
        (15, "day-of-month", "tanggal 15", "day 15 of the month"),
        (Period(2020, 7), "period", "Jul\u00a02020", "Jul\u00a02020"),
        (("jkk", "jkm"), "words", "JKK, JKM", "JKK, JKM"),
        (None, "currency-IDR", "tidak diketahui", "not known"),
    ],
)
def test_values_are_written_for_their_reader(value: object, unit: str, indonesian: str, english: str) -> None:
    assert telling.shown(value, unit, "id") == indonesian
    assert telling.shown(value, unit, "en") == english
