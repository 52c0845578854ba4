"""A process that serves another ends with it, even when that one was killed and could not say goodbye."""

import os
import signal
import threading
import time


def leave_with(parent: int) -> None:
    """From now on: SIGTERM for this process within two seconds after its parent, process ``parent``, is gone."""
    threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def hear_only_parent() -> None:
    """Ctrl-C at the terminal then reaches this process once, as its parent's SIGTERM.

    Two signals at once can lock a serving process of granian for good: its handler waits for a lock that it holds.
    """
    os.setpgid(0, 0)


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(2)
    os.kill(os.getpid(), signal.SIGTERM)
