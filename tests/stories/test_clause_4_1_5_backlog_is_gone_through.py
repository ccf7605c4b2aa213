"""Clause 4.1.5: a meeting goes through late, prolonged work; every old duty gets a decision, what is left is said in the minutes."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse
from django.urls import resolve, reverse
from tests import make

from kycuong.cli import backlog as backlog_verb
from kycuong.core.backlog import Decision
from kycuong.models import Duty, Proposal
from kycuong.queries import backlog as queries
from kycuong.services import backlog
from kycuong.services.requests import Request
from stories.doors import Services, Web

pytestmark = pytest.mark.django_db

AT, LATER, END = "2026-12-14 09:00", "2026-12-14 09:30", "2026-12-14 11:00"
PEOPLE = {"chair": "Lê Thị Hoài An", "secretary": "Nguyễn Thu Hà", "attendants": "Sở Xây dựng\nSở Tài chính"}


class Below(Services):
    """The door below all doors."""

    def open(self, login: str, when: str, unit: str) -> UUID:
        """Open a review of what is late by ten working days or more."""
        wanted = queries.Wanted(make.unit(unit).public_id)
        return backlog.open_review(actor=make.who(login, when), at=make.at(when), wanted=wanted)

    def decide(self, login: str, when: str, review: UUID, duty: UUID, decision: Decision, **given: Any) -> bool:
        """Decide about one duty; return whether that was possible."""
        chosen = backlog.Chosen(decision, given.pop("note", "Cuộc họp thống nhất"), **given)
        seen = Request(Duty.objects.get(public_id=duty).act_seq, uuid4())
        try:
            backlog.decide(
                actor=make.who(login, when), at=make.at(when), review=review, duty=duty, chosen=chosen, request=seen
            )
        except Exception as refusal:
            assert getattr(refusal, "code", "") in {"backlog_line_decided", "move_not_possible"}
            return False
        return True

    def close(self, login: str, when: str, review: UUID) -> None:
        """End the review."""
        meeting = backlog.Meeting(**PEOPLE)
        backlog.close_review(actor=make.who(login, when), at=make.at(when), review=review, meeting=meeting)


class Pages(Web):
    """The pages, without a line of JavaScript."""

    def open(self, login: str, when: str, unit: str) -> UUID:
        """See how many there are, then open."""
        browser = self.person(login, when)
        scope = {"don-vi": str(make.unit(unit).public_id), "do": "late", "ngay": "10"}
        page = browser.get(reverse("backlog_start"), scope)
        assert page.context["found"].count > 0
        answer = browser.post(reverse("backlog_start"), {**scope, "request_id": page.context["request_id"]})
        return UUID(str(resolve(answer.headers["Location"]).kwargs["public_id"]))

    def decide(self, login: str, when: str, review: UUID, duty: UUID, decision: Decision, **given: Any) -> bool:
        """Fill in the form of one decision."""
        browser = self.person(login, when)
        page = browser.get(reverse("backlog_line", args=[review, duty])).context
        values = {"note": "Cuộc họp thống nhất"} | given
        if "due_on" in values:
            values["due_on"] = f"{values['due_on']:%d/%m/%Y}"
        values |= {
            "decision": decision.value, "act_seq": page["page"].duty.act_seq, "request_id": page["request_id"],
        }  # fmt: skip
        answer: HttpResponse = browser.post(reverse("backlog_decide", args=[review, duty]), values)
        assert answer.status_code in {302, 409}, answer.content.decode()[-2000:]
        return answer.status_code == 302

    def close(self, login: str, when: str, review: UUID) -> None:
        """End the review."""
        browser = self.person(login, when)
        assert browser.post(reverse("backlog_act", args=[review, "ket-thuc"]), PEOPLE).status_code == 302


@pytest.mark.parametrize("door", [Below, Pages])
def test_every_old_duty_gets_a_decision(door: type[Below] | type[Pages], capsys: pytest.CaptureFixture[str]) -> None:
    make.province()
    late = [
        make.issued(f"Giao {unit} chủ trì {work} trước ngày 16/11/2026.")[0]
        for unit, work in (
            ("Sở Tài chính", "tham mưu phân bổ vốn"), ("Sở Xây dựng", "báo cáo tiến độ giải ngân"),
            ("Sở Xây dựng", "lập danh mục dự án"), ("Ủy ban nhân dân xã Khe Sim", "rà soát hộ nghèo"),
            ("Ủy ban nhân dân phường Bến Ngự", "kiểm tra trật tự đô thị"),
        )
    ]  # fmt: skip
    first, second, third, fourth, fifth = (duty.public_id for duty in late)
    here = door()
    review = here.open("theodoi", AT, "T")

    new = make.at("2026-12-28 12:00").date()
    assert here.decide("theodoi", LATER, review, first, Decision.NEW_DATE, due_on=new)
    assert not here.decide("phochutich", LATER, review, first, Decision.CLOSE)  # somebody was faster
    other = f"unit:{make.unit('STC').pk}"
    assert here.decide("theodoi", LATER, review, second, Decision.HAND_OVER, to=other, due_on=new)
    assert here.decide("theodoi", LATER, review, third, Decision.CLOSE)
    assert here.decide("theodoi", LATER, review, fourth, Decision.RAISE, note="Vướng quy định của bộ")
    here.close("theodoi", END, review)

    page = queries.review(make.who("chanhvp", END), review, make.at(END))
    decided = {line.row.public_id: line.decision for line in page.lines}
    assert decided == {first: "new_date", second: "hand_over", third: "close", fourth: "raise", fifth: "left"}
    assert (page.row.decided, page.row.total, page.row.state) == (4, 5, "closed")
    stands = {duty.public_id: duty for duty in Duty.objects.filter(public_id__in=[first, second, third, fourth, fifth])}
    assert stands[first].due_at == make.at("2026-12-29 00:00")
    assert (stands[second].outcome, stands[third].outcome) == ("replaced", "withdrawn")
    assert Duty.objects.filter(kind="task", holder_unit=make.unit("STC"), phase="open").count() == 2
    asked = Proposal.objects.get()
    assert (asked.about_id, asked.duty.holder_officer.login if asked.duty.holder_officer else "") == (
        stands[fourth].pk, "chutich",
    )  # fmt: skip
    assert (stands[fifth].phase, stands[fifth].due_at, stands[fifth].act_seq) == (
        "open",
        late[4].due_at,
        late[4].act_seq,
    )

    capsys.readouterr()
    assert backlog_verb.main(["list", "--by", "chanhvp", "--json"]) == 0
    (listed,) = json.loads(capsys.readouterr().out)
    assert backlog_verb.main(["show", listed["public_id"], "--by", "chanhvp", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert [line["decision"] for line in shown["lines"]] == [line.decision for line in page.lines]
