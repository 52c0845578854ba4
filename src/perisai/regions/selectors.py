"""Reads of regions: by code, by day, up and down the tree, and by a name that may be misspelt.

Regions are public knowledge, so no viewer is asked for.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Q, QuerySet

from perisai.kernel.errors import Code, NotFound, Refused
from perisai.regions import rules
from perisai.regions.models import Region, RegionVersion, Succession
from perisai.regions.rules import Level
from perisai.rows import once


@dataclass(frozen=True, slots=True)
class RegionHit:
    """An answer of ``search``: ``path`` is the whole path, ``score`` runs from 0 to 1 (the name and place as typed)."""

    code: str
    name: str
    kind: str
    local_word: str
    path: str
    score: float


def within(prefix: str, field: str = "code") -> Q:
    """Filter for ``prefix`` itself and all below it; ``field`` may cross a key: ``"village__code"``."""
    return Q(**{field: prefix}) | Q(**{f"{field}__startswith": f"{prefix}."})


def find_region(code: str) -> Region | None:
    """The region with this code, also one that has ended (``is_current`` says)."""
    return Region.objects.filter(code=code).first() if rules.level_of(code) else None


def get_region(code: str) -> Region:
    """Like ``find_region``. Raises NotFound("region")."""
    region = find_region(code)
    if region is None:
        raise NotFound("region")
    return region


def region_on(code: str, day: date) -> RegionVersion | None:
    """Name and code as they were on ``day``; None where no such region existed then. ``.region`` is at hand."""
    found = _latest_version(code, day)
    return found[0] if found and not found[0].ended else None


@once
def _latest_version(code: str, day: date) -> QuerySet[RegionVersion]:
    versions = RegionVersion.objects.filter(code=code, effective_from__lte=day)
    return versions.select_related("region").order_by("-effective_from")[:1]


def get_village_for_referral(code: str, day: date) -> Region:
    """The village where a person may be referred on ``day``.

    Raises Refused: VILLAGE_UNKNOWN (no such village), VILLAGE_NOT_YET (made after ``day``), VILLAGE_ENDED (split or
    abolished by then; names the successors) or VILLAGE_GONE (the same, with no successor on record).
    """
    code = code.strip()
    if rules.level_of(code) is not Level.VILLAGE:
        raise Refused(Code.VILLAGE_UNKNOWN, field="village_code", region=code[:20])
    version = region_on(code, day)
    if version is not None and version.code == version.region.code and version.region.level == Level.VILLAGE:
        return version.region
    region = find_region(code)
    if region is None:
        raise Refused(Code.VILLAGE_UNKNOWN, field="village_code", region=code[:20])
    if region_on(region.code, day) is not None:
        return region
    latest = RegionVersion.objects.filter(region=region, effective_from__lte=day).order_by("-effective_from").first()
    if latest is None:
        born = RegionVersion.objects.filter(region=region).earliest("effective_from")
        raise Refused(
            Code.VILLAGE_NOT_YET, field="village_code", village=_called(region), since=born.effective_from, day=day
        )
    successors = ", ".join(f"{heir.path_names} ({heir.code})" for heir in successors_of(region.code))
    if not successors:
        raise Refused(Code.VILLAGE_GONE, field="village_code", village=_called(region), since=latest.effective_from)
    raise Refused(
        Code.VILLAGE_ENDED,
        field="village_code",
        village=_called(region),
        since=latest.effective_from,
        successors=successors,
    )


def _called(region: Region) -> str:
    """``Nagari Koto Tinggi (13.06.08.2001)``"""
    return f"{region.local_word.capitalize()} {region.name} ({region.code})"


def successors_of(code: str) -> list[Region]:
    """Regions that took over land or people of this one, by code."""
    heirs = Succession.objects.filter(from_region__code=code).values("to_region")
    return list(Region.objects.filter(pk__in=heirs).order_by("code"))


def predecessors_of(code: str) -> list[Region]:
    """Regions that this one was made from, by code: a count over years must add them up."""
    forebears = Succession.objects.filter(to_region__code=code).values("from_region")
    return list(Region.objects.filter(pk__in=forebears).order_by("code"))


_REGENCY_LENGTH = len("13.06")


def provinces() -> QuerySet[Region]:
    return Region.objects.filter(level=Level.PROVINCE, is_current=True).order_by("code")


def children(code: str) -> QuerySet[Region]:
    """The current regions right below this one, by code."""
    return Region.objects.filter(parent__code=code, is_current=True).order_by("code")


def regencies_of(codes: Iterable[str]) -> dict[str, str]:
    """Name by code of the current regencies that lie in, are, or hold one of these regions; in one query."""
    match = Q(pk__in=())
    for code in set(codes):
        match |= Q(code__startswith=f"{code}.") if len(code) < _REGENCY_LENGTH else Q(code=code[:_REGENCY_LENGTH])
    rows = Region.objects.filter(match, level=Level.REGENCY, is_current=True).order_by("code")
    return dict(rows.values_list("code", "name"))


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """Name by code, also of regions that have ended; unknown codes are missing."""
    wanted = list(codes)
    return dict(Region.objects.filter(code__in=wanted).values_list("code", "name")) if wanted else {}


def ancestors(code: str) -> list[Region]:
    """From the province down to the parent."""
    return list(Region.objects.filter(code__in=rules.ancestor_codes(code)).order_by("code"))


def path(code: str) -> str:
    """``Koto Tinggi, Baso, Agam, Sumatera Barat``. Raises NotFound("region")."""
    return get_region(code).path_names


_MEANINGS = 12
_CANDIDATES = 100
_WEAK = 0.7
_LONGEST_LOOKALIKE = 3

Asked = list[tuple[str, dict[str, float]]]


@dataclass(frozen=True, slots=True)
class _Scope:
    """Where a search looks."""

    level: Level
    within: str

    def candidates(self, condition: str, values: list[object], order: str, facts: list[object]) -> list[Region]:
        """Written as SQL: the ORM would spend more time on the arrays of words than the database on the search."""
        return list(
            Region.objects.raw(
                f"""
                SELECT * FROM regions_region
                WHERE level = %s AND is_current AND (%s = '' OR code = %s OR code LIKE %s) AND {condition}
                ORDER BY {order} LIMIT {_CANDIDATES}
                """,  # noqa: S608 (condition and order are literals below)
                [self.level, self.within, self.within, f"{self.within}.%", *values, *facts],
            )
        )


def search(text: str, *, within: str | None = None, level: Level = Level.VILLAGE, limit: int = 10) -> list[RegionHit]:
    """Current regions of ``level`` whose name and path fit ``text``, best first; the exact name comes first.

    Every typed word must be found in the name or the path, at least one in the name; each may be misspelt or only
    begun ("kota tinggi", "koto tingi baso agam", "koto ting"). Where that finds nothing good, words that exist nowhere
    need not be found, and words may be written together or apart ("kototinggi", "suka maju" for Sukamaju). A code or
    the start of one is looked up as such. ``within`` narrows to a code and all below it.
    """
    if rules.looks_like_code(text):
        return _by_code(text.strip(), within or "", level, limit)
    words = rules.query_words(text)
    if not words:
        return []
    scope = _Scope(level, within or "")
    asked = _meanings(words)
    found = _scored(scope, asked, [word for word in words if word not in rules.GENERIC_WORDS])
    if max(found.values(), default=0.0) < _WEAK:
        found |= _forgiving(scope, words, asked)
    best = sorted(found.items(), key=lambda hit: (-hit[1], hit[0].path_names, hit[0].code))
    return [_hit(region, score) for region, score in best[:limit]]


def _by_code(start: str, inside: str, level: Level, limit: int) -> list[RegionHit]:
    regions = Region.objects.filter(level=level, is_current=True, code__startswith=start).order_by("code")
    if inside:
        regions = regions.filter(within(inside))
    return [_hit(region, 1.0) for region in regions[:limit]]


def _forgiving(scope: _Scope, words: tuple[str, ...], asked: Asked) -> dict[Region, float]:
    known = [word for word, meant in asked if word in meant and word not in rules.GENERIC_WORDS]
    found = _scored(scope, asked, known) if known else {}
    if len(words) > 1:
        joined = ("".join(words[:2]), *words[2:])
        found |= _scored(scope, _meanings(joined), list(joined))
    if len(words) > _LONGEST_LOOKALIKE:
        return found
    whole = " ".join(words)
    alike = scope.candidates("id IN (SELECT regions_names_like(%s))", [whole], "code", [])
    return {region: rules.closeness(whole, region.name_key) for region in alike} | found


def _meanings(words: tuple[str, ...]) -> Asked:
    """Each typed word with the stored words that it may stand for, and how close they are."""
    meant: dict[str, dict[str, float]] = {word: {word: 1.0} if word in rules.GENERIC_WORDS else {} for word in words}
    with connection.cursor() as cursor:
        unsure = [word for word, known in meant.items() if not known]
        cursor.execute("SELECT * FROM regions_words_like(%s, %s)", [unsure, _MEANINGS])
        for typed, word in cursor.fetchall():
            meant[typed][word] = rules.closeness(typed, word)
    return [(word, meant[word]) for word in words]


def _scored(scope: _Scope, asked: Asked, required: list[str]) -> dict[Region, float]:
    """Regions with some meaning of each required word, one of all in the name.

    First come those named exactly as typed, then the shortest names: they are best covered by what was typed.
    """
    meant = dict(asked)
    named = [rules.NAME_MARK + word for meanings in meant.values() for word in meanings]
    needed = [list(meant[word]) for word in required]
    if not named or not all(needed):
        return {}
    condition = " AND ".join(["words && %s::text[]"] * (1 + len(needed)))
    exact = [rules.NAME_MARK + word for word in meant]
    order = "words && %s::text[] DESC, length(name_key), code"
    found = scope.candidates(condition, [named, *needed], order, [exact])
    return {region: rules.score(asked, region.words) for region in found}


def _hit(region: Region, score: float) -> RegionHit:
    return RegionHit(region.code, region.name, region.kind, region.local_word, region.path_names, round(score, 3))
