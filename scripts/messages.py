"""Screens are written in Indonesian; the English stands in ``src/perisai/locale/en/LC_MESSAGES/django.po``.

    messages.py update    write new sentences into the file (empty) and drop those that no screen says any more
    messages.py check     fail when a sentence is missing, untranslated, stale, or lost one of its placeholders
    messages.py compile   write the .mo beside it, which the program reads

Babel does the work, so no gettext tools are needed on the machine.
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "perisai"
ENGLISH = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"

# Dates and addresses that nobody keeps up would differ in every commit.
IDLE_HEADERS = tuple(
    f'"{name}' for name in ("Project-Id", "Report-", "POT-", "PO-Rev", "Last-Tr", "Language-Team", "Generated-By")
)

KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def main(arguments: list[str]) -> int:
    verbs = {"update": update, "check": check, "compile": compile_english}
    if len(arguments) != 1 or arguments[0] not in verbs:
        print(__doc__, file=sys.stderr)
        return 2
    return verbs[arguments[0]]()


def update() -> int:
    english = read_english()
    english.update(said(), no_fuzzy_matching=True, update_creation_date=False)
    english.obsolete.clear()
    ENGLISH.parent.mkdir(parents=True, exist_ok=True)
    english.header_comment = "# English of the screens. Sentences are written by `make messages`, translations by hand."
    written = io.BytesIO()
    write_po(written, english, width=120, sort_output=True, include_lineno=False, ignore_obsolete=True)
    lines = written.getvalue().decode().splitlines(keepends=True)
    ENGLISH.write_text("".join(line for line in lines if not line.startswith(IDLE_HEADERS)))
    waiting = [message for message in sentences(english) if not is_translated(message)]
    print(f"{len(english)} sentences, {len(waiting)} without English: {ENGLISH.relative_to(ROOT)}")
    return 0


def check() -> int:
    wanted, english = said(), read_english()
    known = {key(message): message for message in sentences(english)}
    spoken = {key(message): message for message in sentences(wanted)}
    problems = [f"missing: {text(message)}" for id_, message in spoken.items() if id_ not in known]
    problems += [f"stale: {text(message)}" for id_, message in known.items() if id_ not in spoken]
    problems += [f"no English: {text(message)}" for message in known.values() if not is_translated(message)]
    for message in known.values():
        problems += [f"{error}: {text(message)}" for error in message.check(english) if is_translated(message)]
    if problems:
        print("\n".join(sorted(problems)))
        print(f"{len(problems)} problems; `make messages` writes and drops sentences, the English is written by hand.")
        return 1
    print(f"{len(spoken)} sentences, all with English.")
    return 0


def compile_english() -> int:
    with ENGLISH.with_suffix(".mo").open("wb") as file:
        write_mo(file, read_english())
    return 0


def read_english() -> Catalog:
    if not ENGLISH.exists():
        return Catalog(locale="en", project="perisai", version="", fuzzy=False)
    with ENGLISH.open("rb") as file:
        return read_po(file, locale="en")


def said() -> Catalog:
    """Every sentence that code and templates say, with the files that say it."""
    catalog = Catalog(locale="en", project="perisai", version="", fuzzy=False)
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix in (".py", ".html", ".txt") and path.is_file() and "static" not in path.parts:
            where = path.relative_to(ROOT).as_posix()
            for line, id_, comments, context in extract_file(path):
                catalog.add(id_, None, [(where, line)], auto_comments=comments, context=context)
    return catalog


def extract_file(path: Path) -> Iterator[tuple[int, str | tuple[str, ...], list[str], str | None]]:
    source = path.read_text()
    if path.suffix != ".py":
        # A template becomes Python with everything but its sentences blanked out; the brackets make its lines one
        # expression, so that indentation means nothing.
        source = f"({templatize(source, origin=str(path))}\n)"
    yield from extract("python", io.BytesIO(source.encode()), KEYWORDS, ["Translators:"], {"encoding": "utf-8"})


def sentences(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)


def key(message: Message) -> tuple[str | None, str]:
    return message.context, text(message)


def text(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def is_translated(message: Message) -> bool:
    english = [message.string] if isinstance(message.string, str) else message.string or [""]
    return all(english) and not message.fuzzy


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
