"""What the review of the backlog refuses, by code; Vietnamese source, values in braces."""

from __future__ import annotations

from typing import Final

BACKLOG_MESSAGES: Final = {
    "backlog_not_allowed": (
        "Việc rà soát tồn đọng do Văn phòng, lãnh đạo UBND tỉnh mở; thủ trưởng đơn vị mở được cho đơn vị mình và các đơn vị "
        "trực thuộc."
    ),
    "backlog_not_visible": "Không tìm thấy cuộc rà soát này, hoặc cuộc rà soát không thuộc phạm vi theo dõi của đồng chí.",
    "backlog_line_not_visible": "Nhiệm vụ này không nằm trong cuộc rà soát.",
    "backlog_days_out": "Số ngày làm việc phải từ 1 đến {most}. Ghi lại số ngày.",
    "backlog_empty": "Không có nhiệm vụ nào thuộc phạm vi này. Giảm số ngày, hoặc chọn phạm vi rộng hơn.",
    "backlog_too_many": (
        "Phạm vi này có {n} nhiệm vụ; một cuộc họp rà soát tối đa {most} nhiệm vụ. Chọn theo đơn vị, văn bản, hoặc tăng số ngày."
    ),
    "backlog_meanwhile": "Người khác vừa mở một cuộc rà soát có các nhiệm vụ này. Tải lại trang để xem.",
    "backlog_closed": "Cuộc rà soát này đã kết thúc nên không ghi thêm quyết định. Mở cuộc rà soát mới cho nhiệm vụ còn lại.",
    "backlog_not_closed": "Cuộc rà soát chưa kết thúc. Kết thúc cuộc rà soát rồi tải biên bản.",
    "backlog_signed": "Biên bản đã ký được gắn vào nên không sửa được nữa.",
    "backlog_decision_missing": "Chưa chọn quyết định. Chọn một trong bốn cách xử lý.",
    "backlog_reason_missing": "Chưa ghi lý do. Ghi rõ ý kiến của cuộc họp để đơn vị biết và để đưa vào biên bản.",
    "backlog_to_missing": "Chưa chọn nơi nhận. Chọn đơn vị hoặc người nhận trong danh sách.",
    "backlog_date_missing": "Chưa ghi thời hạn mới. Nhập ngày theo dạng ngày/tháng/năm.",
    "backlog_line_decided": "{name} đã ghi quyết định cho nhiệm vụ này: {decision}. Hoàn tác quyết định đó trước, nếu cần ghi lại.",
    "backlog_line_undecided": "Nhiệm vụ này chưa có quyết định nào để hoàn tác.",
    "backlog_not_undone": (
        "Quyết định này đã làm thay đổi nhiệm vụ nên không hoàn tác được ở đây. "
        "Mở nhiệm vụ để xử lý tiếp: giao lại, giao thay thế."
    ),
    "backlog_people_missing": "Biên bản phải có người chủ trì, thư ký và thành phần dự họp. Ghi đủ rồi kết thúc.",
    "backlog_has_decisions": "Cuộc rà soát đã có {n} quyết định nên không hủy được. Kết thúc cuộc rà soát để lập biên bản.",
    "backlog_signed_early": "Ngày ký {date} trước ngày mở cuộc rà soát {opened}. Kiểm tra lại ngày ký hoặc tệp đã chọn.",
}
