"""Clause 0.7: late time after time, a head is asked, explains, both sides submit jointly, what is decided becomes a duty."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import resolve, reverse
from docx import Document as read_docx
from tests import make

from kycuong import jobs
from kycuong.cli import accountability as verb
from kycuong.core.errors import Invalid
from kycuong.models import Duty, HeadCase
from kycuong.services import accountability
from stories import doors

pytestmark = pytest.mark.django_db
ORDERS = "\n".join(f"{n}. Giao Sở Xây dựng báo cáo dự án nhóm {n} trước ngày 16/11/2026." for n in range(1, 4))
DECISION = (
    "ket-luan.txt",
    make.paper("77/QĐ-UBND", "ngày 26 tháng 11 năm 2026", "trách nhiệm người đứng đầu", "Rút kinh nghiệm.")[1],
)


class Services(doors.Services):
    """The door below all doors."""

    def open_case(self, login: str, when: str, unit: str) -> UUID:
        """Ask the head of a unit to explain."""
        return accountability.open_case(actor=make.who(login, when), at=make.at(when), unit=make.unit(unit).public_id)

    def agree(self, login: str, when: str, case: UUID) -> bool:
        """Agree for one side; False when it is refused."""
        try:
            accountability.agree(actor=make.who(login, when), at=make.at(when), case=case)
        except Invalid:
            return False
        return True

    def mark(self, login: str, when: str, case: UUID, duty: UUID, cause: str) -> None:
        """Note the cause of one task."""
        accountability.mark_cause(actor=make.who(login, when), at=make.at(when), case=case, duty=duty, cause=cause)

    def paper(self, login: str, when: str, case: UUID, form: str) -> bytes:
        """Print the joint submission."""
        return accountability.write(actor=make.who(login, when), at=make.at(when), case=case, form=form).data

    def decide(self, login: str, when: str, case: UUID, conclusion: str) -> None:
        """Record what was decided."""
        accountability.decide(
            actor=make.who(login, when), at=make.at(when), case=case, conclusion=conclusion, file=DECISION
        )


class Web(doors.Web):
    """The pages."""

    def open_case(self, login: str, when: str, unit: str) -> UUID:
        """Open the list, the rows behind the signal, press the button."""
        browser, key = self.person(login, when), make.unit(unit).public_id
        assert [one.unit_id for one in browser.get(reverse("heads")).context["signals"]] == [key]
        assert len(browser.get(reverse("head_signal", args=[key])).context["rows"]) == 3
        answer = browser.post(reverse("open_head_case", args=[key]))
        return resolve(answer.headers["Location"]).kwargs["public_id"]

    def agree(self, login: str, when: str, case: UUID) -> bool:
        """Press the button that agrees; False when the page says why not."""
        answer = self.person(login, when).post(reverse("case_act", args=[case, "dong-y"]))
        assert answer.status_code in {302, 422}
        return answer.status_code == 302

    def mark(self, login: str, when: str, case: UUID, duty: UUID, cause: str) -> None:
        """Send the form of one row."""
        values = {"duty": str(duty), "cause": cause}
        assert self.person(login, when).post(reverse("case_act", args=[case, "nguyen-nhan"]), values).status_code == 302

    def paper(self, login: str, when: str, case: UUID, form: str) -> bytes:
        """Download the joint submission."""
        answer = self.person(login, when).get(reverse(f"case_{form}", args=[case]))
        assert answer.status_code == 200
        return answer.content

    def decide(self, login: str, when: str, case: UUID, conclusion: str) -> None:
        """Send the form with the signed paper."""
        values = {"conclusion": conclusion, "file": SimpleUploadedFile(*DECISION)}
        answer = self.person(login, when).post(reverse("case_act", args=[case, "ket-luan"]), values)
        assert answer.status_code == 302, answer.content.decode()[-1500:]


@pytest.fixture(params=[Services, Web], ids=["services", "pages"])
def office(request: pytest.FixtureRequest) -> Services | Web:
    """Give each door in turn."""
    return request.param()


def told(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    capsys.readouterr()
    assert verb.main(["--by", "gdsnv", *words, "--json"]) == 0, capsys.readouterr().err
    return json.loads(capsys.readouterr().out)


def test_a_head_answers_for_lateness(
    office: Services | Web, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    make.province()
    tasks = make.issued(ORDERS)
    _to("2026-11-20 09:00")
    jobs.catch_up(make.at("2026-11-20 09:00"))
    (signal,) = told(capsys)["signals"]
    assert (signal["head"], signal["late"], signal["case"]) == ("Ngô Xuân Trường", 3, None)

    case = office.open_case("gdsnv", "2026-11-20 09:10", "SXD")
    row = HeadCase.objects.get(public_id=case)
    assert (row.explanation.holder_officer.login, row.explanation.phase) == ("gdsxd", "open")
    assert not office.agree("chanhvp", "2026-11-20 10:00", case)  # the head speaks first
    office.act("gdsxd", "2026-11-24 09:00", row.explanation.public_id, "explain", note="Hai dự án vướng mặt bằng")
    office.mark("gdsnv", "2026-11-25 08:00", case, tasks[0].public_id, "objective")
    assert office.agree("gdsnv", "2026-11-25 08:30", case)

    paper = read_docx(io.BytesIO(office.paper("chanhvp", "2026-11-25 09:00", case, "docx")))
    text = "\n".join(one.text for one in paper.paragraphs)
    assert "Hai dự án vướng mặt bằng" in text
    assert "02 nhiệm vụ chưa được xác định là do nguyên nhân khách quan" in text
    assert office.paper("chanhvp", "2026-11-25 09:00", case, "pdf")[:5] == b"%PDF-"
    assert office.agree("chanhvp", "2026-11-25 09:10", case)

    office.decide("chanhvp", "2026-11-27 08:00", case, "Nghiêm túc rút kinh nghiệm, hoàn thành trong tháng 12.")
    row.refresh_from_db()
    assert (row.state, row.number, row.signed_on) == ("decided", "77", date(2026, 11, 26))
    duty = Duty.objects.get(pk=row.decision_id)
    assert (duty.holder_officer.login, duty.phase) == ("gdsxd", "open")
    office.act("gdsxd", "2026-12-01 09:00", duty.public_id, "explain", note="Đã kiểm điểm, đã bố trí lại cán bộ")
    office.act("theodoi", "2026-12-02 09:00", duty.public_id, "accept_explanation")
    duty.refresh_from_db()
    assert duty.phase == "closed"
    found = told(capsys, "--case", str(case))
    assert (found["state"], found["counted"], found["document"]) == ("decided", 2, "77/QĐ-UBND")
    assert told(capsys, "--case", str(case), "--print", "docx", "--to", str(tmp_path))["file"].endswith(".docx")


def _to(when: str) -> None:
    """Let the product's clock reach a moment, which the command line reads."""
    doors.Web().person("gdsnv", when)
