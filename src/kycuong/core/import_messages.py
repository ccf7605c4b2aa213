"""Sentences about tables that are taken in, by code; values in braces."""

from __future__ import annotations

from typing import Final

IMPORT_MESSAGES: Final[dict[str, str]] = {
    "cell_missing": "Chưa ghi “{heading}”. Điền ô này rồi nhập lại.",
    "cell_date": "“{text}” không phải ngày. Ghi theo dạng ngày/tháng/năm, ví dụ 05/11/2026.",
    "cell_date_far": "Ngày “{text}” ngoài khoảng năm 1990 đến 2100. Kiểm tra lại năm.",
    "cell_choice": "“{text}” không có trong danh mục. Chọn một trong: {known}.",
    "cell_flag": "“{text}” không rõ. Ghi “có” hoặc “không”.",
    "cell_code": "Mã “{text}” chỉ được gồm chữ, số và các dấu . - _ /, không có khoảng trắng.",
    "cell_number": "“{text}” không phải số lần. Ghi một số nguyên, ví dụ 1.",
    "cell_long": "Nội dung dài {n} ký tự, quá {longest} ký tự cho phép. Rút gọn lại.",
    "cell_formula": "Ô chứa công thức nhưng tệp không lưu giá trị. Mở bằng Excel, bấm Lưu rồi nhập lại, hoặc dán dưới dạng giá trị.",
    "row_double": "“{key}” đã có ở dòng {number}. Giữ lại một dòng.",
    "reference_unknown": "Không có {noun} “{text}” trong danh mục hoặc trong tệp. Kiểm tra mã, hoặc thêm dòng cho {noun} đó.",
    "reference_wrong": "Đơn vị cấp trên “{text}” cũng có lỗi trong tệp này. Sửa dòng đó trước.",
    "unit_cycle": "Quan hệ cấp trên bị vòng tròn: {chain}. Sửa mã đơn vị cấp trên.",
    "unit_kind_fixed": "Không đổi được loại “{before}” thành “{after}”: phòng và đơn vị nhận việc khác nhau. Lập mã đơn vị mới.",
    "unit_has_duties": (
        "“{unit}” còn nhiệm vụ chưa kết thúc nên không ghi hết hiệu lực bằng tệp. "
        "Dùng bước sắp xếp tổ chức để chọn đơn vị kế thừa."
    ),
    "period_backwards": "Ngày kết thúc {end} không sau ngày bắt đầu {begin}. Sửa lại ngày.",
    "post_unit_fixed": "Chức danh “{post}” thuộc đơn vị {unit}, không chuyển sang đơn vị khác được. Lập mã chức danh mới.",
    "post_taken": "Chức danh “{post}” đang do {holder} giữ từ ngày {since}. Ghi ngày thôi giữ chức của người đó trước.",
    "officer_two_names": "Tên đăng nhập “{login}” đã ghi cho {name} ở dòng khác. Mỗi người một tên đăng nhập.",
    "import_no_table": (
        "Không tìm thấy bảng danh mục nào trong tệp. Dòng tiêu đề phải có đủ cột bắt buộc như trong tệp mẫu; "
        "tải tệp mẫu, chép dữ liệu vào rồi nhập lại."
    ),
    "import_sheet_skipped": "Trang “{sheet}” không phải bảng danh mục nên không đọc.",
    "import_has_errors": "Tệp còn {n} dòng lỗi. Sửa tệp rồi nhập lại, hoặc chọn “Chỉ áp dụng các dòng đúng”.",
    "import_reason_missing": "Chưa ghi lý do, căn cứ nhập dữ liệu. Ghi rõ để tra cứu sau này.",
    "import_stale": "Danh mục đã thay đổi sau khi kiểm tra tệp. Xem lại bảng so sánh mới rồi áp dụng.",
    "import_not_waiting": "Lần nhập này đang ở trạng thái “{state}” nên không thực hiện được. Tải lại trang để xem kết quả.",
    "import_not_visible": "Không tìm thấy lần nhập dữ liệu này.",
    "import_needs_administrator": (
        "Không có người giữ chức danh Quản trị với tên đăng nhập này. Ghi tên đăng nhập của Quản trị bằng --by."
    ),
    "import_file_missing": "Chưa chọn tệp. Chọn tệp XLSX hoặc CSV rồi bấm Kiểm tra tệp.",
    "import_file_gone": "Tệp của lần nhập này không còn trong kho tệp. Nhập lại tệp.",
    "take_over_no_table": (
        "Không tìm thấy bảng nhiệm vụ trong tệp. Dòng tiêu đề phải có ít nhất “Nội dung nhiệm vụ” và “Đơn vị chủ trì”; "
        "tải tệp mẫu, chép dữ liệu vào rồi nhập lại."
    ),
    "take_over_source_missing": "Chưa ghi tên hệ thống cũ. Ghi tên để phân biệt mã nhiệm vụ, ví dụ “Phần mềm theo dõi chỉ đạo 2021”.",
    "take_over_lead_doubt": "Chưa xác định được đơn vị “{text}”. Chọn đơn vị ở phần “Tên đơn vị cần chọn”.",
    "take_over_lead_skipped": "Đơn vị “{text}” được chọn bỏ qua nên dòng này không tiếp nhận.",
    "take_over_done_missing": "Trạng thái “{state}” phải có ngày hoàn thành hoặc ngày gửi kết quả. Điền ngày rồi nhập lại.",
    "take_over_future": "Ngày {text} sau hôm nay. Kiểm tra lại năm.",
    "take_over_before_document": "Ngày {text} trước ngày ban hành văn bản ({document}). Kiểm tra lại hai ngày.",
    "take_over_done_before": "Ngày hoàn thành {text} trước ngày giao {given}. Kiểm tra lại hai ngày.",
    "take_over_extension_early": "Hạn gia hạn {text} không sau hạn gốc {original}. Kiểm tra lại hai ngày.",
    "take_over_original_missing": "Có hạn gia hạn nhưng chưa ghi hạn gốc. Ghi cả hai để tính đúng số lần gia hạn.",
    "take_over_extended_missing": "Có số lần gia hạn nhưng chưa ghi hạn gia hạn. Ghi hạn sau lần gia hạn cuối.",
    "take_over_given_missing": "Chưa có ngày giao và cũng không có ngày văn bản. Ghi một trong hai ngày.",
    "take_over_secret": (
        "Dòng {number} mang dấu {mark}. Văn bản mật không được đưa vào hệ thống; không lưu lại gì, hãy bỏ các dòng mật khỏi tệp."
    ),
    "take_over_no_giver": "Chưa có đơn vị Ủy ban nhân dân tỉnh hoặc Chủ tịch trong danh mục tổ chức. Nhập danh mục tổ chức trước.",
    "export_exists": "“{path}” đã có. Chọn tên khác để không ghi đè.",
    "export_on_its_way": "Một bản xuất đang được lập. Chờ xong rồi tải, hoặc yêu cầu lại sau.",
    "export_not_visible": "Bản xuất này chưa xong hoặc tệp đã được xóa sau 7 ngày. Yêu cầu bản xuất mới.",
    "undo_too_late": "Đã có {n} nhiệm vụ được xử lý sau khi tiếp nhận nên không hoàn tác được. Rút từng nhiệm vụ nếu cần.",
}
