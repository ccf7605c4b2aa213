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
    "guessed_too_often": "Đã nhập sai quá nhiều lần nên tạm dừng {minutes} phút. Chờ rồi nhập lại, hoặc liên hệ Quản trị hệ thống.",
    "code_wrong": "Mã xác thực không đúng hoặc đã dùng. Chờ ứng dụng hiện mã mới rồi nhập lại; kiểm tra giờ trên điện thoại.",
    "factor_on_already": "Xác thực hai bước đang bật. Tắt trước khi đăng ký điện thoại khác.",
    "factor_off": "Tài khoản này chưa bật xác thực hai bước.",
    "factor_required": "Chức danh của đồng chí phải dùng xác thực hai bước, không tắt được. Đổi máy thì chọn Đăng ký điện thoại khác.",
    "factor_moved_meanwhile": "Xác thực hai bước vừa được thay đổi ở nơi khác. Tải lại trang để xem tình trạng.",
    "factor_secret_lost": "Không đọc được khóa xác thực hai bước của tài khoản này. Liên hệ Quản trị hệ thống để đăng ký lại.",
    "factor_own": "Không tự hủy xác thực hai bước của mình ở trang này. Mở trang Xác thực hai bước.",
    "factor_reason_missing": "Chưa ghi lý do. Ghi lý do để người sau tra cứu được.",
    "factor_rule_unknown": "Không có nhóm chức danh “{text}”. Chọn trong danh sách.",
    "factor_rule_same": "Quy định với nhóm này đã như vậy. Tải lại trang để xem.",
    "factor_basis_missing": "Chưa ghi căn cứ. Ghi văn bản hoặc ý kiến chỉ đạo làm căn cứ thay đổi.",
    "session_unknown": "Phiên này đã kết thúc hoặc không phải của đồng chí. Tải lại trang để xem các phiên đang mở.",
    "identity_unknown": "Chưa có tài khoản nào mang tên “{name}” ở đây. Liên hệ Quản trị hệ thống để được thêm vào danh mục cán bộ.",
    "identity_unverified": "Thư điện tử “{name}” chưa được xác minh nên chưa dùng để đăng nhập được. Liên hệ nơi quản lý tài khoản.",
    "identity_double": "Nhiều tài khoản cùng thư điện tử “{name}” nên không biết là ai. Liên hệ Quản trị để sửa danh mục cán bộ.",
    "identity_stopped": "Tài khoản này đã ngừng sử dụng. Liên hệ Quản trị hệ thống của đơn vị.",
    "identity_taken": "Tài khoản này đã liên kết với một định danh khác. Quản trị bỏ liên kết cũ rồi mới liên kết lại được.",
    "identity_none": "Tài khoản này chưa liên kết. Tải lại trang để xem.",
    "sign_in_expired": "Đã quá 5 phút từ khi nhập mật khẩu. Đăng nhập lại từ đầu.",
}
