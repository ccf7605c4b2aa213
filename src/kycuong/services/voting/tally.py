"""The tally of a round of voting slips as DOCX or PDF, its number left to the văn thư."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from kycuong.core.calendars import TZ
from kycuong.core.errors import Conflict
from kycuong.core.letters import Block, Column, Heading, Letter, Paragraph, Signature, Table
from kycuong.core.voting import CHOICE_LABELS, RESULT_LABELS, Choice
from kycuong.queries import consultations, scope
from kycuong.queries import voting as queries
from kycuong.services import audit, papers

_COUNTED = (Column("Nội dung", 8), Column("Số thành viên", 3, "center"))
_SLIPS = (
    Column("TT", 1.2, "center"), Column("Họ và tên, chức vụ", 5.4), Column("Ý kiến", 3.4, "center"),
    Column("Nội dung ý kiến", 4.6, "justify"), Column("Thời điểm", 2.6, "center"),
)  # fmt: skip


def write_tally(*, actor: scope.Actor, at: datetime, voting: UUID, form: str = "docx") -> papers.Paper:
    """Print the tally of a round that was counted: each choice, the result by the rule, every slip.

    Basis: NĐ 30/2020/NĐ-CP, Phụ lục I, III (mẫu biên bản). Raises: NotVisible, Conflict, Invalid.
    """
    page = queries.voting(actor, voting, at)
    if page.closed_at is None or page.cancelled:
        raise Conflict("voting_not_closed")
    closed = page.closed_at.astimezone(TZ)
    paper = papers.write(f"bien-ban-kiem-phieu-{closed:%Y-%m-%d}", [_letter(page, closed)], form=form)
    audit.record(
        actor_id=actor.officer_id, at=at, act="print_tally", subject_kind="voting", subject_id=voting, form=form
    )
    return paper


def _letter(page: queries.VotingPage, closed: datetime) -> Letter:
    return Letter(
        issuer=page.lead_name, above=consultations.above(page.lead_name), symbol=f"BB-{page.lead_symbol}" if page.lead_symbol else "BB",
        place=consultations.place(), on=closed.date(), kind="Biên bản",
        title=f"Kiểm phiếu lấy ý kiến thành viên Ủy ban nhân dân về {page.title}", content=_content(page, closed),
        signatures=(Signature(("NGƯỜI KIỂM PHIẾU",)), Signature(("THỦ TRƯỞNG CƠ QUAN",))),
        recipients=("Các thành viên Ủy ban nhân dân", "Lưu: VT, hồ sơ trình"),
    )  # fmt: skip


def _content(page: queries.VotingPage, closed: datetime) -> tuple[Block, ...]:
    found = page.count
    counted = [
        ("Tổng số thành viên được lấy ý kiến", found.members), (CHOICE_LABELS[Choice.AGREE], found.agree),
        (CHOICE_LABELS[Choice.DISAGREE], found.disagree), (CHOICE_LABELS[Choice.OTHER], found.other),
        ("Không gửi phiếu", found.silent),
    ]  # fmt: skip
    if found.deemed:
        counted.append(("Trong đó được coi là đồng ý theo quy chế", found.deemed))
    chair = " Số đồng ý bằng một nửa tổng số thành viên, trong đó có Chủ tịch." if found.by_chair else ""
    return (
        Heading("1. Nội dung lấy ý kiến"),
        *(Paragraph(line) for line in page.words.splitlines() if line.strip()),
        Paragraph(
            f"Phiếu gửi ngày {page.asked_on:%d/%m/%Y}, thời hạn {page.days:02d} ngày làm việc, đến hết ngày {page.last_on:%d/%m/%Y}; "
            f"kiểm phiếu lúc {closed.hour} giờ {closed.minute:02d} ngày {closed:%d/%m/%Y}. Quy định áp dụng: {_rule(page)}."
        ),
        Heading("2. Kết quả"),
        Table(_COUNTED, [(name, f"{number:02d}") for name, number in counted]),
        Paragraph(f"Kết luận: {RESULT_LABELS[found.result].lower()} với nội dung lấy ý kiến.{chair}"),
        Heading("3. Ý kiến của từng thành viên"),
        Table(_SLIPS, [_line(number, slip) for number, slip in enumerate(page.slips, 1)]),
        Paragraph("Biên bản được lập để trình kèm hồ sơ./."),
    )  # fmt: skip


def _rule(page: queries.VotingPage) -> str:
    """Return the document of the rule, or the place where it is to be written while the authority has not confirmed one."""
    return page.rule_document if page.rule_verified else "[ghi số, ngày quy chế làm việc của Ủy ban nhân dân]"


def _line(number: int, slip: queries.SlipRow) -> tuple[str, ...]:
    sent = slip.present
    who = f"{slip.name}\n{slip.title}"
    if sent is None:
        return (str(number), who, "Không gửi phiếu", "", "")
    return (
        str(number),
        who,
        CHOICE_LABELS[Choice(sent.choice)],
        sent.words,
        f"{sent.at.astimezone(TZ):%H:%M\n%d/%m/%Y}",
    )
