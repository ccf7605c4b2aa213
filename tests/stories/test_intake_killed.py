"""Papers on their way in survive a kill: of the jobs that read batches and scans, of the command that walks a folder."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from tests import make

from kycuong.cli.intake import main
from kycuong.models import AuditEntry, BatchItem, Document, Scan, ScanPage
from kycuong.reader import Leaf
from kycuong.services import intake
from kycuong.services.directives import looking, scanning

pytestmark = pytest.mark.django_db(transaction=True)

PAPERS, PAGES, KILLS = 12, 24, 2
PREPARE = """
import sys
from pathlib import Path
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
settings.FILES_DIR = Path(sys.argv[2])
import django
django.setup()
"""
READ = """
from contextlib import contextmanager
from datetime import datetime
from kycuong.reader import Leaf
from kycuong.services import intake
from kycuong.services.directives import scanning
@contextmanager
def pages(source, name):
    class Pages:
        def leaf(self, number):
            return Leaf(number, f"{number}. Sở Xây dựng báo cáo dự án {number} trước ngày 20/11/2026.", "ocr")
    yield Pages()
at = datetime.fromisoformat(sys.argv[3])
print("ready", flush=True)
sys.stdin.readline()
while any([scanning.work(at, at, pages), intake.work(at, at)]):
    pass
"""
WALK = """
from kycuong.cli.intake import main
print("ready", flush=True)
sys.stdin.readline()
main([sys.argv[3], "--as", "vanthu", "--json"])
"""


class Source:
    """A scan of cheap pages, as the reader would open it."""

    count, media_type, name = PAGES, "application/pdf", "quet.pdf"

    def __init__(self, source: bytes | Path, name: str) -> None:
        pass

    def __enter__(self) -> Source:
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def kind(self, number: int) -> str:
        return "picture"

    def leaf(self, number: int) -> Leaf:
        head = make.paper("99/CT-UBND")[1].decode().split("1. Sở")[0]
        text = f"{number}. Sở Xây dựng báo cáo dự án {number} trước ngày 20/11/2026."
        return Leaf(number, head if number == 1 else text, "ocr")


def start(script: str, last: str) -> subprocess.Popen[str]:
    """Start a process on the test's own database and files; it waits to be told."""
    return subprocess.Popen(
        [sys.executable, "-c", PREPARE + script, str(connection.settings_dict["NAME"]), str(settings.FILES_DIR), last],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "kycuong.settings"},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def kill_when(process: subprocess.Popen[str], reached: Callable[[], bool]) -> None:
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.stdin.write("go\n")
    process.stdin.flush()
    until = time.monotonic() + 30
    while not reached() and process.poll() is None and time.monotonic() < until:
        time.sleep(0.002)
    process.kill()
    process.communicate()


def whole() -> None:
    """A row says that its paper is in exactly when the document is; no paper is in twice."""
    items = BatchItem.objects.filter(state="done")
    assert {str(item.document) for item in items} == {str(row) for row in Document.objects.filter(scan=None)}
    assert set(Counter(AuditEntry.objects.filter(act="register").values_list("subject_id", flat=True)).values()) <= {1}
    for scan in Scan.objects.filter(state="open"):
        assert ScanPage.objects.filter(scan=scan).count() == scan.pages_done


def test_the_jobs_are_killed_while_they_read_a_batch_and_a_scan(monkeypatch: pytest.MonkeyPatch) -> None:
    make.province()
    with monkeypatch.context() as patched:
        patched.setattr(looking, "pages_of", Source)
        scanned = make.upload(("quet.pdf", b"%PDF-1.4 quet"))
    sent = [(f"{n}.txt", make.paper(f"{n}/CT-UBND")[1]) for n in range(1, PAPERS + 1)]
    intake.open_batch(actor=make.who("vanthu"), at=make.at(make.MONDAY), files_sent=sent)
    begin = datetime(2026, 11, 2, 2, tzinfo=UTC)
    workers = [start(READ, (begin + timedelta(hours=turn)).isoformat()) for turn in range(KILLS)]
    for turn, worker in enumerate(workers, 1):
        kill_when(worker, lambda turn=turn: Document.objects.count() > 3 * turn)
        whole()
    at = begin + timedelta(days=1)
    while any([scanning.work(at, at, Source), intake.work(at, at)]):
        pass
    whole()
    assert set(BatchItem.objects.values_list("state", flat=True)) == {"done"}
    assert Document.objects.count() == PAPERS + 1
    scanned.refresh_from_db()
    assert (scanned.state, len(make.orders(scanned))) == ("triage", PAGES - 1)


def test_the_command_is_killed_in_a_folder_and_the_next_run_ends_it(tmp_path: Path) -> None:
    make.province()
    folder = tmp_path / "van-ban-den"
    folder.mkdir()
    for n in range(1, PAPERS + 1):
        (folder / f"{n:02}.txt").write_bytes(make.paper(f"{n}/CT-UBND")[1])
    kill_when(start(WALK, str(folder)), lambda: Document.objects.count() >= 3)
    assert Document.objects.count() >= 3
    whole()
    assert main([str(folder), "--as", "vanthu", "--json"]) == 0
    whole()
    assert Document.objects.count() == PAPERS
