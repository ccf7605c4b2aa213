"""Sentences of handing on: what is wrong with a return, with an arbiter's ruling, and what to do."""

from __future__ import annotations

from typing import Final

TRANSFER_MESSAGES: Final[dict[str, str]] = {
    "facts_span": "Chọn khoảng thời gian tối đa {days} ngày, ngày đầu trước ngày cuối.",
    "return_own_matter": (
        "Sổ thẩm quyền ghi việc “{matter}” thuộc thẩm quyền của chính đơn vị ({holder}) theo {basis}. Đơn vị giải quyết; "
        "nếu vẫn trả lại thì ghi rõ vì sao, nơi nhận sẽ thấy lý do này."
    ),
    "return_late": (
        "Quá thời hạn trả lại: {days} ngày làm việc kể từ khi nhận, hết ngày {last}. Nếu vẫn trả lại thì ghi rõ vì sao muộn; "
        "việc trả lại muộn được ghi nhận."
    ),
    "return_ruled": "Việc này đã có kết luận phân xử thuộc thẩm quyền của đơn vị nên không trả lại được nữa.",
    "return_unit_missing": "Chọn cơ quan có thẩm quyền để việc chuyển thẳng đến đó; chưa rõ cơ quan nào thì chọn chuyển phân xử.",
    "return_unit_own": "Cơ quan được nêu là chính đơn vị trả lại. Chọn cơ quan khác.",
    "arbitration_open": "Việc này đang chờ phân xử thẩm quyền. Chờ kết luận.",
    "arbitration_not_visible": "Không có việc phân xử này hoặc đồng chí không được xem.",
    "arbiter_is_party": (
        "Đồng chí thuộc một bên của việc này ({unit}) nên không kết luận được. Bấm “Chuyển cấp trên” để cấp trên phân xử."
    ),
    "arbiter_none": "Chưa có ai được giao phân xử. Ghi người phân xử trong quy tắc chuyển việc.",
    "arbiter_highest": "Đồng chí là cấp phân xử cao nhất, không còn cấp trên để chuyển. Đồng chí kết luận việc này.",
    "ruling_unit_missing": "Chọn cơ quan có thẩm quyền.",
    "ruling_basis_missing": "Ghi căn cứ của kết luận: điều, khoản, văn bản.",
    "ruling_matter_missing": "Ghi vấn đề bằng cụm từ thường gặp trong văn bản, để lần sau việc đến thẳng cơ quan có thẩm quyền.",
    "ruling_overlap": (
        "Sổ thẩm quyền đang ghi vấn đề này cho nơi khác (dòng {other}). Ghi vấn đề cụ thể hơn, hoặc đề nghị Sở Nội vụ kết thúc "
        "dòng đó trước."
    ),
    "arbiter_rule_most": "Số lần chuyển tối đa từ 1 đến {most}.",
    "arbiter_rule_document": "Ghi văn bản quy định việc phân xử.",
    "arbiter_rule_from": "Ngày bắt đầu từ {first} trở đi.",
    "arbiter_rule_post": "Chọn chức danh phân xử đang có trong tổ chức bộ máy.",
}
