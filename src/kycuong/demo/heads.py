"""A head of the made-up province is late time after time: Home Affairs asks, the head explains, the Office agrees first."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from kycuong.queries import accountability as queries
from kycuong.queries import scope, simulation
from kycuong.services import accountability, chasing

SAID = (
    "Đơn vị chậm do dồn nhân lực cho đợt rà soát hồ sơ sau sắp xếp tổ chức; đã phân công lại, cam kết hoàn thành trước ngày 10/12. "
    "Người đứng đầu nhận trách nhiệm về việc chưa báo cáo khó khăn kịp thời."
)


def ask(login: str, at: datetime) -> UUID | None:
    """Let the head of Home Affairs ask the head who is late most often; None when nobody is."""
    who = scope.actor(simulation.officer_id(login), at)
    first = next((one for one in queries.signals(who, at) if one.case_id is None), None)
    return accountability.open_case(actor=who, at=at, unit=first.unit_id) if first else None


def explain(login: str, case: UUID, at: datetime) -> None:
    """Let the head explain; `login` is who looks the case up."""
    page = queries.case(scope.actor(simulation.officer_id(login), at), case, at)
    head = simulation.holder(page.explanation_id)
    if head:
        chasing.explain(actor=scope.actor(head, at), at=at, duty=page.explanation_id, note=SAID)


def agree(login: str, case: UUID, at: datetime) -> None:
    """Agree to the joint submission for one side; the other is left to the visitor."""
    accountability.agree(actor=scope.actor(simulation.officer_id(login), at), at=at, case=case)
