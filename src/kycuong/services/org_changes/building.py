"""Carry out a change on the organisation itself: units, divisions, posts, appointments, successions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kycuong.core.folding import fold
from kycuong.core.org_changes import OF_POSTS, OF_UNITS, Kind, Plan, Successor
from kycuong.models import Officer, OrgChange, Post, Unit
from kycuong.queries import org_changes as changes
from kycuong.services import structure
from kycuong.services.org_changes import roles

#: What is kept with the change: which unit and post follows which, by id, the units by code, and which units have ended.
Follows = dict[str, Any]


def build(row: OrgChange, preview: changes.Preview, at: datetime) -> Follows:
    """Write the organisation as the plan wants it and return what follows what."""
    plan = preview.plan
    if plan.kind in OF_POSTS:
        return _posts(row, preview)
    olds = preview.laid.olds
    if plan.kind is Kind.RENAME:
        was = olds[0].name
        structure.rename_unit(olds[0], name=plan.name, short_name=plan.short_name)
        return {"was": was}
    if plan.kind is Kind.POST:
        _new_post(plan, olds[0])
    elif plan.kind in OF_UNITS:
        return _Units(row, preview.laid, at).build()
    return {}


def _posts(row: OrgChange, preview: changes.Preview) -> Follows:
    plan, desks = preview.plan, preview.desks
    assert desks is not None
    assert desks.post is not None
    if desks.left:
        structure.end_posts([desks.left.pk], plan.in_force_on)
    if desks.officer:
        structure.appoint(officer_id=desks.officer.pk, post=desks.post, on=plan.in_force_on, decision=row.decision)
    else:
        structure.end_posts([desks.post.pk], plan.in_force_on)
    emptied = {str(post): seat.post_id for post, seat in desks.substitutes.items()}
    return {"posts": {str(desks.post.pk): desks.post.pk} | emptied}


def _new_post(plan: Plan, unit: Unit) -> None:
    post = structure.add_post(unit, kind=plan.post_kind, title=plan.title)
    officer = Officer.objects.filter(login=plan.officer).first() if plan.officer else None
    if officer:
        structure.appoint(officer_id=officer.pk, post=post, on=plan.in_force_on, decision=plan.decision)


class _Units:
    """One merge, split or abolition being written."""

    def __init__(self, row: OrgChange, laid: changes.Layout, at: datetime) -> None:
        self.at = at
        self.row, self.laid, self.plan = row, laid, laid.plan
        self.on = laid.plan.in_force_on
        self.units: dict[int, int] = {}
        self.posts: dict[int, int] = {}
        self.codes = dict(laid.known)
        self.filled: dict[int, str] = {}  # head posts that somebody else fills now, with the code of their unit
        self.divisions: dict[int, Unit] = {}
        self.opened: dict[tuple[int, str], Unit] = {}  # divisions by their new unit and folded name

    def build(self) -> Follows:
        """Write everything in the order in which one thing needs the other."""
        for one in self.plan.successors:
            self._successor(one)
        for inner in self.laid.inner:
            self._inner(inner)
        self._people()
        ended = [inner.unit.pk for inner in self.laid.inner if not inner.stays and inner.unit.kind == "division"]
        ended += [] if self.plan.stays else [old.pk for old in self.laid.olds]
        structure.close_units(ended, self.on)
        self._appoint()
        self._succeed()
        if not self.plan.stays:
            roles.handover([old.pk for old in self.laid.olds], self.units, self.posts)
        return {
            "units": {str(old): new for old, new in self.units.items()},
            "posts": {str(old): new for old, new in self.posts.items()},
            "codes": {code: unit.pk for code, unit in self.codes.items()},
            "ended": ended,
            "filled": {str(post): code for post, code in self.filled.items()},
        }

    def _successor(self, one: Successor) -> None:
        like = self.laid.olds[0]
        if one.name:
            parent = like.parent
            self.codes[one.code] = structure.open_unit(
                like, code=one.code, name=one.name, short_name=one.short_name, parent=parent, on=self.on
            )

    def _inner(self, inner: changes.Inner) -> None:
        if inner.stays:
            return
        old, target = inner.unit, self.codes.get(inner.to)
        if old.kind != "division":
            structure.move_unit(old, target or self.laid.olds[0].parent or old, self.on)
        elif target is not None:
            alike = (target.pk, fold(old.name))
            into = (
                inner.into
                or self.opened.get(alike)
                or structure.open_unit(
                    old,
                    code=self._code(target, old),
                    name=old.name,
                    short_name=old.short_name,
                    parent=target,
                    on=self.on,
                )
            )
            self.opened[alike] = into
            self.divisions[old.pk] = into
            self.units[old.pk] = into.pk

    def _code(self, target: Unit, old: Unit) -> str:
        """Return a code for a division that begins in its new unit."""
        tail = old.code.removeprefix(old.parent.code if old.parent else "").strip("-_.") or old.code
        base, number = f"{target.code}-{tail}"[:36], 1
        code = base
        while Unit.objects.filter(code=code).exists():
            number += 1
            code = f"{base}-{number}"
        return code

    def _people(self) -> None:
        """Make the posts that are carried over; who fills them is written once the old ones have ended."""
        self.carried: list[tuple[int, Post]] = []
        for place in self.laid.places:
            if not place.carried:
                continue
            unit = self.divisions.get(place.post.unit_id) or self.codes[place.to]
            post = structure.add_post(unit, kind=place.post.kind, title=place.post.title, field=place.post.field)
            self.posts[place.post.pk] = post.pk
            roles.keep_covers(place.post.pk, post.pk, self.at)
            if place.officer:
                self.carried.append((place.officer.pk, post))
        leaving = [place.post.pk for place in self.laid.places if self.plan.stays]
        structure.end_posts(leaving, self.on)

    def _appoint(self) -> None:
        for officer_id, post in self.carried:
            structure.appoint(officer_id=officer_id, post=post, on=self.on, decision=self.row.decision)
        for one in self.plan.successors:
            if one.head:
                post = structure.head_post(self.codes[one.code], one.head_title or self._title())
                officer = Officer.objects.get(login=one.head)
                structure.appoint(officer_id=officer.pk, post=post, on=self.on, decision=self.row.decision)
                self.filled[post.pk] = one.code
        for place in self.laid.places:
            if place.is_head and (place.to or self.plan.successors):
                code = place.to or self.plan.successors[0].code
                self.posts[place.post.pk] = structure.head_post(self.codes[code], "").pk

    def _title(self) -> str:
        """Return what the heads of the units that end are called, when the title does not name the unit."""
        for place in self.laid.places:
            name = place.post.unit.name
            if place.is_head and name not in place.post.title:
                return place.post.title
        return ""

    def _succeed(self) -> None:
        successors = [self.codes[one.code].pk for one in self.plan.successors]
        rows = [(old.pk, new, n) for old in self.laid.olds for n, new in enumerate(successors)]
        rows += [(old, new.pk, 0) for old, new in self.divisions.items()]
        structure.add_successions(rows, self.on, self.row.pk)
        if successors:
            lead = self.codes[self.plan.rest].pk if self.plan.rest in self.codes else successors[0]
            self.units |= {old.pk: lead for old in self.laid.olds}
