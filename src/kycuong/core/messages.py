"""The catalogue of sentences by code, Vietnamese source; values in braces."""

from __future__ import annotations

from typing import Final

MESSAGES: Final[dict[str, str]] = {
    "duty_not_visible": "Không tìm thấy nhiệm vụ này, hoặc nhiệm vụ không thuộc phạm vi theo dõi của đồng chí.",
    "document_not_visible": "Không tìm thấy văn bản này, hoặc văn bản không thuộc phạm vi theo dõi của đồng chí.",
    "order_not_visible": "Không tìm thấy nội dung giao việc này trong văn bản.",
    "file_not_visible": "Không tìm thấy tệp này, hoặc tệp không thuộc phạm vi theo dõi của đồng chí.",
    "unit_not_visible": "Không tìm thấy đơn vị này, hoặc đồng chí không theo dõi đơn vị này.",
    "page_not_visible": "Trang này dành cho người có nhiệm vụ tương ứng. Liên hệ Văn phòng UBND tỉnh nếu cần quyền xem.",
    "act_not_allowed": "Đồng chí không thực hiện được bước “{act}” với nhiệm vụ này; việc đang ở bàn của {desk}.",
    "intake_not_allowed": "Việc đăng ký, rà soát và giao việc thuộc Văn thư, Chuyên viên theo dõi và lãnh đạo Văn phòng UBND tỉnh.",
    "administer_not_allowed": "Việc này thuộc Quản trị hệ thống.",
    "move_not_possible": (
        "Nhiệm vụ đang ở trạng thái “{phase}” nên không thực hiện được bước “{act}”. "
        "Tải lại trang để xem trạng thái mới nhất."
    ),
    "moved_meanwhile": "Nhiệm vụ vừa được người khác xử lý. Tải lại trang để xem thay đổi rồi thực hiện lại.",
    "document_moved_meanwhile": "Văn bản vừa được người khác xử lý ({state}). Tải lại trang để xem thay đổi.",
    "desk_unknown": "Chưa chọn nơi nhận, hoặc nơi nhận không thuộc đơn vị được giao. Chọn phòng hoặc chuyên viên trong danh sách.",
    "desk_vacant": "Chức danh “{title}” hiện chưa có người giữ. Chọn nơi nhận khác hoặc báo Quản trị cập nhật bổ nhiệm.",
    "file_missing": "Chưa chọn tệp văn bản kết quả. Chọn tệp văn bản đã ký (PDF, DOCX) rồi bấm Gửi báo cáo kết quả.",
    "file_empty": "Tệp “{name}” rỗng. Chọn lại tệp văn bản đã ký.",
    "file_too_large": "Tệp “{name}” lớn hơn {limit} MB. Tách nhỏ hoặc nén lại tệp rồi gửi.",
    "note_missing": "Chưa ghi lý do. Ghi rõ nội dung chưa đạt để đơn vị biết phải hoàn thiện gì.",
    "proposal_reason_missing": "Chưa ghi nội dung, lý do. Ghi rõ để người giao việc có cơ sở xem xét.",
    "proposal_basis_missing": (
        "Chưa ghi căn cứ. Nêu điều khoản hoặc văn bản quy định nhiệm vụ không thuộc thẩm quyền của đơn vị."
    ),
    "proposal_so_far_missing": "Chưa ghi kết quả đã thực hiện. Nêu sản phẩm đã có đến lúc xin gia hạn.",
    "proposal_open": "Đơn vị đã có {noun} đang chờ quyết định. Chờ người giao việc trả lời, hoặc rút đề xuất đó trước.",
    "extension_without_date": "Nhiệm vụ không có thời hạn nên không có hạn để gia hạn.",
    "extension_higher_level": (
        "Thời hạn do cấp trên ấn định nên không gia hạn được ở đây. Đơn vị báo cáo, đề nghị cơ quan ban hành văn bản."
    ),
    "extension_after_due": "Nhiệm vụ đã quá hạn nên không xin gia hạn được; việc xin gia hạn phải thực hiện trước khi hết hạn.",
    "extension_date_missing": "Chưa ghi ngày xin gia hạn đến. Nhập ngày theo dạng ngày/tháng/năm.",
    "extension_date_not_later": "Ngày gia hạn phải sau hạn hiện tại (hết ngày {last}).",
    "answer_missing": "Chưa ghi nội dung trả lời. Ghi rõ cách giải quyết để đơn vị thực hiện.",
    "result_missing": "Chưa có kết quả nào được gửi cho nhiệm vụ này.",
    "result_date_future": "Ngày ký {date} sau ngày gửi. Kiểm tra lại ngày ký trên văn bản kết quả.",
    "document_known": "Văn bản số {document} của {issuer} năm {year} đã có trong sổ đăng ký. Mở văn bản đã đăng ký để xử lý tiếp.",
    "document_unknown": "Trong sổ chưa có văn bản số {document}. Ghi đủ số và ký hiệu, ví dụ 12/CT-UBND, hoặc đăng ký văn bản đó trước.",
    "arrival_no_known": "Số đến {arrival_no} năm {year} đã dùng. Số đến tiếp theo còn trống là {next_no}.",
    "line_empty": "Chưa có nội dung giao việc. Ghi một câu nêu rõ ai làm gì, khi nào xong.",
    "document_without_order": "Văn bản chưa có nội dung giao việc nào được giữ lại. Thêm nội dung giao việc hoặc chuyển sang “để biết”.",
    "orders_without_lead": (
        "Còn {n} nội dung chưa xác định được đơn vị chủ trì (điểm {paths}). "
        "Chọn đơn vị chủ trì hoặc ghi lý do không giao việc."
    ),
    "order_without_date": "Nội dung có thời hạn phải có ngày đến hạn. Nhập ngày, hoặc chọn loại khác.",
    "order_without_rule": "Nội dung định kỳ phải có chu kỳ. Chọn chu kỳ, hoặc chọn loại khác.",
    "order_without_lead": "Mỗi nhiệm vụ phải có đúng một đơn vị chủ trì. Chọn đơn vị hoặc nhóm đơn vị.",
    "rule_unknown": "Không đọc được chu kỳ “{rule}”. Chọn một chu kỳ trong danh sách.",
    "date_unknown": "Ngày “{text}” không có trong lịch. Nhập ngày theo dạng ngày/tháng/năm.",
    "unit_unknown": "Không có đơn vị “{text}” trong danh mục đang còn hiệu lực. Chọn đơn vị trong danh sách gợi ý.",
    "kind_unknown": "Loại “{text}” không có trong danh mục.",
    "post_unknown": "Không có chức danh này trong danh mục đang còn hiệu lực. Chọn lại trong danh sách.",
    "span_unknown": "Đoạn được chọn không nằm trọn trong văn bản. Chọn lại đoạn văn.",
    "split_outside": "Vị trí tách phải nằm giữa nội dung. Chọn lại vị trí tách.",
    "merge_apart": "Chỉ gộp được hai nội dung đứng liền nhau trong văn bản.",
    "drop_reason_missing": "Ghi lý do không giao việc đối với nội dung này.",
    "undo_empty": "Không còn thay đổi nào để hoàn tác.",
    "giver_missing": "Chưa chọn người giao việc.",
    "clock_backwards": "Đồng hồ thử nghiệm không lùi: hiện là {now}, không đặt được {to}.",
    "clock_not_demo": "Chỉ dời được đồng hồ ở bản chạy thử.",
    "folder_unwritable": "Không ghi được vào thư mục {folder}: {why}. Chọn thư mục khác hoặc kiểm tra quyền ghi.",
    "disk_failed": "Chưa lưu được tệp do lỗi ổ đĩa. Việc chưa được ghi nhận; thử lại hoặc báo Quản trị.",
}
