"""The made-up province is steered: a theme for the year, programmes of work, figures that units reach or miss."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from kycuong.core.targets import AT_MOST, written
from kycuong.queries import documents, scope, simulation, targets
from kycuong.queries import programmes as plans
from kycuong.services import periods, programmes, themes
from kycuong.services import targets as figures

THEME = "Năm kỷ cương, hành động, về đích sớm"
TOPIC = "Chuyển đổi số trong giải quyết công việc"
SHORT_OF_IT = "Phần còn thiếu do hai đơn vị chưa gửi đủ số liệu; tiếp tục theo dõi ở kỳ sau."

#: What the heads of three departments plan for the last quarter: text, lead, participants, quarter, term, product.
PLANS: dict[str, tuple[tuple[str, str, str, str, str, str], ...]] = {
    "gd.stc": (
        ("Rà soát, điều chuyển vốn các dự án chậm giải ngân", "", "Sở Xây dựng", "IV", "30/11/2026", "Tờ trình"),
        ("Giải ngân vốn đầu tư công đạt ít nhất 95% kế hoạch", "", "", "IV", "31/12/2026", "Báo cáo"),
        ("Công khai ngân sách nhà nước", "", "", "", "hằng quý", "Thông báo"),
        ("Tập huấn mua sắm công cho các xã, phường", "", "", "IV", "18/11/2026", "Lớp tập huấn"),
    ),
    "gd.snv": (
        ("Kiểm tra công vụ đột xuất tại ít nhất 12 đơn vị", "", "", "IV", "15/12/2026", "Thông báo kết quả"),
        ("Tổng hợp báo cáo kỷ cương hành chính năm", "", "", "IV", "30/11/2026", "Báo cáo"),
    ),
}  # fmt: skip


def set_themes(actor: scope.Actor, at: datetime) -> None:
    """Add the theme of the year and a topic."""
    themes.add(actor=actor, at=at, name=THEME, kind="year", year=at.year)
    themes.add(actor=actor, at=at, name=TOPIC, kind="topic")


def serve_theme(actor: scope.Actor, at: datetime, document: UUID) -> None:
    """Put a document that was issued under the theme of the year."""
    page = documents.document(actor, document, at)
    year = [one.public_id for one in page.themes.choices if one.kind == "year"]
    themes.set_themes(actor=actor, at=at, document=document, themes=year)


def plan(login: str, at: datetime) -> list[UUID]:
    """Let the head of a department draft, submit and approve its programme of the year; return the documents."""
    head = scope.actor(simulation.officer_id(login), at)
    unit = simulation.unit_of(head.hats[0].body_id)
    made = programmes.start(actor=head, at=at, unit=unit, year=at.year)
    for text, lead, participants, quarter, term, product in PLANS[login]:
        typed = programmes.Typed(text, lead, participants, quarter, term, product)
        programmes.put(actor=head, at=at, programme=made, typed=typed)
    programmes.submit(actor=head, at=at, programme=made)
    programmes.approve(actor=head, at=at, programme=made)
    return [key for key, _ in plans.programme(head, made, at).documents]


def say_figures(duty: UUID, head: scope.Actor, at: datetime, luck: int) -> None:
    """Let a unit say the values of a task's targets; one in five falls a little short."""
    for row in targets.rows_of_duty(head, duty):
        missed = luck % 5 == 0
        share = Decimal("1.1" if row.direction == AT_MOST else "0.93") if missed else Decimal(1)
        value = written((row.plan * share).quantize(Decimal("0.1")))
        figures.record(
            actor=head, at=at, target=row.public_id, value=value, as_of=date(at.year, at.month, 1),
            source="Báo cáo tổng hợp của đơn vị", occurrence=duty if row.duty_id != duty else None,
        )  # fmt: skip


def reason(duty: UUID) -> str:
    """Return why a task is confirmed below its number, empty when it has reached it."""
    return SHORT_OF_IT if simulation.falls_short(duty) else ""


def open_month(opener: scope.Actor, at: datetime) -> UUID:
    """Open the month before for reconciliation."""
    last = date(at.year, at.month, 1) - timedelta(days=1)
    return periods.open_period(actor=opener, at=at, kind="month", year=last.year, number=last.month)


def agree(login: str, at: datetime, period: UUID) -> None:
    """Let the head of a unit agree to its figures."""
    head = scope.actor(simulation.officer_id(login), at)
    periods.agree(actor=head, at=at, period=period, unit=simulation.unit_of(head.hats[0].body_id))


def close(login: str, at: datetime, period: UUID) -> None:
    """Let the head of the Office close a period."""
    periods.close(actor=scope.actor(simulation.officer_id(login), at), at=at, period=period)
