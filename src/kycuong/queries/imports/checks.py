"""What is wrong with the rows of a table of the organisation, seen together with what stands.

Doubles, unknown and circular references, periods that overlap.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kycuong.core.errors import Invalid
from kycuong.core.folding import words
from kycuong.core.imports import RELATION_OF, Table, parse_day
from kycuong.models import Duty
from kycuong.models.duties import Phase
from kycuong.queries.imports.plans import Plan, PlanRow
from kycuong.queries.imports.present import Present, code_of, key_of, label_of

FAR = date(9999, 12, 31)


def check(table: Table, rows: list[PlanRow], made: Plan, now: Present, on: date) -> None:
    """Give every row its key, fill in what follows from the others, and mark what cannot be taken."""
    for row in rows:
        _need(row, now)
        row.key = row.values["code"] if table.code != "officers" else _officer_key(row, now)
    _doubles(rows)
    if table.code == "units":
        _units(rows, now, on)
    elif table.code == "posts":
        _posts(rows, made, now)
    else:
        _officers(rows, made, now, on)


def _need(row: PlanRow, now: Present) -> None:
    first = row.table.columns[0].code
    known = row.values[first].casefold() in now.values[row.table.code]
    for column in row.table.columns:
        missing = column.needed and not row.values[column.code]
        if missing and (column.code == first or not known) and not _told(row, column.heading):
            row.wrong(column.code, Invalid("cell_missing", heading=column.heading))


def _told(row: PlanRow, heading: str) -> bool:
    return any(one == heading for one, _ in row.problems)


def _doubles(rows: list[PlanRow]) -> None:
    first: dict[str, PlanRow] = {}
    for row in rows:
        if not row.values[row.table.columns[0].code]:
            continue
        known = first.setdefault(row.key.casefold(), row)
        if known is not row:
            row.wrong(row.table.columns[0].code, Invalid("row_double", key=row.key, number=known.number))


def _units(rows: list[PlanRow], now: Present, on: date) -> None:
    stands = now.values["units"]
    by_code = {row.key.casefold(): row for row in rows if row.state != "error"}
    names = dict(now.unit_by_name) | {words(row.values["name"]): row.key for row in by_code.values()}
    for row in rows:
        _parent(row, by_code, stands, names)
        _unit_fields(row, stands.get(row.key.casefold()), on)
    _end_with_duties(rows, stands)
    _cycles(rows, by_code, stands)
    _fall_with_parent(rows, stands)


def _parent(
    row: PlanRow, by_code: Mapping[str, PlanRow], stands: Mapping[str, Mapping[str, str]], names: Mapping[str, str]
) -> None:
    text = row.values["parent"]
    if not text:
        root = stands.get(row.key.casefold(), {}).get("kind") or row.values["kind"]
        above = stands.get(row.key.casefold(), {}).get("parent")
        if not above and root != label_of("unit_kind", "province") and row.state != "error":
            row.wrong("parent", Invalid("cell_missing", heading=row.table.column("parent").heading))
        return
    code = text if text.casefold() in by_code or text.casefold() in stands else names.get(words(text), "")
    found = by_code.get(code.casefold())
    if not code:
        row.wrong("parent", Invalid("reference_unknown", text=text, noun="đơn vị"))
        return
    row.values["parent"] = found.key if found else str(stands[code.casefold()]["code"])


def _unit_fields(row: PlanRow, before: Mapping[str, str] | None, on: date) -> None:
    if row.state == "error":
        return
    division = label_of("unit_kind", "division")
    if before is None:
        kind = code_of("unit_kind", row.values["kind"])
        row.values["relation"] = row.values["relation"] or label_of(
            "unit_relation", RELATION_OF.get(kind, "subordinate")
        )
        row.values["valid_from"] = row.values["valid_from"] or f"{on:%d/%m/%Y}"
        row.values["short_name"] = row.values["short_name"] or row.values["name"][:80]
        row.values["oversees"] = row.values["oversees"] or "không"
    elif row.values["kind"] and (before["kind"] == division) != (row.values["kind"] == division):
        row.wrong("kind", Invalid("unit_kind_fixed", before=before["kind"], after=row.values["kind"]))
    _period(row, before)


def _period(row: PlanRow, before: Mapping[str, str] | None) -> None:
    stood = before or {}
    begin, end = (row.values[name] or stood.get(name, "") for name in ("valid_from", "valid_until"))
    if begin and end and parse_day(end) <= parse_day(begin):
        row.wrong("valid_until", Invalid("period_backwards", begin=begin, end=end))


def _end_with_duties(rows: list[PlanRow], stands: Mapping[str, Mapping[str, str]]) -> None:
    """A unit that still has duties is not ended by a table: who takes them over is decided by an act of its own."""
    ending = [
        row
        for row in rows
        if row.state != "error"
        and row.values["valid_until"]
        and row.values["valid_until"] != stands.get(row.key.casefold(), {}).get("valid_until")
    ]
    if not ending:
        return
    busy = Duty.objects.exclude(phase=Phase.CLOSED).filter(holder_unit__code__in=[row.key for row in ending])
    codes = set(busy.values_list("holder_unit__code", flat=True).distinct())
    for row in ending:
        if row.key in codes:
            row.wrong("valid_until", Invalid("unit_has_duties", unit=row.name or row.key))


def _cycles(rows: list[PlanRow], by_code: Mapping[str, PlanRow], stands: Mapping[str, Mapping[str, str]]) -> None:
    above = {code: str(row["parent"]).casefold() for code, row in stands.items()}
    above |= {code: row.values["parent"].casefold() for code, row in by_code.items() if row.values["parent"]}
    for row in rows:
        code, seen = row.key.casefold(), [row.key.casefold()]
        while (code := above.get(code, "")) and code not in seen:
            seen.append(code)
        if code == row.key.casefold() and row.state != "error":
            row.wrong("parent", Invalid("unit_cycle", chain=" → ".join([*seen, code]).upper()))


def _fall_with_parent(rows: list[PlanRow], stands: Mapping[str, Mapping[str, str]]) -> None:
    """Mark the units below a new unit that cannot be taken, level by level."""
    while True:
        bad = {row.key.casefold() for row in rows if row.state == "error"} - set(stands)
        hit = [row for row in rows if row.state != "error" and row.values["parent"].casefold() in bad]
        for row in hit:
            row.wrong("parent", Invalid("reference_wrong", text=row.values["parent"]))
        if not hit:
            return


def _posts(rows: list[PlanRow], made: Plan, now: Present) -> None:
    units = {code: str(row["code"]) for code, row in now.values["units"].items()}
    units |= {row.key.casefold(): row.key for row in made.rows if row.table.code == "units" and row.state != "error"}
    names = dict(now.unit_by_name)
    names |= {words(row.values["name"]): row.key for row in made.rows if row.table.code == "units"}
    for row in rows:
        text, before = row.values["unit"], now.values["posts"].get(row.key.casefold())
        if not text:
            continue
        code = units.get(text.casefold()) or units.get(names.get(words(text), "").casefold())
        if code is None:
            row.wrong("unit", Invalid("reference_unknown", text=text, noun="đơn vị"))
            continue
        row.values["unit"] = code
        if before and before["unit"] != code:
            row.wrong("unit", Invalid("post_unit_fixed", post=row.key, unit=before["unit"]))


def _officer_key(row: PlanRow, now: Present) -> str:
    key = key_of(row.values["login"], row.values["post"])
    before = now.values["officers"].get(key)
    ended, begins = (before or {}).get("valid_until"), row.values["valid_from"]
    if ended and begins and parse_day(begins) >= parse_day(ended):
        return f"{key} {begins}"  # comes back to a post held before: another appointment
    return key


def _officers(rows: list[PlanRow], made: Plan, now: Present, on: date) -> None:
    posts = {code: str(row["code"]) for code, row in now.values["posts"].items()}
    posts |= {row.key.casefold(): row.key for row in made.rows if row.table.code == "posts" and row.state != "error"}
    names: dict[str, str] = {}
    for row in rows:
        _officer_fields(row, posts, now, on)
        said = names.setdefault(row.values["login"].casefold(), row.values["full_name"])
        if row.state != "error" and row.values["full_name"] and said != row.values["full_name"]:
            row.wrong("full_name", Invalid("officer_two_names", login=row.values["login"], name=said))
    _overlaps(rows, now)


def _officer_fields(row: PlanRow, posts: Mapping[str, str], now: Present, on: date) -> None:
    before, text = now.values["officers"].get(row.key), row.values["post"]
    if not text:
        for name in ("valid_from", "valid_until", "decision"):
            if row.values[name]:
                row.wrong(name, Invalid("cell_missing", heading=row.table.column("post").heading))
        return
    if text.casefold() not in posts:
        row.wrong("post", Invalid("reference_unknown", text=text, noun="chức danh"))
        return
    row.values["post"] = posts[text.casefold()]
    if before is None:
        row.values["valid_from"] = row.values["valid_from"] or f"{on:%d/%m/%Y}"
    _period(row, before)


def _overlaps(rows: list[PlanRow], now: Present) -> None:
    """Two people never hold one post on the same day; what the file ends makes room for what it begins."""
    spans: dict[tuple[str, str, date], tuple[date, date | None]] = {
        (post.casefold(), login.casefold(), begin): (begin, end) for post, login, begin, end in now.holders
    }
    taken: dict[str, list[tuple[str, date, date, PlanRow | None]]] = {}
    good = [row for row in rows if row.state != "error" and row.values["post"]]
    for row in good:
        before = now.values["officers"].get(row.key)
        post, login = row.values["post"].casefold(), row.values["login"].casefold()
        if before and before.get("valid_from"):
            spans.pop((post, login, parse_day(before["valid_from"])), None)
    for (post, login, begin), (_, end) in spans.items():
        taken.setdefault(post, []).append((login, begin, end or FAR, None))
    for row in good:
        before = now.values["officers"].get(row.key) or {}
        begin = parse_day(row.values["valid_from"] or before["valid_from"])
        end_text = row.values["valid_until"] or before.get("valid_until", "")
        end = parse_day(end_text) if end_text else FAR
        post = row.values["post"].casefold()
        clash = next((one for one in taken.get(post, []) if one[1] < end and begin < one[2]), None)
        if clash:
            holder = clash[3].values["full_name"] if clash[3] else now.names.get(clash[0], clash[0])
            row.wrong(
                "post", Invalid("post_taken", post=row.values["post"], holder=holder, since=f"{clash[1]:%d/%m/%Y}")
            )
            continue
        taken.setdefault(post, []).append((row.values["login"].casefold(), begin, end, row))
