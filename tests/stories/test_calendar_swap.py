"""A day is swapped: seen before it is done, by the page and by the command; done once; taken back; and everyone told."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse
from tests import make

from kycuong import jobs
from kycuong.cli import calendar as verb
from kycuong.core.errors import Invalid
from kycuong.models import CalendarChange, Duty
from kycuong.queries import limits
from kycuong.services import clocks
from stories.doors import Web

pytestmark = pytest.mark.django_db

NOW = "2026-11-09 10:00"
PAPER = {"so": "1508/QĐ-TTg", "ngay": "01/11/2026", "co-quan": "Thủ tướng Chính phủ"}
PLAIN = {"number": "1508/QĐ-TTg", "date": "2026-11-01", "issuer": "Thủ tướng Chính phủ", "reason": "Bão số 9"}


class Pages:
    """The web pages: preview by GET, the form that the preview carries by POST."""

    def __init__(self, folder: Path) -> None:
        self.web = Web()

    def preview(self, login: str, off: str) -> int:
        answer = self.web.person(login, NOW).get(
            reverse("change_calendar"), {**PAPER, "nghi": f"{datetime.fromisoformat(off):%d/%m/%Y}", "xem": "1"}
        )
        assert answer.status_code == 200
        self.values = {**dict(answer.context["kept_values"]), "phien-ban": answer.context["shown"].version}
        return int(answer.context["shown"].moved)

    def apply(self, login: str, off: str) -> None:
        self.preview(login, off)
        self._post(login, reverse("change_calendar"), self.values)

    def undo(self, login: str, change: UUID) -> None:
        address = reverse("reverse_change", args=[change])
        page = self.web.person(login, NOW).get(address, {**PAPER, "xem": "1"})
        self._post(login, address, {**dict(page.context["kept_values"]), "phien-ban": page.context["shown"].version})

    def _post(self, login: str, address: str, values: dict[str, Any]) -> None:
        answer = self.web.person(login, NOW).post(address, {**values, "ly-do": "Bão số 9"})
        assert answer.status_code == 302, answer.content.decode()[-1500:]
        shown = self.web.person(login, NOW).get(answer.headers["Location"])
        assert "1508/QĐ-TTg" in shown.content.decode()


class Command:
    """The command line."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "change.json"
        clocks.start(at=make.at(NOW), real=datetime.now(UTC))

    def _run(self, capsys: Any, *words: str) -> dict[str, Any]:
        assert verb.main([*words, "--json"]) == 0
        found: dict[str, Any] = json.loads(capsys.readouterr().out)
        return found

    def _say(self, off: str) -> None:
        self.file.write_text(json.dumps(PLAIN | {"off": [off]}), "utf-8")

    def preview(self, login: str, off: str) -> int:
        self._say(off)
        return int(self._run(self.capsys, "preview", "--file", str(self.file), "--by", login)["moved"])

    def apply(self, login: str, off: str) -> None:
        self._say(off)
        self._run(self.capsys, "apply", "--file", str(self.file), "--by", login)

    def undo(self, login: str, change: UUID) -> None:
        self._run(self.capsys, "undo", "--change", str(change), "--file", str(self.file), "--by", login)

    capsys: Any = None


@pytest.fixture(params=[Pages, Command])
def second_door(request: pytest.FixtureRequest, db: None, tmp_path: Path, capsys: Any) -> Pages | Command:
    make.province()
    found: Pages | Command = request.param(tmp_path)
    if isinstance(found, Command):
        found.capsys = capsys
    return found


def test_a_day_is_swapped_and_swapped_back(second_door: Pages | Command) -> None:
    (duty,) = make.issued()
    make.Road(duty).send("gdsxd", "2026-11-09 09:00")
    counted = Duty.objects.get(parent=duty)
    assert second_door.preview("quantri", "2026-11-10") == 1
    counted.refresh_from_db()
    assert counted.due_at == make.at("2026-11-12 00:00")  # seen, not done
    second_door.apply("quantri", "2026-11-10")
    counted.refresh_from_db()
    assert counted.due_at == make.at("2026-11-13 00:00")
    second_door.undo("chanhvp", CalendarChange.objects.get().public_id)
    counted.refresh_from_db()
    assert counted.due_at == make.at("2026-11-12 00:00")
    assert CalendarChange.objects.filter(done_at__isnull=False).count() == 2


def test_whoever_holds_it_is_told_and_sees_the_first_date_beside_the_new_one() -> None:
    make.province()
    pages = Pages(Path())
    (duty,) = make.issued()
    make.Road(duty).send("gdsxd", "2026-11-09 09:00")
    pages.apply("chanhvp", "2026-11-10")
    reader = pages.web.person("theodoi", NOW)
    assert "hạn ban đầu: hết thứ Tư 11/11" in reader.get(reverse("duty", args=[duty.public_id])).content.decode()
    jobs.work_once(make.at(NOW))
    reader = pages.web.person("theodoi", "2026-11-09 10:05")
    assert "Hạn chuyển theo lịch làm việc" in reader.get(reverse("notices")).content.decode()


