"""Hold heads to account: ask for the explanation, mark causes, agree on both sides, record the decision that becomes a duty."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from kycuong.core.accountability import check_cause, check_rule
from kycuong.core.calendars import local_date
from kycuong.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from kycuong.core.letters import Column, Letter, Paragraph, Signature, Table
from kycuong.models import AccountabilityRule, HeadCase, HeadCaseItem, Unit
from kycuong.queries import accountability as queries
from kycuong.queries import org, scope
from kycuong.queries.chasing.letters import issuing_unit
from kycuong.services import audit, papers
from kycuong.services.chasing.explaining import ask
from kycuong.services.leaves import keep_note
from kycuong.services.tasks.papers import Signed, keep_file, take_back

_COLUMNS = (
    Column("TT", 1.2, "center"), Column("Nhiệm vụ", 5.4, "justify"), Column("Văn bản giao", 3.3, "center"),
    Column("Thời hạn", 2.6, "center"), Column("Nguyên nhân", 2.4, "center"),
)  # fmt: skip
_CAUSES = {"": "Chưa xác định", "objective": "Khách quan", "own": "Chủ quan"}


def change_rule(*, actor: scope.Actor, at: datetime, times: int | None, months: int | None, document: str) -> None:
    """Decide when late time after time calls for a look, by a document. Raises: NotAllowed, Invalid."""
    if not any(queries.sides(actor)):
        raise NotAllowed("accountability_not_allowed")
    check_rule(times, months, document)
    assert times is not None
    assert months is not None
    with transaction.atomic():
        AccountabilityRule.objects.create(
            times=times, months=months, document=document.strip()[:200], officer_id=actor.officer_id, from_at=at
        )
        audit.record(
            actor_id=actor.officer_id,
            at=at,
            act="change_accountability",
            subject_kind="rule",
            times=times,
            months=months,
        )


def open_case(*, actor: scope.Actor, at: datetime, unit: UUID) -> UUID:
    """Open a case about the head of a unit and ask for an explanation on a clock of its own; the head sees it and may contest.

    Raises: NotAllowed, NotVisible, Conflict.
    """
    signal, _ = queries.signal_of(actor, unit, at)
    row = Unit.objects.get(public_id=unit)
    seat = org.head_of(row.pk, local_date(at))
    ruled = queries.rule()
    assert seat is not None
    assert seat.officer_id is not None
    title = f"Giải trình về {signal.late} nhiệm vụ chậm kể từ {signal.since:%d/%m/%Y} (dấu hiệu cần rà soát)"
    try:
        with transaction.atomic():
            duty = ask(row, _issuer().pk, title, "explanation", actor, at)
            made = HeadCase.objects.create(
                unit=row, head_id=seat.officer_id, since=signal.since, times=ruled.times, months=ruled.months,
                explanation=duty, opened_by_id=actor.officer_id, opened_at=at,
            )  # fmt: skip
            late = queries.keys_of(unit, signal.since, at)
            HeadCaseItem.objects.bulk_create([HeadCaseItem(case=made, duty_id=key) for key in late])
            _note("open_case", made, actor, at, late=len(late))
    except IntegrityError as error:
        raise Conflict("accountability_case_open") from error
    return made.public_id


def _issuer() -> Unit:
    unit = issuing_unit()
    if unit is None:
        raise Invalid("giver_missing")
    return unit


def _note(act: str, row: HeadCase, actor: scope.Actor, at: datetime, **data: object) -> None:
    audit.record(actor_id=actor.officer_id, at=at, act=act, subject_kind="head_case", subject_id=row.public_id, **data)


def _asked(actor: scope.Actor, public_id: UUID) -> HeadCase:
    """Return a case that is not ended, locked, for acting. Raises: NotAllowed, NotVisible, Conflict."""
    queries.may_look(actor)
    row = HeadCase.objects.select_for_update(of=("self",)).filter(public_id=public_id).first()
    if row is None:
        raise NotVisible("accountability_case_not_visible")
    if row.state != HeadCase.State.ASKED:
        raise Conflict("accountability_case_ended")
    return row


def mark_cause(*, actor: scope.Actor, at: datetime, case: UUID, duty: UUID, cause: str) -> None:
    """Note what was found about the cause of one late task; agreements given before fall, for what they were about has changed.

    Raises: NotAllowed, NotVisible, Conflict, Invalid.
    """
    check_cause(cause)
    with transaction.atomic():
        row = _asked(actor, case)
        marked = HeadCaseItem.objects.filter(case=row, duty__public_id=duty)
        if not marked.update(cause=cause, marked_by=actor.officer_id):
            raise NotVisible("duty_not_visible")
        HeadCase.objects.filter(pk=row.pk).update(office_by=None, home_by=None)
        _note("mark_cause", row, actor, at, duty=str(duty), cause=cause)


def agree(*, actor: scope.Actor, at: datetime, case: UUID) -> None:
    """Agree to the joint submission for the Office or for Home Affairs; the explanation must have been answered or be late.

    Raises: NotAllowed, NotVisible, Conflict, Invalid.
    """
    office, home = queries.sides(actor)
    if not (office or home):
        raise NotAllowed("accountability_not_allowed")
    with transaction.atomic():
        row = _asked(actor, case)
        asked = row.explanation
        if asked.phase == "open" and asked.due_at is not None and at < asked.due_at:
            raise Invalid("accountability_wait", last=f"{local_date(asked.due_at):%d/%m/%Y}")
        if office:
            row.office_by_id = actor.officer_id
        else:
            row.home_by_id = actor.officer_id
        row.save()
        _note("agree_case", row, actor, at, side="office" if office else "home")


def decide(
    *, actor: scope.Actor, at: datetime, case: UUID, conclusion: str, file: tuple[str, bytes] | None,
    typed: Signed = Signed(),
) -> UUID:  # fmt: skip
    """Record what the Chairman decided on the joint submission; it becomes a duty of the head, which is returned.

    Raises: NotAllowed, NotVisible, Conflict, Invalid, Secret.
    """
    if not conclusion.strip():
        raise Invalid("accountability_conclusion_missing")
    with transaction.atomic():
        row = _asked(actor, case)
        if row.office_by_id is None or row.home_by_id is None:
            raise Invalid("accountability_not_agreed")
        back = take_back(file, typed, at)
        row.number, row.symbol, row.signed_on = back.number, back.symbol, back.signed_on
        row.file = keep_file(actor, at, back.paper)
        row.note, _ = keep_note(conclusion)
        title = f"Thực hiện kết luận về trách nhiệm người đứng đầu tại Văn bản số {back.code}"
        row.decision = ask(row.unit, _issuer().pk, title, "accountability", actor, at)
        row.state, row.ended_at = HeadCase.State.DECIDED, at
        row.save()
        _note("decide_case", row, actor, at, number=back.code, file=row.file.sha256)
        return row.decision.public_id


def end_case(*, actor: scope.Actor, at: datetime, case: UUID, reason: str) -> None:
    """End a case without holding anybody to account, with a reason. Raises: NotAllowed, NotVisible, Conflict, Invalid."""
    if not reason.strip():
        raise Invalid("explanation_verdict_missing")
    with transaction.atomic():
        row = _asked(actor, case)
        row.note, _ = keep_note(reason)
        row.state, row.ended_at = HeadCase.State.ENDED, at
        row.save()
        _note("end_case", row, actor, at)


def write(*, actor: scope.Actor, at: datetime, case: UUID, form: str = "docx") -> papers.Paper:
    """Print the joint submission of the Office and Home Affairs. Raises: NotAllowed, NotVisible, Invalid."""
    queries.may_look(actor)
    page = queries.case(actor, case, at)
    issuer = _issuer().name
    paper = papers.write(f"to-trinh-{page.row.public_id}", [_submission(page, issuer, local_date(at))], form=form)
    audit.record(
        actor_id=actor.officer_id, at=at, act="print_case", subject_kind="head_case", subject_id=case, form=form
    )
    return paper


def _submission(page: queries.CasePage, issuer: str, today: date) -> Letter:
    unit, head = page.row.unit_name, page.row.head_name
    rows = [
        (
            str(number), item.row.title, item.row.document_code,
            f"{item.row.last_date:%d/%m/%Y}" if item.row.last_date else "", _CAUSES[item.cause],
        )
        for number, item in enumerate(page.items, 1)
    ]  # fmt: skip
    said = (
        f"Đồng chí {head} đã giải trình như sau: “{page.answer}”."
        if page.answer
        else f"Đến ngày {today:%d/%m/%Y}, đồng chí {head} chưa gửi giải trình theo yêu cầu."
    )
    return Letter(
        issuer="Văn phòng\nSở Nội vụ", above=issuer, kind="Tờ trình", symbol="TTr-VP-SNV",
        title=f"về việc xem xét trách nhiệm người đứng đầu {unit}",
        place=issuer.removeprefix("Ủy ban nhân dân ").removeprefix("tỉnh "), on=today,
        addressees=("Chủ tịch Ủy ban nhân dân tỉnh",),
        content=(
            Paragraph(
                f"Qua theo dõi từ ngày {page.since:%d/%m/%Y} đến nay, {unit} có {len(rows):02d} nhiệm vụ thực hiện chậm, trong đó "
                f"{page.counted:02d} nhiệm vụ chưa được xác định là do nguyên nhân khách quan, có dấu hiệu cần rà soát trách nhiệm "
                "trong chỉ đạo, điều hành (mỗi kỳ của một nhiệm vụ định kỳ tính là một nhiệm vụ), cụ thể như sau:"
            ),
            Table(_COLUMNS, rows),
            Paragraph(said),
            Paragraph(
                "Văn phòng Ủy ban nhân dân tỉnh và Sở Nội vụ thống nhất, kính trình Chủ tịch Ủy ban nhân dân tỉnh xem xét, quyết định./."
            ),
        ),
        signatures=(Signature(("SỞ NỘI VỤ", "GIÁM ĐỐC")), Signature(("VĂN PHÒNG UBND TỈNH", "CHÁNH VĂN PHÒNG"))),
        recipients=("Như trên", "Lưu: VT"),
    )  # fmt: skip
