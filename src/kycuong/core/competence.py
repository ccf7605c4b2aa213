"""Competence: who decides a matter at a place, up to an amount, on a day; and what a registry of it may not contain.

A special rule goes before a general one (the deepest matter that somebody holds by law), and what was passed on (phân cấp,
ủy quyền) is the receiver's while the whole chain above it is in force and covers the question.

Basis: Luật Tổ chức chính quyền địa phương 72/2025/QH15 (phân định thẩm quyền, phân cấp, ủy quyền); clauses 0.5, 3.9, 4.1.4 of
the source documents. That an authority received may be passed on again is data of each row, unverified by default.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations
from typing import Final

from kycuong.core.sentences import Sentence

BASIS: Final = (
    "Luật Tổ chức chính quyền địa phương 72/2025/QH15: phân định thẩm quyền, phân cấp, ủy quyền (chưa đối chiếu)"
)
SIGNING_BASIS: Final = "NĐ 30/2020/NĐ-CP, Điều 13: ký ban hành văn bản (chưa đối chiếu)"
#: Parts of a matter's key: "DD.02.01" lies within "DD.02", which lies within "DD".
DOT: Final = "."
#: The matter below which rulings of arbiters stand that name a new matter.
RULINGS: Final = "PX"
RULINGS_NAME: Final = "Kết luận phân xử thẩm quyền"
DEEPEST: Final = 6
#: What a giver of this kind itself decides is prepared by whom it charges: the registry names nobody else for that.
GIVER: Final = "province"


class Kind(StrEnum):
    """How a competence came to its holder."""

    OWN = "own"
    DEVOLVED = "devolved"
    DELEGATED = "delegated"


class Level(StrEnum):
    """At which level of the State the holder stands; two levels of local government since 1/7/2025."""

    CENTRAL = "central"
    PROVINCE = "province"
    COMMUNE = "commune"


KIND_WORDS: Final = {Kind.OWN: "Thẩm quyền luật định", Kind.DEVOLVED: "Phân cấp", Kind.DELEGATED: "Ủy quyền"}
LEVEL_WORDS: Final = {Level.CENTRAL: "Trung ương", Level.PROVINCE: "Cấp tỉnh", Level.COMMUNE: "Cấp xã"}

#: Why a row does not answer a question.
MISSES: Final = {
    "not_yet": "chưa có hiệu lực vào ngày hỏi",
    "ended": "đã hết hiệu lực vào ngày hỏi",
    "territory": "chỉ áp dụng ở địa bàn khác",
    "over": "giá trị vượt mức được quyết định",
    "under": "giá trị dưới mức thuộc thẩm quyền này",
    "source": "dòng giao lại không còn hiệu lực hoặc không bao gồm việc này",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the registry; amounts in đồng, over `above_vnd` and up to `ceiling_vnd`; `valid_until` is excluded.

    `holder` is a key of who holds it, `source` the key of the row from which it was passed on. No territory: everywhere.
    """

    key: str
    matter: str
    holder: str
    kind: Kind = Kind.OWN
    territory: int | None = None
    above_vnd: int | None = None
    ceiling_vnd: int | None = None
    valid_from: date = date(2025, 7, 1)
    valid_until: date | None = None
    source: str | None = None
    may_pass_on: bool = True
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """Who decides this matter at this place, of this amount in đồng, on this day; None where nothing is said."""

    matter: str
    on: date
    territory: int | None = None
    amount_vnd: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A competent holder: its row and the chain from the row by law down to it."""

    row: Row
    chain: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """Who is competent; several with `doubtful` when two hold the same thing, else they divide it by amount.

    `misses` are the rows of the matter that do not answer, each with a code of MISSES.
    """

    found: tuple[Found, ...]
    doubtful: bool
    misses: tuple[tuple[Row, str], ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a post may sign: a code of VERDICTS, and the rows on which that rests."""

    code: str
    rows: tuple[Row, ...] = ()

    @property
    def allowed(self) -> bool:
        """Return whether the signature would be within the competence."""
        return self.code in {"signs", "signs_for"}

    @property
    def said(self) -> str:
        """Return the verdict as a sentence."""
        return Sentence(VERDICTS[self.code])


