"""`kycuong burden DOCUMENT`: what issuing a document would lay on the units; nothing is changed."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime

from kycuong.core.errors import Fact
from kycuong.queries import clocks, comparisons, scope
from kycuong.queries.burden import Burden, burden


def parser() -> argparse.ArgumentParser:
    """Return the options of the verb."""
    out = argparse.ArgumentParser(prog="kycuong burden", description=__doc__)
    out.add_argument("document", help="a registered number such as 12/CT-UBND, or a public id")
    out.add_argument(
        "--report", default="FREQ=YEARLY", help="the cycle of the report on standing orders; empty for none"
    )
    out.add_argument("--as", dest="login", help="the sign-in name of the person whose ledger is looked at")
    out.add_argument("--json", action="store_true", help="print JSON")
    return out


def main(argv: list[str]) -> int:
    """Measure one document: 0 done (whatever was found), 1 refused, 2 usage."""
    options = parser().parse_args(argv)
    at = clocks.now(datetime.now(UTC))
    try:
        who = scope.actor_of(options.login, at) if options.login else None
        found = burden(who, comparisons.of_registered(who, options.document), at, report_rrule=options.report)
    except Fact as fact:
        print(fact.message, file=sys.stderr)
        return 1
    print(json.dumps(found.to_json(), ensure_ascii=False) if options.json else told(found))
    return 0


def told(found: Burden) -> str:
    """Return the burden as lines for people."""
    lines = [
        f"{found.code}: {found.orders} nội dung, {found.tasks} nhiệm vụ cho {len(found.units)} đơn vị; "
        f"đơn vị nhiều nhất thêm {found.most} nhiệm vụ."
    ]
    lines += [f"{one.after:>5} = {one.now} đang có + {one.added} mới  {one.name}" for one in found.units[:20]]
    lines += [
        f"Trùng ngày {one.on:%d/%m/%Y}: {one.units} đơn vị, nhiều nhất {one.most} báo cáo" for one in found.clashes[:12]
    ]
    for repeat in found.repeats:
        lines.append(f"Đã yêu cầu: {' '.join(repeat.text.split())[:90]}")
        lines.append(f"  └ {repeat.code}, {repeat.units} đơn vị: {' '.join(repeat.other.split())[:90]}")
    for merger in found.mergers:
        codes = f"{merger.first.code or found.code} và {merger.second.code or found.code}"
        lines.append(f"Có thể gộp báo cáo: {codes}, {merger.units} đơn vị, hạn {merger.on:%d/%m/%Y}")
    return "\n".join(lines)
