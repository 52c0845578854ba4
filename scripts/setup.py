"""Make everything ready: `python3 scripts/setup.py [--dev]`. The Makefile calls this; a second run takes a moment.

This file must be readable by every Python 3, old ones too: it only finds a Python that is new enough and goes on in
environment.py.
"""

import os
import shutil
import sys

OLDEST = (3, 11)
NEWER = ["python3.14", "python3.13", "python3.12", "python3.11"]


def complaint(version: tuple) -> str:  # type: ignore[type-arg]
    """What to tell somebody whose Python is ``version``; empty when it is new enough."""
    if tuple(version[:2]) >= OLDEST:
        return ""
    return (
        "Perisai needs Python {}.{} or newer; this is Python {}.{}.\n"
        "Install a newer one (Debian 12: apt install python3 python3-venv; macOS: brew install python@3.13), "
        "or name one that you have: make demo PYTHON=/path/to/python3.13"
    ).format(*OLDEST, *version[:2])


def main() -> None:
    problem = complaint(sys.version_info)
    if not problem:
        import environment

        environment.main(sys.argv[1:])
        return
    for name in NEWER:
        newer = shutil.which(name)
        if newer:
            os.execv(newer, [newer, __file__] + sys.argv[1:])  # noqa: RUF005 - old Pythons read this file
    sys.exit(problem)


if __name__ == "__main__":
    main()
