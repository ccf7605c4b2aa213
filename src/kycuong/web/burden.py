"""What a document would lay on the units, shown before it is issued."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from kycuong.queries import burden as queries
from kycuong.web import words
from kycuong.web.doors import Request, signed_in

YEARLY = "FREQ=YEARLY"
SHOWN = 12


@dataclass(frozen=True, slots=True)
class Season:
    """Days on which the same reports meet: the first, how many more, and the last."""

    on: date
    more: int
    until: date
    units: int
    most: int
    reports: list[queries.Report]


@require_GET
@signed_in
def burden(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Show the burden of a document, as a part beside the button that issues, or as a page of its own."""
    cycle = request.GET.get("report_rrule", YEARLY)
    found = queries.burden(request.actor, public_id, request.at, report_rrule=cycle)
    context = {
        "burden": found,
        "public_id": public_id,
        "cycle": cycle,
        "cycles": words.CYCLES,
        "seasons": seasons(found)[:SHOWN],
        "headline": headline(found) if request.htmx else "",
    }
    template = "comparisons/burden_part.html" if request.htmx else "comparisons/burden.html"
    return render(request, template, context)


def seasons(found: queries.Burden) -> list[Season]:
    """Return the days on which reports meet, those with the same reports told once, the heaviest first."""
    groups: dict[tuple[object, ...], list[queries.Clash]] = {}
    for clash in found.clashes:
        key = (clash.units, clash.most, *((one.text, one.document) for one in clash.reports))
        groups.setdefault(key, []).append(clash)
    return [
        Season(days[0].on, len(days) - 1, days[-1].on, days[0].units, days[0].most, days[0].reports)
        for days in groups.values()
    ]


def headline(found: queries.Burden) -> str:
    """Return what one should know before opening the part: what is asked again, what could be one, the worst day."""
    told = [_("Khối lượng giao cho các đơn vị")]
    if found.repeats:
        n = len(found.repeats)
        told.append(
            ngettext("%(n)d nội dung đã yêu cầu ở văn bản khác", "%(n)d nội dung đã yêu cầu ở văn bản khác", n)
            % {"n": n}
        )
    if found.mergers:
        n = len(found.mergers)
        told.append(ngettext("%(n)d báo cáo có thể gộp", "%(n)d báo cáo có thể gộp", n) % {"n": n})
    if found.clashes:
        worst = found.clashes[0]
        told.append(_("%(n)d báo cáo cùng hạn %(day)s") % {"n": worst.most, "day": words.day(worst.on)})
    return " · ".join(told)
