"""`kycuong import org|tasks|competence FILE`: look at a table, or with --apply take it in; the same services as the pages."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from kycuong.core.errors import Fact, Invalid
from kycuong.queries import clocks, imports, org, scope
from kycuong.reader import Unreadable
from kycuong.reader.sheets import ENCODINGS
from kycuong.services import imports as services

KINDS = {"org": "organisation", "tasks": "tasks", "competence": "competence"}


def parser() -> argparse.ArgumentParser:
    """Return the parser of the verb."""
    made = argparse.ArgumentParser(prog="kycuong import", description=__doc__)
    made.add_argument(
        "what", choices=list(KINDS),
        help="org: units, posts, officers; tasks: running tasks of an old system; competence: who decides what",
    )  # fmt: skip
    made.add_argument("file", type=Path, help="XLSX or CSV")
    made.add_argument("--apply", action="store_true", help="apply what was found; without it nothing changes")
    made.add_argument("--reason", default="", help="why, kept with the act; asked for with --apply")
    made.add_argument("--good-only", action="store_true", help="apply the good rows although others are wrong")
    made.add_argument(
        "--encoding", default="", choices=["", *ENCODINGS], help="of a CSV file; recognised when left out"
    )
    made.add_argument("--source", default="", help="name of the system that the tasks come from")
    made.add_argument(
        "--unit", action="append", default=[], type=pair, metavar="NAME=CODE",
        help="the unit that a doubtful name stands for, or NAME=skip; may be given again",
    )  # fmt: skip
    made.add_argument(
        "--by", default="", metavar="LOGIN", help="the administrator who acts; the first one when left out"
    )
    made.add_argument("--json", action="store_true", help="print JSON")
    return made


def pair(text: str) -> tuple[str, str]:
    """Read NAME=CODE."""
    name, _, code = text.rpartition("=")
    if not name or not code:
        raise argparse.ArgumentTypeError(text)
    return name, code


def progress(done: int, total: int) -> None:
    """Show on a terminal how many rows are done."""
    if sys.stderr.isatty():
        print(f"\r{done}/{total} …", end="", file=sys.stderr, flush=True)


def main(argv: list[str]) -> int:
    """Look, and apply when asked; exit 1 when refused or when rows are wrong."""
    options = parser().parse_args(argv)
    at = clocks.now(datetime.now(UTC))
    try:
        file = services.Check(
            options.file.name, options.file.read_bytes(), KINDS[options.what], options.encoding, options.source
        )
        return _run(options, file, at)
    except (Fact, Unreadable, OSError) as refusal:
        said = {"refused": getattr(refusal, "code", "file"), "message": str(refusal)}
        print(json.dumps(said, ensure_ascii=False) if options.json else said["message"], file=sys.stderr)
        return 1


def _run(options: argparse.Namespace, file: services.Check, at: datetime) -> int:
    actor = imports.administrator(options.by, at)
    if actor is None:
        if file.kind != "organisation" or not options.apply or org.any_unit():
            raise Invalid("import_needs_administrator")
        return _tell(options, {"counts": services.begin(at=at, file=file, reason=options.reason), "applied": True})
    run = services.check(actor=actor, at=at, file=file)
    if options.unit:
        services.choose(actor=actor, at=at, run=run, chosen=imports.units_by_code(dict(options.unit), at))
    found = _found(actor, run, at)
    wrong = found["counts"].get("error", 0) + found["counts"].get("doubt", 0)
    if options.apply:
        found["counts"] = services.apply(
            actor=actor, at=at, run=run, reason=options.reason, good_only=options.good_only
        )
        while services.resume(at, told=progress):  # a table of many rows goes on in batches
            found["counts"] = dict(imports.run(actor, run, at).line.counts)
        found["applied"] = True
        return _tell(options, found)
    return _tell(options, found) or (1 if wrong else 0)


def _found(actor: scope.Actor, run: UUID, at: datetime) -> dict[str, Any]:
    page, doubtful = imports.run(actor, run, at, state="error"), imports.run(actor, run, at, state="doubt")
    told = [(row.table.title, row.number, row.problems) for row in page.rows]
    told += [("Nhiệm vụ", line.number, line.problems) for line in [*page.tasks, *doubtful.tasks]]
    problems = [
        {"sheet": sheet, "row": number, "column": heading, "code": fact.code, "message": fact.message}
        for sheet, number, facts in told
        for heading, fact in facts
    ]
    names = [
        {"name": one.printed, "rows": one.count, "like": [name for _, name in one.proposed]} for one in doubtful.doubts
    ]
    counts = dict(page.line.counts)
    return {"run": str(run), "counts": counts, "problems": problems, "names": names, "applied": False}


def _tell(options: argparse.Namespace, found: dict[str, Any]) -> int:
    if options.json:
        print(json.dumps(found, ensure_ascii=False))
        return 0
    for one in found.get("problems", []):
        print(f"{one['sheet']}, dòng {one['row']}, cột {one['column']}: {one['message']}")
    labels = {
        "new": "mới", "changed": "thay đổi", "ended": "kết thúc", "unchanged": "giữ nguyên", "known": "đã có", "doubt": "cần chọn đơn vị",
        "error": "lỗi", "done": "đã tiếp nhận",
    }  # fmt: skip
    print(" · ".join(f"{count} {labels.get(name, name)}" for name, count in found["counts"].items()))
    print("Đã áp dụng." if found["applied"] else "Chưa áp dụng gì. Thêm --apply --reason “…” để áp dụng.")
    return 0
