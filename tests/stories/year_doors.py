"""The two doors of the story of a year: everything that an office does from January to December."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import resolve, reverse
from tests import make

from kycuong.models import Unit
from kycuong.queries import board as boards
from kycuong.queries import chasing as chased
from kycuong.queries import reports as told
from kycuong.queries.clocks import offset
from kycuong.services import accountability, chasing, clocks, directives, periods, reports
from stories import doors, organising_doors, period_doors

Place = reports.Place


def stand(when: str) -> None:
    """Set the product's clock to a moment: the command line and the pages read it."""
    real = datetime.now(UTC)
    clocks.start(at=make.at(when), real=real)
    if make.at(when) > real + offset():
        clocks.advance(to=make.at(when), real=real)


class Services(period_doors.Services):
    """The door below all doors."""

    def take_in(self, when: str, file: tuple[str, bytes]) -> UUID:
        """Register a paper that came in and say that it has orders."""
        clerk = make.who("vanthu", when)
        found = directives.register_upload(actor=clerk, at=make.at(when), data=file[1], name=file[0])
        directives.triage(actor=clerk, at=make.at(when), document=found, has_orders=True)
        return found

    def report(self, login: str, when: str, place: Place, act: str, **given: Any) -> None:
        """Do one act on a report."""
        acts = {"luu": reports.write, "gui": reports.send, "tong-hop": reports.merge, "tiep-nhan": reports.receive}
        acts[act](actor=make.who(login, when), at=make.at(when), place=place, **given)  # type: ignore[operator]

    def collection(self, login: str, when: str, place: Place) -> told.CollectionPage:
        """Look at who has sent and who has not."""
        return told.collection(make.who(login, when), place.key, place.slot, make.at(when))

    def ask_for_reports(self, login: str, when: str, place: Place) -> None:
        """Ask all that are missing."""
        reports.chase(actor=make.who(login, when), at=make.at(when), key=place.key, slot=place.slot)

    def paper(self, login: str, when: str, place: Place, form: str) -> bytes:
        """Take the report as a file."""
        return reports.print_out(actor=make.who(login, when), at=make.at(when), place=place, form=form).data

    def draft_letters(self, when: str, *units: str) -> list[UUID]:
        """Draft letters about everything late of some units."""
        who, at = make.who("theodoi", when), make.at(when)
        keys = [make.unit(code).public_id for code in units]
        duties = chased.marked(who, at, [], keys)
        return chasing.draft(actor=who, at=at, duties=duties).letters

    def sign_back(self, when: str, letter: UUID, file: tuple[str, bytes]) -> None:
        """Attach the signed paper."""
        chasing.record(actor=make.who("vanthu", when), at=make.at(when), letter=letter, file=file)

    def open_case(self, login: str, when: str, unit: str) -> UUID:
        """Ask a head who is late time after time to explain."""
        key = make.unit(unit).public_id
        return accountability.open_case(actor=make.who(login, when), at=make.at(when), unit=key)

    def agree_case(self, login: str, when: str, case: UUID) -> None:
        """Agree to the joint submission."""
        accountability.agree(actor=make.who(login, when), at=make.at(when), case=case)

    def submission(self, login: str, when: str, case: UUID) -> bytes:
        """Print the joint submission."""
        return accountability.write(actor=make.who(login, when), at=make.at(when), case=case).data

    def decide_case(self, login: str, when: str, case: UUID, file: tuple[str, bytes], conclusion: str) -> None:
        """Record what the Chairman decided."""
        accountability.decide(
            actor=make.who(login, when), at=make.at(when), case=case, conclusion=conclusion, file=file
        )

    def open_quarter(self, login: str, when: str, year: int, number: int) -> UUID:
        """Open a quarter for reconciliation."""
        return periods.open_period(
            actor=make.who(login, when), at=make.at(when), kind="quarter", year=year, number=number
        )

    def board(self, login: str, when: str, year: int) -> boards.Board:
        """Look at the board of a year."""
        wanted = boards.Filter("task", None, year=year)
        return boards.board(make.who(login, when), make.at(when), wanted, size=None)

    def merge_units(self, when: str, given: dict[str, Any]) -> None:
        """Merge units by a decision."""
        organising_doors.by_services(when, given, "gdsnv")


