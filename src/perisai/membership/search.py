"""Finding a member by number, by NIK typed in full, or by part of a name that may be misspelt.

A dictionary of all words in names says what each typed word may have meant (Sukarno: Soekarno, amina: Aminah, mar: Marlina);
an index over the words of each name then finds the persons. So the work depends on how many persons carry the words, not
on how many persons there are.
"""

from collections.abc import Iterable
from typing import Final

from django.db import connection
from django.db.models import QuerySet

from perisai.kernel import names
from perisai.kernel.actor import Actor
from perisai.kernel.errors import Refused
from perisai.membership import selectors
from perisai.membership.models import Member, name_words

_MOST_WORDS: Final = 6
_MEANINGS: Final = 12
_FEW: Final = 6
_FAR_BEHIND: Final = 0.35
_CANDIDATES: Final = 100
_AS_HEARD: Final = 0.97
_BEGUN: Final = 0.9

Meanings = dict[str, dict[str, float]]
"""Each typed word with the words of real names that it may stand for, and how close they are (0 to 1)."""


def search_members(actor: Actor, text: str, limit: int = 20) -> list[Member]:
    """Members that the actor may see, the likeliest first; ``person`` and ``branch`` are at hand.

    Eleven digits are a member number, sixteen a NIK; blanks and dots between them are forgiven. Other text is words of a
    name in any order, each begun, misspelt, or in old spelling. At most half of the answers are names written exactly as
    typed while other spellings are found too.
    """
    digits = text.replace(" ", "").replace(".", "")
    if digits.isascii() and digits.isdigit():
        return _by_digits(actor, digits)[:limit]
    typed = names.search_key(text[:200]).split()[:_MOST_WORDS]
    if not typed:
        return []
    meanings = _meanings(typed)
    if not all(meanings.values()):
        return []
    exact = _named(actor, [{word: 1.0} for word in typed], limit)
    others = _named(actor, list(meanings.values()), _CANDIDATES)
    ranked = sorted({*exact, *others}, key=lambda member: _rank(meanings, member))
    spelt: list[Member] = []
    alike: list[Member] = []
    for member in ranked:
        (spelt if set(typed) <= set(member.person.name_key.split()) else alike).append(member)
    kept = max(limit - len(alike), limit // 2)
    return [*spelt[:kept], *alike][:limit]


def note_words(name_key: str) -> None:
    """Enter the words of a new name into the dictionary, in the running transaction."""
    _enter(set(name_key.split()))


def refresh_name_words() -> int:
    """Enter every word of every person, after a set-based load. Returns how many words were new."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT w FROM membership_person, unnest(string_to_array(name_key, ' ')) AS w "
            "EXCEPT SELECT word FROM membership_nameword"
        )
        words = {row[0] for row in cursor.fetchall()}
    _enter(words)
    return len(words)


def _enter(words: set[str]) -> None:
    ordered = sorted(words)  # in one order, so that two transactions never wait for each other in a circle
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO membership_nameword (word, heard) SELECT * FROM unnest(%s::text[], %s::text[]) "
            "ON CONFLICT DO NOTHING",
            [ordered, [names.heard_as(word) for word in ordered]],
        )


def _by_digits(actor: Actor, digits: str) -> list[Member]:
    visible = selectors.members_visible_to(actor).select_related("person", "branch")
    if len(digits) != 16:
        return list(visible.filter(number=digits))
    try:
        return selectors.members_by_nik(actor, digits)
    except Refused:
        return []


def _meanings(typed: list[str]) -> Meanings:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM membership_words_like(%s, %s, %s)",
            [typed, [names.heard_as(word) for word in typed], _MEANINGS],
        )
        found: Meanings = {word: {} for word in typed}
        for word, meant, likeness in cursor.fetchall():
            found[word][meant] = _closeness(word, meant, likeness)
    return {word: _plausible(meant) for word, meant in found.items()}


def _plausible(meant: dict[str, float]) -> dict[str, float]:
    """The few nearest, without those that are far behind the best: each word more is thousands of persons more."""
    nearest = sorted(meant.items(), key=lambda each: -each[1])[:_FEW]
    return {word: close for word, close in nearest if close >= nearest[0][1] - _FAR_BEHIND}


def _closeness(typed: str, meant: str, likeness: float) -> float:
    if typed == meant:
        return 1.0
    if names.heard_as(typed) == names.heard_as(meant):
        return _AS_HEARD
    return max(likeness, _BEGUN * len(typed) / len(meant) if meant.startswith(typed) else 0.0)


def _named(actor: Actor, wanted: Iterable[dict[str, float]], most: int) -> QuerySet[Member]:
    """Visible members with, for each place in ``wanted``, one of its words in the name."""
    rows = selectors.members_visible_to(actor).annotate(words=name_words("person__name_key"))
    for meant in wanted:
        rows = rows.filter(words__overlap=list(meant))
    return rows.select_related("person", "branch")[:most]


def _rank(meanings: Meanings, member: Member) -> tuple[float, bool, int, str]:
    """Closest first; then the words in the order typed, then short names."""
    words = member.person.name_key.split()
    nearest = [max(words, key=lambda word: meant.get(word, 0.0)) for meant in meanings.values()]
    close = sum(meant.get(word, 0.0) for meant, word in zip(meanings.values(), nearest, strict=True))
    places = [words.index(word) for word in nearest]
    return (-round(close, 2), places != sorted(places), len(words), member.person.name_key)
