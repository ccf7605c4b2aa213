"""Change the working calendar or a unit's office hours by a decision, and carry the change out on every open duty."""

from kycuong.services.calendar_changes.applying import change_days, change_hours, reversal, reverse
from kycuong.services.calendar_changes.carrying import carry_out, resume

__all__ = ["carry_out", "change_days", "change_hours", "resume", "reversal", "reverse"]
