"""Who may be paid for together, and how many at once."""

from enum import StrEnum
from typing import Final

MOST_MEMBERS: Final = 500
"""Members of one group code: a bank's notice is answered in one transaction. A longer list is paid by several codes."""


class GroupKind(StrEnum):
    """Who pays for the others. An agent is not among them."""

    FAMILY = "family"
    WADAH = "wadah"
    SPONSOR = "sponsor"


class Obstacle(StrEnum):
    """Why nobody can be paid for just now; screens hold a sentence for each."""

    UNKNOWN = "unknown"
    TWICE = "twice"
    NOT_BPU = "not_bpu"
    DIED = "died"
    OWN_CODE = "own_code"
    OTHER_BRANCH = "other_branch"
