"""Seal append-only rows in signed batches, verify that they are still what was sealed, export the proof, change the key."""

from kycuong.services.seals.exporting import export
from kycuong.services.seals.rotating import Rotated, rotate
from kycuong.services.seals.sealing import Sealed, seal, seal_when_due
from kycuong.services.seals.verifying import Verdict, verify

__all__ = ["Rotated", "Sealed", "Verdict", "export", "rotate", "seal", "seal_when_due", "verify"]
