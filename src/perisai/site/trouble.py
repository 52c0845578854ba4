"""Failures that an operator can mend: one sentence about what happened, one about what to do."""

import errno

import click

from perisai.site import places


class Trouble(click.ClickException):
    """Ends a command with exit code 1, a sentence on standard error and no traceback."""

    def __init__(self, happened: str, remedy: str) -> None:
        super().__init__(f"{happened}\n{remedy}")


def from_os_error(error: OSError) -> Trouble | None:
    """The sentences for a full disk, a missing permission or a home that is none; None where the error says something else."""
    path = error.filename or "a file"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return Trouble(
            f"No permission to write {path}.",
            "Run as the user who owns that folder, or set PERISAI_HOME to a folder that you may write.",
        )
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Trouble(
            f"The disk is full: {path} could not be written.",
            "Free some space (the demo needs about 4 GB) and run the same command again; it goes on where it stopped.",
        )
    if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.EEXIST) and not places.home().is_dir():
        return Trouble(
            f"{places.home()} is not a folder and cannot be made one.", "Set PERISAI_HOME to another folder."
        )
    return None
