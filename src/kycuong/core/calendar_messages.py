"""The sentences about the calendar, office hours and limits, by code; part of the catalogue in messages.py."""

from __future__ import annotations

from typing import Final

CALENDAR_MESSAGES: Final[dict[str, str]] = {
    "calendar_not_allowed": "Việc thay đổi lịch làm việc, giờ làm việc và quy định thời hạn thuộc Quản trị hệ thống và Chánh Văn phòng.",
    "calendar_missing": "Chưa nạp lịch làm việc. Quản trị hệ thống chạy lệnh kycuong migrate rồi thực hiện lại.",
    "calendar_changed_meanwhile": (
        "Lịch làm việc vừa được người khác thay đổi sau khi đồng chí xem trước. Xem trước lại rồi mới áp dụng."
    ),
    "calendar_changed_now": "Lịch làm việc vừa thay đổi đúng lúc này. Thực hiện lại để thời hạn được tính theo lịch mới.",
    "calendar_busy": "Lần thay đổi lịch trước chưa chuyển hết hạn của các nhiệm vụ. Chờ vài phút rồi thực hiện lại.",
    "change_not_visible": "Không tìm thấy lần thay đổi lịch này.",
    "calendar_reason_missing": "Chưa ghi lý do thay đổi. Ghi ngắn gọn để người bị chuyển hạn hiểu vì sao.",
    "change_reversed": "Lần thay đổi này đã được hoàn tác hoặc chỉ chỉnh lý hồ sơ, không có gì để hoàn tác.",
    "change_passed": "Các ngày của lần thay đổi này đã qua nên không hoàn tác được.",
    "change_overtaken": "Nội dung của {number} đã được một lần thay đổi sau sửa lại. Hoàn tác lần thay đổi sau trước.",
    "decision_missing": "Chưa ghi đủ số, ký hiệu và cơ quan ban hành của văn bản quyết định.",
    "decision_date_missing": "Chưa ghi ngày ban hành của văn bản quyết định. Nhập ngày theo dạng ngày/tháng/năm.",
    "limit_from_far": "Ngày áp dụng phải trong vòng ba năm (đến hết {date}). Kiểm tra lại ngày trong văn bản quyết định.",
    "decision_future": "Ngày ban hành {date} sau hôm nay. Kiểm tra lại ngày của văn bản quyết định.",
    "days_missing": "Chưa ghi ngày nghỉ hoặc ngày làm bù nào. Nhập ít nhất một ngày theo dạng ngày/tháng/năm.",
    "days_too_many": "Một lần thay đổi chỉ nhận tối đa {limit} ngày. Tách thành nhiều lần.",
    "day_twice": "Ngày {date} ghi hai lần. Mỗi ngày chỉ ghi ở một ô: nghỉ hoặc làm bù.",
    "day_outside": "Ngày {date} ngoài các năm của lịch ({first}–{last}).",
    "day_past": (
        "Ngày {date} đã qua. Ngày đã qua chỉ chỉnh lý hồ sơ được (không chuyển hạn nào): đánh dấu “Chỉnh lý hồ sơ” rồi xem trước lại."
    ),
    "day_not_past": "Ngày {date} chưa qua nên không chỉnh lý hồ sơ được. Bỏ dấu “Chỉnh lý hồ sơ” để thay đổi lịch.",
    "range_wrong": "Khoảng ngày “{text}” không đúng. Ghi ngày đầu trước ngày cuối, ví dụ 05/02/2027-11/02/2027.",
    "limit_quantity": "Số ngày phải là số nguyên từ 1 đến {most}.",
    "limit_from_missing": "Chưa ghi ngày có hiệu lực. Nhập ngày theo dạng ngày/tháng/năm.",
    "limit_from_past": "Quy định mới chỉ có hiệu lực từ ngày {date} trở đi, không áp dụng ngược lại.",
    "login_unknown": "Không có người nào đăng nhập bằng tên “{login}”.",
    "hours_wrong": "Giờ làm việc phải theo thứ tự trong ngày và không chồng nhau, ví dụ 07:30-11:30, 13:30-17:00.",
    "hours_same": "{unit} đang làm việc theo đúng giờ này, không có gì để thay đổi.",
}
