"""What a person has been told, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import BigAutoField, DateTimeField, Q, QuerySet

from kycuong.core.errors import Invalid
from kycuong.models import Duty, Notice
from kycuong.queries import scope
from kycuong.queries.kept import Slot, kept

#: What happened, as the reader of a notice sees it.
TOPICS = {
    "open": "Giao nhiệm vụ mới", "assign": "Giao xử lý", "submit": "Trình kết quả", "return_draft": "Trả lại để hoàn thiện",
    "send": "Đã gửi báo cáo kết quả", "confirm": "Đã xác nhận hoàn thành", "send_back": "Chuyển lại: chưa đạt",
    "rung_near": "Sắp đến hạn", "rung_due": "Đến hạn hôm nay", "rung_overdue": "Đã quá hạn", "close": "Đã xác nhận",
    "calendar_changed": "Hạn chuyển theo lịch làm việc",
    "extend": "Đã được gia hạn", "close_returned": "Đồng ý trả lại nhiệm vụ", "settle": "Đã trả lời đề xuất",
    "replan": "Thời hạn mới sau rà soát tồn đọng", "undo_replan": "Bỏ thời hạn mới sau rà soát tồn đọng",
    "raise": "Kiến nghị lên người giao việc khi rà soát tồn đọng",
    "revoke": "Đã thôi giao nhiệm vụ", "replace": "Nhiệm vụ được thay thế", "correct": "Nhiệm vụ được đính chính",
    "lapse": "Không còn phải giải quyết", "reassign": "Đã giao lại cho đơn vị khác",
    "rung_not_read": "Chưa mở xem", "rung_not_started": "Chưa phân công, chưa xử lý",
    "rung_not_confirmed": "Kết quả chờ xác nhận", "rung_not_decided": "Đề xuất chờ quyết định",
    "chase_report": "Nhắc gửi báo cáo", "chase": "Được đôn đốc", "explanation.open": "Yêu cầu giải trình", "explain": "Đã gửi giải trình",
    "accept_explanation": "Giải trình được chấp nhận", "refuse_explanation": "Giải trình chưa được chấp nhận",
    "drop_explanation": "Thôi yêu cầu giải trình",
    "withdraw": "Đơn vị rút đề xuất", "proposal.open": "Đề xuất chờ quyết định",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One notice: what happened to which duty."""

    id: int
    at: datetime
    topic: str
    label: str
    duty_id: UUID
    duty_title: str
    document_code: str
    unit_name: str
    unread: bool


@dataclass(frozen=True, slots=True)
class Page:
    """One page of notices."""

    rows: list[NoticeRow]
    next_key: str | None


def label_of(kind: str, topic: str) -> str:
    """Return what happened, as the reader of a notice about a duty of this kind sees it."""
    return TOPICS.get(f"{kind}.{topic}") or TOPICS.get(topic, topic)


def told_by(at: datetime | Slot) -> Q:
    """Return the condition that a notice has been told: what happens at night is told when the office opens."""
    return Q(told_at__isnull=True) | Q(told_at__lte=at)


def notices(who: scope.Actor, at: datetime, *, after: str | None = None, size: int = 50) -> Page:
    """Return a page of the person's notices on duties that the person still sees."""
    rows = Notice.objects.filter(told_by(at), scope.seen_duty(who, "duty"), recipient=who.officer_id)
    if after:
        if not after.isdecimal():
            raise Invalid("kind_unknown", text=after)
        rows = rows.filter(id__lt=int(after))
    found = list(
        rows.select_related("duty__document", "duty__holder_unit", "duty__giver_unit").order_by("-id")[: size + 1]
    )
    lines = [
        NoticeRow(
            row.pk,
            row.at,
            row.topic,
            label_of(row.duty.kind, row.topic),
            row.duty.public_id,
            row.duty.title,
            str(row.duty.document or ""),
            _about(row.duty),
            row.read_at is None,
        )
        for row in found[:size]
    ]
    return Page(lines, str(found[size - 1].pk) if len(found) > size else None)


def _about(duty: Duty) -> str:
    """Return the unit whose work a notice is about: of a confirmation or a proposal the unit that waits for it."""
    waits = duty.kind in {"confirmation", "proposal"}
    about = duty.giver_unit if waits and duty.giver_unit else duty.holder_unit
    return about.name


def unread(who: scope.Actor, at: datetime) -> int:
    """Return how many notices, of those that the list shows, the person has not read."""
    if not _any_unread(who.officer_id, at):  # every page asks, and mostly there are none
        return 0
    mine = Notice.objects.filter(told_by(at), recipient=who.officer_id, read_at__isnull=True)
    return mine.filter(scope.seen_duty(who, "duty")).count()


@kept(BigAutoField(), DateTimeField())
def _any_unread(recipient: Slot, at: Slot) -> QuerySet[Notice, int]:
    mine = Notice.objects.filter(told_by(at), recipient=recipient, read_at__isnull=True)
    return mine.values_list("pk", flat=True)[:1]
