"""Periods: units check their figures, contest a row, the giver's side decides; closed figures never change again."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from tests import make
from tests.make import Road, at, who

from kycuong.core.duties import State
from kycuong.core.errors import Conflict, Invalid, NotAllowed, NotVisible, TransitionNotAllowed
from kycuong.models import Duty, DutyEvent, Mail, Notice, Officer, Period, PeriodContest, PeriodRow, PeriodUnit
from kycuong.queries import notices as told
from kycuong.queries import org
from kycuong.queries import periods as queries
from kycuong.services import notices, outreach, periods, tasks

LATE = "Giao Sở Xây dựng báo cáo tiến độ giải ngân trước ngày 16/10/2026."
DONE = "Giao Sở Xây dựng rà soát quy hoạch trước ngày 20/10/2026."
OTHER = "Giao Sở Tài chính rà soát công nợ trước ngày 23/10/2026."
GIVEN, SENT, CONFIRMED = "2026-10-05 08:00", "2026-10-14 09:00", "2026-10-15 09:00"
OPENED, WITHIN, AFTER = "2026-11-02 08:00", "2026-11-03 09:00", "2026-11-05 08:00"


def october() -> tuple[Duty, Duty, Duty]:
    """Give three tasks in October: one that stays undone, one done in time, one of another unit."""
    late, done, other = (make.issued(text, GIVEN)[0] for text in (LATE, DONE, OTHER))
    Road(done).send("gdsxd", SENT)
    Road(done).confirm("theodoi", CONFIRMED)
    return late, done, other


def opened(when: str = OPENED, login: str = "vanthu", **more: Any) -> UUID:
    wanted = {"kind": "month", "year": 2026, "number": 10} | more
    return periods.open_period(actor=who(login, when), at=at(when), **wanted)


def contested(period: UUID, duty: Duty, when: str = WITHIN, login: str = "gdsxd", reason: str = "Hạn ghi sai") -> UUID:
    return periods.contest(actor=who(login), at=at(when), period=period, duty=duty.public_id, reason=reason)


def giver(duty: Duty) -> int | None:
    """Return who holds the post that gave a task."""
    assert duty.giver_post_id is not None
    seat = org.seat(duty.giver_post_id, date(2026, 11, 4))
    return seat.officer_id if seat else None


def decided(contest: UUID, outcome: str, login: str = "theodoi", when: str = WITHIN, **more: Any) -> None:
    more = {"note": "Đã đối chiếu văn bản gốc"} | more
    periods.decide(actor=who(login), at=at(when), contest=contest, outcome=outcome, **more)


def closed(period: UUID, when: str = AFTER, login: str = "chanhvp") -> str:
    return periods.close(actor=who(login), at=at(when), period=period)


def states(period: UUID, login: str = "gdsxd", code: str = "SXD", when: str = AFTER) -> dict[State, int]:
    return queries.unit_rows(who(login), period, make.unit(code).public_id, at(when)).unit.counts


def test_figures_are_those_of_the_end_of_the_period_whatever_happened_since() -> None:
    late, _, _ = october()
    Road(late).send("gdsxd", "2026-11-02 07:30")  # after the end: in October it was overdue
    period = opened()
    assert states(period) == {State.OVERDUE: 1, State.DONE_ON_TIME: 1}
    make.issued("Giao Sở Xây dựng báo cáo phân cấp trước ngày 30/11/2026.", "2026-11-02 09:00")
    assert sum(states(period).values()) == 2
    closed(period)
    assert states(period) == {State.OVERDUE: 1, State.DONE_ON_TIME: 1}
    assert queries.verified(period)


def test_silence_is_agreement_at_the_end_of_the_term() -> None:
    october()
    period = opened()
    with pytest.raises(TransitionNotAllowed, match="đến hết 04/11/2026"):
        closed(period, WITHIN)
    periods.agree(actor=who("gdsxd"), at=at(WITHIN), period=period, unit=make.unit("SXD").public_id)
    with make.refused(TransitionNotAllowed, "period_term_running"):
        closed(period, WITHIN)  # the other department has said nothing yet
    told = {one.name: one.agreed for one in queries.period(who("chanhvp"), period, at(WITHIN)).units}
    assert told == {"Sở Xây dựng": "agreed", "Sở Tài chính": "waiting"}
    told = {one.name: one.agreed for one in queries.period(who("chanhvp"), period, at(AFTER)).units}
    assert told == {"Sở Xây dựng": "agreed", "Sở Tài chính": "silent"}
    assert closed(period) == Period.objects.get().fingerprint


def test_who_all_agree_need_not_wait_for_the_term() -> None:
    october()
    period = opened()
    for login, code in (("gdsxd", "SXD"), ("gdstc", "STC")):
        periods.agree(actor=who(login), at=at(WITHIN), period=period, unit=make.unit(code).public_id)
    closed(period, "2026-11-03 10:00")
    with make.refused(TransitionNotAllowed, "period_closed"):
        closed(period)


def test_a_corrected_date_is_an_act_on_the_ledger_and_moves_the_figure() -> None:
    late, _, _ = october()
    period = opened()
    contest = contested(period, late)
    with make.refused(TransitionNotAllowed, "period_contests_open"):
        closed(period)
    with make.refused(Invalid, "period_date_missing"):
        decided(contest, "corrected")
    decided(contest, "corrected", due_on=date(2026, 11, 16))
    acts = list(DutyEvent.objects.filter(duty=late).order_by("-seq").values_list("act", "reason_code")[:2])
    assert acts == [("reconcile", "corrected"), ("correct", "")]
    closed(period)
    assert states(period) == {State.NOT_DUE: 1, State.DONE_ON_TIME: 1}
    with make.refused(TransitionNotAllowed, "period_closed"):
        decided(contest, "refused", when=AFTER)


def test_what_is_put_apart_is_out_and_what_is_refused_stays() -> None:
    late, done, _ = october()
    period = opened()
    first, second = contested(period, late, reason="Việc của đơn vị khác"), contested(period, done)
    decided(first, "excluded")
    decided(second, "refused")
    with make.refused(Conflict, "period_decided"):
        decided(second, "excluded")
    closed(period)
    assert states(period) == {State.APART: 1, State.DONE_ON_TIME: 1}
    assert PeriodContest.objects.filter(outcome="").count() == 0


def test_after_the_closing_a_correction_stands_beside_the_figures() -> None:
    late, _, _ = october()
    period = opened()
    before = closed(period)
    rows = list(PeriodRow.objects.order_by("id").values())
    tasks.correct(
        actor=who("theodoi"), at=at("2026-11-06 09:00"), duty=late.public_id, note="Ghi nhầm tháng",
        due_on=date(2026, 11, 16), request=tasks.Request(None, None),
    )  # fmt: skip
    assert states(period) == {State.OVERDUE: 1, State.DONE_ON_TIME: 1}
    assert list(PeriodRow.objects.order_by("id").values()) == rows
    page = queries.period(who("gdsxd"), period, at("2026-11-06 10:00"))
    assert [(one.duty_id, one.state) for one in page.adjustments] == [(late.public_id, State.OVERDUE)]
    assert (page.fingerprint, queries.verified(period)) == (before, True)


def test_an_act_that_commits_while_the_period_is_closed_is_in_or_out_never_both(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    late, _, _ = october()
    period = opened()
    honest = periods.watermark.mark

    def then_somebody_writes() -> object:
        found = honest()
        tasks.correct(
            actor=who("theodoi"), at=at(AFTER), duty=late.public_id, note="Ghi nhầm tháng", due_on=date(2026, 11, 16),
            request=tasks.Request(None, None),
        )  # fmt: skip
        return found

    monkeypatch.setattr(periods.watermark, "mark", then_somebody_writes)
    closed(period)
    event = DutyEvent.objects.get(duty=late, act="correct")
    assert (Period.objects.get().mark_event or 0) < event.pk
    assert states(period) == {State.OVERDUE: 1, State.DONE_ON_TIME: 1}  # out of the figures
    assert len(queries.period(who("chanhvp"), period, at(AFTER)).adjustments) == 1  # and told beside them, once


def test_units_are_compared_on_closed_periods_within_groups_only() -> None:
    october()
    period = opened()
    with make.refused(TransitionNotAllowed, "period_compare_open"):
        queries.compare(who("chanhvp"), period)
    closed(period)
    (group,) = queries.compare(who("chanhvp"), period)
    assert (group.kind, group.size) == ("department", 0)
    assert [(peer.name, peer.share) for peer in group.peers] == [("Sở Xây dựng", 50.0), ("Sở Tài chính", 0.0)]
    assert group.median == 25.0
    with make.refused(NotVisible, "period_not_visible"):
        queries.compare(who("gdsxd"), period)


def test_others_see_their_own_and_the_totals_of_closed_periods() -> None:
    october()
    period = opened()
    page = queries.period(who("ctx1"), period, at(WITHIN))
    assert (page.units, page.total) == ([], {})
    assert [one.name for one in queries.period(who("gdstc"), period, at(WITHIN)).units] == ["Sở Tài chính"]
    closed(period)
    page = queries.period(who("ctx1"), period, at(AFTER))
    assert (page.units, sum(page.total.values())) == ([], 3)
    with make.refused(NotVisible, "unit_not_visible"):
        queries.unit_rows(who("gdstc"), period, make.unit("SXD").public_id, at(AFTER))


def test_whoever_of_the_unit_does_not_see_a_task_reads_nothing_of_its_contest() -> None:
    late, _, _ = october()
    period = opened()
    contested(period, late)
    assert [one.title for one in queries.period(who("gdsxd"), period, at(WITHIN)).contests] == [late.title]
    page = queries.period(who("cvqldt"), period, at(WITHIN))
    assert page.contests == []
    assert [one.agreed for one in page.units] == ["contested"]


def test_who_may_and_when() -> None:
    late, _, _ = october()
    with make.refused(Invalid, "period_not_ended"):
        opened("2026-10-20 08:00")
    with make.refused(Invalid, "period_unknown"):
        opened(number=13)
    with make.refused(NotAllowed, "period_open_not_allowed"):
        opened(login="gdsxd")
    period = opened()
    with make.refused(Invalid, "period_known"):
        opened()
    with make.refused(NotAllowed, "period_close_not_allowed"):
        closed(period, login="vanthu")
    with make.refused(NotAllowed, "period_not_unit"):
        periods.agree(actor=who("cvqldt"), at=at(WITHIN), period=period, unit=make.unit("SXD").public_id)
    with make.refused(NotVisible, "duty_not_visible"):
        contested(period, late, login="gdstc")
    with make.refused(TransitionNotAllowed, "period_term_over"):
        contested(period, late, when=AFTER)
    with make.refused(Invalid, "period_reason_missing"):
        contested(period, late, reason=" ")
    contest = contested(period, late)
    assert [one.recipient_id for one in Notice.objects.filter(topic="contested_period", period__public_id=period)] == [
        giver(late)
    ]
    with make.refused(Conflict, "period_contested"):
        contested(period, late)
    with make.refused(NotAllowed, "period_not_giver"):
        decided(contest, "excluded", login="gdsxd")


def test_a_unit_that_was_not_there_when_the_period_was_opened_agrees_too(monkeypatch: pytest.MonkeyPatch) -> None:
    october()
    period = opened()
    PeriodUnit.objects.filter(unit=make.unit("SXD")).delete()
    periods.agree(actor=who("gdsxd"), at=at(WITHIN), period=period, unit=make.unit("SXD").public_id)
    assert PeriodUnit.objects.get(unit=make.unit("SXD")).agreed_at == at(WITHIN)
    with make.refused(Conflict, "period_agreed"):
        periods.agree(actor=who("gdsxd"), at=at(WITHIN), period=period, unit=make.unit("SXD").public_id)
    monkeypatch.setattr(periods, "BATCH", 1)
    closed(period)
    assert queries.verified(period)


def test_the_heads_hear_that_their_figures_are_to_be_checked(settings: Any) -> None:
    settings.SENDS_MAIL, settings.SITE_URL = True, "https://kycuong.lamgiang.invalid"
    Officer.objects.filter(login="gdsxd").update(email="gd@lamgiang.invalid", mail_choice="digest")
    with make.refused(Invalid, "period_not_ended"):
        opened("2026-10-30 08:00")
    period = opened("2026-11-02 19:00", login="chanhvp")  # in the evening: told when the office opens
    rows = Notice.objects.filter(topic="check_period")
    heads = {"chutich", "gdsnv", "gdsxd", "gdstc", "ctx1", "ctx2", "gdcat"}
    assert {row.recipient.login for row in rows.select_related("recipient")} == heads  # not who opened it
    assert told.unread(who("gdsxd"), at("2026-11-02 20:00")) == 0
    (row,) = told.notices(who("gdsxd"), at("2026-11-03 08:00")).rows
    assert (row.period_id, row.duty_id, row.duty_title, row.unread) == (period, None, "Tháng 10/2026", True)
    outreach.digest(at("2026-11-03 07:30"))
    (mail,) = Mail.objects.all()
    assert f"https://kycuong.lamgiang.invalid/ky-bao-cao/{period}/" in mail.text
    assert "Đối soát số liệu của đơn vị" in mail.text
    notices.mark_read(actor=who("gdsxd"), at=at("2026-11-03 09:00"))
    assert told.unread(who("gdsxd"), at("2026-11-03 09:00")) == 0


def test_a_notice_is_of_a_duty_or_of_a_period() -> None:
    opened()
    row = Notice.objects.earliest("id")
    with pytest.raises(DatabaseError), transaction.atomic():
        Notice.objects.filter(pk=row.pk).update(period=None)
