"""What leaves the house for a person: e-mail through an outbox, over one port."""

from kycuong.services.outreach.channel import Channel, Delivery, Letter, Unreachable
from kycuong.services.outreach.leaving import read_word, unsubscribe
from kycuong.services.outreach.making import digest, hook_stopped, mail_notices
from kycuong.services.outreach.sending import Sent, retry, send

__all__ = [
    "Channel", "Delivery", "Letter", "Sent", "Unreachable", "digest", "hook_stopped", "mail_notices", "read_word", "retry",
    "send", "unsubscribe",
]  # fmt: skip
