"""The two doors of themes, programmes, targets and periods: the services, and the pages with their forms."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import resolve, reverse
from tests import make

from kycuong.models import PeriodContest, Programme
from kycuong.services import periods, programmes, targets
from stories import doors


class Services(doors.Services):
    """The door below all doors."""

    def programme(self, login: str, when: str, unit: str, year: int) -> UUID:
        """Start a programme."""
        return programmes.start(
            actor=make.who(login, when), at=make.at(when), unit=make.unit(unit).public_id, year=year
        )

    def take_lines(self, login: str, when: str, programme: UUID, file: tuple[str, bytes]) -> None:
        """Take the lines of a table and accept them."""
        programmes.take_file(actor=make.who(login, when), at=make.at(when), programme=programme, file=file)
        programmes.accept(actor=make.who(login, when), at=make.at(when), programme=programme)

    def submit_programme(self, login: str, when: str, programme: UUID) -> None:
        """Submit it to the head."""
        programmes.submit(actor=make.who(login, when), at=make.at(when), programme=programme)

    def approve_programme(self, login: str, when: str, programme: UUID) -> None:
        """Approve it."""
        programmes.approve(actor=make.who(login, when), at=make.at(when), programme=programme)

    def say(self, login: str, when: str, target: UUID, value: str, source: str) -> None:
        """Say the value of a target."""
        targets.record(actor=make.who(login, when), at=make.at(when), target=target, value=value, source=source)

    def open_month(self, login: str, when: str, year: int, month: int) -> UUID:
        """Open a month for reconciliation."""
        return periods.open_period(actor=make.who(login, when), at=make.at(when), kind="month", year=year, number=month)

    def agree(self, login: str, when: str, period: UUID, unit: str) -> None:
        """Agree to the figures of a unit."""
        key = make.unit(unit).public_id
        periods.agree(actor=make.who(login, when), at=make.at(when), period=period, unit=key)

    def contest(self, login: str, when: str, period: UUID, unit: str, duty: UUID, reason: str) -> None:
        """Contest one row."""
        periods.contest(actor=make.who(login, when), at=make.at(when), period=period, duty=duty, reason=reason)

    def decide(self, login: str, when: str, period: UUID, outcome: str, note: str, due_on: date | None = None) -> None:
        """Decide the one contest that waits."""
        contest = PeriodContest.objects.get(outcome="").public_id
        periods.decide(
            actor=make.who(login, when), at=make.at(when), contest=contest, outcome=outcome, note=note, due_on=due_on
        )

    def close_period(self, login: str, when: str, period: UUID) -> None:
        """Close it."""
        periods.close(actor=make.who(login, when), at=make.at(when), period=period)


class Web(doors.Web):
    """The pages."""

    def programme(self, login: str, when: str, unit: str, year: int) -> UUID:
        """Send the form that starts a programme."""
        values = {"unit": str(make.unit(unit).public_id), "year": str(year)}
        answer = self.person(login, when).post(reverse("programmes"), values)
        return resolve(doors._gone_to(answer)).kwargs["public_id"]

    def take_lines(self, login: str, when: str, programme: UUID, file: tuple[str, bytes]) -> None:
        """Send the file, look at what was read, press the button that accepts."""
        values = {"file": SimpleUploadedFile(*file)}
        browser = self.person(login, when)
        page = browser.get(doors._gone_to(browser.post(reverse("programme_act", args=[programme, "tep"]), values)))
        assert page.context["page"].proposed
        doors._gone_to(browser.post(reverse("programme_act", args=[programme, "nhan"])))

    def submit_programme(self, login: str, when: str, programme: UUID) -> None:
        """Press the button that submits."""
        doors._gone_to(self.person(login, when).post(reverse("programme_act", args=[programme, "trinh"])))

    def approve_programme(self, login: str, when: str, programme: UUID) -> None:
        """Press the button that approves."""
        doors._gone_to(self.person(login, when).post(reverse("programme_act", args=[programme, "phe-duyet"])))
        assert Programme.objects.get(public_id=programme).state == "approved"

    def say(self, login: str, when: str, target: UUID, value: str, source: str) -> None:
        """Send the form of the target's page."""
        values = {"value": value, "source": source}
        doors._gone_to(self.person(login, when).post(reverse("target_act", args=[target, "ghi-so"]), values))

    def open_month(self, login: str, when: str, year: int, month: int) -> UUID:
        """Send the form that opens a period."""
        values = {"part": f"month-{month}", "year": str(year)}
        return resolve(doors._gone_to(self.person(login, when).post(reverse("periods"), values))).kwargs["public_id"]

    def agree(self, login: str, when: str, period: UUID, unit: str) -> None:
        """Press the button on the unit's rows."""
        address = reverse("period_unit_act", args=[period, make.unit(unit).public_id, "thong-nhat"])
        doors._gone_to(self.person(login, when).post(address))

    def contest(self, login: str, when: str, period: UUID, unit: str, duty: UUID, reason: str) -> None:
        """Send the form at a row."""
        address = reverse("period_unit_act", args=[period, make.unit(unit).public_id, "y-kien"])
        doors._gone_to(self.person(login, when).post(address, {"duty": str(duty), "reason": reason}))

    def decide(self, login: str, when: str, period: UUID, outcome: str, note: str, due_on: date | None = None) -> None:
        """Open the period, send the form of the one contest that waits."""
        browser = self.person(login, when)
        page = browser.get(reverse("period", args=[period])).context["page"]
        (contest,) = [one for one in page.contests if one.may_decide]
        values = {"contest": str(contest.public_id), "outcome": outcome, "note": note}
        values |= {"due_on": f"{due_on:%d/%m/%Y}"} if due_on else {}
        doors._gone_to(browser.post(reverse("period_act", args=[period, "quyet-dinh"]), values))

    def close_period(self, login: str, when: str, period: UUID) -> None:
        """Press the button that closes."""
        doors._gone_to(self.person(login, when).post(reverse("period_act", args=[period, "chot"])))


DOORS = {"services": Services, "web": Web}
