"""Words for the acts on a duty: what each is called, and what is said after it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

ACTS: dict[str, str | Promise] = {
    "assign": gettext_lazy("Giao thực hiện"),
    "submit": gettext_lazy("Trình lãnh đạo"),
    "return_draft": gettext_lazy("Trả lại để hoàn thiện"),
    "send": gettext_lazy("Gửi báo cáo kết quả"),
    "confirm": gettext_lazy("Xác nhận hoàn thành"),
    "send_back": gettext_lazy("Chuyển lại: chưa đạt"),
    "recall": gettext_lazy("Rút lại"),
    "propose_extension": gettext_lazy("Xin gia hạn"),
    "propose_return": gettext_lazy("Trả lại: không thuộc thẩm quyền"),
    "propose_obstacle": gettext_lazy("Nêu khó khăn, vướng mắc"),
    "propose_suggestion": gettext_lazy("Đề xuất, kiến nghị"),
    "explain": gettext_lazy("Gửi giải trình"),
    "accept_explanation": gettext_lazy("Chấp nhận giải trình"),
    "refuse_explanation": gettext_lazy("Chưa chấp nhận giải trình"),
    "drop_explanation": gettext_lazy("Thôi yêu cầu giải trình"),
    "accept": gettext_lazy("Đồng ý"),
    "refuse": gettext_lazy("Không đồng ý"),
    "withdraw": gettext_lazy("Rút đề xuất"),
    "correct": gettext_lazy("Đính chính nhiệm vụ"),
    "replace": gettext_lazy("Giao nhiệm vụ thay thế"),
    "revoke": gettext_lazy("Thôi giao nhiệm vụ"),
    "reassign": gettext_lazy("Giao lại cho đơn vị khác"),
}

#: What has been done, for the sentence after an act.
DONE: dict[str, str | Promise] = {
    "assign": gettext_lazy("Đã giao, việc đã sang bàn người nhận"),
    "submit": gettext_lazy("Đã trình lãnh đạo, việc đã sang bàn cấp trên"),
    "return_draft": gettext_lazy("Đã trả lại để hoàn thiện"),
    "send": gettext_lazy("Đã gửi báo cáo kết quả, thời hạn của đơn vị ngừng tính từ lúc này"),
    "confirm": gettext_lazy("Đã xác nhận hoàn thành"),
    "send_back": gettext_lazy("Đã chuyển lại, thời hạn của đơn vị tiếp tục tính"),
    "correct_result": gettext_lazy("Đã sửa thông tin văn bản kết quả"),
    "propose_extension": gettext_lazy("Đã gửi đề xuất gia hạn; hạn hiện tại giữ nguyên cho đến khi có quyết định"),
    "propose_return": gettext_lazy("Đã gửi đề xuất trả lại; nhiệm vụ vẫn của đơn vị cho đến khi có quyết định"),
    "propose_obstacle": gettext_lazy("Đã gửi khó khăn, vướng mắc đến người giao việc; thời hạn vẫn tính"),
    "propose_suggestion": gettext_lazy("Đã gửi đề xuất, kiến nghị đến người giao việc"),
    "explain": gettext_lazy("Đã gửi giải trình, thời hạn ngừng tính từ lúc này"),
    "accept_explanation": gettext_lazy("Đã chấp nhận giải trình"),
    "refuse_explanation": gettext_lazy("Đã trả lời chưa chấp nhận, đơn vị giải trình lại"),
    "drop_explanation": gettext_lazy("Đã thôi yêu cầu giải trình, đơn vị được thông báo"),
    "accept": gettext_lazy("Đã đồng ý, quyết định đã có hiệu lực với nhiệm vụ"),
    "refuse": gettext_lazy("Đã trả lời không đồng ý, nhiệm vụ giữ nguyên"),
    "withdraw": gettext_lazy("Đã rút đề xuất"),
    "correct": gettext_lazy("Đã đính chính nhiệm vụ, đơn vị được thông báo"),
    "replace": gettext_lazy("Đã giao nhiệm vụ thay thế, nhiệm vụ cũ đã kết thúc"),
    "revoke": gettext_lazy("Đã thôi giao nhiệm vụ, đơn vị được thông báo"),
    "reassign": gettext_lazy("Đã giao lại, đây là nhiệm vụ của đơn vị mới"),
}
