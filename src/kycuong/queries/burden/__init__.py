"""What issuing a document would lay on the units; it informs and never blocks."""

from kycuong.queries.burden.measuring import Burden, UnitWeight, burden
from kycuong.queries.burden.repeats import Merger, Repeat
from kycuong.queries.burden.reports import Clash, Report

__all__ = ["Burden", "Clash", "Merger", "Repeat", "Report", "UnitWeight", "burden"]
