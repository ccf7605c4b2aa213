"""Signs that work is passed on, asked around or left lying: what calls for a look, never guilt; the unit sees it first.

One table of rules: each says which fact it counts, against whom, out of what, and by which clause. A case is a fact of the ledger;
it is nobody's verdict. For some working days only the unit sees it and may explain; what is set aside counts no longer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from kycuong.core.calendars import Calendar, midnight
from kycuong.core.errors import Invalid
from kycuong.core.periods import SMALLEST_GROUP
from kycuong.core.proposals import DECIDE_WORKING_DAYS

#: How long a case is the unit's alone, in working days. A default of the product; an authority's own rule replaces it.
CONTEST_WORKING_DAYS: Final = 5
#: How long it may take until the unit that is competent has a task: two days to see that it is not one's own, and the giver's
#: own term to decide. A default of the product, as above.
OWNER_WORKING_DAYS: Final = 2 + DECIDE_WORKING_DAYS
#: A task handed from division to division more often than this within one unit calls for a look.
MOST_PASSES: Final = 2
#: Words that a body used on so many other questions before are a stock answer: it says them by habit, whatever is asked.
#: A default of the product, as above.
STOCK_BEFORE: Final = 2
#: An answer that stayed unanswered: by consent, by liability, or for want of what a law demands in writing.
SILENT: Final = frozenset({"consent", "liable", "missing"})


class Code(StrEnum):
    """What is counted."""

    NEEDLESS = "needless"
    OWN_ASKED = "own_asked"
    UPWARD = "upward"
    WRONG_RETURN = "wrong_return"
    SILENCE = "silence"
    VAGUE = "vague"
    PASSES = "passes"
    MISGIVEN = "misgiven"
    OWNER_SLOW = "owner_slow"
    DESK_LATE = "desk_late"


@dataclass(frozen=True, slots=True)
class Sign:
    """One rule: the name that people read, whose sign it is, the fact counted, out of what, and the basis."""

    code: Code
    label: str
    of_whom: str
    fact: str
    of: str
    basis: str


CONSULTING_BASIS: Final = "2230/UBND-NC (Phú Yên) điểm 2.1, 2.2"
DECIDING_BASIS: Final = "2230/UBND-NC (Phú Yên) điểm 1.4"
HANDING_BASIS: Final = "12/CT-UBND (Đồng Nai) điểm 5; Công điện 968/CĐ-TTg: không đùn đẩy, lòng vòng"
LINED_BASIS: Final = "42/UBND-THKSTTHC (Long An) điểm 5: đúng thẩm quyền, không đùn đẩy, né tránh"
GIVERS_BASIS: Final = (
    "Mặc định của phần mềm: bên giao việc được đo như bên thực hiện (chưa đối chiếu với quy chế của cơ quan)"
)

SIGNS: Final = {
    one.code: one
    for one in (
        Sign(Code.NEEDLESS, "Lấy ý kiến nơi không liên quan", "cơ quan hỏi",
             "cơ quan được hỏi trả lại, sổ thẩm quyền không ghi là có liên quan và sau đó không có ý kiến nào về cùng việc; hoặc hỏi nơi "
             "sổ không ghi, có nêu lý do, chỉ nhận được câu trả lời theo mẫu",
             "lượt lấy ý kiến đã kết thúc", CONSULTING_BASIS),
        Sign(Code.OWN_ASKED, "Đem hỏi việc thuộc thẩm quyền của mình", "cơ quan hỏi",
             "quá nửa số nơi trả lời, hoặc người phân xử, nói là thuộc thẩm quyền của chính cơ quan hỏi; hoặc sổ thẩm quyền ghi như vậy và "
             "không ghi nơi nào được hỏi là có liên quan", "việc lấy ý kiến đã có lượt kết thúc", DECIDING_BASIS),
        Sign(Code.UPWARD, "Trình lên cấp trên việc thuộc thẩm quyền của mình", "đơn vị trình",
             "sổ thẩm quyền ghi việc thuộc thẩm quyền của chính đơn vị, đơn vị vẫn trình và đã ghi lý do",
             "lượt khó khăn, kiến nghị đã trình", DECIDING_BASIS),
        Sign(Code.WRONG_RETURN, "Trả lại không có căn cứ", "cơ quan trả lại",
             "người giao không đồng ý nhận lại nhiệm vụ, người phân xử kết luận là việc của nơi trả lại, sổ thẩm quyền ghi như vậy, hoặc "
             "cơ quan trả lại rồi vẫn cho ý kiến; trả lại đúng theo sổ hoặc theo kết luận phân xử thì không tính",
             "lượt trả lại đã có kết quả", CONSULTING_BASIS),
        Sign(Code.SILENCE, "Không trả lời lấy ý kiến đúng hạn", "cơ quan được hỏi",
             "hết thời hạn không có ý kiến, đã có bằng chứng nhận văn bản; ý kiến pháp luật đòi bằng văn bản đến muộn "
             "cũng là không đúng hạn", "lượt được hỏi đã kết thúc", CONSULTING_BASIS),
        Sign(Code.VAGUE, "Trả lời không rõ chính kiến", "cơ quan được hỏi",
             "ý kiến bị trả lại vì không rõ chính kiến, hoặc đồng ý bằng câu mà cơ quan đã dùng cho ít nhất hai việc khác",
             "lượt được hỏi đã kết thúc", CONSULTING_BASIS),
        Sign(Code.PASSES, "Chuyển việc lòng vòng trong đơn vị", "đơn vị thực hiện",
             "nhiệm vụ qua tay nhiều phòng hơn mức cho phép, hoặc quay lại phòng đã từng giữ", "nhiệm vụ trong khoảng thời gian",
             LINED_BASIS),
        Sign(Code.MISGIVEN, "Giao việc không đúng thẩm quyền", "bên giao việc",
             "nhiệm vụ bị trả lại và được giao cho đơn vị khác, người phân xử kết luận là việc của nơi khác, hoặc bên giao không nhận lại "
             "dù sổ thẩm quyền ghi việc của nơi khác", "nhiệm vụ đã giao", GIVERS_BASIS),
        Sign(Code.OWNER_SLOW, "Chậm tìm ra nơi có thẩm quyền", "bên giao việc",
             "từ khi giao lần đầu đến khi giao đúng đơn vị lâu hơn mức cho phép", "nhiệm vụ phải giao lại", HANDING_BASIS),
        Sign(Code.DESK_LATE, "Để quá hạn ở bàn quyết định, xác nhận", "bên giao việc",
             "xác nhận kết quả, quyết định đề xuất hoặc phân xử sau thời hạn, hoặc xin thêm thời gian không được trả lời",
             "việc chờ quyết định, xác nhận đã kết thúc hoặc đã quá hạn", GIVERS_BASIS),
    )
}  # fmt: skip


class Standing(StrEnum):
    """Where a case stands between the unit that explains and those who look."""

    FRESH = "fresh"
    CONTESTED = "contested"
    COUNTED = "counted"
    KEPT = "kept"
    ASIDE = "aside"


STANDING_LABELS: Final[dict[Standing, str]] = {
    Standing.FRESH: "Mới, chỉ đơn vị thấy",
    Standing.CONTESTED: "Đơn vị đang giải trình",
    Standing.COUNTED: "Cần rà soát",
    Standing.KEPT: "Đã xem giải trình, vẫn cần rà soát",
    Standing.ASIDE: "Đã loại",
}
#: What a number counts.
COUNTING: Final = frozenset({Standing.COUNTED, Standing.KEPT})
VERDICTS: Final = {"kept": Standing.KEPT, "aside": Standing.ASIDE}


@dataclass(frozen=True, slots=True)
class Contested:
    """What a unit said of a case: whether within the days that were its own, and what was decided ('' while it waits)."""

    in_time: bool
    verdict: str = ""


def standing(found_at: datetime, *, fresh_since: datetime, contested: Contested | None) -> Standing:
    """Return where a case stands. What a unit explains in its own days waits for the decision; later it counts until then.

    Basis: practice of provinces: a signal is never guilt; the unit sees it first and may contest.
    """
    if contested is not None and contested.verdict:
        return VERDICTS[contested.verdict]
    if contested is not None and contested.in_time:
        return Standing.CONTESTED
    return Standing.FRESH if found_at >= fresh_since else Standing.COUNTED


def last_of_window(found: date, days: int, calendar: Calendar) -> date:
    """Return the last day on which a case is the unit's alone: so many working days after the day it was found."""
    return calendar.add_working_days(found, days)


