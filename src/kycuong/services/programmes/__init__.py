"""Programmes of work: draft the lines, take them from a file or a text, approve them so that they become duties."""

from kycuong.services.programmes.deciding import approve, send_back, submit
from kycuong.services.programmes.drafting import Typed, accept, drop, put, start
from kycuong.services.programmes.taking import take_file, take_text, template

__all__ = [
    "Typed", "accept", "approve", "drop", "put", "send_back", "start", "submit", "take_file", "take_text", "template",
]  # fmt: skip
