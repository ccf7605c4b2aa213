"""The limits that an authority decides for itself: what each is called, what the product starts with, what may be chosen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from kycuong.core.calendars import NEAR_WORKING_DAYS
from kycuong.core.chasing import ANSWER_WORKING_DAYS, EXPLAIN_WORKING_DAYS
from kycuong.core.confirmations import CONFIRM_WORKING_DAYS
from kycuong.core.errors import Invalid
from kycuong.core.limits import Limit, Unit
from kycuong.core.periods import RECONCILE_WORKING_DAYS
from kycuong.core.proposals import DECIDE_WORKING_DAYS
from kycuong.core.signs import CONTEST_WORKING_DAYS, OWNER_WORKING_DAYS
from kycuong.core.transfers import ARBITRATE_WORKING_DAYS, RETURN_WORKING_DAYS

#: More working days than this for a confirmation or a reminder can only be a slip of the pen.
MOST: Final = 30
DEFAULT_DOCUMENT: Final = "Mặc định của phần mềm; quy chế làm việc của cơ quan thay thế"
#: From when the defaults hold: before every duty.
SINCE: Final = date(2010, 1, 1)


@dataclass(frozen=True, slots=True)
class Ruled:
    """A limit that an authority may decide: its name, what it limits, and what the product starts with."""

    code: str
    label: str
    meaning: str
    default: Limit


#: A day in force further ahead is a slip of the pen, and no later rule could follow it for as long. Basis: a default of the product.
FARTHEST: Final = timedelta(days=3 * 366)
RULED: Final = {
    one.code: one
    for one in (
        Ruled(
            "confirm",
            "Xác nhận kết quả",
            "kể từ khi đơn vị gửi kết quả đến khi người xác nhận trả lời đạt hay chưa đạt",
            Limit(CONFIRM_WORKING_DAYS, Unit.working_day, source=DEFAULT_DOCUMENT),
        ),
        Ruled(
            "decide",
            "Quyết định đề xuất",
            "kể từ khi đơn vị xin gia hạn, trả lại, nêu khó khăn hoặc kiến nghị đến khi người giao việc trả lời",
            Limit(DECIDE_WORKING_DAYS, Unit.working_day, source=DEFAULT_DOCUMENT),
        ),
        Ruled(
            "return_task",
            "Trả lại nhiệm vụ không thuộc thẩm quyền",
            "kể từ khi đơn vị nhận nhiệm vụ; trả lại sau đó vẫn được xem xét và ghi là trả lại muộn",
            Limit(RETURN_WORKING_DAYS, Unit.working_day, source=DEFAULT_DOCUMENT),
        ),
        Ruled(
            "arbitrate",
            "Phân xử thẩm quyền",
            "kể từ khi việc được chuyển phân xử đến khi người phân xử kết luận cơ quan có thẩm quyền",
            Limit(ARBITRATE_WORKING_DAYS, Unit.working_day, source=DEFAULT_DOCUMENT),
        ),
        Ruled(
            "answer_chase",
            "Trả lời văn bản đôn đốc",
            "kể từ khi soạn văn bản đôn đốc đến ngày đơn vị phải báo cáo",
            Limit(ANSWER_WORKING_DAYS, Unit.working_day, source=DEFAULT_DOCUMENT),
        ),
        Ruled(
            "explain",
            "Giải trình",
            "kể từ khi văn bản yêu cầu giải trình được gửi đến khi thủ trưởng đơn vị gửi giải trình",
            Limit(EXPLAIN_WORKING_DAYS, Unit.working_day, source=DEFAULT_DOCUMENT),
        ),
        Ruled(
            "reconcile",
            "Đối soát số liệu",
            "kể từ khi mở kỳ đối soát đến khi đơn vị không có ý kiến được coi là thống nhất",
            Limit(RECONCILE_WORKING_DAYS, Unit.working_day, source=DEFAULT_DOCUMENT),
        ),
        Ruled(
            "explain_sign",
            "Giải trình dấu hiệu cần rà soát",
            "kể từ ngày phát sinh đến ngày cuối cùng mà chỉ đơn vị thấy dấu hiệu và được giải trình trước",
            Limit(CONTEST_WORKING_DAYS, Unit.working_day, source=DEFAULT_DOCUMENT),
        ),
        Ruled(
            "find_owner",
            "Tìm ra nơi có thẩm quyền",
            "kể từ khi giao việc lần đầu đến khi giao đúng đơn vị có thẩm quyền; lâu hơn là dấu hiệu cần rà soát ở bên giao",
            Limit(OWNER_WORKING_DAYS, Unit.working_day, source=DEFAULT_DOCUMENT),
        ),
        Ruled(
            "near_due",
            "Sắp đến hạn",
            "số ngày làm việc còn lại mà từ đó nhiệm vụ được nhắc và hiện là sắp đến hạn",
            Limit(NEAR_WORKING_DAYS, Unit.working_day, source=DEFAULT_DOCUMENT),
        ),
    )
}


def check_limit(code: str, quantity: int | None, in_force_from: date | None, *, today: date, latest: date) -> None:
    """Refuse a limit that cannot be: unknown, of no or too many days, in force in the past or before the latest rule.

    Raises: Invalid.
    """
    if code not in RULED:
        raise Invalid("kind_unknown", text=code)
    if quantity is None or not 1 <= quantity <= MOST:
        raise Invalid("limit_quantity", most=MOST)
    check_from(in_force_from, today=today, latest=latest)


def check_from(on: date | None, *, today: date, latest: date) -> None:
    """Refuse a day from which a rule cannot hold: past, before the latest rule, or so far that no other could follow.

    Raises: Invalid.
    """
    if on is None:
        raise Invalid("limit_from_missing")
    if on < max(today, latest):
        raise Invalid("limit_from_past", date=f"{max(today, latest):%d/%m/%Y}")
    if on > today + FARTHEST:
        raise Invalid("limit_from_far", date=f"{today + FARTHEST:%d/%m/%Y}")