def fresh_since(today: date, days: int, calendar: Calendar) -> datetime:
    """Return the first instant whose cases are still the unit's alone today."""
    first = today
    while (
        calendar.covers(first - timedelta(days=1))
        and last_of_window(first - timedelta(days=1), days, calendar) >= today
    ):
        first -= timedelta(days=1)
    return midnight(first)


def week_of(day: date) -> date:
    """Return the Monday of a day's week: a unit is told once of each sign in a week."""
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True, slots=True)
class Stay:
    """A task lay in one division from an instant on; `unit` is its key, None for the desk of the unit's own heads."""

    unit: int | None
    from_at: datetime


@dataclass(frozen=True, slots=True)
class Passed:
    """How a task went from division to division: how often, whether back to one that had it, since when it calls for a look."""

    times: int
    loop: bool
    found_at: datetime | None


def passed(stays: Iterable[Stay]) -> Passed:
    """Return how often a task changed its division, from its stays in order.

    Down from the head to the first division, up to the head and back to the same one is the usual road and no pass.
    Basis: 42/UBND-THKSTTHC item 5, Công điện 968/CĐ-TTg (no circling); two hand-overs are the most, by 2230/UBND-NC as practised.
    """
    been: list[int] = []
    times, loop, found = 0, False, None
    for stay in stays:
        if stay.unit is None or (been and been[-1] == stay.unit):
            continue
        times += bool(been)
        back = stay.unit in been
        loop = loop or back
        if found is None and (back or times > MOST_PASSES):
            found = stay.from_at
        been.append(stay.unit)
    return Passed(times, loop, found)


def share(n: int, of: int) -> float | None:
    """Return a percentage with one digit, None of nothing."""
    return round(100 * n / of, 1) if of else None


def middle(shares: Sequence[float]) -> float | None:
    """Return the median of a group of like units; of fewer than the smallest group nobody is compared."""
    if len(shares) < SMALLEST_GROUP:
        return None
    found = sorted(shares)
    half = len(found) // 2
    return found[half] if len(found) % 2 else round((found[half - 1] + found[half]) / 2, 1)


def check_contest(note: str) -> None:
    """Refuse an explanation without a word. Raises: Invalid."""
    if not note.strip():
        raise Invalid("sign_note_missing")


def check_verdict(verdict: str, note: str) -> None:
    """Refuse a decision that is none, or that gives no reason. Raises: Invalid."""
    if verdict not in VERDICTS:
        raise Invalid("kind_unknown", text=verdict)
    if not note.strip():
        raise Invalid("sign_note_missing")


def code_of(text: str) -> Code:
    """Return the rule of a code. Raises: Invalid."""
    try:
        return Code(text)
    except ValueError as wrong:
        raise Invalid("kind_unknown", text=text) from wrong


def tally(standings: Collection[Standing]) -> Mapping[Standing, int]:
    """Return how many cases stand where."""
    return {one: sum(found is one for found in standings) for one in Standing}
