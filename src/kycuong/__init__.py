"""Kỷ Cương: what authorities order, held by someone, on a clock, with evidence."""

__version__ = "0.1.0"
