"""Split and abolish: each open duty is proposed by its desk or its subject, chosen one by one or in bulk, none is left."""

from __future__ import annotations

import pytest
from tests import make, organising
from tests.organising import DAY, decided, drafted, plan

from kycuong.core.arbitrations import LIFECYCLE as ARBITRATION
from kycuong.core.errors import Conflict, Invalid
from kycuong.core.transfers import Cause
from kycuong.models import Duty, OrgChange, SuccessionLine
from kycuong.queries import successions
from kycuong.services import org_changes, series, tasks, transfers
from kycuong.services.transitions import Act

BUILDING = "Giao Sở Xây dựng rà soát quy hoạch đô thị, báo cáo trước ngày 30/11/2026."
ROADS = "Giao Sở Xây dựng kiểm tra kết cấu hạ tầng giao thông, báo cáo trước ngày 28/11/2026."
OTHER = "Giao Sở Xây dựng tổng hợp kiến nghị cử tri, báo cáo trước ngày 27/11/2026."
TWO = [
    {"code": "SQH", "name": "Sở Quy hoạch", "short_name": "SQH", "fields": "quy hoạch; đô thị", "head": "gdsxd"},
    {"code": "SGT", "name": "Sở Giao thông", "short_name": "SGT", "fields": "giao thông", "head": "pgdsxd"},
]


def split(**more: object) -> dict[str, object]:
    return plan("split", "SXD", successors=TWO, within={"QLDT": "SQH"}, **more)


def units() -> dict[str, str]:
    rows = Duty.objects.filter(kind="task").exclude(phase="closed").values_list("title", "holder_unit__code")
    return {title.split()[4]: code for title, code in rows}


@pytest.fixture
def work() -> list[Duty]:
    return [duty for text in (BUILDING, ROADS, OTHER) for duty in make.issued(text)]


def decide(change: object, when: str = DAY, login: str = "gdsnv") -> None:
    org_changes.decide(actor=make.who(login, when), at=make.at(when), change=change)  # type: ignore[arg-type]


def test_what_nobody_has_chosen_stops_the_split(work: list[Duty]) -> None:
    change = drafted(split())
    with make.refused(Invalid, "org_change_duties_unassigned"):
        decide(change)


def test_subjects_propose_and_a_person_chooses_the_rest(work: list[Duty]) -> None:
    change = drafted(split())
    taken = org_changes.choose(
        actor=make.who("gdsnv"), at=make.at(DAY), change=change, to="SGT", duties=[work[2].public_id]
    )
    decide(change)
    assert taken == 1
    assert units() == {"rà": "SQH", "kiểm": "SGT", "tổng": "SGT"}
    ways = SuccessionLine.objects.order_by("id").values_list("how", flat=True)
    assert sorted(ways) == ["chosen", "subject", "subject"]
    assert organising.without_holder() == []
    old, heirs = make.unit("SXD").pk, {code: make.unit(code).pk for code in ("SQH", "SGT")}
    over = make.issued("Giao Sở Tài chính tổng hợp, báo cáo trước ngày 30/11/2026.")[0]  # that nobody took over
    duties = {"SQH": work[0].pk, "SGT": work[2].pk, "": over.pk}
    found = successions.answering({(old, duty) for duty in duties.values()}, make.at(DAY).date())
    assert {code: found[old, duty] for code, duty in duties.items()} == {
        "SQH": {heirs["SQH"]}, "SGT": {heirs["SGT"]}, "": set(heirs.values())
    }  # fmt: skip


def test_the_rest_in_bulk_takes_only_what_is_not_proposed(work: list[Duty]) -> None:
    change = drafted(split())
    org_changes.choose(actor=make.who("gdsnv"), at=make.at(DAY), change=change, to="SQH", rest=True)
    decide(change)
    assert units() == {"rà": "SQH", "kiểm": "SGT", "tổng": "SQH"}


def test_a_duty_on_a_division_s_desk_goes_where_the_division_goes() -> None:
    (duty,) = make.issued(ROADS)
    make.Road(duty).assign("gdsxd", "tpqldt", "2026-11-03 08:00")
    decided(split())
    duty.refresh_from_db()
    assert duty.holder_unit.code == "SQH"
    assert duty.holder_officer is not None
    assert duty.holder_officer.login == "tpqldt"


def test_a_part_is_split_off_and_the_old_unit_goes_on(work: list[Duty]) -> None:
    decided(plan("split", "SXD", successors=TWO[1:], stays=True, rest="SXD"))
    assert units() == {"rà": "SXD", "kiểm": "SGT", "tổng": "SXD"}
    assert make.unit("SXD").valid_until is None
    assert organising.without_holder() == []
    assert make.who("tpqldt", DAY).hats[0].body_name == "Sở Xây dựng"


def test_a_confirmation_under_way_follows_the_duty_it_is_about(work: list[Duty]) -> None:
    make.Road(work[1]).send("gdsxd", "2026-11-10 08:00")
    decided(split(rest="SQH"))
    child = Duty.objects.get(parent=work[1], kind="confirmation")
    assert child.giver_unit is not None
    assert child.giver_unit.code == "SGT"


def test_an_arbitration_under_way_follows_the_duty_it_is_about(work: list[Duty]) -> None:
    act = Act(ARBITRATION.row("open"), make.at("2026-11-10 08:00"), make.who("gdsxd"))
    transfers.ask_arbiter(work[1], Cause.THIRD, act, reason="Không nơi nào nhận")
    decided(split(rest="SQH"))
    child = Duty.objects.get(parent=work[1], kind="arbitration")
    assert child.giver_unit is not None
    assert child.giver_unit.code == "SGT"


