"""Say what one paper in a parcel is, and how much a parcel may hold."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable
from dataclasses import dataclass, field

#: Most parts that one parcel may hold, the bytes of one, and of all together once unpacked.
PARTS, PART_BYTES, ALL_BYTES = 5000, 500_000_000, 4_000_000_000


@dataclass(frozen=True, slots=True)
class Part:
    """One paper in a parcel: its name with folders as printed, its size in bytes, its media type.

    `load` returns the bytes; it raises Unreadable when the part is broken, locked or larger than it says. `role` is file,
    body (the text of a message) or inline (a picture or signature inside it).
    """

    name: str
    size: int
    media_type: str
    load: Callable[[], bytes] = field(repr=False, compare=False)
    role: str = "file"
    depth: int = 0


def type_of(name: str) -> str:
    """Return the media type that a name says."""
    return mimetypes.guess_type(name, strict=False)[0] or "application/octet-stream"