VERDICTS: Final = {
    "signs": "Được ký: đúng thẩm quyền.",
    "signs_for": "Được ký thay (KT.) người đứng đầu khi được phân công phụ trách lĩnh vực này.",
    "passed_on": "Chưa ký được: thẩm quyền này đã giao lại cho nơi khác và văn bản giao còn hiệu lực.",
    "over": "Không được ký: giá trị vượt mức mà chức danh này được quyết định. Trình cấp có thẩm quyền.",
    "under": "Không được ký: giá trị nằm dưới mức thuộc thẩm quyền của chức danh này.",
    "territory": "Không được ký: việc nằm ngoài địa bàn được giao.",
    "not_yet": "Không được ký: văn bản giao thẩm quyền chưa có hiệu lực vào ngày này.",
    "ended": "Không được ký: thẩm quyền này đã hết hiệu lực vào ngày này.",
    "source": "Không được ký: thẩm quyền gốc đã hết hiệu lực hoặc không bao gồm việc này.",
    "not_competent": "Không được ký: việc thuộc thẩm quyền của nơi khác.",
    "nobody": "Chưa kết luận được: sổ thẩm quyền chưa có dòng nào cho vấn đề này.",
}


def within(matter: str, above: str) -> bool:
    """Return whether a matter is another one or lies within it."""
    return matter == above or matter.startswith(above + DOT)


def ancestors(matter: str) -> tuple[str, ...]:
    """Return the keys of a matter and of all above it, the widest first."""
    parts = matter.split(DOT)
    return tuple(DOT.join(parts[:n]) for n in range(1, len(parts) + 1))


def miss(row: Row, asked: Question) -> str:
    """Return why a row by itself does not answer a question, "" when it does."""
    if asked.on < row.valid_from:
        return "not_yet"
    if row.valid_until is not None and asked.on >= row.valid_until:
        return "ended"
    if row.territory is not None and row.territory != asked.territory:
        return "territory"
    if asked.amount_vnd is not None and row.ceiling_vnd is not None and asked.amount_vnd > row.ceiling_vnd:
        return "over"
    if asked.amount_vnd is not None and row.above_vnd is not None and asked.amount_vnd <= row.above_vnd:
        return "under"
    return ""


def chain(row: Row, by_key: Mapping[str, Row]) -> tuple[Row, ...]:
    """Return the rows from the one by law down to this; empty when a row is missing or the chain runs in a circle."""
    found = [row]
    while found[0].source is not None:
        above = by_key.get(found[0].source)
        if above is None or above in found:
            return ()
        found.insert(0, above)
    return tuple(found)


def who(rows: Iterable[Row], asked: Question) -> Answer:
    """Return who is competent, from the rows of the matter and of all matters above it.

    Basis: special before general; what was passed on is the receiver's while its source stands.
    """
    known = [row for row in rows if within(asked.matter, row.matter)]
    by_key = {row.key: row for row in known}
    misses = {row.key: miss(row, asked) for row in known}
    standing: dict[str, tuple[Row, ...]] = {}
    for row in known:
        line = chain(row, by_key)
        if line and not any(misses[one.key] for one in line):
            standing[row.key] = line
        elif not misses[row.key]:
            misses[row.key] = "source"
    deepest = max((len(line[0].matter) for line in standing.values()), default=0)
    lines = [line for line in standing.values() if len(line[0].matter) == deepest]
    found = tuple(Found(line[-1], line) for line in lines if _keeps(line, lines, asked))
    doubtful = any(_same_thing(one, other) for one, other in combinations(found, 2))
    return Answer(found, doubtful, tuple((row, misses[row.key]) for row in known if misses[row.key]))


def _keeps(line: tuple[Row, ...], lines: Sequence[tuple[Row, ...]], asked: Question) -> bool:
    """Return whether the last of a line still decides: nobody below it has taken over all that is asked about."""
    below = [other[-1] for other in lines if len(other) == len(line) + 1 and other[:-1] == line]
    if asked.amount_vnd is not None:
        return not below
    return not any(_holds_band(child, line[-1]) for child in below)


def _holds_band(row: Row, other: Row) -> bool:
    low = (row.above_vnd or 0) <= (other.above_vnd or 0)
    return low and (row.ceiling_vnd is None or (other.ceiling_vnd is not None and row.ceiling_vnd >= other.ceiling_vnd))


def _same_thing(one: Found, other: Found) -> bool:
    return one.row not in other.chain and other.row not in one.chain and _bands_meet(one.row, other.row)


