"""The registry as people see it: ask, search, browse, one row with its history, what a form may choose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Q

from kycuong.core import amounts
from kycuong.core import competence as law
from kycuong.core.covers import DEPUTIES, DIVISION_HEADS, HEADS
from kycuong.core.errors import Fact, NotAllowed, NotVisible
from kycuong.models import Competence, Matter, Post, Unit
from kycuong.queries import org, scope
from kycuong.queries.competences import matters
from kycuong.queries.competences.asking import Answered, Signing, ask, may_sign, territory_of
from kycuong.queries.competences.matters import MatterRow
from kycuong.queries.competences.rows import Entry, below, entries

PAGE = 100
#: Posts of people who sign papers out of their body or division.
SIGNING = HEADS | DEPUTIES | DIVISION_HEADS


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody typed into the form that asks: a matter by code or words, a commune, an amount."""

    text: str = ""
    place: str = ""
    amount: str = ""


@dataclass(slots=True)
class AskPage:
    """The registry's main page: an answer when a matter was asked about, else the tree at a matter, with its rows.

    `signings` say of each post of the person whether it may sign; `said` is what is wrong with what was typed; `perhaps`
    are the matters that the words may mean.
    """

    asked: Asked
    on: date
    answer: Answered | None = None
    signings: list[tuple[str, Signing]] = field(default_factory=list)
    said: Fact | None = None
    perhaps: list[MatterRow] = field(default_factory=list)
    line: list[MatterRow] = field(default_factory=list)
    children: list[MatterRow] = field(default_factory=list)
    rows: list[Entry] = field(default_factory=list)
    next_place: int | None = None
    offered: list[MatterRow] = field(default_factory=list)
    communes: list[tuple[str, str]] = field(default_factory=list)
    may_write: bool = False
    empty: bool = False

    @property
    def matter(self) -> MatterRow | None:
        """Return the matter that is shown, None at the top of the tree."""
        return self.line[-1] if self.line else None

    @property
    def place_name(self) -> str:
        """Return the name of the commune that was asked about."""
        return dict(self.communes).get(self.asked.place, self.asked.place)


def to_write(who: scope.Actor) -> None:
    """Refuse whoever does not keep the registry. Raises: NotAllowed."""
    if not who.may("competence"):
        raise NotAllowed("competence_not_allowed")


def asked_page(who: scope.Actor, asked: Asked, on: date, *, at_matter: str = "", place: int = 0) -> AskPage:
    """Return the main page: the answer to what was asked, or what lies at a matter of the tree."""
    made = AskPage(asked, on, offered=matters.offered(), communes=communes_on(on), may_write=who.may("competence"))
    if any((asked.text, asked.place, asked.amount)):
        try:
            _answer(who, made)
        except Fact as wrong:
            made.said = wrong
    if made.answer is None and not made.perhaps:
        _browse(made, at_matter, place)
    return made


def _answer(who: scope.Actor, made: AskPage) -> None:
    typed = made.asked
    chosen, made.perhaps = matters.choose(typed.text)
    commune, amount = territory_of(typed.place, made.on), amounts.parse(typed.amount)
    if chosen is None:
        return
    question = law.Question(chosen.code, made.on, commune.pk if commune else None, amount)
    made.line = matters.line(chosen)
    made.answer = ask(question, named=True)
    posts = Post.objects.filter(pk__in=[hat.post_id for hat in who.hats if hat.kind in SIGNING])
    made.signings = [(org.place(post), may_sign(post, question)) for post in posts.select_related("unit__parent")]


def _browse(made: AskPage, at_matter: str, place: int) -> None:
    matter = matters.get(at_matter) if at_matter else None
    made.line = matters.line(matter) if matter else []
    made.children = matters.children(matter)
    made.empty = not matter and not made.children
    if matter:
        found = _of_matter(matter, made.on)
        made.rows = found[place : place + PAGE]
        made.next_place = place + PAGE if len(found) > place + PAGE else None


def _of_matter(matter: Matter, on: date) -> list[Entry]:
    """Return the rows of a matter itself: those that stand first, then to come, then ended."""
    order = {"in_force": 0, "coming": 1, "ended": 2, "void": 3}
    rows = entries(Competence.objects.filter(matter=matter).order_by("code", "-valid_from"))
    return sorted(rows, key=lambda row: order[row.state(on)])


