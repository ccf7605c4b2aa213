"""The organisation changes while work is under way: nothing is lost, no date moves, what is past stays as it was."""

from __future__ import annotations

import pytest
from tests import make, organising
from tests.organising import NEW, merged, plan

from kycuong.core.errors import NotVisible
from kycuong.models import Duty
from kycuong.services import tasks
from stories.doors import Services, Web
from stories.organising_doors import change

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _province() -> None:
    make.province()


def test_two_communes_with_open_work_become_one(door: Services | Web) -> None:
    first, second, third = (make.issued(text)[0] for text in (*organising.COMMUNES, organising.COMMUNES[0]))
    make.Road(first).send("ctx1", "2026-11-10 08:00")
    make.Road(first).confirm("theodoi", "2026-11-11 08:00")
    make.Road(third).send("ctx1", "2026-11-13 08:00")
    figures, before = organising.closed_figures(), organising.open_now()
    dates = dict(Duty.objects.values_list("pk", "due_at"))
    done = change(door, "2026-11-16 08:00", merged(NEW, "X1", "X2"))
    assert (done.state, done.open_before, done.open_after) == ("applied", 2, 2)
    assert organising.open_now() == before
    assert organising.closed_figures() == figures
    assert dict(Duty.objects.values_list("pk", "due_at")) == dates
    assert organising.without_holder() == []
    door.act("theodoi", "2026-11-17 08:00", third.public_id, "confirm")
    assert make.Road(third).again().holder_unit.name == NEW["name"]
    assert make.Road(second).again().phase == "open"


def test_a_department_is_divided_and_each_duty_finds_its_way(door: Services | Web) -> None:
    texts = ("quy hoạch đô thị", "kết cấu hạ tầng giao thông", "kiến nghị cử tri")
    duties = [make.issued(f"Giao Sở Xây dựng báo cáo {text} trước ngày 30/11/2026.")[0] for text in texts]
    parts = [
        {"code": "SQH", "name": "Sở Quy hoạch", "fields": "quy hoạch", "head": "gdsxd"},
        {"code": "SGT", "name": "Sở Giao thông", "fields": "giao thông", "head": "pgdsxd"},
    ]
    given = plan("split", "SXD", successors=parts, within={"QLDT": "SQH"}, choices={str(duties[2].public_id): "SGT"})
    change(door, "2026-11-16 08:00", given)
    names = [make.Road(duty).again().holder_unit.name for duty in duties]
    assert names == ["Sở Quy hoạch", "Sở Giao thông", "Sở Giao thông"]
    assert organising.without_holder() == []
    assert [hat.body_name for hat in make.who("tpqldt", "2026-11-16 09:00").hats] == ["Sở Quy hoạch"]


def test_the_head_changes_while_a_draft_waits_for_approval(door: Services | Web) -> None:
    (duty,) = make.issued("Giao Sở Xây dựng báo cáo nhà ở xã hội trước ngày 30/11/2026.")
    road = make.Road(duty)
    road.assign("gdsxd", "tpqldt", "2026-11-03 08:00")
    road.submit("tpqldt", "2026-11-13 08:00")
    given = plan("appoint", post="SXD.1", officer="pgdsxd", from_post="SXD.2")
    change(door, "2026-11-16 08:00", given)
    old = make.who("gdsxd", "2026-11-16 09:00")
    with make.refused(NotVisible, "duty_not_visible"):  # who holds no post any more reads nothing
        tasks.send(
            actor=old,
            at=make.at("2026-11-16 09:00"),
            duty=duty.public_id,
            file=make.result_file(),
            request=road.request(),
        )
    door.act("pgdsxd", "2026-11-16 10:00", duty.public_id, "send", file=make.result_file())
    door.act("theodoi", "2026-11-17 08:00", duty.public_id, "confirm")
    assert (road.again().phase, duty.outcome) == ("closed", "done")
