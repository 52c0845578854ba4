"""Small files, short functions, nothing left lying about."""

import ast
import re

from tests.house import source

LONGEST_FILE = 420
"""About 400: a few lines more are no reason to cut a thought in two."""
LONG_FILES = {
    "kernel/errors.py": "a registry: every refusal with its two sentences",
    "site/register/rows.py": "the columns of one year's story, side by side in the order in which COPY writes them",
}
LONGEST_FUNCTION = 40


def lines_of(node: ast.FunctionDef) -> int:
    """Lines of the body without the docstring."""
    body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
    return (node.end_lineno or 0) - body[0].lineno + 1


def test_a_long_file_becomes_a_folder() -> None:
    long = {
        str(path.relative_to(source.PERISAI))
        for path in source.files()
        if len(path.read_text(encoding="utf-8").splitlines()) > LONGEST_FILE
    }
    assert long <= set(LONG_FILES)


def test_a_long_function_owes_a_reason() -> None:
    """It says ``Long`` in its docstring, and why."""
    owing = [
        f"{source.told(path, node.lineno)} {node.name}"
        for path in source.files()
        for node in source.functions(path)
        if lines_of(node) > LONGEST_FUNCTION and not re.search(r"\bLong\b", ast.get_docstring(node) or "")
    ]
    assert not owing


def test_every_module_says_what_it_is() -> None:
    silent = [
        str(path.relative_to(source.PERISAI))
        for path in source.files()
        if path.read_text(encoding="utf-8").strip() and not ast.get_docstring(source.tree(path))
    ]
    assert not silent


def ours() -> list[tuple[str, str]]:
    """Every text of ours by its path."""
    kinds = {".py", ".ts", ".css", ".html", ".md", ".yaml", ".toml", ".typ", ".json"}
    left_out = {"node_modules", "built", ".venv", "var", "regions", "package-lock.json"}
    folders = [source.ROOT / name for name in ("src", "tests", "bench", "scripts", "docs", "frontend")]
    paths = [path for folder in folders for path in folder.rglob("*") if path.suffix in kinds]
    paths += [path for path in source.ROOT.glob("*.*") if path.suffix in kinds]
    return [
        (str(path.relative_to(source.ROOT)), path.read_text(encoding="utf-8"))
        for path in sorted(paths)
        if not left_out & set(path.relative_to(source.ROOT).parts)
    ]


def test_nothing_is_left_for_later() -> None:
    marks = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|HA" + r"CK)\b")
    assert not [path for path, text in ours() if marks.search(text)]


def test_no_text_knows_a_machine() -> None:
    homes = re.compile(r"(?<![\w.])/(?:home|Users|root|work)/\w+")
    assert not [path for path, text in ours() if homes.search(text)]
