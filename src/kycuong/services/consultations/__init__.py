"""Consultations: ask bodies on a frozen proposal, prove delivery, answer point by point, and what silence comes to."""

from kycuong.services.consultations.answering import (
    accept_opinion,
    ask_time,
    file_late,
    give_opinion,
    give_time,
    refuse_time,
    refuse_vague,
)
from kycuong.services.consultations.asking import Question, ask, change_proposal, drop_opinion, end
from kycuong.services.consultations.concerning import Concerns
from kycuong.services.consultations.delivering import prove_delivery, take_delivery
from kycuong.services.consultations.dissenting import remind_dissents
from kycuong.services.consultations.expiring import IN_FLIGHT, expire
from kycuong.services.consultations.linking import (
    Given,
    Receipt,
    answer_by_link,
    ask_time_by_link,
    draft_by_link,
    file_by_link,
    make_link,
    open_link,
    revoke_link,
)
from kycuong.services.consultations.meeting import Meeting, SideGiven, correct_meeting, record_meeting, sign_meeting
from kycuong.services.consultations.minutes import write_minutes
from kycuong.services.consultations.noticing import record_notice, write_notice, write_opinion
from kycuong.services.consultations.opening import forget_guesses
from kycuong.services.consultations.outsiders import add_outside
from kycuong.services.consultations.preparing import assign_opinion, return_opinion_draft, submit_opinion
from kycuong.services.consultations.returning import hand_on, return_opinion

__all__ = [
    "IN_FLIGHT",
    "Concerns",
    "Given",
    "Meeting",
    "Question",
    "Receipt",
    "SideGiven",
    "accept_opinion",
    "add_outside",
    "answer_by_link",
    "ask",
    "ask_time", "ask_time_by_link",
    "assign_opinion",
    "change_proposal",
    "correct_meeting",
    "draft_by_link",
    "drop_opinion",
    "end",
    "expire",
    "file_by_link",
    "file_late",
    "forget_guesses",
    "give_opinion",
    "give_time",
    "hand_on",
    "make_link",
    "open_link",
    "prove_delivery",
    "record_meeting",
    "record_notice",
    "refuse_time",
    "refuse_vague",
    "remind_dissents",
    "return_opinion",
    "return_opinion_draft",
    "revoke_link",
    "sign_meeting",
    "submit_opinion",
    "take_delivery",
    "write_minutes",
    "write_notice",
    "write_opinion",
]  # fmt: skip
