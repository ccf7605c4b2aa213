"""Figures with their proof: counted from the ledger as it stood at a watermark, run again, compared."""

from kycuong.queries.figures.ledger import lines, newest, question
from kycuong.queries.figures.moves import Move, moves

__all__ = ["Move", "lines", "moves", "newest", "question"]
