"""Where the dissent of each opinion stands: which main points are open, what the heads settled, whether minutes are signed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Q

from kycuong.core.dissents import HOLDS, Standing, standing
from kycuong.models import DissentMeeting, MeetingPoint, Opinion, OpinionPoint


def dissenting(opinions: Iterable[Opinion]) -> dict[int, list[OpinionPoint]]:
    """Return the main points on which each opinion disagrees, of those that came in time and stand (one query)."""
    standing_ones = [one.pk for one in opinions if one.answer == "opinion" and one.outcome in {"", "opinion"}]
    found: dict[int, list[OpinionPoint]] = defaultdict(list)
    if standing_ones:
        rows = OpinionPoint.objects.filter(opinion__in=standing_ones, position="disagree", point__is_main=True)
        for one in rows.select_related("point").order_by("point__number"):
            found[one.opinion_id].append(one)
    return found


def standings(opinions: Collection[Opinion]) -> dict[int, Standing]:
    """Return where the dissent of each opinion stands (three queries, one when nobody disagrees)."""
    points = dissenting(opinions)
    if not points:
        return {}
    said = {one.pk: one.said_at for one in opinions}
    latest = {one.opinion_id: one for one in DissentMeeting.objects.filter(opinion__in=points).order_by("number")}
    about = {one.pk: one for one in latest.values() if one.said_at == said[one.opinion_id]}
    settled: dict[int, set[int]] = defaultdict(set)
    for row in MeetingPoint.objects.filter(meeting__in=about).select_related("meeting"):
        settled[row.meeting.opinion_id].add(row.point_id)
    signed = {one.opinion_id for one in about.values() if one.minutes_file_id}
    return {
        key: standing([one.point_id for one in its], settled[key], signed=key in signed) for key, its in points.items()
    }


def held(opinions: Collection[Opinion]) -> dict[int, Standing]:
    """Return those opinions whose dissent keeps the matter from going up, and where each stands."""
    return {key: found for key, found in standings(opinions).items() if found in HOLDS}


def kept_with(file_id: int) -> Q:
    """Return the condition that a file belongs to a meeting about an opinion."""
    return Q(meetings__lead_file=file_id) | Q(meetings__body_file=file_id) | Q(meetings__minutes_file=file_id)