def test_whoever_may_not_is_told_who_may(tmp_path: Path, capsys: Any) -> None:
    make.province()
    (duty,) = make.issued()
    web = Web()
    before = Duty.objects.get(pk=duty.pk).due_at
    answer = web.person("gdsxd", NOW).get(reverse("change_calendar"))
    assert (answer.status_code, "Chánh Văn phòng" in answer.content.decode()) == (403, True)
    assert web.person("gdsxd", NOW).post(reverse("change_calendar"), PAPER).status_code == 403
    command = Command(tmp_path)
    command._say("2026-11-10")
    assert verb.main(["apply", "--file", str(command.file), "--by", "gdsxd"]) == 1
    assert "Chánh Văn phòng" in capsys.readouterr().err
    assert verb.main(["apply", "--file", str(command.file), "--by", "ai-do"]) == 1
    assert verb.main(["apply", "--file", str(tmp_path / "khong-co.json"), "--by", "quantri"]) == 2
    assert not CalendarChange.objects.exists()
    assert Duty.objects.get(pk=duty.pk).due_at == before


def test_a_slip_is_said_at_the_form_and_a_page_that_is_behind_is_refused() -> None:
    make.province()
    web = Web()
    answer = web.person("quantri", NOW).get(reverse("change_calendar"), {**PAPER, "nghi": "31/11/2026", "xem": "1"})
    assert (answer.status_code, "31/11/2026" in answer.content.decode()) == (422, True)
    answer = web.person("quantri", NOW).get(reverse("change_calendar"), {**PAPER, "nghi": "05/11/2026", "xem": "1"})
    assert (answer.status_code, "Chỉnh lý hồ sơ" in answer.content.decode()) == (422, True)
    late = {**PAPER, "nghi": "10/11/2026", "phien-ban": "7", "ly-do": "Bão"}
    answer = web.person("quantri", NOW).post(reverse("change_calendar"), late)
    assert (answer.status_code, answer.context["shown"].version) == (409, 1)  # with the preview made anew
    assert not CalendarChange.objects.exists()


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ([], "decision_missing"), (PLAIN | {"date": 20261102}, "date_unknown"), (PLAIN | {"date": ["x"]}, "date_unknown"),
        (PLAIN | {"off": 20261112}, "date_unknown"), (PLAIN | {"working": [None]}, "date_unknown"),
    ],
)  # fmt: skip
def test_a_file_that_says_something_else_where_a_day_is_due_is_refused(said: object, code: str, tmp_path: Path) -> None:
    (tmp_path / "swap.json").write_text(json.dumps(said), "utf-8")
    with pytest.raises(Invalid) as told:
        verb.read_change(tmp_path / "swap.json")
    assert told.value.code == code


def test_office_hours_and_limits_through_both_doors(tmp_path: Path, capsys: Any) -> None:
    make.province()
    web = Web()
    unit = make.unit("SXD")
    asked = {**PAPER, "don-vi": str(unit.public_id), "gio": "08:00-12:00, 13:30-17:00"}
    shown = web.person("quantri", NOW).get(reverse("office_hours"), {**asked, "xem": "1"})
    values = {**dict(shown.context["kept_values"]), "phien-ban": shown.context["shown"].version, "ly-do": "Mùa đông"}
    assert web.person("quantri", NOW).post(reverse("office_hours"), values).status_code == 302
    unit.refresh_from_db()
    assert unit.office_hours == [[480, 720], [810, 1020]]
    command = Command(tmp_path)
    command.file.write_text(json.dumps(PLAIN | {"unit": "SXD", "hours": ""}), "utf-8")
    for verb_name in ("preview", "apply"):
        assert verb.main([verb_name, "--file", str(command.file), "--by", "quantri"]) == 0
    unit.refresh_from_db()
    assert unit.office_hours is None
    assert "Đã thay đổi lịch" in capsys.readouterr().out

    rule = {**PAPER, "ma": "confirm", "so-ngay": "4", "hieu-luc": "10/11/2026", "ly-do": "Quy chế mới"}
    assert web.person("chanhvp", NOW).post(reverse("limit_rules"), {**rule, "so-ngay": "0"}).status_code == 422
    assert web.person("gdsxd", NOW).post(reverse("limit_rules"), rule).status_code == 403
    assert web.person("chanhvp", NOW).post(reverse("limit_rules"), rule).status_code == 302
    assert "chưa đối chiếu văn bản" in web.person("gdsxd", NOW).get(reverse("limit_rules")).content.decode()
    words = [
        "limit",
        "--code",
        "confirm",
        "--days",
        "3",
        "--from",
        "2026-11-12",
        "--file",
        str(command.file),
        "--by",
        "quantri",
    ]
    assert verb.main(words) == 0
    assert [limits.current("confirm", date(2026, 11, day)).qty for day in (9, 10, 12)] == [2, 4, 3]
