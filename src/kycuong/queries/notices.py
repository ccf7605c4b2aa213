"""What a person has been told, newest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import BigAutoField, DateTimeField, Exists, OuterRef, Q, QuerySet

from kycuong.core.errors import Invalid
from kycuong.core.periods import titled
from kycuong.core.signs import SIGNS, Code
from kycuong.models import Duty, Notice, Unit
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
    "raise_dissent": "Có ý kiến khác ở nội dung chính: thủ trưởng hai cơ quan làm việc trực tiếp trước khi trình",
    "remind_dissent": "Chưa làm việc trực tiếp về ý kiến khác nhau: việc trình còn bị giữ",
    "record_meeting": "Đã ghi kết quả làm việc trực tiếp", "correct_meeting": "Kết quả làm việc trực tiếp được đính chính",
    "sign_meeting": "Đã gắn biên bản làm việc đã ký",
    "ask_time": "Cơ quan được hỏi xin thêm thời gian", "ask_time_by_link": "Cơ quan được hỏi xin thêm thời gian",
    "give_time": "Được thêm thời gian trả lời", "refuse_time": "Không được thêm thời gian trả lời",
    "assign_opinion": "Giao chuẩn bị ý kiến", "submit_opinion": "Trình dự thảo ý kiến",
    "return_opinion_draft": "Trả lại dự thảo ý kiến để hoàn thiện",
    "slip.open": "Phiếu lấy ý kiến mới gửi đồng chí", "count_slip": "Đã kiểm phiếu lấy ý kiến",
    "miss_slip": "Hết hạn, đồng chí chưa gửi phiếu lấy ý kiến", "cancel_slip": "Thôi lấy phiếu",
    "arbitration.open": "Chuyển phân xử thẩm quyền", "step_aside": "Chuyển phân xử thẩm quyền",
    "invalid_signature": "Chữ ký số của văn bản kết quả không hợp lệ",
    "untrusted_signature": "Chữ ký số của văn bản kết quả chưa kiểm tra được tin cậy",
    "join": "Báo cáo đã nhập vào báo cáo chung sau khi sắp xếp đơn vị",
    "sign": "Dấu hiệu cần rà soát: đơn vị xem và giải trình trước",
    "check_period": "Đối soát số liệu của đơn vị trước khi chốt kỳ",
    "contested_period": "Đơn vị có ý kiến về số liệu của kỳ, chờ đồng chí quyết định",
    "withdraw": "Đơn vị rút đề xuất", "proposal.open": "Đề xuất chờ quyết định",
}  # fmt: skip


#: Before the code of a sign in the topic of a notice.
OF_SIGN = "sign."


@dataclass(frozen=True, slots=True)
class AlsoTold:
    """A further duty of which a notice tells."""

    duty_id: UUID
    title: str
    unit_name: str


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One notice: what happened to which duty, which period is to be checked, or which sign arose about which unit.

    `others` are the further duties of which it tells: of several files of one round one notice tells.
    """

    id: int
    at: datetime
    topic: str
    label: str
    duty_id: UUID | None
    duty_title: str
    document_code: str
    unit_name: str
    unread: bool
    period_id: UUID | None = None
    sign: str = ""
    unit_id: UUID | None = None
    others: Sequence[AlsoTold] = ()

    @property
    def path(self) -> str:
        """Return where on the site it is to be read."""
        if self.unit_id:
            return f"dau-hieu/{self.unit_id}/?dau-hieu={self.sign}"
        return f"viec/{self.duty_id}/" if self.duty_id else f"ky-bao-cao/{self.period_id}/"


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
    seen = _seen(who, at)
    rows = seen.filter(_tells(seen))
    if after:
        if not after.isdecimal():
            raise Invalid("kind_unknown", text=after)
        rows = rows.filter(id__lt=int(after))
    found = list(
        rows.select_related("duty__document", "duty__holder_unit", "duty__giver_unit", "period", "unit").order_by(
            "-id"
        )[: size + 1]
    )
    others = _others(seen.exclude(_tells(seen)), found[:size])
    lines = [_line(row, others) for row in found[:size]]
    return Page(lines, str(found[size - 1].pk) if len(found) > size else None)


