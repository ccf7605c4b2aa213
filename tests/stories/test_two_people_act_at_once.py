"""Two people, or two workers, at the same instant: one of them does it, the other is told, and nothing is done twice."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.urls import reverse
from tests import make

from kycuong.core.consultations import Position, Said
from kycuong.core.errors import Conflict, Invalid, TransitionNotAllowed
from kycuong.models import (
    Appointment,
    Cover,
    Document,
    Duty,
    DutyEvent,
    DutyHolding,
    Notice,
    Opinion,
    Order,
    Outbox,
    Subscription,
    TaskResult,
)
from kycuong.services import consultations, covers, directives, duties, hooks, notices, proposals, series, tasks
from stories.doors import Web

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 5
AT = make.at("2026-11-03 08:00")
AT_NOON = make.at("2026-11-10 12:00")


def at_once(*calls: Callable[[], object]) -> list[object]:
    """Call all at the same instant, each on a connection of its own; return what each gave or raised."""
    barrier = threading.Barrier(len(calls))
    found: list[object] = [None] * len(calls)

    def one(number: int, call: Callable[[], object]) -> None:
        try:
            barrier.wait()
            found[number] = call()
        except Exception as error:
            found[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def one_won(found: Sequence[object], *kinds: type[Exception]) -> None:
    """Expect one who did it, and everybody else refused as a conflict."""
    lost = [each for each in found if isinstance(each, Exception)]
    assert len(lost) == len(found) - 1, found
    assert all(isinstance(each, kinds) for each in lost), found


@pytest.fixture(autouse=True)
def _province(transactional_db: None) -> None:
    make.province()


def test_two_give_the_same_task_to_two_desks() -> None:
    for _ in range(ROUNDS):
        (duty,) = make.issued()
        give = partial(tasks.assign, at=AT, duty=duty.public_id, request=tasks.Request(seen=duty.act_seq))
        found = at_once(
            partial(give, actor=make.who("gdsxd"), desk=make.desk("tpqldt")),
            partial(give, actor=make.who("pgdsxd"), desk=make.desk("cvqldt")),
        )
        one_won(found, Conflict)
        assert DutyEvent.objects.filter(duty=duty, act="assign").count() == 1
        assert DutyHolding.objects.filter(duty=duty).count() == 2
        assert DutyHolding.objects.filter(duty=duty, until_at__isnull=True).count() == 1


def test_one_confirms_while_another_sends_back() -> None:
    for _ in range(ROUNDS):
        (duty,) = make.issued()
        make.Road(duty).send("gdsxd", "2026-11-02 09:00")
        found = at_once(
            partial(tasks.confirm, actor=make.who("theodoi"), at=AT, duty=duty.public_id),
            partial(tasks.send_back, actor=make.who("chanhvp"), at=AT, duty=duty.public_id, note="Chưa đạt"),
        )
        one_won(found, Conflict, TransitionNotAllowed, Invalid)
        duty.refresh_from_db()
        (child,) = Duty.objects.filter(parent=duty)
        verdict = TaskResult.objects.get(task__duty=duty).verdict
        assert (duty.phase, verdict, child.outcome) in [
            ("closed", "confirmed", "confirmed"),
            ("open", "sent_back", "sent_back"),
        ]


def test_a_form_sent_twice_by_an_impatient_hand_is_one_act() -> None:
    for _ in range(ROUNDS):
        (duty,) = make.issued()
        send = partial(
            tasks.send, actor=make.who("gdsxd"), at=AT, duty=duty.public_id, file=make.result_file(),
            request=tasks.Request(seen=duty.act_seq, request_id=uuid4()),
        )  # fmt: skip
        found = at_once(send, send, send)
        lost = [each for each in found if isinstance(each, Exception)]
        assert len(lost) < 3
        assert all(isinstance(each, Conflict | TransitionNotAllowed) for each in lost), found
        assert DutyEvent.objects.filter(duty=duty, act="send").count() == 1
        assert TaskResult.objects.filter(task__duty=duty).count() == 1
        assert Duty.objects.filter(parent=duty).count() == 1


def test_the_web_answers_409_to_the_one_who_came_second() -> None:
    (duty,) = make.issued()
    web = Web()
    first, second = web.person("gdsxd", "2026-11-03 08:00"), web.person("pgdsxd", "2026-11-03 08:00")
    address = reverse("duty_act", args=[duty.public_id, "giao"])
    form = {"act_seq": duty.act_seq, "desk": make.desk("tpqldt")}
    found = at_once(*(lambda browser=browser: browser.post(address, form).status_code for browser in (first, second)))
    assert Counter(found) == {302: 1, 409: 1}
    assert DutyEvent.objects.filter(duty=duty, act="assign").count() == 1


def test_two_give_a_returned_task_to_two_units() -> None:
    for _ in range(ROUNDS):
        (duty,) = make.issued()
        asked = {"kind": "return", "reason": "Việc của STC", "basis": "Điều 2"}
        proposals.propose(actor=make.who("gdsxd"), at=AT, duty=duty.public_id, **asked)
        proposals.accept(actor=make.who("chutich"), at=AT, duty=Duty.objects.get(parent=duty).public_id)
        give = partial(tasks.reassign, at=AT, duty=duty.public_id, due_on=date(2026, 11, 30))
        found = at_once(
            partial(give, actor=make.who("chutich"), unit=f"unit:{make.unit('STC').pk}"),
            partial(give, actor=make.who("theodoi"), unit=f"unit:{make.unit('X1').pk}"),
        )
        one_won(found, Conflict)
        assert Duty.objects.filter(task__replaces__duty=duty).count() == 1


def test_two_arrange_covers_that_would_hang_on_each_other() -> None:
    posts = dict(Appointment.objects.values_list("officer__login", "post"))
    plan = partial(covers.plan, at=AT, actor=make.who("gdsxd"))
    for number in range(ROUNDS):
        day = date(2026, 11, 4 + number)
        found = at_once(
            partial(plan, post=posts["gdsxd"], substitute=posts["pgdsxd"], first=day, last=day),
            partial(plan, post=posts["pgdsxd"], substitute=posts["gdsxd"], first=day, last=day),
        )
        one_won(found, Invalid)
    assert Cover.objects.count() == ROUNDS


def test_two_issue_the_same_document() -> None:
    for number in range(ROUNDS):
        document = make.upload(make.paper(f"{number + 1}/CT-UBND"))
        issue = partial(directives.issue, at=AT, document=document.public_id)
        found = at_once(*(partial(issue, actor=make.who(login)) for login in ("vanthu", "theodoi")))
        one_won(found, Conflict)
        assert Duty.objects.filter(document=document).count() == 2


def test_one_issues_while_another_still_corrects() -> None:
    for number in range(ROUNDS):
        document = make.upload(make.paper(f"{number + 1}/CT-UBND"))
        order = make.orders(document)[0]
        corrected, issued = at_once(
            partial(
                directives.correct_order, actor=make.who("theodoi"), at=AT, order=order.public_id,
                leads=[f"unit:{make.unit('X1').pk}"], participants=[], kind="standing",
            ),
            partial(directives.issue, actor=make.who("vanthu"), at=AT, document=document.public_id),
        )  # fmt: skip
        assert issued == 2
        opened = Duty.objects.get(task__order=order)
        now = Order.objects.get(pk=order.pk)
        # Either the correction came first and the task follows it, or it was refused: never one without the other.
        assert (opened.holder_unit.code, now.kind) == (("X1", "standing") if corrected is None else ("SXD", "dated"))
        assert corrected is None or isinstance(corrected, Conflict)


def test_two_register_the_same_paper() -> None:
    for number in range(ROUNDS):
        name, data = make.paper(f"{number + 1}/CT-UBND")
        register = partial(directives.register_upload, actor=make.who("vanthu"), at=AT, data=data, name=name)
        found = at_once(register, register)
        one_won(found, Invalid, Conflict)
        assert Document.objects.filter(number=str(number + 1)).count() == 1


def test_papers_that_arrive_together_get_numbers_of_their_own() -> None:
    clerk = make.who("vanthu")
    papers = [make.paper(f"{number}/CT-UBND") for number in range(1, 5)]
    found = at_once(
        *(
            lambda data=data, name=name: directives.register_upload(actor=clerk, at=AT, data=data, name=name)
            for name, data in papers
        )
    )
    assert all(isinstance(each, Conflict) for each in found if isinstance(each, Exception)), found
    numbers = list(Document.objects.values_list("arrival_no", flat=True))
    assert sorted(numbers) == list(range(1, len(numbers) + 1))


def test_two_workers_fire_each_rung_once() -> None:
    rows = [make.issued()[0] for _ in range(12)]
    for moment in ("2026-11-10 08:00", "2026-11-13 08:00", "2026-11-17 08:00"):
        at = make.at(moment)
        found = at_once(*(lambda at=at: duties.sweep(at, batch=2) for _ in range(3)))
        duties.sweep(at)  # a worker that found everything held by others went home
        assert not any(isinstance(each, Exception) for each in found), found
    fired = Counter(DutyEvent.objects.filter(rung__isnull=False).values_list("duty", "rung"))
    assert fired == {(duty.pk, rung): 1 for duty in rows for rung in ("near", "due", "overdue")}


def test_two_workers_hand_out_each_notice_once() -> None:
    for _ in range(12):
        make.issued()
    found = at_once(*(lambda: notices.dispatch(AT) for _ in range(3)))
    assert not any(isinstance(each, Exception) for each in found), found
    assert Counter(Notice.objects.values_list("recipient__login", "topic")) == {("gdsxd", "open"): 12}
    assert not Outbox.objects.filter(done_at__isnull=True).exists()


def test_two_workers_open_the_next_occurrence_once() -> None:
    for _ in range(ROUNDS):
        document = make.line("Định kỳ hằng tháng, trước ngày 25, Sở Nội vụ báo cáo Ủy ban nhân dân tỉnh.")
        directives.issue(actor=make.who("vanthu"), at=AT, document=document)
    at = make.at("2026-11-25 08:00")
    found = at_once(*(lambda: series.roll(at) for _ in range(3)))
    assert not any(isinstance(each, Exception) for each in found), found
    series.roll(at)
    slots = Counter(Duty.objects.filter(series__isnull=False).values_list("series", flat=True))
    assert sorted(slots.values()) == [3] * ROUNDS


def test_an_act_under_way_while_a_system_subscribes_is_before_it_and_not_lost() -> None:
    (duty,) = make.issued()
    begun, order = threading.Event(), list[str]()

    def act() -> None:
        with transaction.atomic():
            tasks.assign(actor=make.who("gdsxd"), at=AT, duty=duty.public_id, desk=make.desk("tpqldt"))
            begun.set()
            time.sleep(0.3)
            order.append("act")

    def subscribe() -> None:
        begun.wait(5)
        hooks.subscribe(actor=make.who("chanhvp"), at=AT, name="Kho", url="https://may.invalid/", kinds=[])
        order.append("subscription")

    assert at_once(act, subscribe) == [None, None]
    assert order == ["act", "subscription"]
    newest = DutyEvent.objects.order_by("-id").values_list("id", flat=True).first()
    assert Subscription.objects.get().after_event == newest


def asked(*units: str) -> list[Duty]:
    """Ask each body for an opinion that is due at midnight of 17/11, and return their duties."""
    chosen = tuple(make.unit(code).public_id for code in units)
    question = consultations.Question("phương án phân bổ vốn", (("Phân bổ 20 tỷ đồng", True),), chosen)
    made = consultations.ask(actor=make.who("gdsxd"), at=make.at("2026-11-09 08:00"), question=question)
    rows = list(Duty.objects.filter(opinion__consultation__public_id=made).order_by("id"))
    for row in rows:
        consultations.take_delivery(actor=make.who("gdstc"), at=make.at("2026-11-09 09:00"), duty=row.public_id)
    return rows


def test_an_opinion_meets_the_cut_off_and_four_workers() -> None:
    before, after = make.at("2026-11-16 23:59"), make.at("2026-11-17 00:00")
    for turn in range(ROUNDS):
        (duty,) = asked("STC")
        duties.sweep(make.at("2026-11-16 08:30"))
        give = partial(
            consultations.give_opinion, actor=make.who("gdstc"), at=before, duty=duty.public_id,
            said={1: Said(Position.AGREE)}, file=make.result_file(str(300 + turn), "STC-NS", "ngày 10 tháng 11 năm 2026"),
        )  # fmt: skip
        found = at_once(give, *(partial(consultations.expire, after) for _ in range(4)))
        consultations.expire(after)  # a worker that found it held went home
        assert [each for each in found[1:] if isinstance(each, Exception)] == []
        one = Opinion.objects.get(duty=duty)
        assert isinstance(found[0], bool | Conflict | TransitionNotAllowed), found  # False: it was taken, filed as late
        assert one.outcome == ("opinion" if found[0] is True else "consent")
        ends = DutyEvent.objects.filter(duty=duty, act__in=("expire", "keep_opinion")).count()
        assert (ends, one.file is None, one.late_at is not None) == (
            1,
            not isinstance(found[0], bool),
            found[0] is False,
        )


def test_a_body_answers_while_its_deputy_returns_and_the_proposal_changes() -> None:
    for turn in range(ROUNDS):
        (duty,) = asked("STC")
        body = {"actor": make.who("gdstc"), "at": AT_NOON, "duty": duty.public_id}
        file = make.result_file(str(400 + turn), "STC-NS", "ngày 10 tháng 11 năm 2026")
        found = at_once(
            partial(consultations.give_opinion, said={1: Said(Position.AGREE)}, file=file, **body),
            partial(consultations.return_opinion, note="Không thuộc thẩm quyền", **body),
            partial(
                consultations.change_proposal, actor=make.who("gdsxd"), at=AT_NOON, reason="Điều chỉnh",
                consultation=duty.opinion.consultation.public_id, points=(("Phân bổ 15 tỷ đồng", True),),
            ),
        )  # fmt: skip
        refused = [each for each in found if isinstance(each, Exception)]
        assert all(isinstance(each, Conflict | TransitionNotAllowed | Invalid) for each in refused), found
        acts = Counter(DutyEvent.objects.filter(duty=duty).values_list("act", flat=True))
        assert acts["give_opinion"] + acts["return_opinion"] <= 1
        assert acts["give_opinion"] == (not isinstance(found[0], Exception))
        assert acts["return_opinion"] == (not isinstance(found[1], Exception))
        assert Opinion.objects.get(duty=duty).late_at is None
