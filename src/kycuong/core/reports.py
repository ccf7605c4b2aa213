"""The outline of a report: from the clause that asks for it and from the orders of the document, filled with facts.

A block is plain data (a heading, a fact with the codes of its figures, a table, a chart, a text of people), so that page, DOCX
and PDF show the same. Facts come from the ledger; texts are what people appraise; each block says which it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from kycuong.core import report_targets
from kycuong.core.duties import STATE_LABELS, State
from kycuong.core.figures import BY_CODE, OF_STATE, OF_TARGETS, SHARE, TOTAL, Answer, Line, counted, written
from kycuong.core.report_targets import TargetFact

Block = dict[str, Any]
#: Keys of the texts that every report has; each order of the document has one of its own beside them.
GENERAL, HINDRANCES, NEXT, OTHER = "chung", "kho-khan", "thoi-gian-toi", "khac"
SECTIONS: Final = frozenset({GENERAL, HINDRANCES, NEXT, OTHER})
TEXT_MAX: Final = 20_000


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above a report: on which document, asked by which words, to whom, through whom, for which period."""

    document: str
    subject: str
    clause: str
    to: str
    via: str
    unit: str
    since: date
    as_of: date

    def to_json(self) -> dict[str, str]:
        """Return the head as plain data."""
        names = ("document", "subject", "clause", "to", "via", "unit")
        days = {name: getattr(self, name).isoformat() for name in ("since", "as_of")}
        return {name: getattr(self, name) for name in names} | days


@dataclass(frozen=True, slots=True)
class OrderFact:
    """One order of the document as a heading: its key, its printed number, its words in short."""

    key: str
    path: str
    title: str


@dataclass(frozen=True, slots=True)
class TaskFact:
    """One task with what it brought: `results` are documents as officials cite them."""

    duty: str
    order: str
    title: str
    state: State
    last_on: date | None
    results: tuple[str, ...]
    late: int


@dataclass(frozen=True, slots=True)
class Hindrance:
    """One obstacle or suggestion that was put to the giver, and the answer, empty while there is none."""

    kind: str
    about: str
    said: str
    answer: str


@dataclass(frozen=True, slots=True)
class UnitFact:
    """One unit of a synthesis: its lines, whether and when it sent its report, and under which names it did so before."""

    key: str
    name: str
    group: str
    lines: tuple[Line, ...]
    sent_on: date | None = None
    late: int = 0
    edition: str = ""
    collects: bool = False
    before: tuple[str, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)


def title_of(text: str, limit: int = 160) -> str:
    """Return an order's words as a heading."""
    words = " ".join(text.split()).rstrip(".;")
    return words if len(words) <= limit else words[: limit - 1].rsplit(" ", 1)[0] + "…"


def heading(text: str, level: int = 1) -> Block:
    """Return a heading."""
    return {"kind": "heading", "level": level, "text": text}


def fact(text: str, *figures: str) -> Block:
    """Return a sentence from the ledger, with the codes of the figures that prove it."""
    return {"kind": "fact", "text": text, "figures": list(figures)}


def table(
    head: Sequence[str], rows: Sequence[Sequence[str]], *, name: str = "", strong: Iterable[int] = (),
    figures: Sequence[str] = (), links: Sequence[str] = (), wide: int = 0,
) -> Block:  # fmt: skip
    """Return a table; `strong` are rows in bold, `links` the edition behind each row, `wide` the column of words."""
    return {
        "kind": "table", "name": name, "head": list(head), "rows": [list(row) for row in rows], "strong": list(strong),
        "figures": list(figures), "links": list(links), "wide": wide,
    }  # fmt: skip


def words(key: str, texts: Mapping[str, str], prompt: str) -> Block:
    """Return the place of what people write, with what they have written."""
    return {"kind": "text", "key": key, "text": texts.get(key, ""), "prompt": prompt}


def chart(what: str, rows: Sequence[tuple[str, int]], caption: str) -> Block:
    """Return a chart of some numbers."""
    return {"kind": "chart", "chart": what, "rows": [list(row) for row in rows], "caption": caption}


