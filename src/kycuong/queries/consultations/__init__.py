"""Consultations to read: the lead's side with every opinion, a body's own question, what is still owed before going on."""

from kycuong.queries.consultations.alike import AlikeRow, alike, stock_answers
from kycuong.queries.consultations.concerns import Before, Concerned, GroundsPage, SameAsked, before, grounds
from kycuong.queries.consultations.conducting import (
    asking_side,
    conducts,
    duty_to_conduct,
    latest_time,
    opened_to,
    owed,
    reads,
    returned_text,
    rule_now,
    rules_now,
    silent,
    to_conduct,
)
from kycuong.queries.consultations.dissents import (
    DocketPage,
    MeetingPage,
    count_dissents,
    docket,
    latest_meeting,
    meeting_page,
    next_number,
    to_meet,
)
from kycuong.queries.consultations.heading import above, place, signature, symbol
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
)
from kycuong.queries.consultations.ruling import RuleOf, RulePreview, preview_rule, rule_cards
from kycuong.queries.consultations.standing import dissenting, standings

__all__ = [
    "AlikeRow", "Before", "BodyRow", "Concerned", "ConsultationPage", "DocketPage", "GroundsPage", "ListPage",
    "MeetingPage", "OpinionPage", "PointRow", "RuleOf", "RulePreview", "SameAsked", "above", "alike", "asking_side",
    "before", "bodies", "conducts", "consultation", "consultations", "count_dissents", "dissenting", "docket",
    "duty_to_conduct", "grounds", "latest_meeting", "latest_time", "meeting_page", "next_number", "opened_to", "opinion_page",
    "owed", "place", "preview_rule", "reads", "returned_text", "rule_cards", "rule_now", "rules_now", "signature",
    "silent", "standings", "stock_answers", "symbol", "to_conduct", "to_meet",
]  # fmt: skip