def test_a_series_goes_one_way_and_its_next_occurrence_too() -> None:
    document = make.line("Giao Sở Xây dựng báo cáo hạ tầng giao thông định kỳ hằng tháng trước ngày 25.")
    from kycuong.services import directives

    directives.issue(actor=make.who("vanthu"), at=make.at(make.MONDAY), document=document)
    first, second = Duty.objects.filter(series__isnull=False).order_by("slot")
    change = drafted(split())
    taken = org_changes.choose(
        actor=make.who("gdsnv"), at=make.at(DAY), change=change, to="SQH", duties=[first.public_id]
    )
    decide(change)
    assert taken == 2
    assert set(Duty.objects.filter(series=second.series).values_list("holder_unit__code", flat=True)) == {"SQH"}
    series.roll(make.at("2026-12-01 08:00"))
    newest = Duty.objects.filter(series=second.series).order_by("-slot").first()
    assert newest is not None
    assert (newest.pk != second.pk, newest.holder_unit.code) == (True, "SQH")


def test_a_unit_is_abolished_only_when_its_open_duties_have_somewhere_to_go(work: list[Duty]) -> None:
    change = drafted(plan("abolish", "SXD"))
    with make.refused(Invalid, "org_change_duties_unassigned"):
        decide(change)
    at, actor = make.at(DAY), make.who("gdsnv")
    org_changes.edit(
        actor=actor, at=at, change=change, plan=plan("abolish", "SXD", successors=["STC", "SNV"], rest="STC")
    )
    org_changes.choose(actor=actor, at=at, change=change, to="SNV", duties=[work[0].public_id])
    decide(change)
    assert units() == {"rà": "SNV", "kiểm": "STC", "tổng": "STC"}
    assert organising.without_holder() == []
    assert make.who("tpqldt", DAY).hats == ()


def test_two_divisions_become_one_and_another_goes_back_into_its_body() -> None:
    make.division("HT", "SXD")
    make.join("tpht", "HT", "division_head")
    (first, second) = (make.issued(text)[0] for text in (BUILDING, ROADS))
    for duty, head in ((first, "tpqldt"), (second, "tpht")):
        make.Road(duty).assign("gdsxd", head, "2026-11-03 08:00")
    decided(plan("merge", "HT", successors=["QLDT"]))
    assert make.Road(second).again().holder_officer.login == "tpqldt"  # type: ignore[union-attr]
    decided(plan("abolish", "QLDT", successors=["SXD"], rest="SXD", on="2026-11-17"), when="2026-11-17 08:00")
    assert [make.Road(duty).again().holder_officer.login for duty in (first, second)] == ["gdsxd"] * 2  # type: ignore[union-attr]
    assert organising.without_holder() == []


def test_the_office_that_follows_and_confirms_has_a_successor_in_every_role(work: list[Duty]) -> None:
    make.Road(work[0]).send("gdsxd", "2026-11-13 08:00")
    office = {"code": "VP9", "name": "Văn phòng Ủy ban nhân dân tỉnh mới", "head": "chanhvp"}
    decided(plan("merge", "VP", successors=[office]))
    for duty in work:
        sides = Duty.objects.values_list("follower_unit__code", "confirmer_unit__code").get(pk=duty.pk)
        assert sides == ("VP9", "VP9")
    assert organising.without_holder() == []
    now, request = "2026-11-17 08:00", make.Road(work[0]).request()
    tasks.confirm(actor=make.who("theodoi", now), at=make.at(now), duty=work[0].public_id, request=request)
    assert make.Road(work[0]).again().phase == "closed"
    (later,) = make.issued(OTHER, "2026-11-17 09:00")
    assert later.follower_unit == make.unit("VP9")


def test_an_idle_unit_is_abolished_without_a_successor() -> None:
    change = decided(plan("abolish", "SXD"))
    assert (change.state, change.open_before, change.open_after) == ("applied", 0, 0)
    assert make.unit("QLDT").valid_until == make.at(DAY).date()


def test_a_choice_of_somebody_who_does_not_inherit_is_refused(work: list[Duty]) -> None:
    change = drafted(split())
    for to, duty, code in (("STC", work[0].public_id, "successor_unknown"), ("SQH", change, "duty_not_in_change")):
        with make.refused(Invalid, code):
            org_changes.choose(actor=make.who("gdsnv"), at=make.at(DAY), change=change, to=to, duties=[duty])


def test_a_cancelled_draft_cannot_be_decided() -> None:
    change = drafted(split())
    org_changes.cancel(actor=make.who("quantri"), at=make.at(DAY), change=change)
    with make.refused(Conflict, "org_change_not_draft"):
        decide(change)


def test_a_split_of_a_coming_day_says_where_later_work_goes(work: list[Duty]) -> None:
    change = drafted(split(on="2026-11-20", choices={str(work[2].public_id): "SGT"}))
    with make.refused(Invalid, "org_change_rest_missing"):
        decide(change)
    org_changes.choose(actor=make.who("gdsnv"), at=make.at(DAY), change=change, to="SGT", rest=True)
    decide(change)
    make.issued("Giao Sở Xây dựng chuẩn bị hội nghị, báo cáo trước ngày 26/11/2026.", "2026-11-18 08:00")
    org_changes.carry_due(make.at("2026-11-20 00:05"))
    assert OrgChange.objects.get(public_id=change).state == "applied"
    assert units()["chuẩn"] == "SGT"
    assert organising.without_holder() == []
