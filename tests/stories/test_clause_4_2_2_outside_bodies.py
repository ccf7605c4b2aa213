"""Clause 4.2.2 for a body outside the system: a link that a preview cannot use up, opened by a button, answered once by a letter."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests import make
from tests.services.test_consult import ASKED, POINTS

from kycuong.models import Consultation, DutyEvent, Opinion, OutsideLink, Unit
from kycuong.services import consultations as services
from stories.doors import Web, _gone_to

pytestmark = pytest.mark.django_db
SAID = {"position-1": "agree", "position-2": "agree_if", "words-2": "Sau khi có ý kiến của Hội đồng nhân dân xã"}
NAME = "Hiệp hội Vận tải miền Trung"


@pytest.fixture
def lead() -> Web:
    make.province()
    return Web()


def asked(
    lead: Web, title: str = "phương án phân bổ vốn", file: tuple[str, bytes] | None = None
) -> tuple[str, str, UUID]:
    """Ask the outside body through the pages; return the link's path, its secret, the duty."""
    browser = lead.person("gdsxd", ASKED)
    if not Unit.objects.filter(name=NAME).exists():
        _gone_to(browser.post(reverse("outside_bodies"), {"name": NAME, "short_name": "HHVT"}))
    values: dict[str, Any] = {
        "title": title, "points": "\n".join(words for words, _ in POINTS), "rule": "regulation",
        "unit": [str(Unit.objects.get(name=NAME).public_id)], "request_id": browser.get(reverse("ask")).context["request_id"],
    }  # fmt: skip
    if file:
        values["file"] = SimpleUploadedFile(*file)
    _gone_to(browser.post(reverse("ask"), values))
    duty = Opinion.objects.get(consultation=Consultation.objects.latest("id")).duty.public_id
    page = browser.post(reverse("opinion_links", args=[duty]), {"given_to": "Văn thư, kèm công văn 15"})
    path, _, secret = page.context["address"].partition("#")
    assert page.status_code == 200
    assert secret not in browser.get(reverse("opinion_links", args=[duty])).content.decode()  # shown once
    return "/" + path.split("/", 3)[3], secret, duty


def letter(number: str = "318") -> SimpleUploadedFile:
    return SimpleUploadedFile(*make.exchanged(number))


def hidden(answer: HttpResponse) -> None:
    """Nothing of the page is kept by a cache, a search engine or another site."""
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "frame-ancestors" in answer.headers["Content-Security-Policy"] or "X-Frame-Options" in answer.headers


def test_an_outside_body_answers_once_through_its_link(lead: Web) -> None:
    path, secret, duty = asked(lead)
    outside = Client(enforce_csrf_checks=False)
    for look in (outside.get, outside.head, outside.get):  # a preview, several times
        door = look(path)
        hidden(door)
        assert POINTS[0][0] not in door.content.decode()
        assert "phân bổ vốn" not in door.content.decode()
    assert Opinion.objects.get().delivered_at is None
    assert OutsideLink.objects.get().opened_at is None
    page = outside.post(path, {"secret": secret})
    hidden(page)
    assert POINTS[0][0] in page.content.decode()
    assert Opinion.objects.get().delivered_by == "link"
    draft = outside.post(f"{path}du-thao.docx", {"secret": secret, **SAID})
    assert draft.content[:2] == b"PK"
    bare = outside.post(f"{path}tra-loi/", {"secret": secret, **SAID})
    assert (bare.status_code, Opinion.objects.get().answer) == (422, "")  # a click alone is no opinion
    done = outside.post(f"{path}tra-loi/", {"secret": secret, **SAID, "file": letter()})
    hidden(done)
    assert OutsideLink.objects.get().receipt in done.content.decode()
    assert Opinion.objects.get().number == "318"
    again = outside.post(f"{path}tra-loi/", {"secret": secret, **SAID, "file": letter("319")})
    assert again.status_code == 409
    assert POINTS[0][0] not in again.content.decode()
    assert Opinion.objects.get().number == "318"
    seen = lead.person("gdsxd", ASKED).get(reverse("opinion", args=[duty])).content.decode()
    assert "quy định về im lặng không ràng buộc" in seen  # a ministry never consents by its silence
    assert "Im lặng là đồng ý" not in seen
    assert "318/STC-NS" in seen
    assert DutyEvent.objects.filter(act="answer_by_link").count() == 1


def test_a_guessed_or_revoked_link_tells_nothing_and_another_question_stays_closed(lead: Web) -> None:
    path, secret, _ = asked(lead, file=make.result_file())
    other, other_secret, other_duty = asked(lead, "phương án khác")
    outside = Client()
    wrong = outside.post(path, {"secret": other_secret})
    unknown = outside.post("/moi-y-kien/00000000-0000-4000-8000-000000000000/", {"secret": other_secret})
    assert wrong.status_code == unknown.status_code == 404
    for answer in (wrong, unknown):
        assert "phân bổ vốn" not in answer.content.decode()
        hidden(answer)
    assert outside.post(f"{path}tai-lieu/", {"secret": secret}).status_code == 404  # not received yet
    outside.post(path, {"secret": secret})
    own = outside.post(f"{path}tai-lieu/", {"secret": secret})
    assert b"".join(own.streaming_content) == make.result_file()[1]
    assert "attachment" in own.headers["Content-Disposition"]
    assert outside.post(f"{other}tai-lieu/", {"secret": secret}).status_code == 404
    link = OutsideLink.objects.latest("id").public_id
    _gone_to(lead.person("gdsxd", ASKED).post(reverse("revoke_link", args=[other_duty, link])))
    gone = outside.post(other, {"secret": other_secret})
    assert gone.status_code == 409
    assert "phương án khác" not in gone.content.decode()
    assert Client(enforce_csrf_checks=True).post(path, {"secret": secret}).status_code == 403


def test_below_all_doors_the_same_holds(lead: Web) -> None:
    _, _, duty = asked(lead)
    at = make.at(ASKED)
    given = services.make_link(actor=make.who("gdsxd", ASKED), at=at, duty=duty, given_to="Văn thư")
    held: dict[str, Any] = {
        "link": given.public_id,
        "secret": given.secret,
        "at": make.at("2026-11-09 09:00"),
        "real": at,
    }
    assert len(services.open_link(**held).points) == 2
    assert Opinion.objects.get().delivered_at == held["at"]


def test_an_outside_body_asks_for_time_through_its_link_and_reads_why_not(lead: Web) -> None:
    path, secret, _ = asked(lead)
    outside = Client(enforce_csrf_checks=False)
    outside.post(path, {"secret": secret})

    def more(**typed: str) -> tuple[int, str]:
        given = {"secret": secret, "until": "20/11/2026", "note": "Chờ họp Ban Chấp hành"}
        page = outside.post(f"{path}xin-them/", given | typed)
        hidden(page)
        return page.status_code, page.content.decode()

    for typed, why in (
        ({"note": ""}, "Chưa ghi lý do xin thêm thời gian"),
        ({"until": "31/12/2026"}, "chậm nhất ngày"),
    ):
        status, text = more(**typed)
        assert (status, why in text) == (422, True)
    assert Opinion.objects.get().more_until is None
    status, text = more()
    assert (status, "Đã xin thêm thời gian đến hết ngày 20/11/2026" in text) == (200, True)
    status, text = more()  # once is all
    assert (status, "chỉ xin thêm thời gian một lần" in text) == (422, True)
