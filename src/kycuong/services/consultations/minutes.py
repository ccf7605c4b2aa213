"""The minutes of the meeting of two heads as DOCX or PDF: both texts side by side, the number left to the văn thư."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from kycuong.core.dissents import SETTLEMENT_LABELS, Settlement
from kycuong.core.errors import Conflict
from kycuong.core.letters import Block, Column, Heading, Letter, Paragraph, Signature, Table, capacity_of
from kycuong.queries import consultations as queries
from kycuong.queries import scope
from kycuong.queries.consultations.dissents import MeetingRow, OutcomeRow, SideRow
from kycuong.services import audit, papers


def write_minutes(*, actor: scope.Actor, at: datetime, duty: UUID, form: str = "docx") -> papers.Paper:
    """Print the minutes of the meeting that holds, for both heads to sign.

    Basis: NĐ 30/2020/NĐ-CP, Phụ lục I, III (mẫu biên bản); 2230/UBND-NC item 2.3. Raises: NotVisible, Conflict, Invalid.
    """
    page = queries.meeting_page(actor, duty, at)
    if page.present is None:
        raise Conflict("meeting_missing")
    name = f"bien-ban-lam-viec-{page.present.held_on:%Y-%m-%d}"
    paper = papers.write(name, [_letter(page, page.present)], form=form)
    audit.record(
        actor_id=actor.officer_id, at=at, act="print_meeting", subject_kind="duty", subject_id=duty, form=form,
        meeting=page.present.number,
    )  # fmt: skip
    return paper


def _letter(page: queries.MeetingPage, row: MeetingRow) -> Letter:
    return Letter(
        issuer=page.lead_name,
        above=queries.above(page.lead_name),
        symbol=f"BB-{page.lead_symbol}" if page.lead_symbol else "BB",
        place=queries.place(),
        on=row.held_on,
        kind="Biên bản",
        title=f"Làm việc về ý kiến khác nhau đối với {page.title}",
        content=_content(page, row),
        signatures=(_signature(row.lead), _signature(row.body)),
        recipients=(page.lead_name, page.unit_name, "Lưu: VT, hồ sơ trình"),
    )


def _signature(side: SideRow) -> Signature:
    """Return in what capacity somebody signs; the name stays blank, so that a draft that comes back bears no signer."""
    title = capacity_of(side.unit_name, side.title)
    if side.in_person:
        return Signature(("ĐẠI DIỆN", side.unit_name.upper(), title or "THỦ TRƯỞNG"))
    lines = ("ĐẠI DIỆN", side.unit_name.upper(), "TUQ. THỦ TRƯỞNG", *((title,) if title else ()))
    return Signature(lines)


def _content(page: queries.MeetingPage, row: MeetingRow) -> tuple[Block, ...]:
    where = f", tại {row.place}" if row.place else ""
    letter = f" tại Văn bản số {page.letter} ngày {page.letter_on:%d/%m/%Y}" if page.letter and page.letter_on else ""
    numbers = ", ".join(str(point.number) for point in row.points)
    return (
        Heading("1. Thời gian, thành phần"),
        Paragraph(f"Ngày {row.held_on:%d/%m/%Y}{where}, hai cơ quan làm việc trực tiếp, gồm:"),
        Paragraph(_present(row.lead)),
        Paragraph(_present(row.body)),
        Heading("2. Nội dung có ý kiến khác nhau"),
        Paragraph(
            f"{page.lead_name} lấy ý kiến {page.unit_name} về {page.title}. {page.unit_name} không đồng ý ở điểm {numbers} của "
            f"phương án{letter}."
        ),
        Heading("3. Kết quả làm việc"),
        Table(
            (
                Column("Điểm", 1.8, "center"), Column(f"Ý kiến của {page.lead_name}", 5, "justify"),
                Column(f"Ý kiến của {page.unit_name}", 5, "justify"), Column("Kết quả", 5.2, "justify"),
            ),
            [_line(point) for point in row.points],
        ),
        Heading("4. Kết luận"),
        *_concluded(page, row),
        Paragraph("Biên bản được hai bên đọc lại, thống nhất và cùng ký; mỗi bên giữ một bản./."),
    )  # fmt: skip


def _present(side: SideRow) -> str:
    who = f"{side.name}, {side.title}" if side.title else side.name
    if side.in_person or side.signed_on is None:
        return f"- {side.unit_name}: đồng chí {who}."
    return f"- {side.unit_name}: đồng chí {who}, theo Văn bản ủy quyền số {side.number} ngày {side.signed_on:%d/%m/%Y}."


def _line(point: OutcomeRow) -> tuple[str, ...]:
    label = SETTLEMENT_LABELS[Settlement(point.settlement)]
    agreed = f"{label}: {point.text}" if point.settlement == Settlement.AGREED else f"{label}."
    return (str(point.number), point.lead_text or point.words, point.body_text or point.said, agreed)


def _concluded(page: queries.MeetingPage, row: MeetingRow) -> list[Block]:
    agreed = ", ".join(str(point.number) for point in row.points if point.settlement == Settlement.AGREED)
    reserved = ", ".join(str(point.number) for point in row.points if point.settlement == Settlement.RESERVED)
    said: list[Block] = []
    if agreed:
        said.append(Paragraph(f"Hai cơ quan thống nhất ở điểm {agreed} theo nội dung ghi tại mục 3."))
    if reserved:
        said.append(Paragraph(
            f"Ở điểm {reserved}, hai cơ quan chưa thống nhất; ý kiến của mỗi bên được giữ nguyên văn và trình kèm để cấp có thẩm "
            "quyền xem xét, quyết định."
        ))  # fmt: skip
    said.append(Paragraph(f"{page.lead_name} hoàn thiện hồ sơ và trình theo quy định."))
    return said
