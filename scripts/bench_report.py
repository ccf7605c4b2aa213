"""Measure the report of a province with 100 units: gathered, frozen and written as DOCX, all its figures with their rows.

`.venv/bin/python scripts/bench_report.py [--only sqlite|postgresql]` prints markdown.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
import time
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import bench_ledger
import pg

UNITS, POINTS, SENT = 100, 30, 60
FOUNDED = date(2025, 7, 1)


def seconds(act: Callable[[], object]) -> tuple[float, float]:
    """Return how long an act takes by the clock on the wall, and of the processor of this process."""
    wall, cpu = time.perf_counter(), time.process_time()
    act()
    return time.perf_counter() - wall, time.process_time() - cpu


def at(text: str) -> datetime:
    from kycuong.core.calendars import TZ

    return datetime.fromisoformat(text).replace(tzinfo=TZ)


def province() -> None:
    """Load a province: Office, Home Affairs, and communes up to the number of units, each with its head."""
    from kycuong.services import calendars, org

    names = [("T", "Ủy ban nhân dân tỉnh Lam Giang", "province"), ("VP", "Văn phòng Ủy ban nhân dân tỉnh", "office"),
             ("SNV", "Sở Nội vụ", "department")]  # fmt: skip
    names += [(f"X{n:03}", f"Ủy ban nhân dân xã Số {n:03}", "commune") for n in range(UNITS - 1)]
    kinds = {"province": "chairman", "office": "office_head"}
    units = [
        org.UnitSpec(code, name, code, kind, "subordinate", None if code == "T" else "T", FOUNDED, oversees=code in {"VP", "SNV"})
        for code, name, kind in names
    ]  # fmt: skip
    people = [
        (f"head.{code.lower()}", f"Người đứng đầu {code}", f"{code}.1", code, kinds.get(kind, "unit_head"))
        for code, name, kind in names
    ]
    people += [("vanthu", "Văn thư", "VP.3", "VP", "clerk"), ("theodoi", "Chuyên viên", "VP.2", "VP", "follower")]
    calendars.load_seed(at=at("2026-01-05 08:00"))
    org.load(
        at=at("2026-01-05 08:00"), units=units, posts=[org.PostSpec(post, unit, kind, kind) for _, _, post, unit, kind in people],
        officers=[org.OfficerSpec(login, name) for login, name, *_ in people],
        appointments=[org.AppointmentSpec(login, post, FOUNDED) for login, _, post, *_ in people], password="bench-2026-dai",
    )  # fmt: skip


def directive() -> Any:
    """Issue a directive of many points, each to every commune and Home Affairs, and its closing clause."""
    from kycuong.models import Document
    from kycuong.services import directives

    who = "Sở Nội vụ và Ủy ban nhân dân các xã, phường"
    points = [
        f"{n}. {who} thực hiện nội dung thứ {n} của kế hoạch, hoàn thành trước ngày {10 + n % 18}/11/2026."
        for n in range(1, POINTS + 1)
    ]
    closing = "báo cáo kết quả thực hiện Chỉ thị này trước ngày 01/12 hằng năm về Ủy ban nhân dân tỉnh qua Sở Nội vụ."
    points.append(f"{POINTS + 1}. {who} {closing}")
    text = (
        "ỦY BAN NHÂN DÂN\nTỈNH LAM GIANG\n-------\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n---------------\n"
        "Số: 12/CT-UBND\nLam Giang, ngày 05 tháng 10 năm 2026\nCHỈ THỊ\nVề kỷ luật, kỷ cương\nChủ tịch Ủy ban nhân dân tỉnh yêu cầu:\n"
        + "\n".join(points) + "\nCHỦ TỊCH\nPhan Trọng Nghiêm\n"
    )  # fmt: skip
    clerk, when = actor("vanthu"), at("2026-10-06 08:00")
    key = directives.register_upload(actor=clerk, at=when, data=text.encode(), name="chi-thi.txt")
    directives.triage(actor=clerk, at=when, document=key, has_orders=True)
    directives.issue(actor=clerk, at=when, document=key)
    return Document.objects.get(public_id=key)


def actor(login: str) -> Any:
    from kycuong.queries import scope

    return scope.actor_of(login, at("2026-11-25 08:00"))


def measure(_: int) -> dict[str, Any]:
    """Build the province, let most units send, then merge, send and verify the synthesis."""
    from django.core.management import call_command

    from kycuong.models import Duty, Order, ReportEdition, Unit
    from kycuong.queries import reports as queries
    from kycuong.services import reports

    call_command("migrate", verbosity=0)
    province()
    document = directive()
    key, slot = Order.objects.get(document=document, kind="periodic").public_id, date(2026, 12, 1)
    places = {
        unit.code: reports.Place(key, slot, unit.public_id) for unit in Unit.objects.exclude(code__in=["T", "VP"])
    }
    head = actor("head.snv")
    when = at("2026-11-25 09:00")
    fresh = seconds(lambda: reports.print_out(actor=head, at=when, place=places["SNV"]))
    sending = []
    for code in sorted(places)[-SENT:]:
        sender = actor(f"head.{code.lower()}")
        sending.append(
            seconds(lambda place=places[code], sender=sender: reports.send(actor=sender, at=when, place=place))
        )
    merging = seconds(lambda: reports.merge(actor=head, at=when, place=places["SNV"]))
    issuing = seconds(lambda: reports.send(actor=head, at=at("2026-11-26 09:00"), place=places["SNV"]))
    edition = ReportEdition.objects.filter(report__unit__code="SNV").latest("id")
    verifying = seconds(lambda: queries.check(edition))
    page = seconds(lambda: queries.collection(head, key, slot, when))
    return {
        "duties": Duty.objects.count(), "units": len(places), "lines": len(edition.lines), "figures": edition.figures.count(),
        "fresh_s": fresh, "unit_s": sorted(sending)[len(sending) // 2], "merge_s": merging, "issue_s": issuing, "verify_s": verifying,
        "page_s": page,
    }  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=bench_ledger.DATABASES)
    parser.add_argument("--measure", help=argparse.SUPPRESS)
    parser.add_argument("--rows", type=int, default=0, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        import django

        django.setup()
        logging.disable(logging.WARNING)
        print(json.dumps(measure(options.rows)))
        return 0
    kinds = [options.only] if options.only else list(bench_ledger.DATABASES)
    try:
        pg.binaries()
    except pg.NoPostgresql as missing:
        print(f"SKIPPED ALOUD: PostgreSQL: {missing}", file=sys.stderr)
        kinds = [kind for kind in kinds if kind != "postgresql"]
    lines, told = [], {}
    for kind in kinds:
        told = bench_ledger.measure(kind, "report", 0, __file__)
        times = [told[name] for name in ("fresh_s", "unit_s", "merge_s", "issue_s", "verify_s", "page_s")]
        lines.append([bench_ledger.DATABASES[kind], *(f"{wall:.2f} s ({cpu:.2f})" for wall, cpu in times)])
    print(
        f"## Report\n\n{told['units']} units, {told['duties']:,} duties, {told['figures']} figures over {told['lines']:,} lines;"
    )
    print(f"{SENT} units have sent their own reports, the others are told from the ledger.")
    print("Wall time, in brackets the processor time of the application.\n")
    head = ["Database", "Province, nothing sent yet, to DOCX", "One unit frozen and sent", "Merged", "Synthesis frozen, to DOCX, sent",
            "All figures run again", "Page of the collection"]  # fmt: skip
    print(bench_ledger.table(head, lines))
    print("Wanted: the report of a province with 100 units ≤ 5 s to DOCX.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
