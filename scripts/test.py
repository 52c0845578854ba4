"""`make test`: every check, then every test. `--checks-only` stops before the tests.

All checks run even when one fails; pytest's summary is the last line. Exit code 1 when anything failed.
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from environment import FRONTEND, PYTHON, ROOT, find_node, npm, with_node


def main() -> int:
    parser = argparse.ArgumentParser(prog="test.py", description=__doc__)
    parser.add_argument("--checks-only", action="store_true", help="run no tests")
    checks_only = parser.parse_args().checks_only
    node = find_node()
    tools = str(PYTHON.parent)
    checks = {
        "format": [f"{tools}/ruff", "format", "--check", "--quiet"],
        "lint": [f"{tools}/ruff", "check", "--quiet"],
        "layers": [f"{tools}/lint-imports"],
        "types": [f"{tools}/mypy"],
        "migrations": [str(PYTHON), "-m", "django", "makemigrations", "--check", "--dry-run"],
        "generated files": [str(PYTHON), "scripts/generate.py", "--check"],
        "translations": [str(PYTHON), "scripts/messages.py", "check"],
        "frontend check": [*npm(node), "run", "--silent", "check"],
    }
    if not checks_only:
        checks["frontend test"] = [*npm(node), "run", "--silent", "test"]
    environment = with_node(node) | {"DJANGO_SETTINGS_MODULE": "perisai.site.settings"}
    failed = [name for name, command in checks.items() if not passes(name, command, environment)]
    if failed:
        print(f"Failed checks: {', '.join(failed)}.", flush=True)
    if checks_only:
        return 1 if failed else 0
    have_chromium()
    tests = subprocess.run([f"{tools}/pytest", "--numprocesses=2"], cwd=ROOT, check=False)
    return 1 if failed or tests.returncode else 0


def passes(name: str, command: list[str], environment: dict[str, str]) -> bool:
    """Run one check; its output is shown only when it fails."""
    started = time.monotonic()
    where = FRONTEND if name.startswith("frontend") else ROOT
    result = subprocess.run(
        command, cwd=where, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    verdict = "ok" if result.returncode == 0 else "FAILED"
    print(f"{name:<16} {verdict} ({time.monotonic() - started:.0f} s)", flush=True)
    if result.returncode:
        print(result.stdout, flush=True)
    return result.returncode == 0


def have_chromium() -> None:
    """Browser tests need Debian's Chromium: install it where we may, else say what will be skipped."""
    if shutil.which("chromium"):
        return
    if os.geteuid() == 0 and Path("/etc/debian_version").exists() and shutil.which("apt-get"):
        print("Installing Chromium for the browser tests (some minutes) ...", flush=True)
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": False}
        asked = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
            subprocess.run(["apt-get", "--quiet", *command], env=asked, **quiet)  # type: ignore[call-overload]
    if not shutil.which("chromium"):
        print("Chromium is not installed: tests marked 'browser' are skipped (Debian: apt install chromium).")


if __name__ == "__main__":
    sys.exit(main())
