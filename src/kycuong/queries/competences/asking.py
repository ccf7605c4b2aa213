"""The two questions of the registry: who is competent for this on that day, and may this post sign this."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from kycuong.core import competence as law
from kycuong.core.covers import DEPUTIES, DIVISION_HEADS, HEADS
from kycuong.core.errors import Invalid
from kycuong.models import Post, Unit
from kycuong.queries import org
from kycuong.queries.competences.rows import Entry, of_line, standing


@dataclass(frozen=True, slots=True)
class Holder:
    """One who is competent: the row, the chain from the row by law, who sat there that day."""

    entry: Entry
    chain: tuple[Entry, ...]
    officer: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """Who is competent; `misses` are near rows with the reason why they do not answer (a sentence of core)."""

    asked: law.Question
    holders: tuple[Holder, ...]
    doubtful: bool
    misses: tuple[tuple[Entry, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Signing:
    """Whether a post may sign, in a sentence, with the rows on which that rests and who may instead."""

    verdict: law.Verdict
    rests_on: tuple[Entry, ...]
    holders: tuple[Holder, ...]


def ask(asked: law.Question, *, named: bool = False) -> Answered:
    """Return who is competent (one query; one more when nobody is, for the reason; two more with `named`, for who sat there)."""
    found = standing(asked.matter, asked.territory, asked.on)
    answer = law.who([one.row for one in found], asked)
    if not answer.found:
        found = of_line(asked.matter)
        answer = law.who([one.row for one in found], asked)
    by_key = {one.row.key: one for one in found}
    holders = [Holder(by_key[one.row.key], tuple(by_key[row.key] for row in one.chain)) for one in answer.found]
    if named:
        holders = _named(holders, asked)
    misses = tuple((by_key[row.key], law.MISSES[why]) for row, why in answer.misses)
    return Answered(asked, tuple(holders), answer.doubtful, () if holders else misses)


def _named(holders: list[Holder], asked: law.Question) -> list[Holder]:
    """Say who held the post, or headed the unit, on the day."""
    bodies = {one.entry.pk: _body(one.entry, asked.territory) for one in holders}
    heads = org.heads([body for body in bodies.values() if body], asked.on)
    seats = org.seats([one.entry.post_id for one in holders if one.entry.post_id], asked.on)
    named = []
    for one in holders:
        seat = seats.get(one.entry.post_id or 0) or heads.get(bodies[one.entry.pk] or 0)
        named.append(replace(one, officer=seat.officer_name if seat else ""))
    return named


def _body(entry: Entry, territory: int | None) -> int | None:
    if entry.post_id:
        return None
    return entry.unit_id or (territory if entry.everywhere else None)


def post_of(code: str) -> Post:
    """Return a post by its code, with its unit. Raises: Invalid."""
    found = Post.objects.select_related("unit__parent").filter(code__iexact=code.strip()).first()
    if found is None:
        raise Invalid("post_unknown")
    return found


def may_sign(post: Post, asked: law.Question) -> Signing:
    """Return whether a post may sign (one query; more when it may not, for the reason and who may)."""
    own, as_deputy, asked = _signs_for(post, asked)
    found = standing(asked.matter, asked.territory, asked.on)
    verdict = law.may_sign([one.row for one in found], asked, own=own, as_deputy=as_deputy)
    if not verdict.allowed:
        found = of_line(asked.matter)
        verdict = law.may_sign([one.row for one in found], asked, own=own, as_deputy=as_deputy)
    by_key = {one.row.key: one for one in found}
    holders = () if verdict.allowed else ask(asked, named=True).holders
    return Signing(verdict, tuple(by_key[row.key] for row in verdict.rows), holders)


def _signs_for(post: Post, asked: law.Question) -> tuple[set[str], set[str], law.Question]:
    """Return the holders for whom a post signs, those whose head it may stand for, and the question at the post's own place."""
    unit, own, others = post.unit, {f"post:{post.pk}"}, set[str]()
    headed = {f"unit:{unit.pk}"}
    if unit.kind == "commune" and asked.territory in {None, unit.pk}:
        asked = replace(asked, territory=unit.pk)
        headed |= {"everywhere:communes", "everywhere:heads"}
    if post.kind in HEADS | DIVISION_HEADS:
        own |= headed
    elif post.kind in DEPUTIES:
        heads = Post.objects.filter(unit=unit, kind__in=HEADS).values_list("pk", flat=True)
        others = headed | {f"post:{head}" for head in heads}
    return own, others, asked


def territory_of(text: str, on: date) -> Unit | None:
    """Return the commune of a code or name on a day, None for an empty text. Raises: Invalid."""
    bare = text.strip()
    if not bare:
        return None
    rows = Unit.objects.filter(org.valid_on(on), kind="commune")
    found = rows.filter(code__iexact=bare).first() or rows.filter(name__iexact=bare).first()
    if found is None:
        raise Invalid("competence_territory_wrong", text=bare)
    return found
