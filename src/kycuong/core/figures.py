"""Figures of a report: what each one counts, in words; the same lines give the same numbers, and their hash proves it.

A line is one duty as the ledger had it at a watermark. Figures are counted from lines and from nothing else, so that whoever
has the lines can count again without the product.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any, Final

from kycuong.core.duties import State
from kycuong.core.seals import canonical
from kycuong.core.targets import gap, number, reached
from kycuong.core.targets import written as written_value

#: Rises when a definition counts differently; a number keeps the version under which it was counted.
VERSION: Final = 1
#: Basis of the groups of states, and of what stands in the denominator.
GROUPS_BASIS: Final = (
    "QĐ 42/2014/QĐ-TTg, sửa đổi bởi QĐ 23/2018/QĐ-TTg: nhóm trạng thái nhiệm vụ; việc còn mở nằm trong mẫu số"
)
HINDERED_BASIS: Final = (
    "Quy chế làm việc của cơ quan giao việc: khó khăn, vướng mắc báo cáo người giao việc (chưa đối chiếu văn bản)"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """Up to where the ledger is read: the last event, the last value said of a target, the last change of one."""

    event: int
    actual: int = 0
    change: int = 0


@dataclass(frozen=True, slots=True)
class Aim:
    """One target of a duty as it stood at the watermark; numbers as people write them, empty while nobody said a value.

    `said` is the public id of the value that stood, from which its source is read.
    """

    key: str
    name: str
    plan: str
    direction: str
    measure: str = ""
    actual: str = ""
    as_of: str = ""
    said: str = ""

    @property
    def state(self) -> str:
        """Return whether the number is reached, short of the plan, or none was said."""
        if not self.actual:
            return "none"
        return "reached" if reached(number(self.plan), number(self.actual), self.direction) else "short"

    @property
    def gap(self) -> str:
        """Return by how much the number falls short, as people write it; empty where none was said."""
        return written_value(gap(number(self.plan), number(self.actual), self.direction)) if self.actual else ""


@dataclass(frozen=True, slots=True)
class Line:
    """One duty as it stood at the watermark; counts are of acts within the period.

    `unit` is the unit that answers for it, `held` the one that held it (they differ after a merger); `late` are working days.
    """

    duty: str
    unit: str
    held: str
    order: str
    state: State
    dated: bool
    late: int = 0
    extended: int = 0
    sent: int = 0
    sent_back: int = 0
    obstacles: int = 0
    unanswered: int = 0
    suggestions: int = 0
    targets: tuple[Aim, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the line as plain data; what is nothing is left out."""
        found = _plain(self)
        if self.targets:
            found["targets"] = [_plain(one) for one in self.targets]
        return found

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Line:
        """Return the line that `to_json` wrote."""
        values: dict[str, Any] = {"held": data["unit"], "order": "", "dated": False} | dict(data)
        aims = tuple(Aim(**one) for one in data.get("targets", ()))
        return cls(**values | {"state": State(data["state"]), "targets": aims})


def _plain(one: Line | Aim) -> dict[str, Any]:
    """Return the fields that say something; asdict copies deeply: thirty times as slow."""
    values = ((name, getattr(one, name)) for name in one.__slots__)
    return {name: value for name, value in values if value}


