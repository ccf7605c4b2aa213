"""The calendar and the counting rules as Vietnamese markdown, for docs/rules.md."""

from __future__ import annotations

from itertools import groupby

from kycuong.core.calendars import WEEKDAYS, WEEKLY_REST_BASIS, Calendar, DayRow
from kycuong.core.competence import BASIS, SIGNING_BASIS
from kycuong.core.consultations import RULES
from kycuong.core.dissents import MOST_REMINDERS, REMIND_DAYS
from kycuong.core.limit_rules import RULED
from kycuong.core.seed_calendar import seed
from kycuong.core.signs import CONTEST_WORKING_DAYS, MOST_PASSES, OWNER_WORKING_DAYS, SIGNS, STOCK_BEFORE, Code
from kycuong.core.transfers import ARBITRATE_WORKING_DAYS, MOST, RETURN_WORKING_DAYS

ROLLS = "24:00 ngày cuối, là ngày nghỉ thì 24:00 ngày làm việc tiếp theo"

#: unit or case, how it is counted, how it ends, basis
LIMIT_RULES = (
    ("giờ làm việc", "từ chính thời điểm ấn định, chỉ trong giờ làm việc", "đến phút", "BLDS 2015, Điều 147(1)"),
    (
        "ngày làm việc",
        "không tính ngày đầu tiên; chỉ tính ngày mà lịch ghi là làm việc",
        "24:00 ngày cuối",
        "BLDS 2015, Điều 147(2), (3), 148(6)",
    ),
    ("ngày", "không tính ngày đầu tiên; tính mọi ngày", ROLLS, "BLDS 2015, Điều 147(2), (3), 148(1), (5), (6)"),
    ("tuần", "ngày tương ứng của tuần cuối", ROLLS, "BLDS 2015, Điều 148(2), (5), (6)"),
    ("tháng", "ngày tương ứng, không có thì ngày cuối tháng", ROLLS, "BLDS 2015, Điều 148(3), (5), (6)"),
    ("năm", "ngày, tháng tương ứng, không có thì ngày cuối tháng", ROLLS, "BLDS 2015, Điều 148(4), (5), (6)"),
    (
        "ngày ấn định",
        "đúng ngày ghi trong văn bản",
        "24:00 ngày đó; chỉ dời khi quy định của hạn nói rõ",
        "BLDS 2015, Điều 148(6); quy định của từng hạn",
    ),
    (
        "“trước ngày N”",
        "ngày liền trước N",
        "24:00 ngày liền trước, không bao giờ dời",
        "nghĩa của câu chữ; BLDS 2015, Điều 148(6)",
    ),
    (
        "lịch làm việc thay đổi",
        "phần đã tính giữ nguyên, phần còn lại tính theo lịch mới từ ngày thay đổi đầu tiên",
        "chỉ sớm hơn khi không sớm hơn ngày đã giao và còn trọn ít nhất một ngày làm việc; ngày ấn định giữ nguyên",
        "BLDS 2015, Điều 147, 148; không ai thành quá hạn vì lịch thay đổi: mặc định của sản phẩm, chưa đối chiếu",
    ),
    (
        "tạm dừng",
        "không tính ngày bắt đầu dừng, tính ngày tiếp tục",
        "hạn lùi đúng thời gian dừng, theo đơn vị của thời hạn",
        "văn bản cho phép dừng; đếm ngày theo BLDS 2015, Điều 147(2), (3)",
    ),
    (
        "kết quả ở phía người giao",
        "như tạm dừng, từ lúc gửi đến lúc trả lại",
        "hạn lùi như tạm dừng; hạn do cấp trên ấn định không lùi",
        "mặc định của sản phẩm, theo quy chế của cơ quan",
    ),
)


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """Return a markdown table."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def row_cells(row: DayRow) -> tuple[str, ...]:
    """Return the cells of one calendar row."""
    kind = "làm việc" if row.working else "nghỉ"
    state = "đã đối chiếu" if row.verified else "chưa đối chiếu"
    return (f"{row.on:%d/%m/%Y}", WEEKDAYS[row.on.weekday()], kind, row.name, row.basis, state)


def calendar_rules(calendar: Calendar | None = None) -> str:
    """Return the rows of a calendar (the seed by default), year by year, with the document that decided each."""
    found = calendar or seed()
    rest = ", ".join(WEEKDAYS[n] for n in sorted(found.weekly_rest))
    parts = [
        f"## Lịch làm việc {found.name}",
        f"Các năm {found.first_year}–{found.last_year}. Nghỉ hằng tuần: {rest} ({WEEKLY_REST_BASIS}). "
        "Dòng chưa đối chiếu là dự kiến theo luật hoặc mới có một nguồn; cơ quan bổ sung, sửa bằng dòng của mình.",
    ]
    head = ("Ngày", "Thứ", "Loại", "Tên", "Văn bản quyết định", "Trạng thái")
    for year, rows in groupby(found.rows, key=lambda row: row.on.year):
        parts.extend((f"### {year}", table(head, [row_cells(row) for row in rows])))
    return "\n\n".join(parts) + "\n"


def default_rules() -> str:
    """Return the limits that an authority decides for itself, with what the product starts with."""
    rows: list[tuple[str, ...]] = [
        (one.label, one.meaning, f"{one.default.qty} ngày làm việc", one.default.source, "chưa đối chiếu")
        for one in RULED.values()
    ]
    head = ("Thời hạn", "Tính từ đâu", "Ban đầu", "Căn cứ", "Trạng thái")
    return (
        "## Thời hạn do cơ quan quy định\n\nMỗi cơ quan thay bằng quyết định của mình ở trang Quy định về thời hạn; "
        "nhiệm vụ đã giao giữ thời hạn cũ.\n\n" + table(head, rows) + "\n"
    )


def limit_rules() -> str:
    """Return how each kind of limit is counted and ends, with its basis."""
    head = ("Loại thời hạn", "Cách tính", "Kết thúc", "Căn cứ")
    return "## Cách tính thời hạn\n\n" + table(head, list(LIMIT_RULES)) + "\n"


#: what is asked, how the registry answers, basis
COMPETENCE_RULES = (
    ("ai có thẩm quyền", "dòng còn hiệu lực ngày hỏi, đúng địa bàn, đúng mức tiền; vấn đề riêng trước vấn đề chung", BASIS),
    ("phân cấp, ủy quyền", "nơi nhận có thẩm quyền khi mọi dòng trong chuỗi giao còn hiệu lực và bao gồm việc đó", BASIS),
    ("giao tiếp", "chỉ khi dòng giao cho phép; không vượt vấn đề, địa bàn, mức tiền, thời gian; không giao vòng tròn", BASIS),
    ("hai nơi cùng thẩm quyền", "không ghi được vào sổ; có sẵn thì báo để xác định lại", "Khoản 4.1.4 của văn bản nguồn"),
    ("ai được ký", "người đứng đầu ký; cấp phó ký thay khi được phân công; vượt mức, ngoài địa bàn, hết hiệu lực: không", SIGNING_BASIS),
    ("sửa sổ", "không ghi đè: nội dung mới bắt đầu một ngày, nội dung cũ và phần giao lại kết thúc ngày đó", "Khoản 1.5 của văn bản nguồn"),
)  # fmt: skip


def competence_rules() -> str:
    """Return how the registry of competence answers, with its basis."""
    head = ("Câu hỏi", "Quy tắc", "Căn cứ")
    return "## Sổ thẩm quyền\n\n" + table(head, list(COMPETENCE_RULES)) + "\n"


#: What happened; what it comes to; by which source.
CONSULTING_RULES = (
    ("hỏi ai", "chỉ cơ quan có liên quan, theo sổ thẩm quyền; hỏi cơ quan khác phải ghi lý do, bỏ sót cơ quan có thẩm quyền thì được báo",
     "2230/UBND-NC, điểm 2.2"),
    ("chưa có bằng chứng đã nhận", "thời hạn chưa chạy", "NĐ 191/2026/NĐ-CP, Điều 11(4)a"),
    ("thời hạn", "{least} đến {most} ngày làm việc từ khi nhận; quy chế của cơ quan thay thế", "NĐ 191/2026/NĐ-CP, Điều 11(4)a"),
    ("ý kiến hợp lệ", "chính kiến ở từng điểm, bằng văn bản đã ký, có số; bấm nút hay mở đường dẫn không phải là ý kiến",
     "2230/UBND-NC, điểm 2.2"),
    ("trả lại", "điểm nào cũng ngoài thẩm quyền thì trả lại kèm căn cứ; không phải là im lặng", "2230/UBND-NC, điểm 2.1"),
    ("đến đúng lúc hết hạn hoặc sau đó", "là muộn: được lưu, ghi ngày, không đổi kết quả; ý kiến mà pháp luật đòi bằng văn bản "
     "thì đến muộn vẫn được nhận, và vẫn là trả lời không đúng hạn", "NĐ 191/2026/NĐ-CP, Điều 11(2)b"),
    ("xin thêm thời gian", "một lần; cơ quan hỏi không trả lời trước khi hết hạn thì được thêm như đã xin, cả khi câu trả lời đã "
     "bị trả lại vì không rõ; đúng hạn hay muộn tính theo thời hạn mới",
     "NĐ 191/2026/NĐ-CP, Điều 12(4)a; mặc định của sản phẩm, chưa đối chiếu"),
    ("ý kiến mà cơ quan hỏi chưa xem", "đến đúng hạn: được ghi nhận khi hết thời hạn đang tính, không chờ thời hạn đã xin thêm; đến muộn "
     "mà pháp luật đòi bằng văn bản: chờ cơ quan hỏi xem", "mặc định của sản phẩm, chưa đối chiếu"),
    ("trả lời không rõ chính kiến", "trả lại để nêu rõ; không bao giờ coi là đồng ý", "2230/UBND-NC, điểm 2.2"),
    ("im lặng, quy định coi là đồng ý", "đồng ý, nếu cơ quan bị ràng buộc, đã nhận, đã được nhắc trước khi hết hạn; đi tiếp "
     "khi thông báo đã ký và có số; thủ trưởng chịu trách nhiệm", "2230/UBND-NC, điểm 2.2"),
    ("im lặng, chưa được nhắc", "nhắc trước, thêm ít nhất một ngày làm việc", "mặc định của sản phẩm, chưa đối chiếu"),
    ("im lặng, quy định chỉ quy trách nhiệm", "không có ý kiến, không coi là đồng ý; thủ trưởng chịu trách nhiệm",
     "NĐ 191/2026/NĐ-CP, Điều 11(3)b"),
    ("im lặng, pháp luật đòi văn bản", "còn thiếu ý kiến; không đi tiếp", "luật chuyên ngành"),
    ("cơ quan không bị ràng buộc", "xã, ngành dọc, Đảng, Hội đồng nhân dân, bộ: im lặng không bao giờ là đồng ý; xã chỉ chịu "
     "trách nhiệm khi quy định nêu", "2230/UBND-NC, điểm 2.2 nói với sở, ban, ngành của tỉnh"),
    ("phương án thay đổi", "im lặng và trả lời cũ không còn giá trị với bản mới, hỏi lại từ đầu", "mặc định của sản phẩm, chưa đối chiếu"),
    ("không đồng ý ở nội dung chính", "hai thủ trưởng, hoặc người được ủy quyền bằng văn bản, làm việc trực tiếp và "
     "ký biên bản: thống nhất, "
     "hoặc để song song hai ý kiến; chưa có thì không đi tiếp", "2230/UBND-NC, điểm 2.3"),
    ("chưa làm việc trực tiếp", f"nhắc cả hai thủ trưởng {REMIND_DAYS} ngày làm việc một lần, nhiều nhất {MOST_REMINDERS} lần",
     "mặc định của sản phẩm, chưa đối chiếu"),
    ("phiếu của thành viên UBND", "quá nửa tổng số thành viên đồng ý; không gửi phiếu chỉ là đồng ý khi quy chế làm việc ghi như vậy; "
     "bằng nhau thì theo bên có ý kiến của Chủ tịch nếu quy định ghi", "NĐ 191/2026/NĐ-CP, Điều 7, 15 (thành viên "
     "Chính phủ), chưa đối chiếu"),
)  # fmt: skip


def consulting_rules() -> str:
    """Return the protocol between agencies, each line with its source."""
    rule = RULES[0]
    rows: list[tuple[str, ...]] = [
        (a, b.format(least=rule.least_days, most=rule.most_days), c) for a, b, c in CONSULTING_RULES
    ]
    return "## Lấy ý kiến giữa các cơ quan\n\n" + table(("Việc xảy ra", "Kết quả", "Nguồn"), rows) + "\n"


#: What happened; what it comes to; by which source.
HANDING_RULES = (
    ("trình lên việc mà sổ thẩm quyền ghi là của mình", "dừng lại, nêu căn cứ; vẫn trình thì phải ghi lý do, người giao việc đọc được",
     "2230/UBND-NC, điểm 1.4; khoản 0.5 của văn bản nguồn"),
    ("giao việc cho nơi khác với sổ thẩm quyền", "báo trước kèm căn cứ; vẫn giao thì phải ghi lý do, lý do lưu ở "
     "nhiệm vụ; máy giao việc thì "
     "được báo trong câu trả lời", "mặc định của sản phẩm, chưa đối chiếu"),
    ("trả lại nhiệm vụ", f"trong {RETURN_WORKING_DAYS} ngày làm việc, kèm căn cứ; muộn hơn thì ghi là trả lại muộn; "
     "nhiệm vụ và thời hạn vẫn của "
     "đơn vị cho đến khi có quyết định", "2230/UBND-NC, điểm 2.1; số ngày là mặc định của sản phẩm, chưa đối chiếu"),
    ("trả lại văn bản lấy ý kiến", "trong {back} ngày làm việc; việc của cơ quan khác thì chuyển thẳng đến đó; muộn, "
     "hoặc sổ ghi là việc của "
     "chính mình, thì phải ghi vì sao", "2230/UBND-NC, điểm 2.1; NĐ 191/2026/NĐ-CP, Điều 16; số ngày chưa đối chiếu"),
    (f"chuyển lần thứ {MOST + 1}, quay về nơi đã trả lại, chưa rõ của ai", "người phân xử kết luận trong "
     f"{ARBITRATE_WORKING_DAYS} ngày làm việc; "
     f"trước đó chuyển nhiều nhất {MOST} lần", "Khoản 3.9 của văn bản nguồn; số lần, số ngày là mặc định của sản phẩm, chưa đối chiếu"),
    ("người phân xử là một bên", "cấp tiếp theo phân xử; cấp cao nhất luôn phân xử được", "mặc định của sản phẩm, chưa đối chiếu"),
    ("kết luận phân xử", "thành một dòng của sổ thẩm quyền từ ngày đó; nơi được kết luận không trả lại được; lần sau "
     "việc đến thẳng nơi này",
     "Khoản 3.9, 4.2.1 của văn bản nguồn; mặc định của sản phẩm, chưa đối chiếu"),
)  # fmt: skip


def handing_rules() -> str:
    """Return what becomes of a matter that goes up, back or on, each line with its source."""
    rows: list[tuple[str, ...]] = [(a, b.format(back=RULES[0].return_days), c) for a, b, c in HANDING_RULES]
    return "## Trình lên, trả lại, chuyển việc, phân xử\n\n" + table(("Việc xảy ra", "Kết quả", "Nguồn"), rows) + "\n"


#: What an authority may change of the signs, or the product decides meanwhile: what it starts with, and where it is changed.
SIGN_DEFAULTS = (
    ("Chỉ đơn vị thấy và giải trình trước", f"{CONTEST_WORKING_DAYS} ngày làm việc kể từ ngày phát sinh",
     "cơ quan đổi ở trang Quy định về thời hạn"),
    (SIGNS[Code.OWNER_SLOW].label, f"quá {OWNER_WORKING_DAYS} ngày làm việc", "cơ quan đổi ở trang Quy định về thời hạn"),
    (SIGNS[Code.SILENCE].label, "theo thời hạn và loại cơ quan bị ràng buộc của từng quy định lấy ý kiến",
     "cơ quan đổi ở trang Quy định lấy ý kiến"),
    (SIGNS[Code.PASSES].label, f"quá {MOST_PASSES} lần chuyển phòng, hoặc quay lại phòng đã giữ", "mặc định của phần mềm"),
    (SIGNS[Code.VAGUE].label, f"câu đã dùng cho ít nhất {STOCK_BEFORE} việc khác là câu theo mẫu", "mặc định của phần mềm"),
    ("Việc đã phát sinh", "báo thủ trưởng đơn vị một lần cho mỗi dấu hiệu trong một tuần", "mặc định của phần mềm"),
)  # fmt: skip


def sign_rules() -> str:
    """Return the signs to be looked into: the fact counted, whose, out of what, by which source; and what are defaults."""
    rows: list[tuple[str, ...]] = [(one.label, one.of_whom, one.fact, one.of, one.basis) for one in SIGNS.values()]
    return (
        "## Dấu hiệu cần rà soát\n\nDấu hiệu chỉ chỗ cần xem lại, không phải kết luận. Đơn vị thấy và giải trình trước; việc đã loại "
        "không tính. Chưa đối chiếu với quy chế của cơ quan.\n\n"
        + table(("Dấu hiệu", "Của ai", "Việc được tính", "Tính trên", "Nguồn"), rows)
        + "\n\n"
        + table(("Mức, thời hạn", "Ban đầu", "Thay đổi"), list(SIGN_DEFAULTS))
        + "\n"
    )
