"""Logs tell where something broke, never about whom."""

import logging
import traceback
from types import TracebackType
from typing import TypeAlias

_ExcInfo: TypeAlias = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Discreet(logging.Formatter):
    """Tracebacks without the exception's text: the database quotes the offending row in it."""

    def formatException(self, ei: _ExcInfo) -> str:
        kind, _, trace = ei
        name = kind.__name__ if kind else "unknown"
        return "".join(traceback.format_tb(trace)) + name