@dataclass(frozen=True, slots=True)
class Filters:
    """Which duties are counted, and as of when: public ids of units and document, the period, the instant, the watermark.

    `actual` and `change` are the last value and change of a target that count, None where targets were not asked about;
    `without` is the order whose duties are the reports themselves ("" for the report on the whole document); `near_until` is
    the instant up to which a due date was near, so that a later change of the calendar does not change the past.
    """

    document: str
    units: tuple[str, ...]
    without: str
    since: date
    until: date
    as_of: datetime
    near_until: datetime
    watermark: int
    actual: int | None = None
    change: int | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the filters as plain data."""
        found = asdict(self) | {
            "units": list(self.units), "since": self.since.isoformat(), "until": self.until.isoformat(),
            "as_of": self.as_of.astimezone(UTC).isoformat(), "near_until": self.near_until.astimezone(UTC).isoformat(),
        }  # fmt: skip
        return {name: value for name, value in found.items() if value is not None}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Filters:
        """Return the filters that `to_json` wrote."""
        instants = {name: datetime.fromisoformat(data[name]) for name in ("as_of", "near_until")}
        days = {name: date.fromisoformat(data[name]) for name in ("since", "until")}
        return cls(**{**data, **instants, **days, "units": tuple(data["units"])})


@dataclass(frozen=True, slots=True)
class Figure:
    """One named number: what it counts in one sentence, of what, why so; `of` is the denominator of a share."""

    code: str
    name: str
    sentence: str
    counted: str
    basis: str
    count: Callable[[Line], int]
    of: Callable[[Line], int] | None = None
    aims: tuple[str, ...] = ()  # which states of targets it counts


def _in(*states: State) -> Callable[[Line], int]:
    return lambda line: int(line.state in states)


def _counts(line: Line) -> int:
    return int(line.state is not State.APART)


def _timed(line: Line) -> int:
    return int(line.dated and line.state is not State.APART)


def _aims(*states: str) -> Callable[[Line], int]:
    return lambda line: sum(one.state in states for one in line.targets) if _counts(line) else 0


TASK: Final = "nhiệm vụ"
AIM: Final = "chỉ tiêu"
ANY_AIM: Final = ("reached", "short", "none")
TARGET_BASIS: Final = (
    "Công điện 968/CĐ-TTg: thực hiện mục tiêu, chỉ tiêu; nội dung giao có con số thì đánh giá bằng con số, chỉ tiêu chưa có số "
    "nằm trong mẫu số"
)

FIGURES: Final[tuple[Figure, ...]] = (
    Figure(
        "NV-01", "Nhiệm vụ được giao tính trong kỳ",
        "Mọi nhiệm vụ của văn bản đang thực hiện trong kỳ hoặc kết thúc trong kỳ; không tính việc đã rút, thay thế, và không "
        "tính chính báo cáo định kỳ này.", TASK, GROUPS_BASIS, _counts,
    ),
    Figure(
        "NV-02", "Đã hoàn thành đúng hạn", "Kết quả gửi khi chưa quá hạn và đã được xác nhận; việc không thời hạn đã xác nhận "
        "cũng tính ở đây.", TASK, GROUPS_BASIS, _in(State.DONE_ON_TIME),
    ),
    Figure(
        "NV-03", "Đã hoàn thành quá hạn", "Kết quả gửi sau khi hết hạn và đã được xác nhận.", TASK, GROUPS_BASIS,
        _in(State.DONE_LATE),
    ),
    Figure(
        "NV-04", "Chờ xác nhận", "Đơn vị đã gửi kết quả, người xác nhận chưa có ý kiến.", TASK, GROUPS_BASIS, _in(State.AWAITING)
    ),
    Figure("NV-05", "Chưa đến hạn", "Đang thực hiện, hạn còn xa.", TASK, GROUPS_BASIS, _in(State.NOT_DUE)),
    Figure("NV-06", "Sắp đến hạn", "Đang thực hiện, còn ít ngày làm việc theo quy định nhắc hạn.", TASK, GROUPS_BASIS,
           _in(State.NEAR_DUE)),
    Figure("NV-07", "Quá hạn", "Đang thực hiện, đã hết hạn mà chưa gửi kết quả.", TASK, GROUPS_BASIS, _in(State.OVERDUE)),
    Figure(
        "NV-08", "Không thời hạn", "Nhiệm vụ thường xuyên, điều cấm: thực hiện liên tục, kết quả nêu trong báo cáo.", TASK,
        GROUPS_BASIS, _in(State.NO_TERM),
    ),
    Figure(
        "NV-09", "Tỷ lệ hoàn thành đúng hạn", "Nhiệm vụ có thời hạn đã hoàn thành đúng hạn trên toàn bộ nhiệm vụ có thời hạn, "
        "kể cả việc còn đang thực hiện; việc không thời hạn không tính.", "%", GROUPS_BASIS,
        lambda line: int(line.dated and line.state is State.DONE_ON_TIME), _timed,
    ),
    Figure(
        "NV-10", "Đã rút, thay thế, trả lại", "Nhiệm vụ người giao đã lấy lại: không đúng hạn, không quá hạn, thống kê riêng.",
        TASK, GROUPS_BASIS, _in(State.APART),
    ),
    Figure("NV-11", "Lượt gửi kết quả", "Số lần gửi văn bản kết quả trong kỳ.", "lượt", GROUPS_BASIS, lambda line: line.sent),
    Figure(
        "NV-12", "Lượt chuyển lại chưa đạt", "Số lần người xác nhận chuyển lại kết quả trong kỳ.", "lượt", GROUPS_BASIS,
        lambda line: line.sent_back,
    ),
    Figure("NV-13", "Lượt gia hạn", "Số lần người giao cho lùi hạn trong kỳ.", "lượt", GROUPS_BASIS, lambda line: line.extended),
    Figure(
        "KK-01", "Khó khăn, vướng mắc đã nêu", "Số khó khăn, vướng mắc gửi người giao việc trong kỳ.", "việc", HINDERED_BASIS,
        lambda line: line.obstacles,
    ),
    Figure(
        "KK-02", "Khó khăn, vướng mắc chưa được trả lời", "Việc người giao việc chưa trả lời, kể cả nêu từ kỳ trước.", "việc",
        HINDERED_BASIS, lambda line: line.unanswered,
    ),
    Figure(
        "KK-03", "Đề xuất, kiến nghị", "Số đề xuất, kiến nghị gửi người giao việc trong kỳ.", "việc", HINDERED_BASIS,
        lambda line: line.suggestions,
    ),
    Figure(
        "CT-01", "Chỉ tiêu được giao", "Mọi chỉ tiêu của các nhiệm vụ tính trong kỳ, mỗi đơn vị một chỉ tiêu; không tính chỉ tiêu đã "
        "bỏ.", AIM, TARGET_BASIS, _aims(*ANY_AIM), aims=ANY_AIM,
    ),
    Figure("CT-02", "Chỉ tiêu đạt", "Số thực hiện mới nhất đạt hoặc vượt kế hoạch.", AIM, TARGET_BASIS, _aims("reached"),
           aims=("reached",)),
    Figure("CT-03", "Chỉ tiêu chưa đạt", "Số thực hiện mới nhất còn thiếu so với kế hoạch.", AIM, TARGET_BASIS, _aims("short"),
           aims=("short",)),
    Figure("CT-04", "Chỉ tiêu chưa có số", "Đơn vị chưa ghi số thực hiện nào.", AIM, TARGET_BASIS, _aims("none"), aims=("none",)),
    Figure("CT-05", "Tỷ lệ chỉ tiêu đạt", "Chỉ tiêu đạt trên toàn bộ chỉ tiêu được giao, kể cả chỉ tiêu chưa có số.", "%",
           TARGET_BASIS, _aims("reached"), _aims(*ANY_AIM), aims=("reached",)),
)  # fmt: skip
BY_CODE: Final[Mapping[str, Figure]] = {figure.code: figure for figure in FIGURES}
#: The figure of each of the seven states, in the order of a table.
OF_STATE: Final = ("NV-02", "NV-03", "NV-04", "NV-05", "NV-06", "NV-07", "NV-08")
TOTAL, SHARE, LATE = "NV-01", "NV-09", "NV-07"
#: The figures of targets; where a document sets none they are not printed.
OF_TARGETS: Final = ("CT-01", "CT-02", "CT-03", "CT-04", "CT-05")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a figure says: the number, the denominator of a share (else None), the duties that count, the proof."""

    code: str
    version: int
    n: int
    of: int | None
    rows: tuple[str, ...]
    fingerprint: str

    @property
    def shown(self) -> str:
        """Return the number as a report prints it: a share in percent with one decimal, a dash without a denominator."""
        return written(self.n, self.of)