def of_unit(
    head: Head, answers: Sequence[Answer], orders: Sequence[OrderFact], tasks: Sequence[TaskFact],
    hindrances: Sequence[Hindrance], texts: Mapping[str, str], targets: Sequence[TargetFact] = (),
) -> list[Block]:  # fmt: skip
    """Return the report of one unit: what was done in general, point by point, what hinders, what comes next."""
    numbers = {one.code: one for one in answers}
    blocks = [
        heading("I. TÌNH HÌNH CHỈ ĐẠO, TRIỂN KHAI THỰC HIỆN"),
        words(GENERAL, texts, "Nêu việc quán triệt, phân công, ban hành kế hoạch của đơn vị."),
        heading("II. KẾT QUẢ THỰC HIỆN"),
        heading("1. Kết quả chung", 2),
        summary(numbers),
        *report_targets.summary(numbers),
        of_figures(answers),
        *([report_targets.of_unit(targets)] if targets else []),
        heading("2. Kết quả từng nội dung được giao", 2),
    ]
    for order in orders:
        blocks += _of_order(order, [one for one in tasks if one.order == order.key], texts, targets)
    others = [one for one in tasks if one.order not in {order.key for order in orders}]
    blocks += _of_order(OrderFact(OTHER, "", "Nhiệm vụ khác của văn bản"), others, texts, ()) if others else []
    blocks += [heading("III. KHÓ KHĂN, VƯỚNG MẮC; ĐỀ XUẤT, KIẾN NGHỊ"), *_hindering(hindrances, numbers)]
    blocks.append(words(HINDRANCES, texts, "Nêu khó khăn, nguyên nhân, đề xuất ngoài các việc đã gửi qua phần mềm."))
    blocks += [heading("IV. NHIỆM VỤ THỜI GIAN TỚI"), *_ahead(tasks)]
    blocks.append(words(NEXT, texts, "Nêu giải pháp, cam kết thời gian hoàn thành các việc còn lại."))
    return blocks


def summary(numbers: Mapping[str, Answer]) -> Block:
    """Return the sentence that sums up."""
    said = {code: numbers[code].shown for code in ("NV-01", "NV-02", "NV-03", "NV-04", "NV-07", "NV-08", SHARE)}
    going = numbers["NV-05"].n + numbers["NV-06"].n
    text = (
        f"Trong kỳ có {said['NV-01']} nhiệm vụ: {said['NV-02']} đã hoàn thành đúng hạn, {said['NV-03']} đã hoàn thành quá hạn, "
        f"{said['NV-04']} chờ xác nhận, {written(going, None)} đang thực hiện trong hạn, {said['NV-07']} quá hạn, "
        f"{said['NV-08']} không thời hạn. Tỷ lệ hoàn thành đúng hạn trên toàn bộ nhiệm vụ có thời hạn: {said[SHARE]}."
    )
    return fact(text, "NV-01", *OF_STATE, SHARE)


def of_figures(answers: Sequence[Answer]) -> Block:
    """Return the table of all figures, each with its code; those of targets only where there are any."""
    aimed = any(one.code in OF_TARGETS and one.n for one in answers)
    told = [one for one in answers if aimed or one.code not in OF_TARGETS]
    rows = [(one.code, BY_CODE[one.code].name, BY_CODE[one.code].counted, one.shown) for one in told]
    codes = [one.code for one in told]
    head = ("Mã số liệu", "Số liệu", "Đơn vị tính", "Kết quả")
    return table(head, rows, name="so-lieu", figures=codes, wide=1)


def _of_order(
    order: OrderFact, tasks: Sequence[TaskFact], texts: Mapping[str, str], targets: Sequence[TargetFact]
) -> list[Block]:
    title = f"{order.path}. {order.title}" if order.path and order.path != "end" else order.title
    blocks = [heading(title, 3)]
    for one in tasks:
        blocks.append(fact(_said(one), *_codes(one.state)))
    blocks += [fact(*report_targets.sentence(one)) for one in targets if one.order == order.key]
    blocks.append(words(order.key, texts, "Nêu kết quả cụ thể, sản phẩm, nguyên nhân chưa hoàn thành (nếu có)."))
    return blocks


def _codes(state: State) -> tuple[str, ...]:
    by_state = dict(zip(
        (State.DONE_ON_TIME, State.DONE_LATE, State.AWAITING, State.NOT_DUE, State.NEAR_DUE, State.OVERDUE, State.NO_TERM),
        OF_STATE, strict=True,
    ))  # fmt: skip
    return (by_state.get(state, "NV-10"),)


def _said(one: TaskFact) -> str:
    """Return how a task stands, in one sentence."""
    parts = [STATE_LABELS[one.state]]
    if one.late and one.state in {State.DONE_LATE, State.AWAITING}:
        parts.append(f"chậm {one.late} ngày làm việc")
    if one.last_on:
        parts.append(f"hạn hết ngày {one.last_on:%d/%m/%Y}")
    parts.append(f"kết quả: {'; '.join(one.results)}" if one.results else "chưa gửi văn bản kết quả")
    if one.state is State.NO_TERM and not one.results:
        parts.pop()
    return "; ".join(parts) + "."


