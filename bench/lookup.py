"""Finding a member by NIK, by number and by a misspelt name, and the newest registrations, against a read by primary key.

    python -m bench.lookup

Asks the program's own selectors in one process, as the officer of a branch and as somebody who sees the whole nation, on a
copy of this installation's database. The last line is JSON: p95 of misspelt names in milliseconds, the others beside it.
"""

import random
import time
from collections.abc import Callable

from bench.common import line, p50, p95, stage

LOOKUPS = 200
SEED = 20171030


def times(calls: list[Callable[[], object]]) -> list[float]:
    """Milliseconds of each."""
    calls[0]()
    taken = []
    for call in calls:
        started = time.perf_counter()
        call()
        taken.append((time.perf_counter() - started) * 1000)
    return taken


def misspelt(rng: random.Random, name: str) -> str:
    """Two words at most, one letter lost or changed, the last word sometimes only begun."""
    words = " ".join(name.split()[:2])
    at = rng.randrange(1, len(words))
    typed = words[:at] + rng.choice(("", "a", "e")) + words[at + 1 :]
    return typed[: rng.choice((len(typed), max(4, len(typed) - 2)))]


def main() -> None:
    rng = random.Random(SEED)
    with stage():
        from perisai.accounts.selectors import find_user
        from perisai.kernel.actor import Actor
        from perisai.membership import search, selectors
        from perisai.membership.models import Member
        from perisai.organisation.selectors import actor_for

        search.refresh_name_words()

        def actor(username: str) -> Actor:
            user = find_user(username)
            assert user is not None
            return actor_for(user.id)

        members = Member.objects.count()
        every = max(members // LOOKUPS, 1)
        ids = list(Member.objects.order_by("id").values_list("id", flat=True))[::every][:LOOKUPS]
        chosen = list(Member.objects.filter(pk__in=ids).select_related("person"))
        if not chosen:
            raise SystemExit("There are no members yet: write the register first (perisai seed --scale report).")
        everywhere = actor("sudirman")
        names = [misspelt(rng, member.person.name) for member in chosen]
        figures: dict[str, list[float]] = {}
        asks: dict[str, list[Callable[[], object]]] = {
            "key": [lambda pk=m.pk: Member.objects.get(pk=pk) for m in chosen],  # type: ignore[misc]
            "nik": [lambda t=m.person.nik: search.search_members(everywhere, t) for m in chosen],  # type: ignore[misc]
            "number": [lambda t=m.number: search.search_members(everywhere, t) for m in chosen],  # type: ignore[misc]
        }
        for username in ("sudirman", "laras"):
            viewer = actor(username)
            asks[f"name_{username}"] = [lambda t=t, v=viewer: search.search_members(v, t) for t in names]  # type: ignore[misc]
            asks[f"newest_{username}"] = (
                [
                    lambda v=viewer: list(  # type: ignore[misc]
                        selectors.registrations_visible_to(v)
                        .select_related("agent", "branch", "village")
                        .order_by("-submitted_at", "-id")[:50]
                    )
                ]
                * 50
            )
        for name, calls in asks.items():
            figures[name] = times(calls)
            print(f"{name}: p50 {p50(figures[name]):.2f} ms, p95 {p95(figures[name]):.2f} ms")
    line(
        "look-up of a member by a misspelt name: p95 in ms, baseline primary key p95",
        p95(figures["name_sudirman"]),
        p95(figures["key"]),
        members=members,
        **{f"{name}_p95_ms": round(p95(taken), 2) for name, taken in figures.items()},
    )


if __name__ == "__main__":
    main()
