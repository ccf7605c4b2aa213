"""The outbox of e-mail: made once, sent at least once under one Message-ID, whatever the server and the workers do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db.models import F
from django.test import Client
from django.urls import reverse
from tests import make
from tests.sink import use

from kycuong import checks
from kycuong.core import mails as core
from kycuong.core.errors import Invalid, NotAllowed
from kycuong.models import AuditEntry, DayMark, Duty, Mail, Notice, Officer
from kycuong.queries import mails as queries
from kycuong.services import accounts, duties, notices, outreach
from kycuong.services.outreach import Delivery, Letter, Unreachable, smtp

MORNING = make.at("2026-11-10 07:30")
REAL = make.at("2030-01-01 00:00")


class Post:
    """A channel that answers as it is told."""

    def __init__(self) -> None:
        self.taken: list[Letter] = []
        self.answers: dict[str, Delivery] = {}
        self.down = ""
        self.calls = 0

    def deliver(self, letters: Sequence[Letter]) -> list[Delivery]:
        self.calls += 1
        if self.down:
            raise Unreachable(self.down)
        found = [self.answers.get(letter.to, Delivery()) for letter in letters]
        self.taken += [letter for letter, answer in zip(letters, found, strict=True) if not answer.code]
        return found


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture(autouse=True)
def _addresses(settings: Any) -> None:
    use(settings, 1)
    for officer in Officer.objects.all():
        Officer.objects.filter(pk=officer.pk).update(email=f"{officer.login}@lamgiang.invalid")


def send(post: Post, at: datetime, real: datetime = REAL) -> outreach.Sent:
    return outreach.send(at=at, real=real, channel=post)


def waiting(count: int) -> None:
    """Put so many mails of the head of Sở Xây dựng into the outbox."""
    head = Officer.objects.get(login="gdsxd")
    Mail.objects.bulk_create(
        [
            Mail(
                recipient=head,
                kind="notice",
                message_id=f"<{n}@x>",
                subject="Việc",
                text="x",
                made_at=MORNING,
                next_try_at=MORNING,
            )
            for n in range(count)
        ]
    )


def test_the_morning_s_mail_tells_what_is_late_due_soon_waiting_and_new(post: Post) -> None:
    make.issued()  # near on 10/11
    make.issued(make.LINE.replace("16/11", "07/11"))
    make.issued(make.LINE.replace("16/11", "11/11"))
    (sent,) = make.issued(make.LINE.replace("16/11", "20/11"))
    make.Road(sent).send("gdsxd", "2026-11-09 09:00")
    duties.sweep(MORNING)
    notices.dispatch(MORNING)
    assert outreach.digest(MORNING) == Mail.objects.count() == 2
    assert outreach.digest(MORNING + timedelta(hours=1)) == 0
    send(post, MORNING)
    told = {letter.to.partition("@")[0]: letter for letter in post.taken}
    head = told["gdsxd"]
    assert head.subject.startswith("Công việc 10/11: 1 quá hạn, 1 đến hạn hôm nay, 1 sắp đến hạn")
    for part in ("QUÁ HẠN (1)", "quá hạn 2 ngày làm việc", "hạn hôm nay", "hạn hết ngày 15/11/2026", "THÔNG BÁO MỚI"):
        assert part in head.text
    confirmation = Duty.objects.get(parent=sent)
    assert reverse("duty", args=[confirmation.public_id]) in told["theodoi"].text
    assert "CHỜ ĐỒNG CHÍ XÁC NHẬN, QUYẾT ĐỊNH (1)" in told["theodoi"].text
    assert "ctx1" not in told  # nothing to hear, no mail


def test_whoever_wants_it_at_once_hears_of_few_things_in_office_hours(post: Post) -> None:
    for login, choice in (("gdsxd", "at_once"), ("tpqldt", "digest"), ("cvqldt", "none")):
        kept = f"{login}@lamgiang.invalid"
        accounts.choose_mail(actor=make.who(login), at=MORNING, email=kept, choice=choice)
    (duty,) = make.issued(when="2026-11-06 20:00")  # a Friday evening
    make.Road(duty).assign("gdsxd", "tpqldt", "2026-11-06 20:10")
    notices.dispatch(make.at("2026-11-06 20:11"))
    (mail,) = Mail.objects.all()
    assert (mail.recipient.login, mail.next_try_at) == ("gdsxd", make.at("2026-11-09 07:30"))
    assert Notice.objects.get(recipient__login="gdsxd").told_at == mail.next_try_at
    assert send(post, make.at("2026-11-08 12:00")).sent == 0
    assert send(post, make.at("2026-11-09 07:30")).sent == 1
    (letter,) = post.taken
    assert duty.title[:60] in letter.subject
    assert f"https://kycuong.lamgiang.invalid{reverse('duty', args=[duty.public_id])}" in letter.text
    outreach.digest(make.at("2026-11-10 07:30"))
    assert not Mail.objects.filter(recipient__login="cvqldt").exists()


def test_handed_out_twice_and_killed_between_it_is_keep_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for login in ("gdsxd", "theodoi", "chutich"):
        accounts.choose_mail(actor=make.who(login), at=MORNING, email=f"{login}@lamgiang.invalid", choice="at_once")
    make.issued(make.LINE.replace("16/11", "07/11"))
    from kycuong.models import Outbox

    for _ in range(2):
        duties.sweep(MORNING)
        notices.dispatch(MORNING)
        Outbox.objects.update(done_at=None)
        outreach.digest(MORNING)
        DayMark.objects.filter(name="digest").delete()
    assert (
        Mail.objects.filter(kind="digest").count()
        == Mail.objects.filter(kind="digest").values("recipient").distinct().count()
    )
    assert Mail.objects.filter(kind="notice").count() == Notice.objects.filter(topic__in=core.AT_ONCE).count() == 2


def test_without_a_mail_server_no_mail_is_made(settings: Any) -> None:
    settings.SENDS_MAIL = False
    accounts.choose_mail(actor=make.who("gdsxd"), at=MORNING, email="gd@lamgiang.invalid", choice="at_once")
    make.issued()
    notices.dispatch(MORNING)
    assert outreach.digest(MORNING) == 0
    assert Notice.objects.exists()
    assert not Mail.objects.exists()
    assert outreach.send(at=MORNING, real=REAL) == outreach.Sent()


def test_a_server_that_takes_nothing_pauses_everything_and_is_asked_once_in_a_while(post: Post) -> None:
    waiting(120)
    post.down = "unreachable"
    assert send(post, MORNING).sent == 0
    assert post.calls == 1
    assert send(post, MORNING + timedelta(seconds=30)) == outreach.Sent()
    assert set(Mail.objects.values_list("state", flat=True)) == {"waiting"}
    assert (
        queries.error_label(Mail.objects.exclude(error_code="").first().error_code) == "Không kết nối được máy chủ thư"
    )
    post.down = ""
    assert send(post, MORNING + timedelta(minutes=2)).sent == 120
    assert len({letter.message_id for letter in post.taken}) == len(post.taken) == 120
    assert set(Mail.objects.values_list("text", flat=True)) == {""}


def test_one_address_refused_for_good_stops_no_other_and_is_sent_again_by_one_click(post: Post) -> None:
    make.issued(make.LINE.replace("16/11", "07/11"))
    make.issued("Giao Sở Tài chính báo cáo số liệu thu ngân sách trước ngày 07/11/2026.")
    duties.sweep(MORNING)
    notices.dispatch(MORNING)
    made = outreach.digest(MORNING)
    post.answers["gdsxd@lamgiang.invalid"] = Delivery("smtp_550", final=True)
    assert send(post, MORNING) == outreach.Sent(sent=made - 1, failed=1)
    admin = make.who("quantri")
    page = queries.mails(admin, state="failed")
    assert page.counts == {"waiting": 0, "sent": made - 1, "failed": 1}
    assert page.rows[0].error == "Máy chủ thư từ chối (mã 550)"
    with make.refused(NotAllowed, "administer_not_allowed"):
        outreach.retry(actor=make.who("gdsxd"), at=MORNING)
    with make.refused(Invalid, "mail_not_failed"):
        outreach.retry(actor=admin, at=MORNING, mail=Mail.objects.filter(state="sent").first().pk)
    post.answers.clear()
    assert outreach.retry(actor=admin, at=MORNING, mail=page.rows[0].id) == 1
    assert AuditEntry.objects.filter(act="retry_mail").count() == 1
    assert send(post, MORNING).sent == 1


def test_a_passing_refusal_is_tried_again_later_and_later(post: Post) -> None:
    waiting(1)
    post.answers["gdsxd@lamgiang.invalid"] = Delivery("smtp_451")
    at, tries = MORNING, []
    for _ in range(4):
        assert send(post, at).later == 1
        following = Mail.objects.get().next_try_at
        tries.append((following - at) // timedelta(minutes=1))
        at = following
    assert tries == [1, 2, 4, 8]


def test_whoever_has_no_address_any_more_is_told_nothing(post: Post) -> None:
    waiting(2)
    Officer.objects.filter(login="gdsxd").update(email="")
    assert send(post, MORNING) == outreach.Sent(failed=2)
    assert post.calls == 0


def test_a_worker_killed_before_it_noted_sends_again_under_the_same_id(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kycuong.services.outreach import sending

    waiting(3)
    monkeypatch.setattr(sending, "_settle", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        send(post, MORNING)
    monkeypatch.undo()
    assert send(post, MORNING).sent == 0  # leased
    assert send(post, MORNING, REAL + timedelta(minutes=16)).sent == 3
    assert [letter.message_id for letter in post.taken[:3]] == [letter.message_id for letter in post.taken[3:]]


def test_a_worker_that_comes_back_late_does_not_write_over_the_later_attempt(post: Post) -> None:
    waiting(1)

    class Slow(Post):
        def deliver(self, letters: Sequence[Letter]) -> list[Delivery]:
            Mail.objects.update(attempt=F("attempt") + 1)  # the lease ran out and another worker took it
            return [Delivery("smtp_550", final=True)]

    send(Slow(), MORNING)
    mail = Mail.objects.get()
    assert (mail.state, mail.error_code, mail.attempt) == ("waiting", "", 2)


@pytest.mark.parametrize(
    ("email", "choice", "code"),
    [
        ("khong phai dia chi", "digest", "address_unreadable"),
        ("a@b.vn\nBcc: c@d.vn", "digest", "address_unreadable"),
        ("", "digest", "address_missing"),
        ("gd@noi-khac.vn", "digest", "address_elsewhere"),
        ("gd@lamgiang.invalid", "hourly", "kind_unknown"),
    ],
)
def test_a_choice_that_cannot_be_kept_is_refused(settings: Any, email: str, choice: str, code: str) -> None:
    settings.MAIL_DOMAINS = ("lamgiang.invalid",)
    with make.refused(Invalid, code):
        accounts.choose_mail(actor=make.who("gdsxd"), at=MORNING, email=email, choice=choice)


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({}, []),
        ({"SMTP_HOST": ""}, []),
        ({"SMTP_HOST": "mail.lamgiang.invalid"}, ["kycuong.E004"]),
        ({"SMTP_SECURITY": "ssl"}, ["kycuong.E003"]),
        ({"SMTP_FROM": "kycuong@localhost"}, ["kycuong.E005"]),
        ({"SITE_URL": "http://kycuong.lamgiang.invalid"}, ["kycuong.E006"]),
        ({"DEMO": True}, ["kycuong.E007"]),
    ],
)
def test_unsafe_mail_settings_are_told(settings: Any, changed: dict[str, Any], found: list[str]) -> None:
    for name, value in changed.items():
        setattr(settings, name, value)
    assert [one.id for one in checks.mail(None)] == found


def test_a_mail_says_nothing_of_a_duty_to_who_has_left_office(post: Post) -> None:
    kept = "gdsxd@lamgiang.invalid"
    accounts.choose_mail(actor=make.who("gdsxd"), at=MORNING, email=kept, choice="at_once")
    make.issued(when="2026-11-06 20:00")
    notices.dispatch(make.at("2026-11-06 20:11"))
    make.vacate("gdsxd", "2026-11-08 00:00")  # between the evening and the morning
    assert send(post, make.at("2026-11-09 07:30")) == outreach.Sent(failed=1)
    make.issued("Giao Sở Xây dựng báo cáo trước ngày 20/11/2026.", when="2026-11-09 08:00")
    Duty.objects.update(holder_officer=Officer.objects.get(login="gdsxd"))
    notices.dispatch(make.at("2026-11-09 08:30"))
    assert post.taken == []
    assert Mail.objects.filter(recipient__login="gdsxd").count() == 1


def test_a_mail_carries_its_one_click_and_the_click_ends_the_mails_of_that_person_alone(post: Post) -> None:
    Officer.objects.filter(login__in=["gdsxd", "theodoi"]).update(mail_choice="at_once")
    make.issued()
    notices.dispatch(make.at("2026-11-02 08:05"))
    send(post, make.at("2026-11-02 08:06"))
    letter = next(one for one in post.taken if one.to.startswith("gdsxd@"))
    place = "/" + letter.unsubscribe.split("/", 3)[3]
    wishes = dict(Officer.objects.values_list("login", "mail_choice"))

    browser = Client(enforce_csrf_checks=True)
    assert browser.get(place).status_code == 200  # a scanner of links changes nothing
    assert dict(Officer.objects.values_list("login", "mail_choice")) == wishes
    for _ in range(2):
        sent = {"List-Unsubscribe": "One-Click"}
        assert browser.post(place, sent).status_code == 200
    assert dict(Officer.objects.values_list("login", "mail_choice")) == wishes | {"gdsxd": "none"}
    assert AuditEntry.objects.filter(act="unsubscribe").count() == 1

    before = make.picture()
    Officer.objects.filter(login="gdsxd").update(email="khac@lamgiang.invalid")
    for wrong in (place, place[:-3] + "x/", "/thoi-nhan-thu/x/"):
        assert browser.post(wrong).status_code == 404
    Officer.objects.filter(login="gdsxd").update(email="gdsxd@lamgiang.invalid")
    assert make.picture() == before


def test_mail_programs_are_told_of_the_one_click() -> None:
    made = smtp._message(Letter("<a@b>", "a@b.invalid", "Việc", "Kính gửi", "https://kycuong.invalid/thoi-nhan-thu/x/"))
    assert made.extra_headers["List-Unsubscribe"] == "<https://kycuong.invalid/thoi-nhan-thu/x/>"
    assert made.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
