"""Rows read and written by statements that are put together once a process: the main chain asks forty of them a worker."""

from perisai.rows.asking import once
from perisai.rows.writing import insert, update

__all__ = ["insert", "once", "update"]
