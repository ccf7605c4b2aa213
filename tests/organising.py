"""What the tests of organisational change share: plans, open work, and the totals that must not change."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from kycuong.models import Duty, DutyHolding, OrgChange
from kycuong.services import org_changes as changes
from tests import make

DAY = "2026-11-16 08:00"
REASON = "Thực hiện chủ trương sắp xếp tổ chức bộ máy"
COMMUNES = (
    "Giao Ủy ban nhân dân xã Khe Sim rà soát hộ nghèo, báo cáo trước ngày 30/11/2026.",
    "Giao Ủy ban nhân dân phường Bến Ngự chủ trì, phối hợp với Ủy ban nhân dân xã Khe Sim lập danh sách, "
    "hoàn thành trước ngày 25/11/2026.",
)


def plan(kind: str, *units: str, on: str = "2026-11-16", decision: str = "88/QĐ-UBND", **more: Any) -> dict[str, Any]:
    """Return a plan as a form or a file gives it."""
    return {"kind": kind, "decision": decision, "in_force_on": on, "reason": REASON, "units": list(units), **more}


def merged(into: dict[str, Any] | str = "X2", *units: str, **more: Any) -> dict[str, Any]:
    """Return the plan of a merger."""
    return plan("merge", *(units or ("X1",)), successors=[into], **more)


NEW = {"code": "X9", "name": "Ủy ban nhân dân phường Sim Ngự", "short_name": "UBND phường Sim Ngự", "head": "ctx1"}


def drafted(given: dict[str, Any], when: str = DAY, login: str = "gdsnv") -> UUID:
    """Draft a change."""
    return changes.draft(actor=make.who(login, when), at=make.at(when), plan=given)


def decided(given: dict[str, Any], when: str = DAY, login: str = "gdsnv") -> OrgChange:
    """Draft and decide a change; return it as it stands."""
    change = drafted(given, when, login)
    changes.decide(actor=make.who(login, when), at=make.at(when), change=change)
    return OrgChange.objects.get(public_id=change)


def open_at(code: str) -> int:
    """Return how many open duties a unit holds."""
    return Duty.objects.filter(holder_unit__code=code).exclude(phase="closed").count()


def open_now() -> int:
    """Return how many duties are open."""
    return Duty.objects.exclude(phase="closed").count()


def without_holder() -> list[Duty]:
    """Return the open duties that lie with nobody: an ended unit, an empty desk, no holding or one of somebody else."""
    wrong = []
    for duty in Duty.objects.exclude(phase="closed").select_related("holder_unit", "holder_post__unit"):
        holdings = list(DutyHolding.objects.filter(duty=duty, until_at__isnull=True))
        post = duty.holder_post
        ended = duty.holder_unit.valid_until or (post and post.unit.valid_until)
        filled = post and post.appointments.filter(officer=duty.holder_officer, valid_until__isnull=True).exists()
        ended = ended or not filled
        held = len(holdings) == 1 and holdings[0].officer_id == duty.holder_officer_id
        if ended or not held or duty.holder_officer_id is None:
            wrong.append(duty)
    return wrong


def closed_figures() -> dict[str, int]:
    """Return how many closed duties each unit has: the figures of the past."""
    rows = Duty.objects.filter(phase="closed").values_list("holder_unit__code", flat=True)
    return dict(Counter(rows))
