"""Take in many papers at once: several files, an archive, a message with attachments, a folder."""

from kycuong.services.intake.batches import cancel, close_when_done, forget, open_batch, resume, retry
from kycuong.services.intake.items import take, work
from kycuong.services.intake.parcels import papers, parcel

__all__ = ["cancel", "close_when_done", "forget", "open_batch", "papers", "parcel", "resume", "retry", "take", "work"]
