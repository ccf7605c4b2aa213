"""Collisions in a database, known by the code that it gave: nothing was written, and trying again may do."""

from __future__ import annotations

from typing import Final

#: Deadlock, serialisation failure, lock not available.
COLLISIONS: Final = frozenset({"40P01", "40001", "55P03"})


def collided(error: BaseException) -> bool:
    """Return whether an error of the database says only that somebody else was writing."""
    cause = error.__cause__
    code = str(getattr(cause, "sqlstate", None) or getattr(cause, "sqlite_errorname", ""))
    return code in COLLISIONS or code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))