def communes_on(on: date) -> list[tuple[str, str]]:
    """Return the communes of a day as a form offers them: code, name."""
    rows = Unit.objects.filter(org.valid_on(on), kind="commune").order_by("name")
    return list(rows.values_list("code", "name"))


def listed(*, on: date | None = None, matter: str = "", size: int | None = None) -> list[Entry]:
    """Return the rows within a matter, those that stand or are to come on a day, or all of every day; by matter and code."""
    rows = Competence.objects.order_by("matter__code", "code", "valid_from")
    if matter:
        rows = rows.filter(Q(matter__code=matter) | Q(matter__code__startswith=matter + law.DOT))
    if on:
        rows = rows.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=on))
    return entries(rows[:size] if size else rows)


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a row with who wrote and who ended it."""

    entry: Entry
    made_by: str
    made_at: object
    ended_by: str
    ended_at: object
    end_basis: str


@dataclass(frozen=True, slots=True)
class RowPage:
    """One row: its versions newest first, the chain from the row by law, what was passed on from it."""

    entry: Entry
    state: str
    line: list[MatterRow]
    chain: Sequence[Entry]
    passed_on: list[Entry]
    versions: list[Version]
    falls: int
    may_write: bool
    may_end: bool


def row_page(who: scope.Actor, public_id: UUID, on: date) -> RowPage:
    """Return a row with its history. Raises: NotVisible."""
    row = Competence.objects.select_related("matter").filter(public_id=public_id).first()
    if row is None:
        raise NotVisible("competence_not_visible")
    versions = _versions(row.code)
    entry = next(one.entry for one in versions if one.entry.pk == row.pk)
    under = below([row.pk])
    return RowPage(
        entry=entry,
        state=entry.state(on),
        line=matters.line(row.matter),
        chain=_chain(entry),
        passed_on=[one for one in under if one.source_id == row.pk],
        versions=versions,
        falls=sum(1 for one in under if one.state(on) in {"in_force", "coming"}),
        may_write=who.may("competence"),
        may_end=row.ended_at is None and entry.state(on) in {"in_force", "coming"},
    )


def _chain(entry: Entry) -> list[Entry]:
    found = [entry]
    while found[0].source_id is not None:
        found.insert(0, entries(Competence.objects.filter(pk=found[0].source_id))[0])
    return found


def _versions(code: str) -> list[Version]:
    rows = Competence.objects.filter(code__iexact=code).order_by("-valid_from", "-pk")
    words = {one.pk: one for one in entries(rows)}
    return [
        Version(
            words[row.pk], row.made_by.full_name, row.made_at, row.ended_by.full_name if row.ended_by else "",
            row.ended_at, row.end_basis,
        )
        for row in rows.select_related("made_by", "ended_by")
    ]  # fmt: skip


def holder_choices(on: date) -> list[tuple[str, str]]:
    """Return who can be a holder: every commune, units and the posts that lead or decide in them."""
    found = [(f"everywhere:{one.value}", f"{one.label} (mọi xã, phường)") for one in Competence.Everywhere if one.value]
    units = Unit.objects.filter(org.valid_on(on)).exclude(kind="district").order_by("kind", "name")
    found += [(f"unit:{unit.code}", unit.name) for unit in units]
    leading = Post.objects.filter(kind__in=SIGNING)
    rows = leading.select_related("unit__parent").order_by("unit__kind", "unit__name", "id")
    return found + [(f"post:{post.code}", org.place(post)) for post in rows]


@dataclass(frozen=True, slots=True)
class FormPage:
    """What the form of a row offers: the row it is about, the row that that one was passed on from, the choices."""

    entry: Entry | None
    source: UUID | None
    matters: list[MatterRow]
    holders: list[tuple[str, str]]
    communes: list[tuple[str, str]]
    falls: int = 0


def form_page(who: scope.Actor, public_id: UUID | None, on: date) -> FormPage:
    """Return what the form for a row offers, for a new one or one that stands. Raises: NotAllowed, NotVisible."""
    to_write(who)
    entry, source, falls = None, None, 0
    if public_id is not None:
        page = row_page(who, public_id, on)
        entry, falls = page.entry, page.falls
        source = page.chain[-2].public_id if len(page.chain) > 1 else None
    return FormPage(entry, source, matters.offered(2000), holder_choices(on), communes_on(on), falls)
