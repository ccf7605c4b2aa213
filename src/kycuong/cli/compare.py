"""`kycuong compare PARENT CHILD`: demand by demand, what a document carries of the one above it; files or registered papers."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kycuong.cli.progress import watched
from kycuong.core.errors import Fact
from kycuong.reader import Unreadable, assemble, is_parcel, main_part, pages_of, parts_of
from kycuong.reader.comparing import Comparison, charges, compare, loose
from kycuong.reader.coverage import of_reading

if TYPE_CHECKING:
    from uuid import UUID

    from kycuong.reader import Reading
    from kycuong.reader.comparing import Charge

NAMES = {"carried": "giữ nguyên", "softened": "giảm nhẹ", "missing": "không có"}
LOST = {"deadline": "mất thời hạn", "owner": "mất người chịu trách nhiệm", "target": "mất chỉ tiêu"}
#: Endings by which an argument is meant as a file, there or not.
_FILES = frozenset(".docx .doc .odt .rtf .pdf .txt .html .htm .tif .tiff .png .jpg .jpeg .eml .zip".split())


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two documents: its orders, the loose sentences too, and who issued it."""

    orders: tuple[Charge, ...]
    all_orders: tuple[Charge, ...]
    issuer: str


def parser() -> argparse.ArgumentParser:
    """Return the options of the verb."""
    out = argparse.ArgumentParser(prog="kycuong compare", description=__doc__)
    out.add_argument(
        "parent", help="the upper document: a file, a registered number such as 12/CT-UBND, or a public id"
    )
    out.add_argument("child", help="the document that implements it")
    out.add_argument("--as", dest="login", help="the sign-in name of the person whose documents are looked at")
    out.add_argument("--json", action="store_true", help="print JSON")
    return out


def main(argv: list[str]) -> int:
    """Compare two documents: 0 done (whatever was found), 1 refused, 2 usage."""
    options = parser().parse_args(argv)
    try:
        found = _compared(options.parent, options.child, options.login)
    except Fact as fact:
        print(fact.message, file=sys.stderr)
        return 1
    except Unreadable as wrong:
        print(wrong.message_vi, file=sys.stderr)
        return 1
    except OSError as wrong:
        print(f"Không mở được tệp “{Path(wrong.filename or '').name}” ({wrong.strerror}).", file=sys.stderr)
        return 1
    print(json.dumps(found.to_json(), ensure_ascii=False) if options.json else told(found))
    return 0


def _compared(parent: str, child: str, login: str | None) -> Comparison:
    """Compare two files, two registered documents with what people corrected, or one of each."""
    for one in (parent, child):
        if Path(one).suffix.lower() in _FILES and not Path(one).is_file():
            raise Unreadable("no_file", f"Không tìm thấy tệp “{Path(one).name}”; hãy kiểm tra lại đường dẫn.")
    if not (Path(parent).is_file() or Path(child).is_file()):
        return _registered_pair(parent, child, login)
    above, below = (_read(Path(one)) if Path(one).is_file() else _registered(one, login) for one in (parent, child))
    return compare(above.orders, below.all_orders, issuer=below.issuer)


def _read(path: Path) -> _Side:
    with path.open("rb") as stream:
        head = stream.read(4096)
    source: Any = path
    name = path.name
    if is_parcel(head, path.name):
        chosen = main_part(list(parts_of(path, path.name)))
        if chosen is None:
            raise Unreadable("no_paper", f"Trong “{path.name}” không có văn bản nào đọc được.")
        source, name = chosen.load(), chosen.name
    with pages_of(source, name) as pages:
        reading: Reading = assemble(list(watched(pages)), pages.name, pages.media_type)
    orders = charges(reading)
    return _Side(
        orders, (*orders, *loose(reading.text, of_reading(reading.text, reading.to_json()))), reading.issuer or ""
    )


def _set_up(login: str | None) -> Any:
    """Open the tables, only when a document is looked for in them; return the person asked for, None for the operator."""
    from datetime import UTC, datetime

    from kycuong.cli._django import set_up

    set_up()
    from kycuong.queries import clocks, scope

    return scope.actor_of(login, clocks.now(datetime.now(UTC))) if login else None


def _registered_pair(parent: str, child: str, login: str | None) -> Comparison:
    who = _set_up(login)
    from kycuong.queries import comparisons

    ends: list[UUID] = [comparisons.of_registered(who, one) for one in (parent, child)]
    return comparisons.pair(who, *ends).comparison


def _registered(text: str, login: str | None) -> _Side:
    who = _set_up(login)
    from kycuong.queries import comparisons

    orders, all_orders, issuer = comparisons.charges_registered(who, text)
    return _Side(orders, all_orders, issuer)


def told(found: Comparison) -> str:
    """Return the comparison as a table for people."""
    counts = ", ".join(f"{found.count(status)} {name}" for status, name in NAMES.items())
    lines = [f"{len(found.lines)} yêu cầu: {counts}; {len(found.added)} nội dung chỉ có ở văn bản dưới."]
    for line in found.lines:
        plain = line.to_json()
        notes = [LOST[one] for one in line.lost] + [f"“{one.words}”" for one in line.softer]
        lines.append(f"{NAMES[line.status]:<10}  {plain['text']}")
        lines.append(f"{'':<10}  └ {plain['match'] or '—'}{' | ' + ', '.join(notes) if notes else ''}")
    return "\n".join(lines)
