"""Two at the same instant about consulting and ruling: one rule, one ruling, one reminder, and nobody waits for who waits for him."""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import uuid4

import pytest
from tests import make

from kycuong.core.calendar_changes import Decision
from kycuong.core.consultation_rules import Ruling
from kycuong.core.consultations import Position, Said, Silence
from kycuong.core.errors import Conflict, NotAllowed, TransitionNotAllowed
from kycuong.models import Arbitration, AuditEntry, Competence, ConsultationRule, DutyEvent, Opinion, Task
from kycuong.services import arbitrations, consultations, limits
from services.test_consult import ASKED, IN_TIME, ask, give, opinion, take
from services.test_transfers import BASIS, RULED, third
from stories.test_two_people_act_at_once import at_once, one_won

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _province(transactional_db: None) -> None:
    make.province()


def test_the_same_rule_sent_twice_is_one_rule_and_one_entry() -> None:
    ruling = Ruling("regulation", Silence.CONSENT, 3, 5, 7, 1, frozenset({"department"}), date(2026, 11, 20))
    decided = partial(
        limits.change_consultation_rule, actor=make.who("quantri", ASKED), at=make.at(ASKED), ruling=ruling,
        decision=Decision("12/QĐ-UBND", date(2026, 11, 6), "Ủy ban nhân dân tỉnh"), reason="Quy chế mới", request_id=uuid4(),
    )  # fmt: skip
    first, second = at_once(decided, decided)
    assert first == second == ConsultationRule.objects.get(number="12/QĐ-UBND")
    assert AuditEntry.objects.filter(act="change_consultation_rule").count() == 1


def test_two_rulings_on_one_matter_are_one_ruling_one_row_of_the_registry_and_one_task() -> None:
    (duty,) = make.issued()
    last, child = third(duty)
    given = {"actor": make.who("chanhvp", RULED), "at": make.at(RULED), "duty": child.public_id, "basis": BASIS}
    found = at_once(*(
        partial(arbitrations.rule, unit=make.unit(code).public_id, matter="tiến độ giải ngân", **given)
        for code in ("STC", "SNV")
    ))  # fmt: skip
    one_won(found, Conflict, TransitionNotAllowed, NotAllowed)
    ruled = Arbitration.objects.get()
    assert ruled.unit is not None
    assert Competence.objects.filter(basis__contains=BASIS).get().unit == ruled.unit
    assert Task.objects.get(replaces__duty=last).duty.holder_unit == ruled.unit
    assert DutyEvent.objects.filter(duty=child, act="rule").count() == 1


def test_reminders_of_dissent_and_what_is_done_meanwhile_wait_for_each_other_in_one_order() -> None:
    """An act takes the duty before its opinion, and so do the reminders: else two would wait for each other for ever."""
    made = [ask() for _ in range(6)]
    for one in made:
        take(one)
        give(one, said={1: Said(Position.DISAGREE, "Khoản 2 Điều 8"), 2: Said(Position.AGREE)})
    duties = [opinion(one).duty for one in made]
    at = make.at("2026-11-16 09:00")
    accepts = [
        partial(consultations.accept_opinion, actor=make.who("gdsxd", IN_TIME), at=at, duty=one.public_id)
        for one in duties
    ]
    reminds = [partial(consultations.remind_dissents, at) for _ in range(2)]
    found = at_once(*accepts[:2], *reminds, *accepts[2:])
    assert not [one for one in found if isinstance(one, Exception) and not isinstance(one, Conflict)], found
    consultations.remind_dissents(at)  # whoever found a row held went past it
    reminded = DutyEvent.objects.filter(act="remind_dissent").values_list("duty", flat=True)
    assert sorted(reminded) == sorted(one.pk for one in duties)
    assert not Opinion.objects.filter(dissent_check_at__lte=at).exists()
