"""The verb `kycuong read`: official documents into orders; needs no database."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from kycuong.reader import Pages
    from kycuong.reader.shapes import Order, Reading

USAGE = (
    "usage: kycuong read [--json "
    "| --text] FILE…\n\nRead official documents (.docx .doc .odt .rtf .pdf .txt .html, scans as .pdf .tif .png .jpg, mail as .eml,"
    " archives as .zip): what is ordered, who is charged, by when. Of a mail or an archive the part most like a document is"
    " read and the others are named.\n"
)
_BYTES = 20_000_001


#: What a doubt means, for the readable table; the codes stand in the JSON.
DOUBTS = {
    "no_assignee": "chưa rõ ai làm",
    "several_leads": "nhiều nơi cùng nhận",
    "relative_deadline": "hạn theo sự kiện",
    "low_confidence": "đọc chưa chắc",
    "weak_closing": "câu kết chung",
    "no_such_date": "ngày không có trong lịch",
}


def main(argv: list[str]) -> int:
    """Read each file and print it in its place; 0 done, 1 some file refused, 2 usage."""
    flags = {a for a in argv if a.startswith("--") and a != "--"}
    names = [a for a in argv if not a.startswith("--")]
    if flags & {"--help"} or "-h" in names:
        sys.stdout.write(USAGE)
        return 0
    if not names or flags - {"--json", "--text"} or len(flags) > 1:
        sys.stderr.write(USAGE)
        return 2
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    form = next(iter(flags), "--table")
    bad = [name for name in names if not _one(name, form, sys.stdout, len(names) > 1)]
    return 1 if bad else 0


def _one(name: str, form: str, out: TextIO, many: bool) -> bool:
    """Print one file; a file that cannot be read gives one sentence in its place."""
    from kycuong.cli.progress import watched
    from kycuong.reader import Unreadable, assemble, joined

    path = Path(name)
    try:
        paper = _opened(path)
        with paper.pages as pages:
            leaves = list(watched(pages))
        if form == "--text":
            out.write(joined(leaves)[0])
            return True
        reading = assemble(leaves, pages.name, pages.media_type)
    except Unreadable as wrong:
        return _refuse(name, wrong.message_vi, form, out)
    except OSError as wrong:
        return _refuse(name, _os_sentence(path, wrong), form, out)
    except (RecursionError, MemoryError):
        return _refuse(
            name, f"Tệp “{path.name}” lồng quá sâu hoặc quá lớn nên không đọc được; hãy lưu lại tệp rồi gửi.", form, out
        )
    if form == "--json":
        held = {"part": pages.name, "parts": paper.others} if paper.inside else {}
        out.write(json.dumps({"file": name, **held, **reading.to_json()}, ensure_ascii=False) + "\n")
    else:
        out.write(table(reading, name if many else "") + _listed(paper))
    return True


@dataclass(frozen=True, slots=True)
class _Paper:
    """A paper opened for reading, and the names of what else its mail or archive holds."""

    pages: Pages
    inside: bool = False
    others: tuple[str, ...] = ()


def _opened(path: Path) -> _Paper:
    from kycuong.reader import Unreadable, is_parcel, main_part, pages_of, parts_of

    source = path if path.is_file() else _bytes(path)
    with path.open("rb") if source is path else io.BytesIO(source if isinstance(source, bytes) else b"") as stream:
        head = stream.read(4096)
    if not is_parcel(head, path.name):
        return _Paper(pages_of(source, path.name))
    parts = list(parts_of(source, path.name))
    chosen = main_part(parts)
    if chosen is None:
        raise Unreadable("no_paper", f"Trong “{path.name}” không có văn bản nào đọc được; hãy gửi thẳng tệp văn bản.")
    others = tuple(part.name for part in parts if part is not chosen)
    return _Paper(pages_of(chosen.load(), chosen.name), True, others)


def _listed(paper: _Paper) -> str:
    if not paper.inside:
        return ""
    lines = [f"Đã đọc: {paper.pages.name}", *(f"Chưa đọc: {name}" for name in paper.others)]
    return "\n".join(lines) + "\n\n"


def _bytes(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(_BYTES)


def _refuse(name: str, sentence: str, form: str, out: TextIO) -> bool:
    if form == "--json":
        out.write(json.dumps({"file": name, "error": sentence}, ensure_ascii=False) + "\n")
    sys.stderr.write(f"kycuong read: {sentence}\n")
    return False


def _os_sentence(path: Path, wrong: OSError) -> str:
    if isinstance(wrong, FileNotFoundError):
        return f"Không tìm thấy tệp “{path.name}”; hãy kiểm tra lại đường dẫn."
    if isinstance(wrong, IsADirectoryError):
        return f"“{path.name}” là thư mục, không phải tệp; hãy chỉ ra từng tệp."
    return f"Không mở được tệp “{path.name}” ({wrong.strerror or 'lỗi đọc'}); hãy kiểm tra quyền đọc."


def table(reading: Reading, name: str) -> str:
    """Return the reading as a table for people."""
    day = reading.issued_on.strftime("%d/%m/%Y") if reading.issued_on else "không rõ ngày"
    head = [
        f"{reading.doc_type or 'Văn bản'} {reading.code or 'không rõ số'}, {day}, {reading.issuer or 'không rõ cơ quan'}"
    ]
    if name:
        head.insert(0, f"# {name}")
    for label, value in (
        ("Trích yếu", reading.subject), ("Người ký", reading.signer), ("Kính gửi", "; ".join(reading.addressees)),
        ("Viện dẫn", ", ".join(reading.cites)), ("Chủ đề", reading.theme),
    ):  # fmt: skip
        if value:
            head.append(f"{label}: {value}")
    rows = [_row(order) for order in reading.orders]
    wide = max([len(row[0]) for row in rows], default=4)
    lines = [f"{row[0]:<{wide}}  {row[1]}\n{'':<{wide}}  └ {row[2]}" for row in rows]
    return "\n".join([*head, f"{len(rows)} việc:", *lines]) + "\n\n"


def _row(order: Order) -> tuple[str, str, str]:
    text = " ".join(order.text.split())
    parts = ["; ".join(p.name for p in order.assignees) or "chưa rõ ai"]
    if order.coordinating:
        parts.append("phối hợp: " + "; ".join(p.name for p in order.coordinating))
    parts.append(order.deadline.text or "không thời hạn")
    if order.doubts:
        parts.append("cần xem: " + ", ".join(DOUBTS.get(code, code) for code in order.doubts))
    return order.path, text if len(text) <= 110 else text[:109] + "…", " | ".join(parts)
