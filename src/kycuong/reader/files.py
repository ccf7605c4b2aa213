"""Turn the bytes of a file into text."""

from __future__ import annotations

from dataclasses import replace

from kycuong.reader import secrecy
from kycuong.reader.assemble import read_text
from kycuong.reader.shapes import Reading


def read_bytes(data: bytes, name: str) -> Reading:
    """Read a file by its content."""
    secrecy.check_name(name)
    return replace(read_text(data.decode("utf-8"), name), media_type="text/plain")
