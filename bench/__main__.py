"""Every benchmark, one after the other, each in a process of its own.

    python -m bench            (make bench)

They measure on a copy of this installation's data: load the register first (``perisai seed --scale report``).
"""

import subprocess
import sys

from perisai.site.commands.demo import GEOGRAPHY

RUNS = (
    ("bench.pages",),
    ("bench.lookup",),
    ("bench.chain",),
    ("bench.sync",),
    ("bench.field",),
    ("bench.field_search",),
    ("bench.month",),
    ("bench.snap",),
    ("bench.regions", str(GEOGRAPHY)),
    ("bench.seed", str(GEOGRAPHY)),
)


def main() -> None:
    failed = []
    for module, *arguments in RUNS:
        print(f"\n== {module}", flush=True)
        if subprocess.run([sys.executable, "-m", module, *arguments], check=False).returncode:
            failed.append(module)
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
