"""Words of reports: where one stands, what an act has done."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kycuong.queries.reports import PartLine

STATES: dict[str, str | Promise] = {
    "none": gettext_lazy("Chưa soạn"),
    "draft": gettext_lazy("Đang soạn"),
    "submitted": gettext_lazy("Đã trình, chờ duyệt"),
    "sent_back": gettext_lazy("Bị chuyển lại, đang hoàn thiện"),
    "sent": gettext_lazy("Đã gửi"),
    "received": gettext_lazy("Đã tiếp nhận"),
}
#: Filters of the list of a collection: the value in the address, its words, the states it keeps.
_FILTERS: tuple[tuple[str, str | Promise, frozenset[str]], ...] = (
    ("chua-gui", gettext_lazy("Chưa gửi"), frozenset({"none", "draft", "submitted", "sent_back"})),
    ("da-gui", gettext_lazy("Đã gửi"), frozenset({"sent", "received"})),
)
_DONE: dict[str, str | Promise] = {
    "luu": gettext_lazy("Đã lưu nội dung báo cáo."),
    "trinh": gettext_lazy("Đã trình lãnh đạo; số liệu của bản trình đã chốt."),
    "gui": gettext_lazy("Đã gửi báo cáo; mọi số liệu đã chốt kèm chứng cứ."),
    "tiep-nhan": gettext_lazy("Đã tiếp nhận báo cáo."),
    "tong-hop": gettext_lazy("Đã tổng hợp; số liệu của bản tổng hợp đã chốt."),
    "chot": gettext_lazy("Đã chốt số liệu; tải bản vừa chốt để ký."),
}


def is_shown(state: str, chosen: str) -> bool:
    """Return whether a unit in a state stands in the filtered list."""
    return next((state in kept for value, _name, kept in _FILTERS if value == chosen), True)


def filters(lines: Iterable[PartLine]) -> list[tuple[str, str, int]]:
    """Return the filters with how many units each keeps."""
    states = [line.state for line in lines]
    kept = [(value, str(name), sum(state in those for state in states)) for value, name, those in _FILTERS]
    return [("", _("Tất cả"), len(states)), *kept]


def done(address: str) -> str:
    """Return the sentence that follows an act."""
    return str(_DONE.get(address, _DONE["luu"]))