class Web(period_doors.Web):
    """The pages."""

    def take_in(self, when: str, file: tuple[str, bytes]) -> UUID:
        """Send the file, answer the question of triage."""
        clerk = self.person("vanthu", when)
        gone = doors._gone_to(clerk.post(reverse("upload"), {"file": SimpleUploadedFile(*file)}))
        found: UUID = resolve(gone).kwargs["public_id"]
        doors._gone_to(clerk.post(reverse("triage", args=[found]), {"has_orders": "1"}))
        return found

    def report(self, login: str, when: str, place: Place, act: str, **given: Any) -> None:
        """Open the report's page and send its form."""
        browser, key = self.person(login, when), [place.key, place.slot, place.unit]
        page = browser.get(reverse("report", args=key))
        assert page.status_code == 200, page.content.decode()[-1500:]
        values: dict[str, Any] = {f"text-{name}": text for name, text in given.get("texts", {}).items()}
        doors._gone_to(browser.post(reverse("report_act", args=[*key, act]), values | ({"seq": 0} if values else {})))

    def collection(self, login: str, when: str, place: Place) -> told.CollectionPage:
        """Open the page of the collection."""
        answer = self.person(login, when).get(reverse("collection", args=[place.key, place.slot]))
        assert answer.status_code == 200
        page: told.CollectionPage = answer.context["page"]
        return page

    def ask_for_reports(self, login: str, when: str, place: Place) -> None:
        """Press the button that asks all that are missing."""
        doors._gone_to(self.person(login, when).post(reverse("chase_reports", args=[place.key, place.slot])))

    def paper(self, login: str, when: str, place: Place, form: str) -> bytes:
        """Download the report."""
        address = reverse("report_paper", args=[place.key, place.slot, place.unit, form])
        return _downloaded(self.person(login, when).get(address))

    def draft_letters(self, when: str, *units: str) -> list[UUID]:
        """Mark units, look at what would be drafted, draft it."""
        browser = self.person("theodoi", when)
        page = browser.post(reverse("chase_preview"), {"unit": [str(make.unit(code).public_id) for code in units]})
        values: dict[str, Any] = {"request_id": page.context["request_id"], "duty": []}
        for card in page.context["cards"]:
            values[f"step-{card['key']}"], values[f"signing-{card['key']}"] = card["step"], card["signing"]
            values["duty"] += [str(line.row.public_id) for line in card["group"].lines]
        listed = browser.get(doors._gone_to(browser.post(reverse("chase_draft"), values)))
        return [row.public_id for row in listed.context["page"].rows]

    def sign_back(self, when: str, letter: UUID, file: tuple[str, bytes]) -> None:
        """Send the signed paper."""
        values = {"file": SimpleUploadedFile(*file)}
        doors._gone_to(self.person("vanthu", when).post(reverse("chase_record", args=[letter]), values))

    def open_case(self, login: str, when: str, unit: str) -> UUID:
        """Open the signal's page, press the button."""
        browser, key = self.person(login, when), make.unit(unit).public_id
        assert browser.get(reverse("head_signal", args=[key])).status_code == 200
        return resolve(doors._gone_to(browser.post(reverse("open_head_case", args=[key])))).kwargs["public_id"]

    def agree_case(self, login: str, when: str, case: UUID) -> None:
        """Press the button."""
        doors._gone_to(self.person(login, when).post(reverse("case_act", args=[case, "dong-y"])))

    def submission(self, login: str, when: str, case: UUID) -> bytes:
        """Download the joint submission."""
        return _downloaded(self.person(login, when).get(reverse("case_docx", args=[case])))

    def decide_case(self, login: str, when: str, case: UUID, file: tuple[str, bytes], conclusion: str) -> None:
        """Send the form with the signed decision."""
        values = {"conclusion": conclusion, "file": SimpleUploadedFile(*file)}
        doors._gone_to(self.person(login, when).post(reverse("case_act", args=[case, "ket-luan"]), values))

    def open_quarter(self, login: str, when: str, year: int, number: int) -> UUID:
        """Send the form that opens a period."""
        values = {"part": f"quarter-{number}", "year": str(year)}
        return resolve(doors._gone_to(self.person(login, when).post(reverse("periods"), values))).kwargs["public_id"]

    def board(self, login: str, when: str, year: int) -> boards.Board:
        """Open the board of a year."""
        answer = self.person(login, when).get(reverse("board"), {"nam": str(year)})
        assert answer.status_code == 200
        page: boards.Board = answer.context["board"]
        return page

    def merge_units(self, when: str, given: dict[str, Any]) -> None:
        """Fill in the form of the change, press the button that decides."""
        organising_doors.by_pages(self, when, given, "gdsnv")


def _downloaded(answer: Any) -> bytes:
    assert answer.status_code == 200, answer.content.decode()[-1500:]
    return b"".join(answer) if answer.streaming else answer.content


def at_end(place: Unit) -> Unit:
    """Return the body to which a unit belongs: itself, or that of which it is a division."""
    while place.kind == "division" and place.parent:
        place = place.parent
    return place


def spoken(on: date) -> str:
    """Return a day as a paper prints it."""
    return f"ngày {on.day:02d} tháng {on.month:02d} năm {on.year}"


DOORS = {"services": Services, "web": Web}
