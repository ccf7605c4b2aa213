"""Sending stops the clock, reads the result document, and opens the confirmer's own duty."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from tests import make

from kycuong.core.errors import Conflict, Invalid, NotAllowed, NotVisible, TransitionNotAllowed
from kycuong.models import Duty, DutyEvent
from kycuong.reader import Deferred, Leaf, Secret, Unreadable
from kycuong.services import tasks
from kycuong.services.tasks import papers

ON_TIME = "2026-11-10 15:00"
STAMPED = ("bao-cao.txt", "MẬT\n".encode() + make.result_file()[1])
SCAN = ("ban-quet.pdf", b"%PDF-1.4 only an image")


@pytest.fixture
def duty() -> Duty:
    """A duty on the desk of the head of its unit, due at the end of 15/11/2026."""
    (found,) = make.issued()
    return found


def send(login: str, duty: Duty, file: tuple[str, bytes] | None, when: str = ON_TIME, **given: object) -> object:
    found = tasks.send(actor=make.who(login), at=make.at(when), duty=duty.public_id, file=file, **given)
    duty.refresh_from_db()
    return found


def kept_bytes() -> list[bytes]:
    return [path.read_bytes() for path in Path(settings.FILES_DIR).rglob("*") if path.is_file()]


def test_number_date_and_signer_are_read_from_the_paper(duty: Duty) -> None:
    send("gdsxd", duty, make.result_file())
    result = duty.task.results.get()
    assert (result.number, result.symbol, result.signer) == ("45", "BC-SXD", "Ngô Xuân Trường")
    assert result.signed_on == date(2026, 11, 10)
    assert (result.attempt, result.sent_at, result.verdict) == (1, make.at(ON_TIME), "")
    assert kept_bytes() == [make.result_file()[1]]
    assert DutyEvent.objects.get(duty=duty, act="send").data["file"] == result.file.sha256


def test_the_clock_stops_and_counts_the_working_time_that_ran(duty: Duty) -> None:
    send("gdsxd", duty, make.result_file(), "2026-11-03 09:00")
    assert (duty.phase, duty.answered_at, duty.running_since) == ("answered", make.at("2026-11-03 09:00"), None)
    assert duty.next_check_at is None
    assert duty.consumed_minutes == 210 + 210 + 90  # Monday from 08:00, Tuesday from 07:30 to 09:00


def test_the_following_specialist_gets_a_duty_of_two_working_days(duty: Duty) -> None:
    send("gdsxd", duty, make.result_file(), "2026-11-12 15:00")  # a Thursday
    child = Duty.objects.get(parent=duty)
    assert (child.kind, child.holder_officer.login, child.holder_unit.code) == ("confirmation", "theodoi", "VP")
    assert child.giver_unit.code == "SXD"
    assert child.due_at == make.at("2026-11-17 00:00")  # Friday and Monday
    assert child.next_check_at is not None


@pytest.mark.parametrize(
    ("when", "late"),
    [
        ("2026-11-15 23:59", 0),
        ("2026-11-16 00:00", 1),  # the end is exclusive: 24:00 of 15/11
        ("2026-11-16 16:00", 1),
        ("2026-11-18 08:00", 3),
        ("2026-11-21 08:00", 5),  # a Saturday adds nothing
    ],
)
def test_lateness_is_frozen_in_working_days_begun(duty: Duty, when: str, late: int) -> None:
    send("gdsxd", duty, make.result_file(), when)
    assert duty.late_working_days == late


def test_a_standing_order_is_answered_without_a_clock() -> None:
    (duty,) = make.issued("Sở Nội vụ thường xuyên kiểm tra công vụ.")
    send("gdsnv", duty, make.result_file())
    assert (duty.phase, duty.due_at, duty.late_working_days) == ("answered", None, None)


def test_the_draft_goes_out_when_no_other_file_is_chosen(duty: Duty) -> None:
    road = make.Road(duty)
    road.assign("gdsxd", "cvqldt", "2026-11-03 08:00")
    tasks.submit(
        actor=make.who("cvqldt"), at=make.at("2026-11-04 08:00"), duty=duty.public_id, file=make.result_file("46")
    )
    send("gdsxd", duty, None)
    result = duty.task.results.get()
    assert (result.number, result.prepared_by.login) == ("46", "cvqldt")


def test_a_scan_that_cannot_be_read_is_kept_and_its_number_typed_in(duty: Duty) -> None:
    assert send("gdsxd", duty, SCAN) is None
    result = duty.task.results.get()
    assert (result.number, result.signed_on, result.signer) == ("", None, "")
    assert kept_bytes() == [SCAN[1]]
    tasks.correct_result(
        actor=make.who("gdsxd"), at=make.at(ON_TIME), duty=duty.public_id, number="47", symbol="BC-SXD",
        signed_on=date(2026, 11, 10), signer="Ngô Xuân Trường",
    )  # fmt: skip
    result.refresh_from_db()
    assert (result.number, result.signed_on) == ("47", date(2026, 11, 10))


def test_a_date_of_signing_in_the_future_is_not_taken_over(duty: Duty) -> None:
    send("gdsxd", duty, make.result_file(signed="ngày 30 tháng 11 năm 2026"))
    result = duty.task.results.get()
    assert (result.number, result.signed_on) == ("45", None)


def test_a_number_longer_than_any_office_writes_does_not_stop_the_sending(duty: Duty) -> None:
    send("gdsxd", duty, make.result_file(number="4" * 40, symbol="BC-" + "S" * 90))
    assert duty.phase == "answered"


@pytest.mark.parametrize("file", [STAMPED, ("văn bản mật.pdf", b"%PDF-1.4 image"), ("du_thao_TOI_MAT.txt", b"abc")])
def test_a_secret_result_is_refused_and_no_byte_is_left(duty: Duty, file: tuple[str, bytes]) -> None:
    with make.refused(Secret, "secret"):
        send("gdsxd", duty, file)
    assert kept_bytes() == []


def test_a_missing_an_empty_and_a_blank_file_are_refused(duty: Duty, settings: object) -> None:
    with make.refused(Invalid, "file_missing"):
        send("gdsxd", duty, None)
    with make.refused(Invalid, "file_empty"):
        send("gdsxd", duty, ("rong.pdf", b""))
    with make.refused(Unreadable, "empty"):
        send("gdsxd", duty, ("trang.txt", b" \n\t\n"))
    settings.UPLOAD_LIMIT_MB = 1
    with make.refused(Invalid, "file_too_large"):
        send("gdsxd", duty, ("nang.pdf", b"%" * (1024 * 1024 + 1)))


def test_a_disk_that_refuses_leaves_nothing(duty: Duty, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(target: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kycuong.services.files._write", full)
    with make.refused(Invalid, "disk_failed"):
        send("gdsxd", duty, make.result_file())


@pytest.mark.parametrize(
    ("login", "kind", "code"),
    [
        ("cvqldt", NotAllowed, "act_not_allowed"),  # an officer never reports straight to the giver
        ("tpqldt", NotAllowed, "act_not_allowed"),
        ("gdstc", NotAllowed, "act_not_allowed"),
        ("theodoi", NotAllowed, "act_not_allowed"),
        ("chutich", NotAllowed, "act_not_allowed"),
        ("ctx1", NotVisible, "duty_not_visible"),
    ],
)
def test_only_the_unit_s_leaders_send(duty: Duty, login: str, kind: type[Exception], code: str) -> None:
    road = make.Road(duty)
    road.assign("gdsxd", "tpqldt", "2026-11-03 08:00")
    road.assign("tpqldt", "cvqldt", "2026-11-03 09:00")
    with make.refused(kind, code):
        send(login, duty, make.result_file())


def test_a_second_sending_is_refused(duty: Duty) -> None:
    send("gdsxd", duty, make.result_file())
    with make.refused(TransitionNotAllowed, "move_not_possible"):
        send("pgdsxd", duty, make.result_file("46"))


def test_a_page_that_is_behind_is_refused_before_its_file_is_kept(duty: Duty) -> None:
    seen = make.Road(duty).request().seen
    make.Road(duty).assign("pgdsxd", "tpqldt", "2026-11-03 08:00")
    with make.refused(Conflict, "moved_meanwhile"):
        send("gdsxd", duty, make.result_file(), request=tasks.Request(seen=seen))
    assert kept_bytes() == []


class Scanned:
    """A scan whose first page takes so long."""

    media_type = "application/pdf"

    def __init__(self, text: str, seconds: float = 0) -> None:
        self.text, self.seconds = text, seconds

    def leaf(self, number: int) -> Leaf:
        time.sleep(self.seconds)
        if self.text.startswith("MẬT"):
            raise Secret("secret", "đóng dấu MẬT")
        return Leaf(number, self.text, "ocr")

    @contextmanager
    def opened(self, data: bytes, name: str) -> Iterator[Scanned]:
        yield self


@pytest.fixture
def scanned(monkeypatch: pytest.MonkeyPatch) -> Callable[[Scanned], None]:
    def act(pages: Scanned) -> None:
        def defer(data: bytes, name: str) -> None:
            raise Deferred("needs_ocr", "bản quét", 1, 1)

        monkeypatch.setattr(papers, "read_bytes", defer)
        monkeypatch.setattr(papers, "pages_of", pages.opened)

    return act


def test_of_a_scan_number_and_date_are_read_from_its_first_page(duty: Duty, scanned: Callable[[Scanned], None]) -> None:
    scanned(Scanned(make.result_file()[1].decode()))
    send("gdsxd", duty, SCAN)
    result = duty.task.results.get()
    assert (result.number, result.signed_on, result.file.media_type) == ("45", date(2026, 11, 10), "application/pdf")


def test_a_page_that_takes_too_long_is_sent_unread(
    duty: Duty, scanned: Callable[[Scanned], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(papers, "LOOK_SECONDS", 0.05)
    scanned(Scanned(make.result_file()[1].decode(), seconds=0.5))
    send("gdsxd", duty, SCAN)
    assert duty.task.results.get().number == ""
    assert duty.phase == "answered"


def test_a_secret_scan_is_refused_before_a_byte_is_stored(duty: Duty, scanned: Callable[[Scanned], None]) -> None:
    scanned(Scanned("MẬT"))
    with make.refused(Secret, "secret"):
        send("gdsxd", duty, SCAN)
