"""The sentences about changes of the organisation, for the catalogue of `core.messages`."""

from __future__ import annotations

from typing import Final

ORG_MESSAGES: Final[dict[str, str]] = {
    "organise_not_allowed": "Việc thay đổi tổ chức bộ máy thuộc lãnh đạo Sở Nội vụ và Quản trị hệ thống.",
    "org_change_not_visible": "Không tìm thấy lần thay đổi tổ chức này.",
    "org_change_part_unknown": "Không hiểu phần “{part}” trong nội dung thay đổi. Xem mẫu trong hướng dẫn rồi ghi lại.",
    "org_change_part_unreadable": "Phần “{part}” chưa đúng dạng. Xem mẫu trong hướng dẫn rồi ghi lại.",
    "org_change_decision_missing": "Chưa ghi số, ký hiệu quyết định. Ghi số quyết định của cấp có thẩm quyền, ví dụ 1234/QĐ-UBND.",
    "org_change_reason_missing": "Chưa ghi lý do thay đổi. Ghi ngắn gọn để người xem lịch sử đơn vị hiểu.",
    "org_change_date_missing": "Chưa ghi ngày có hiệu lực. Nhập ngày theo dạng ngày/tháng/năm.",
    "org_change_date_far": "Ngày có hiệu lực {on} cách hôm nay hơn một năm. Kiểm tra lại ngày trong quyết định.",
    "org_change_units_missing": "Chưa chọn đơn vị thay đổi. Chọn đơn vị trong danh sách đang hoạt động.",
    "org_change_merge_one": "Sáp nhập, hợp nhất phải có đúng một đơn vị kế thừa. Chọn đơn vị đang có, hoặc nhập tên đơn vị mới.",
    "org_change_split_several": (
        "Chia phải có từ hai đơn vị kế thừa; tách phải có ít nhất một đơn vị mới và đơn vị cũ tiếp tục hoạt động. "
        "Mỗi lần chỉ chia, tách một đơn vị."
    ),
    "org_change_successor_twice": "Một đơn vị kế thừa được ghi hai lần. Bỏ bớt một dòng.",
    "org_change_name_missing": "Chưa ghi tên mới của đơn vị. Mỗi lần đổi tên một đơn vị.",
    "org_change_post_missing": "Chưa ghi đủ đơn vị, loại và tên chức vụ cần lập.",
    "org_change_officer_missing": "Chưa chọn người được bổ nhiệm, điều động.",
    "org_change_before_unit": "Ngày có hiệu lực {on} trước ngày {unit} bắt đầu hoạt động ({since}).",
    "org_change_before_last": (
        "Ngày có hiệu lực {on} trước lần thay đổi gần nhất của {unit} (Quyết định {decision}, hiệu lực {last}). "
        "Kiểm tra lại ngày trong quyết định."
    ),
    "org_change_before_appointment": (
        "Ngày có hiệu lực {on} không sau ngày {name} được bổ nhiệm “{title}” ({since}). Kiểm tra lại ngày trong quyết định."
    ),
    "org_change_same_day": (
        "{unit} đã có thay đổi khác cùng ngày {on} theo Quyết định {decision} do {name} thực hiện. "
        "Mở lần thay đổi đó để xem; nếu vẫn cần thay đổi, hai quyết định phải thống nhất lại."
    ),
    "org_change_moved_meanwhile": "Nội dung thay đổi vừa được người khác sửa hoặc xử lý ({state}). Tải lại trang rồi xem lại.",
    "org_change_not_draft": "Lần thay đổi này {state} nên không sửa được nữa.",
    "succession_cycle": "Kế thừa vòng tròn: {path}. Một đơn vị không thể kế thừa chính mình, kể cả qua nhiều lần thay đổi.",
    "successor_unknown": "Không có đơn vị kế thừa “{text}” trong danh sách của lần thay đổi này. Chọn lại đơn vị kế thừa.",
    "successor_not_valid": "{unit} không hoạt động vào ngày {on} nên không thể kế thừa. Chọn đơn vị khác hoặc xem lại ngày có hiệu lực.",
    "successor_known": "Mã đơn vị “{text}” đã có. Chọn đơn vị đó trong danh sách, hoặc đặt mã khác cho đơn vị mới.",
    "successor_without_head": (
        "{unit} chưa có người đứng đầu vào ngày {on}, việc bàn giao sẽ không có người nhận. "
        "Chọn người đứng đầu, hoặc bổ nhiệm trước."
    ),
    "unit_not_valid": "{unit} không hoạt động vào ngày {on}. Chọn đơn vị đang hoạt động hoặc xem lại ngày có hiệu lực.",
    "unit_not_changeable": "Không thay đổi được {unit} ở đây: đây là cấp trên cùng hoặc không cùng loại với đơn vị đã chọn.",
    "org_change_duties_unassigned": (
        "Còn {n} nhiệm vụ đang thực hiện chưa chọn đơn vị kế thừa. Chọn từng việc, hoặc chọn đơn vị nhận tất cả phần còn lại."
    ),
    "org_change_rest_missing": (
        "Thay đổi có hiệu lực từ ngày {on} sắp tới: chọn đơn vị nhận các việc phát sinh đến ngày đó (phần còn lại)."
    ),
    "org_change_totals_differ": (
        "Số nhiệm vụ trước và sau bàn giao không khớp ({before} và {after}); việc bàn giao dừng lại để kiểm tra. Báo Quản trị hệ thống."
    ),
    "officer_unknown": "Không có người dùng “{text}” trong danh mục. Chọn lại trong danh sách.",
    "officer_ambiguous": "Có nhiều người tên “{text}”. Ghi tên đăng nhập của người được chọn.",
    "officer_holds_already": "{name} đang giữ chức vụ “{title}”. Chọn người khác.",
    "post_vacant": "Chức vụ “{title}” không có người giữ vào ngày {on}.",
    "duty_not_in_change": "Nhiệm vụ này không thuộc diện bàn giao của lần thay đổi.",
}
