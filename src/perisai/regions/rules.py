"""What an administrative code says by itself, and how its names are shown (domain 5.4)."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo


class Level(StrEnum):
    """The four levels of the code, from the top."""

    PROVINCE = "province"
    REGENCY = "regency"
    DISTRICT = "district"
    VILLAGE = "village"


class Kind(StrEnum):
    """What the law calls a region; for villages it is the first digit of the last part of the code."""

    PROVINSI = "provinsi"
    KABUPATEN = "kabupaten"
    KOTA = "kota"
    KECAMATAN = "kecamatan"
    KELURAHAN = "kelurahan"
    DESA = "desa"
    DESA_ADAT = "desa_adat"


FLOOR: Final = date(1900, 1, 1)
"""Versions of the first load run from here: "so since before our data". Only a succession says better."""

SHIPPED_FROM: Final = date(2025, 6, 23)
"""Kepmendagri 300.2.2-2430/2025, the decree behind the shipped edition of the codes."""

LONGEST_NAME: Final = 100
LONGEST_QUERY: Final = 100
NAME_MARK: Final = "="
"""Stored words of a region's own name are there twice: plain, and with this in front."""

GENERIC_WORDS: Final = frozenset(
    ("nagari", "desa", "kelurahan", "kel", "kecamatan", "kec", "kabupaten", "kab", "provinsi", "prov")
)
"""Typed for clearness, seldom part of a name: they help where they fit and are never missed."""

_IN_PATH: Final = 0.8
_CITY_IN_PATH: Final = 0.5
"""Every city's path says "Kota", and who writes it often means Koto."""
_ALMOST_THE_SAME: Final = 0.98
_SILENT: Final = str.maketrans("", "", "'’‘`\"")
_WORD: Final = re.compile(r"[a-z0-9]+")

_CODES: Final = {
    Level.PROVINCE: re.compile(r"[1-9][0-9]"),
    Level.REGENCY: re.compile(r"[1-9][0-9]\.[0-9]{2}"),
    Level.DISTRICT: re.compile(r"[1-9][0-9]\.[0-9]{2}\.[0-9]{2}"),
    Level.VILLAGE: re.compile(r"[1-9][0-9]\.[0-9]{2}\.[0-9]{2}\.[123][0-9]{3}"),
}
_VILLAGE_KINDS: Final = {"1": Kind.KELURAHAN, "2": Kind.DESA, "3": Kind.DESA_ADAT}
_FIRST_CITY: Final = 71
_WEST_SUMATRA: Final = "13"
_MENTAWAI: Final = "13.09"

# Keppres 41/1987: Maluku and Papua keep eastern time, these of Kalimantan, Sulawesi and the islands east of Java
# central time, all others western.
_CENTRAL: Final = frozenset(("51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"))
_EASTERN: Final = frozenset(("81", "82", "91", "92", "93", "94", "95", "96"))


@dataclass(frozen=True, slots=True)
class Row:
    """One region of an edition of the codes, ready to be stored. ``parent_code`` is empty for a province."""

    code: str
    level: Level
    kind: Kind
    parent_code: str
    name: str
    path_names: str
    name_key: str
    words: tuple[str, ...]


def is_code(level: Level, code: str) -> bool:
    return _CODES[level].fullmatch(code) is not None


def level_of(code: str) -> Level | None:
    """The level whose shape the code has; None when it has none."""
    return next((level for level in Level if is_code(level, code)), None)


def parent_code(code: str) -> str:
    """``13.06.08`` for ``13.06.08.2001``; empty for a province."""
    return code.rpartition(".")[0]


def ancestor_codes(code: str) -> tuple[str, ...]:
    """From the province down to the parent: ``("13", "13.06", "13.06.08")``."""
    parts = code.split(".")
    return tuple(".".join(parts[:length]) for length in range(1, len(parts)))


def is_within(code: str, prefix: str) -> bool:
    """Whether ``code`` is ``prefix`` or lies below it; ``13.06`` holds ``13.06.08``, never ``13.060``."""
    return code == prefix or code.startswith(f"{prefix}.")


def kind_of(code: str) -> Kind:
    """The kind that the digits of a well-formed code tell (domain 5.4)."""
    parts = code.split(".")
    match len(parts):
        case 1:
            return Kind.PROVINSI
        case 2:
            return Kind.KOTA if int(parts[1]) >= _FIRST_CITY else Kind.KABUPATEN
        case 3:
            return Kind.KECAMATAN
        case _:
            return _VILLAGE_KINDS[parts[3][0]]


def local_word(code: str) -> str:
    """The word people use: a desa in a regency of West Sumatra is a nagari, except on Mentawai (domain 5.4)."""
    kind = kind_of(code)
    if (
        kind is Kind.DESA
        and is_within(code, _WEST_SUMATRA)
        and not is_within(code, _MENTAWAI)
        and int(code.split(".")[1]) < _FIRST_CITY
    ):
        return "nagari"
    return kind.value.replace("_", " ")


