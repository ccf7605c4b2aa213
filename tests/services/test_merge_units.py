"""Merge: every open duty goes to the one successor, on the desk that follows; what is closed stays where it was."""

from __future__ import annotations

from tests import make, organising
from tests.organising import NEW, decided, merged

from kycuong.core.errors import Conflict, Invalid, NotAllowed
from kycuong.models import AuditEntry, Cover, Duty, DutyEvent, Succession, SuccessionLine, TaskParticipant, Unit
from kycuong.queries import org, scope
from kycuong.services import covers


def work() -> list[Duty]:
    return [duty for text in organising.COMMUNES for duty in make.issued(text)]


def test_two_communes_become_one_and_their_duties_go_on_with_their_clocks() -> None:
    first, second = work()
    before = organising.open_now()
    decided(merged(NEW, "X1", "X2"))
    for duty, old in ((first, "X1"), (second, "X2")):
        due, clock, running = duty.due_at, duty.clock_no, duty.running_since
        duty.refresh_from_db()
        assert duty.holder_unit.code == "X9"
        assert (duty.due_at, duty.clock_no, duty.running_since, duty.phase) == (due, clock, running, "open")
        event = DutyEvent.objects.get(duty=duty, act="succeed")
        assert event.data["from"] == make.unit(old).pk
        assert event.data["to"] == make.unit("X9").pk
    assert organising.open_now() == before
    assert organising.without_holder() == []
    assert first.holder_officer is not None
    assert first.holder_officer.login == "ctx1"


def test_the_holding_of_the_old_desk_ends_where_the_new_one_begins() -> None:
    (first, _) = work()
    decided(merged(NEW, "X1", "X2"))
    old, new = first.holdings.order_by("id")
    assert (old.until_at, old.unit.code) == (make.at(organising.DAY), "X1")
    assert (new.from_at, new.until_at, new.unit.code) == (make.at(organising.DAY), None, "X9")


def test_the_old_units_end_and_the_tree_knows_both_days() -> None:
    decided(merged(NEW, "X1", "X2"))
    before, after = make.at("2026-11-15 08:00").date(), make.at(organising.DAY).date()
    assert make.unit("X1").valid_until == after
    assert set(Unit.objects.filter(org.valid_on(before), kind="commune").values_list("code", flat=True)) == {"X1", "X2"}
    assert set(Unit.objects.filter(org.valid_on(after), kind="commune").values_list("code", flat=True)) == {"X9"}
    above = make.unit("X9").above.values_list("ancestor__code", "depth").order_by("depth")
    assert list(above) == [("X9", 0), ("T", 1)]
    assert set(Succession.objects.values_list("old__code", "successor__code")) == {("X1", "X9"), ("X2", "X9")}


def test_a_unit_taken_in_by_another_finds_its_head_there() -> None:
    (first, _) = work()
    decided(merged("X2"))
    first.refresh_from_db()
    assert first.holder_unit.code == "X2"
    assert first.holder_officer is not None
    assert first.holder_officer.login == "ctx2"
    assert make.who("ctx1", organising.DAY).hats == ()


def test_a_new_head_of_a_unit_in_force_takes_over_what_lies_on_its_desk_too() -> None:
    first, second = work()
    decided(merged({"code": "X2", "head": "ctx1"}))
    for duty in (first, second):
        assert make.Road(duty).again().holder_officer.login == "ctx1"  # type: ignore[union-attr]
    assert organising.without_holder() == []


def test_divisions_and_their_people_go_along_and_the_desk_stays_with_its_officer() -> None:
    (duty,) = make.issued()
    make.Road(duty).assign("gdsxd", "tpqldt", "2026-11-03 08:00")
    head = make.Road(duty).assign("tpqldt", "cvqldt", "2026-11-03 09:00").holder_officer
    decided(merged("STC", "SXD"))
    duty.refresh_from_db()
    assert duty.holder_officer == head
    assert duty.holder_unit.code == "STC"
    assert duty.holder_post is not None
    assert (duty.holder_post.unit.name, duty.holder_post.unit.parent.code) == ("Phòng Quản lý đô thị", "STC")  # type: ignore[union-attr]
    assert make.who("cvqldt", organising.DAY).hats[0].body_name == "Sở Tài chính"
    assert organising.without_holder() == []