def _hindering(found: Sequence[Hindrance], numbers: Mapping[str, Answer]) -> list[Block]:
    if not found:
        return [
            fact(
                "Trong kỳ đơn vị không gửi khó khăn, vướng mắc, đề xuất, kiến nghị nào qua phần mềm.", "KK-01", "KK-03"
            )
        ]
    rows = [
        ("Khó khăn, vướng mắc" if one.kind == "obstacle" else "Đề xuất, kiến nghị", title_of(one.about, 90), one.said,
         one.answer or "Chưa được trả lời")
        for one in found
    ]  # fmt: skip
    text = (
        f"Trong kỳ đã gửi {numbers['KK-01'].shown} khó khăn, vướng mắc ({numbers['KK-02'].shown} chưa được trả lời) và "
        f"{numbers['KK-03'].shown} đề xuất, kiến nghị."
    )
    head = ("Loại", "Nhiệm vụ", "Nội dung", "Trả lời của người giao việc")
    return [fact(text, "KK-01", "KK-02", "KK-03"), table(head, rows, wide=2)]


_GOING = (State.OVERDUE, State.NEAR_DUE, State.NOT_DUE)


def _ahead(tasks: Sequence[TaskFact]) -> list[Block]:
    """Return the tasks that remain, what hurts first."""
    left = sorted((one for one in tasks if one.state in _GOING), key=lambda one: (one.last_on or date.max, one.title))
    if not left:
        return [fact("Không còn nhiệm vụ có thời hạn nào đang thực hiện.", "NV-05", "NV-06", "NV-07")]
    rows = [
        (title_of(one.title), f"{one.last_on:%d/%m/%Y}" if one.last_on else "", STATE_LABELS[one.state]) for one in left
    ]
    return [table(("Nhiệm vụ còn lại", "Hạn (hết ngày)", "Trạng thái"), rows, figures=("NV-05", "NV-06", "NV-07"))]


def figures_of(lines: Iterable[Line], codes: Sequence[str]) -> list[str]:
    """Return some figures of some lines as they are printed."""
    kept = list(lines)
    return [written(*counted(BY_CODE[code], kept)[:2]) for code in codes]


COLUMNS: Final = (TOTAL, *OF_STATE, SHARE)
_SHORT: Final = (
    "Được giao", "Đúng hạn", "Quá hạn (đã xong)", "Chờ xác nhận", "Chưa đến hạn", "Sắp đến hạn", "Quá hạn", "Không thời hạn",
    "Tỷ lệ đúng hạn",
)  # fmt: skip


def of_collector(
    head: Head, answers: Sequence[Answer], orders: Sequence[OrderFact], units: Sequence[UnitFact],
    hindrances: Sequence[Hindrance], texts: Mapping[str, str], targets: Sequence[TargetFact] = (),
) -> list[Block]:  # fmt: skip
    """Return the synthesis: who has sent and who has not, the results of all, by unit and by point, what hinders, what comes."""
    numbers = {one.code: one for one in answers}
    lines = [line for unit in units for line in unit.lines]
    return [
        heading("I. TÌNH HÌNH GỬI BÁO CÁO"),
        *_sending(units),
        words(GENERAL, texts, "Nêu việc hướng dẫn, đôn đốc, kiểm tra của cơ quan tổng hợp."),
        heading("II. KẾT QUẢ THỰC HIỆN"),
        heading("1. Kết quả chung", 2),
        summary(numbers),
        chart(
            "states",
            [(STATE_LABELS[_STATE_OF[code]], numbers[code].n) for code in OF_STATE],
            "Nhiệm vụ theo trạng thái",
        ),
        *report_targets.summary(numbers),
        of_figures(answers),
        heading("2. Kết quả từng nội dung của văn bản", 2),
        _by_order(orders, lines),
        *(report_targets.of_units(targets) if targets else []),
        *[words(order.key, texts, f"Nhận định về nội dung {order.path}.") for order in orders if texts.get(order.key)],
        heading("3. Kết quả theo đơn vị", 2),
        _by_unit(units),
        *_worst(units),
        heading("III. KHÓ KHĂN, VƯỚNG MẮC; ĐỀ XUẤT, KIẾN NGHỊ"),
        *_hindering(hindrances, numbers),
        *_voices(units, HINDRANCES),
        words(HINDRANCES, texts, "Tổng hợp, phân loại, đề xuất hướng giải quyết."),
        heading("IV. NHIỆM VỤ THỜI GIAN TỚI"),
        _remaining(numbers),
        words(NEXT, texts, "Nêu nhiệm vụ trọng tâm, kiến nghị với Chủ tịch UBND tỉnh."),
    ]


_STATE_OF: Final = dict(zip(
    OF_STATE,
    (State.DONE_ON_TIME, State.DONE_LATE, State.AWAITING, State.NOT_DUE, State.NEAR_DUE, State.OVERDUE, State.NO_TERM),
    strict=True,
))  # fmt: skip


