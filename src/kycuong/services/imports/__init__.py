"""Take tables in: look first (check), then apply as one act with its reason, perhaps undo; the same file twice changes nothing."""

from kycuong.services.imports.runs import Check, apply, begin, check, choose, undo
from kycuong.services.imports.tasks import resume, work

__all__ = ["Check", "apply", "begin", "check", "choose", "resume", "undo", "work"]
