"""Sentences about themes, programmes, targets and periods, by code."""

from __future__ import annotations

from typing import Final

PERIOD_MESSAGES: Final[dict[str, str]] = {
    "theme_not_visible": "Không tìm thấy chủ đề này. Quay lại danh sách chủ đề để chọn.",
    "theme_name_missing": "Chưa ghi tên chủ đề. Ghi tên như trong văn bản ban hành.",
    "theme_year_missing": "Chủ đề năm phải có năm. Ghi năm bằng bốn chữ số.",
    "theme_known": "Đã có chủ đề “{name}”. Dùng chủ đề đó, hoặc đặt tên khác.",
    "theme_ended": "Chủ đề “{name}” đã kết thúc nên không gắn thêm văn bản được. Cho dùng lại chủ đề trước.",
    "theme_unchanged": "Chủ đề đang như vậy rồi nên không có gì thay đổi.",
    "programme_not_visible": "Không tìm thấy chương trình công tác này, hoặc đồng chí không thuộc đơn vị lập chương trình.",
    "programme_not_allowed": "Chương trình công tác do người của chính đơn vị soạn; đồng chí chỉ xem được.",
    "programme_not_approver": "Phê duyệt, trả lại chương trình công tác thuộc thủ trưởng đơn vị hoặc cấp phó.",
    "programme_unit_unknown": "Chưa chọn đơn vị lập chương trình, hoặc đơn vị không còn hiệu lực.",
    "programme_year_unknown": "Năm của chương trình phải trong khoảng từ năm trước đến năm sau.",
    "programme_submitted": "Chương trình đang chờ phê duyệt nên chưa sửa được. Thủ trưởng trả lại thì sửa tiếp.",
    "programme_not_submitted": "Chương trình chưa được trình nên chưa phê duyệt, trả lại được.",
    "programme_empty": "Chưa có dòng nào để trình. Thêm dòng, hoặc nhận các dòng đề xuất trước.",
    "programme_proposed": "Còn {n} dòng đề xuất chưa được nhận hoặc bỏ. Xử lý hết rồi trình.",
    "programme_return_reason": "Chưa ghi lý do trả lại. Ghi rõ điểm phải sửa.",
    "programme_line_missing": "Chưa ghi nội dung công việc.",
    "programme_line_known": "Chương trình đã có dòng này (cùng nội dung, chủ trì, quý).",
    "programme_line_issued": "Dòng này đã thành nhiệm vụ nên không sửa, bỏ ở đây được. Mở nhiệm vụ để đính chính, gia hạn hoặc thôi giao.",
    "programme_line_not_visible": "Không tìm thấy dòng này trong chương trình.",
    "programme_lead_unknown": "Không rõ “{text}” là đơn vị nào. Ghi tên đơn vị hoặc phòng trong danh mục.",
    "programme_lead_other": "“{text}” không thuộc đơn vị. Chương trình của đơn vị giao việc cho chính đơn vị hoặc phòng của đơn vị.",
    "programme_quarter_unknown": "Không đọc được quý “{text}”. Ghi I, II, III, IV hoặc bỏ trống.",
    "programme_term_unknown": "Không đọc được thời hạn “{text}” nên lấy hết năm. Ghi ngày, tháng, quý, “hằng quý” hoặc “thường xuyên”.",
    "programme_term_passed": "Thời hạn {text} đã qua.",
    "programme_file_missing": "Chưa chọn tệp. Chọn tệp XLSX hoặc CSV theo mẫu.",
    "programme_file_unknown": "Không thấy cột “Nội dung công việc” trong tệp. Dùng tệp mẫu, không đổi tên cột.",
    "programme_file_secret": "Tệp có dòng mang dấu mật ({mark}) nên không được đưa vào hệ thống.",
    "programme_too_many": "Chương trình có hơn {n} dòng. Chia nhỏ hoặc chỉ đưa nhiệm vụ trọng tâm.",
    "programme_text_empty": "Không đọc được dòng nào. Dán mỗi việc một dòng.",
    "target_not_visible": "Không tìm thấy chỉ tiêu này, hoặc nhiệm vụ không thuộc phạm vi theo dõi của đồng chí.",
    "target_not_unit": "Số thực hiện do đơn vị chủ trì ghi (lãnh đạo, phòng hoặc người đang giữ việc).",
    "target_not_giver": "Sửa, bỏ hoặc thêm chỉ tiêu thuộc bên giao việc và người theo dõi.",
    "target_not_side": "Ý kiến về chỉ tiêu do đơn vị chủ trì hoặc bên giao việc nêu, bên kia trả lời.",
    "target_dropped": "Chỉ tiêu này đã bỏ nên không ghi thêm được.",
    "target_closed": "Nhiệm vụ đã kết thúc nên không ghi thêm số thực hiện. Nếu số sai, nêu ý kiến để bên giao việc xem xét.",
    "target_number_unknown": "Không đọc được số “{text}”. Ghi số, ví dụ 95,5 hoặc 1.200.",
    "target_day_ahead": "Ngày số liệu {day} chưa tới. Ghi ngày đến hôm nay.",
    "target_source_missing": "Chưa ghi nguồn số liệu. Ghi nguồn (báo cáo, phần mềm) hoặc chọn tệp minh chứng.",
    "target_note_missing": "Chưa ghi lý do. Ghi rõ để bên kia biết căn cứ.",
    "target_name_missing": "Chưa ghi tên chỉ tiêu.",
    "target_unchanged": "Chưa có gì thay đổi. Sửa tên, kế hoạch, đơn vị tính rồi lưu.",
    "target_corrected_already": "Số này vừa được đính chính. Tải lại trang để xem số mới.",
    "target_answered": "Ý kiến này đã được trả lời.",
    "target_short": (
        "Chưa đạt chỉ tiêu “{name}”: kế hoạch {plan} {measure}, thực hiện {actual}. "
        "Ghi lý do nếu vẫn xác nhận hoàn thành, hoặc chuyển lại để đơn vị bổ sung."
    ),
}
