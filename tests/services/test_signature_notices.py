"""A result whose signature proves not to be valid is told once a file: to who takes it in, and to the records clerk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests import make, signing

from kycuong import jobs
from kycuong.core.signatures import Report
from kycuong.models import Duty, Notice, SignatureCheck, Task, TaskParticipant, TaskResult, TrustCertificate
from kycuong.queries import duties as pages
from kycuong.queries import notices as queries
from kycuong.services import notices, signatures, tasks, trust

SENT, LATER = make.at("2026-11-04 11:00"), make.at("2026-11-05 09:00")
DATA = signing.sign(signing.blank(), signing.officer())
TOPICS = {"invalid_signature", "untrusted_signature"}


def told() -> list[tuple[str, str]]:
    return sorted(Notice.objects.filter(topic__in=TOPICS).values_list("recipient__login", "topic"))


def judge(verdict: str, reason: str = "") -> None:
    def say(path: Path, **given: Any) -> Report:
        return Report(verdict, reason)

    while signatures.work(LATER, LATER, say):
        pass


def tell() -> list[tuple[str, str]]:
    jobs.work_once(LATER)
    return told()


@pytest.fixture
def sent() -> Duty:
    (duty,) = make.issued()
    tasks.send(actor=make.who("gdsxd"), at=SENT, duty=duty.public_id, file=("bao-cao.pdf", DATA))
    return duty


def test_who_has_it_to_confirm_and_the_clerk_hear_once_however_often_it_is_told(sent: Duty) -> None:
    judge("invalid", "altered")
    heard = tell()
    assert {login for login, _ in heard} >= {"theodoi", "vanthu"}
    assert {topic for _, topic in heard} == {"invalid_signature"}
    SignatureCheck.objects.update(to_tell=True)  # a worker died before it ticked it off
    assert tell() == heard
    trust.add(actor=None, at=LATER, data=signing.root().pem)
    judge("untrusted", "same_name")  # judged anew, otherwise: still the same file
    assert tell() == heard
    page = pages.duty(make.who("theodoi"), sent.public_id, LATER)
    assert (page.results[0].file_signed, page.results[0].file_problem) == ("untrusted", "same_name")
    line = next(row for row in queries.notices(make.who("theodoi"), LATER).rows if row.topic in TOPICS)
    assert (line.label, line.path) == ("Chữ ký số của văn bản kết quả không hợp lệ", f"viec/{sent.public_id}/")


def test_of_several_results_in_one_round_one_notice_tells_each_person(sent: Duty) -> None:
    (other,) = make.issued()
    tasks.send(actor=make.who("gdsxd"), at=SENT, duty=other.public_id, file=("bao-cao-2.pdf", DATA + b"\n%2"))
    judge("invalid", "altered")
    who = make.who("theodoi")
    jobs.work_once(LATER)
    rows = [row for row in queries.notices(who, LATER).rows if row.topic in TOPICS]
    (row,) = rows
    assert {row.duty_id, *(one.duty_id for one in row.others)} == {sent.public_id, other.public_id}
    assert [one.unit_name for one in row.others] == ["Sở Xây dựng"]  # one order gives many units the same title
    assert Notice.objects.filter(recipient__login="theodoi", topic="invalid_signature").count() == 2
    assert queries.unread(who, LATER) == sum(one.unread for one in queries.notices(who, LATER).rows)
    SignatureCheck.objects.update(to_tell=True)
    before = told()
    assert tell() == before


def test_who_no_longer_sees_the_first_of_a_round_is_told_of_the_others(sent: Duty) -> None:
    (other,) = make.issued()
    (third,) = make.issued()
    for n, duty in enumerate((other, third)):
        tasks.send(actor=make.who("gdsxd"), at=SENT, duty=duty.public_id, file=(f"{n}.pdf", DATA + b"\n%%%d" % n))
    judge("invalid", "altered")
    jobs.work_once(LATER)
    Notice.objects.filter(topic__in=TOPICS).exclude(recipient__login="theodoi").delete()
    seen = Notice.objects.filter(topic__in=TOPICS, seq__gt=0)
    for task in Task.objects.filter(duty__in=seen.values("duty")):
        TaskParticipant.objects.create(task=task, unit=make.unit("X1"))
    aside = make.who("ctx1", "2026-11-05 09:00")  # sees them, and not the first
    Notice.objects.update(recipient=aside.officer_id)
    (row,) = [row for row in queries.notices(aside, LATER).rows if row.topic in TOPICS]
    told_of = {row.duty_id, *(one.duty_id for one in row.others)}
    assert (told_of, row.unread) == (set(seen.values_list("duty__public_id", flat=True)), True)
    assert queries.unread(aside, LATER) == sum(one.unread for one in queries.notices(aside, LATER).rows)


def test_what_another_worker_tells_first_hides_none_of_the_others(sent: Duty, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other worker tells of the first file after this one has looked which are told: the rest lead for themselves."""
    (other,) = make.issued()
    tasks.send(actor=make.who("gdsxd"), at=SENT, duty=other.public_id, file=("bao-cao-2.pdf", DATA + b"\n%2"))
    judge("invalid", "altered")
    takers, who = notices._takers, make.who("theodoi")

    def meanwhile(keys: list[int]) -> Any:
        file = TaskResult.objects.get(task__duty=sent).file
        Notice.objects.create(
            recipient_id=who.officer_id, duty=sent, file=file, seq=0, topic="invalid_signature", at=SENT, read_at=SENT
        )
        return takers(keys)

    monkeypatch.setattr(notices, "_takers", meanwhile)
    notices.tell_signatures(LATER)
    rows = [row for row in queries.notices(who, LATER).rows if row.topic in TOPICS]
    assert [(row.duty_id, row.unread) for row in rows] == [(other.public_id, True), (sent.public_id, False)]
    assert queries.unread(who, LATER) == 1


