"""A matter for the Committee as a whole goes to each member as a slip: through the pages, from sending to the signed tally."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import resolve, reverse
from tests import make

from kycuong import jobs
from kycuong.models import Voting, VotingSlip
from stories.doors import Web, _gone_to

pytestmark = pytest.mark.django_db

ASKED, IN_TIME, COUNTED = "2026-11-09 08:00", "2026-11-10 09:00", "2026-11-13 08:30"
MEMBERS = {"T.1": "chutich", "T.2": "phochutich", "SXD.1": "gdsxd", "STC.1": "gdstc"}


def test_slips_are_sent_changed_counted_and_the_tally_signed() -> None:
    make.province()
    through = Web()
    office = through.person("chanhvp", ASKED)
    form = office.get(reverse("put_voting")).context
    values = {
        "title": "điều chỉnh kế hoạch vốn", "words": "Điều chỉnh 20 tỷ đồng", "rule": "slip", "member": list(MEMBERS),
        "request_id": form["request_id"],
    }  # fmt: skip
    refused = office.post(reverse("put_voting"), values | {"member": ["T.1"]})
    assert (refused.status_code, refused.context["typed"]["title"]) == (422, "điều chỉnh kế hoạch vốn")
    made = resolve(_gone_to(office.post(reverse("put_voting"), values))).kwargs["public_id"]
    for login, choice in (
        ("chutich", "agree"),
        ("phochutich", "disagree"),
        ("gdstc", "agree"),
        ("phochutich", "agree"),
    ):
        browser, duty = through.person(login, IN_TIME), VotingSlip.objects.get(officer__login=login).duty.public_id
        address = browser.get(reverse("duty", args=[duty])).headers["Location"]
        page = browser.get(address).context
        sent = {
            "choice": choice,
            "words": "Chưa rõ nguồn",
            "act_seq": page["page"].act_seq,
            "request_id": page["request_id"],
        }
        _gone_to(browser.post(address, sent))
    stranger = through.person("pgdsxd", IN_TIME)
    assert stranger.get(reverse("slip", args=[duty])).status_code == 404
    assert stranger.get(reverse("voting", args=[made])).status_code == 404
    act = reverse("voting_act", args=[made, "kiem-phieu"])
    assert "Còn thành viên chưa gửi phiếu" in office.post(act).content.decode()
    jobs.work_once(make.at(COUNTED))
    office = through.person("chanhvp", COUNTED)
    assert Voting.objects.get().result == "passed"  # three of four
    assert office.get(reverse("tally", args=[made, "docx"])).content[:2] == b"PK"
    paper = SimpleUploadedFile(*make.result_file("21", "BB-VP", "ngày 13 tháng 11 năm 2026"))
    _gone_to(office.post(reverse("voting_act", args=[made, "da-ky"]), {"file": paper}))
    assert "21/BB-VP" in office.get(reverse("voting", args=[made])).content.decode()
    member = through.person("gdstc", COUNTED)
    seen = member.get(reverse("slip", args=[VotingSlip.objects.get(officer__login="gdstc").duty.public_id]))
    assert "Quá nửa tổng số thành viên đồng ý" in seen.content.decode()
