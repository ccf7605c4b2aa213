"""Clause 4.2.2: only those concerned are asked, answers take a position, silence is consent once the signed notice is out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import resolve, reverse
from tests import make

from kycuong import jobs
from kycuong.core.consultations import Position, Said
from kycuong.models import Consultation, DutyEvent, Notice, Opinion, SilenceNotice
from kycuong.services import consultations as services
from kycuong.web.consultation_words import ADDRESSES
from stories.doors import Web, _gone_to

pytestmark = pytest.mark.django_db

ASKED, TAKEN, ANSWERED = "2026-11-09 08:00", "2026-11-09 09:00", "2026-11-12 10:00"
REMINDED, AFTER, LATE = "2026-11-16 08:30", "2026-11-17 08:30", "2026-11-18 10:00"
POINTS = "Phân bổ 20 tỷ đồng cho tuyến đường liên xã\n- Giao UBND xã làm chủ đầu tư"
SAID = {1: ("agree", ""), 2: ("agree_if", "Sau khi có ý kiến của Hội đồng nhân dân xã")}
OPENS = {"STC": "gdstc", "CAT": "gdcat", "SNV": "gdsnv"}


@pytest.fixture(autouse=True)
def _province() -> None:
    make.province()


class ByServices:
    """Below all doors."""

    def ask(self, *units: str) -> UUID:
        points = tuple((line.lstrip("- "), not line.startswith("-")) for line in POINTS.splitlines())
        question = services.Question(
            "phương án phân bổ vốn", points, tuple(make.unit(code).public_id for code in units)
        )
        return services.ask(actor=make.who("gdsxd", ASKED), at=make.at(ASKED), question=question, request_id=uuid4())

    def open(self, login: str, when: str, duty: UUID) -> None:
        services.take_delivery(actor=make.who(login, when), at=make.at(when), duty=duty)

    def answer(self, login: str, when: str, duty: UUID, file: tuple[str, bytes], *, late: bool = False) -> None:
        said = {number: Said(Position(code), words) for number, (code, words) in SAID.items()}
        call = services.file_late if late else services.give_opinion
        call(actor=make.who(login, when), at=make.at(when), duty=duty, said=said, file=file)

    def notify(self, when: str, duty: UUID, file: tuple[str, bytes]) -> None:
        services.record_notice(actor=make.who("gdsxd", when), at=make.at(when), duty=duty, file=file)

    def end(self, when: str, consultation: UUID) -> None:
        services.end(actor=make.who("gdsxd", when), at=make.at(when), consultation=consultation)


class ByPages(Web):
    """The pages."""

    def ask(self, *units: str) -> UUID:
        browser = self.person("gdsxd", ASKED)
        form = browser.get(reverse("ask"))
        listed = {name: key for _, its, _ in form.context["groups"] for key, name in its}
        values = {
            "title": "phương án phân bổ vốn", "points": POINTS, "rule": "regulation",
            "unit": [str(listed[make.unit(code).name]) for code in units], "request_id": form.context["request_id"],
        }  # fmt: skip
        return resolve(_gone_to(browser.post(reverse("ask"), values))).kwargs["public_id"]

    def open(self, login: str, when: str, duty: UUID) -> None:
        before = Opinion.objects.get(duty__public_id=duty)
        page = self.person(login, when).get(reverse("opinion", args=[duty]))  # a preview of the link does no more
        assert POINTS.splitlines()[0] not in page.content.decode()
        assert Opinion.objects.get(pk=before.pk).delivered_at is None
        self.act(login, when, duty, "take_delivery")
        assert POINTS.splitlines()[0] in self.person(login, when).get(reverse("opinion", args=[duty])).content.decode()

    def act(self, login: str, when: str, duty: UUID, act: str, **given: Any) -> None:
        browser = self.person(login, when)
        page = browser.get(reverse("opinion", args=[duty])).context
        address = next(address for address, name in ADDRESSES.items() if name == act)
        values = {"act_seq": page["page"].act_seq, "request_id": page["request_id"], **given}
        _gone_to(browser.post(reverse("opinion_act", args=[duty, address]), values))

    def answer(self, login: str, when: str, duty: UUID, file: tuple[str, bytes], *, late: bool = False) -> None:
        said = {f"position-{number}": code for number, (code, _) in SAID.items()}
        words = {f"words-{number}": words for number, (_, words) in SAID.items()}
        self.act(
            login, when, duty, "file_late" if late else "give_opinion", **said, **words, file=SimpleUploadedFile(*file)
        )

    def notify(self, when: str, duty: UUID, file: tuple[str, bytes]) -> None:
        self.act("gdsxd", when, duty, "record_notice", file=SimpleUploadedFile(*file))

    def end(self, when: str, consultation: UUID) -> None:
        _gone_to(self.person("gdsxd", when).post(reverse("end_consultation", args=[consultation])))


def duty_of(unit: str) -> UUID:
    return Opinion.objects.get(unit__code=unit).duty.public_id


@pytest.mark.parametrize("door", [ByServices, ByPages])
def test_silence_is_consent_only_with_the_notice(door: type[ByServices | ByPages]) -> None:
    through = door()
    made = through.ask(*OPENS)
    for unit, login in OPENS.items():
        through.open(login, TAKEN, duty_of(unit))
    through.answer("gdsnv", ANSWERED, duty_of("SNV"), make.result_file("52", "SNV-TCBC", "ngày 11 tháng 11 năm 2026"))
    for when in (REMINDED, AFTER, AFTER):  # the jobs may run twice
        jobs.work_once(make.at(when))
    found = dict(Opinion.objects.values_list("unit__code", "outcome"))
    assert found == {"SNV": "opinion", "STC": "consent", "CAT": "unbound"}
    assert Notice.objects.filter(duty__public_id=duty_of("STC"), topic="rung_due").exists()  # warned in time
    assert DutyEvent.objects.filter(duty__public_id=duty_of("STC"), act="expire").count() == 1
    through.answer(
        "gdstc", LATE, duty_of("STC"), make.result_file("90", "STC-NS", "ngày 18 tháng 11 năm 2026"), late=True
    )
    late = Opinion.objects.get(unit__code="STC")
    assert (late.outcome, late.number) == ("consent", "90")
    through.notify(LATE, duty_of("STC"), make.result_file("77", "SXD-KH", "ngày 18 tháng 11 năm 2026"))
    assert SilenceNotice.objects.get().symbol == "SXD-KH"
    through.end(LATE, made)
    row = Consultation.objects.get(public_id=made)
    assert row.ended_at is not None
    assert row.ended_at <= max(make.at(LATE), datetime.now(UTC))


def test_the_page_says_what_is_owed_and_refuses_without_it() -> None:
    through = ByPages()
    made = through.ask("STC")
    browser = through.person("gdsxd", ASKED)
    page = browser.get(reverse("consultation", args=[made]))
    assert "chưa nhận văn bản" in page.content.decode()
    refused = browser.post(reverse("end_consultation", args=[made]))
    assert refused.status_code == 409 or refused.status_code == 422
    assert Consultation.objects.get(public_id=made).ended_at is None


def test_the_duty_of_an_opinion_opens_its_own_page_and_the_draft_prints() -> None:
    through = ByPages()
    through.ask("STC")
    browser = through.person("gdstc", TAKEN)
    went = browser.get(reverse("duty", args=[duty_of("STC")]))
    assert went.headers["Location"] == reverse("opinion", args=[duty_of("STC")])
    through.open("gdstc", TAKEN, duty_of("STC"))
    assert Opinion.objects.get().delivered_by == "read"
    draft = browser.post(reverse("opinion_draft", args=[duty_of("STC"), "docx"]), {"position-1": "agree"})
    assert draft.content[:2] == b"PK"
    assert browser.get(reverse("consultations")).context["page"].asked_of_us
    wrong = browser.post(reverse("opinion_act", args=[duty_of("STC"), "gui"]), {"position-1": "agree"})
    assert wrong.status_code == 422
    assert "Chưa nêu chính kiến ở điểm 2" in wrong.content.decode()
