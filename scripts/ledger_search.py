"""Words for the ledger of `ledger_rows.py`: some thousand different orders, and over all records the rows of search."""

from __future__ import annotations

import random

import ledger_rows as ledger
from django.db import connection

from kycuong.core.search import tokens
from kycuong.models import Document, Unit
from kycuong.queries.search.fts5 import TABLES
from kycuong.services import search

TITLES = 4_096
WHAT = [
    "Báo cáo kết quả", "Rà soát", "Tham mưu ban hành kế hoạch", "Chấn chỉnh kỷ luật, kỷ cương", "Đẩy nhanh tiến độ",
    "Kiểm tra việc thực hiện", "Công khai thủ tục hành chính về", "Tổng hợp vướng mắc trong",
    "Xử lý dứt điểm tồn đọng về", "Đề xuất phương án",
]  # fmt: skip
ABOUT = [
    "giải phóng mặt bằng", "giải ngân vốn đầu tư công", "chuyển đổi số", "phòng cháy, chữa cháy",
    "phòng, chống thiên tai", "cấp giấy chứng nhận đất đai", "nhà ở xã hội", "an toàn thực phẩm",
    "trường học đạt chuẩn", "thu gom rác thải", "trồng rừng thay thế", "hòa giải ở cơ sở", "quản lý khoáng sản",
    "dịch vụ công trực tuyến", "tinh giản biên chế", "khám, chữa bệnh từ xa", "bảo tồn di tích",
    "hạ tầng cụm công nghiệp", "xuất khẩu nông sản", "thủy lợi nội đồng", "tiếp công dân", "đào tạo nghề",
    "thu ngân sách", "sắp xếp trụ sở",
]  # fmt: skip
WHERE = [
    "trên địa bàn tỉnh", "tại các xã miền núi", "tại các phường trung tâm", "ở khu vực biên giới",
    "dọc tuyến cao tốc", "tại cụm cảng", "ở vùng hạ du hồ chứa", "tại các khu tái định cư", "trong quý III",
    "trong sáu tháng đầu năm",
]  # fmt: skip
SYLLABLES = "an bình chương dân giang hạnh khê lâm miên ngọc phú quang sơn thạch uyên vĩnh xuân yên đức hòa".split()


def titles() -> None:
    """Make a table of titles, as printed and in folded words; the place names in them make some words rare."""
    rng = random.Random(2026)
    rows = []
    for n in range(TITLES):
        place = f"{rng.choice(SYLLABLES)} {SYLLABLES[n % len(SYLLABLES)]}".title()
        text = f"{rng.choice(WHAT)} {rng.choice(ABOUT)} {rng.choice(WHERE)}, thôn {place} {n // 16}, gửi Sở Nội vụ tổng hợp"
        rows.append((n, text, " ".join(tokens(text))))
    ledger.run("CREATE TABLE bench_title (n integer PRIMARY KEY, title varchar(300), folded varchar(300))")
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO bench_title VALUES (%s, %s, %s)", rows)


def title_of(order: str) -> str:
    """Return the SQL of the number of an order's title."""
    return f"({order} * 48271 % 2147483647) / 11 % {TITLES}"


def year(instant: str) -> str:
    return f"extract(year FROM {instant})" if ledger.postgresql() else f"strftime('%Y', {instant})"


def joined(what: str) -> str:
    """Return the SQL of a group's different texts in one, with blanks."""
    if ledger.postgresql():
        return f"string_agg(DISTINCT {what}, ' ')"
    return f"replace(group_concat(DISTINCT {what}), ',', ' ')"


def rows(duties: int) -> None:
    """Write texts of documents, and the rows of search of documents, orders and tasks; the index over them last."""
    with connection.cursor() as cursor:
        if ledger.postgresql():
            cursor.execute("DROP INDEX search_words")
            _fill(duties)
            cursor.execute("CREATE INDEX search_words ON kycuong_searchrow USING gin (words) WITH (fastupdate = off)")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'kycuong_searchrow'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        _fill(duties)
        for table in TABLES.values():
            cursor.execute(f"INSERT INTO {table}({table}) VALUES ('rebuild')")
        for _, sql in triggers:
            cursor.execute(sql)


