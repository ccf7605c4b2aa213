"""Two documents compared: the labelled pairs, what is lost on the way, and the real telegram beside the real directive."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

import pytest

from kycuong.reader import read_text
from kycuong.reader.comparing import Charge, Comparison, Limit, compare, demands, of_readings

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))
from compare_score import pairs, score

HEAD = "Số: {code}\nCHỈ THỊ\nChủ tịch UBND tỉnh yêu cầu Giám đốc các sở, Chủ tịch UBND các xã, phường:\n"


def one(parent: str, child: str) -> Comparison:
    """Compare two documents of one point each."""
    return of_readings(
        read_text(HEAD.format(code="1/CT-UBND") + f"1. {parent}\n"),
        read_text(HEAD.format(code="2/CT-UBND") + f"1. {child}\n"),
    )


def test_labelled_pairs_that_set_the_thresholds_are_read_as_labelled() -> None:
    tally = score([pair for pair in pairs() if not pair.held])
    assert min(tally.precision(name) for name in ("carried", "softened", "missing")) >= 0.95, tally.wrong
    assert min(tally.recall(name) for name in ("carried", "softened", "missing")) >= 0.95, tally.wrong


def test_pairs_held_out_keep_the_figures_that_the_guide_names() -> None:
    tally = score([pair for pair in pairs() if pair.held])
    assert min(tally.precision(name) for name in ("carried", "softened", "missing")) >= 0.85
    assert min(tally.recall(name) for name in ("carried", "softened", "missing")) >= 0.8


@pytest.mark.parametrize(
    ("parent", "child", "status", "lost"),
    [
        ("Rà soát các bến đò ngang trước ngày 15/9/2026.", "Rà soát các bến đò ngang trước ngày 10/9/2026.", "carried", ()),
        ("Rà soát các bến đò ngang trước ngày 15/9/2026.", "Rà soát các bến đò ngang trước ngày 15/10/2026.", "softened", ("deadline",)),
        ("Rà soát các bến đò ngang trước ngày 15/9/2026.", "Rà soát các bến đò ngang.", "softened", ("deadline",)),
        ("Bảo đảm 90% bến đò ngang có áo phao.", "Bảo đảm 95% bến đò ngang có áo phao.", "carried", ()),
        ("Bảo đảm 90% bến đò ngang có áo phao.", "Bảo đảm bến đò ngang có áo phao.", "softened", ("target",)),
        ("Tuyệt đối không chở quá số người trên đò ngang.", "Hạn chế chở quá số người trên đò ngang.", "softened", ()),
        ("Phải trang bị áo phao trên đò ngang.", "Từng bước trang bị áo phao trên đò ngang.", "softened", ()),
        ("Giải quyết dứt điểm bến đò không phép.", "Giải quyết bến đò không phép.", "softened", ()),
        ("Giải quyết triệt để các bến đò không phép.", "Giải quyết các bến đò không phép.", "softened", ()),
        ("Giải quyết toàn bộ bến đò không phép.", "Giải quyết các bến đò không phép.", "carried", ()),
        ("Kiểm tra đò ngang hai bờ sông.", "Kiểm tra bếp ăn tập thể trong khu công nghiệp.", "missing", ()),
    ],
)  # fmt: skip
def test_a_demand_is_carried_softened_or_missing(parent: str, child: str, status: str, lost: tuple[str, ...]) -> None:
    line = one(parent, child).lines[0]
    assert (line.status, line.lost) == (status, lost)


def test_one_point_above_may_be_two_below_and_two_above_one_below() -> None:
    split = of_readings(
        read_text(HEAD.format(code="1/CT-UBND") + "1. Kiểm tra bến đò ngang, lắp phao tiêu luồng lạch, tập huấn người lái đò.\n"),
        read_text(HEAD.format(code="2/CT-UBND") + "1. Kiểm tra bến đò ngang.\n2. Lắp phao tiêu luồng lạch.\n3. Tập huấn người lái đò.\n"),
    )  # fmt: skip
    assert split.lines[0].status == "carried"
    assert len(split.lines[0].match) == 3
    assert not split.added
    merged = one("Kiểm tra bến đò ngang; tập huấn người lái đò.", "Kiểm tra bến đò ngang và tập huấn người lái đò.")
    assert [line.status for line in merged.lines] == ["carried", "carried"]


def test_each_goal_with_a_figure_is_a_demand_of_its_own() -> None:
    text = (
        "Lập phương án giảm ít nhất 40% số biểu mẫu, trong đó cắt ít nhất 15% số chỉ tiêu và 25% thời gian nhập liệu."
    )
    charge = Charge(
        text, 100, 100 + len(text),
        targets=("ít nhất 40% số biểu mẫu", "ít nhất 15% số chỉ tiêu", "25% thời gian nhập liệu"),
    )  # fmt: skip
    found = demands([charge])
    assert [("40" in one.text, "15" in one.text, "25" in one.text) for one in found] == [
        (True, False, False), (False, True, False), (False, False, True),
    ]  # fmt: skip
    assert all(text[one.start - 100 : one.end - 100] == one.text for one in found)


def test_where_and_when_it_is_handed_in_and_the_product_are_no_demands_of_their_own() -> None:
    text = (
        "Rà soát bến đò ngang, ấn định ngày khắc phục; gửi Văn phòng Ủy ban nhân dân tỉnh trước ngày 30/10/2026. "
        "Sản phẩm: Danh mục bến đò."
    )
    charge = Charge(text, 0, len(text), limits=(Limit("trước ngày 30/10/2026", date(2026, 10, 30), "", "before"),))
    found = demands([charge])
    assert [one.text for one in found] == [text[: text.index(" Sản phẩm")]]
    assert found[0].limits


def test_a_lone_body_replaced_by_a_group_is_an_owner_lost_but_not_in_its_own_document() -> None:
    text = "Công bố bản đồ ngập lụt hạ du hồ chứa."
    parent = [Charge(text, 0, len(text), owners=("Sở Xây dựng",))]
    child = [Charge(text, 0, len(text), owners=("các xã, phường",))]
    assert compare(parent, child).lines[0].lost == ("owner",)
    assert compare(parent, child, issuer="Sở Xây dựng").lines[0].lost == ()
    assert compare(parent, [Charge(text, 0, len(text), owners=("Sở Tài chính",))]).lines[0].lost == ()


def test_a_report_asked_less_often_has_lost_its_limit() -> None:
    text = "báo cáo tình hình bến đò ngang"
    monthly, yearly = (Limit("", None, rule, "by") for rule in ("FREQ=MONTHLY", "FREQ=YEARLY"))
    above, below = ([Charge(text, 0, len(text), limits=(limit,))] for limit in (monthly, yearly))
    assert compare(above, below).lines[0].lost == ("deadline",)
    assert compare(below, above).lines[0].status == "carried"


def test_nothing_to_compare_gives_nothing() -> None:
    assert compare([], []).to_json() == {"demands": [], "added": []}


def test_files_are_compared_without_a_database_and_a_missing_one_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from kycuong.cli import main

    for name, text in (
        ("tren.txt", "1. Rà soát các bến đò ngang."),
        ("duoi.txt", "1. Từng bước rà soát các bến đò ngang."),
    ):
        (tmp_path / name).write_text(HEAD.format(code="1/CT-UBND") + text, "utf-8")
    assert main(["compare", str(tmp_path / "tren.txt"), str(tmp_path / "duoi.txt")]) == 0
    assert "1 yêu cầu: 0 giữ nguyên, 1 giảm nhẹ, 0 không có" in capsys.readouterr().out
    assert main(["compare", str(tmp_path / "tren.txt"), str(tmp_path / "khong-co.docx"), "--json"]) == 1
    assert "Không tìm thấy tệp “khong-co.docx”" in capsys.readouterr().err


@pytest.mark.real
def test_targets_of_the_real_telegram_have_no_counterpart_and_surprise_inspection_has(
    shared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from kycuong.cli import main

    above, below = (next((shared / "seeds").glob(f"{no}_*")) for no in ("003", "000"))
    assert main(["compare", str(above), str(below), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    goals = [one for one in found["demands"] if "%" in one["text"]]
    assert [(one["status"], one["match"]) for one in goals] == [("missing", None)] * 4
    surprise = next(one for one in found["demands"] if "đột xuất" in one["text"])
    assert surprise["status"] != "missing"
    assert "đột xuất" in surprise["match"]
