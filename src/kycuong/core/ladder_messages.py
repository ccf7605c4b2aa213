"""Sentences of what is refused about ladders and mail."""

from __future__ import annotations

from typing import Final

LADDER_MESSAGES: Final[dict[str, str]] = {
    "address_unreadable": "“{text}” không phải địa chỉ thư điện tử. Ghi theo dạng ten@coquan.gov.vn.",
    "address_elsewhere": "Địa chỉ thư phải thuộc tên miền của cơ quan: {domains}.",
    "address_missing": "Chưa ghi địa chỉ thư điện tử. Ghi địa chỉ, hoặc chọn không nhận thư.",
    "mail_not_failed": "Thư này không ở trạng thái lỗi nên không cần gửi lại. Tải lại trang để xem.",
    "ladder_not_allowed": "Thang nhắc việc do Chánh Văn phòng hoặc Quản trị hệ thống điều chỉnh theo quyết định của cơ quan.",
    "ladder_moved_meanwhile": "Nấc nhắc này vừa được người khác điều chỉnh. Tải lại trang để xem rồi thực hiện lại.",
    "ladder_unknown": "Không có nấc nhắc này trong thang. Tải lại trang rồi chọn lại.",
    "rung_without_hearer": "Chưa chọn người được nhắc. Chọn ít nhất một người, hoặc chọn “Không nhắc ở nấc này”.",
    "rung_days_out": "Số ngày làm việc phải từ 1 đến {most}. Nhập lại số ngày.",
    "rung_not_ascending": "Nấc sau phải nhắc muộn hơn nấc trước. Nhập lại số ngày làm việc của nấc này.",
    "ladder_decision_missing": "Chưa ghi số quyết định. Ghi số, ký hiệu văn bản quyết định việc điều chỉnh.",
    "ladder_reason_missing": "Chưa ghi lý do điều chỉnh. Ghi ngắn gọn để người sau tra cứu được.",
}
