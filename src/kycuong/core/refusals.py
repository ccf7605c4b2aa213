"""What the time half of the core refuses, in one clear Vietnamese sentence by code."""

from __future__ import annotations

from collections.abc import Mapping

from kycuong.core.errors import Invalid
from kycuong.core.sentences import Sentence

REFUSALS = {
    "out_of_calendar": "Ngày {on} nằm ngoài lịch làm việc {calendar} (từ năm {first} đến năm {last}).",
    "limit_empty": "Chưa ghi thời hạn.",
    "limit_unreadable": "Không hiểu thời hạn “{text}”; hãy ghi như “5 ngày làm việc”, “10 ngày”, “2 tháng”.",
    "limit_unit": "Không có đơn vị thời hạn “{unit}”; dùng giờ làm việc, ngày làm việc, ngày, tuần, tháng hoặc năm.",
    "limit_hours_kind": "Thời hạn “{text}” cần ghi rõ là giờ làm việc, ví dụ “8 giờ làm việc”.",
    "limit_qty": "Độ dài thời hạn phải từ 1 đến {max}, không thể là {qty}.",
    "no_such_date": "Ngày {text} không tồn tại: tháng {month} chỉ có {days} ngày.",
    "no_such_month": "Ngày {text} không tồn tại: không có tháng {month}.",
    "no_such_day": "Ngày {text} không tồn tại: không có ngày {day}.",
    "year_out": "Năm {year} nằm ngoài các năm tính được (từ {first} đến {last}).",
    "no_such_time": "Giờ {text} không tồn tại; giờ từ 00:00 đến 23:59.",
    "no_such_zone": "Múi giờ {text} không tồn tại.",
    "date_unreadable": "Không hiểu ngày “{text}”; hãy ghi như 2026-02-12, 2026-02-12T15:30 hoặc 12/02/2026.",
    "hours_unreadable": "Không hiểu giờ làm việc “{text}”; hãy ghi như 07:30-11:30,13:30-17:00.",
    "clock_not_running": "Đồng hồ của việc này đang không chạy nên không thể tạm dừng.",
    "clock_not_paused": "Đồng hồ của việc này không ở trạng thái tạm dừng.",
    "stop_backwards": "Thời điểm kết thúc không thể đứng trước thời điểm bắt đầu.",
    "extension_not_later": "Hạn mới phải muộn hơn hạn đang có.",
    "bad_recurrence": "Không hiểu chu kỳ “{text}”: {part}.",
    "no_occurrence": "Chu kỳ “{text}” không có lần nào trong {years} năm tới.",
}


def refusal_text(code: str, values: Mapping[str, object]) -> str:
    """Return the sentence of a refusal."""
    return Sentence(REFUSALS[code], **values)


class Refused(Invalid):
    """Say why a time, a limit or a period cannot be used: a code of `REFUSALS` and its values."""

    @property
    def message(self) -> str:
        """Return the sentence in Vietnamese."""
        return refusal_text(self.code, self.values)
