"""Chase units about their duties: reminders at once, letters drafted, signed papers taken back, explanations judged."""

from kycuong.services.chasing.drafting import Choice, Drafted, cancel, draft, renew
from kycuong.services.chasing.explaining import accept_explanation, drop_explanation, explain, refuse_explanation
from kycuong.services.chasing.recording import record
from kycuong.services.chasing.wording import write

__all__ = [
    "Choice", "Drafted", "accept_explanation", "cancel", "draft", "drop_explanation", "explain", "record",
    "refuse_explanation", "renew", "write",
]  # fmt: skip
