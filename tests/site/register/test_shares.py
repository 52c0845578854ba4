"""Parts sum to the whole."""

from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perisai.site.register.shares import apportion, spans

WEIGHTS = st.lists(st.floats(0.01, 1000), min_size=1, max_size=30)


@given(st.integers(0, 10_000), WEIGHTS)
def test_parts_sum_to_the_whole_and_stay_within_one_of_their_due(total: int, weights: list[float]) -> None:
    parts = apportion(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - total * weight / sum(weights)) < 1.001


@given(st.integers(0, 1000), WEIGHTS)
def test_everybody_gets_the_least(extra: int, weights: list[float]) -> None:
    parts = apportion(len(weights) * 2 + extra, weights, least=2)
    assert sum(parts) == len(weights) * 2 + extra
    assert min(parts) >= 2


def test_too_little_for_the_least_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be shared"):
        apportion(2, [1, 1, 1], least=1)


@given(st.lists(st.integers(0, 50), min_size=1, max_size=20), st.data())
def test_spans_serve_every_place_whole_and_every_owner_their_quota(counts: list[int], data: st.DataObject) -> None:
    many = data.draw(st.integers(1, 8))
    quotas = apportion(sum(counts), [1.0 + place for place in range(many)])
    served = spans(quotas, counts)
    assert [sum(taken for _, taken in here) for here in served] == counts
    taken_by: dict[int, int] = {}
    for owner, taken in (each for here in served for each in here):
        taken_by[owner] = taken_by.get(owner, 0) + taken
    assert [taken_by.get(owner, 0) for owner in range(many)] == quotas
    order = [owner for owner, _ in groupby(owner for here in served for owner, _ in here)]
    assert order == sorted(order)
