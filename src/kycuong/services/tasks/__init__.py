"""Tasks: worked on within the unit, sent with the result document, judged; taken back, replaced, corrected by the giver."""

from kycuong.services.requests import Request
from kycuong.services.tasks.changing import correct, reassign, replace, replan, revoke, undo_replan
from kycuong.services.tasks.judging import confirm, send_back
from kycuong.services.tasks.sending import correct_result, send
from kycuong.services.tasks.working import assign, return_draft, submit

__all__ = [
    "Request", "assign", "confirm", "correct", "correct_result", "reassign", "replace", "replan", "return_draft", "revoke", "send",
    "send_back", "submit", "undo_replan",
]  # fmt: skip
