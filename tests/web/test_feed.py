"""The calendar of one's duties, as calendar programs read it: by its secret address, with khal and vdirsyncer, until it ends."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from icalendar import Calendar
from tests import make

from kycuong.models import AuditEntry, CalendarFeed, Duty
from kycuong.services import clocks, feeds

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer

PEERS = ("khal==0.14.1", "vdirsyncer==0.21.0")
NO_PEERS = f"{' and '.join(PEERS)} could not be installed beside the project"


@pytest.fixture
def life(db: None, settings: Any, tmp_path: Path) -> list[Duty]:
    settings.FILES_DIR = tmp_path / "files"
    make.province()
    clocks.start(at=make.at(make.MONDAY), real=datetime.now(UTC))
    return [*make.issued(), *make.issued("Giao Sở Xây dựng báo cáo kết quả rà soát quy hoạch trước ngày 24/11/2026.")]


def address(login: str) -> str:
    return f"/lich-viec/{feeds.make_feed(actor=make.who(login), at=make.at(make.MONDAY))}.ics"


def test_the_last_day_of_each_duty_stands_in_the_calendar_as_a_whole_day(life: list[Duty]) -> None:
    answer = Client().get(address("gdsxd"))
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(answer.content)
    assert [str(one["TZID"]) for one in calendar.walk("VTIMEZONE")] == ["Asia/Ho_Chi_Minh"]
    found = {str(event["UID"]).partition("-event@")[0]: event for event in calendar.walk("VEVENT")}
    assert set(found) == {str(duty.public_id) for duty in life}
    event = found[str(life[0].public_id)]
    assert event["DTSTART"].dt == make.at("2026-11-15 00:00").date()  # before the 16th: the 15th is the last day
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(days=1)
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))

    todos = Calendar.from_ical(Client().get(address("gdsxd"), {"dang": "viec"}).content).walk("VTODO")
    assert {todo["DUE"].dt for todo in todos} == {
        make.at("2026-11-15 00:00").date(),
        make.at("2026-11-23 00:00").date(),
    }


def test_unchanged_is_not_sent_again_and_a_change_has_a_higher_sequence(life: list[Duty]) -> None:
    place = address("gdsxd")
    first = Client().get(place)
    tag = first.headers["ETag"]
    same = Client().get(place, headers={"If-None-Match": f"W/{tag}"})
    assert (same.status_code, same.content) == (304, b"")

    def told(answer: Any) -> dict[str, int]:
        return {str(one["UID"]): one["SEQUENCE"] for one in Calendar.from_ical(answer.content).walk("VEVENT")}

    make.Road(life[0]).assign("gdsxd", "tpqldt", "2026-11-02 08:10")
    after = Client().get(place, headers={"If-None-Match": tag})
    assert after.status_code == 200
    assert len(told(after)) == 1  # given on: it stands in the other calendar now
    theirs = told(Client().get(address("tpqldt")))
    (uid,) = theirs
    assert theirs[uid] > told(first)[uid]


def test_the_address_ends_when_it_is_renewed_revoked_or_its_person_leaves(life: list[Duty]) -> None:
    old, new = address("gdsxd"), address("gdsxd")
    assert [Client().get(one).status_code for one in (old, new)] == [404, 200]
    browser = Client()
    browser.force_login(make.who("gdsxd") and _officer("gdsxd"), "django.contrib.auth.backends.ModelBackend")
    assert browser.post("/lich-viec/thu-hoi/").status_code == 302
    assert Client().get(new).status_code == 404
    page = browser.post("/lich-viec/")
    place = page.context["address"].partition("localhost:8000")[2]
    assert Client().get(place).status_code == 200
    assert not CalendarFeed.objects.filter(digest__contains=place[11:30]).exists()
    make.vacate("gdsxd", "2026-11-02 00:00")
    assert Client().get(place).status_code == 404
    acts = AuditEntry.objects.filter(subject_kind="officer", act__endswith="_feed").order_by("id")
    assert list(acts.values_list("act", flat=True)) == ["make_feed", "make_feed", "revoke_feed", "make_feed"]


def _officer(login: str) -> Any:
    from kycuong.models import Officer

    return Officer.objects.get(login=login)


@pytest.fixture(scope="session")
def peers() -> Path:
    """Return the folder of khal and vdirsyncer, in an environment of their own that later runs find again; or skip aloud."""
    name = hashlib.sha256("|".join((*PEERS, sys.version)).encode()).hexdigest()[:12]
    folder = Path(tempfile.gettempdir()) / f"kycuong-calendar-{os.getuid()}-{name}"
    if not (folder / "whole").exists():
        try:
            subprocess.run(
                [sys.executable, "-m", "venv", "--clear", folder], check=True, capture_output=True, timeout=120
            )
            subprocess.run(
                [folder / "bin" / "pip", "-q", "install", *PEERS], check=True, capture_output=True, timeout=180
            )
        except (OSError, subprocess.SubprocessError):
            pytest.skip(NO_PEERS)
        (folder / "whole").touch()
    return folder / "bin"


def test_vdirsyncer_fetches_it_and_khal_shows_it(
    transactional_db: None, live_server: LiveServer, peers: Path, settings: Any, tmp_path: Path
) -> None:
    settings.FILES_DIR = tmp_path / "files"
    make.province()
    clocks.start(at=make.at(make.MONDAY), real=datetime.now(UTC))
    make.issued()
    place, home = f"{live_server.url}{address('gdsxd')}", tmp_path / "home"
    (home / "lich").mkdir(parents=True)
    (home / "vdirsyncer").write_text(
        f'[general]\nstatus_path = "{home}/status"\n\n[pair duties]\na = "there"\nb = "here"\ncollections = null\n\n'
        f'[storage there]\ntype = "http"\nurl = "{place}"\n\n[storage here]\ntype = "filesystem"\npath = "{home}/lich"\n'
        'fileext = ".ics"\n'
    )
    (home / "khal").write_text(
        f"[calendars]\n[[viec]]\npath = {home}/lich\n[locale]\nlocal_timezone = Asia/Ho_Chi_Minh\n"
        "dateformat = %d/%m/%Y\nlongdateformat = %d/%m/%Y\n[sqlite]\npath = {home}/khal.db\n".replace(
            "{home}", str(home)
        )
    )
    environment = {**os.environ, "HOME": str(home), "LC_ALL": "C.UTF-8", "NO_PROXY": "*"}

    def run(*words: str) -> str:
        done = subprocess.run(
            [str(peers / words[0]), *words[1:]],
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr + done.stdout
        return done.stdout

    for verb in ("discover", "sync"):
        run("vdirsyncer", "-c", f"{home}/vdirsyncer", verb)
    assert len(list((home / "lich").glob("*.ics"))) == 1
    shown = run("khal", "-c", f"{home}/khal", "list", "--format", "{start-date} {title}", "01/11/2026", "30d")
    assert "15/11/2026 Hạn: " in shown
