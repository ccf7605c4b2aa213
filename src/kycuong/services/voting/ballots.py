"""Slips on paper: one to fill in by hand or as it was sent, or those of a whole round, a page each."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from kycuong.core.calendars import TZ
from kycuong.core.consultations import Silence
from kycuong.core.letters import Block, Column, Heading, Letter, Paragraph, Signature, Table
from kycuong.core.voting import CHOICE_LABELS, Choice
from kycuong.queries import consultations, scope
from kycuong.queries import voting as queries
from kycuong.services import audit, papers

_CHOICES = (Column("Ý kiến của thành viên", 9), Column("Đánh dấu X", 3, "center"))
_LINE = "." * 118
#: So many lines to write on where nothing has been said yet.
_LINES = 4


def write_slip(*, actor: scope.Actor, at: datetime, duty: UUID, form: str = "docx") -> papers.Paper:
    """Print one slip: blank to be filled in by hand, or as the member sent it.

    Basis: NĐ 30/2020/NĐ-CP, Phụ lục I (layout). Raises: NotVisible, Invalid.
    """
    page = queries.slip_page(actor, duty, at)
    letter = _letter(page, page.slip)
    paper = papers.write(f"phieu-lay-y-kien-{page.last_on:%Y-%m-%d}", [letter], form=form)
    audit.record(actor_id=actor.officer_id, at=at, act="print_slip", subject_kind="duty", subject_id=duty, form=form)
    return paper


def write_slips(*, actor: scope.Actor, at: datetime, voting: UUID, form: str = "docx") -> papers.Paper:
    """Print every slip of a round for whoever conducts or oversees it, the Chairman's first. Raises: NotVisible, Invalid."""
    page = queries.voting(actor, voting, at)
    letters = [_letter(page, slip) for slip in page.slips]
    paper = papers.write(f"cac-phieu-lay-y-kien-{page.last_on:%Y-%m-%d}", letters, form=form)
    audit.record(
        actor_id=actor.officer_id, at=at, act="print_slip", subject_kind="voting", subject_id=voting, form=form
    )
    return paper


def _letter(page: queries.SlipPage | queries.VotingPage, slip: queries.SlipRow) -> Letter:
    sent = slip.present
    on: date | None = sent.at.astimezone(TZ).date() if sent else None
    return Letter(
        issuer=page.lead_name, above=consultations.above(page.lead_name), place=consultations.place(), on=on, day_blank=False,
        kind="Phiếu lấy ý kiến", title=f"Thành viên Ủy ban nhân dân về {page.title}", content=_content(page, slip),
        signatures=(Signature(("THÀNH VIÊN ỦY BAN NHÂN DÂN",), slip.name),), recipients=(page.lead_name, "Lưu: hồ sơ trình"),
        numbered=False,
    )  # fmt: skip


def _content(page: queries.SlipPage | queries.VotingPage, slip: queries.SlipRow) -> tuple[Block, ...]:
    sent = slip.present
    chosen = Choice(sent.choice) if sent else None
    return (
        Paragraph(f"Họ và tên: {slip.name}", bold=True),
        Paragraph(f"Chức vụ: {slip.title}"),
        Heading("1. Nội dung lấy ý kiến"),
        *(Paragraph(line) for line in page.words.splitlines() if line.strip()),
        Heading("2. Ý kiến"),
        Table(_CHOICES, [(CHOICE_LABELS[one], "X" if one is chosen else "") for one in Choice]),
        Heading("3. Lý do, nội dung ý kiến khác"),
        *_said(sent),
        *_closing(page, sent),
    )


def _said(sent: queries.VoteRow | None) -> list[Block]:
    if sent is None:
        return [Paragraph(_LINE, align="left", indent=False) for _ in range(_LINES)]
    lines = [line for line in sent.words.splitlines() if line.strip()] or ["Không có."]
    return [Paragraph(line) for line in lines]


def _closing(page: queries.SlipPage | queries.VotingPage, sent: queries.VoteRow | None) -> list[Block]:
    """Return what is to be known of sending: until when, or when it was sent."""
    if sent is None:
        deemed = "được coi là đồng ý theo quy chế" if page.silence == Silence.CONSENT else "không phải là đồng ý"
        until = f"Phiếu gửi về {page.lead_name} trước khi hết ngày {page.last_on:%d/%m/%Y}; không gửi phiếu {deemed}."
        return [Paragraph(until, italic=True)]
    when = sent.at.astimezone(TZ)
    return [
        Paragraph(f"Phiếu đã gửi qua phần mềm lúc {when.hour} giờ {when.minute:02d} ngày {when:%d/%m/%Y}.", italic=True)
    ]
