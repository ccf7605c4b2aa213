"""What the page says after a decision of a review: to take back is offered only where it can be taken back."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests import make

from services.test_backlog import given, opened
from stories.doors import Web

LATER = "2026-12-14 10:00"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"decision": "new_date", "due_on": "30/12/2026"}, "Xem lại, hoàn tác</a>"),
        ({"decision": "close"}, "Xem lại</a>"),
    ],
)
def test_taking_back_is_offered_only_where_it_can_be(typed: dict[str, str], said: str) -> None:
    make.province()
    duty, _ = given(), given("Sở Tài chính")
    review = opened()
    browser = Web().person("theodoi", LATER)
    address = reverse("backlog_decide", args=[review, duty.public_id])
    page = browser.post(address, {"note": "Họp thống nhất", **typed}, follow=True).content.decode()
    assert "Đã ghi quyết định." in page
    assert said in page
