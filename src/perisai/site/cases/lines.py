"""Lines in, lines out: a line that cannot be answered gets an error, and the rest go on."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO, Final, NoReturn

from perisai.kernel.errors import Code, Refused
from perisai.site.cases.fields import shown

LONGEST_LINE: Final = 64 * 1024
"""Bytes. A case is a few hundred; what is longer is not a case, and is passed over without being held in memory."""

Answer = dict[str, Any]
Answering = Callable[[Mapping[str, Any], str], Answer]
"""Takes one case and the language of its words; may let Refused rise."""


def answer_stream(
    answering: Answering, source: BinaryIO, sink: BinaryIO, language: str, longest: int = LONGEST_LINE
) -> None:
    """One answer for every line that is not blank, each sent at once, so that a program can ask and wait."""
    for line in _lines(source, longest):
        answer = answer_line(answering, line, language, longest)
        sink.write(_WRITER.encode(answer).encode("utf-8", "replace") + b"\n")
        sink.flush()


def answer_line(answering: Answering, line: bytes | None, language: str = "id", longest: int = LONGEST_LINE) -> Answer:
    """The answer to one line (None: too long), or ``{"error": {"code", "message"}}`` in ``id`` or ``en``."""
    try:
        return answering(_parsed(line, longest), language)
    except Refused as refused:
        return {"error": {"code": refused.code.value, "message": refused.sentence(language)}}


def _lines(source: BinaryIO, longest: int) -> Iterator[bytes | None]:
    """Lines without blank ones; None for one that is too long. A byte order mark at the very start is dropped."""
    line = source.readline(longest + 1).removeprefix(b"\xef\xbb\xbf")
    while line:
        too_long = len(line) > longest
        if too_long:
            while line and not line.endswith(b"\n"):
                line = source.readline(longest)
            yield None
        elif line.strip():
            yield line
        line = source.readline(longest + 1)


def _parsed(line: bytes | None, longest: int) -> Mapping[str, Any]:
    if line is None:
        raise Refused(Code.LINE_TOO_LONG, most=longest)
    try:
        case = _READER.decode(line.decode("utf-8"))
    except UnicodeDecodeError:
        raise Refused(Code.LINE_NOT_UTF8) from None
    except (ValueError, RecursionError):
        raise Refused(Code.LINE_NOT_JSON) from None
    if not isinstance(case, dict):
        raise Refused(Code.LINE_NOT_OBJECT)
    return case


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise Refused(Code.FIELD_TWICE, field=name, name=shown(name))
        found[name] = value
    return found


def _no_constant(word: str) -> NoReturn:
    raise ValueError(f"{word} is not JSON")


_READER: Final = json.JSONDecoder(object_pairs_hook=_once_each, parse_constant=_no_constant)
_WRITER: Final = json.JSONEncoder(ensure_ascii=False)
