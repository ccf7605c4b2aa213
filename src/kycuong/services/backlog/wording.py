"""The minutes of a review of the backlog as DOCX or PDF, its number left to the văn thư; and its lines as a table."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from kycuong.core.backlog import DECISION_LABELS, TERMS, Decision, End, Measure, label_of
from kycuong.core.calendars import TZ, local_date
from kycuong.core.duties import STATE_LABELS, State
from kycuong.core.errors import Conflict
from kycuong.core.letters import Annex, Block, Column, Heading, Letter, Paragraph, Part, Signature, Table
from kycuong.queries import backlog as queries
from kycuong.queries import scope
from kycuong.services import audit, papers
from kycuong.services.workbooks.writing import Head, Page, Workbook
from kycuong.services.workbooks.writing import write as write_book

_COLUMNS = (
    Column("TT", 1.2, "center"), Column("Nhiệm vụ", 6.2, "justify"), Column("Văn bản giao", 2.6, "center"),
    Column("Đơn vị chủ trì", 3.0), Column("Thời hạn khi rà soát", 2.3, "center"), Column("Quyết định", 3.6),
    Column("Lý do, ý kiến", 4.2, "justify"),
)  # fmt: skip
_COUNTED = (Column("TT", 1, "center"), Column("Quyết định", 8), Column("Số nhiệm vụ", 2, "center"))


def write(*, actor: scope.Actor, at: datetime, review: UUID, form: str = "docx") -> papers.Paper:
    """Print the minutes of a review that has ended.

    Basis: NĐ 30/2020/NĐ-CP, Phụ lục I, III (mẫu biên bản). Raises: NotVisible, Conflict, Invalid.
    """
    page = queries.review(actor, review, at)
    if page.row.state != "closed":
        raise Conflict("backlog_not_closed")
    name = f"bien-ban-ra-soat-ton-dong-{local_date(page.row.opened_at):%Y-%m-%d}"
    paper = papers.write(name, set_out(page), form=form)
    _note(actor, at, review, form)
    return paper


def _note(actor: scope.Actor, at: datetime, review: UUID, form: str) -> None:
    audit.record(
        actor_id=actor.officer_id, at=at, act="print_backlog", subject_kind="backlog", subject_id=review, form=form
    )


def set_out(page: queries.ReviewPage) -> list[Part]:
    """Return the minutes as data: the letter, and the lines as an annex across."""
    whole = not page.held_by
    place = page.issuer.removeprefix("Ủy ban nhân dân ").removeprefix("tỉnh ").removeprefix("thành phố ")
    letter = Letter(
        issuer=page.held_by or page.issuer,
        above="" if whole else page.issuer,
        symbol="BB-UBND" if whole else "BB",
        place=place,
        on=local_date(page.row.opened_at),
        kind="Biên bản",
        title="Họp rà soát, xử lý nhiệm vụ tồn đọng",
        content=_content(page),
        signatures=(Signature(("THƯ KÝ",), page.secretary), Signature(("CHỦ TRÌ",), page.chair)),
        recipients=("Thành phần dự họp", "Các đơn vị có nhiệm vụ được rà soát", "Lưu: VT, TH"),
    )
    rows = [_line(line) for line in page.lines]
    annex = Annex(
        ("Danh mục nhiệm vụ đã rà soát",), (Table(_COLUMNS, rows),), belongs_to="(Kèm theo Biên bản họp rà soát nhiệm vụ tồn đọng)",
        landscape=True,
    )  # fmt: skip
    return [letter, annex]


def _content(page: queries.ReviewPage) -> tuple[Block, ...]:
    began, ended = page.row.opened_at.astimezone(TZ), (page.row.closed_at or page.row.opened_at).astimezone(TZ)
    where = f" Địa điểm: {page.place}." if page.place else ""
    people = [one.strip().lstrip("-").strip() for one in page.attendants.splitlines() if one.strip()]
    conclusion: list[Block] = []
    if page.conclusion:
        conclusion = [
            Heading("4. Kết luận của người chủ trì"), *(Paragraph(text) for text in page.conclusion.splitlines() if text.strip())
        ]  # fmt: skip
    return (
        Heading("1. Thời gian, địa điểm"),
        Paragraph(f"Bắt đầu lúc {_clock(began)} ngày {began:%d/%m/%Y}.{where}"),
        Heading("2. Thành phần"),
        Paragraph(f"Chủ trì: {page.chair}."),
        Paragraph(f"Thư ký: {page.secretary}."),
        Paragraph(f"Dự họp: {'; '.join(people)}."),
        Heading("3. Nội dung"),
        Paragraph(_scope_said(page)),
        Table(_COUNTED, _counted(page)),
        *_left(page),
        *conclusion,
        Paragraph(f"Cuộc họp kết thúc lúc {_clock(ended)} ngày {ended:%d/%m/%Y}. Danh mục nhiệm vụ và quyết định kèm theo./."),
    )  # fmt: skip


def _clock(at: datetime) -> str:
    return f"{at.hour} giờ {at.minute:02d}"


def _scope_said(page: queries.ReviewPage) -> str:
    """Return the sentence that says what the meeting looked at, and how much of it was decided."""
    row = page.row
    what = "quá hạn" if row.measure == Measure.LATE else "đã giao, chưa hoàn thành"
    kind = f", loại {TERMS[row.term].lower()}" if row.term else ""
    about = f", theo Văn bản số {row.document_code}" if row.document_code else ""
    asked = (
        f", trong đó {page.proposed:02d} nhiệm vụ đề nghị người giao việc xem xét, quyết định" if page.proposed else ""
    )
    return (
        f"Cuộc họp rà soát {row.total:02d} nhiệm vụ của {row.unit_name} và các đơn vị trực thuộc{about}{kind}, {what} từ {row.days} "
        f"ngày làm việc trở lên tính đến ngày {local_date(row.opened_at):%d/%m/%Y}; đã quyết định {row.decided:02d} nhiệm vụ"
        f"{asked}."
    )


def _counted(page: queries.ReviewPage) -> list[tuple[str, ...]]:
    codes = [*Decision, End.DONE, End.LEFT]
    return [(str(number), DECISION_LABELS[code], str(page.counts.get(code, 0))) for number, code in enumerate(codes, 1)]


def _left(page: queries.ReviewPage) -> list[Block]:
    left = [str(line.place) for line in page.lines if line.decision == End.LEFT]
    if not left:
        return [Paragraph("Không còn nhiệm vụ nào chưa được quyết định.")]
    return [
        Paragraph(
            f"Còn {len(left):02d} nhiệm vụ chưa quyết định (số thứ tự {', '.join(left)} trong danh mục), tiếp tục rà soát tại cuộc "
            "họp sau; thời hạn và trách nhiệm giữ nguyên."
        )
    ]  # fmt: skip


def _line(line: queries.LineRow) -> tuple[str, ...]:
    row = line.row
    where = f"{row.document_code}, điểm {row.path}" if row.path else row.document_code
    last = f"{line.last_then:%d/%m/%Y}" if line.last_then else "Không thời hạn"
    return (str(line.place), row.title, where, line.unit_then, last, _said(line), line.note)


def _said(line: queries.LineRow) -> str:
    """Return a decision in words: what, to whom, until when."""
    if not line.decision:
        return DECISION_LABELS[End.LEFT]
    text = label_of(line.decision, proposed=line.is_proposed)
    if line.given_unit:
        text += f": {line.given_unit}"
    return f"{text}; đến hết ngày {line.given_on:%d/%m/%Y}" if line.given_on else text


def table(*, actor: scope.Actor, at: datetime, review: UUID) -> Workbook:
    """Return the lines of a review as XLSX, each as it stands now. Raises: NotVisible."""
    page = queries.review(actor, review, at)
    heads = [
        Head("TT", 6), Head("Nhiệm vụ", 60), Head("Văn bản giao", 22), Head("Đơn vị chủ trì", 30), Head("Thời hạn khi mở rà soát", 14),
        Head("Trạng thái hiện nay", 24), Head("Đang ở bàn", 26), Head("Quyết định", 36), Head("Lý do, ý kiến", 48),
        Head("Người ghi", 24), Head("Ngày ghi", 14),
    ]  # fmt: skip
    rows = [
        (
            line.place, line.row.title, line.row.document_code, line.unit_then, line.last_then, _state(line),
            line.row.waits_for or line.row.desk_name, _said(line), line.note, line.decided_by,
            local_date(line.decided_at) if line.decided_at else None,
        )
        for line in page.lines
    ]  # fmt: skip
    above = ["Rà soát nhiệm vụ tồn đọng", _scope_said(page)]
    data = write_book([Page("Rà soát tồn đọng", heads, rows, above)], created=at)
    _note(actor, at, review, "xlsx")
    return Workbook(f"ra-soat-ton-dong-{local_date(page.row.opened_at):%Y-%m-%d}.xlsx", data)


def _state(line: queries.LineRow) -> str:
    row = line.row
    if row.state is State.OVERDUE and row.days:
        return f"Quá hạn {row.days} ngày làm việc"
    return STATE_LABELS[row.state]
