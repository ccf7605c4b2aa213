"""Who fills a post: the desk changes hands with what lies on it, and whoever left it acts there no more."""

from __future__ import annotations

from uuid import UUID

from tests import make, organising
from tests.organising import DAY, decided, drafted, plan

from kycuong.core.errors import Conflict, Invalid, NotAllowed
from kycuong.models import Appointment, Duty, Notice, Post
from kycuong.services import notices, org_changes, tasks


def appoint(officer: str, post: str = "SXD.1", decision: str = "91/QĐ-UBND", **more: object) -> dict[str, object]:
    return plan("appoint", decision=decision, post=post, officer=officer, **more)


def decide(change: UUID, login: str = "gdsnv") -> None:
    org_changes.decide(actor=make.who(login, DAY), at=make.at(DAY), change=change)


def test_a_new_head_goes_on_with_a_draft_that_waits_for_approval() -> None:
    (duty,) = make.issued()
    road = make.Road(duty)
    road.assign("gdsxd", "tpqldt", "2026-11-03 08:00")
    road.submit("tpqldt", "2026-11-12 08:00")
    due = duty.due_at
    decided(appoint("pgdsxd", from_post="SXD.2"))
    road.again()
    assert duty.holder_officer is not None
    assert (duty.holder_officer.login, duty.due_at) == ("pgdsxd", due)
    sent = make.Road(duty)
    tasks.send(
        actor=make.who("pgdsxd", DAY),
        at=make.at(DAY),
        duty=duty.public_id,
        file=make.result_file(),
        request=sent.request(),
    )
    assert sent.again().phase == "answered"


def test_the_old_head_hears_on_whose_desk_it_lies_now() -> None:
    (duty,) = make.issued()
    make.join("tam", "STC", "officer")  # the old head works elsewhere; whoever holds no post any more reads nothing
    Appointment.objects.filter(officer__login="tam").update(officer=make.who("gdsxd").officer_id)
    decided(appoint("pgdsxd", from_post="SXD.2"))
    with make.refused(NotAllowed, "act_not_allowed"):
        tasks.send(
            actor=make.who("gdsxd", DAY), at=make.at(DAY), duty=duty.public_id, file=make.result_file(),
            request=make.Road(duty).request(),
        )  # fmt: skip


def test_a_new_giver_decides_what_was_put_to_the_old_one() -> None:
    from kycuong.services import proposals

    (duty,) = make.issued()
    proposals.propose(
        actor=make.who("gdsxd"), at=make.at("2026-11-12 08:00"), duty=duty.public_id, kind="obstacle", reason="Thiếu vốn",
        request=make.Road(duty).request(),
    )  # fmt: skip
    child = Duty.objects.get(parent=duty, kind="proposal")
    assert child.holder_post is not None
    decided(appoint("gdstc", child.holder_post.code))
    child.refresh_from_db()
    assert child.holder_officer is not None
    assert child.holder_officer.login == "gdstc"
    proposals.accept(
        actor=make.who("gdstc", DAY), at=make.at(DAY), duty=child.public_id, note="Bố trí từ dự phòng",
        request=make.Road(child).request(),
    )  # fmt: skip
    assert make.Road(child).again().phase == "closed"


def test_who_takes_over_a_desk_is_told_of_what_lies_there() -> None:
    (duty,) = make.issued()
    decided(appoint("pgdsxd", from_post="SXD.2"))
    notices.dispatch(make.at(DAY))
    told = Notice.objects.filter(duty=duty, topic="succeed").values_list("recipient__login", flat=True)
    assert list(told) == ["pgdsxd"]


def test_an_officer_who_is_transferred_leaves_the_desk_to_the_head_of_the_division() -> None:
    (duty,) = make.issued()
    road = make.Road(duty)
    road.assign("gdsxd", "tpqldt", "2026-11-03 08:00")
    road.assign("tpqldt", "cvqldt", "2026-11-03 09:00")
    make.join("moi", "STC", "officer")
    make.vacate("moi", "2026-11-10 08:00")
    place = Post.objects.get(unit__code="STC", kind="officer")
    decided(plan("transfer", post=place.code, officer="cvqldt", from_post="QLDT.2"))
    assert road.again().holder_officer is not None
    assert duty.holder_officer.login == "tpqldt"  # type: ignore[union-attr]
    assert make.who("cvqldt", DAY).hats[0].body_name == "Sở Tài chính"
    assert organising.without_holder() == []


def test_an_emptied_head_s_desk_goes_to_the_deputy() -> None:
    (duty,) = make.issued()
    decided(plan("dismiss", post="SXD.1"))
    assert make.Road(duty).again().holder_officer is not None
    assert duty.holder_officer.login == "pgdsxd"  # type: ignore[union-attr]


def test_a_desk_with_work_is_not_emptied_when_nobody_stands_in() -> None:
    make.issued("Giao Ủy ban nhân dân xã Khe Sim rà soát hộ nghèo, báo cáo trước ngày 30/11/2026.")
    change = drafted(plan("dismiss", post="X1.1"))
    with make.refused(Invalid, "desk_vacant"):
        decide(change)


def test_a_post_is_made_and_filled() -> None:
    decided(plan("post", "SXD", title="Phó Giám đốc phụ trách hạ tầng", post_kind="unit_deputy", officer="cvqldt"))
    post = Post.objects.get(title="Phó Giám đốc phụ trách hạ tầng")
    assert Appointment.objects.get(post=post).decision == "88/QĐ-UBND"
    assert [hat.title for hat in make.who("cvqldt", DAY).hats] == ["Chuyên viên", "Phó Giám đốc phụ trách hạ tầng"]


def test_what_cannot_be_is_refused() -> None:
    for given, code in (
        (appoint("gdsxd"), "officer_holds_already"),
        (appoint("khongco"), "officer_unknown"),
        (appoint("pgdsxd", "KHONG.1"), "post_unknown"),
        (appoint("pgdsxd", from_post="STC.1"), "post_vacant"),
    ):
        change = drafted(given)
        with make.refused(Invalid, code):
            decide(change)


def test_two_people_fill_one_post_on_one_day_and_the_second_hears_of_the_first() -> None:
    first, second = drafted(appoint("pgdsxd")), drafted(appoint("tpqldt", decision="92/QĐ-UBND"), login="quantri")
    decide(first)
    with make.refused(Conflict, "org_change_same_day"):
        decide(second, "quantri")


def test_an_appointment_before_the_last_one_is_refused() -> None:
    decided(appoint("pgdsxd"))
    change = drafted(plan("appoint", on="2026-11-10", decision="93/QĐ-UBND", post="SXD.1", officer="tpqldt"))
    with make.refused(Invalid, "org_change_before_last"):
        decide(change)


def test_a_unit_keeps_its_duties_and_its_old_name_when_it_is_renamed() -> None:
    (duty,) = make.issued()
    decided(plan("rename", "SXD", name="Sở Xây dựng và Đô thị", short_name="SXDĐT"))
    assert make.Road(duty).again().holder_unit.name == "Sở Xây dựng và Đô thị"
    (again,) = make.issued("Giao Sở Xây dựng báo cáo nhà ở xã hội trước ngày 30/11/2026.", DAY)
    assert again.holder_unit == duty.holder_unit
