"""Going live: the administrator takes the province's units and people from a table, twice, and nothing is doubled."""

from __future__ import annotations

import pytest
from tests import make

from kycuong.models import Officer, Unit, UnitClosure
from stories.doors import Services, Web

pytestmark = pytest.mark.django_db
TABLE = (
    "Mã đơn vị;Tên đơn vị;Loại đơn vị;Đơn vị cấp trên\n"
    "STP;Sở Tư pháp;Sở;Ủy ban nhân dân tỉnh Lam Giang\n"
    "X3;Ủy ban nhân dân xã Nậm Lành;Xã;T\n"
)


def test_a_table_is_looked_at_applied_and_taken_in_again(door: Services | Web) -> None:
    make.province()
    file = ("don-vi.csv", TABLE.encode("utf-8-sig"))
    run = door.look("quantri", "2026-11-03 09:00", file)
    assert not Unit.objects.filter(code="STP").exists()
    door.apply("quantri", "2026-11-03 09:05", run, reason="Quyết định kiện toàn tổ chức")
    assert Unit.objects.get(code="X3").parent == make.unit("T")
    before = (Unit.objects.count(), UnitClosure.objects.count(), Officer.objects.count())
    again = door.look("quantri", "2026-11-04 09:00", file)
    door.apply("quantri", "2026-11-04 09:05", again, reason="Nhập lại")
    assert (Unit.objects.count(), UnitClosure.objects.count(), Officer.objects.count()) == before
