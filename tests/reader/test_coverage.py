"""Coverage: each sentence has one class, what demands something is owned or named as an orphan, the counts add up."""

from __future__ import annotations

from pathlib import Path

import pytest

from kycuong.reader import read_text
from kycuong.reader.coverage import CLASSES, Coverage, Stretch, cover, of_reading

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.txt"))
NOTICE = (
    "ỦY BAN NHÂN DÂN\nTỈNH LAM GIANG\n-------\nSố: 31/TB-UBND\nLam Giang, ngày 02 tháng 11 năm 2026\nTHÔNG BÁO\n"
    "Kết luận về tiến độ giải ngân\nCăn cứ Luật Đầu tư công ngày 29 tháng 11 năm 2024;\n"
    "Đến hết tháng 10, cả tỉnh mới giải ngân 61% kế hoạch vốn.\n"
    "Việc chậm giải ngân phải được khắc phục ngay trong quý IV.\n"
    "Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:\n"
    "1. Sở Xây dựng rà soát các dự án chậm tiến độ, báo cáo trước ngày 20/11/2026.\n"
    "2. Sở Tài chính không được cấp vốn ngoài kế hoạch.\n"
    "Nơi nhận:\n- Các sở, ban, ngành;\n- Lưu: VT.\nCHỦ TỊCH\nPhan Trọng Nghiêm\n"
)


def found(text: str = NOTICE) -> Coverage:
    return of_reading(text, read_text(text).to_json())


def said(text: str, coverage: Coverage, klass: str) -> list[str]:
    return [text[line.start : line.end] for line in coverage.lines if line.klass == klass]


def test_each_sentence_is_what_an_official_would_call_it() -> None:
    text = read_text(NOTICE).text
    coverage = found(text)
    assert said(text, coverage, "basis") == ["Căn cứ Luật Đầu tư công ngày 29 tháng 11 năm 2024;"]
    assert said(text, coverage, "context") == ["Đến hết tháng 10, cả tỉnh mới giải ngân 61% kế hoạch vốn."]
    assert said(text, coverage, "prohibition") == ["2. Sở Tài chính không được cấp vốn ngoài kế hoạch."]
    assert said(text, coverage, "receivers") == ["Nơi nhận:", "- Các sở, ban, ngành;", "- Lưu: VT."]
    assert said(text, coverage, "signature") == ["CHỦ TỊCH", "Phan Trọng Nghiêm"]


def test_a_demand_in_the_background_is_an_orphan_with_its_span() -> None:
    text = read_text(NOTICE).text
    (orphan,) = found(text).orphans
    assert text[orphan.start : orphan.end] == "Việc chậm giải ngân phải được khắc phục ngay trong quý IV."
    assert orphan.orphaned == "no_order"


def test_a_dropped_order_and_one_without_a_lead_are_orphans_too() -> None:
    reading = read_text(NOTICE)
    one, two = reading.orders
    stretches = [
        Stretch(one.start, one.end, "1", ("Sở Xây dựng",), dropped="Đã xong"),
        Stretch(two.start, two.end, "2", ()),
    ]
    coverage = cover(reading.text, reading.to_json(), stretches)
    assert [line.orphaned for line in coverage.orphans] == ["no_order", "dropped", "no_lead"]
    assert (coverage.orders, coverage.owned, coverage.demands, coverage.owned_pct) == (1, 0, 3, 0)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_counts_add_up_on_every_sample(path: Path) -> None:
    reading = read_text(path.read_text("utf-8"))
    coverage = of_reading(reading.text, reading.to_json())
    assert {line.klass for line in coverage.lines} <= set(CLASSES)
    assert coverage.owned + len(coverage.orphans) == coverage.demands <= coverage.sentences
    assert all(a.end <= b.start for a, b in zip(coverage.lines, coverage.lines[1:], strict=False))
    inside = [line for line in coverage.lines if line.order is not None]
    assert all(line.start < coverage.stretches[line.order or 0].end for line in inside)


@pytest.mark.parametrize(
    "sentence",
    [
        "Ngày 14/10/2025, Phó Chủ tịch chủ trì họp giao ban.",
        "Xét đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 88/TTr-SNV.",
        "Còn 318 nhiệm vụ do Ủy ban nhân dân tỉnh giao đã quá hạn.",
        "- Cơ quan chủ trì: Sở Tư pháp.",
    ],
)
def test_what_only_sounds_like_a_demand_is_none(sentence: str) -> None:
    text = NOTICE.replace("Việc chậm giải ngân phải được khắc phục ngay trong quý IV.", sentence)
    assert not found(read_text(text).text).orphans
