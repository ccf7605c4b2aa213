"""`kycuong demo`: set up the made-up province in an empty database, let it live until today, serve it."""

from __future__ import annotations

import argparse
import os
from datetime import UTC, datetime

from kycuong.core.calendars import TZ

START = datetime(2026, 11, 23, 8, 0, tzinfo=TZ)  # a Monday morning
PROVINCE = "Ủy ban nhân dân tỉnh Lam Giang"


def main(argv: list[str]) -> int:
    """Load, play and serve the demo; with --no-serve only load and play."""
    parser = argparse.ArgumentParser(prog="kycuong demo", description=__doc__)
    parser.add_argument("--no-serve", action="store_true", help="load the province and stop")
    parser.add_argument("--port", default="8000", help="port to listen on (8000, or the next free one)")
    options = parser.parse_args(argv)
    os.environ.setdefault("KYCUONG_DEMO", "1")
    os.environ.setdefault("KYCUONG_PROVINCE_NAME", PROVINCE)
    from kycuong.cli import _django

    _django.set_up()
    from kycuong.cli import migrate, run

    migrate.prepare()
    _load()
    _introduce()
    return 0 if options.no_serve else run.main(["--port", options.port])


def _load() -> None:
    from kycuong.demo import life, province
    from kycuong.queries import org as org_queries
    from kycuong.services import clocks, org

    if org_queries.any_unit():
        return
    rows = province.rows()
    print(f"Đang dựng {province.NAME}: {len(rows.units)} đơn vị, {len(rows.officers)} người …", flush=True)
    org.load(
        at=datetime(2026, 1, 2, 8, 0, tzinfo=TZ),
        units=[
            org.UnitSpec(
                row.code, row.name, row.short_name, row.kind, row.relation, row.parent_code, row.valid_from,
                row.valid_until, row.aliases, row.oversees, row.successors,
            )
            for row in rows.units
        ],
        posts=[org.PostSpec(row.code, row.unit_code, row.kind, row.title, row.field) for row in rows.posts],
        officers=[
            org.OfficerSpec(row.login, row.full_name, row.gender, f"{row.login}@lamgiang.invalid") for row in rows.officers
        ],
        appointments=[
            org.AppointmentSpec(row.login, row.post_code, row.valid_from, row.valid_until) for row in rows.appointments
        ],
        password=_password(),
    )  # fmt: skip
    print("Đang đọc văn bản mẫu và diễn lại công việc trong năm …", flush=True)
    clocks.start(at=START, real=datetime.now(UTC))
    _hurry()
    for line in life.live(START):
        print(f"  từ chối {line}", flush=True)


def _hurry() -> None:
    """Spare the disk while the made-up year is played: a demo that is cut short is simply built anew."""
    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")


def _password() -> str:
    from django.conf import settings

    return str(settings.DEMO_PASSWORD)


def _introduce() -> None:
    from django.conf import settings

    from kycuong.queries import org

    print(f"\nTên đăng nhập (mật khẩu chung: {settings.DEMO_PASSWORD})")
    for login, name, title in org.demo_sign_ins(settings.DEMO_SIGN_INS):
        print(f"  {login:<10} {name:<24} {title}")
    print(flush=True)
