"""Seal append-only rows in signed batches, verify that they are still what was sealed, export the proof."""

from kycuong.services.seals.exporting import export
from kycuong.services.seals.sealing import Sealed, seal, seal_when_due
from kycuong.services.seals.verifying import Verdict, verify

__all__ = ["Sealed", "Verdict", "export", "seal", "seal_when_due", "verify"]