def _seen(who: scope.Actor, at: datetime) -> QuerySet[Notice]:
    """Return what the person was told and still sees."""
    return Notice.objects.filter(told_by(at), _still_seen(who), recipient=who.officer_id)


def _tells(seen: QuerySet[Notice]) -> Q:
    """Return the condition that a notice stands in the list: of files of one round the first that the person still sees."""
    before = seen.filter(
        file__isnull=False, topic=OuterRef("topic"), at=OuterRef("at"), seq__lt=OuterRef("seq")
    ).order_by()
    return Q(file__isnull=True) | Q(seq=0) | Q(~Exists(before))


def _others(beside: QuerySet[Notice], shown: Sequence[Notice]) -> dict[tuple[str, datetime], list[AlsoTold]]:
    """Return what the notices of files tell beside their first one, by topic and round (one query, where there is such a notice)."""
    rounds = {row.at for row in shown if row.file_id}
    found: dict[tuple[str, datetime], list[AlsoTold]] = {}
    if not rounds:
        return found
    told = beside.filter(at__in=rounds).order_by("seq", "id")
    rows = told.values_list("topic", "at", "duty__public_id", "duty__title", "duty__holder_unit__name")
    for topic, at, duty, title, unit in rows:
        found.setdefault((topic, at), []).append(AlsoTold(duty, title, unit))
    return found


def _still_seen(who: scope.Actor) -> Q:
    """Return the condition that a notice is of a duty that the person sees, or of a unit that the person heads or inherited.

    That a period exists is no secret.
    """
    led = {hat.body_id for hat in who.hats if who.leads(hat.body_id)}
    mine = Q(unit__in=led) | Q(unit__in=scope.inherited(led)) if led else Q(unit__in=led)
    return scope.seen_duty(who, "duty") | Q(period__isnull=False) | mine


def _line(row: Notice, others: Mapping[tuple[str, datetime], list[AlsoTold]]) -> NoticeRow:
    duty, period = row.duty, row.period
    if row.unit is not None:
        return _of_unit(row, row.unit)
    if duty is None:
        assert period is not None
        name = titled(period.kind, period.number, period.year)
        return NoticeRow(
            row.pk, row.at, row.topic, TOPICS[row.topic], None, name, "", "", row.read_at is None, period.public_id
        )
    return NoticeRow(
        row.pk, row.at, row.topic, label_of(duty.kind, row.topic), duty.public_id, duty.title, str(duty.document or ""),
        _about(duty), row.read_at is None, others=others.get((row.topic, row.at), ()) if row.file_id else (),
    )  # fmt: skip


def _of_unit(row: Notice, unit: Unit) -> NoticeRow:
    code = row.topic.removeprefix(OF_SIGN)
    label = SIGNS[Code(code)].label
    return NoticeRow(
        row.pk, row.at, row.topic, TOPICS["sign"], None, label, "", unit.name, row.read_at is None, None, code, unit.public_id
    )  # fmt: skip


def _about(duty: Duty) -> str:
    """Return the unit whose work a notice is about: of a confirmation or a proposal the unit that waits for it."""
    waits = duty.kind in {"confirmation", "proposal"}
    about = duty.giver_unit if waits and duty.giver_unit else duty.holder_unit
    return about.name


def unread(who: scope.Actor, at: datetime) -> int:
    """Return how many notices, of those that the list shows, the person has not read."""
    if not _any_unread(who.officer_id, at):  # every page asks, and mostly there are none
        return 0
    seen = _seen(who, at)
    return seen.filter(_tells(seen), read_at__isnull=True).count()


@kept(BigAutoField(), DateTimeField())
def _any_unread(recipient: Slot, at: Slot) -> QuerySet[Notice, int]:
    mine = Notice.objects.filter(told_by(at), recipient=recipient, read_at__isnull=True)
    return mine.values_list("pk", flat=True)[:1]
