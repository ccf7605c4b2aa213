"""Let the made-up province live: papers arrive, are issued, go down the desks, come back, are confirmed or left alone.

Acts only through services, each at its own moment of 2026, so that histories, holdings and rungs are what they would be.
Nothing is random: what happens to a duty follows from its document, point and unit.
"""

from __future__ import annotations

import heapq
import itertools
import zlib
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from uuid import UUID

from django.conf import settings

from kycuong import jobs
from kycuong.core.calendars import TZ, Calendar, local_date
from kycuong.core.errors import Fact
from kycuong.demo import asking, competences, consulting, deciding, heads, letters, places, reporting, steering, urging
from kycuong.demo.papers import PAPERS, Paper
from kycuong.queries import calendars, comparisons, documents, org, scope, simulation
from kycuong.reader import Unreadable
from kycuong.services import covers, directives, notices, receipts, tasks

LINES = (
    ("2026-11-16 10:30", "Giao Sở Tài chính chủ trì, phối hợp với Sở Xây dựng rà soát, đề xuất phương án điều chuyển vốn các "
     "dự án chậm giải ngân, báo cáo Chủ tịch UBND tỉnh trước ngày 27/11/2026."),
    ("2026-11-19 15:10", "Yêu cầu Sở Nội vụ tham mưu văn bản đôn đốc các địa phương nộp báo cáo cải cách hành chính năm, hoàn "
     "thành trong ngày 26/11/2026."),
)  # fmt: skip

#: Before it a periodic order to every commune was given elsewhere: the demo stays light.
AUTUMN = date(2026, 10, 1)
#: Papers that stay out of the register, for visitors to upload themselves.
FOR_VISITORS = frozenset({"chi-thi-05.txt", "trang-tin-chi-thi-08.html"})


#: The lucks with which a duty lies unopened on every desk.
UNREAD = frozenset({3, 7, 31, 58})


def _luck(duty: simulation.Opened) -> int:
    """Return a number below 100 that follows from document, point and unit."""
    return zlib.crc32(f"{duty.document}|{duty.path}|{duty.unit_code}|{duty.slot}".encode()) % 100


