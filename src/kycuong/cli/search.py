"""`kycuong search "…" --as LOGIN`: search as a person would; `kycuong search rebuild`: write the index anew."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from uuid import UUID

from kycuong.core.errors import Fact
from kycuong.core.search import Runs
from kycuong.queries import clocks, org, scope
from kycuong.queries.search import Filters, Found, Hit, search
from kycuong.services import search as services

LABELS = {"document": "Văn bản", "order": "Nội dung giao việc", "task": "Nhiệm vụ"}


def parser() -> argparse.ArgumentParser:
    """Return the options of the verb."""
    out = argparse.ArgumentParser(prog="kycuong search", description=__doc__)
    out.add_argument("words", help='what to look for: words, "phrases", numbers; or rebuild')
    out.add_argument("--as", dest="login", help="the sign-in name of the person whose view is searched")
    out.add_argument("--kind", choices=LABELS, default="", help="documents, orders or tasks only")
    out.add_argument("--year", type=int, help="the year of issue, or in which a task was given")
    out.add_argument("--unit", type=UUID, help="the public id of the charged unit")
    out.add_argument("--document", type=UUID, help="the public id of the document")
    out.add_argument("--state", default="", help="the state of a task (overdue, near_due, …) or of a document")
    out.add_argument("--after", help="the key that ended the page before")
    out.add_argument("--json", action="store_true", help="print JSON")
    return out


def main(argv: list[str]) -> int:
    """Run the verb: 0 done, 1 refused or nothing found, 2 usage."""
    options = parser().parse_args(argv)
    if options.words == "rebuild" and not options.login:
        return rebuild(options)
    at = clocks.now(datetime.now(UTC))
    officer = org.officer_id(options.login or "")
    if officer is None:
        print("Chưa rõ tìm với tư cách ai: thêm --as và tên đăng nhập.", file=sys.stderr)
        return 2
    filters = Filters(options.kind, options.year, options.unit, options.state, options.document)
    try:
        found = search(scope.actor(officer, at), at, text=options.words, filters=filters, after=options.after)
    except Fact as fact:
        print(fact.message, file=sys.stderr)
        return 1
    print(json.dumps(plain(found), ensure_ascii=False, default=str) if options.json else told(found))
    return 0 if found.rows else 1


def rebuild(options: argparse.Namespace) -> int:
    """Write every row of search anew."""
    written = services.rebuild(progress)
    print(json.dumps({"written": written}) if options.json else f"Đã lập lại chỉ mục tìm kiếm: {written} bản ghi.")
    return 0


def progress(rows: int) -> None:
    """Show on a terminal how many records were written."""
    if sys.stderr.isatty():
        print(f"\r{rows} bản ghi …", end="", file=sys.stderr, flush=True)


def plain(found: Found) -> dict[str, object]:
    """Return what was found as plain data."""
    rows = [
        {**asdict(hit), "title": words(hit.title), "passage": words(hit.passage), "row": state(hit)}
        for hit in found.rows
    ]
    for row in rows:
        del row["code_runs"]
    return {"rows": rows, "next": found.next_key, "counts": found.counts, "meant": found.meant}


def state(hit: Hit) -> dict[str, object] | None:
    """Return how a task stands."""
    row = hit.row
    return {"unit": row.unit_name, "state": row.state, "days": row.days, "due": row.last_date} if row else None


def words(runs: Runs) -> str:
    """Return runs as one text."""
    return "".join(text for text, _ in runs)


def told(found: Found) -> str:
    """Return what was found as lines, matching words between asterisks."""
    if not found.rows:
        hint = f' Thử: "{found.meant}".' if found.meant else ""
        return f"Không tìm thấy kết quả nào.{hint}"
    lines = []
    for hit in found.rows:
        place = f"{hit.row.unit_name}, {hit.code}" if hit.row else hit.code
        lines.append(
            f"{LABELS[hit.kind]:<19} {place}: {''.join(f'*{text}*' if lit else text for text, lit in hit.title)}"
        )
    return "\n".join([*lines, *([f"… --after {found.next_key}"] if found.next_key else [])])
