"""What the certificates of trust refuse, by code; Vietnamese source, values in braces."""

from __future__ import annotations

from typing import Final

SIGNATURE_MESSAGES: Final = {
    "trust_file_missing": "Chưa chọn tệp chứng thư. Chọn tệp .cer, .crt, .der hoặc .pem của bên chứng thực rồi thêm.",
    "trust_not_certificate": "Tệp này không phải chứng thư số dạng PEM hoặc DER. Tải lại tệp .cer, .crt từ trang của bên chứng thực.",
    "trust_private_key": (
        "Tệp có chứa khóa bí mật nên không được nhận. Chỉ tải chứng thư (khóa công khai); coi khóa đó như đã lộ và thay khóa khác."
    ),
    "trust_not_authority": (
        "“{subject}” không phải chứng thư của bên cấp chứng thư (CA) mà là của người ký. Thêm chứng thư gốc hoặc trung gian "
        "của bên cấp."
    ),
    "trust_too_large": "Tệp quá lớn hoặc có quá nhiều chứng thư. Tách ra, mỗi tệp không quá 20 chứng thư.",
    "trust_known": "Chứng thư này đã có trong danh sách tin cậy.",
    "trust_not_visible": "Không tìm thấy chứng thư này.",
    "trust_retired": "Chứng thư này đã thôi tin cậy từ trước. Tải lại trang để xem.",
}