def zone_of(code: str) -> ZoneInfo:
    """The business time zone of a region, by its province (Keppres 41/1987, in force since 1988)."""
    province = code[:2]
    if province in _EASTERN:
        return ZoneInfo("Asia/Jayapura")
    return ZoneInfo("Asia/Makassar" if province in _CENTRAL else "Asia/Jakarta")


def shown_name(level: Level, written: str) -> str:
    """A name as screens show it: ``KABUPATEN AGAM`` is Agam, ``KOTA PADANG`` is Kota Padang, ``DKI JAKARTA`` stays DKI.

    Districts and villages are written properly in the source and stay as they are.
    """
    name = " ".join(written.split())
    if level in (Level.DISTRICT, Level.VILLAGE):
        return name
    name = re.sub(r"^KABUPATEN (ADMINISTRASI )?", "", name)
    return re.sub(r"[^\W\d_]+", lambda word: _titled(word[0]), name)


def _titled(word: str) -> str:
    return {"DKI": "DKI", "DI": "DI", "DAN": "dan"}.get(word, word.capitalize())


def place_key(name: str) -> str:
    """Lower-case ASCII letters and digits, single blanks; an apostrophe vanishes: ``puuk`` finds ``Pu'uk``."""
    plain = name.lower().translate(_SILENT)
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return " ".join(_WORD.findall(plain))


def row(level: Level, code: str, written: str, parent: Row | None) -> Row:
    """The stored shape of a region from its line in a file and its parent's row."""
    name = shown_name(level, written)
    key = place_key(name)
    own, above = key.split(), parent.words if parent else ()
    words = {*(NAME_MARK + word for word in own), *own, *(word for word in above if not word.startswith(NAME_MARK))}
    return Row(
        code,
        level,
        kind_of(code),
        parent.code if parent else "",
        name,
        f"{name}, {parent.path_names}" if parent else name,
        key,
        tuple(sorted(words)),
    )


def looks_like_code(text: str) -> bool:
    """``13``, ``13.06`` or ``13.06.08.20``: digits as a code or the start of one is written."""
    return re.fullmatch(r"[1-9][0-9](\.[0-9]*)*", text.strip()) is not None


def query_words(text: str) -> tuple[str, ...]:
    """The words of a search, at most eight, as ``place_key`` spells them; none for single letters alone."""
    words = tuple(place_key(text[:LONGEST_QUERY]).split()[:8])
    return words if any(len(word) > 1 for word in words) else ()


def closeness(typed: str, word: str) -> float:
    """1 for the same word, 0 for nothing in common; for others the share of neighbouring letters that agree (Dice).

    A word that was only begun counts as at least half of it and more with each letter.
    """
    if typed == word:
        return 1.0
    mine, theirs = _pairs(typed), _pairs(word)
    alike = 2 * len(mine & theirs) / (len(mine) + len(theirs))
    begun = (1 + len(typed) / len(word)) / 2 if word.startswith(typed) else 0.0
    return min(max(alike, begun), _ALMOST_THE_SAME)


def _pairs(word: str) -> set[str]:
    edged = f"^{word}$"
    return {edged[at : at + 2] for at in range(len(edged) - 1)}


def score(asked: Sequence[tuple[str, Mapping[str, float]]], words: Collection[str]) -> float:
    """How well a region answers a search: 0 … 1.

    ``asked`` holds each typed word with the words it may stand for and how close they are; ``words`` are the stored
    words of a region. Two shares are multiplied: how much of what was typed is found (in the name, or for a little less
    in the path), and, for half, how much of the name was typed. So the exact name comes first, and words beyond the
    name pick the right place among namesakes.
    """
    name = [word.removeprefix(NAME_MARK) for word in words if word.startswith(NAME_MARK)]
    hit = dict.fromkeys(name, 0.0)
    found = letters_typed = 0.0
    for typed, meant in asked:
        in_name = max(name, key=lambda word: meant.get(word, 0.0), default="")
        best_in_name = meant.get(in_name, 0.0)
        best_in_path = max((close for word, close in meant.items() if word in words), default=0.0)
        best = max(best_in_name, best_in_path * (_CITY_IN_PATH if typed == "kota" else _IN_PATH))
        if not best and typed in GENERIC_WORDS:
            continue
        if best_in_name:
            hit[in_name] = max(hit[in_name], best_in_name)
        found += best * len(typed)
        letters_typed += len(typed)
    letters = sum(map(len, name))
    if not letters_typed or not letters:
        return 0.0
    covered = sum(close * len(word) for word, close in hit.items()) / letters
    return found / letters_typed * (1 + covered) / 2
