"""Documents of one family: compared demand by demand, drawn as a family, with the units that have not yet followed."""

from kycuong.queries.comparisons.family import Family, Relative, Tie, family
from kycuong.queries.comparisons.page import GenealogyPage, charges_registered, genealogy, of_registered
from kycuong.queries.comparisons.pairs import CorrectionRow, DemandRow, PairPage, counted, pair, stale
from kycuong.queries.comparisons.suggesting import Suggestion, suggestions
from kycuong.queries.comparisons.units import UnitRow, UnitsPage, units

__all__ = [
    "CorrectionRow", "DemandRow", "Family", "GenealogyPage", "PairPage", "Relative", "Suggestion", "Tie", "UnitRow",
    "UnitsPage", "charges_registered", "counted", "family", "genealogy", "of_registered", "pair", "stale", "suggestions", "units",
]  # fmt: skip