def _sending(units: Sequence[UnitFact]) -> list[Block]:
    """Return how many units sent their reports, how many late, and the names of those that did not."""
    others = [unit for unit in units if not unit.collects]
    sent = [unit for unit in others if unit.sent_on]
    late = [unit for unit in sent if unit.late]
    missing = [unit for unit in others if not unit.sent_on]
    text = f"{len(sent)} trên {len(others)} đơn vị đã gửi báo cáo"
    text += " (không kể cơ quan tổng hợp)" if len(others) < len(units) else ""
    text += f", trong đó {len(late)} đơn vị gửi quá hạn." if late else "."
    found = [fact(text)]
    for group in dict.fromkeys(unit.group for unit in missing):
        names = [unit.name for unit in missing if unit.group == group]
        found.append(fact(f"Chưa gửi báo cáo, {group} ({len(names)}): {_named(names)}."))
    if missing:
        found.append(fact(
            "Số liệu của các đơn vị chưa gửi lấy từ sổ nhiệm vụ tại thời điểm tổng hợp, vẫn nằm trong mẫu số."
        ))  # fmt: skip
    for unit in units:
        found += [fact(f"{unit.name} kế thừa {', '.join(unit.before)}; báo cáo đã gửi của các đơn vị cũ được tính vào {unit.name}, mỗi "
                       "nhiệm vụ một lần.")] if unit.before else []  # fmt: skip
    return found


def _named(names: Sequence[str]) -> str:
    """Return the names of units in a row; of several People's Committees the places alone, as officials list them."""
    committee = "Ủy ban nhân dân "
    if len(names) > 3 and all(name.startswith(committee) for name in names):
        return committee + ", ".join(name.removeprefix(committee) for name in names)
    return "; ".join(names)


def _by_order(orders: Sequence[OrderFact], lines: Sequence[Line]) -> Block:
    by_order: dict[str, list[Line]] = {}
    for line in lines:
        by_order.setdefault(line.order, []).append(line)
    rows = [
        (f"{order.path}. {order.title}" if order.path and order.path != "end" else order.title,
         *figures_of(by_order.get(order.key, []), COLUMNS))
        for order in orders
    ]  # fmt: skip
    return table(("Nội dung", *_SHORT), rows, name="noi-dung", figures=COLUMNS)


def _by_unit(units: Sequence[UnitFact]) -> Block:
    """Return one row a unit, by groups with a total each, and the total of all; each row leads to the unit's own report."""
    rows: list[tuple[str, ...]] = []
    strong: list[int] = []
    links: list[str] = []
    groups: dict[str, list[UnitFact]] = {}
    for unit in units:
        groups.setdefault(unit.group, []).append(unit)
    for group, members in groups.items():
        strong.append(len(rows))
        rows.append(("", f"{group} ({len(members)})", *figures_of(_all(members), COLUMNS), ""))
        links.append("")
        for unit in members:
            told = f"{unit.sent_on:%d/%m/%Y}" if unit.sent_on else "Chưa gửi"
            rows.append((str(len(links) - len(strong) + 1), unit.name, *figures_of(unit.lines, COLUMNS), told))
            links.append(unit.edition)
    strong.append(len(rows))
    rows.append(("", "Tổng cộng", *figures_of(_all(units), COLUMNS), ""))
    links.append("")
    head = ("TT", "Đơn vị", *_SHORT, "Gửi báo cáo")
    return table(head, rows, name="don-vi", strong=strong, figures=COLUMNS, links=links, wide=1)


def _all(units: Iterable[UnitFact]) -> list[Line]:
    return [line for unit in units for line in unit.lines]


def _worst(units: Sequence[UnitFact]) -> list[Block]:
    late = [(unit.name, sum(line.state is State.OVERDUE for line in unit.lines)) for unit in units]
    rows = sorted((row for row in late if row[1]), key=lambda row: (-row[1], row[0]))[:15]
    return [chart("bars", rows, "Đơn vị có nhiều nhiệm vụ quá hạn nhất")] if rows else []


def _remaining(numbers: Mapping[str, Answer]) -> Block:
    """Return the sentence of what remains to be done by all."""
    going = written(numbers["NV-05"].n + numbers["NV-06"].n, None)
    text = (
        f"Các đơn vị còn phải hoàn thành {numbers['NV-07'].shown} nhiệm vụ đã quá hạn và {going} nhiệm vụ đang trong hạn; "
        f"{numbers['NV-04'].shown} kết quả đang chờ xác nhận."
    )
    return fact(text, "NV-04", "NV-05", "NV-06", "NV-07")


def _voices(units: Sequence[UnitFact], key: str) -> list[Block]:
    """Return what the units wrote under one heading; the same words once, under the names of all who wrote them."""
    said: dict[str, list[str]] = {}
    for unit in units:
        if text := unit.texts.get(key, "").strip():
            said.setdefault(text, []).append(unit.name)
    rows = [(_named(names), text) for text, names in said.items()]
    return [table(("Đơn vị", "Nội dung đơn vị nêu trong báo cáo"), rows, wide=1)] if rows else []
