"""Running tasks of an old system: both dates kept, late since their date, no storm of reminders, once however often applied."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from tests import make

from kycuong.core.duties import State
from kycuong.core.errors import Invalid
from kycuong.models import Document, Duty, DutyEvent, ImportRow, ImportRun, Notice, Order, Task
from kycuong.queries import documents
from kycuong.queries import duties as lists
from kycuong.queries import imports as queries
from kycuong.reader import Secret
from kycuong.services import duties, imports, notices, tasks, workbooks
from services.test_import_organisation import workbook

WHEN = "2026-11-03 09:00"
HEADS = (
    "Mã nhiệm vụ", "Số, ký hiệu", "Ngày ban hành", "Cơ quan ban hành", "Người ký", "Nội dung nhiệm vụ", "Đơn vị chủ trì",
    "Phối hợp", "Hạn xử lý", "Hạn gia hạn", "Số lần gia hạn", "Ngày giao", "Trạng thái", "Ngày hoàn thành", "Sản phẩm",
)  # fmt: skip
UBND = "Ủy ban nhân dân tỉnh Lam Giang"
TEXTS = (
    f"NV1;12/CT-UBND;05/01/2026;{UBND};Lê Thị Hoài An;Rà soát dự án chậm;Sở Xây dựng;Sở Tài chính, Sở Nội vụ;30/11/2026;;;"
    "06/01/2026;Đang thực hiện;;Báo cáo",
    f"NV2;12/CT-UBND;05/01/2026;{UBND};;Bố trí vốn;Sở Tài chính;;31/08/2026;30/09/2026;2;06/01/2026;Quá hạn;;",
    f"NV3;12/CT-UBND;05/01/2026;{UBND};;Rà soát dự án chậm;UBND xã Khe Sim;;30/09/2026;;;;Chờ xác nhận;02/10/2026;",
    "NV4;7/TB-VPCP;10/02/2026;Văn phòng Chính phủ;;Báo cáo giá đất;SXD;;31/03/2026;;;12/02/2026;Hoàn thành đúng hạn;30/03/2026;",
    "NV5;;;;;Theo dõi trật tự đô thị;UBND phường Bến Ngự;;không thời hạn;;;02/03/2026;;;",
)
ROWS: list[tuple[Any, ...]] = [tuple(one.replace(",", ";") for one in text.split(";")) for text in TEXTS]


def table(rows: list[tuple[Any, ...]] = ROWS) -> bytes:
    return workbook({"Nhiệm vụ": rows}, {"Nhiệm vụ": HEADS})


def check(data: bytes, source: str = "Phần mềm cũ") -> UUID:
    file = imports.Check("nhiem-vu.xlsx", data, "tasks", source=source)
    return imports.check(actor=make.who("quantri", WHEN), at=make.at(WHEN), file=file)


def apply(run: UUID, **more: Any) -> dict[str, int]:
    return imports.apply(
        actor=make.who("quantri", WHEN), at=make.at(WHEN), run=run, reason="Đưa hệ thống vào sử dụng", **more
    )


def duty(code: str) -> Duty:
    return Duty.objects.get(task__old_code=code)


def row(code: str) -> lists.DutyRow:
    return lists.duty(make.who("chanhvp", WHEN), duty(code).public_id, make.at(WHEN)).row


def test_each_row_becomes_the_task_that_it_was() -> None:
    assert apply(check(table())) == {"done": 5}
    running, late, sent, closed, standing = (duty(f"NV{n}") for n in range(1, 6))
    assert running.due_at == running.original_due_at == make.at("2026-12-01 00:00")
    assert running.holder_officer.login == "gdsxd"
    assert running.giver_post.code == "T.2"  # the deputy who signed
    assert sorted(one.unit.code for one in running.task.participants.all()) == ["SNV", "STC"]
    assert (late.original_due_at, late.due_at) == (make.at("2026-09-01 00:00"), make.at("2026-10-01 00:00"))
    assert (sent.phase, sent.late_working_days) == ("answered", 2)
    assert (closed.phase, closed.outcome, closed.closed_at) == ("closed", "done", make.at("2026-03-30 17:00"))
    assert closed.document.higher_level
    assert (standing.term, standing.due_at) == ("standing", None)
    assert standing.opened_at == make.at("2026-03-02 00:00")


def test_states_and_extensions_are_shown_as_of_their_dates() -> None:
    apply(check(table()))
    assert [row(f"NV{n}").state for n in range(1, 6)] == [
        State.NOT_DUE, State.OVERDUE, State.AWAITING, State.DONE_ON_TIME, State.NO_TERM,
    ]  # fmt: skip
    late = row("NV2")
    assert (late.extended_times, late.taken_over) == (2, "Phần mềm cũ: NV2")
    assert late.days > 20
    assert late.extended_days == 20  # working days of September after the holidays of its beginning
    event = DutyEvent.objects.get(duty=duty("NV2"))
    assert (event.act, event.data["source"], event.data["old_code"], event.data["extensions"]) == (
        "take_over", "Phần mềm cũ", "NV2", 2,
    )  # fmt: skip


def test_what_has_passed_fires_no_reminder_and_what_comes_does() -> None:
    apply(check(table()))
    assert duty("NV2").next_check_at is None
    assert duties.sweep(make.at(WHEN)) == 0
    notices.dispatch(make.at(WHEN))
    assert not Notice.objects.filter(duty__kind="task").exists()
    assert duties.sweep(make.at("2026-12-01 09:00")) >= 1
    rungs = DutyEvent.objects.filter(duty=duty("NV1"), rung__isnull=False)
    assert rungs.count() == 1


def test_the_document_has_its_points_and_stands_in_the_register() -> None:
    apply(check(table()))
    document = Document.objects.get(number="12")
    page = documents.document(make.who("chanhvp", WHEN), document.public_id, make.at(WHEN))
    assert [(point.title, point.total) for point in page.points] == [("Rà soát dự án chậm", 2), ("Bố trí vốn", 1)]
    assert "".join(piece.text for piece in page.pieces) == "Rà soát dự án chậm\nBố trí vốn\n"


def test_a_document_of_the_register_is_found_and_its_words_too() -> None:
    known = make.upload()
    words = "rà soát các dự án chậm tiến độ"
    one = ("A1", "21/CT-UBND", "02/11/2026", "", "", words, "Sở Nội vụ", "", "20/11/2026", "", "", "", "", "", "")
    apply(check(table([one])))
    task = Task.objects.get(old_code="A1")
    assert task.document_id == known.pk
    assert known.text_row.text[task.order.start : task.order.end].split() == words.split()


def test_the_same_table_twice_opens_nothing() -> None:
    apply(check(table()))
    before = (Duty.objects.count(), Document.objects.count(), Order.objects.count())
    again = check(table())
    assert ImportRun.objects.get(public_id=again).counts == {"known": 5}
    apply(again)
    assert (Duty.objects.count(), Document.objects.count(), Order.objects.count()) == before


def test_without_a_code_document_words_and_unit_are_the_key() -> None:
    bare = [("", *one[1:]) for one in ROWS]
    apply(check(table(bare)))
    assert ImportRun.objects.get(public_id=check(table(bare))).counts == {"known": 5}


def test_names_in_doubt_are_chosen_once_for_all_rows() -> None:
    odd = [(f"D{n}", *ROWS[0][1:6], "Sở Xây dựng và Giao thông", *ROWS[0][7:]) for n in range(3)]
    run = check(table([*odd, ROWS[1]]))
    page = queries.run(make.who("quantri", WHEN), run, make.at(WHEN))
    assert [(one.printed, one.count, one.proposed[0][1]) for one in page.doubts] == [
        ("Sở Xây dựng và Giao thông", 3, "Sở Xây dựng")
    ]
    with make.refused(Invalid, "import_has_errors"):
        apply(run)
    chosen = {"Sở Xây dựng và Giao thông": str(make.unit("SXD").pk)}
    imports.choose(actor=make.who("quantri", WHEN), at=make.at(WHEN), run=run, chosen=chosen)
    assert apply(run) == {"done": 4}
    assert {duty(f"D{n}").holder_unit.code for n in range(3)} == {"SXD"}


def test_each_mistake_is_named() -> None:
    def one(code: str, **other: str) -> tuple[Any, ...]:
        values = dict(zip(HEADS, ROWS[0], strict=True)) | {"Mã nhiệm vụ": code} | other
        return tuple(values[head] for head in HEADS)

    rows = [
        one("E1", **{"Hạn xử lý": "31/02/2026"}),
        one("E2", **{"Trạng thái": "Hoàn thành"}),
        one("E3", **{"Hạn gia hạn": "01/10/2026"}),
        one("E4", **{"Ngày giao": "06/01/2027"}),
        one("E5", **{"Hạn xử lý": "01/12/2025"}),
        one("E6", **{"Số lần gia hạn": "2"}),
        one("E6"),
        one("E8", **{"Đơn vị chủ trì": "Các sở, ban, ngành"}),
        one("E9", **{"Nội dung nhiệm vụ": ""}),
    ]
    run = check(table(rows))
    found = ImportRow.objects.filter(run__public_id=run).order_by("number")
    assert [[(problem[0], problem[1]) for problem in row.problems] for row in found] == [
        [("Hạn gốc", "cell_date")],
        [("Ngày hoàn thành", "take_over_done_missing")],
        [("Hạn gia hạn", "take_over_extension_early")],
        [("Ngày giao", "take_over_future")],
        [("Hạn gốc", "take_over_before_document")],
        [("Hạn gia hạn", "take_over_extended_missing")],
        [("Mã nhiệm vụ cũ", "row_double")],
        [("Đơn vị chủ trì", "take_over_lead_doubt")],
        [("Nội dung nhiệm vụ", "cell_missing")],
    ]


@pytest.mark.parametrize("mark", ["12/CT-UBND (MẬT)", "Tài liệu TỐI MẬT về quy hoạch"])
def test_a_table_with_a_secret_row_leaves_no_byte(mark: str) -> None:
    with make.refused(Secret, "secret"):
        check(table([*ROWS, ("X", mark, *ROWS[0][2:])]))


def test_killed_anywhere_the_next_round_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kycuong.services.imports.tasks.BATCH", 2)
    monkeypatch.setattr("kycuong.services.imports.tasks.AT_ONCE", 1)
    assert apply(check(table())) == {"done": 2, "new": 3}
    from kycuong.services.transitions import opening

    with monkeypatch.context() as killed:
        killed.setattr(opening, "tell", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            imports.resume(make.at(WHEN))
    assert Duty.objects.filter(kind="task").count() == 2
    imports.resume(make.at("2026-11-03 09:05"))
    assert ImportRun.objects.get().counts == {"done": 5}
    assert ImportRun.objects.get().state == "applied"
    assert Duty.objects.filter(kind="task").count() == 5


def test_undone_the_tasks_count_no_more_and_the_table_can_come_again() -> None:
    run = check(table())
    apply(run)
    imports.undo(actor=make.who("quantri", WHEN), at=make.at(WHEN), run=run)
    assert set(Duty.objects.filter(kind="task").values_list("phase", "outcome")) == {("closed", "withdrawn")}
    assert not Duty.objects.exclude(phase="closed").exists()
    assert row("NV4").state == State.APART
    assert apply(check(table())) == {"done": 5}


def test_once_somebody_has_acted_there_is_no_undoing() -> None:
    run = check(table())
    apply(run)
    tasks.assign(
        actor=make.who("gdsxd", WHEN), at=make.at(WHEN), duty=duty("NV1").public_id, desk=make.desk("cvqldt"),
        request=tasks.Request(duty("NV1").act_seq),
    )  # fmt: skip
    with make.refused(Invalid, "undo_too_late"):
        imports.undo(actor=make.who("quantri", WHEN), at=make.at(WHEN), run=run)


def test_a_result_that_waits_is_confirmed_and_a_running_task_is_sent() -> None:
    apply(check(table()))
    child = Duty.objects.get(parent=duty("NV3"), kind="confirmation")
    assert (child.holder_officer.login, child.due_at) == ("theodoi", make.at("2026-11-06 00:00"))
    road = make.Road(duty("NV3"))
    assert road.confirm("theodoi", WHEN).outcome == "done_late"
    assert make.Road(duty("NV1")).send("gdsxd", WHEN).phase == "answered"


def test_the_template_is_a_table_that_can_be_taken_in() -> None:
    template = workbooks.template(actor=make.who("quantri", WHEN), at=make.at(WHEN), kind="tasks")
    run = check(template.data)
    assert [row.problems[0][1] for row in ImportRow.objects.filter(run__public_id=run)] == ["take_over_lead_doubt"]
