"""Ladders of reminding: the rungs in force, which duties they find, who hears, who would hear what on a day."""

from kycuong.queries.ladders.hearing import RELATED, Hearing, hearing
from kycuong.queries.ladders.preview import Person, Preview, next_day, preview
from kycuong.queries.ladders.rungs import ConditionRows, RungRow, higher, history, ladders, may_change, rungs
from kycuong.queries.ladders.waiting import found_by, on_the_row, stirred

__all__ = [
    "RELATED", "ConditionRows", "Hearing", "Person", "Preview", "RungRow", "found_by", "hearing", "higher", "history",
    "ladders", "may_change", "next_day", "on_the_row", "preview", "rungs", "stirred",
]  # fmt: skip
