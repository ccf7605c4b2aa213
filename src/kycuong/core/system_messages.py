"""What is refused to other systems and about them, by code."""

from __future__ import annotations

from typing import Final

SYSTEM_MESSAGES: Final[dict[str, str]] = {
    "right_missing": "Chưa chọn quyền nào cho hệ thống kết nối. Chọn ít nhất một quyền.",
    "right_not_given": "Mã truy cập này không có quyền “{right}”. Đề nghị Quản trị hệ thống cấp mã truy cập có quyền đó.",
    "token_days": "Thời hạn của mã truy cập phải từ 1 đến {most} ngày.",
    "token_unknown": "Không có mã truy cập này.",
    "token_revoked": "Mã truy cập này đã thu hồi.",
    "system_missing": "Chưa ghi tên hệ thống kết nối. Ghi tên để biết mã truy cập này là của hệ thống nào.",
    "post_not_held": "{officer} hiện không giữ chức danh này. Chọn một chức danh đang giữ.",
    "post_missing": "{officer} không giữ đúng một chức danh. Ghi rõ chức danh mà hệ thống kết nối hành động theo.",
    "key_used": "Idempotency-Key này đã dùng cho một yêu cầu khác. Mỗi yêu cầu dùng một khóa riêng.",
    "due_asked_once": "Ghi đúng một trong ba: thời hạn (limit), đến hết ngày (by) hoặc trước ngày (before).",
    "hook_url": "Địa chỉ nhận sự kiện không hợp lệ: {url}. Ghi địa chỉ https đầy đủ, không kèm tên đăng nhập.",
    "subscription_not_visible": "Không tìm thấy đăng ký nhận sự kiện này.",
    "subscription_moved": "Đăng ký này vừa được người khác thay đổi. Tải lại trang để xem tình trạng mới.",
    "replay_range": "Ghi khoảng thời gian gửi lại: từ lúc nào (trước) đến lúc nào (sau).",
    "unsubscribe_unknown": (
        "Đường dẫn thôi nhận thư không còn hiệu lực. Đăng nhập, mở mục Nhận nhắc việc qua thư điện tử để chọn cách nhận."
    ),
    "feed_not_visible": "Địa chỉ lịch này không có hoặc đã thu hồi.",
}
