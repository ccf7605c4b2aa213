"""The two doors of themes, programmes, targets and periods: the services, and the pages with their forms."""

from __future__ import annotations

from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import resolve, reverse
from tests import make

from kycuong.models import Programme
from kycuong.services import programmes, targets
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


DOORS = {"services": Services, "web": Web}
