"""Open a zip archive without trusting it: sizes, names, nesting, passwords."""

from __future__ import annotations

import io
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path, PurePosixPath

from kycuong.core.sentences import Sentence
from kycuong.reader.parts import ALL_BYTES, PART_BYTES, PARTS, Part, type_of
from kycuong.reader.shapes import Unreadable

#: A megabyte of text rarely packs better than fifty to one; a bomb packs a thousand to one.
RATIO = 200
_JUNK = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini", "~$")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, KeyError)


def is_archive(head: bytes, name: str) -> bool:
    """Tell an archive from a Word, Excel or OpenDocument file, which is a zip as well."""
    if not head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return False
    packed = (b"[Content_Types].xml", b"word/", b"xl/", b"_rels/", b"mimetype", b"docProps/", b"customXml/")
    return not any(mark in head[:400] for mark in packed) and not name.lower().endswith((".docx", ".xlsx", ".odt"))


def parts(source: bytes | Path, name: str, depth: int = 0) -> Iterator[Part]:
    """Yield the files of an archive in their order; the bytes of each are unpacked when asked for."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source)
    except _BROKEN as wrong:
        raise _broken(name) from wrong
    # The archive stays open as long as a part may still be loaded: the parts hold it, nobody else does.
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    _check(entries, name)
    for entry in entries:
        shown = _name(entry)
        if any(PurePosixPath(shown).name.startswith(junk) or shown.startswith(junk) for junk in _JUNK):
            continue
        yield Part(shown, entry.file_size, type_of(shown), partial(_load, archive, entry, shown), depth=depth)


def _check(entries: list[zipfile.ZipInfo], name: str) -> None:
    if len(entries) > PARTS:
        raise Unreadable(
            "too_many",
            Sentence(
                "Tệp nén “{name}” có {count} tệp, quá mức {parts}; hãy chia thành nhiều tệp nén.",
                name=name,
                count=len(entries),
                parts=PARTS,
            ),
        )
    whole = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if whole > ALL_BYTES or (whole > 50_000_000 and whole > RATIO * max(1, packed)):
        raise Unreadable("zip_bomb", Sentence("Tệp nén “{name}” bung ra quá lớn; hãy chia nhỏ rồi gửi lại.", name=name))


def _name(entry: zipfile.ZipInfo) -> str:
    """Return the name with its folders, none of which leads out of the archive; Vietnamese names are mended."""
    raw = entry.filename
    if not entry.flag_bits & 0x800:  # the archive does not say that the name is UTF-8; many Windows programs never do
        try:
            raw = raw.encode("cp437").decode("utf-8")
        except (UnicodeEncodeError, UnicodeDecodeError):
            raw = _of_codepage(raw)
    clean = "".join(c for c in raw.replace("\\", "/") if c.isprintable())
    return "/".join(piece for piece in clean.split("/") if piece not in {"", ".", ".."})[-240:] or "khong-ten"


def _of_codepage(raw: str) -> str:
    try:
        name = unicodedata.normalize("NFC", raw.encode("cp437").decode("cp1258"))
    except (UnicodeEncodeError, UnicodeDecodeError):
        return raw
    return name


def _load(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, shown: str) -> bytes:
    """Return the bytes of one file of an archive, never more than it says it has."""
    if entry.flag_bits & 1:
        raise Unreadable(
            "encrypted",
            Sentence(
                "Tệp “{shown}” trong tệp nén đặt mật khẩu nên không đọc được; hãy bỏ mật khẩu rồi gửi lại.", shown=shown
            ),
        )
    if entry.file_size > PART_BYTES:
        raise Unreadable(
            "too_big", Sentence("Tệp “{shown}” trong tệp nén quá lớn; hãy tách tệp rồi gửi lại.", shown=shown)
        )
    try:
        with archive.open(entry) as stream:
            data = stream.read(entry.file_size + 1)
    except (RuntimeError, *_BROKEN) as wrong:
        raise _broken(shown) from wrong
    if len(data) > entry.file_size:
        raise Unreadable(
            "zip_bomb",
            Sentence("Tệp “{shown}” trong tệp nén bung ra lớn hơn đã khai; hãy nén lại rồi gửi.", shown=shown),
        )
    return data


def _broken(name: str) -> Unreadable:
    return Unreadable(
        "broken_zip", Sentence("Tệp nén “{name}” hỏng hoặc thiếu phần cuối; hãy nén lại rồi gửi.", name=name)
    )
