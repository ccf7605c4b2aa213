"""Lay a report out as an official report: the letter, wide tables as annexes across, the proof of each number.

Basis: NĐ 30/2020/NĐ-CP, Phụ lục I. Number, day and signature stay blank for the văn thư and the head.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from kycuong.core.figures import BY_CODE, FIGURES
from kycuong.core.letters import (
    Annex,
    Block,
    Column,
    Heading,
    Letter,
    Paragraph,
    Part,
    Picture,
    Run,
    Table,
    signature_of,
)
from kycuong.services.reports import charts

#: A table of more columns than this stands in an annex across.
COLUMNS_UPRIGHT: Final = 6
PICTURE_MM: Final = 150
_ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_NAMES: Final = {"noi-dung": "KẾT QUẢ THEO TỪNG NỘI DUNG CỦA VĂN BẢN", "don-vi": "KẾT QUẢ THEO ĐƠN VỊ",
    "chi-tieu": "CHỈ TIÊU CHƯA ĐẠT, CHƯA CÓ SỐ", "chi-tieu-chung": "KẾT QUẢ THỰC HIỆN CHỈ TIÊU"}  # fmt: skip
DRAFT: Final = "(DỰ THẢO: số liệu chưa chốt)"


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the text: who issues, above whom, symbol, place, who signs, receivers; `draft` for unfrozen numbers."""

    above: str
    unit: str
    symbol: str
    place: str
    signer_title: str
    signer: str
    receivers: tuple[str, ...]
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Proof:
    """The question behind the numbers: as of when, up to which watermark, under which hash; hashes by figure."""

    as_of: datetime
    watermark: int
    fingerprint: str
    figures: Mapping[str, str]


def build(
    frame: Frame, head: Mapping[str, str], blocks: Sequence[Mapping[str, Any]], proof: Proof, on: date
) -> list[Part]:
    """Return the parts of the paper: the letter, an annex for each wide table, the annex of proof."""
    wide = [block for block in blocks if _is_wide(block)]
    content = [_opening(head), *(made for block in blocks for made in _blocks(block, wide))]
    to = f"{head['to']} (qua {head['via']})" if head["via"] else head["to"]
    letter = Letter(
        issuer=frame.unit,
        title=f"{head['subject']}\n{DRAFT}" if frame.draft else head["subject"],
        content=tuple(content),
        above=frame.above,
        symbol=frame.symbol,
        place=frame.place,
        on=on,
        kind="BÁO CÁO",
        addressees=(to,),
        signatures=(replace(signature_of(frame.unit, frame.signer_title), name=frame.signer),),
        recipients=frame.receivers,
    )
    belongs = f"(Kèm theo Báo cáo của {frame.unit})"
    annexes = [
        Annex(
            (_NAMES.get(block["name"], "BIỂU SỐ LIỆU"),),
            (_table(block),),
            f"Phụ lục {_ROMAN[number]}",
            belongs,
            landscape=True,
        )
        for number, block in enumerate(wide)
    ]
    return [letter, *annexes, _proof(proof, f"Phụ lục {_ROMAN[len(wide)]}", belongs)]


def _is_wide(block: Mapping[str, Any]) -> bool:
    return block["kind"] == "table" and len(block["head"]) > COLUMNS_UPRIGHT


def _opening(head: Mapping[str, str]) -> Paragraph:
    since, as_of = date.fromisoformat(head["since"]), date.fromisoformat(head["as_of"])
    return Paragraph(
        f"Thực hiện {head['document']}, {head['unit']} báo cáo kết quả từ ngày {since:%d/%m/%Y} đến ngày {as_of:%d/%m/%Y} như sau:"
    )


def _blocks(block: Mapping[str, Any], wide: Sequence[Mapping[str, Any]]) -> list[Block]:
    kind = block["kind"]
    if kind == "heading":
        return [Heading(block["text"], 2 if block["level"] == 3 else 1)]
    if kind == "fact":
        codes = f" [{', '.join(block['figures'])}]" if block["figures"] else ""
        return [Paragraph((Run(block["text"]), Run(codes, italic=True)))]
    if kind == "text":
        return [Paragraph(line) for line in block["text"].splitlines() if line.strip()]
    if kind == "chart":
        rows = [(row[0], row[1]) for row in block["rows"]]
        alt = "; ".join(f"{name}: {n}" for name, n in rows)
        return [Picture(charts.build(block["chart"], rows, block["caption"]), PICTURE_MM, alt)]
    if block in wide:
        return [Paragraph(f"(Chi tiết tại Phụ lục {_ROMAN[wide.index(block)]} kèm theo.)", italic=True)]
    return [_table(block)]


def _table(block: Mapping[str, Any]) -> Table:
    columns = tuple(_column(block, number) for number in range(len(block["head"])))
    return Table(columns, block["rows"], frozenset(block["strong"]))


def _column(block: Mapping[str, Any], number: int) -> Column:
    """Return a column: narrow for a running number, wide for words, its numbers in the middle."""
    title = block["head"][number]
    cells = [row[number] for row in block["rows"] if row[number]]
    numbers = bool(cells) and all(_is_number(cell) for cell in cells)
    if title == "TT":
        return Column(title, 0.8, "center")
    if title == "Gửi báo cáo":
        return Column(title, 1.9, "center")
    if number == block["wide"]:
        return Column(title, 4.2 if _is_wide(block) else 3.0, "left")
    return Column(title, 1.2 if numbers else 1.8, "center" if numbers else "left")


def _is_number(text: str) -> bool:
    return text.translate(str.maketrans("", "", ".,%/")).isdigit() or text in {"–", "Chưa gửi"}


def _proof(proof: Proof, label: str, belongs: str) -> Annex:
    """Return the annex by which anybody can check the numbers: how each is counted, and its hash."""
    mark = f"{proof.watermark:,}".replace(",", ".")
    said = Paragraph(
        f"Số liệu lấy từ sổ nhiệm vụ lúc {proof.as_of:%H:%M} ngày {proof.as_of:%d/%m/%Y}, đến sự kiện số {mark}. Mở trang “Chứng cứ "
        "số liệu” của báo cáo trong phần mềm để xem từng nhiệm vụ và chạy lại. Mã băm (SHA-256) của toàn bộ số liệu:"
    )  # fmt: skip
    whole = Paragraph(proof.fingerprint, align="center", indent=False)
    columns = (Column("Mã", 1.4), Column("Số liệu", 2.4), Column("Cách tính", 4.8), Column("Mã băm (SHA-256)", 3.6))
    codes = [figure.code for figure in FIGURES if figure.code in proof.figures]
    rows = [(code, BY_CODE[code].name, BY_CODE[code].sentence, proof.figures[code]) for code in codes]
    return Annex(("CHỨNG CỨ SỐ LIỆU",), (said, whole, Table(columns, rows)), label, belongs)