def test_before_any_authority_is_trusted_nobody_is_told_that_one_is_not(sent: Duty) -> None:
    judge("untrusted", "no_anchor")
    assert tell() == []
    trust.add(actor=None, at=LATER, data=signing.root().pem)
    judge("untrusted", "no_anchor")
    assert {topic for _, topic in tell()} == {"untrusted_signature"}


def test_who_confirmed_hears_when_the_authority_is_trusted_no_more(sent: Duty) -> None:
    make.Road(sent).confirm("theodoi", "2026-11-05 08:00")
    trust.add(actor=None, at=LATER, data=signing.root().pem)
    judge("valid")
    assert tell() == []
    root = TrustCertificate.objects.get()
    trust.retire(actor=make.who("quantri"), at=LATER, certificate=root.public_id)
    judge("untrusted", "no_anchor")
    assert tell() == []  # no root is left: "not trusted" says nothing of the file
    trust.add(actor=None, at=LATER, data=signing.issue("Một tổ chức khác", ca=True).pem)
    judge("untrusted", "no_anchor")
    assert ("theodoi", "untrusted_signature") in tell()


def test_a_draft_that_was_looked_at_is_told_of_once_it_is_sent() -> None:
    (duty,) = make.issued()
    road = make.Road(duty)
    road.assign("gdsxd", "cvqldt", "2026-11-03 08:00")
    tasks.submit(
        actor=make.who("cvqldt"), at=make.at("2026-11-03 09:00"), duty=duty.public_id, note="Dự thảo",
        file=("du-thao.pdf", DATA),
    )  # fmt: skip
    judge("invalid", "altered")
    assert tell() == []
    tasks.send(actor=make.who("gdsxd"), at=LATER, duty=duty.public_id, file=None)
    notices.dispatch(LATER)
    assert "theodoi" in {login for login, _ in told()}


def test_what_was_sent_back_counts_no_more(sent: Duty) -> None:
    make.Road(sent).send_back("theodoi", "2026-11-04 15:00")
    judge("invalid", "forged")
    assert tell() == []
