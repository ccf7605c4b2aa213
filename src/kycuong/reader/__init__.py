"""TEXT: an official document becomes structure with character spans; no Django."""

from __future__ import annotations

from kycuong.reader.assemble import read_text
from kycuong.reader.deadlines import when
from kycuong.reader.files import read_bytes
from kycuong.reader.shapes import Deadline, Finding, Order, Party, Reading, Secret, Sentence, Unreadable

__all__ = [
    "Deadline", "Finding", "Order", "Party", "Reading", "Secret", "Sentence", "Unreadable", "read_bytes", "read_text", "when",
]  # fmt: skip
