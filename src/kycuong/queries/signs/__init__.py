"""Signs to be looked into: cases of the ledger by unit, first for the unit itself, compared among like units."""

from kycuong.queries.signs.pages import CaseRow, Said, SignPage, UnitSignPage, every_case, read_file, signs, unit_signs
from kycuong.queries.signs.reading import (
    Case,
    Reading,
    SignCount,
    SignGroup,
    UnitSigns,
    may_decide,
    may_see,
    own,
    to_explain,
    to_read,
)
from kycuong.queries.signs.telling import Arisen, arisen

__all__ = [
    "Arisen", "Case", "CaseRow", "Reading", "Said", "SignCount", "SignGroup", "SignPage", "UnitSignPage", "UnitSigns", "arisen",
    "every_case", "may_decide", "may_see", "own", "read_file", "signs", "to_explain", "to_read", "unit_signs",
]  # fmt: skip