def written(n: int, of: int | None) -> str:
    """Return a number as a report prints it."""
    if of is None:
        return f"{n:,}".replace(",", ".")
    if not of:
        return "–"
    tenths = (n * 1000 * 2 + of) // (of * 2)  # half up, in whole numbers: the same on every machine
    return f"{tenths // 10},{tenths % 10}%"


def counted(figure: Figure, lines: Iterable[Line]) -> tuple[int, int | None, tuple[str, ...]]:
    """Return the number, its denominator and the duties that count, in a fixed order."""
    n, of, rows = 0, 0, []
    for line in lines:
        weight = figure.count(line)
        n += weight
        if weight:
            rows.append(line.duty)
        if figure.of:
            of += figure.of(line)
    return n, of if figure.of else None, tuple(sorted(rows))


def answer(figure: Figure, lines: Sequence[Line], filters: Mapping[str, Any]) -> Answer:
    """Return what a figure says of some lines, with the hash over definition, question and result."""
    n, of, rows = counted(figure, lines)
    content = {"figure": figure.code, "version": VERSION, "filters": filters, "n": n, "of": of, "rows": list(rows)}
    return Answer(figure.code, VERSION, n, of, rows, digest(content))


def answers(lines: Sequence[Line], filters: Mapping[str, Any]) -> list[Answer]:
    """Return what every figure says of some lines."""
    return [answer(figure, lines, filters) for figure in FIGURES]


def digest(content: object) -> str:
    """Return the SHA-256 of plain data as canonical JSON."""
    return sha256(canonical({"content": content}).encode()).hexdigest()


def fingerprint(lines: Iterable[Line], filters: Mapping[str, Any]) -> str:
    """Return the hash of all lines with their question: what a whole report rests on."""
    return digest({"filters": filters, "lines": [line.to_json() for line in in_order(lines)]})


def in_order(lines: Iterable[Line]) -> list[Line]:
    """Return lines in the order in which they are hashed."""
    return sorted(lines, key=lambda line: line.duty)


@dataclass(frozen=True, slots=True)
class Difference:
    """One duty that counts otherwise than before; None where it was not there, or is there no more."""

    duty: str
    was: Line | None
    now: Line | None

    def moves(self, figure: Figure) -> bool:
        """Return whether a figure counts the duty otherwise."""
        sides = [
            (figure.count(line), figure.of(line) if figure.of else 0) if line else (0, 0)
            for line in (self.was, self.now)
        ]
        return sides[0] != sides[1]


def differences(was: Iterable[Line], now: Iterable[Line]) -> list[Difference]:
    """Return the duties that count otherwise than before."""
    before, after = {line.duty: line for line in was}, {line.duty: line for line in now}
    return [
        Difference(duty, before.get(duty), after.get(duty))
        for duty in sorted(before.keys() | after.keys())
        if before.get(duty) != after.get(duty)
    ]


def merged(parts: Sequence[tuple[int, Sequence[Line]]]) -> list[Line]:
    """Return the lines of several reports, each duty once: as the report with the latest watermark has it."""
    found: dict[str, Line] = {}
    for _, lines in sorted(parts, key=lambda part: part[0]):
        found |= {line.duty: line for line in lines}
    return in_order(found.values())
