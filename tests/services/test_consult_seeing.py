"""Who sees what of a consultation beside its own pages: the task that it serves, the list, the audit table."""

from __future__ import annotations

from datetime import date

from tests import make
from tests.services.test_consult import ASKED, IN_TIME, ask, opinion, take

from kycuong.core.errors import NotVisible
from kycuong.queries import audit, files, scope
from kycuong.queries import consultations as queries
from kycuong.queries import duties as duty_pages
from kycuong.services import consultations as services
from kycuong.services import covers


def test_a_body_that_is_asked_about_a_task_does_not_see_the_task() -> None:
    (task,) = make.issued("Giao Sở Xây dựng chủ trì báo cáo tiến độ trước ngày 30/11/2026.")
    made = ask("X1", about=task.public_id)
    head = make.who("ctx1", IN_TIME)
    assert not scope.visible_duties(head).filter(pk=task.pk).exists()
    with make.refused(NotVisible, "duty_not_visible"):
        duty_pages.duty(head, task.public_id, make.at(IN_TIME))
    take(made, "X1", "ctx1")
    assert queries.opinion_page(head, opinion(made, "X1").duty.public_id, make.at(IN_TIME)).points

    make.join("pctx1", "X1", "unit_deputy")
    absent, present = (int(make.desk(login).removeprefix("post:")) for login in ("ctx1", "pctx1"))
    covers.plan(
        actor=make.who("ctx1"), at=make.at(make.MONDAY), post=absent, substitute=present,
        first=date(2026, 11, 9), last=date(2026, 11, 20),
    )  # fmt: skip
    instead = make.who("pctx1", IN_TIME)
    assert instead.covers
    assert not scope.visible_duties(instead).filter(pk=task.pk).exists()


def test_a_task_names_its_opinions_to_those_who_may_open_them() -> None:
    (task,) = make.issued()  # Sở Tài chính takes part
    made = ask("X1", about=task.public_id)
    shown = {
        login: [one.public_id for one in duty_pages.duty(make.who(login), task.public_id, make.at(IN_TIME)).children]
        for login in ("gdsxd", "chanhvp", "gdstc")
    }
    asked = [opinion(made, "X1").duty.public_id]
    assert shown == {"gdsxd": asked, "chanhvp": asked, "gdstc": []}


def test_who_has_left_office_is_asked_nothing() -> None:
    made = ask("X1")
    make.vacate("ctx1", "2026-11-10 08:00")
    left = queries.consultations(make.who("ctx1", IN_TIME), make.at(IN_TIME))
    assert (left.rows, left.asked_of_us) == ([], [])
    assert opinion(made, "X1").outcome == ""


def test_the_audit_names_what_was_done() -> None:
    ask()
    rows = audit.entries(make.who("quantri"), act="ask_opinions").rows
    assert [row.label for row in rows] == ["Lấy ý kiến phối hợp"]


def test_who_oversees_reads_no_paper_that_waits_unreceived_at_the_own_body() -> None:
    question = services.Question(
        "phương án phân bổ vốn", (("Phân bổ 20 tỷ đồng", True),), tuple(make.unit(code).public_id for code in ("SNV", "STC")),
        file=make.result_file("7", "SXD-KH"),
    )  # fmt: skip
    made = services.ask(actor=make.who("gdsxd", ASKED), at=make.at(ASKED), question=question)
    kept = opinion(made, "SNV").proposed.file
    assert kept is not None
    duties = [opinion(made, unit).duty.public_id for unit in ("SNV", "STC")]
    for login in ("gdsnv", "cvcchc"):
        who = make.who(login, ASKED)
        with make.refused(NotVisible, "file_not_visible"):
            files.visible(who, kept.public_id)
        whole = queries.consultation(who, made, make.at(ASKED))
        assert (whole.sealed, whole.points, whole.file) == (True, [], None)
        assert all(queries.opinion_page(who, duty, make.at(ASKED)).sealed for duty in duties)
    assert files.visible(make.who("chutich", ASKED), kept.public_id)  # whose own body is not asked
    take(made, "SNV", "gdsnv")
    assert files.visible(make.who("gdsnv", IN_TIME), kept.public_id)
    assert queries.consultation(make.who("gdsnv", IN_TIME), made, make.at(IN_TIME)).points
