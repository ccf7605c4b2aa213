"""Official papers in the layout of NĐ 30/2020/NĐ-CP, written once as data and printed as DOCX and as PDF."""

from kycuong.services.papers.annexes import annex
from kycuong.services.papers.printing import FORMS, Paper, write

__all__ = ["FORMS", "Paper", "annex", "write"]
