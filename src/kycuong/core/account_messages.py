"""Sentences of what is refused about accounts and passwords."""

from __future__ import annotations

from typing import Final

ACCOUNT_MESSAGES: Final[dict[str, str]] = {
    "account_unknown": "Không có tài khoản “{text}”. Kiểm tra lại tên đăng nhập trong danh mục cán bộ.",
    "account_stopped": "Tài khoản này đã ngừng sử dụng. Cho sử dụng lại trước khi cấp mật khẩu.",
    "account_already_stopped": "Tài khoản này đã ngừng sử dụng. Tải lại trang để xem tình trạng.",
    "account_not_stopped": "Tài khoản này đang dùng. Tải lại trang để xem tình trạng.",
    "account_own": "Không tự cấp mật khẩu và không tự ngừng tài khoản của mình. Đổi mật khẩu ở trang Mật khẩu của tôi.",
    "account_reason_missing": "Chưa ghi lý do. Ghi lý do, căn cứ ngừng sử dụng tài khoản để người sau tra cứu được.",
    "password_moved_meanwhile": "Mật khẩu vừa được thay đổi ở nơi khác. Đăng nhập lại rồi thực hiện lại.",
    "password_missing": "Chưa có mật khẩu nào ở đầu vào. Ghi mật khẩu trên dòng đầu tiên.",
    "password_wrong": "Mật khẩu hiện tại không đúng. Kiểm tra phím Caps Lock, bộ gõ tiếng Việt rồi nhập lại.",
    "password_not_repeated": "Hai lần nhập mật khẩu mới không giống nhau. Nhập lại.",
    "password_same": "Mật khẩu mới trùng mật khẩu hiện tại. Chọn mật khẩu khác.",
    "password_too_short": "Mật khẩu mới phải có ít nhất {least} ký tự. Nên dùng vài từ dễ nhớ nối với nhau.",
    "password_too_common": "Mật khẩu này nhiều người dùng nên dễ bị đoán. Chọn mật khẩu khác.",
    "password_entirely_numeric": "Mật khẩu chỉ có chữ số nên dễ bị đoán. Thêm chữ vào mật khẩu.",
    "password_too_similar": "Mật khẩu gần giống tên hoặc tên đăng nhập nên dễ bị đoán. Chọn mật khẩu khác.",
    "password_weak": "Mật khẩu này chưa đủ mạnh. Chọn mật khẩu khác.",
}
