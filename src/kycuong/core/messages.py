"""The catalogue of sentences by code, Vietnamese source; values in braces."""

from __future__ import annotations

from typing import Final

from kycuong.core.account_messages import ACCOUNT_MESSAGES
from kycuong.core.accountability_messages import ACCOUNTABILITY_MESSAGES
from kycuong.core.backlog_messages import BACKLOG_MESSAGES
from kycuong.core.board_messages import BOARD_MESSAGES
from kycuong.core.calendar_messages import CALENDAR_MESSAGES
from kycuong.core.chase_messages import CHASE_MESSAGES
from kycuong.core.comparison_messages import COMPARISON_MESSAGES
from kycuong.core.competence_messages import COMPETENCE_MESSAGES
from kycuong.core.consultation_messages import CONSULTATION_MESSAGES
from kycuong.core.import_messages import IMPORT_MESSAGES
from kycuong.core.ladder_messages import LADDER_MESSAGES
from kycuong.core.org_messages import ORG_MESSAGES
from kycuong.core.period_messages import PERIOD_MESSAGES
from kycuong.core.report_messages import REPORT_MESSAGES
from kycuong.core.sign_messages import SIGN_MESSAGES
from kycuong.core.signature_messages import SIGNATURE_MESSAGES
from kycuong.core.system_messages import SYSTEM_MESSAGES
from kycuong.core.transfer_messages import TRANSFER_MESSAGES

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
    "request_used": (
        "Biểu mẫu này đã được gửi đi một lần, với nội dung khác hoặc bởi người khác. "
        "Mở lại trang để xem kết quả, cần làm thêm thì gửi bằng biểu mẫu mới."
    ),
    "document_moved_meanwhile": "Văn bản vừa được người khác xử lý ({state}). Tải lại trang để xem thay đổi.",
    "desk_unknown": "Chưa chọn nơi nhận, hoặc nơi nhận không thuộc đơn vị được giao. Chọn phòng hoặc chuyên viên trong danh sách.",
    "desk_vacant": "Chức danh “{title}” hiện chưa có người giữ. Chọn nơi nhận khác hoặc báo Quản trị cập nhật bổ nhiệm.",
    "file_missing": "Chưa chọn tệp văn bản kết quả. Chọn tệp văn bản đã ký (PDF, DOCX) rồi bấm Gửi báo cáo kết quả.",
    "file_empty": "Tệp “{name}” rỗng. Chọn lại tệp văn bản đã ký.",
    "file_too_large": "Tệp “{name}” lớn hơn {limit} MB. Tách nhỏ hoặc nén lại tệp rồi gửi.",
    "note_missing": "Chưa ghi lý do. Ghi rõ nội dung chưa đạt để đơn vị biết phải hoàn thiện gì.",
    "act_reason_missing": "Chưa ghi lý do. Ghi ngắn gọn để các bên liên quan biết vì sao.",
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
    "change_reason_missing": "Chưa ghi lý do. Ghi rõ vì sao thôi giao, thay thế hoặc đính chính để đơn vị biết.",
    "change_basis_missing": "Chưa ghi căn cứ. Nêu văn bản hoặc ý kiến chỉ đạo cho thôi giao, thay thế nhiệm vụ.",
    "correction_empty": "Chưa có nội dung nào thay đổi. Sửa tên nhiệm vụ, sản phẩm, nơi gửi hoặc thời hạn rồi lưu.",
    "correction_title_missing": "Tên nhiệm vụ không để trống được. Ghi lại tên nhiệm vụ đúng.",
    "correction_without_date": (
        "Nhiệm vụ không có thời hạn nên không đính chính được thời hạn. Dùng “Giao nhiệm vụ thay thế” để giao có thời hạn."
    ),
    "correction_higher_level": "Thời hạn do cấp trên ấn định nên không đính chính được ở đây.",
    "correction_makes_late": (
        "Hạn đính chính làm đơn vị thành quá hạn. Chọn ngày chưa qua, hoặc giao nhiệm vụ thay thế với thời hạn mới."
    ),
    "replacement_unit_missing": "Chưa chọn đơn vị chủ trì, hoặc đơn vị không còn hiệu lực. Chọn một đơn vị trong danh sách.",
    "replacement_date_missing": "Nhiệm vụ có thời hạn phải có hạn mới. Nhập ngày theo dạng ngày/tháng/năm.",
    "replacement_date_passed": "Hạn mới đã qua. Chọn ngày từ hôm nay trở đi để đơn vị có thời gian thực hiện.",
    "replacement_higher_level": "Thời hạn do cấp trên ấn định; hạn mới không được sau hạn đó.",
    "reassign_not_returned": "Chỉ giao lại được nhiệm vụ mà người giao đã đồng ý nhận lại từ đơn vị.",
    "reassign_same_unit": "Đơn vị này vừa trả lại nhiệm vụ. Chọn đơn vị khác để giao lại.",
    "task_replaced_already": "Nhiệm vụ này đã được giao lại hoặc thay thế. Mở nhiệm vụ mới để xem.",
    "cover_not_allowed": "Việc xử lý thay do chính người vắng mặt hoặc thủ trưởng trực tiếp của người đó đăng ký.",
    "cover_not_visible": "Không tìm thấy lần xử lý thay này, hoặc đồng chí không liên quan đến lần xử lý thay này.",
    "cover_post_unknown": "Chưa chọn người vắng mặt, hoặc chức danh này hiện chưa có người giữ. Chọn lại trong danh sách.",
    "cover_substitute_unknown": (
        "Chưa chọn người xử lý thay, hoặc người đó không phải cấp phó và không cùng đơn vị, phòng. Chọn lại trong danh sách."
    ),
    "cover_days_missing": "Chưa ghi đủ ngày bắt đầu, ngày kết thúc. Ghi theo dạng ngày/tháng/năm.",
    "cover_begins_earlier": "Ngày bắt đầu đã qua. Chọn từ hôm nay ({today}) trở đi.",
    "cover_ends_before": "Ngày kết thúc đứng trước ngày bắt đầu. Kiểm tra lại hai ngày.",
    "cover_too_long": "Xử lý thay tối đa {days} ngày. Vắng lâu hơn thì cập nhật phân công, bổ nhiệm.",
    "cover_overlap": "Chức danh này đã có {name} xử lý thay từ {first} đến hết {last}. Kết thúc lần đó trước, hoặc chọn ngày khác.",
    "cover_chain_absent": "{name} đang xử lý thay cho {other} trong thời gian này. Kết thúc lần đó trước, để không xử lý thay nối tiếp.",
    "cover_chain_substitute": "{name} cũng vắng mặt trong thời gian này và đã có người xử lý thay. Chọn người khác.",
    "cover_ended": "Lần xử lý thay này đã kết thúc.",
    "answer_missing": "Chưa ghi nội dung trả lời. Ghi rõ cách giải quyết để đơn vị thực hiện.",
    "result_missing": "Chưa có kết quả nào được gửi cho nhiệm vụ này.",
    "result_date_future": "Ngày ký {date} sau ngày gửi. Kiểm tra lại ngày ký trên văn bản kết quả.",
    "document_known": "Văn bản số {document} của {issuer} năm {year} đã có trong sổ đăng ký. Mở văn bản đã đăng ký để xử lý tiếp.",
    "document_unknown": "Trong sổ chưa có văn bản số {document}. Ghi đủ số và ký hiệu, ví dụ 12/CT-UBND, hoặc đăng ký văn bản đó trước.",
    "arrival_no_known": "Số đến {arrival_no} năm {year} đã dùng. Số đến tiếp theo còn trống là {next_no}.",
    "give_not_allowed": "Giao việc trực tiếp thuộc Chủ tịch, Phó Chủ tịch UBND tỉnh và Văn phòng UBND tỉnh ghi thay.",
    "give_empty": "Chưa có nội dung việc giao. Ghi một câu nêu rõ phải làm gì, kết quả là gì.",
    "give_beside_registry": (
        "Sổ thẩm quyền ghi nơi khác: {named}. Chọn lại đơn vị, hoặc ghi lý do giao khác sổ thẩm quyền; lý do được lưu và hiện ở nhiệm vụ."
    ),
    "give_too_long": "Nội dung dài hơn {limit} ký tự. Ghi việc chính; phần còn lại để trong văn bản.",
    "give_unit_missing": "Chưa chọn đơn vị chủ trì còn hiệu lực. Chọn lại trong danh sách.",
    "give_unit_unnamed": "Sổ thẩm quyền chưa xác định được cơ quan cho việc này. Chọn đơn vị chủ trì trong danh sách.",
    "give_date_past": "Thời hạn {on} đã qua. Ghi một ngày từ hôm nay trở đi.",
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
    "document_reading": "Văn bản đang được đọc từ bản quét. Chờ đọc xong, hoặc dừng đọc để nhập thông tin bằng tay.",
    "document_erased": "Văn bản mang dấu mật đã được xóa khỏi hệ thống; chỉ còn dấu vết trong sổ.",
    "scan_secret_page": (
        "Trang {page} của bản quét đóng dấu mật nên toàn bộ tệp và chữ đã đọc được xóa khỏi hệ thống; "
        "xử lý văn bản theo quy định về bảo vệ bí mật nhà nước."
    ),
    "scan_lost": "Không còn tệp của bản quét này trên máy chủ. Tải lại tệp hoặc báo Quản trị.",
    "scan_not_running": "Bản quét này không còn được đọc. Tải lại trang để xem tình trạng.",
    "scan_not_stopped": "Bản quét này chưa dừng nên chưa cần đọc lại.",
    "file_known": "Tệp “{name}” đã có trong sổ đăng ký: {document}. Mở văn bản đã đăng ký để xử lý tiếp.",
    "secrecy_undeclared": (
        "Phần mềm không đọc được tệp này nên không tự kiểm tra được dấu mật. "
        "Xem văn bản, rồi đánh dấu xác nhận văn bản không mang dấu mật."
    ),
    "subject_missing": "Chưa ghi trích yếu. Ghi trích yếu để tìm lại được văn bản trong sổ.",
    "batch_empty": "Không có tệp văn bản nào trong “{name}”. Kiểm tra lại thư mục, tệp nén hoặc thư.",
    "batch_too_many": "“{name}” có hơn {limit} tệp. Chia thành nhiều lượt, hoặc nhờ Quản trị dùng lệnh kycuong intake.",
    "batch_not_visible": "Không tìm thấy lô tiếp nhận này.",
    "scan_unchecked": (
        "Lượt gửi này có nhiều bản quét nên chưa kịp kiểm tra dấu mật ở trang đầu của tệp “{name}”; tệp không được lưu. "
        "Gửi lại riêng tệp này."
    ),
    "file_unopened": "Không mở được tệp “{name}” ({why}). Kiểm tra quyền đọc rồi chạy lại.",
    "paper_breaks": "Tệp này nhiều lần làm việc đọc dừng giữa chừng nên không đọc tiếp. Đăng ký riêng tệp này, nhập thông tin bằng tay.",
    "intake_ended": "Người tạo lô không còn nhiệm vụ đăng ký văn bản nên tệp này chưa được đọc.",
    "source_unknown": "Không tìm thấy “{name}”; hãy kiểm tra lại đường dẫn.",
    "folder_unwritable": "Không ghi được vào thư mục {folder}: {why}. Chọn thư mục khác hoặc kiểm tra quyền ghi.",
    **ORG_MESSAGES,
    **BACKLOG_MESSAGES,
    **BOARD_MESSAGES,
    **CALENDAR_MESSAGES,
    **COMPARISON_MESSAGES,
    **CONSULTATION_MESSAGES,
    **COMPETENCE_MESSAGES,
    **LADDER_MESSAGES,
    **CHASE_MESSAGES,
    **ACCOUNTABILITY_MESSAGES,
    "pdf_not_installed": (
        "Máy chủ chưa cài thư viện dàn trang (Pango) nên chưa tạo được bản PDF; bản DOCX vẫn tải được. "
        "Báo Quản trị cài gói libpango-1.0-0 và libpangoft2-1.0-0."
    ),
    "disk_failed": "Chưa lưu được tệp do lỗi ổ đĩa. Việc chưa được ghi nhận; thử lại hoặc báo Quản trị.",
    **IMPORT_MESSAGES,
    **ACCOUNT_MESSAGES,
    **PERIOD_MESSAGES,
    **SIGN_MESSAGES,
    **SIGNATURE_MESSAGES,
    **TRANSFER_MESSAGES,
    **SYSTEM_MESSAGES,
    **REPORT_MESSAGES,
}
