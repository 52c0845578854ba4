"""The law in force on a day.

The YAML files beside this module follow OpenFisca's parameter layout: a node with ``values`` is a parameter, a node
with ``brackets`` is a scale, anything else is a group. They are read once, checked, hashed, and cut at every date on
which something changes, so that ``on(day)`` is one search in a short list.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Generic, TypeGuard, TypeVar

import yaml

from perisai.kernel.errors import Sentence
from perisai.kernel.period import Period

T = TypeVar("T")
FOLDER: Final = Path(__file__).parent
BEGINS: Final = date(2015, 7, 1)
"""The day the contribution regulations of 2015 came into force; nothing is loaded for contributions before it."""


class RulebookError(ValueError):
    """A file of the rulebook is wrong; the message names the file and the parameter."""


class NotInForce(LookupError):
    """No value of this parameter holds on the day asked."""


class Confidence(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Value(Generic[T]):
    """One value of one parameter, with the day it began, where it stands, and how sure we are of that."""

    value: T
    since: date
    reference: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Bracket:
    """From ``threshold`` (inclusive) up to the next bracket's threshold, ``amount`` holds."""

    threshold: Value[int]
    amount: Value[Any]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A dated parameter, told in both languages. ``note`` says why a figure is in doubt; every doubtful one has it.

    ``known_until``: past it the last value still decides, but only with low confidence. A value of None holds for a
    time of which no figure is known: then nothing is in force.
    """

    name: str
    description: Sentence
    unit: str
    note: Sentence
    known_until: date | None
    values: tuple[Value[Any], ...]

    def value_on(self, day: date) -> Value[Any] | None:
        found = None
        for value in self.values:
            if value.since > day:
                break
            found = value
        if found is not None and self.known_until is not None and day > self.known_until:
            return Value(found.value, found.since, found.reference, Confidence.LOW)
        return found


@dataclass(frozen=True, slots=True)
class Change:
    """Parameter ``name`` went from ``before`` (None: it began) to ``after``."""

    name: str
    before: Value[Any] | None
    after: Value[Any]


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Everything in force from ``since`` until the next change of anything. ``hash`` names the loaded files."""

    since: date
    hash: str
    _values: Mapping[str, Value[Any]]
    _scales: Mapping[str, tuple[Bracket, ...]]

    def value(self, name: str, kind: type[T]) -> Value[T]:
        """The value of ``name``; raises NotInForce when it has none yet, TypeError when it is not a ``kind``."""
        try:
            found = self._values[name]
        except KeyError:
            raise NotInForce(f"{name} has no value from {self.since}") from None
        if not isinstance(found.value, kind):
            raise TypeError(f"{name} is a {type(found.value).__name__}, not a {kind.__name__}")
        return found

    def whole(self, name: str) -> Value[int]:
        """A count, an age or an amount of rupiah."""
        return self.value(name, int)

    def rate(self, name: str) -> Value[Decimal]:
        """A fraction: Decimal("0.01") is one per cent."""
        return self.value(name, Decimal)

    def words(self, name: str) -> Value[tuple[str, ...]]:
        return self.value(name, tuple)

    def scale(self, name: str) -> tuple[Bracket, ...]:
        """All brackets in force, lowest threshold first; raises NotInForce."""
        try:
            return self._scales[name]
        except KeyError:
            raise NotInForce(f"{name} has no brackets from {self.since}") from None

    def bracket(self, name: str, at: int) -> Bracket:
        """The bracket that holds ``at``; raises NotInForce below the first threshold."""
        brackets = self.scale(name)
        place = bisect_right(brackets, at, key=lambda bracket: bracket.threshold.value)
        if place == 0:
            raise NotInForce(f"{name} begins at {brackets[0].threshold.value}, not at {at}")
        return brackets[place - 1]


