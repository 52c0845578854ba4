"""Reads the worked tables of docs/algorithms, so that the pages and the code cannot drift apart."""

from collections.abc import Iterable
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "docs" / "algorithms"
Row = dict[str, str]


def worked(page: str, heading: str) -> list[Row]:
    """The first table under ``heading`` of ``page``: one dict a row, header to cell. Raises LookupError without one."""
    lines = iter((FOLDER / f"{page}.md").read_text(encoding="utf-8").splitlines())
    for line in lines:
        if line.lstrip("# ") == heading and line.startswith("#"):
            return _first_table(lines)
    raise LookupError(f"{page}.md has no heading {heading!r}")


def _first_table(lines: Iterable[str]) -> list[Row]:
    table: list[list[str]] = []
    for line in lines:
        if line.startswith("|"):
            table.append([cell.strip() for cell in line.strip("|").split("|")])
        elif table or line.startswith("#"):
            break
    header, _, *rows = table or ((), (), ())
    if not rows:
        raise LookupError("no table under this heading")
    return [dict(zip(header, row, strict=True)) for row in rows]


def number(cell: str) -> int:
    """``1,026,000`` as written in the tables."""
    return int(cell.replace(",", ""))
