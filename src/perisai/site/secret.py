"""The key that signs sessions: made once per installation, readable by its owner alone."""

import os
import secrets
from contextlib import suppress
from pathlib import Path


def secret_key(home: Path) -> str:
    """The text in ``home/secret``, written on first use (0600). Raises OSError where that is not possible."""
    path = home / "secret"
    with suppress(FileNotFoundError):
        return path.read_text()
    home.mkdir(parents=True, exist_ok=True)
    draft = home / f"secret.{os.getpid()}"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(48))
    with suppress(FileExistsError):  # another process was quicker: its key stands
        path.hardlink_to(draft)
    draft.unlink()
    return path.read_text()
