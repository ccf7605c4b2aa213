"""What leaves the house for a person: e-mail through an outbox, over one port."""

from kycuong.services.outreach.channel import Channel, Delivery, Letter, Unreachable
from kycuong.services.outreach.making import digest, mail_notices
from kycuong.services.outreach.sending import Sent, retry, send

__all__ = ["Channel", "Delivery", "Letter", "Sent", "Unreachable", "digest", "mail_notices", "retry", "send"]
