"""A directive that asks for a report before 01/12 through Home Affairs, and the steps of its collection."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from kycuong.models import Document, Duty, Order
from kycuong.services import directives
from kycuong.services.reports import Place
from tests import make

ORDERS = (
    "1. Sở Xây dựng rà soát các dự án chậm tiến độ, hoàn thành trước ngày 16/11/2026.\n"
    "2. Các sở, ban, ngành tỉnh và Ủy ban nhân dân các xã, phường công khai kết quả giải quyết hồ sơ, hoàn thành trước ngày "
    "20/11/2026.\n"
    "3. Các sở, ban, ngành tỉnh thường xuyên kiểm tra việc chấp hành giờ làm việc.\n"
    "4. Các sở, ban, ngành tỉnh và Ủy ban nhân dân các xã, phường báo cáo kết quả thực hiện Chỉ thị này trước ngày 01/12 hằng năm "
    "về Ủy ban nhân dân tỉnh qua Sở Nội vụ để tổng hợp."
)
SLOT = date(2026, 12, 1)


def issued(when: str = make.MONDAY, orders: str = ORDERS) -> Document:
    """Register and issue the directive."""
    document = make.upload(make.paper(orders=orders, subject="siết chặt kỷ luật, kỷ cương"), when)
    clerk = make.who("vanthu", when)
    directives.triage(actor=clerk, at=make.at(when), document=document.public_id, has_orders=True)
    directives.issue(actor=clerk, at=make.at(when), document=document.public_id)
    return document


def key(document: Document) -> UUID:
    """Return the key of the collection: the order that asks for the report."""
    return Order.objects.get(document=document, kind="periodic").public_id


def place(document: Document, unit: str) -> Place:
    """Return where a unit's report has its place."""
    return Place(key(document), SLOT, make.unit(unit).public_id)


def task(document: Document, unit: str, path: str) -> Duty:
    """Return the duty of a unit under one point."""
    return Duty.objects.get(document=document, holder_unit__code=unit, task__order__path=path, kind="task")


def report_duty(document: Document, unit: str) -> Duty:
    """Return the report duty of a unit."""
    return Duty.objects.get(document=document, holder_unit__code=unit, slot=SLOT, kind="task")
