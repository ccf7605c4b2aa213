"""The doors through which a story is played: the services, as the demo and the jobs use them, and the web pages.

A story that passes through both says that no door has a rule of its own.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve, reverse
from tests import make

from kycuong.models import Document, Duty, Officer
from kycuong.queries.clocks import offset
from kycuong.services import chasing, clocks, directives, imports, proposals, tasks

ADDRESSES = {
    "assign": "giao", "submit": "trinh", "return_draft": "tra-lai", "send": "gui", "correct_result": "sua-ket-qua",
    "confirm": "xac-nhan", "send_back": "chuyen-lai", "accept": "dong-y", "refuse": "khong-dong-y", "withdraw": "rut-de-xuat",
    "revoke": "thoi-giao", "replace": "thay-the", "correct": "dinh-chinh", "reassign": "giao-lai", "explain": "giai-trinh",
    "accept_explanation": "chap-nhan", "refuse_explanation": "chua-chap-nhan", "drop_explanation": "thoi-yeu-cau",
}  # fmt: skip
#: The address of a proposal's form, by its kind.
PROPOSALS = {
    "extension": "xin-gia-han", "return": "tra-lai-nhiem-vu", "obstacle": "kho-khan", "suggestion": "kien-nghi",
}  # fmt: skip


class Services:
    """The door below all doors."""

    def line(self, when: str, text: str) -> UUID:
        """Register one typed instruction."""
        return directives.register_line(actor=make.who("vanthu", when), at=make.at(when), text=text)

    def issue(self, when: str, document: UUID, report_rrule: str = "") -> None:
        """Issue a document."""
        directives.issue(actor=make.who("vanthu", when), at=make.at(when), document=document, report_rrule=report_rrule)

    def act(self, login: str, when: str, duty: UUID, act: str, **given: Any) -> None:
        """Do one act on a duty, having seen it as it stands."""
        seen = Duty.objects.get(public_id=duty).act_seq
        services = next(one for one in (tasks, proposals, chasing) if hasattr(one, act))
        getattr(services, act)(
            actor=make.who(login, when), at=make.at(when), duty=duty, request=tasks.Request(seen, uuid4()), **given
        )

    def look(
        self, login: str, when: str, file: tuple[str, bytes], kind: str = "organisation", source: str = ""
    ) -> UUID:
        """Look at a table file before it is applied."""
        given = imports.Check(file[0], file[1], kind, source=source)
        return imports.check(actor=make.who(login, when), at=make.at(when), file=given)

    def apply(self, login: str, when: str, run: UUID, reason: str) -> None:
        """Apply a table."""
        imports.apply(actor=make.who(login, when), at=make.at(when), run=run, reason=reason)


class Web:
    """The pages: a person signs in, opens the page and sends its form."""

    def __init__(self) -> None:
        self.people: dict[str, Client] = {}

    def person(self, login: str, when: str) -> Client:
        """Return a signed-in person's browser at a moment of the demo's clock."""
        real = datetime.now(UTC)
        clocks.start(at=make.at(when), real=real)
        stands = real + offset()
        if make.at(when) > stands:
            clocks.advance(to=make.at(when), real=real)
        assert stands - make.at(when) < timedelta(minutes=1)  # several acts of one moment; a story never goes back
        if login not in self.people:
            self.people[login] = Client()
            self.people[login].force_login(
                Officer.objects.get(login=login), "django.contrib.auth.backends.ModelBackend"
            )
        return self.people[login]

    def line(self, when: str, text: str) -> UUID:
        """Type one instruction into the form."""
        answer = self.person("vanthu", when).post(reverse("line"), {"text": text})
        return resolve(_gone_to(answer)).kwargs["public_id"]

    def issue(self, when: str, document: UUID, report_rrule: str = "") -> None:
        """Press the button that issues."""
        values = {"report_rrule": report_rrule}
        _gone_to(self.person("vanthu", when).post(reverse("issue", args=[document]), values))
        assert Document.objects.get(public_id=document).state == "issued"

    def act(self, login: str, when: str, duty: UUID, act: str, **given: Any) -> None:
        """Open the duty's page and send the form of an act with the hidden fields that the page carried."""
        browser = self.person(login, when)
        page = browser.get(reverse("duty", args=[duty])).context
        address = PROPOSALS[given.pop("kind")] if act == "propose" else ADDRESSES[act]
        decided = [one.act_seq for one in page["page"].proposals if one.public_id == duty]
        values = {"act_seq": (decided or [page["page"].act_seq])[0], "request_id": page["request_id"], **given}
        values |= {name: f"{on:%d/%m/%Y}" for name, on in given.items() if isinstance(on, date)}
        if isinstance(values.get("file"), tuple):
            values["file"] = SimpleUploadedFile(*values["file"])
        _gone_to(browser.post(reverse("duty_act", args=[duty, address]), values))

    def look(
        self, login: str, when: str, file: tuple[str, bytes], kind: str = "organisation", source: str = ""
    ) -> UUID:
        """Send a table file and open the page that shows what it would do."""
        browser = self.person(login, when)
        values = {"kind": kind, "source": source, "file": SimpleUploadedFile(*file)}
        form = "competence_import" if kind == "competence" else "imports"
        address = _gone_to(browser.post(reverse(form), values))
        assert browser.get(address).status_code == 200
        return resolve(address).kwargs["public_id"]

    def apply(self, login: str, when: str, run: UUID, reason: str) -> None:
        """Send the form that applies a table."""
        _gone_to(self.person(login, when).post(reverse("import_apply", args=[run]), {"reason": reason}))


def _gone_to(answer: HttpResponse) -> str:
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    return str(answer.headers["Location"])


DOORS = {"services": Services, "web": Web}
