"""What both doors keep in a signed-in session, and when even a busy session ends."""

from collections.abc import MutableMapping
from datetime import datetime, timedelta
from typing import Any, Final

from perisai.kernel import clock

LONGEST_SESSION: Final = timedelta(hours=12)
_SIGNED_IN_AT: Final = "signed_in_at"


def begin(session: MutableMapping[str, Any]) -> None:
    """Note when the person signed in."""
    session[_SIGNED_IN_AT] = clock.now().isoformat()


def is_open(session: MutableMapping[str, Any]) -> bool:
    """Whether somebody signed in through a door of ours less than LONGEST_SESSION ago."""
    since = session.get(_SIGNED_IN_AT)
    return since is not None and clock.now() - datetime.fromisoformat(since) <= LONGEST_SESSION
