"""The catalogue's sentences about the registry of competence."""

from __future__ import annotations

from typing import Final

COMPETENCE_MESSAGES: Final[dict[str, str]] = {
    "amount_unknown": "Không đọc được số tiền “{text}”. Ghi ví dụ 15 tỷ, 500 triệu hoặc 1.200.000.000.",
    "competence_not_allowed": "Sổ thẩm quyền do Sở Nội vụ và Quản trị hệ thống cập nhật. Gửi đề nghị sửa đến Sở Nội vụ.",
    "competence_not_visible": "Không tìm thấy dòng này trong sổ thẩm quyền.",
    "matter_unknown": "Sổ thẩm quyền chưa có vấn đề “{text}”. Chọn trong danh sách, hoặc thêm vấn đề trước.",
    "matter_many": "“{text}” có thể là nhiều vấn đề: {labels}. Ghi mã của một vấn đề.",
    "matter_missing": "Chưa chọn vấn đề. Gõ vài chữ rồi chọn trong danh sách.",
    "matter_name_missing": "Chưa ghi tên vấn đề.",
    "matter_code_wrong": (
        "Mã vấn đề “{key}” chưa đúng. Dùng chữ, số, các cấp cách nhau bằng dấu chấm, nhiều nhất 6 cấp; ví dụ DD.02.01."
    ),
    "matter_known": "Mã vấn đề “{key}” đã có: {name}.",
    "matter_above_unknown": "Chưa có vấn đề cấp trên “{key}”. Thêm vấn đề đó trước.",
    "competence_code_wrong": "Mã dòng “{key}” chưa đúng. Dùng chữ không dấu, số, dấu chấm, gạch ngang; ví dụ TQ-001.",
    "competence_code_known": "Mã dòng “{key}” đã có trong sổ. Chọn mã khác, hoặc mở dòng đó để thay bằng nội dung mới.",
    "competence_holder_missing": (
        "Chưa ghi ai có thẩm quyền. Chọn chức danh hoặc đơn vị; chọn “mọi xã, phường” khi quy định chung cho cấp xã; "
        "ghi tên cơ quan khi thuộc Trung ương."
    ),
    "competence_holder_double": "Ghi một nơi có thẩm quyền thôi: chức danh, đơn vị, mọi xã phường, hoặc cơ quan Trung ương.",
    "competence_basis_missing": "Chưa ghi căn cứ pháp lý. Ghi số, ký hiệu văn bản và điều, khoản.",
    "competence_from_missing": "Chưa ghi ngày bắt đầu có hiệu lực.",
    "competence_days_wrong": "Ngày hết hiệu lực phải sau ngày bắt đầu có hiệu lực.",
    "competence_band_wrong": "Mức “đến” phải lớn hơn mức “trên”. Kiểm tra lại hai số tiền.",
    "competence_territory_wrong": "Địa bàn “{text}” không phải là xã, phường, đặc khu đang có. Bỏ trống khi áp dụng toàn tỉnh.",
    "competence_source_missing": "Dòng {key}: phân cấp, ủy quyền phải ghi rõ giao lại từ dòng nào.",
    "competence_source_of_own": "Dòng {key}: thẩm quyền luật định không giao lại từ dòng khác. Bỏ dòng giao hoặc sửa loại.",
    "competence_source_unknown": "Dòng {key}: không có dòng {other} còn hiệu lực để giao lại.",
    "competence_circle": "Dòng {key}: giao vòng tròn; nơi nhận đã đứng trong chuỗi giao của dòng {other}.",
    "competence_not_passed_on": "Dòng {key}: dòng {other} không được giao tiếp (phân cấp tiếp, ủy quyền lại).",
    "competence_beyond_matter": "Dòng {key}: vấn đề nằm ngoài vấn đề của dòng giao {other}.",
    "competence_beyond_territory": "Dòng {key}: địa bàn rộng hơn hoặc khác địa bàn của dòng giao {other}.",
    "competence_beyond_ceiling": "Dòng {key}: mức tiền vượt mức mà dòng giao {other} được quyết định.",
    "competence_beyond_floor": "Dòng {key}: mức tiền thấp hơn mức bắt đầu thuộc thẩm quyền của dòng giao {other}.",
    "competence_beyond_validity": "Dòng {key}: thời gian hiệu lực nằm ngoài thời gian hiệu lực của dòng giao {other}.",
    "competence_overlap": (
        "Dòng {key}: chồng với dòng {other}; cùng một việc, cùng địa bàn, cùng mức tiền, cùng lúc có hai nơi có thẩm quyền."
    ),
    "competence_ended": "Dòng {key} đã kết thúc từ {on}. Muốn áp dụng tiếp thì thêm dòng mới với căn cứ mới.",
    "competence_end_wrong": (
        "Ngày kết thúc phải từ ngày {first} trở đi. Ghi đúng ngày {first} khi dòng bị nhập sai và chưa từng có hiệu lực."
    ),
    "competence_end_basis_missing": "Chưa ghi căn cứ kết thúc. Ghi văn bản bãi bỏ, thay thế, hoặc lý do nhập sai.",
    "competence_end_later": "Dòng {key} kết thúc từ {on}; ngày đó không lùi lại được. Thêm dòng mới nối tiếp với căn cứ mới.",
    "competence_replace_day": "Nội dung mới phải bắt đầu sau ngày {first}, ngày bắt đầu của nội dung đang có.",
    "competence_changed_same_day": (
        "Nội dung khác với dòng đang có hiệu lực từ {first}. Sổ không ghi đè: ghi ngày bắt đầu của nội dung mới, sau {first}."
    ),
    "competence_all_or_nothing": "Bảng thẩm quyền chỉ nhập khi mọi dòng đều đúng. Sửa các dòng lỗi trong tệp rồi nhập lại.",
    "submission_own_matter": (
        "Việc “{matter}” thuộc thẩm quyền của chính đơn vị ({holder}) theo {basis}. Đơn vị tự quyết định; "
        "nếu vẫn phải trình thì ghi rõ vì sao, người giao việc sẽ thấy lý do này."
    ),
    "competence_version_double": "Dòng {key} có hai nội dung mới trong cùng tệp. Nhập lần lượt, mỗi lần một nội dung.",
}
