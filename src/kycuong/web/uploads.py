"""Hold an upload in memory, bounded: a paper that turns out to be secret must never have touched the disk."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import MemoryFileUploadHandler, SkipFile
from django.http import HttpRequest

#: What holds several papers may be as long as the whole request.
PARCELS = (".zip", ".eml")
MARK = "kycuong.too_large"


class BoundedMemoryHandler(MemoryFileUploadHandler):
    """Keep every file in memory; skip one that is longer than the settings allow, and mark the request."""

    length = 0

    def handle_raw_input(
        self, input_data: Any, META: dict[str, Any], content_length: int, boundary: str, encoding: str | None = None
    ) -> None:
        """Note how long the body says it is; whatever it says, no temporary file is written."""
        self.length = content_length
        self.activated = True

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Refuse at once a file whose request is too long."""
        if self.length > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
            self.refuse()
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Take a chunk, unless the file has grown past the limit."""
        parcel = (self.file_name or "").lower().endswith(PARCELS)
        limit = settings.BATCH_LIMIT_MB if parcel else settings.UPLOAD_LIMIT_MB
        if start + len(raw_data) > limit * 1024 * 1024:
            self.file.close()
            self.refuse()
        return super().receive_data_chunk(raw_data, start)

    def refuse(self) -> None:
        """Skip the file and leave a mark that the form turns into a sentence."""
        if self.request is not None:
            self.request.META[MARK] = True
        raise SkipFile


def too_large(request: HttpRequest) -> bool:
    """Tell whether a file of this request was left out for its length."""
    return bool(request.META.get(MARK))
