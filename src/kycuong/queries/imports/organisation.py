"""What a table of units, posts and officers would change: new, changed, unchanged or wrong, row by row; nothing is written.

The same words in which the organisation is exported are those in which it is compared, so that an export taken in
again changes nothing. A missing row changes nothing; an empty cell keeps what is there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from kycuong.core.errors import Invalid
from kycuong.core.imports import ORGANISATION, Table, clean, find_headings
from kycuong.queries.imports.checks import check
from kycuong.queries.imports.plans import Change, Plan, PlanRow
from kycuong.queries.imports.present import choices, present
from kycuong.reader.sheets import Book, Sheet


def plan(book: Book, on: date) -> Plan:
    """Return what the tables of a book would change on a day. Raises: Invalid when no sheet holds such a table."""
    made, now, sets = Plan(), present(), choices()
    read = read_tables(book, ORGANISATION, sets, made)
    for table in ORGANISATION:  # units before the posts in them, posts before who holds them
        rows = [row for row in read if row.table is table]
        made.rows += rows
        check(table, rows, made, now, on)
        for row in rows:
            _compare(row, now.values[table.code].get(row.key.casefold()))
    return made


def read_tables(
    book: Book, tables: Sequence[Table], sets: Mapping[str, Mapping[str, str]], made: Plan
) -> list[PlanRow]:
    """Return the rows of those sheets of a book that hold one of some tables, their cells cleaned.

    `sets` has for each set of choices the label by folded name. Raises: Invalid when no sheet holds such a table.
    """
    found = [row for sheet in book.sheets for row in _rows(sheet, tables, sets, made)]
    if not found:
        raise Invalid("import_no_table")
    return found


def _rows(sheet: Sheet, known: Sequence[Table], sets: Mapping[str, Mapping[str, str]], made: Plan) -> Iterator[PlanRow]:
    lines = [(line.number, line.cells) for line in sheet.lines]
    found = [(table, find_headings(table, lines)) for table in known]
    tables = [(len(where.places) + (table.title == sheet.title), table, where) for table, where in found if where]
    if not tables:
        made.notes.append((sheet.title, Invalid("import_sheet_skipped", sheet=sheet.title)))
        return
    _, table, where = max(tables, key=lambda one: one[0])
    assert where is not None
    for line in sheet.lines:
        if line.number <= where.line:
            continue
        cells = {code: line.cells[place] if place < len(line.cells) else "" for code, place in where.places.items()}
        if not any(cells.values()) or cells == {column.code: column.heading for column in table.columns}:
            continue
        yield _row(table, sheet, line.number, cells, where.places, sets)


def _row(
    table: Table, sheet: Sheet, number: int, cells: Mapping[str, str], places: Mapping[str, int],
    sets: Mapping[str, Mapping[str, str]],
) -> PlanRow:  # fmt: skip
    row = PlanRow(table, sheet.title, number, "", {})
    for column in table.columns:
        text = cells.get(column.code, "")
        row.values[column.code] = ""
        if column.code in places and (number, places[column.code] + 1) in sheet.unsaved:
            row.wrong(column.code, Invalid("cell_formula"))
            continue
        try:
            row.values[column.code] = clean(column, text, sets)
        except Invalid as fact:
            row.wrong(column.code, fact)
    return row


def _compare(row: PlanRow, before: Mapping[str, str] | None) -> None:
    if row.state == "error":
        return
    for column in row.table.columns:
        after, stood = row.values[column.code], (before or {}).get(column.code, "")
        if column.holds == "names":
            after = _joined(stood, after)
        if after and after != stood:
            row.changes.append(Change(column.code, column.heading, stood, after))
    row.state = "new" if before is None else "changed" if row.changes else "unchanged"


def _joined(stood: str, after: str) -> str:
    """Return the names that stand with those that come to them: an import takes no name away."""
    return "; ".join(dict.fromkeys([*stood.split("; "), *after.split("; ")])).strip("; ")
