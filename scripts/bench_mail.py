"""Measure the outbox of e-mail: mails a second to a server on this machine, from the rows to the rows; prints markdown.

The server is a process of its own; it takes every mail and keeps none.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SINK = """
import asyncio, sys
from aiosmtpd.smtp import SMTP

class Take:
    async def handle_DATA(self, server, session, envelope):
        return "250 OK"

async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Take(), hostname="sink"), "127.0.0.1", int(sys.argv[1]))
    print("ready", flush=True)
    await server.serve_forever()

asyncio.run(main())
"""
MAILS = 2000


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def set_up(database: str, port: int) -> None:
    """Start Django on a database of its own, with the sink as its mail server."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "kycuong.settings", "KYCUONG_DATABASE": database, "KYCUONG_SMTP_HOST": "127.0.0.1",
        "KYCUONG_SMTP_PORT": str(port), "KYCUONG_SMTP_SECURITY": "none", "KYCUONG_SMTP_FROM": "nhacviec@bench.invalid",
        "KYCUONG_SECRET_KEY": "bench",
    }  # fmt: skip
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def fill() -> None:
    """Put mails of the size of a morning's digest into the outbox."""
    from datetime import UTC, date, datetime

    from kycuong.core.mails import message_id
    from kycuong.models import Appointment, Mail, Officer, Post, Unit

    at = datetime.now(UTC)
    for table in (Mail, Appointment, Officer, Post, Unit):
        table.objects.all().delete()
    people = Officer.objects.bulk_create(
        [
            Officer(login=f"nguoi{n}", full_name=f"Người {n}", folded="", email=f"nguoi{n}@bench.invalid")
            for n in range(200)
        ]
    )
    long_ago = date(2026, 1, 1)
    unit = Unit.objects.create(
        code="U",
        name="Đơn vị",
        short_name="ĐV",
        folded="",
        kind="department",
        relation="subordinate",
        valid_from=long_ago,
    )
    titles = [Post(code=f"P{n}", unit=unit, kind="officer", title="Chuyên viên") for n in range(len(people))]
    held = zip(Post.objects.bulk_create(titles), people, strict=True)
    Appointment.objects.bulk_create([Appointment(officer=one, post=post, valid_from=long_ago) for post, one in held])
    text = (
        "Kính gửi đồng chí,\n" + "- Báo cáo tiến độ giải ngân vốn đầu tư công\n  https://bench.invalid/viec/1/\n" * 12
    )
    Mail.objects.bulk_create(
        [
            Mail(recipient=people[n % 200], kind="digest", message_id=message_id("bench.invalid", n), subject="Công việc hôm nay",
                 text=text, made_at=at, next_try_at=at)
            for n in range(MAILS)
        ]
    )  # fmt: skip


def measure() -> tuple[float, float, int]:
    """Send everything; return the seconds, those of this process's processor time, and how many were sent."""
    from datetime import UTC, datetime

    from kycuong.services import outreach

    now = datetime.now(UTC)
    started, worked = time.perf_counter(), time.process_time()
    done = outreach.send(at=now, real=now)
    return time.perf_counter() - started, time.process_time() - worked, done.sent


def main() -> int:
    port = free_port()
    sink = subprocess.Popen([sys.executable, "-c", SINK, str(port)], stdout=subprocess.PIPE, text=True)
    assert sink.stdout is not None
    sink.stdout.readline()
    try:
        with tempfile.TemporaryDirectory() as folder:
            set_up(os.environ.get("BENCH_DATABASE") or f"sqlite:///{Path(folder) / 'bench.sqlite3'}", port)
            best = (0.0, 0.0, 0)
            for _ in range(3):
                fill()
                best = min(best, measure(), key=lambda found: found[0] / found[2] if found[2] else 1e9)
            seconds, cpu, sent = best
    finally:
        sink.kill()
    print("## Outbox of e-mail\n")
    print(
        "| Mails | Seconds (best of 3) | Mails a second | Wanted | Processor time of the sender a mail |\n|---|---|---|---|---|"
    )
    print(f"| {sent} | {seconds:.1f} | {sent / seconds:.0f} | ≥ 200 | {cpu / sent * 1000:.1f} ms |")
    print(
        "\nEach about 1.5 kB with plain text and HTML, over SMTP to a server on this machine, four connections and two "
        "transactions for 100 mails; SQLite with synchronous=FULL."
    )
    return 0 if sent == MAILS else 1


if __name__ == "__main__":
    sys.exit(main())
