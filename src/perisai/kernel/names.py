"""Names of people as cards spell them, and as ears hear them."""

import re
import unicodedata

LONGEST_NAME = 100
_LETTERS = re.compile(r"[^a-z ]+")
_HEARD = (
    ("oe", "u"), ("dj", "j"), ("tj", "c"), ("sj", "s"), ("sy", "s"), ("ch", "h"), ("kh", "h"), ("th", "t"),
    ("dh", "d"), ("ph", "f"), ("v", "f"), ("q", "k"), ("x", "ks"), ("z", "s"), ("y", "i"),
)  # fmt: skip


def tidy(name: str) -> str:
    """Unicode composed, control characters gone, runs of blanks made one; spelling untouched."""
    shown = "".join(c for c in unicodedata.normalize("NFC", name) if unicodedata.category(c)[0] != "C" or c == " ")
    return " ".join(shown.split())


def search_key(name: str) -> str:
    """Lower-case ASCII letters and single blanks: what two spellings of one name share at least."""
    plain = unicodedata.normalize("NFKD", name.replace("'", "").replace("’", "")).encode("ascii", "ignore").decode()
    return " ".join(_LETTERS.sub(" ", plain.lower()).split())


def heard_as(name: str) -> str:
    """Old and new spellings fall together: Soekarno/Sukarno, Djoko/Joko, Syafri/Safri, Yanti/Ianti, Aminah/Amina."""
    heard = []
    for word in search_key(name).split():
        for written, sound in _HEARD:
            word = word.replace(written, sound)
        word = re.sub(r"(.)\1+", r"\1", word)
        heard.append(word[:-1] if len(word) > 3 and word.endswith("h") else word)
    return " ".join(heard)


def masked(name: str) -> str:
    """``S*** A*****``: enough for the owner to recognise, too little for a stranger."""
    return " ".join(word[0] + "*" * (len(word) - 1) for word in name.split())
