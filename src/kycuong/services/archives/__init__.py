"""Pack the whole instance into one archive while it runs, and unpack one into an empty place."""

from kycuong.services.archives.packing import Backup, back_up
from kycuong.services.archives.unpacking import restore

__all__ = ["Backup", "back_up", "restore"]
