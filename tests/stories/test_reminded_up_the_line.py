"""What nobody opens, begins or answers goes up the line; whoever opens it is reminded no more; the preview says it the day before."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from tests import make

from kycuong import jobs
from kycuong.cli import main
from kycuong.core.ladders import Hearer
from kycuong.models import Duty, DutyHolding, LadderRung, Notice
from kycuong.queries import ladders as queries
from kycuong.services import ladders, receipts
from stories.doors import Services, Web

pytestmark = pytest.mark.django_db
FAR = make.LINE.replace("16/11/2026", "31/12/2026")


class Below(Services):
    """The door below all doors, with the acts of this story."""

    def open(self, login: str, when: str, duty: UUID) -> None:
        """Open a duty."""
        receipts.receive(actor=make.who(login, when), at=make.at(when), duty=duty)

    def change(self, login: str, when: str, condition: str, step: int, **given: Any) -> None:
        """Change a rung."""
        ladders.change(
            actor=make.who(login, when), at=make.at(when), condition=condition, step=step, is_active=True, **given
        )


class Pages(Web):
    """The pages, with the acts of this story."""

    def open(self, login: str, when: str, duty: UUID) -> None:
        """Open the page of a duty."""
        assert self.person(login, when).get(reverse("duty", args=[duty])).status_code == 200

    def change(self, login: str, when: str, condition: str, step: int, **given: Any) -> None:
        """Send the form of a rung."""
        values = {"hearer": given.pop("hearers"), **given}
        answer = self.person(login, when).post(reverse("change_ladder", args=[condition, step]), values)
        assert answer.status_code == 302, answer.content.decode()[-1500:]


@pytest.fixture(params=[Below, Pages])
def door(request: pytest.FixtureRequest) -> Below | Pages:
    make.province()
    return request.param()


def told() -> Counter[tuple[str, str]]:
    """Return who has heard of which rung."""
    rows = Notice.objects.filter(topic__startswith="rung_")
    return Counter(rows.values_list("recipient__login", "topic"))


def test_opened_by_one_and_left_by_the_other(door: Below | Pages) -> None:
    (opened,), (left,) = make.issued(FAR), make.issued(FAR)
    jobs.work_once(make.at("2026-11-02 17:00"))
    door.open("gdsxd", "2026-11-02 17:05", opened.public_id)
    door.act("gdsxd", "2026-11-02 17:06", opened.public_id, "assign", desk=make.desk("cvqldt"))
    door.open("theodoi", "2026-11-03 08:00", left.public_id)  # who follows it is not the desk
    door.change(
        "chanhvp", "2026-11-03 09:00", "not_started", 1, working_days=2, hearers=["unit_head", "giver"],
        decision="15/QĐ-UBND", reason="Quy chế nhắc việc của tỉnh",
    )  # fmt: skip
    jobs.catch_up(make.at("2026-11-04 17:00"))
    assert told() == {
        ("gdsxd", "rung_not_read"): 1,
        ("cvqldt", "rung_not_read"): 1,
        ("gdsxd", "rung_not_started"): 1,
        ("chutich", "rung_not_started"): 1,
    }
    read = DutyHolding.objects.get(duty=opened, officer__login="gdsxd").read_at
    assert read is not None
    assert abs((read - make.at("2026-11-02 17:05")).total_seconds()) < 60
    assert LadderRung.objects.get().decision == "15/QĐ-UBND"


def test_what_the_preview_says_is_what_then_is_told() -> None:
    make.province()
    for deadline in ("07/11", "10/11", "11/11", "16/11", "20/11", "31/12"):
        make.issued(make.LINE.replace("16/11", deadline))
    (sent,) = make.issued(FAR)
    jobs.work_once(make.at("2026-11-02 17:00"))
    make.Road(sent).send("gdsxd", "2026-11-05 09:00")
    make.vacate("gdstc", "2026-11-06 00:00")
    for on in ("2026-11-06", "2026-11-09", "2026-11-10", "2026-11-11", "2026-11-12"):
        jobs.catch_up(make.at(f"{on} 00:01"))
        before = told()
        found = queries.preview(make.at(f"{on} 08:00").date())
        said = Counter((person.login, f"rung_{one.rung.condition}") for person in found.people for one in person.told)
        jobs.catch_up(make.at(f"{on} 23:59"))
        assert said
        assert told() - before == said


def test_an_official_sees_her_own_and_the_office_everyone() -> None:
    make.province()
    make.issued()
    on = make.at("2026-11-16 08:00").date()  # the first day late
    everyone = {person.login for person in queries.preview(on, who=make.who("theodoi")).people}
    assert everyone == {"gdsxd"}
    assert {one.hearer for one in queries.preview(on, who=make.who("gdsxd")).people[0].told} == {Hearer.DESK}
    assert queries.preview(on, who=make.who("gdstc")).people == []
    assert queries.preview(make.at("2026-11-15 08:00").date()).working is False


def test_the_command_line_says_the_same_and_writes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    make.province()
    (duty,) = make.issued()
    before = make.picture()
    assert main(["remind", "preview", "--on", "2026-11-16", "--json"]) == 0
    (person,) = json.loads(capsys.readouterr().out)["people"]
    assert (person["login"], person["told"][0]["duty"], person["told"][0]["rung"]) == (
        "gdsxd",
        str(duty.public_id),
        "overdue",
    )
    assert main(["remind", "preview", "--on", "2026-11-16"]) == 0
    assert "Ngô Xuân Trường" in capsys.readouterr().out
    assert main(["remind", "preview", "--on", "2100-01-01"]) == 1
    assert make.picture() == before


def test_a_wrong_rung_is_shown_again_with_the_sentence_at_its_form() -> None:
    make.province()
    web = Web()
    admin = web.person("quantri", "2026-11-02 09:00")
    values = {"working_days": "99", "hearer": ["desk"], "decision": "1/QĐ", "reason": "x"}
    answer = admin.post(reverse("change_ladder", args=["overdue", 2]), values)
    assert answer.status_code == 422
    assert "từ 1 đến 60" in answer.content.decode()
    assert 'value="99"' in answer.content.decode()
    official = web.person("gdsxd", "2026-11-02 09:01")
    assert "Điều chỉnh nấc này" not in official.get(reverse("ladder")).content.decode()
    assert official.post(reverse("change_ladder", args=["overdue", 2]), values).status_code == 403
    assert official.get(reverse("tomorrow")).status_code == 200
    assert official.get(reverse("tomorrow"), {"ngay": "32/13/2026"}).status_code == 422
    assert Client().get(reverse("ladder")).status_code == 302
    assert Duty.objects.count() == 0


def test_a_choice_of_mail_is_kept_by_its_page() -> None:
    make.province()
    person = Web().person("gdsxd", "2026-11-02 09:00")
    assert person.post(reverse("choose_mail"), {"email": "sai", "choice": "digest"}).status_code == 422
    kept = {"email": "gd@lamgiang.invalid", "choice": "none"}
    assert person.post(reverse("choose_mail"), kept).status_code == 302
    page = person.get(reverse("mail_wish")).content.decode()
    assert "gd@lamgiang.invalid" in page