def _bands_meet(one: Row, other: Row) -> bool:
    return (one.ceiling_vnd is None or (other.above_vnd or 0) < one.ceiling_vnd) and (
        other.ceiling_vnd is None or (one.above_vnd or 0) < other.ceiling_vnd
    )


def may_sign(
    rows: Collection[Row], asked: Question, *, own: Collection[str], as_deputy: Collection[str] = ()
) -> Verdict:
    """Return whether a post may sign; `own` are the holders for whom it signs, `as_deputy` those whose head it may stand for.

    Basis: NĐ 30/2020/NĐ-CP, Điều 13 (unverified): the head signs, a deputy signs for the head in the field assigned.
    """
    answer = who(rows, asked)
    if not answer.found and not answer.misses:
        return Verdict("nobody")
    for holders, code in ((own, "signs"), (as_deputy, "signs_for")):
        if mine := [one.row for one in answer.found if one.row.holder in holders]:
            return Verdict(code, tuple(mine))
    both = {*own, *as_deputy}
    for one in answer.found:
        if any(above.holder in both for above in one.chain):
            return Verdict("passed_on", (one.row,))
    for row, why in answer.misses:
        if row.holder in both:
            return Verdict(why, (row,))
    return Verdict("not_competent", tuple(one.row for one in answer.found))


@dataclass(frozen=True, slots=True)
class Fault:
    """What a row of a registry may not be: a code of the catalogue, and the other row that it concerns."""

    key: str
    code: str
    other: str = ""


def is_beside(holder: int, charged: Collection[int]) -> bool:
    """Return whether an order for one unit goes to another than the holder; one for many is everybody's own part."""
    return len(charged) == 1 and holder not in charged


def faults(rows: Collection[Row]) -> list[Fault]:
    """Return what is wrong with some rows together, in their order; a row that never came into force is left out."""
    alive = [row for row in rows if row.valid_until is None or row.valid_until > row.valid_from]
    by_key = {row.key: row for row in alive}
    lines = {row.key: chain(row, by_key) for row in alive}
    found = [fault for row in alive if (fault := _passing(row, lines[row.key], by_key))]
    return found + _overlaps(alive)


def _passing(row: Row, line: tuple[Row, ...], by_key: Mapping[str, Row]) -> Fault | None:
    """Return what is wrong with how a row was passed on."""
    if row.source is None:
        return Fault(row.key, "competence_source_missing") if row.kind is not Kind.OWN else None
    if row.kind is Kind.OWN:
        return Fault(row.key, "competence_source_of_own", row.source)
    above = by_key.get(row.source)
    if above is None:
        return Fault(row.key, "competence_source_unknown", row.source)
    if not line or row.holder in {one.holder for one in line[:-1]}:
        return Fault(row.key, "competence_circle", row.source)
    code = next((code for code, wrong in _beyond(row, above) if wrong), "")
    return Fault(row.key, code, above.key) if code else None


def _beyond(row: Row, above: Row) -> Iterable[tuple[str, bool]]:
    yield "competence_not_passed_on", not above.may_pass_on
    yield "competence_beyond_matter", not within(row.matter, above.matter)
    yield "competence_beyond_territory", above.territory is not None and row.territory != above.territory
    ceiling = above.ceiling_vnd is not None and (row.ceiling_vnd is None or row.ceiling_vnd > above.ceiling_vnd)
    yield "competence_beyond_ceiling", ceiling
    yield "competence_beyond_floor", (row.above_vnd or 0) < (above.above_vnd or 0)
    late = above.valid_until is not None and (row.valid_until is None or row.valid_until > above.valid_until)
    yield "competence_beyond_validity", row.valid_from < above.valid_from or late


def _overlaps(rows: Iterable[Row]) -> list[Fault]:
    """Return each later row that gives to another holder, at once, what an earlier one of the same matter gives."""
    together: dict[tuple[str, str | None], list[Row]] = {}
    found = []
    for row in rows:
        others = together.setdefault((row.matter, row.source), [])
        meets = next((other for other in others if _meet(row, other)), None)
        if meets:
            found.append(Fault(row.key, "competence_overlap", meets.key))
        others.append(row)
    return found


def _meet(one: Row, other: Row) -> bool:
    apart = None not in {one.territory, other.territory} and one.territory != other.territory
    in_time = (one.valid_until is None or other.valid_from < one.valid_until) and (
        other.valid_until is None or one.valid_from < other.valid_until
    )
    return not apart and in_time and _bands_meet(one, other)