class Life:
    """An agenda of moments; each does one act of somebody and may put more on the agenda."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        self.agenda: list[tuple[datetime, int, Callable[[datetime], None]]] = []
        self.order = itertools.count()
        self.calendar: Calendar = calendars.current()
        self.people = {login: simulation.officer_id(login) for login in ("vanthu", "theodoi")}
        self.follower_post = scope.actor(self.people["theodoi"], until).hats[0].post_id
        self.letters = itertools.count(101)
        self.day = date.min
        self.moment = datetime.min.replace(tzinfo=TZ)
        self.met: dict[int, scope.Actor] = {}
        self.refused: list[str] = []
        self.idle: list[simulation.Opened] = []

    def at(self, moment: datetime, act: Callable[[datetime], None]) -> None:
        """Put an act on the agenda unless its moment lies in the future; one that has gone by is done next, never before now."""
        if moment <= self.until:
            heapq.heappush(self.agenda, (max(moment, self.moment), next(self.order), act))

    def play(self) -> None:
        """Play the agenda to its end, working the jobs once a simulated day."""
        worked = date.min
        while self.agenda:
            moment, _, act = heapq.heappop(self.agenda)
            self.moment = moment
            if local_date(moment) != worked:
                jobs.catch_up(moment)
                worked = local_date(moment)
            act(moment)
        jobs.catch_up(self.until)

    def actor(self, login: str, moment: datetime) -> scope.Actor:
        """Return one of the cast as an actor."""
        if login not in self.people:
            self.people[login] = simulation.officer_id(login)
        return self._met(self.people[login], moment)

    def _met(self, officer_id: int, moment: datetime) -> scope.Actor:
        """Return a person with the posts of the day and the desks covered; asked once a day."""
        if local_date(moment) != self.day:
            self.day, self.met = local_date(moment), {}
        if officer_id not in self.met:
            self.met[officer_id] = scope.actor(officer_id, moment)
        return self.met[officer_id]

    def holder(self, duty: UUID, moment: datetime) -> scope.Actor | None:
        """Return the person on whose desk a duty lies."""
        found = simulation.holder(duty)
        return self._met(found, moment) if found else None

    def head(self, unit_id: int, moment: datetime) -> scope.Actor | None:
        """Return the head of a unit."""
        found = simulation.head(unit_id, moment)
        return self._met(found, moment) if found else None

    def open_soon(self, duty: simulation.Opened, moment: datetime) -> None:
        """Let whoever finds a duty on the desk open it about half a working hour later; few let it lie."""
        luck = _luck(duty)
        if luck not in UNREAD:
            self.at(self.calendar.add_working_minutes(moment, 15 + luck % 30), lambda at: self._open(duty, at))

    def _open(self, duty: simulation.Opened, at: datetime) -> None:
        found = simulation.holder(duty.public_id)
        if found:  # the receipt asks only who it is, so that a thousand heads cost a thousand statements
            receipts.receive(actor=scope.Actor(found, "", "", ()), at=at, duty=duty.public_id)

    def working(self, day: date, n: int, hour: float) -> datetime:
        """Return an hour of the n-th working day after a day."""
        on = self.calendar.add_working_days(self.calendar.next_working(day), n)
        return datetime.combine(on, time(int(hour), int(hour % 1 * 60)), TZ)

    def arrive(self, paper: Paper) -> None:
        """Put the arrival of a paper on the agenda."""
        moment = self.working(paper.arrives_on, 0, 9)
        self.at(moment, lambda at: self._register(paper, at))

    def _register(self, paper: Paper, at: datetime) -> None:
        actor = self.actor("vanthu", at)
        try:
            public_id = directives.register_upload(
                actor=actor, at=at, data=paper.path.read_bytes(), name=paper.file, register=paper.register
            )
        except (Fact, Unreadable) as refusal:
            self.refused.append(str(refusal))
            return
        if local_date(at) >= self.calendar.add_working_days(local_date(self.until), -2):
            return  # the newest papers wait at the clerk's desk for the tour
        directives.triage(actor=actor, at=at, document=public_id, has_orders=paper.orders > 0)
        self._place(public_id, actor, at)
        if paper.orders:
            self.at(self.working(local_date(at), 1, 8.5), lambda then: self._issue(public_id, then))

    def _place(self, public_id: UUID, actor: scope.Actor, at: datetime) -> None:
        """Say of a paper what it implements, where it says so itself."""
        for above in comparisons.suggestions(actor, public_id):
            if above.said:
                directives.link(actor=actor, at=at, document=public_id, other=above.public_id, kind="implements")

    def _issue(self, public_id: UUID, at: datetime) -> None:
        actor = self.actor("vanthu", at)
        page = documents.review(actor, public_id, at)
        if page.giver:
            directives.set_roles(
                actor=actor, at=at, document=public_id, giver_post=page.giver, follower_post=self.follower_post
            )
        for order in page.orders:
            if order.kind == "periodic" and local_date(at) < AUTUMN and any(party.group for party in order.leads):
                reason = "Đã giao trong chương trình công tác năm của tỉnh"
                directives.drop_order(actor=actor, at=at, order=order.public_id, reason=reason)
            elif order.doubts and any(party.unit_id or party.group for party in order.leads):
                directives.check_order(actor=actor, at=at, order=order.public_id)
            elif order.doubts:
                reason = "Nội dung nhắc chung, không giao đơn vị cụ thể"
                directives.drop_order(actor=actor, at=at, order=order.public_id, reason=reason)
        directives.issue(actor=actor, at=at, document=public_id, report_rrule="FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15")
        steering.serve_theme(actor, at, public_id)
        self._begin(public_id, at)

    def _begin(self, document: UUID, at: datetime) -> None:
        """Let the tasks of a document take their course."""
        for duty in simulation.opened(document):
            self.open_soon(duty, at)
            self._fate(duty, at)

    def steer(self) -> None:
        """Put the themes of the year and the programmes of some departments on the agenda."""
        self.at(datetime(2026, 1, 8, 9, tzinfo=TZ), lambda at: steering.set_themes(self.actor("vanthu", at), at))
        self.at(datetime(2026, 3, 2, 9, tzinfo=TZ), lambda at: competences.fill(self.actor("gd.snv", at), at))
        for number, login in enumerate(steering.PLANS):
            moment = datetime(2026, 10, 6, 9 + number, tzinfo=TZ)
            self.at(moment, partial(self._plan, login))

        self.at(datetime(2026, 11, 2, 8, 30, tzinfo=TZ), self._close_month)
        urging.urge(self, self.idle)
        self.at(datetime(2026, 9, 1, 9, tzinfo=TZ), lambda at: consulting.rule("quantri", at))
        consulting.arrange(self)
        deciding.arrange(self)

        self.at(datetime(2026, 11, 12, 9, tzinfo=TZ), self._hold_to_account)

    def _hold_to_account(self, at: datetime) -> None:
        """Ask the head who is late most often; the explanation comes in time, one side agrees, the other is the visitor's."""
        case = heads.ask("gd.snv", at)
        if case:
            self.at(self.working(local_date(at), 2, 10), lambda then: heads.explain("gd.snv", case, then))
            self.at(self.working(local_date(at), 4, 15), lambda then: heads.agree("chanhvp", case, then))

    def _close_month(self, at: datetime) -> None:
        """Open the month that has ended; two departments agree, the rest is silent, the head of the Office closes it."""
        period = steering.open_month(self.actor("vanthu", at), at)
        for number, login in enumerate(("gd.stc", "gd.snv")):
            self.at(at + timedelta(hours=2 + number), partial(_agree, login, period))
        self.at(self.working(local_date(at), 3, 9), lambda then: steering.close("chanhvp", then, period))

    def _plan(self, login: str, at: datetime) -> None:
        for document in steering.plan(login, at):
            self._begin(document, at)

    def say(self, moment: str, text: str) -> None:
        """Put a typed instruction on the agenda, issued within the hour."""
        when = datetime.fromisoformat(moment).replace(tzinfo=TZ)

        def act(at: datetime) -> None:
            public_id = directives.register_line(actor=self.actor("vanthu", at), at=at, text=text)
            self._issue(public_id, at + timedelta(minutes=20))

        self.at(when, act)

    def away(self, login: str, moment: str, first: date, last: date, reason: str) -> None:
        """Put on the agenda that the head of a unit hands the desk to a deputy for some days."""

        def act(at: datetime) -> None:
            head = scope.actor(simulation.officer_id(login), at)
            deputies = org.seats_of(head.hats[0].body_id, local_date(at), "unit_deputy")
            other = next((seat.post_id for seat in deputies if seat.officer_id), None)
            if other:
                post = head.hats[0].post_id
                covers.plan(actor=head, at=at, post=post, substitute=other, first=first, last=last, reason=reason)
                self.met.clear()

        self.at(datetime.fromisoformat(moment).replace(tzinfo=TZ), act)

    def _fate(self, duty: simulation.Opened, at: datetime) -> None:
        """Decide how a duty goes: most are done in time, some late, some wait on every kind of desk, some lie untouched."""
        luck = _luck(duty)
        if reporting.is_report(duty):
            reporting.fate(self, duty, luck)
            return
        if duty.due_at is None and (luck >= 4 or duty.unit_kind == "commune"):
            return
        opened = local_date(at)
        days = self._days(duty, opened)
        if luck < 12 or days is None:
            self.idle.append(duty)
            return  # nobody has touched it
        if duty.unit_kind != "commune" or luck < 30:  # a commune's chairman does most of it himself
            start = self.working(opened, 1 + luck % 2, 8 + luck % 3)
            self.at(start, lambda then: self._down(duty, then, luck))
        if luck < 30:
            asking.wish(self, duty, opened, luck, days)
            return  # given to a desk below, where it lies
        late = 3 if luck >= 88 else 0
        done = self.working(opened, max(2, days + late - (0 if late else 1 + luck % 3)), 14)
        if luck < 38:
            self.at(done - timedelta(days=1), lambda then: self._up(duty, then))
            return
        self.at(done, lambda then: self._send(duty, then, luck))

    def _days(self, duty: simulation.Opened, opened: date) -> int | None:
        if duty.due_at is None:
            return 10
        last = local_date(duty.due_at - timedelta(minutes=1))
        first = self.calendar.next_working(opened)
        if last > date(2027, 3, 1):
            return None  # far off: nothing has begun
        return max(1, self.calendar.working_days_between(first, max(last, first)))

    def _down(self, duty: simulation.Opened, at: datetime, luck: int) -> None:
        head = self.holder(duty.public_id, at)
        choices = org.below(head, duty.unit_id, at) if head else []
        if head is None or not choices:
            return
        desk = choices[luck % len(choices)]
        tasks.assign(actor=head, at=at, duty=duty.public_id, desk=f"post:{desk.post_id}")
        self.open_soon(duty, at)
        below = self.holder(duty.public_id, at)
        inside = [seat for seat in org.below(below, duty.unit_id, at) if seat.post_id != desk.post_id] if below else []
        if below and inside and luck % 4:
            later = at + timedelta(hours=2)
            tasks.assign(actor=below, at=later, duty=duty.public_id, desk=f"post:{inside[luck % len(inside)].post_id}")
            self.open_soon(duty, later)

    def _up(self, duty: simulation.Opened, at: datetime) -> None:
        holder = self.holder(duty.public_id, at)
        if holder is None:
            return
        try:
            tasks.submit(actor=holder, at=at, duty=duty.public_id, note="Trình dự thảo báo cáo kết quả.")
        except Fact:
            return  # the head holds it: nobody above to submit to

    def _send(self, duty: simulation.Opened, at: datetime, luck: int) -> None:
        if duty.unit_kind != "commune":
            self._up(duty, at - timedelta(hours=3))
        head = self.head(duty.unit_id, at)
        if head is None:
            return
        signed = local_date(at)
        data = letters.letter(
            unit=duty.unit_name, place=places.PLACE, number=next(self.letters), symbol=f"BC-{duty.unit_symbol}",
            signed=signed, about=duty.title[:90], title=head.hats[0].title, signer=head.full_name,
        )  # fmt: skip
        steering.say_figures(duty.public_id, head, at, luck)
        tasks.send(actor=head, at=at, duty=duty.public_id, file=("bao-cao-ket-qua.docx", data))
        if luck % 11 == 0:
            self.at(self.working(signed, 1, 10), lambda then: self._back(duty, then))
            self.at(self.working(signed, 3, 15), lambda then: self._send(duty, then, luck + 1))
            return
        self.at(self.working(signed, 1 + luck % 3, 10), lambda then: self._confirm(duty, then))

    def _back(self, duty: simulation.Opened, at: datetime) -> None:
        note = "Báo cáo chưa nêu số liệu cụ thể của từng đơn vị; đề nghị bổ sung biểu số liệu."
        tasks.send_back(actor=self.actor("theodoi", at), at=at, duty=duty.public_id, note=note)
        self.open_soon(duty, at)

    def _confirm(self, duty: simulation.Opened, at: datetime) -> None:
        note = steering.reason(duty.public_id)
        tasks.confirm(actor=self.actor("theodoi", at), at=at, duty=duty.public_id, note=note)


def _agree(login: str, period: UUID, at: datetime) -> None:
    steering.agree(login, at, period)


def _read_notices(login: str, at: datetime) -> None:
    notices.mark_read(actor=scope.actor(simulation.officer_id(login), at), at=at)


def live(until: datetime) -> list[str]:
    """Play the province's year up to `until` and return the papers that were refused, with the reason."""
    life = Life(until)
    life.steer()
    for paper in PAPERS:
        if paper.file not in FOR_VISITORS:
            life.arrive(paper)
    for moment, text in LINES:
        life.say(moment, text)
    life.away("gd.stc", "2026-11-20 16:10", date(2026, 11, 23), date(2026, 11, 25), "Dự hội nghị ngành tài chính.")
    for login in settings.DEMO_SIGN_INS:  # who signs in on Monday has read what came before the end of Friday
        life.at(datetime(2026, 11, 20, 16, 45, tzinfo=TZ), partial(_read_notices, login))
    life.play()
    return life.refused
