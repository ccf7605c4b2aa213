"""Leave with everything: every table with its dictionary, every file by its hash, a manifest that anyone can check."""

from kycuong.services.exports.asking import ask, open_archive, work_waiting
from kycuong.services.exports.writing import Exported, export

__all__ = ["Exported", "ask", "export", "open_archive", "work_waiting"]
