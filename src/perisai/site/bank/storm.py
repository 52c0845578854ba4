"""Many payments at a steady rate: the bank on the day the contributions are due."""

import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from perisai.site.bank.journal import Journal
from perisai.site.bank.line import Line
from perisai.site.bank.teller import Desk


@dataclass(slots=True)
class Weather:
    """What the storm met. Milliseconds run from the instant a payment was due to be sent until its answer."""

    answers: Counter[str] = field(default_factory=Counter)
    milliseconds: list[float] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def accepted(self) -> int:
        return self.answers["2002500"]


def storm(
    lines: Sequence[Line],
    bills: Sequence[tuple[str, int]],
    rate: float | None,
    journal: Journal,
    *,
    until: float | None = None,
) -> Weather:
    """Pay every bill (code, rupiah) once, ``rate`` of them a second, or as fast as the lines carry when it is None.
    ``until``, by ``time.perf_counter``, ends it early.

    A payment that waits for a free line is late by that much, and its milliseconds say so.
    """
    weather, guard, begun = Weather(), threading.Lock(), time.perf_counter()
    waiting = iter(enumerate(bills))

    def work(line: Line) -> None:
        while True:
            with guard:
                place, bill = next(waiting, (0, None))
            if bill is None or (until is not None and time.perf_counter() > until):
                return
            due = begun + place / rate if rate else time.perf_counter()
            time.sleep(max(due - time.perf_counter(), 0))
            answer = Desk(line, journal).pay(*bill).answer or "no answer"
            took = (time.perf_counter() - due) * 1000
            with guard:
                weather.answers[answer] += 1
                weather.milliseconds.append(took)

    threads = [threading.Thread(target=work, args=(line,)) for line in lines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    weather.seconds = time.perf_counter() - begun
    return weather
