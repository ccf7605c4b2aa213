"""Consultations to read: the lead's side with every opinion, a body's own question, what is still owed before going on."""

from kycuong.queries.consultations.conducting import (
    asking_side,
    conducts,
    duty_to_conduct,
    opened_to,
    owed,
    reads,
    rule_now,
    rules_now,
    silent,
    to_conduct,
)
from kycuong.queries.consultations.pages import (
    BodyRow,
    ConsultationPage,
    ListPage,
    OpinionPage,
    PointRow,
    bodies,
    consultation,
    consultations,
    opinion_page,
    place,
)

__all__ = [
    "BodyRow", "ConsultationPage", "ListPage", "OpinionPage", "PointRow", "asking_side", "bodies", "conducts", "consultation",
    "consultations", "duty_to_conduct", "opened_to", "opinion_page", "owed", "place", "reads", "rule_now", "rules_now", "silent",
    "to_conduct",
]  # fmt: skip
