"""Where each open duty goes when the organisation has changed: its unit, its desk there, and the roles that others have in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q

from kycuong.core.calendars import local_date
from kycuong.core.org_changes import OF_POSTS, Way
from kycuong.models import Duty, OrgChange, SuccessionLine, Unit
from kycuong.queries import org
from kycuong.queries import org_changes as changes
from kycuong.services import search
from kycuong.services.org_changes.roles import UNIT_ROLES
from kycuong.services.transitions import Desk, Step

#: Kinds of duty that hang on a task and are about the unit that holds it.
HANGING = frozenset({"confirmation", "proposal", "arbitration"})


class Handing:
    """One batch of a change being handed over; what follows what comes from the change's own mapping."""

    def __init__(self, row: OrgChange, at: datetime) -> None:
        self.row, self.at, self.on = row, at, local_date(at)
        self.plan = changes.plan_of(row)
        follows: dict[str, Any] = row.mapping
        self.units = {int(old): new for old, new in follows.get("units", {}).items()}
        self.posts = {int(old): new for old, new in follows.get("posts", {}).items()}
        self.codes: dict[str, int] = follows.get("codes", {})
        self.ended: list[int] = follows.get("ended", [])
        self.filled = {int(post): code for post, code in follows.get("filled", {}).items()}
        self.olds = changes.units_of(self.plan)
        self.old_ids = {unit.pk for unit in self.olds}
        self.to: dict[int, str] = {}
        self.how: dict[int, str] = {}
        self.between: dict[int, tuple[int, int]] = {}

    def steps(self, limit: int) -> list[Step]:
        """Return the steps of up to `limit` duties that have not arrived yet."""
        if self.row.kind in OF_POSTS:
            return self._desk_steps(limit)
        left = self._left_to_move() | self._desk_refilled()
        duties = list(changes.open_duties().filter(left).order_by("id").select_related("holder_post")[:limit])
        self._read_lines(duties)
        self._read_desks(duties)
        return [self._step(duty) for duty in duties]

    def _left_to_move(self) -> Q:
        held = changes.held_by(self.olds)
        if not self.plan.stays:
            roles = (
                Q(giver_unit__in=self.old_ids) | Q(follower_unit__in=self.old_ids) | Q(confirmer_unit__in=self.old_ids)
            )
            return held if self.olds[0].kind == "division" else held | roles | Q(giver_post__in=list(self.posts))
        away = SuccessionLine.objects.filter(change=self.row, moved_at__isnull=True).exclude(
            successor_code__in=self.plan.units
        )
        gone = SuccessionLine.objects.filter(change=self.row).exclude(successor_code__in=self.plan.units)
        on_ended = Q(holder_unit__in=self.old_ids, holder_post__unit__in=self.ended)
        on_left = Q(holder_unit__in=self.old_ids, holder_post__in=list(self.posts))
        hanging = Q(giver_unit__in=self.old_ids, kind__in=HANGING, parent__in=gone.values("duty"))
        return Q(pk__in=away.values("duty")) | on_ended | on_left | hanging

    def _desk_refilled(self) -> Q:
        """Return the condition that a duty lies on the desk of a successor's head that somebody else fills now."""
        wanted = Q(pk__in=[])
        for post, seat in org.seats(self.filled, self.on).items():
            wanted |= Q(holder_post=post) & (~Q(holder_officer=seat.officer_id) | Q(holder_officer__isnull=True))
        return wanted

    def _read_lines(self, duties: Sequence[Duty]) -> None:
        """Read who inherits these duties and those on which they hang."""
        wanted = {duty.pk for duty in duties} | {duty.parent_id for duty in duties if duty.kind in HANGING}
        rows = SuccessionLine.objects.filter(change=self.row, duty__in=wanted)
        for pk, code, how in rows.values_list("duty_id", "successor_code", "how"):
            self.to[pk], self.how[pk] = code, how

    def _read_desks(self, duties: Sequence[Duty]) -> None:
        """Read the seats to which the duties may go (a fixed number of queries)."""
        targets = {*self.codes.values(), *self.units.values(), *self._parents()}
        self.bodies = _bodies(targets)
        self.seats = org.seats(self.posts.values(), self.on)
        self.heads = org.heads(targets | set(self.bodies.values()), self.on)
        self.bodies |= _bodies({seat.unit_id for seat in self.seats.values()})

    def _parents(self) -> set[int]:
        return {unit.parent_id for unit in self.olds if unit.parent_id}

    def _code(self, duty: Duty) -> str:
        """Return who inherits a duty; one that came after the list was decided goes with the rest."""
        if duty.pk in self.to:
            return self.to[duty.pk]
        self.how[duty.pk] = Way.REST.value
        lead = self.plan.rest or (self.plan.units[0] if self.plan.stays else "")
        return lead or (self.plan.successors[0].code if self.plan.successors else "")

    def _target(self, duty: Duty) -> int:
        """Return the unit that inherits a duty, the one above where a unit ended without a successor."""
        found = self.codes.get(self._code(duty))
        return found if found is not None else next(iter(self._parents()), duty.holder_unit_id)

    def _step(self, duty: Duty) -> Step:
        held = duty.holder_unit_id in self.old_ids or (
            duty.holder_post is not None and duty.holder_post.unit_id in self.old_ids
        )
        values = self._roles(duty)
        data: dict[str, object] = {"roles": {name: [getattr(duty, name), new] for name, new in values.items()}}
        if not held and duty.holder_post_id in self.filled:
            self.to[duty.pk] = self.filled[duty.holder_post_id]
            held = True
        if not held:
            return Step(duty.pk, None, values, data, duty.seq)
        target = self._target(duty)
        desk = self._desk(duty, target)
        body = self.bodies[target]
        self.between[duty.pk] = (duty.holder_unit_id, body)
        data |= {"from": duty.holder_unit_id, "to": body, "officer_from": duty.holder_officer_id}
        if body != duty.holder_unit_id:
            values["holder_unit_id"] = body
        return Step(duty.pk, desk, values, data, duty.seq)

    def _desk(self, duty: Duty, target: int) -> Desk:
        """Return the desk that follows the one where a duty lies: the same post, its division's head, the unit's head."""
        body = self.bodies[target]
        post = self.posts.get(duty.holder_post_id or 0)
        seat = self.seats.get(post) if post else None
        if seat and seat.officer_id and self.bodies.get(seat.unit_id) == body:
            return Desk(seat.post_id, seat.unit_id, seat.officer_id)
        division = self.units.get(duty.holder_post.unit_id) if duty.holder_post else None
        for unit in (division, target, body):
            head = self.heads.get(unit or 0)
            if head and head.officer_id and self.bodies.get(head.unit_id) == body:
                return Desk(head.post_id, head.unit_id, head.officer_id)
        return Desk(None, body, None)

    def _roles(self, duty: Duty) -> dict[str, object]:
        """Return the roles of ended units and posts in a duty as their successors have them."""
        values: dict[str, object] = {}
        about = self.codes.get(self.to.get(duty.parent_id or 0, "")) if duty.kind in HANGING else None
        if about is not None and duty.giver_unit_id in self.old_ids:
            values["giver_unit_id"] = self.bodies[about]
        if self.plan.stays or self.olds[0].kind == "division":
            return values
        for role in UNIT_ROLES:
            old = getattr(duty, f"{role}_id")
            if old in self.old_ids and f"{role}_id" not in values:
                values[f"{role}_id"] = self.bodies[self.units.get(old) or next(iter(self._parents()))]
        if duty.giver_post_id in self.posts:
            values["giver_post_id"] = self.posts[duty.giver_post_id]
        return values

    def _desk_steps(self, limit: int) -> list[Step]:
        """Return the steps by which the duties of a post go to who fills it now, or to who stands in for an empty one."""
        seats = org.seats(self.posts.values(), self.on)
        moving = Q()
        for old, new in self.posts.items():
            seat = seats[new]
            moving |= Q(holder_post=old) & (
                ~Q(holder_officer=seat.officer_id) | Q(holder_officer__isnull=True) if old == new else Q()
            )
        duties = list(changes.open_duties().filter(moving).order_by("id")[:limit])
        made = []
        for duty in duties:
            seat = seats[self.posts[duty.holder_post_id or 0]]
            self.between[duty.pk] = (duty.holder_unit_id, duty.holder_unit_id)
            data: dict[str, object] = {
                "from": duty.holder_unit_id, "to": duty.holder_unit_id, "officer_from": duty.holder_officer_id
            }  # fmt: skip
            made.append(Step(duty.pk, Desk(seat.post_id, seat.unit_id, seat.officer_id), {}, data, duty.seq))
        return made

    def keep(self, steps: Iterable[Step]) -> None:
        """Write the lines of the succession list of what has been handed over."""
        held = [step for step in steps if step.desk]
        SuccessionLine.objects.bulk_create(
            [
                SuccessionLine(
                    change=self.row, duty_id=step.duty_id, successor_code=self.to.get(step.duty_id) or self._rest(),
                    how=self.how.get(step.duty_id, Way.ONLY.value), old_unit_id=self.between[step.duty_id][0],
                    new_unit_id=self.between[step.duty_id][1], moved_at=self.at,
                )
                for step in held
            ],
            batch_size=500, update_conflicts=True, unique_fields=["change", "duty"],
            update_fields=["new_unit", "moved_at"],
        )  # fmt: skip

    def tell_search(self, moved: set[int]) -> None:
        """Let search know where the duties are and who sees them and their documents now."""
        duties = list(Duty.objects.filter(pk__in=moved))
        search.opened(duties)
        search.write_tasks({duty.pk for duty in duties} | {duty.parent_id for duty in duties if duty.parent_id})

    def _rest(self) -> str:
        return self.plan.rest or (self.plan.successors[0].code if self.plan.successors else self.plan.post)


def _bodies(unit_ids: Iterable[int]) -> dict[int, int]:
    """Return the charged unit in which each unit lies: itself, or the body above a division."""
    rows = Unit.objects.filter(pk__in=list(unit_ids)).select_related("parent")
    return {unit.pk: unit.parent_id if unit.kind == "division" and unit.parent_id else unit.pk for unit in rows}
