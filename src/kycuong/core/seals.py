"""Sealing without a database: canonical bytes, the Merkle tree of RFC 9162, what a checkpoint signs, what may be found.

A batch of append-only rows becomes the leaves of one tree; a checkpoint signs its root together with the hash of the
checkpoint before it. The marks of a batch (row ids and eight bytes of each leaf) say which row it was when a root differs.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from uuid import UUID

from kycuong.core.errors import Invalid
from kycuong.core.sentences import Sentence

LEAF_PREFIX, NODE_PREFIX = b"\x00", b"\x01"
BEFORE_THE_FIRST = "0" * 64
PRINT_BYTES = 8
EVENT, ENTRY = "event", "entry"

SENTENCES = {
    "row_changed": "{row} đã bị sửa sau khi ghi ({place}).",
    "row_deleted": "{row} đã bị xóa ({place}).",
    "row_inserted": "{row} bị chèn thêm vào giữa các dòng đã niêm phong ({place}).",
    "row_moved": "{row} đã bị đổi chỗ: nội dung này được niêm phong ở số {was} ({place}).",
    "note_changed": "{row}: nội dung ghi chú kèm theo đã bị sửa sau khi ghi.",
    "batch_differs": "Mốc niêm phong số {no}: gốc băm tính lại từ {leaves} dòng không khớp với gốc đã ký.",
    "marks_changed": "Mốc niêm phong số {no}: bảng vị trí các dòng đã bị sửa nên không định vị được từng dòng trong mốc này.",
    "checkpoint_missing": "Thiếu mốc niêm phong số {no}.",
    "chain_broken": "Mốc niêm phong số {no} không nối tiếp mốc đứng trước: một trong hai mốc đã bị sửa hoặc thay.",
    "signature_wrong": "Mốc niêm phong số {no}: chữ ký không đúng, mốc đã bị sửa hoặc do người khác lập.",
    "key_unknown": "Mốc niêm phong số {no} ký bằng khóa lạ {key}; khóa công khai của nó không có trong thư mục khóa.",
    "tail_cut": "Mốc niêm phong số {no} đã lập nhưng nay không còn hoặc đã bị thay: phần cuối của sổ đã bị cắt hoặc làm lại.",
    "run_broken": "Nhiệm vụ {duty}: sổ ghi {seq} sự kiện nhưng thiếu sự kiện thứ {missing}.",
    "run_beyond": "Nhiệm vụ {duty}: sổ ghi {seq} sự kiện nhưng có thêm sự kiện thứ {extra}.",
    "key_unreadable": "Không đọc được khóa niêm phong ở {path}. Kiểm tra tệp khóa và quyền đọc.",
    "key_unwritable": "Không tạo được khóa niêm phong ở {path}. Kiểm tra quyền ghi của thư mục.",
    "writers_busy": "Đang có giao dịch ghi dở nên chưa niêm phong được; chạy lại sau ít giây.",
    "head_unwritable": "Đã niêm phong nhưng không ghi được mốc cuối ra {path}. Kiểm tra ổ đĩa và quyền ghi của thư mục.",
    "file_unwritable": "Không ghi được tệp {path}: {why}.",
}


class Refused(Invalid):
    """Say why something cannot be sealed or exported."""

    @property
    def message(self) -> str:
        """Return the sentence in Vietnamese."""
        return Sentence(SENTENCES[self.code], **self.values)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it was sealed: a code and its values."""

    code: str
    values: Mapping[str, object]

    @property
    def sentence(self) -> str:
        """Return the finding as one sentence in Vietnamese."""
        return Sentence(SENTENCES[self.code], **self.values)


