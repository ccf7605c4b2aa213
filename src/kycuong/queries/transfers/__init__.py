"""Handing on: how often a matter was handed on, who arbitrates, what an arbiter has to rule, where it went, what can be counted."""

from kycuong.queries.transfers.chains import first_of, handed, parties, ruled_for, unit_named, units_tried, waiting
from kycuong.queries.transfers.facts import LABELS, Counted, Fact, counted, facts, last_month
from kycuong.queries.transfers.ladder import (
    RuleRow,
    arbiter_for,
    arbiters,
    choices,
    known,
    ladder,
    most_now,
    rules,
    to_change_rule,
)
from kycuong.queries.transfers.pages import (
    ArbitrationPage,
    ArbitrationRow,
    Path,
    arbitration,
    arbitrations,
    opinion_path,
    path,
    path_of,
    shown_path,
)
from kycuong.queries.transfers.returning import ReturnForm, return_form

__all__ = [
    "LABELS",
    "ArbitrationPage",
    "ArbitrationRow",
    "Counted",
    "Fact",
    "Path",
    "ReturnForm",
    "RuleRow",
    "arbiter_for",
    "arbiters",
    "arbitration",
    "arbitrations",
    "choices",
    "counted",
    "facts",
    "first_of",
    "handed",
    "known",
    "ladder",
    "last_month",
    "most_now",
    "opinion_path",
    "parties",
    "path",
    "path_of",
    "return_form",
    "ruled_for",
    "rules",
    "shown_path",
    "to_change_rule",
    "unit_named",
    "units_tried",
    "waiting",
]  # fmt: skip