def test_an_absence_cover_follows_both_desks() -> None:
    make.join("cv2", "QLDT", "officer")
    covers.plan(
        actor=make.who("tpqldt"), at=make.at("2026-11-12 08:00"), post=desk("tpqldt"), substitute=desk("cvqldt"),
        first=make.at("2026-11-13 00:00").date(), last=make.at("2026-11-25 00:00").date(), reason="Nghỉ phép",
    )  # fmt: skip
    decided(merged("STC", "SXD"))
    kept = Cover.objects.get()
    assert {kept.post.unit.parent, kept.substitute_post.unit.parent} == {make.unit("STC")}
    assert [hat.hat.post_id for hat in make.who("cvqldt", organising.DAY).covers] == [kept.post_id]


def desk(login: str) -> int:
    return int(make.desk(login).removeprefix("post:"))


def test_closed_duties_stay_with_the_unit_that_did_them() -> None:
    (duty,) = make.issued()
    road = make.Road(duty)
    road.send("gdsxd", "2026-11-10 08:00")
    road.confirm("theodoi", "2026-11-11 08:00")
    figures = organising.closed_figures()
    decided(merged("STC", "SXD"))
    assert organising.closed_figures() == figures
    assert figures["SXD"] == 1


def test_whoever_inherits_sees_what_the_old_unit_has_done() -> None:
    (duty,) = make.issued("Giao Ủy ban nhân dân xã Khe Sim rà soát hộ nghèo, báo cáo trước ngày 30/11/2026.")
    road = make.Road(duty)
    road.send("ctx1", "2026-11-10 08:00")
    road.confirm("theodoi", "2026-11-11 08:00")
    assert not scope.visible_duties(make.who("ctx2")).filter(pk=duty.pk).exists()
    decided(merged("X2"))
    assert scope.visible_duties(make.who("ctx2", organising.DAY)).filter(pk=duty.pk).exists()


def test_a_participant_that_becomes_the_lead_takes_part_no_longer() -> None:
    _, second = work()
    assert TaskParticipant.objects.get(task__duty=second).unit.code == "X1"
    decided(merged(NEW, "X1", "X2"))
    assert not TaskParticipant.objects.filter(task__duty=second).exists()


def test_a_participant_is_followed_by_its_successor() -> None:
    make.issued()
    decided(merged("X2", "STC") | {"successors": ["SNV"]})
    assert TaskParticipant.objects.get().unit.code == "SNV"


def test_an_answer_that_waits_goes_on_with_its_confirmation() -> None:
    (duty,) = make.issued("Giao Ủy ban nhân dân xã Khe Sim rà soát hộ nghèo, báo cáo trước ngày 30/11/2026.")
    make.Road(duty).send("ctx1", "2026-11-13 08:00")
    decided(merged("X2"))
    child = Duty.objects.get(parent=duty, kind="confirmation")
    assert child.giver_unit is not None
    assert (child.giver_unit.code, child.holder_unit.code) == ("X2", "VP")
    closed = make.Road(duty).confirm("theodoi", "2026-11-17 08:00")
    assert (closed.phase, closed.holder_unit.code, closed.late_working_days) == ("closed", "X2", 0)


def test_the_list_names_every_duty_and_the_totals_agree() -> None:
    work()
    change = decided(merged(NEW, "X1", "X2"))
    assert (change.state, change.open_before, change.open_after) == ("applied", 2, 2)
    lines = SuccessionLine.objects.filter(change=change).order_by("id")
    assert [(line.old_unit.code, line.new_unit.code) for line in lines] == [("X1", "X9"), ("X2", "X9")]  # type: ignore[union-attr]
    acts = list(AuditEntry.objects.filter(subject_kind="change").order_by("id").values_list("act", flat=True))
    assert acts == ["draft_change", "decide_change", "apply_change"]