def on(day: date) -> Rulebook:
    """The law on ``day``; the same object for every day between two changes. Raises NotInForce before any law."""
    library = _library()
    place = bisect_right(library.starts, day)
    if place == 0:
        raise NotInForce(f"no law is loaded for {day}")
    return library.books[place - 1]


def parameters() -> tuple[Parameter, ...]:
    """Every dated parameter and every dated figure of every bracket, by name: for pages and generators."""
    return _library().parameters


def changes(after: date, until: date) -> tuple[Change, ...]:
    """What changed after the first day, up to and including the second, oldest first."""
    found = [
        Change(parameter.name, parameter.values[place - 1] if place else None, value)
        for parameter in parameters()
        for place, value in enumerate(parameter.values)
        if after < value.since <= until
    ]
    return tuple(sorted(found, key=lambda change: (change.after.since, change.name)))


# --- reading the files -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Library:
    parameters: tuple[Parameter, ...]
    starts: tuple[date, ...]
    books: tuple[Rulebook, ...]


@cache
def _library() -> _Library:
    return load(FOLDER)


def load(folder: Path) -> _Library:
    """Read and check every ``*.yaml`` of ``folder``. Raises RulebookError."""
    digest = hashlib.sha256()
    plain: list[Parameter] = []
    scales: dict[str, list[tuple[Parameter, Parameter]]] = {}
    for path in sorted(folder.glob("*.yaml")):
        written = path.read_bytes()
        digest.update(path.name.encode() + b"\0" + written + b"\0")
        try:
            _walk(path.stem, yaml.load(written, Loader=_StrictLoader), plain, scales)  # noqa: S506 - a SafeLoader
        except (yaml.YAMLError, RulebookError) as error:
            raise RulebookError(f"{path.name}: {error}") from error
    in_scales = [parameter for pairs in scales.values() for pair in pairs for parameter in pair]
    every = sorted(plain + in_scales, key=lambda parameter: parameter.name)
    starts = sorted({day for parameter in every for day in _turning_days(parameter)})
    books = tuple(_cut(day, digest.hexdigest()[:16], plain, scales) for day in starts)
    return _Library(tuple(every), tuple(starts), books)


def _cut(
    day: date, name: str, plain: Iterable[Parameter], scales: Mapping[str, list[tuple[Parameter, Parameter]]]
) -> Rulebook:
    values = {name: value for name, value in ((each.name, each.value_on(day)) for each in plain) if _is_known(value)}
    ladders = {}
    for scale, pairs in scales.items():
        ladder = tuple(
            Bracket(threshold, amount)
            for low, high in pairs
            if _is_known(threshold := low.value_on(day)) and _is_known(amount := high.value_on(day))
        )
        if any(lower.threshold.value >= upper.threshold.value for lower, upper in pairwise(ladder)):
            raise RulebookError(f"{scale}: thresholds do not rise on {day}")
        if ladder:
            ladders[scale] = ladder
    return Rulebook(day, name, MappingProxyType(values), MappingProxyType(ladders))


def _is_known(value: Value[Any] | None) -> TypeGuard[Value[Any]]:
    return value is not None and value.value is not None


def _turning_days(parameter: Parameter) -> Iterable[date]:
    yield from (value.since for value in parameter.values)
    if parameter.known_until is not None:
        yield parameter.known_until + timedelta(days=1)


def _walk(
    name: str, node: object, plain: list[Parameter], scales: dict[str, list[tuple[Parameter, Parameter]]]
) -> None:
    if not isinstance(node, dict):
        raise RulebookError(f"{name}: not a parameter, a scale or a group")
    if "values" in node:
        plain.append(_parameter(name, node, node))
    elif "brackets" in node:
        scales[name] = [
            (
                _parameter(f"{name}[{place:02}].threshold", bracket["threshold"], node),
                _parameter(f"{name}[{place:02}].amount", bracket["amount"], node),
            )
            for place, bracket in enumerate(node["brackets"], start=1)
        ]
    else:
        for key, child in node.items():
            if key != "description":
                _walk(f"{name}.{key}", child, plain, scales)


