"""What consultations refuse, by code; Vietnamese source, values in braces."""

from __future__ import annotations

from typing import Final

CONSULTATION_MESSAGES: Final = {
    "consultation_not_allowed": "Việc lấy ý kiến do lãnh đạo hoặc người đang xử lý nhiệm vụ của đơn vị chủ trì thực hiện.",
    "consultation_not_visible": "Không tìm thấy văn bản lấy ý kiến này, hoặc đồng chí không thuộc cơ quan hỏi hay cơ quan được hỏi.",
    "opinion_assign_received": "Cơ quan chưa xác nhận đã nhận văn bản. Bấm “Đã nhận, mở phương án” trước, rồi giao người chuẩn bị ý kiến.",
    "consultation_title_missing": "Chưa ghi nội dung lấy ý kiến. Ghi ngắn gọn việc cần hỏi.",
    "consultation_points_missing": "Chưa ghi điểm cần ý kiến. Ghi mỗi điểm một dòng, đánh số để cơ quan được hỏi trả lời từng điểm.",
    "consultation_points_many": "Phương án có quá nhiều điểm (tối đa {most}). Gộp hoặc tách thành nhiều lần lấy ý kiến.",
    "consultation_bodies": "Chọn từ 1 đến {most} cơ quan để lấy ý kiến.",
    "consultation_unconcerned": (
        "Sổ thẩm quyền không ghi có liên quan: {units}. Ghi lý do cần hỏi từng cơ quan này, hoặc bỏ chọn."
    ),
    "consultation_unseen": "Xem lại trước khi gửi: {found}. Xác nhận đã xem rồi gửi lại.",
    "consultation_matters_many": "Chọn nhiều nhất {most} vấn đề trong sổ thẩm quyền.",
    "link_days": "Liên kết có hiệu lực từ 1 đến {most} ngày.",
    "link_given_to": "Chưa ghi liên kết được giao cho ai, bằng cách nào. Ghi người nhận và cách giao.",
    "link_inside": "{unit} có tài khoản trong hệ thống nên trả lời bằng tài khoản, không dùng liên kết.",
    "link_wrong": "Liên kết hoặc mã mở không đúng. Kiểm tra lại, hoặc đề nghị cơ quan hỏi cấp liên kết khác.",
    "link_used": "Liên kết này đã dùng để trả lời, mã biên nhận {receipt}. Cần gửi thêm thì liên hệ cơ quan hỏi.",
    "link_revoked": "Liên kết này đã bị thu hồi. Liên hệ cơ quan hỏi để nhận liên kết khác.",
    "link_expired": "Liên kết này đã hết hạn. Liên hệ cơ quan hỏi để nhận liên kết khác.",
    "link_ended": "Lần lấy ý kiến này không còn chờ trả lời. Liên hệ cơ quan hỏi nếu cần.",
    "link_letter_kind": "Văn bản đã ký phải là tệp PDF hoặc edXML. Chọn lại tệp.",
    "outside_name_missing": "Chưa ghi tên cơ quan, tổ chức. Ghi đủ tên như trên văn bản.",
    "outside_known": "“{name}” đã có trong danh sách. Chọn trong danh sách cơ quan được hỏi.",
    "consultation_own_unit": "{unit} là cơ quan hỏi, không lấy ý kiến của chính mình.",
    "consultation_unit_unknown": "Cơ quan được chọn không còn hoạt động hoặc không phải là cơ quan nhận văn bản. Chọn lại trong danh sách.",
    "consultation_days": "Thời hạn trả lời theo quy định này từ {least} đến {most} ngày làm việc.",
    "consultation_rule_days": (
        "Thời hạn phải theo thứ tự: ít nhất, thường dùng, nhiều nhất, từ 1 đến {most} ngày làm việc; thời hạn trả lại không dài hơn "
        "thời hạn nhiều nhất."
    ),
    "consultation_rule_law": (
        "Nơi pháp luật đòi ý kiến bằng văn bản thì im lặng không thay được văn bản; quy định khác thì chọn coi là đồng ý hoặc phải chịu "
        "trách nhiệm."
    ),
    "consultation_rule_binds": "Im lặng không ràng buộc được {kinds} theo cách này. Bỏ chọn cơ quan đó, hoặc chọn phải chịu trách nhiệm.",
    "consultation_rule_nobody": "Chưa chọn cơ quan bị ràng buộc. Chọn ít nhất một loại cơ quan.",
    "consultation_ended": "Việc lấy ý kiến này đã kết thúc.",
    "consultation_held": "Chưa kết thúc được việc lấy ý kiến: {why}.",
    "consultation_unchanged": "Phương án không thay đổi điểm nào. Sửa ít nhất một điểm rồi mới hỏi lại.",
    "consultation_reason_missing": "Chưa ghi lý do thay đổi phương án. Ghi rõ để các cơ quan biết vì sao phải trả lời lại.",
    "opinion_not_visible": "Không tìm thấy ý kiến này, hoặc ý kiến không thuộc phạm vi theo dõi của đồng chí.",
    "opinion_points_missing": (
        "Chưa nêu chính kiến ở điểm {points}. Mỗi điểm chọn đồng ý, đồng ý với điều kiện, không đồng ý hoặc trả lại."
    ),
    "opinion_point_unknown": "Phương án không có điểm {point}. Tải lại trang để xem phương án hiện hành.",
    "opinion_words_missing": "Điểm {point}: đã chọn “{position}” nhưng chưa ghi điều kiện, điều khoản hoặc căn cứ.",
    "opinion_letter_missing": "Chưa có văn bản ý kiến đã ký. In dự thảo, trình ký, lấy số rồi chọn tệp đã ký để gửi.",
    "opinion_return_basis": "Chưa ghi căn cứ trả lại. Nêu điều khoản và cơ quan có thẩm quyền.",
    "opinion_delivered": "Đã có bằng chứng cơ quan này nhận văn bản; thời hạn đang chạy.",
    "opinion_proof_missing": "Chưa ghi bằng chứng đã nhận. Ghi phiếu gửi, biên nhận hoặc thông tin tiếp nhận trên trục liên thông.",
    "opinion_more_reason": "Chưa ghi lý do xin thêm thời gian. Ghi ngắn gọn để cơ quan hỏi xem xét.",
    "opinion_more_once": "Mỗi cơ quan chỉ xin thêm thời gian một lần cho một lần lấy ý kiến.",
    "opinion_more_range": "Thời gian xin thêm phải sau hạn hiện tại và chậm nhất ngày {last}.",
    "opinion_more_none": "Cơ quan này không có đề nghị thêm thời gian đang chờ trả lời.",
    "opinion_before_delivery": "Cơ quan được hỏi chưa xác nhận đã nhận văn bản nên thời hạn chưa chạy.",
    "opinion_vague_reason": "Chưa ghi điểm nào chưa rõ chính kiến. Ghi rõ để cơ quan được hỏi trả lời lại.",
    "opinion_not_silent": "Chỉ thông báo cho cơ quan đã hết hạn mà không trả lời và được coi là đồng ý.",
    "opinion_notice_unsigned": (
        "Thông báo chưa có người ký. Trình ký, lấy số, phát hành rồi chọn tệp đã ký; tệp quét thì nhập họ tên người ký."
    ),
    "opinion_notice_known": "Đã ghi nhận thông báo gửi cơ quan này.",
    "opinion_number_known": "Số {number} ngày {date} đã được ghi cho một thông báo khác. Kiểm tra lại số.",
    "opinion_not_closed": "Ý kiến này chưa hết hạn; gửi ý kiến theo cách thông thường.",
    "dissent_none": "Cơ quan này không có ý kiến khác ở nội dung chính đang chờ làm việc trực tiếp.",
    "meeting_unsigned": (
        "Biên bản chưa có người ký. Trình thủ trưởng hai cơ quan ký, lấy số rồi chọn tệp đã ký; tệp quét thì nhập họ tên người ký."
    ),
    "meeting_day": "Ngày làm việc phải từ ngày {first} (ngày có ý kiến khác) đến ngày {last}. Kiểm tra lại ngày.",
    "meeting_day_missing": "Chưa ghi ngày thủ trưởng hai cơ quan làm việc.",
    "meeting_person_missing": "Chưa ghi ai đại diện {unit} dự làm việc.",
    "meeting_authority_missing": (
        "Thủ trưởng {unit} không trực tiếp dự: phải có văn bản ủy quyền. Ghi số, ngày và gắn tệp văn bản ủy quyền, hoặc chọn thủ "
        "trưởng trực tiếp dự."
    ),
    "meeting_authority_late": "Văn bản ủy quyền của {unit} ký ngày {date}, sau ngày làm việc. Kiểm tra lại hai ngày.",
    "meeting_points_missing": "Chưa ghi kết quả ở điểm {points}. Mỗi điểm còn ý kiến khác phải có kết quả làm việc.",
    "meeting_point_unknown": "Điểm {point} không có ý kiến khác cần làm việc. Tải lại trang để xem các điểm còn khác nhau.",
    "meeting_text_missing": "Điểm {point}: đã thống nhất thì ghi nội dung thống nhất.",
    "meeting_texts_missing": "Điểm {point}: chưa thống nhất thì ghi đủ ý kiến của cả hai bên.",
    "meeting_known": "Kết quả làm việc đã được ghi. Muốn sửa thì dùng “Đính chính kết quả làm việc” và ghi lý do.",
    "meeting_reason_missing": "Chưa ghi lý do đính chính kết quả làm việc.",
    "meeting_missing": "Chưa ghi kết quả làm việc của thủ trưởng hai cơ quan. Ghi kết quả trước rồi in biên bản.",
    "meeting_signed": "Đã gắn biên bản đã ký của lần làm việc này.",
    "meeting_signed_early": "Biên bản không thể ký trước ngày làm việc {date}. Kiểm tra lại ngày ký.",
    "voting_not_visible": "Không tìm thấy lần lấy phiếu này, hoặc đồng chí không thuộc cơ quan lấy phiếu.",
    "voting_not_allowed": "Việc lấy phiếu do lãnh đạo cơ quan lấy phiếu hoặc người đã gửi phiếu thực hiện.",
    "voting_words_missing": "Chưa ghi tên việc hoặc nội dung đề nghị thành viên cho ý kiến.",
    "voting_members": "Chọn từ 2 đến {most} thành viên để lấy phiếu.",
    "voting_member_unknown": "Chức danh {post} không có người đang giữ hoặc không thuộc Ủy ban nhân dân này. Chọn lại trong danh sách.",
    "voting_closed": "Lần lấy phiếu này đã kết thúc.",
    "voting_past": "Đã hết hạn gửi phiếu nên không thôi lấy phiếu được nữa; phiếu được kiểm ngay sau đó.",
    "voting_waits": "Còn thành viên chưa gửi phiếu: chờ hết hạn, hoặc đợi đủ phiếu rồi kiểm phiếu.",
    "voting_not_closed": "Chưa kiểm phiếu nên chưa có biên bản kiểm phiếu.",
    "voting_tally_known": "Đã gắn biên bản kiểm phiếu đã ký.",
    "slip_not_visible": "Không tìm thấy phiếu này, hoặc phiếu không phải của đồng chí.",
    "slip_not_own": "Mỗi thành viên tự gửi phiếu của mình; không ai gửi phiếu thay người khác.",
    "slip_choice_missing": "Chưa chọn ý kiến. Chọn đồng ý, không đồng ý hoặc ý kiến khác.",
    "slip_words_missing": "Đã chọn “{choice}” nhưng chưa ghi lý do hoặc nội dung ý kiến.",
    "slip_late": "Đã hết hạn gửi phiếu; phiếu không còn được nhận hoặc thay đổi.",
}
