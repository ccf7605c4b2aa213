"""`kycuong coverage FILE`: every sentence of a document with its class, and what nobody owns; needs no database."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from kycuong.cli.progress import watched
from kycuong.reader import Unreadable, assemble, pages_of
from kycuong.reader.coverage import Coverage, of_reading

NAMES = {
    "order": "giao việc", "prohibition": "nghiêm cấm", "reporting": "báo cáo", "authority": "giao quyền",
    "demand": "như giao việc", "basis": "căn cứ", "context": "bối cảnh", "heading": "đề mục", "execution": "tổ chức thực hiện",
    "head": "phần đầu", "receivers": "nơi nhận", "signature": "ký",
}  # fmt: skip
WHY = {"no_order": "chưa thành nội dung giao việc", "no_lead": "chưa có đơn vị chủ trì"}


def parser() -> argparse.ArgumentParser:
    """Return the options of the verb."""
    out = argparse.ArgumentParser(prog="kycuong coverage", description=__doc__)
    out.add_argument("file", type=Path, help="an official document: .docx .pdf .html .txt, or a scan")
    out.add_argument("--orphans", action="store_true", help="only the sentences that nobody owns")
    out.add_argument("--json", action="store_true", help="print JSON")
    return out


def main(argv: list[str]) -> int:
    """Print the coverage of one file: 0 done (whatever was found), 1 refused, 2 usage."""
    options = parser().parse_args(argv)
    try:
        with pages_of(options.file, options.file.name) as pages:
            reading = assemble(list(watched(pages)), pages.name, pages.media_type)
    except Unreadable as wrong:
        print(wrong.message_vi, file=sys.stderr)
        return 1
    except OSError as wrong:
        print(f"Không mở được tệp “{options.file.name}” ({wrong.strerror}).", file=sys.stderr)
        return 1
    found = of_reading(reading.text, reading.to_json())
    if options.json:
        print(json.dumps(as_json(reading.text, found, only=options.orphans), ensure_ascii=False))
    else:
        print(as_text(reading.text, found, only=options.orphans))
    return 0


def as_json(text: str, found: Coverage, *, only: bool) -> dict[str, Any]:
    """Return the coverage as plain data; spans count code points of the document's text."""
    lines = [
        {
            "start": line.start, "end": line.end, "class": line.klass, "text": text[line.start : line.end],
            "path": found.stretches[line.order].path if line.order is not None else None,
            "owners": list(found.stretches[line.order].owners) if line.order is not None else [],
            "orphaned": line.orphaned or None,
        }
        for line in (found.orphans if only else found.lines)
    ]  # fmt: skip
    return {
        "sentences": found.sentences, "orders": found.orders, "demands": found.demands, "owned": found.owned,
        "owned_pct": found.owned_pct, "orphans": len(found.orphans), "lines": lines,
    }  # fmt: skip


def as_text(text: str, found: Coverage, *, only: bool) -> str:
    """Return the coverage as lines for a person."""
    head = (
        f"{found.sentences} câu · {found.orders} nội dung giao việc · {found.owned} trên {found.demands} câu giao việc đã có"
        f" người nhận ({found.owned_pct}%) · {len(found.orphans)} câu chưa có người nhận"
    )
    rows = []
    for line in found.orphans if only else found.lines:
        one = found.stretches[line.order] if line.order is not None else None
        who = WHY[line.orphaned].upper() if line.orphaned else "; ".join(one.owners) if one else ""
        words = " ".join(text[line.start : line.end].split())
        place = f"{NAMES[line.klass]}{' ' + one.path if one and one.path else ''}"
        rows.append(f"{place:<22} {line.start:>6}-{line.end:<6} {words[:100]}{'…' if len(words) > 100 else ''}")
        rows += [f"{'':<22} {'':<13} └ {who}"] if who else []
    return "\n".join([head, *rows])
