"""Consultations: ask bodies on a frozen proposal, prove delivery, answer point by point, and what silence comes to."""

from kycuong.services.consultations.answering import (
    accept_opinion,
    ask_time,
    file_late,
    give_opinion,
    give_time,
    refuse_time,
    refuse_vague,
    return_opinion,
)
from kycuong.services.consultations.asking import Question, ask, change_proposal, drop_opinion, end
from kycuong.services.consultations.delivering import prove_delivery, take_delivery
from kycuong.services.consultations.expiring import IN_FLIGHT, expire
from kycuong.services.consultations.noticing import record_notice, write_notice, write_opinion

__all__ = [
    "IN_FLIGHT", "Question", "accept_opinion", "ask", "ask_time", "change_proposal", "drop_opinion", "end", "expire", "file_late",
    "give_opinion", "give_time", "prove_delivery", "record_notice", "refuse_time", "refuse_vague",
    "return_opinion", "take_delivery", "write_notice", "write_opinion",
]  # fmt: skip