def test_a_change_of_a_coming_day_waits_for_it() -> None:
    from kycuong import jobs

    work()
    change = decided(merged(NEW, "X1", "X2", on="2026-11-20"))
    assert (change.state, open_codes()) == ("decided", {"X1", "X2"})
    jobs.work_once(make.at("2026-11-19 23:00"))
    assert open_codes() == {"X1", "X2"}
    jobs.work_once(make.at("2026-11-20 00:05"))
    change.refresh_from_db()
    assert (change.state, open_codes()) == ("applied", {"X9"})


def open_codes() -> set[str]:
    return set(Duty.objects.filter(phase="open", kind="task").values_list("holder_unit__code", flat=True))


def test_who_is_neither_administrator_nor_home_affairs_is_refused() -> None:
    for login in ("ctx1", "chutich", "chanhvp", "cvcchc", "gdstc"):
        with make.refused(NotAllowed, "organise_not_allowed"):
            organising.drafted(merged("X2"), login=login)
    assert organising.drafted(merged("X2"), login="quantri")


def test_a_circle_is_refused_also_through_several_changes() -> None:
    with make.refused(Invalid, "succession_cycle"):
        organising.drafted(merged("X1", "X1"))
    decided(merged("X2"), when="2026-11-16 08:00")
    decided(merged("STC", "X2", on="2026-11-17"), when="2026-11-17 08:00")
    change = organising.drafted(merged("X1", "STC", on="2026-11-18"), when="2026-11-18 08:00")
    with make.refused(Invalid, "succession_cycle"):
        organising.changes.decide(actor=make.who("gdsnv"), at=make.at("2026-11-18 08:00"), change=change)


def test_a_successor_that_is_no_more_on_the_day_is_refused() -> None:
    decided(merged("X2"))
    change = organising.drafted(merged("X1", "SXD"))
    with make.refused(Invalid, "successor_not_valid"):
        organising.changes.decide(actor=make.who("gdsnv"), at=make.at(organising.DAY), change=change)


def test_a_day_before_the_last_change_is_refused() -> None:
    decided(organising.plan("rename", "X2", name="Ủy ban nhân dân phường Bến Ngự Mới"))
    change = organising.drafted(merged(NEW, "X1", "X2", on="2026-11-12"))
    with make.refused(Invalid, "org_change_before_last"):
        organising.changes.decide(actor=make.who("gdsnv"), at=make.at(organising.DAY), change=change)


def test_two_people_change_one_unit_on_one_day_and_the_second_hears_of_the_first() -> None:
    first, second = organising.drafted(merged("X2")), organising.drafted(merged("STC"), login="quantri")
    at = make.at(organising.DAY)
    organising.changes.decide(actor=make.who("gdsnv"), at=at, change=first)
    with make.refused(Conflict, "org_change_same_day"):
        organising.changes.decide(actor=make.who("quantri"), at=at, change=second)


def test_what_began_after_the_day_stands_against_it() -> None:
    made = make.division("HT", "SXD")
    for field in ("division", "appointment"):
        since = {"division": "2026-11-16", "appointment": "2025-07-01"}[field]
        Unit.objects.filter(pk=made.pk).update(valid_from=since)
        change = organising.drafted(merged("STC", "SXD", decision=f"{field}/QĐ-UBND"))
        code = "org_change_before_unit"
        if field == "appointment":
            make.join("moi", "HT", "officer").appointments.update(valid_from="2026-11-18")
            code = "org_change_before_appointment"
        with make.refused(Invalid, code):
            organising.changes.decide(actor=make.who("gdsnv"), at=make.at(organising.DAY), change=change)


def test_a_successor_without_a_head_is_refused() -> None:
    make.vacate("ctx2", "2026-11-10 00:00")
    change = organising.drafted(merged("X2"))
    with make.refused(Invalid, "successor_without_head"):
        organising.changes.decide(actor=make.who("gdsnv"), at=make.at(organising.DAY), change=change)


def test_a_draft_edited_meanwhile_is_not_decided_as_it_was_seen() -> None:
    change, at = organising.drafted(merged("X2")), make.at(organising.DAY)
    organising.changes.edit(actor=make.who("quantri"), at=at, change=change, plan=merged("STC"), seen=1)
    with make.refused(Conflict, "org_change_moved_meanwhile"):
        organising.changes.decide(actor=make.who("gdsnv"), at=at, change=change, seen=1)
