"""The registry of competence: who is competent for what, where, up to which amount, on which day."""

from kycuong.queries.competences.asking import Answered, Holder, Signing, ask, may_sign, post_of, territory_of
from kycuong.queries.competences.matters import choose, find
from kycuong.queries.competences.naming import Elsewhere, NamedBody, given_elsewhere, is_beside, named_for
from kycuong.queries.competences.pages import (
    Asked,
    AskPage,
    FormPage,
    RowPage,
    asked_page,
    form_page,
    holder_choices,
    listed,
    row_page,
    to_write,
)
from kycuong.queries.competences.rows import Entry
from kycuong.queries.competences.submitting import route, weigh_return

__all__ = [
    "Answered",
    "AskPage",
    "Asked",
    "Elsewhere",
    "Entry",
    "FormPage",
    "Holder",
    "NamedBody",
    "RowPage",
    "Signing",
    "ask",
    "asked_page",
    "choose",
    "find",
    "form_page",
    "given_elsewhere",
    "holder_choices",
    "is_beside",
    "listed",
    "may_sign",
    "named_for",
    "post_of",
    "route",
    "row_page",
    "territory_of",
    "to_write",
    "weigh_return",
]  # fmt: skip