def _fill(duties: int) -> None:
    documents, per = duties // ledger.PER_DOCUMENT, ledger.PER_DOCUMENT // ledger.PER_ORDER
    text = "string_agg(o.text, '. ')" if ledger.postgresql() else "group_concat(o.text, '. ')"
    empty = "'{}'"
    ledger.insert(
        "documenttext", "kycuong_order o WHERE o.document_id NOT IN (SELECT document_id FROM kycuong_documenttext) GROUP BY o.document_id",
        document_id="o.document_id", text=text, reading=empty, reader_version="'bench'",
    )  # fmt: skip
    units, words = joined("'=u' || holder_unit_id"), text.replace("o.text", "b.folded").replace(". ", " ")
    charged = f"(SELECT document_id AS doc, {units} AS units FROM kycuong_duty GROUP BY document_id)"
    folded = (
        f"(SELECT o.document_id AS doc, {words} AS body FROM kycuong_order o "
        f"JOIN bench_title b ON b.n = {title_of('o.id')} GROUP BY o.document_id)"
    )
    subject = " ".join(tokens(ledger.TITLE))
    named = " ".join(
        dict.fromkeys(
            f"=w{word}" for word in f"ct ubnd chi thi uy ban nhan dan tinh {subject} phan trong nghiem".split()
        )
    )
    marks = f"'=kdocument =y' || {year('d.issued_at')} || ' =d' || d.id || ' ' || c.units || ' =w' || d.number || ' {named}'"
    ledger.insert(
        "searchrow", f"kycuong_document d JOIN {charged} c ON c.doc = d.id JOIN {folded} f ON f.doc = d.id",
        id="d.id", kind="'document'", document_id="d.id", code="d.number || ' ct ubnd'",
        head=f"d.number || ' ct ubnd chi thi uy ban nhan dan tinh {subject} phan trong nghiem'", body="f.body", marks=marks,
    )  # fmt: skip
    place = "strpos(s.marks, ' =w')" if ledger.postgresql() else "instr(s.marks, ' =w')"
    ledger.insert(
        "searchrow",
        "kycuong_order o JOIN kycuong_searchrow s ON s.document_id = o.document_id "
        f"JOIN bench_title b ON b.n = {title_of('o.id')}",
        id=f"{documents} + o.id", kind="'order'", order_id="o.id", code="''", head="b.folded || ' bao cao'", body="''",
        marks=f"replace(substr(s.marks, 1, {place} - 1), '=kdocument', '=korder')",
    )  # fmt: skip
    sides = Document.objects.values_list("giver_unit", "follower_unit").order_by("-pk")[0]
    seats = (
        f"'=ktask =y' || {year('y.opened_at')} || ' =d' || y.document_id || ' =h' || y.holder_unit_id || ' =s' || y.holder_unit_id "
        f"|| ' =s{sides[0]} =s{sides[1]} =s' || d.division || ' =o' || y.holder_officer_id "
        f"|| CASE WHEN y.id % 5 = 0 THEN ' =s' || a.aside ELSE '' END"
    )
    desk = f"(y.id * 48271 % 2147483647) / 7 % {ledger.DESKS}"
    _unit_words()
    ledger.insert(
        "searchrow", f"kycuong_duty y JOIN bench_desk d ON d.n = {desk} JOIN bench_desk a ON a.n = y.id * 31 % {ledger.DESKS} "
        f"JOIN bench_unit u ON u.id = y.holder_unit_id JOIN bench_title b ON b.n = {title_of(f'((y.id - 1) / {ledger.PER_ORDER} + 1)')}",
        id=f"{documents} + {documents * per} + y.id", kind="'task'", duty_id="y.id", code="''",
        head="b.folded || ' ' || u.folded || ' bao cao'", body="''", marks=seats,
    )  # fmt: skip


def _unit_words() -> None:
    ledger.run("CREATE TABLE bench_unit (id bigint PRIMARY KEY, folded varchar(300))")
    names = Unit.objects.values_list("pk", "name", "short_name")
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO bench_unit VALUES (%s, %s)", [(pk, search.words_of(*texts)) for pk, *texts in names]
        )
