"""The source as the house tests read it: files, trees, rooms and floors."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PERISAI = ROOT / "src" / "perisai"
DOORS = frozenset({"web", "api", "site"})
"""Who may know HTTP."""


@cache
def floors() -> dict[str, int]:
    """Room to floor, read from the import contract: a higher number lies deeper; siblings share a floor."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    stacked = next(each for each in settings["tool"]["importlinter"]["contracts"] if each["containers"] == ["perisai"])
    return {
        room.strip(" ()"): floor for floor, layer in enumerate(stacked["layers"]) for room in re.split(r"\|", layer)
    }


def rooms() -> list[str]:
    """The rooms that exist: folders of Python in the package."""
    return sorted(path.parent.name for path in PERISAI.glob("*/__init__.py"))


def files() -> list[Path]:
    """Every Python file of the server but migrations, which are written by a tool."""
    return sorted(path for path in PERISAI.rglob("*.py") if "migrations" not in path.parts)


def room_of(path: Path) -> str:
    """The room of a file; empty for the package's own ``__init__``."""
    inside = path.relative_to(PERISAI).parts
    return inside[0] if len(inside) > 1 else ""


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def told(path: Path, line: int) -> str:
    """``membership/services.py:12``: how a finding names its place."""
    return f"{path.relative_to(PERISAI)}:{line}"


def imports(path: Path, *, type_checking: bool = False) -> Iterator[tuple[str, int]]:
    """Full names that a file imports, with their lines; those under ``if TYPE_CHECKING`` only when asked for."""
    for node in _running(tree(path), type_checking):
        if isinstance(node, ast.Import):
            yield from ((each.name, node.lineno) for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((f"{node.module}.{each.name}", node.lineno) for each in node.names)


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef))


def strings(path: Path) -> Iterator[re.Pattern[str]]:
    """Every string of the code. An f-string counts where it begins with a word, and its blanks match anything."""
    inside = {id(part) for node in ast.walk(tree(path)) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
            yield re.compile(re.escape(node.value))
        elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            yield re.compile("".join(_fixed(part) for part in node.values))


def _fixed(part: ast.expr) -> str:
    return re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"\w+"


def _running(node: ast.AST, type_checking: bool) -> Iterator[ast.AST]:
    """All nodes, without the branches that only a type checker reads."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and ast.unparse(child.test).endswith("TYPE_CHECKING") and not type_checking:
            continue
        yield child
        yield from _running(child, type_checking)
