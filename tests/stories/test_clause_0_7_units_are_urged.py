"""Clause 0.7: the Office urges in one act; the ladder climbs with signed papers only; a body that is not subordinate is asked."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import resolve, reverse
from tests import make

from kycuong.cli import chase
from kycuong.models import ChaseLetter, Duty
from kycuong.queries import chasing as queries
from kycuong.queries.clocks import offset
from kycuong.services import clocks
from stories.doors import Web

pytestmark = pytest.mark.django_db

AT = "2026-11-20 09:00"


class Pages(Web):
    """The pages of chasing."""

    def draft(self, when: str, *units: str) -> list[UUID]:
        """Mark units, look at what would be drafted, draft it."""
        browser = self.person("theodoi", when)
        marked = {"unit": [str(make.unit(code).public_id) for code in units]}
        page = browser.post(reverse("chase_preview"), marked)
        assert page.status_code == 200
        values: dict[str, Any] = {"request_id": page.context["request_id"], "duty": []}
        for card in page.context["cards"]:
            values[f"step-{card['key']}"], values[f"signing-{card['key']}"] = card["step"], card["signing"]
            values["duty"] += [str(line.row.public_id) for line in card["group"].lines]
        listed = browser.post(reverse("chase_draft"), values)
        assert listed.status_code == 302
        return [row.public_id for row in browser.get(listed.headers["Location"]).context["page"].rows]

    def record(self, when: str, letter: UUID, file: tuple[str, bytes]) -> None:
        """Attach the signed paper."""
        browser = self.person("vanthu", when)
        answer = browser.post(reverse("chase_record", args=[letter]), {"file": SimpleUploadedFile(*file)})
        assert answer.status_code == 302, answer.content.decode()[-1500:]
        assert resolve(answer.headers["Location"]).kwargs["public_id"] == letter


class Commands:
    """The command line."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys

    def call(self, when: str, *words: str) -> Any:
        """Run a verb at a moment and return what it prints."""
        real = datetime.now(UTC)
        clocks.start(at=make.at(when), real=real)
        if make.at(when) > real + offset():
            clocks.advance(to=make.at(when), real=real)
        self.capsys.readouterr()
        assert chase.main([*words, "--json"]) == 0, self.capsys.readouterr().err
        return json.loads(self.capsys.readouterr().out)

    def draft(self, when: str, *units: str) -> list[UUID]:
        """Draft about everything late of some units."""
        named = [part for code in units for part in ("--unit", code)]
        return [UUID(one) for one in self.call(when, "draft", "--by", "theodoi", *named)["letters"]]

    def record(self, when: str, letter: UUID, file: tuple[str, bytes]) -> None:
        """Attach the signed paper."""
        place = self.folder / file[0]
        place.write_bytes(file[1])
        assert self.call(when, "record", str(letter), str(place), "--by", "vanthu")["left"] == 0


@pytest.fixture(params=["pages", "commands"])
def office(request: pytest.FixtureRequest, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Pages | Commands:
    """Give each door in turn."""
    return Pages() if request.param == "pages" else Commands(tmp_path, capsys)


def signed(number: str, on: str) -> tuple[str, bytes]:
    return "da-ky.txt", make.paper(f"{number}/UBND-TH", on, "đôn đốc thực hiện nhiệm vụ", "Yêu cầu báo cáo kết quả.")[1]


def steps(duty: Duty) -> list[tuple[str, int, str]]:
    return [(row.step, row.times, row.code) for row in queries.chased(make.who("theodoi"), duty.public_id)]


def test_the_ladder_climbs_with_signed_papers_only(office: Pages | Commands) -> None:
    make.province()
    (late,) = make.issued("Giao Sở Xây dựng chủ trì báo cáo tiến độ giải ngân trước ngày 16/11/2026.")
    (police,) = make.issued("Giao Công an tỉnh chủ trì phối hợp rà soát cư trú trước ngày 16/11/2026.")

    first = office.draft(AT, "SXD", "CAT")
    assert len(first) == 2
    assert (steps(late), steps(police)) == ([], [])  # a draft is nothing yet
    for number, letter in enumerate(first, 901):
        office.record("2026-11-20 15:00", letter, signed(str(number), "ngày 20 tháng 11 năm 2026"))
    assert [row[:2] for row in steps(late) + steps(police)] == [("urging", 1), ("urging", 1)]

    second = office.draft("2026-12-01 09:00", "SXD", "CAT")  # the time to answer has passed
    by_unit = {one.unit.code: one for one in ChaseLetter.objects.filter(public_id__in=second)}
    assert (by_unit["SXD"].step, by_unit["CAT"].step, by_unit["CAT"].is_request) == ("criticism", "urging", True)
    office.record("2026-12-02 09:00", by_unit["SXD"].public_id, signed("950", "ngày 02 tháng 12 năm 2026"))

    (third,) = office.draft("2026-12-10 09:00", "SXD")
    office.record("2026-12-10 15:00", third, signed("960", "ngày 10 tháng 12 năm 2026"))
    assert [step for step, _, _ in steps(late)] == ["urging", "criticism", "explanation"]
    asked = Duty.objects.get(kind="explanation")
    assert asked.holder_officer is not None
    assert (asked.holder_officer.login, asked.due_at) == ("gdsxd", make.at("2026-12-18 00:00"))
    assert len(queries.of_unit(make.who("gdsxd", "2026-12-11 08:00"), make.unit("SXD").public_id)) == 3
