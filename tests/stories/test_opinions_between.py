"""What comes between a question and its answer: nothing is lost, nothing done twice, each with a clear sentence; by both doors."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests import make, organising

from kycuong import jobs
from kycuong.core.consultations import Position, Said
from kycuong.core.errors import Fact, Invalid
from kycuong.models import Competence, Consultation, Duty, DutyEvent, Opinion, SilenceNotice
from kycuong.queries import imports
from kycuong.services import consultations as services
from kycuong.services.tasks.papers import Signed
from kycuong.web import errors
from kycuong.web.consultation_words import ADDRESSES
from services.test_import_competence import CHAIR, book, line
from stories import doors
from stories.test_clause_4_2_2_silence_is_consent import SAID, TAKEN, ByPages, ByServices, duty_of

pytestmark = pytest.mark.django_db

IN_TIME, LAST_MINUTE, CUT_OFF = "2026-11-12 10:00", "2026-11-16 23:59", "2026-11-17 00:00"
REMINDED, AFTER, LATER = "2026-11-16 08:30", "2026-11-17 08:30", "2026-11-18 09:00"
LETTER = make.result_file("90", "STC-NS", "ngày 12 tháng 11 năm 2026")


class Below(ByServices):
    """Below all doors; what is refused comes back as its sentence."""

    cut_off = CUT_OFF

    def say(self, login: str, when: str, duty: UUID, act: str, **given: Any) -> str:
        if act in {"give_opinion", "file_late"}:
            given["said"] = {number: Said(Position(code), words) for number, (code, words) in SAID.items()}
        try:
            in_time = getattr(services, act)(actor=make.who(login, when), at=make.at(when), duty=duty, **given)
        except Fact as refusal:
            return errors.sentence(refusal)
        return "muộn" if in_time is False else ""

    def change(self, when: str, consultation: UUID) -> None:
        services.change_proposal(
            actor=make.who("gdsxd", when), at=make.at(when), consultation=consultation, reason="Điều chỉnh vốn",
            points=(("Phân bổ 15 tỷ đồng", True), ("Giao UBND xã làm chủ đầu tư", False)),
        )  # fmt: skip

    def ended(self, when: str, consultation: UUID) -> str:
        try:
            self.end(when, consultation)
        except Fact as refusal:
            return errors.sentence(refusal)
        return ""


class Pages(ByPages):
    """The pages; what is refused is what the page says beside the form."""

    cut_off = "2026-11-17 00:01"  # the demo's clock stands where the day begins or a moment before

    def say(self, login: str, when: str, duty: UUID, act: str, **given: Any) -> str:
        browser = self.person(login, when)
        address = next(address for address, name in ADDRESSES.items() if name == act)
        page = browser.get(reverse("opinion", args=[duty])).context
        file, typed = given.get("file"), given.get("typed")
        values: dict[str, Any] = {"act_seq": page["page"].act_seq, "request_id": page["request_id"]}
        values |= {f"position-{number}": code for number, (code, _) in SAID.items()}
        values |= {f"words-{number}": words for number, (_, words) in SAID.items()}
        if typed:
            values |= {"number": typed.number, "symbol": typed.symbol, "signed_on": f"{typed.signed_on:%d/%m/%Y}"}
        values |= {"file": SimpleUploadedFile(*file)} if file else {}
        answer = browser.post(reverse("opinion_act", args=[duty, address]), values, follow=True)
        if answer.status_code != 200:
            return str(answer.context["said"])
        return "muộn" if "Đã gửi ý kiến muộn" in answer.content.decode() else ""

    def change(self, when: str, consultation: UUID) -> None:
        values = {"points": "Phân bổ 15 tỷ đồng\n- Giao UBND xã làm chủ đầu tư", "reason": "Điều chỉnh vốn"}
        doors._gone_to(self.person("gdsxd", when).post(reverse("change_proposal", args=[consultation]), values))

    def ended(self, when: str, consultation: UUID) -> str:
        answer = self.person("gdsxd", when).post(reverse("end_consultation", args=[consultation]))
        return "" if answer.status_code == 302 else str(answer.context["said"])


@pytest.fixture(autouse=True)
def _province() -> None:
    make.province()


@pytest.fixture(params=[Below, Pages])
def through(request: pytest.FixtureRequest) -> Below | Pages:
    """Give each door in turn."""
    door: Below | Pages = request.param()
    return door


def asked(through: Below | Pages, *units: str) -> UUID:
    """Let bodies be asked and receive the question."""
    made = through.ask(*units)
    for unit in units:
        through.open({"STC": "gdstc", "SNV": "gdsnv", "X1": "ctx1", "X2": "ctx2"}[unit], TAKEN, duty_of(unit))
    return made


def stands() -> dict[str, tuple[str, bool]]:
    """Return what each opinion came to and whether its letter came late."""
    return {one.unit.code: (one.outcome, one.late_at is not None) for one in Opinion.objects.select_related("unit")}


def test_an_opinion_and_the_cut_off_in_the_same_second(through: Below | Pages) -> None:
    asked(through, "STC", "SNV", "X1")
    jobs.work_once(make.at(REMINDED))
    jobs.work_once(
        make.at(CUT_OFF)
    )  # the worker is there in the very second: what the server has taken is written first
    assert through.say("gdstc", LAST_MINUTE, duty_of("STC"), "give_opinion", file=LETTER) == ""
    assert "muộn" in through.say("gdsnv", through.cut_off, duty_of("SNV"), "give_opinion", file=LETTER)
    for _ in range(2):
        jobs.work_once(make.at("2026-11-17 00:02"))
    assert "muộn" in through.say("ctx1", "2026-11-17 00:03", duty_of("X1"), "give_opinion", file=LETTER)
    assert stands() == {"STC": ("opinion", False), "SNV": ("consent", True), "X1": ("unbound", True)}
    ends = DutyEvent.objects.filter(act__in=("expire", "keep_opinion")).values_list("duty", flat=True)
    assert sorted(ends) == sorted(Duty.objects.filter(kind="opinion").values_list("pk", flat=True))
    assert set(Opinion.objects.values_list("number", flat=True)) == {"90"}


def test_the_page_of_a_new_edition_shows_what_was_sent_on_the_earlier_one_to_the_body_alone() -> None:
    through = Pages()
    made = asked(through, "STC")
    through.answer("gdstc", IN_TIME, duty_of("STC"), LETTER)
    through.change("2026-11-13 09:00", made)
    duty = Opinion.objects.get(proposed__number=2).duty.public_id
    through.act("gdstc", "2026-11-13 09:30", duty, "take_delivery")
    address = reverse("opinion", args=[duty])
    page = through.person("gdstc", "2026-11-13 10:00").get(address)
    assert "đã viết về bản 1 của phương án" in page.content.decode()
    assert [row["position"] for row in page.context["rows"]] == [
        "",
        SAID[2][0],
    ]  # the second point stands word for word
    assert "đã viết về bản 1" not in through.person("gdsxd", "2026-11-13 10:00").get(address).content.decode()


def test_a_proposal_that_changes_after_some_have_answered(through: Below | Pages) -> None:
    made = asked(through, "STC", "SNV")
    through.answer("gdstc", IN_TIME, duty_of("STC"), LETTER)
    old = {unit: duty_of(unit) for unit in ("STC", "SNV")}
    through.change("2026-11-13 09:00", made)
    for when in (REMINDED, AFTER):
        jobs.work_once(make.at(when))
    assert not Opinion.objects.filter(outcome="consent").exists()
    assert "Tài chính" in through.ended(AFTER, made)
    assert "Nội vụ" in through.ended(AFTER, made)
    kept = Opinion.objects.get(duty__public_id=old["STC"])
    assert (kept.number, kept.answer, kept.points.count()) == ("90", "opinion", 2)
    assert "muộn" in through.say("gdsnv", LATER, old["SNV"], "give_opinion", file=LETTER)  # to the version that was
    assert sorted(Opinion.objects.values_list("proposed__number", "unit__code")) == [
        (1, "SNV"), (1, "STC"), (2, "SNV"), (2, "STC"),
    ]  # fmt: skip
    assert Opinion.objects.filter(proposed__number=2, outcome="", duty__phase="open").count() == 2


def test_a_notice_that_comes_back_unsigned(through: Below | Pages) -> None:
    made = asked(through, "STC")
    for when in (REMINDED, AFTER):
        jobs.work_once(make.at(when))
    duty, when = duty_of("STC"), AFTER
    draft = services.write_notice(actor=make.who("gdsxd", when), at=make.at(when), duty=duty)
    back = (draft.name, draft.data)
    assert "số" in through.say("gdsxd", when, duty, "record_notice", file=back)
    numbered = Signed("77", "SXD-KH", make.at(when).date())
    assert "Thông báo chưa có người ký" in through.say("gdsxd", when, duty, "record_notice", file=back, typed=numbered)
    assert "thông báo" in through.ended(when, made)
    assert not SilenceNotice.objects.exists()
    signed = make.result_file("77", "SXD-KH", "ngày 17 tháng 11 năm 2026")
    assert through.say("gdsxd", when, duty, "record_notice", file=signed) == ""
    assert "Đã ghi nhận" in through.say("gdsxd", when, duty, "record_notice", file=signed)  # nothing twice
    assert through.ended(when, made) == ""


def test_a_letter_without_number(through: Below | Pages) -> None:
    asked(through, "STC")
    bare = ("y-kien.txt", "SỞ TÀI CHÍNH\nÝ KIẾN\nNhất trí\nGIÁM ĐỐC\nNgô Văn A\n".encode())
    before = Duty.objects.values_list("seq", flat=True).get(kind="opinion")
    said = through.say("gdstc", IN_TIME, duty_of("STC"), "give_opinion", file=bare)
    assert "số, ký hiệu, ngày ký" in said
    assert Duty.objects.values_list("seq", flat=True).get(kind="opinion") == before
    assert through.say("gdstc", IN_TIME, duty_of("STC"), "give_opinion", file=LETTER) == ""


@pytest.mark.parametrize("kind", ["merge", "split"])
def test_a_body_that_is_merged_or_split_while_its_opinion_is_due(through: Below | Pages, kind: str) -> None:
    made = asked(through, "X1", "STC")
    if kind == "merge":
        organising.decided(organising.merged("X2", on="2026-11-12"), "2026-11-12 08:00")
        heir = "ctx2"
    else:
        parts = [{"code": f"X{n}", "name": f"Ủy ban nhân dân xã Khe Sim {n}", "head": "ctx1"} for n in (8, 9)]
        given = organising.plan("split", "X1", on="2026-11-12", successors=parts, rest="X8")
        organising.decided(given, "2026-11-12 08:00")
        heir = "ctx1"
    duty = Duty.objects.get(public_id=duty_of("X1"))
    assert (duty.phase, duty.due_at) == ("open", make.at(CUT_OFF))  # the term of whoever was asked
    assert through.say(heir, "2026-11-12 11:00", duty.public_id, "give_opinion", file=LETTER) == ""
    for when in (REMINDED, AFTER):
        jobs.work_once(make.at(when))
    assert stands() == {"X1": ("opinion", False), "STC": ("consent", False)}
    assert "thông báo" in through.ended(AFTER, made)
    assert Consultation.objects.count() == 1
    assert organising.without_holder() == []


@pytest.mark.parametrize("name", list(doors.DOORS))
def test_a_registry_with_what_overlaps_and_delegates_in_a_circle(name: str) -> None:
    door = doors.DOORS[name]()
    wrong = [
        CHAIR, line("TQ-7", "SXD.1"), line("TQ-8", "SXD.1", kind="Phân cấp", source="TQ-9"),
        line("TQ-9", "STC.1", kind="Phân cấp", source="TQ-8"),
    ]  # fmt: skip
    run = door.look("quantri", "2026-11-03 09:00", ("so.xlsx", book(wrong)), "competence")
    page = imports.run(make.who("quantri", "2026-11-03 09:00"), run, make.at("2026-11-03 09:00"))
    said = {(row.number, fact.code) for row in page.rows for _, fact in row.problems}
    assert {code for _, code in said} == {"competence_overlap", "competence_circle"}
    assert {number for number, _ in said} <= {3, 4, 5}
    with pytest.raises((Invalid, AssertionError), match=r"sửa|Sửa|dòng"):
        door.apply("quantri", "2026-11-03 09:05", run, reason="Rà soát")
    assert Competence.objects.count() == 0
