"""Chasing: who is to be urged, the letters, what was done before about a duty and a unit."""

from kycuong.core.chasing import Taken
from kycuong.queries.chasing.explanations import ExplanationFacts, explanation
from kycuong.queries.chasing.history import ChaseRow, chased, drafts_of, of_unit, taken_of
from kycuong.queries.chasing.letters import ItemRow, LetterPage, LetterRow, letter, letters
from kycuong.queries.chasing.proposing import (
    DutyLine,
    Group,
    UnitLine,
    WhomPage,
    grouped,
    marked,
    may_chase,
    reply_on,
    whom,
)

__all__ = [
    "ChaseRow", "DutyLine", "ExplanationFacts", "Group", "ItemRow", "LetterPage", "LetterRow", "Taken", "UnitLine", "WhomPage",
    "chased", "drafts_of", "explanation", "grouped", "letter", "letters", "marked", "may_chase", "of_unit", "reply_on", "taken_of", "whom",
]  # fmt: skip
