"""The Chairman gives a task in a meeting: the unit has it at once, the next one follows on the same page."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests import make

from kycuong.models import Duty
from stories.doors import Web

pytestmark = pytest.mark.django_db
SAID = "Rà soát các hộ sống gần khu sạt lở, báo cáo kết quả"


def test_the_chairman_writes_down_what_was_said_and_the_next_one_follows() -> None:
    make.province()
    web = Web()
    chairman = web.person("chutich", make.MONDAY)
    page = chairman.get(reverse("give"))
    assert page.status_code == 200
    form = {
        "unit": f"unit:{make.unit('X1').pk}",
        "text": SAID,
        "due_on": "16/11/2026",
        "request_id": page.context["request_id"],
    }
    sent = chairman.post(reverse("give"), form | {"next": "1"})
    assert (sent.status_code, sent["Location"]) == (302, reverse("give"))
    duty = Duty.objects.get()
    assert (duty.title, duty.holder_officer.login) == (SAID, "ctx1")
    twice = chairman.post(reverse("give"), form)
    assert twice["Location"] == reverse("duty", args=[duty.public_id])
    head = web.person("ctx1", make.MONDAY)
    assert SAID in head.get(reverse("my_duties")).content.decode()
    assert head.get(reverse("give")).status_code == 403
    paper = chairman.get(reverse("document", args=[duty.document.public_id]))
    assert SAID in paper.content.decode()


def test_a_slip_keeps_what_was_typed() -> None:
    make.province()
    web = Web()
    chairman = web.person("chutich", make.MONDAY)
    form = {"unit": f"unit:{make.unit('X1').pk}", "text": SAID, "due_on": "31/02/2027"}
    refused = chairman.post(reverse("give"), form)
    assert refused.status_code == 422
    assert SAID in refused.content.decode()
    assert not Duty.objects.exists()
