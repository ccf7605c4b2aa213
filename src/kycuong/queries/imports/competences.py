"""What a table of the registry would do, line by line: new, changed, ended, unchanged or refused; nothing is written.

Rows are never overwritten: another content under a known code must begin later than the one that stands, which it ends.
The registry as it would be afterwards is checked as a whole: circles, overlaps, what goes beyond its source.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from kycuong.core import amounts
from kycuong.core import competence as law
from kycuong.core.competence_table import COMPETENCES, EVERYWHERE, MATTERS, REGISTRY
from kycuong.core.errors import Invalid
from kycuong.core.folding import words
from kycuong.core.imports import day_or_none
from kycuong.models import Competence, Matter, Post, Unit
from kycuong.queries.competences.rows import Entry, entries, holder_key
from kycuong.queries.imports.organisation import read_tables
from kycuong.queries.imports.plans import Change, Plan, PlanRow
from kycuong.reader.sheets import Book

STATES: Final = ("new", "changed", "ended", "unchanged", "error")
CHOICES: Final = {
    "competence_kind": {words(label): label for label in law.KIND_WORDS.values()} | {
        words(kind.value): label for kind, label in law.KIND_WORDS.items()
    } | {"luat dinh": "Thẩm quyền luật định", "duoc phan cap": "Phân cấp", "duoc uy quyen": "Ủy quyền"},
    "competence_level": {words(label): label for label in law.LEVEL_WORDS.values()} | {
        "tinh": "Cấp tỉnh", "xa": "Cấp xã", "tw": "Trung ương",
    },
}  # fmt: skip
_YES: Final = "có"
KINDS: Final = {label: kind for kind, label in law.KIND_WORDS.items()}


@dataclass(frozen=True, slots=True)
class Target:
    """What a good line would write; keys of new rows are "line:N" by place in the plan, of rows that stand their own."""

    row: law.Row
    level: str
    unit: int | None
    post: int | None
    everywhere: str
    central: str
    ends: int | None = None


@dataclass(slots=True)
class RegistryPlan(Plan):
    """The plan of a registry: its `lines`, `targets` by place of those that would write a row, `ends` rows to be ended."""

    lines: list[PlanRow] = field(default_factory=list)
    targets: dict[int, Target] = field(default_factory=dict)
    ends: dict[int, date] = field(default_factory=dict)

    def counts(self) -> dict[str, int]:
        """Return how many lines stand in each state."""
        return {state: sum(row.state == state for row in self.rows) for state in STATES}


@dataclass(slots=True)
class _Present:
    """The registry and what its lines may name, by folded key."""

    versions: dict[str, list[Entry]]
    matters: dict[str, Matter]
    by_name: dict[str, str]
    units: dict[str, Unit]
    unit_names: dict[str, Unit]
    posts: dict[str, Post]


def plan_registry(book: Book) -> RegistryPlan:
    """Return what the tables of a book would do to the registry. Raises: Invalid when no sheet holds such a table."""
    made = RegistryPlan()
    read = read_tables(book, REGISTRY, CHOICES, made)
    now = _present()
    _matters([row for row in read if row.table is MATTERS], made, now)
    made.lines = [row for row in read if row.table is COMPETENCES]
    made.rows += made.lines
    _needed_and_doubles(made.lines, now)
    for place, row in sorted(enumerate(made.lines), key=_order):
        if row.state != "error":
            _place(place, row, made, now)
    _check_whole(made, now)
    return made


def _order(line: tuple[int, PlanRow]) -> tuple[date, int]:
    """Order lines by the day on which they begin; a day that cannot be read has been refused before."""
    place, row = line
    return (day_or_none(row.values["valid_from"]) or date.max) if row.state != "error" else date.max, place


def _present() -> _Present:
    versions: dict[str, list[Entry]] = defaultdict(list)
    for one in entries(Competence.objects.order_by("valid_from", "pk")):
        if not one.void:
            versions[one.code.casefold()].append(one)
    matters = {row.code.casefold(): row for row in Matter.objects.all()}
    units = list(Unit.objects.all())
    posts = Post.objects.select_related("unit__parent")
    return _Present(
        versions, matters, {words(row.name): row.code for row in matters.values()},
        {row.code.casefold(): row for row in units}, {words(row.name): row for row in units},
        {row.code.casefold(): row for row in posts},
    )  # fmt: skip


def _matters(rows: list[PlanRow], made: Plan, now: _Present) -> None:
    made.rows += rows
    for row in sorted(rows, key=lambda one: one.values["code"].count(law.DOT)):
        row.key = row.values["code"] = row.values["code"].upper()
        known = now.matters.get(row.key.casefold())
        stood = {"code": known.code, "name": known.name, "words": "; ".join(known.words)} if known else {}
        _need(row, bool(known))
        above = row.key.rpartition(law.DOT)[0]
        if row.state != "error" and above and above.casefold() not in now.matters:
            row.wrong("code", Invalid("matter_above_unknown", key=above))
        if row.state != "error" and row.key.count(law.DOT) >= law.DEEPEST:
            row.wrong("code", Invalid("matter_code_wrong", key=row.key))
        if row.state == "error":
            continue
        _compare(row, stood, ("code", "name", "words"))
        row.state = "new" if not known else "changed" if row.changes else "unchanged"
        if not known:
            now.matters[row.key.casefold()] = Matter(code=row.key, name=row.values["name"])
            now.by_name.setdefault(words(row.values["name"]), row.key)


def _need(row: PlanRow, known: bool) -> None:
    first = row.table.columns[0].code
    for column in row.table.columns:
        missing = column.needed and not row.values[column.code] and (column.code == first or not known)
        if missing and not any(heading == column.heading for heading, _ in row.problems):
            row.wrong(column.code, Invalid("cell_missing", heading=column.heading))


def _compare(row: PlanRow, stood: Mapping[str, str], columns: tuple[str, ...]) -> None:
    for code in columns:
        after, before = row.values[code], stood.get(code, "")
        if after and after != before:
            row.changes.append(Change(code, row.table.column(code).heading, before, after))


def _needed_and_doubles(rows: list[PlanRow], now: _Present) -> None:
    first: dict[tuple[str, str], PlanRow] = {}
    for row in rows:
        row.key = row.values["code"].casefold()
        _need(row, row.key in now.versions)
        if not row.key:
            continue
        same = first.setdefault((row.key, row.values["valid_from"]), row)
        if same is not row:
            row.wrong("code", Invalid("row_double", key=row.values["code"], number=same.number))


def written(one: Entry) -> dict[str, str]:
    """Return a row of the registry as the cells of its table: what is exported is what is compared."""
    return {
        "code": one.code, "matter": one.matter, "level": one.level_label,
        "holder": one.post_code or one.unit_code or one.holder, "place": one.place,
        "above": amounts.written(one.above_vnd) if one.above_vnd else "",
        "ceiling": amounts.written(one.ceiling_vnd) if one.ceiling_vnd is not None else "",
        "kind": one.kind_label, "source": one.source_code or "", "may_pass_on": "có" if one.may_pass_on else "không",
        "basis": one.basis, "valid_from": f"{one.valid_from:%d/%m/%Y}",
        "valid_until": f"{one.valid_until:%d/%m/%Y}" if one.valid_until else "",
    }  # fmt: skip


def _place(place: int, row: PlanRow, made: RegistryPlan, now: _Present) -> None:
    """Find what a line is to the registry, and what it would write."""
    versions = now.versions.get(row.key, [])
    latest = versions[-1] if versions else None
    from_day = day_or_none(row.values["valid_from"])
    same = next((one for one in versions if one.valid_from == from_day), None) if from_day else latest
    try:
        target = _target(place, row, same or latest, now)
    except Invalid as wrong:
        row.wrong(wrong.values.pop("column", "code"), wrong)  # type: ignore[arg-type]
        return
    if same is not None:
        _against(row, same, target, made)
    elif latest is not None and target.row.valid_from <= latest.valid_from:
        row.wrong("valid_from", Invalid("competence_replace_day", first=f"{latest.valid_from:%d/%m/%Y}"))
    else:
        _begin(place, latest, target, made)


def _against(row: PlanRow, same: Entry, target: Target, made: RegistryPlan) -> None:
    """Compare a line with the version that began on the same day: nothing, an end, or a refusal."""
    stood = replace(same.row, source=_source(same.source_code or ""))
    wanted = target.row
    differs = replace(wanted, key=stood.key, valid_until=stood.valid_until, basis=stood.basis) != stood
    if differs or (row.values["basis"] and wanted.basis != stood.basis):
        row.wrong("valid_from", Invalid("competence_changed_same_day", first=f"{stood.valid_from:%d/%m/%Y}"))
        return
    row.state, until = "unchanged", wanted.valid_until
    if until is None or until == stood.valid_until:
        return
    if stood.valid_until is not None and until > stood.valid_until:
        row.wrong("valid_until", Invalid("competence_end_later", key=same.code, on=f"{stood.valid_until:%d/%m/%Y}"))
        return
    row.state = "ended"
    before = f"{stood.valid_until:%d/%m/%Y}" if stood.valid_until else ""
    row.changes.append(Change("valid_until", row.table.column("valid_until").heading, before, f"{until:%d/%m/%Y}"))
    made.ends[same.pk] = until


def _begin(place: int, latest: Entry | None, target: Target, made: RegistryPlan) -> None:
    """Note a new row, or a new content that ends the one before it."""
    row = made.lines[place]
    if latest is not None and latest.pk in made.ends:
        row.wrong("code", Invalid("competence_version_double", key=latest.code))
        return
    columns = tuple(column.code for column in row.table.columns)
    _compare(row, {} if latest is None else written(latest), columns)
    row.state = "changed" if latest is not None else "new"
    begins = target.row.valid_from
    if latest is not None and (latest.valid_until is None or latest.valid_until > begins):
        made.ends[latest.pk] = begins
        target = replace(target, ends=latest.pk)
    made.targets[place] = target


def _target(place: int, row: PlanRow, like: Entry | None, now: _Present) -> Target:
    """Return what a line says, empty cells as they stand in the version before it. Raises: Invalid."""
    given = row.values
    holder = _holder(given, like, now)
    matter = _matter(given["matter"], like, now)
    territory = holder.territory or _territory(given["place"], like, now)
    kind = KINDS[given["kind"]] if given["kind"] else law.Kind(like.kind) if like else law.Kind.OWN
    valid_from = day_or_none(given["valid_from"]) or (like.valid_from if like else None)
    assert valid_from is not None  # a needed column
    above = amounts.parse(given["above"]) if given["above"] else like.above_vnd if like else None
    ceiling = amounts.parse(given["ceiling"]) if given["ceiling"] else like.ceiling_vnd if like else None
    until = day_or_none(given["valid_until"])
    stood = like.source_code if like and kind is not law.Kind.OWN else ""
    if until is not None and until < valid_from:
        raise Invalid("competence_days_wrong", column="valid_until")
    if ceiling is not None and above is not None and ceiling <= above:
        raise Invalid("competence_band_wrong", column="ceiling")
    onward = given["may_pass_on"] == _YES if given["may_pass_on"] else bool(like and like.may_pass_on)
    made = law.Row(
        f"line:{place}", matter, holder.key, kind, territory, above, ceiling, valid_from, until,
        _source(given["source"] or stood or ""), onward, given["basis"] or (like.basis if like else ""),
    )  # fmt: skip
    return Target(made, holder.level, holder.unit, holder.post, holder.everywhere, holder.central)


@dataclass(frozen=True, slots=True)
class _Held:
    key: str
    level: str
    unit: int | None = None
    post: int | None = None
    everywhere: str = ""
    central: str = ""
    territory: int | None = None


def _holder(given: Mapping[str, str], like: Entry | None, now: _Present) -> _Held:
    text = given["holder"]
    if not text and like is not None:
        inside = like.territory_id if like.level == law.Level.COMMUNE and like.unit_id else None
        return _Held(
            like.row.holder, like.level, like.unit_id, like.post_id, like.everywhere, like.central, inside
        )  # fmt: skip
    everywhere = EVERYWHERE.get(words(text), "")
    if everywhere:
        return _Held(holder_key(None, None, everywhere, ""), law.Level.COMMUNE, everywhere=everywhere)
    if given["level"] == law.LEVEL_WORDS[law.Level.CENTRAL]:
        return _Held(holder_key(None, None, "", text), law.Level.CENTRAL, central=text)
    post = now.posts.get(text.casefold())
    unit = post.unit if post else now.units.get(text.casefold()) or now.unit_names.get(words(text))
    if unit is None:
        raise Invalid("reference_unknown", text=text, noun="đơn vị, chức danh", column="holder")
    body = unit.parent if unit.kind == "division" and unit.parent else unit
    commune = body.kind == "commune"
    level = law.Level.COMMUNE if commune else law.Level.PROVINCE
    key = holder_key(post.pk if post else None, unit.pk, "", "")
    return _Held(key, level, unit.pk, post.pk if post else None, territory=body.pk if commune else None)


def _matter(text: str, like: Entry | None, now: _Present) -> str:
    if not text and like is not None:
        return like.matter
    bare = text.partition(" · ")[0].strip()
    code = bare.upper() if bare.casefold() in now.matters else now.by_name.get(words(text), "")
    if not code:
        raise Invalid("matter_unknown", text=text[:80], column="matter")
    return now.matters[code.casefold()].code


def _territory(text: str, like: Entry | None, now: _Present) -> int | None:
    if not text:
        return like.territory_id if like else None
    if words(text) == "toan tinh":
        return None
    found = now.units.get(text.casefold()) or now.unit_names.get(words(text))
    if found is None or found.kind != "commune":
        raise Invalid("competence_territory_wrong", text=text[:80], column="place")
    return found.pk


def _source(code: str) -> str | None:
    """Return the source of a line for now; which version of it is meant is known when every line has been read."""
    return f"code:{code.casefold()}" if code else None


def _check_whole(made: RegistryPlan, now: _Present) -> None:
    """Check the registry as it would be, and mark the lines that make it wrong; what falls with them is marked too."""
    while True:
        rows, codes, blame = _whole(made, now)
        faults = [one for one in law.faults(rows) if one.key in blame or one.other in blame]
        wrong = {one.key: one for one in reversed(faults)}  # of each row the first thing that is wrong
        if not wrong:
            _settle_sources(made, rows)
            return
        for fault in wrong.values():
            number = blame[fault.key] if fault.key in blame else blame[fault.other]
            said = {"key": codes.get(fault.key, ""), "other": codes.get(fault.other, fault.other.removeprefix("code:"))}
            made.lines[number].wrong("code", Invalid(fault.code, **said))
            target = made.targets.pop(number, None)
            ended = [key for key in made.ends if blame.get(str(key)) == number]
            for key in ended if target is None or target.ends else []:
                made.ends.pop(key)


def _whole(made: RegistryPlan, now: _Present) -> tuple[list[law.Row], dict[str, str], dict[str, int]]:
    """Return the rows as they would be, the code of each, and which line would have made or changed it."""
    blame = {f"line:{number}": number for number in made.targets}
    by_pk = {str(one.pk): one for rows in now.versions.values() for one in rows}
    for number, row in enumerate(made.lines):
        if row.state == "ended":
            blame |= {str(one.pk): number for one in now.versions[row.key] if one.pk in made.ends}
    blame |= {str(target.ends): number for number, target in made.targets.items() if target.ends}
    codes = {key: one.code for key, one in by_pk.items()}
    codes |= {f"line:{number}": made.lines[number].values["code"] for number in made.targets}
    standing = [
        replace(one.row, valid_until=made.ends[one.pk]) if one.pk in made.ends else one.row for one in by_pk.values()
    ]
    fresh = [made.targets[number].row for number in sorted(made.targets)]
    by_code: dict[str, list[law.Row]] = defaultdict(list)
    for one in [*standing, *fresh]:
        by_code[codes[one.key].casefold()].append(one)
    return [*standing, *(_sourced(one, by_code) for one in fresh)], codes, blame


def _sourced(row: law.Row, by_code: Mapping[str, list[law.Row]]) -> law.Row:
    """Return a new row with the version of its source that stands when it begins; it ends with it."""
    if row.source is None:
        return row
    for above in by_code.get(row.source.removeprefix("code:"), []):
        if above.valid_from <= row.valid_from and (above.valid_until is None or row.valid_from < above.valid_until):
            return replace(row, source=above.key, valid_until=row.valid_until or above.valid_until)
    return row


def _settle_sources(made: RegistryPlan, rows: list[law.Row]) -> None:
    settled = {row.key: row for row in rows}
    for number, target in made.targets.items():
        made.targets[number] = replace(target, row=settled[f"line:{number}"])
