"""What a table of running tasks would open: units found by their names, documents found by number, dates checked, doubles known."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from rapidfuzz import fuzz, process

from kycuong.core.errors import Invalid
from kycuong.core.folding import words
from kycuong.core.imports import clean, find_headings, parse_day
from kycuong.core.takeovers import DONE, RUNNING, STATES, TASKS, key_of, parts_of, secrecy_mark
from kycuong.models import Document, ImportRow
from kycuong.queries.addressees import CHARGEABLE, Directory, directory
from kycuong.reader import Secret
from kycuong.reader.sheets import Book, Sheet

SKIP = "skip"
#: Similarity, of 100, from which a unit is proposed for a name that nobody bears.
LIKE = 60
PROPOSED = 5


@dataclass(slots=True)
class TaskRow:
    """One row of the table; problems are (heading, fact); `unit_id` and `document_id` what its names stand for."""

    number: int
    values: dict[str, str]
    key: str = ""
    state: str = "new"
    problems: list[tuple[str, Invalid]] = field(default_factory=list)
    unit_id: int | None = None
    participants: list[int] = field(default_factory=list)
    document_id: int | None = None

    def wrong(self, column: str, fact: Invalid, state: str = "error") -> None:
        """Note that a cell cannot be taken, or is doubtful."""
        self.state = state if self.state != "error" else "error"
        self.problems.append((TASKS.column(column).heading, fact))


@dataclass(frozen=True, slots=True)
class DoubtName:
    """A name of a lead that stands for no unit with certainty: how many rows bear it, what it may mean, what was chosen."""

    printed: str
    count: int
    proposed: list[tuple[int, str]]
    chosen: str


def read_tasks(book: Book) -> list[TaskRow]:
    """Return the rows of the tables of tasks in a book, each cell cleaned. Raises: Invalid, Secret."""
    rows = [row for sheet in book.sheets for row in _of_sheet(sheet)]
    if not rows:
        raise Invalid("take_over_no_table")
    for row in rows:
        mark = secrecy_mark(row.values)
        if mark:
            raise Secret("secret", Invalid("take_over_secret", number=row.number, mark=mark).message)
    return rows


def _of_sheet(sheet: Sheet) -> Iterator[TaskRow]:
    where = find_headings(TASKS, [(line.number, line.cells) for line in sheet.lines])
    if where is None:
        return
    for line in sheet.lines:
        if line.number <= where.line:
            continue
        cells = {code: line.cells[place] if place < len(line.cells) else "" for code, place in where.places.items()}
        if not (cells.get("text") or cells.get("lead")):
            continue  # a line of numbers below the headings, a total, a signature
        row = TaskRow(line.number, {})
        for column in TASKS.columns:
            text = cells.get(column.code, "")
            row.values[column.code] = ""
            try:
                if column.code in where.places and (line.number, where.places[column.code] + 1) in sheet.unsaved:
                    raise Invalid("cell_formula")
                row.values[column.code] = clean(column, text, {"task_state": STATES})
            except Invalid as fact:
                row.wrong(column.code, fact)
        yield row


def judge(rows: Sequence[TaskRow], source: str, on: date, choices: Mapping[str, str]) -> None:
    """Say of each row whether it is new, known, doubtful or wrong, and what its names stand for (a few queries)."""
    names = directory(on)
    units = {text: _unit(names, text, choices) for text in {row.values["lead"] for row in rows}}
    others = {
        name: _unit(names, name, choices) for row in rows for name in row.values["participants"].split("; ") if name
    }
    for row in rows:
        row.key = key_of(source, row.values)
        _check_dates(row, on)
        _check_lead(row, units.get(row.values["lead"]))
        found = (others.get(name) for name in row.values["participants"].split("; "))
        row.participants = [unit for unit in dict.fromkeys(found) if isinstance(unit, int) and unit != row.unit_id]
    _doubles(rows)
    _documents(rows)


def _unit(names: Directory, printed: str, choices: Mapping[str, str]) -> int | str | None:
    """Return the unit that a name stands for with certainty or by choice, SKIP when it is to be left out, else None."""
    chosen = choices.get(words(printed), "")
    if chosen:
        return SKIP if chosen == SKIP else int(chosen)
    found = names.resolve(printed) if printed else []
    sure = [one.unit_id for one in found if one.unit_id is not None and one.confidence >= 1.0]
    return sure[0] if len(sure) == 1 else None


def _check_lead(row: TaskRow, unit: int | str | None) -> None:
    text = row.values["lead"]
    if not text:
        row.wrong("lead", Invalid("cell_missing", heading=TASKS.column("lead").heading))
    elif unit == SKIP:
        row.wrong("lead", Invalid("take_over_lead_skipped", text=text))
    elif isinstance(unit, int):
        row.unit_id = unit
    else:
        row.wrong("lead", Invalid("take_over_lead_doubt", text=text), "doubt")
    if not row.values["text"]:
        row.wrong("text", Invalid("cell_missing", heading=TASKS.column("text").heading))


def _check_dates(row: TaskRow, on: date) -> None:
    given = {name: _day(row, name) for name in ("issued_on", "original_due", "extended_due", "given_on", "done_on")}
    state = row.values["state"] = row.values["state"] or (DONE if given["done_on"] else RUNNING)
    begun = given["given_on"] or given["issued_on"]
    if begun is None:
        row.wrong("given_on", Invalid("take_over_given_missing"))
    if state != RUNNING and given["done_on"] is None:
        row.wrong("done_on", Invalid("take_over_done_missing", state=state))
    for name in ("issued_on", "given_on", "done_on"):
        if (day := given[name]) and day > on:
            row.wrong(name, Invalid("take_over_future", text=row.values[name]))
    if given["issued_on"] and given["original_due"] and given["original_due"] < given["issued_on"]:
        row.wrong(
            "original_due",
            Invalid("take_over_before_document", text=row.values["original_due"], document=row.values["issued_on"]),
        )
    if begun and given["done_on"] and given["done_on"] < begun:
        row.wrong("done_on", Invalid("take_over_done_before", text=row.values["done_on"], given=f"{begun:%d/%m/%Y}"))
    _check_extension(row, given["original_due"], given["extended_due"])


def _check_extension(row: TaskRow, original: date | None, extended: date | None) -> None:
    if extended and original is None:
        row.wrong("original_due", Invalid("take_over_original_missing"))
    elif extended and original and extended == original and row.values["extensions"] in {"", "0"}:
        row.values["extended_due"] = ""  # old systems repeat the date when nothing was extended
    elif extended and original and extended <= original:
        row.wrong(
            "extended_due",
            Invalid("take_over_extension_early", text=row.values["extended_due"], original=row.values["original_due"]),
        )
    elif not extended and row.values["extensions"] not in {"", "0"}:
        row.wrong("extended_due", Invalid("take_over_extended_missing"))


def _day(row: TaskRow, name: str) -> date | None:
    return parse_day(row.values[name]) if row.values[name] else None


def _doubles(rows: Sequence[TaskRow]) -> None:
    """Mark rows that came before, here or in another file."""
    done = known_keys(row.key for row in rows)
    first: dict[str, int] = {}
    for row in rows:
        if row.key in first:
            label = row.values["old_code"] or row.values["text"][:60]
            row.wrong("old_code", Invalid("row_double", key=label, number=first[row.key]))
            continue
        first[row.key] = row.number
        if row.key in done and row.state != "error":
            row.state, row.problems = "known", []


def known_keys(keys: Iterable[str]) -> set[str]:
    """Return which of the keys have been taken over already."""
    wanted, found = list(keys), set()
    for start in range(0, len(wanted), 500):
        rows = ImportRow.objects.filter(state=ImportRow.State.DONE, key__in=wanted[start : start + 500])
        found |= set(rows.values_list("key", flat=True))
    return found


def _documents(rows: Sequence[TaskRow]) -> None:
    numbers = {parts_of(row.values["code"])[0] for row in rows if row.values["code"]}
    known: dict[tuple[str, str, int | None], list[Document]] = defaultdict(list)
    wanted = sorted(numbers - {""})
    for start in range(0, len(wanted), 500):
        for one in Document.objects.filter(number__in=wanted[start : start + 500]).only(
            "number", "symbol", "issued_year", "issuer_folded"
        ):
            known[one.number, one.symbol.upper(), one.issued_year].append(one)
    for row in rows:
        number, symbol = parts_of(row.values["code"])
        day = _day(row, "issued_on")
        found = known.get((number, symbol.upper(), day.year if day else None), []) if number else []
        issuer = words(row.values["issuer"])
        same = [one for one in found if not issuer or one.issuer_folded == issuer]
        row.document_id = (same or found)[0].pk if len(same or found) == 1 else None


def doubts(rows: Iterable[ImportRow], on: date, choices: Mapping[str, str]) -> list[DoubtName]:
    """Return the names of leads that a person must decide, most frequent first."""
    names = directory(on)
    counted = Counter(row.values["lead"] for row in rows)
    return [
        DoubtName(printed, count, proposed(names, printed), choices.get(words(printed), ""))
        for printed, count in counted.most_common()
        if printed
    ]


def proposed(names: Directory, printed: str) -> list[tuple[int, str]]:
    """Return the units whose names are most like a printed one."""
    like = process.extract(words(printed), names.by_words.keys(), scorer=fuzz.WRatio, limit=20, score_cutoff=LIKE)
    units = dict.fromkeys(names.by_words[name] for name, _, _ in like)
    return [(unit, names.names[unit]) for unit in list(units)[:PROPOSED]]


def all_units(on: date) -> list[tuple[int, str]]:
    """Return every unit that can be charged, by name."""
    names = directory(on)
    return sorted(
        ((pk, name) for pk, name in names.names.items() if names.kinds[pk] in CHARGEABLE), key=lambda one: one[1]
    )
