"""`make generate`: write what the frontend takes from the server. `--check` writes nothing and fails on a stale file."""

import argparse
import sys
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Any

import phone_law
import vectors

GENERATED = Path(__file__).resolve().parents[1] / "frontend" / "generated"
MACHINES = {"Registration": "perisai.membership.rules"}
"""State machines that pages show, by the name they have in TypeScript."""

HEADER = "// Written by `make generate` from the server's rules; do not edit.\n"
ALLOWED = """
/** What may be done in a state: what is not listed, the server refuses as `wrong_order`. */
export type Moves<State extends string, Action extends string> = Readonly<
  Record<State, Readonly<Partial<Record<Action, State>>>>
>;
"""


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="generate.py", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when a file is stale")
    check = parser.parse_args(arguments).check
    stale = []
    for name, text in files().items():
        path = GENERATED / name
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if not check:
            path.write_text(text, encoding="utf-8")
            print(f"frontend/generated/{name}: written")
    if check and stale:
        print(f"Stale: frontend/generated/{', '.join(stale)}. Run `make generate` and commit what it writes.")
        return 1
    return 0


def files() -> dict[str, str]:
    """File name to text."""
    return {
        "transitions.ts": HEADER + ALLOWED + "".join(machine(*each) for each in MACHINES.items()),
        "rulebook.ts": HEADER + phone_law.rulebook_file(),
        "rulebook_words.ts": HEADER + phone_law.words_file(),
        "choices.ts": HEADER + phone_law.choices_file(),
        "refusals.ts": HEADER + phone_law.refusals_file(),
        "vectors.json": vectors.file(),
    }


def machine(name: str, module: str) -> str:
    """The types and the table of one state machine."""
    rules: Any = import_module(module)
    upper = name.upper()
    rows = "".join(f"  {state}: {{{row(rules, state)}}},\n" for state in rules.State)
    return (
        f"\nexport type {name}State = {union(rules.State)};\n"
        f"export type {name}Action = {union(rules.Action)};\n"
        f"\nexport const {upper}_MOVES: Moves<{name}State, {name}Action> = {{\n{rows}}};\n"
    )


def union(members: type[StrEnum]) -> str:
    return " | ".join(f'"{each}"' for each in members)


def row(rules: Any, state: StrEnum) -> str:
    moves = ", ".join(f'{action}: "{to}"' for (begin, action), to in rules.MOVES.items() if begin is state)
    return f" {moves} " if moves else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
