"""TEXT: an official document becomes structure with character spans; no Django."""

from __future__ import annotations

from kycuong.reader.assemble import read_text
from kycuong.reader.deadlines import when
from kycuong.reader.files import read_bytes
from kycuong.reader.pages import Pages, assemble, joined, pages_of
from kycuong.reader.parcels import is_parcel, main_part, parts_of
from kycuong.reader.parts import Part
from kycuong.reader.shapes import Deadline, Deferred, Finding, Leaf, Order, Party, Reading, Secret, Sentence, Unreadable

__all__ = [
    "Deadline", "Deferred", "Finding", "Leaf", "Order", "Pages", "Part", "Party", "Reading", "Secret", "Sentence", "Unreadable",
    "assemble", "is_parcel", "joined", "main_part", "pages_of", "parts_of", "read_bytes", "read_text", "when",
]  # fmt: skip