def _parameter(name: str, node: Mapping[str, Any], told: Mapping[str, Any]) -> Parameter:
    """``told`` holds the words: the node itself, or the scale of which it is a part."""
    unit = node.get("metadata", {}).get("unit", "")
    if unit not in _READERS:
        raise RulebookError(f"{name}: unit {unit!r} is none of {', '.join(_READERS)}")
    values = tuple(_value(name, day, entry, _READERS[unit]) for day, entry in node["values"].items())
    if not values:
        raise RulebookError(f"{name}: no values")
    if any(earlier.since >= later.since for earlier, later in pairwise(values)):
        raise RulebookError(f"{name}: dates are not in order")
    description, note = _told(name, told)
    known_until = node.get("metadata", {}).get("known_until")
    if not note.en and (known_until or any(value.confidence is not Confidence.HIGH for value in values)):
        raise RulebookError(f"{name}: a figure in doubt owes a note")
    return Parameter(name, description, unit, note, known_until, values)


def _told(name: str, node: Mapping[str, Any]) -> tuple[Sentence, Sentence]:
    """Description and note in both languages; the note may be empty, half of either may not."""
    metadata = node.get("metadata", {})
    description = Sentence(str(node.get("indonesian") or ""), str(node.get("description") or ""))
    note = Sentence(str(metadata.get("catatan") or "").strip(), str(metadata.get("note") or "").strip())
    if not all(description):
        raise RulebookError(f"{name}: no description, or only in one language")
    if any(note) and not all(note):
        raise RulebookError(f"{name}: the note stands in one language only")
    return description, note


def _value(name: str, day: object, entry: Mapping[str, Any], read: Callable[[object], Any]) -> Value[Any]:
    if type(day) is not date:
        raise RulebookError(f"{name}: {day!r} is not a date")
    if set(entry) != {"value", "reference", "confidence"}:
        raise RulebookError(f"{name} {day}: needs value, reference and confidence, no more and no less")
    try:
        value = None if entry["value"] is None else read(entry["value"])
        return Value(value, day, str(entry["reference"]), Confidence(entry["confidence"]))
    except (ValueError, ArithmeticError) as error:
        raise RulebookError(f"{name} {day}: {error}") from error


def _whole(written: object) -> int:
    if type(written) is not int or written < 0:
        raise ValueError(f"{written!r} is not a whole number")
    return written


def _ratio(written: object) -> Decimal:
    if not isinstance(written, str) or not 0 <= (ratio := Decimal(written)) <= 1:
        raise ValueError(f"{written!r} is not a fraction in quotation marks")
    return ratio


def _day(written: object) -> date:
    if type(written) is not date:
        raise ValueError(f"{written!r} is not a date")
    return written


def _words(written: object) -> tuple[str, ...]:
    if not isinstance(written, list) or not all(isinstance(word, str) for word in written):
        raise ValueError(f"{written!r} is not a list of words")
    return tuple(written)


def _text(written: object) -> str:
    if not isinstance(written, str):
        raise ValueError(f"{written!r} is not written in quotation marks")
    return written


_READERS: Final[Mapping[str, Callable[[object], Any]]] = {
    "/1": _ratio,
    **dict.fromkeys(
        ("currency-IDR", "year", "month", "day", "day-of-month", "hour", "child", "worker", "worker-month"), _whole
    ),
    "date": _day,
    "period": lambda written: Period.parse(_text(written)),
    "time": lambda written: time.fromisoformat(_text(written)),
    "words": _words,
    "word": _text,
}


class _StrictLoader(yaml.SafeLoader):
    """YAML lets a second key win silently; in law that would be a second value on one date."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        mapping = super().construct_mapping(node, deep)
        if len(mapping) != len(node.value):
            raise RulebookError(f"a key stands twice{node.start_mark}")
        return mapping
