"""Sharing whole things out by weight, so that the parts sum to the whole exactly."""

from collections.abc import Iterator, Sequence
from itertools import islice
from random import Random


def apportion(total: int, weights: Sequence[float], *, least: int = 0) -> list[int]:
    """``total`` in whole parts proportional to ``weights`` (largest remainder), each at least ``least``.

    Raises ValueError where ``total`` is not enough for that, or where there is something to share and nobody to take it.
    """
    rest, whole = total - least * len(weights), sum(weights)
    if rest < 0 or (rest and whole <= 0):
        raise ValueError(f"{total} cannot be shared among {len(weights)}")
    exact = [rest * weight / whole if whole else 0.0 for weight in weights]
    parts = [int(part) for part in exact]
    behind = sorted(range(len(parts)), key=lambda place: (parts[place] - exact[place], place))
    for place in islice(behind, rest - sum(parts)):
        parts[place] += 1
    return [part + least for part in parts]


def spans(quotas: Sequence[int], counts: Sequence[int]) -> list[list[tuple[int, int]]]:
    """Owners with ``quotas`` serve places with ``counts`` people, in order: for each place its (owner, how many).

    Both sum to the same; an owner whose quota is left over goes on in the next place, so neighbours share owners.
    """
    owners = _remaining(quotas)
    owner, left = next(owners, (0, 0))
    served = []
    for count in counts:
        here = []
        while count:
            if not left:
                owner, left = next(owners)
            taken = min(left, count)
            here.append((owner, taken))
            left, count = left - taken, count - taken
        served.append(here)
    return served


def heavy_tail(rng: Random, many: int, *, spread: float) -> list[float]:
    """Log-normal weights: many small, few large; ``spread`` 0 makes them equal. The largest is 400 times the middle one."""
    return [min(rng.lognormvariate(0, spread), 400.0) for _ in range(many)]


def _remaining(quotas: Sequence[int]) -> Iterator[tuple[int, int]]:
    return ((owner, quota) for owner, quota in enumerate(quotas) if quota)
