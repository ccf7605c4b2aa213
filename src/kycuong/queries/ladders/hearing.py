"""Who hears of a rung, by the posts of that day: asked when notices are handed out and by the preview alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from kycuong.core.calendars import local_date
from kycuong.core.ladders import Hearer
from kycuong.models import Cover, Duty, Unit
from kycuong.queries import org
from kycuong.queries.actors import in_force

#: What a duty must carry so that no further query is needed for it.
RELATED = ("holder_post__unit", "document", "parent")


@dataclass(frozen=True, slots=True)
class Hearing:
    """The posts of one day, to answer who hears of a duty without a further query."""

    posts: dict[int, org.Seat]
    heads: dict[int, org.Seat]
    office: int | None
    covers: tuple[tuple[int, int, int], ...]

    def people(self, duty: Duty, hearers: Iterable[Hearer]) -> dict[int, Hearer]:
        """Return who hears of a duty and as what; a person in two places hears once, as the nearer one.

        An empty desk is never silence: the head of the unit hears in its place, and without one the follower.
        """
        wanted = [hearer for hearer in Hearer if hearer in set(hearers)]
        found: dict[int, Hearer] = {}
        for hearer in wanted:
            officer = self._one(duty, hearer)
            if officer is None and hearer is Hearer.DESK:
                officer = self._one(duty, Hearer.UNIT_HEAD) or self._one(duty, Hearer.FOLLOWER)
            if officer is not None:
                found.setdefault(officer, hearer)
        for absent, post, substitute in self.covers:  # who handles the desk of an absent officer hears beside that one
            if absent in found and post == duty.holder_post_id:
                found.setdefault(substitute, found[absent])
        return found

    def _one(self, duty: Duty, hearer: Hearer) -> int | None:
        about = duty.parent if duty.parent is not None and duty.kind in {"confirmation", "proposal"} else duty
        answers = {
            Hearer.DESK: self._at_desk(duty),
            Hearer.DIVISION_HEAD: self._head(_division(duty)),
            Hearer.UNIT_HEAD: self._head(duty.holder_unit_id),
            Hearer.FOLLOWER: self._held(_follower_post(duty)) or self._head(duty.follower_unit_id),
            Hearer.OFFICE_HEAD: self._head(self.office),
            Hearer.GIVER: self._held(about.giver_post_id) or self._head(about.giver_unit_id),
        }
        return answers[hearer]

    def _at_desk(self, duty: Duty) -> int | None:
        """Return who sits at the desk; whoever has left the post hears no more of what still lies there."""
        if duty.holder_post_id is None:
            return duty.holder_officer_id
        return duty.holder_officer_id if self._held(duty.holder_post_id) == duty.holder_officer_id else None

    def _held(self, post_id: int | None) -> int | None:
        seat = self.posts.get(post_id or 0)
        return seat.officer_id if seat else None

    def _head(self, unit_id: int | None) -> int | None:
        seat = self.heads.get(unit_id or 0)
        return seat.officer_id if seat else None


def _division(duty: Duty) -> int | None:
    unit = duty.holder_post.unit if duty.holder_post else None
    return unit.pk if unit and unit.kind == "division" else None


def _follower_post(duty: Duty) -> int | None:
    return duty.document.follower_post_id if duty.document else None


def hearing(duties: Sequence[Duty], at: datetime) -> Hearing:
    """Return who holds the posts around some duties at an instant, and who handles a desk for another (four queries)."""
    on = local_date(at)
    posts: set[int | None] = set()
    units: set[int | None] = set()
    for duty in duties:
        about = duty.parent or duty
        posts |= {about.giver_post_id, duty.holder_post_id, _follower_post(duty)}
        units |= {duty.holder_unit_id, duty.follower_unit_id, about.giver_unit_id, _division(duty)}
    office = Unit.objects.filter(org.valid_on(on), kind="office").order_by("id").values_list("pk", flat=True).first()
    wanted = {unit for unit in units if unit} | ({office} if office else set())
    covers = tuple(Cover.objects.filter(in_force(at)).values_list("officer", "post", "substitute"))
    return Hearing(org.seats({post for post in posts if post}, on), org.heads(wanted, on), office, covers)