def plain(value: object) -> str:
    """Return an instant (in UTC), a date or a UUID as text; raises TypeError for anything else."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    message = f"cannot stand in a leaf: {type(value).__name__}"
    raise TypeError(message)


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=plain)


def canonical(content: object) -> str:
    """Return the content as canonical JSON: sorted keys, no blanks, as printed, instants in UTC."""
    return _ENCODER.encode(content)


class Tree:
    """The Merkle tree of RFC 9162, fed leaf by leaf; it keeps the roots of its full subtrees only."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def add(self, record: bytes) -> bytes:
        """Add the record of one row and return its leaf hash."""
        hashed = node = sha256(LEAF_PREFIX + record).digest()
        self.size += 1
        rest = self.size
        while not rest & 1:
            node = sha256(NODE_PREFIX + self._peaks.pop() + node).digest()
            rest >>= 1
        self._peaks.append(node)
        return hashed

    def root(self) -> str:
        """Return the root of the leaves so far, in hexadecimal."""
        if not self._peaks:
            return sha256(b"").hexdigest()
        node = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            node = sha256(NODE_PREFIX + peak + node).digest()
        return node.hex()


@dataclass(slots=True)
class Marks:
    """Ids of the rows of one batch in order, events before entries, each with the first bytes of its leaf hash."""

    ids: dict[str, list[int]] = field(default_factory=lambda: {EVENT: [], ENTRY: []})
    prints: dict[str, list[bytes]] = field(default_factory=lambda: {EVENT: [], ENTRY: []})

    def add(self, kind: str, row_id: int, hashed: bytes) -> None:
        """Add one row."""
        self.ids[kind].append(row_id)
        self.prints[kind].append(hashed[:PRINT_BYTES])

    def pack(self) -> bytes:
        """Return the marks as bytes: counts, differences of ids compressed, prints."""
        ids = [*self.ids[EVENT], *self.ids[ENTRY]]
        steps = [now - was for was, now in zip([0, *ids], ids, strict=False)]
        packed = zlib.compress(struct.pack(f">{len(steps)}q", *steps))
        head = struct.pack(">III", len(self.ids[EVENT]), len(self.ids[ENTRY]), len(packed))
        return head + packed + b"".join(self.prints[EVENT]) + b"".join(self.prints[ENTRY])

    @classmethod
    def unpack(cls, data: bytes) -> Marks:
        """Return the marks that `pack` wrote."""
        events, entries, length = struct.unpack_from(">III", data)
        steps = struct.unpack(f">{events + entries}q", zlib.decompress(data[12 : 12 + length]))
        marks, row_id, start = cls(), 0, 12 + length
        for number, step in enumerate(steps):
            row_id += step
            at = start + number * PRINT_BYTES
            marks.add(EVENT if number < events else ENTRY, row_id, data[at : at + PRINT_BYTES])
        return marks


@dataclass(frozen=True, slots=True)
class Difference:
    """One row that is not where or what it was: what happened, which kind of row, its id, and where it was."""

    code: str
    kind: str
    row_id: int
    was: int | None = None


def differences(sealed: Marks, found: Marks) -> Iterator[Difference]:
    """Yield what happened to the rows of a batch since it was sealed: changed, deleted, inserted or moved."""
    for kind in (EVENT, ENTRY):
        before = dict(zip(sealed.ids[kind], sealed.prints[kind], strict=True))
        now = dict(zip(found.ids[kind], found.prints[kind], strict=True))
        gone = {prints: row_id for row_id, prints in before.items() if now.get(row_id) != prints}
        came = [row_id for row_id, prints in now.items() if before.get(row_id) != prints]
        moved = {gone[now[row_id]] for row_id in came if now[row_id] in gone}
        for row_id in came:
            was = gone.get(now[row_id])
            other = "row_changed" if row_id in before else "row_inserted"
            yield Difference("row_moved" if was is not None else other, kind, row_id, was)
        for row_id in before:
            if row_id not in now and row_id not in moved:
                yield Difference("row_deleted", kind, row_id)


@dataclass(frozen=True, slots=True)
class Body:
    """What a checkpoint signs."""

    no: int
    upto_event: int
    upto_entry: int
    leaves: int
    root: str
    marks: str
    previous: str
    at: datetime
    key: str

    def text(self) -> str:
        """Return the signed text."""
        return canonical({name: getattr(self, name) for name in self.__slots__})

    def hashed(self) -> str:
        """Return the hash by which the next checkpoint names this one."""
        return sha256(self.text().encode()).hexdigest()
