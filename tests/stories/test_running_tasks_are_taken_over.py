"""Practice 9: the old portal's table comes in with its dates; twice, and nothing is doubled; the heads see what is theirs."""

from __future__ import annotations

import pytest
from tests import make

from kycuong.core.duties import State
from kycuong.models import Duty
from kycuong.queries import duties
from stories.doors import Services, Web

pytestmark = pytest.mark.django_db
TABLE = (
    "Mã nhiệm vụ;Số ký hiệu;Ngày văn bản;Nội dung;Chủ trì;Hạn gốc;Hạn gia hạn;Trạng thái\n"
    "K1;12/CT-UBND;05/01/2026;Rà soát dự án chậm;Sở Xây dựng;31/08/2026;30/09/2026;Đang thực hiện\n"
    "K2;12/CT-UBND;05/01/2026;Bố trí vốn;Sở Tài chính;30/11/2026;;Đang thực hiện\n"
)


def test_the_old_table_comes_in_once(door: Services | Web) -> None:
    make.province()
    file = ("nhiem-vu.csv", TABLE.encode("utf-8-sig"))
    run = door.look("quantri", "2026-11-03 09:00", file, "tasks", "Phần mềm cũ")
    assert not Duty.objects.exists()
    door.apply("quantri", "2026-11-03 09:05", run, reason="Đưa hệ thống vào sử dụng")
    mine = duties.my_duties(make.who("gdsxd", "2026-11-03 10:00"), make.at("2026-11-03 10:00")).rows
    assert [(row.title, row.state, row.extended_times) for row in mine] == [("Rà soát dự án chậm", State.OVERDUE, 1)]
    again = door.look("quantri", "2026-11-04 09:00", file, "tasks", "Phần mềm cũ")
    door.apply("quantri", "2026-11-04 09:05", again, reason="Nhập lại")
    assert Duty.objects.count() == 2
