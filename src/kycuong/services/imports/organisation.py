"""Write the rows of a plan: units with the closure of their tree, posts, officers, appointments; set-wise.

Nothing is merged and nothing abolished: a row that is missing changes nothing, a period ends only where its column says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.contrib.auth.hashers import make_password
from django.db.models import Q

from kycuong.core.folding import fold
from kycuong.core.imports import OFFICERS, POSTS, UNITS, day_or_none
from kycuong.models import Appointment, Officer, Post, Unit
from kycuong.queries.imports import Plan, PlanRow
from kycuong.queries.imports.present import code_of
from kycuong.services.structure import rebuild_closure

BATCH = 500


def write(made: Plan, on: date) -> None:
    """Write every row that is new or changed; the caller holds the transaction."""
    _units(made.good(UNITS), on)
    _posts(made.good(POSTS))
    _officers(made.good(OFFICERS))


def _units(rows: list[PlanRow], on: date) -> None:
    if not rows:
        return
    by_code = {unit.code.casefold(): unit for unit in Unit.objects.all()}
    fresh = {row.key.casefold() for row in rows if row.state == "new"}
    waiting = list(rows)
    while waiting:  # level by level, so that each can be written at once; the plan has refused circles
        blocked = {row.key.casefold() for row in waiting} & fresh
        level = [row for row in waiting if row.values["parent"].casefold() not in blocked]
        touched = [_fill_unit(row, by_code) for row in level]
        Unit.objects.bulk_create([unit for unit in touched if unit.pk is None], batch_size=BATCH)
        Unit.objects.bulk_update([unit for unit in touched if unit.code.casefold() not in fresh], _UNIT_FIELDS, BATCH)
        by_code |= {unit.code.casefold(): unit for unit in touched}
        done = {row.key for row in level}
        waiting = [row for row in waiting if row.key not in done]
    moved = [row for row in rows if {"parent", "valid_from", "valid_until"} & {change.column for change in row.changes}]
    rebuild_closure([by_code[row.key.casefold()] for row in moved], on)


_UNIT_FIELDS = (
    "name", "short_name", "kind", "relation", "parent", "aliases", "oversees", "valid_from", "valid_until", "folded",
)  # fmt: skip


def _fill_unit(row: PlanRow, by_code: Mapping[str, Unit]) -> Unit:
    given = row.values
    unit = by_code.get(row.key.casefold()) or Unit(code=row.key, aliases=[])
    aliases = [*unit.aliases, *(name for name in given["aliases"].split("; ") if name)]
    if unit.pk and given["name"] and unit.name != given["name"]:
        aliases.append(unit.name)  # texts go on naming a unit as it was called
    unit.aliases = list(dict.fromkeys(aliases))
    unit.name, unit.short_name = given["name"] or unit.name, given["short_name"] or unit.short_name
    unit.kind = code_of("unit_kind", given["kind"]) or unit.kind
    unit.relation = code_of("unit_relation", given["relation"]) or unit.relation
    if given["parent"]:
        unit.parent = by_code[given["parent"].casefold()]
    if given["oversees"]:
        unit.oversees = given["oversees"] == "có"
    unit.valid_from = day_or_none(given["valid_from"]) or unit.valid_from
    unit.valid_until = day_or_none(given["valid_until"]) or unit.valid_until
    unit.folded = fold(" ".join((unit.name, unit.short_name, *unit.aliases)))
    return unit


def _posts(rows: list[PlanRow]) -> None:
    units = dict(Unit.objects.values_list("code", "pk"))
    known = {post.code.casefold(): post for post in Post.objects.filter(code__in=[row.key for row in rows])}
    fresh: list[Post] = []
    changed: list[Post] = []
    for row in rows:
        given, post = row.values, known.get(row.key.casefold()) or Post(code=row.key)
        post.title, post.field = given["title"] or post.title, given["field"] or post.field
        post.kind = code_of("post_kind", given["kind"]) or post.kind
        if post.pk is None:
            post.unit_id = units[given["unit"]]
        (changed if post.pk else fresh).append(post)
    Post.objects.bulk_create(fresh, batch_size=BATCH)
    Post.objects.bulk_update(changed, ["title", "field", "kind"], BATCH)


def _officers(rows: list[PlanRow]) -> None:
    if not rows:
        return
    people = {officer.login.casefold(): officer for officer in Officer.objects.all()}
    nobody = make_password(None)  # no password: the administrator gives the first one
    fresh: dict[str, Officer] = {}
    changed: dict[str, Officer] = {}
    for row in rows:
        given, login = row.values, row.values["login"].casefold()
        officer = people.get(login) or Officer(login=given["login"], password=nobody)
        officer.full_name = given["full_name"] or officer.full_name
        officer.gender = code_of("gender", given["gender"]) or officer.gender
        officer.folded = fold(officer.full_name)
        people[login] = officer
        (changed if officer.pk else fresh)[login] = officer
    Officer.objects.bulk_create(fresh.values(), batch_size=BATCH)
    Officer.objects.bulk_update(changed.values(), ["full_name", "gender", "folded"], BATCH)
    _appointments([row for row in rows if row.values["post"]], people)


def _appointments(rows: list[PlanRow], people: Mapping[str, Officer]) -> None:
    posts = dict(Post.objects.values_list("code", "pk"))
    held = Appointment.objects.filter(Q(officer__in=[people[row.values["login"].casefold()].pk for row in rows]))
    latest = {(one.officer_id, one.post_id): one for one in held.order_by("valid_from", "id")}
    fresh: list[Appointment] = []
    changed: list[Appointment] = []
    for row in rows:
        given, officer = row.values, people[row.values["login"].casefold()]
        post = posts[given["post"]]
        found = latest.get((officer.pk, post)) if row.state == "changed" else None
        one = found or Appointment(officer=officer, post_id=post)
        one.valid_from = day_or_none(given["valid_from"]) or one.valid_from
        one.valid_until = day_or_none(given["valid_until"]) or one.valid_until
        one.decision = given["decision"] or one.decision
        (changed if found else fresh).append(one)
    # Ends before beginnings: the table allows one open appointment of a post at a time.
    Appointment.objects.bulk_update(changed, ["valid_from", "valid_until", "decision"], BATCH)
    Appointment.objects.bulk_create(fresh, batch_size=BATCH)
