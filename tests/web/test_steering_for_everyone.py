"""The pages of programmes, targets and periods on a desk and on a phone: readable by everyone, no wider than the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from tests import make

from services.test_periods import contested, october, opened
from services.test_programmes import approved
from services.test_targets import given
from web.visit import move_clock, scan

if TYPE_CHECKING:
    from web.visit import Site

pytestmark = pytest.mark.browser


def test_the_pages_are_readable_by_everyone(site: Site) -> None:
    move_clock("2026-11-02 08:00")
    _, target = given()
    late, _, _ = october()
    period, programme = opened(), approved()
    contested(period, late)
    move_clock("2026-11-03 10:00")
    pages = {
        "programme": reverse("programme", args=[programme]),
        "target": reverse("target", args=[target.public_id]),
        "period": reverse("period_unit", args=[period, make.unit("SXD").public_id]),
        "signals": reverse("giver_signals"),
    }
    for visitor in (site.visitor("gdsxd"), site.phone("gdsxd")):
        for name, address in pages.items():
            visitor.goto(address)
            scan(visitor, name)
