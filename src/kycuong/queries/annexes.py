"""The content of the Phụ lục phân công nhiệm vụ: the table that an office types by hand today."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kycuong.core.addressees import GROUP_BY_CODE
from kycuong.core.calendars import local_date
from kycuong.core.recurrences import parse_rule
from kycuong.models import Document, Order, OrderParty
from kycuong.queries import scope
from kycuong.queries.addressees import Directory, directory

#: The sentence that names the product stands in a column of its own.
_PRODUCT = re.compile(r"\s*Sản phẩm(?: phải có)?\s*:[^.;]*[.;]?\s*$", re.IGNORECASE)
NO_LIMIT = {"standing": "Thường xuyên", "prohibition": "Nghiêm cấm, thường xuyên"}


@dataclass(frozen=True, slots=True)
class AnnexRow:
    """One line of the table."""

    number: str
    task: str
    leads: str
    participants: str
    limit: str
    product: str


@dataclass(frozen=True, slots=True)
class Annex:
    """The annex ready to be laid out."""

    file_name: str
    purpose: str
    belongs_to: str
    rows: list[AnnexRow]
    notes: list[str]


def annex(who: scope.Actor, public_id: UUID, at: datetime) -> Annex:
    """Return the annex of a document that the person sees; dropped orders are left out.

    Raises: NotVisible.
    """
    scope.document_to_read(who, public_id)
    document = Document.objects.get(public_id=public_id)
    names = directory(local_date(at))
    orders = (
        Order.objects.filter(document=document)
        .exclude(status="dropped")
        .order_by("start", "id")
        .prefetch_related("parties")
    )
    rows = [_row(number, order, names) for number, order in enumerate(orders, 1)]
    code = str(document) if document.number else "noi-dung-giao-viec"
    return Annex(
        file_name=f"phu-luc-phan-cong-{code.replace('/', '-')}",
        purpose=_purpose(document),
        belongs_to=_belongs_to(document),
        rows=rows,
        notes=_notes(document),
    )


def _purpose(document: Document) -> str:
    kind = document.doc_type or "văn bản"
    if document.number:
        return (
            f"thực hiện {kind} số {document} về {document.subject}"
            if document.subject
            else f"thực hiện {kind} số {document}"
        )
    return "thực hiện nội dung giao việc"


def _belongs_to(document: Document) -> str:
    return "(Kèm theo Văn bản số …… ngày …… tháng …… năm ……" + (
        f"; {document.doc_type.lower() or 'văn bản'} của {document.issuer} ngày {document.issued_on:%d/%m/%Y})"
        if document.issuer and document.issued_on
        else ")"
    )


def _notes(document: Document) -> list[str]:
    notes = []
    if document.report_rrule:
        notes.append(f"Nhiệm vụ thường xuyên: báo cáo định kỳ {rule_text(document.report_rrule)}.")
    return notes


def _row(number: int, order: Order, names: Directory) -> AnnexRow:
    parties = sorted(order.parties.all(), key=lambda party: party.position)
    path = f" (điểm {order.path})" if order.path and order.path not in {"+", "end"} else ""
    text = _PRODUCT.sub("", " ".join(order.text.split())).strip() if order.product else " ".join(order.text.split())
    return AnnexRow(
        str(number),
        f"{text}{path}",
        "\n".join(_name(party, names) for party in parties if party.role == OrderParty.Role.LEAD),
        "\n".join(_name(party, names) for party in parties if party.role == OrderParty.Role.PARTICIPANT),
        limit_text(order),
        order.product,
    )


def _name(party: OrderParty, names: Directory) -> str:
    if party.unit_id:
        return names.names.get(party.unit_id, party.printed)
    return GROUP_BY_CODE[party.group].label if party.group else party.printed


def limit_text(order: Order) -> str:
    """Return an order's time limit in words."""
    if order.kind == "dated" and order.deadline_on:
        day = f"{order.deadline_on:%d/%m/%Y}"
        return f"Trước ngày {day}" if order.bound == "before" else f"Ngày {day}"
    if order.kind == "periodic":
        return f"Định kỳ {rule_text(order.rrule, before=order.bound == 'before')}"
    if order.deadline_kind == "relative" and order.deadline_text:
        return order.deadline_text[0].upper() + order.deadline_text[1:]
    return NO_LIMIT[order.kind]


_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_PERIODS = {
    ("DAILY", 1): "hằng ngày", ("WEEKLY", 1): "hằng tuần", ("MONTHLY", 1): "hằng tháng", ("MONTHLY", 3): "hằng quý",
    ("MONTHLY", 6): "6 tháng một lần", ("YEARLY", 1): "hằng năm",
}  # fmt: skip


def rule_text(rrule: str, *, before: bool = False) -> str:
    """Return a recurrence in words: "trước ngày 25 hằng tháng", "hằng quý", "ngày 15/12 hằng năm"."""
    rule = parse_rule(rrule)
    period = _PERIODS.get((rule.freq, rule.interval), f"{rule.interval} kỳ một lần")
    word = "trước ngày" if before else "ngày"
    if rule.by_month_day and rule.by_month:
        days = ", ".join(_day(day, month) for month in rule.by_month for day in rule.by_month_day)
        return f"{word} {days} {period}"
    if rule.by_month_day:
        return f"{word} {', '.join(_day(day) for day in rule.by_month_day)} {period}"
    if rule.by_day:
        return f"{', '.join(_WEEKDAYS[day] for _, day in rule.by_day)} {period}"
    return period


def _day(day: int, month: int | None = None) -> str:
    if day < 0:
        return "cuối tháng" if month is None else f"cuối tháng {month:02d}"
    return f"{day:02d}/{month:02d}" if month else f"{day:02d}"
