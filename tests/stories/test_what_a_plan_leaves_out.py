"""A commune's plan is linked to the directive; the Office sees what was left out and corrects what the words got wrong.

Basis: feature 2 of the anchors: demand by demand, what was carried, softened, or is missing; page and command say the same.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.urls import reverse
from tests import families, make

from kycuong.cli import compare
from kycuong.models import DocumentLink
from kycuong.queries import comparisons as queries
from kycuong.services import comparisons, directives
from stories.doors import Services, Web

WHEN, LATER = "2026-11-10 08:00", "2026-11-10 10:00"


class Office:
    """What the Office does in this story, through one door."""

    def __init__(self, door: Any) -> None:
        self.door = door

    def link(self, above: Any, below: Any) -> None:
        if isinstance(self.door, Web):
            person = self.door.person("vanthu", WHEN)
            page = person.get(reverse("document", args=[below.public_id]))
            assert "Văn bản này có vẻ triển khai" in page.content.decode()
            person.post(reverse("link", args=[below.public_id]), {"kind": "implements", "code": "21/CT-UBND"})
        else:
            who = make.who("vanthu", WHEN)
            assert queries.suggestions(who, below.public_id)
            directives.link(
                actor=who, at=make.at(WHEN), document=below.public_id, other=above.public_id, kind="implements"
            )

    def pair(self, above: Any, below: Any) -> queries.PairPage:
        if isinstance(self.door, Web):
            page = self.door.person("vanthu", LATER).get(reverse("comparison", args=[above.public_id]))
            found: queries.PairPage = page.context["pair"]
            return found
        return queries.pair(make.who("vanthu", LATER), above.public_id, below.public_id)

    def correct(self, above: Any, below: Any, demand: Any, status: str, span: Any) -> None:
        if isinstance(self.door, Web):
            values = {
                "parent": above.public_id, "child": below.public_id, "voi": below.public_id, "status": status,
                "demand": f"{demand.start}-{demand.end}", "span": f"{span.start}-{span.end}",
            }  # fmt: skip
            answer = self.door.person("vanthu", LATER).post(reverse("correct_match", args=[above.public_id]), values)
            assert answer.status_code == 302
        else:
            comparisons.correct_match(
                actor=make.who("vanthu", LATER), at=make.at(LATER), parent=above.public_id, child=below.public_id,
                demand=(demand.start, demand.end), status=status, spans=[(span.start, span.end)],
            )  # fmt: skip

    def undo(self, above: Any, correction: Any) -> None:
        if isinstance(self.door, Web):
            person = self.door.person("vanthu", LATER)
            assert (
                person.post(reverse("undo_match", args=[above.public_id]), {"correction": correction}).status_code
                == 302
            )
        else:
            comparisons.undo_match(actor=make.who("vanthu", LATER), at=make.at(LATER), correction=correction)


@pytest.fixture(autouse=True)
def _province(db: None) -> None:
    make.province()


def test_what_a_plan_leaves_out(door: Services | Web, capsys: pytest.CaptureFixture[str]) -> None:
    office = Office(door)
    above, below = families.directive(), families.plan()
    office.link(above, below)
    found = office.pair(above, below)
    assert [(row.line.status, row.line.lost) for row in found.rows] == [
        ("missing", ()), ("softened", ("target",)), ("softened", ()), ("carried", ()),
    ]  # fmt: skip
    assert [one.text for one in found.added] == ["Trồng hoa ven đường liên thôn."]

    assert compare.main(["21/CT-UBND", str(below.public_id), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == found.to_json()

    berths, jackets = found.rows[0].line.demand, found.choices[0]
    office.correct(above, below, berths, "carried", jackets)
    assert office.pair(above, below).counts == {"carried": 2, "softened": 2, "missing": 0}
    assert compare.main(["21/CT-UBND", "44/KH-UBND", "--json", "--as", "chanhvp"]) == 0
    assert json.loads(capsys.readouterr().out)["demands"][0]["match"] == jackets.text

    office.undo(above, office.pair(above, below).history[0].public_id)
    assert office.pair(above, below).counts == {"carried": 1, "softened": 2, "missing": 1}
    assert DocumentLink.objects.get(kind="implements").missing == 1
    assert compare.main(["21/CT-UBND", "44/KH-UBND", "--as", "ctx2"]) == 1  # a plan that the ward does not see
