"""Cut the orders of a document into demands: one thing asked each, with its span, its figures and its limits."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kycuong.reader.assemble import read_text
from kycuong.reader.comparing.wording import substance
from kycuong.reader.coverage import Coverage
from kycuong.reader.fold import bare, lower
from kycuong.reader.nouns import starts_with_verb
from kycuong.reader.shapes import Deadline, Order, Reading


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit of an order: a date or a recurrence, and its words as printed (empty when a person entered it)."""

    text: str = ""
    date: dt.date | None = None
    rrule: str = ""
    bound: str = ""


@dataclass(frozen=True, slots=True)
class Charge:
    """An order as the comparison needs it: its words and where they stand, who does it, by when, with which figures."""

    text: str
    start: int
    end: int
    path: str = ""
    owners: tuple[str, ...] = ()
    limits: tuple[Limit, ...] = ()
    targets: tuple[str, ...] = ()
    key: str = ""
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Demand:
    """One thing asked: `charge` is the index of its order, `around` the sentence that it was cut from."""

    text: str
    start: int
    end: int
    charge: int
    path: str = ""
    around: str = ""
    owners: tuple[str, ...] = ()
    limits: tuple[Limit, ...] = ()
    figure: bool = False
    key: str = ""

    @property
    def matter(self) -> str:
        """Return the words without who and by when: those are compared apart."""
        text = self.text
        for words in (*self.owners, *(limit.text for limit in self.limits)):
            text = text.replace(words, " ; ") if words else text
        return text

    @property
    def goal(self) -> str:
        """Return the words without the limits: a figure in a limit is no goal."""
        text = self.text
        for limit in self.limits:
            text = text.replace(limit.text, " ; ") if limit.text else text
        return text


_END = re.compile(
    r";\s*|[.!?…](?:[\"”')\]]{0,2})\s+(?=[\"“'(\[]?[^\W\d_a-zà-ỹ])|\n\s*(?=(?:[-–+•*]|\(?[\da-zđ]{1,2}[.)])\s)"
)
_MARK = re.compile(r"\s*(?:(?:[\dIVX]{1,4}(?:\.\d{1,3})*[.):]|\(?[a-zđ\d]{1,2}[.)]|\[\d+\]|[-–+•*])\s+)+|[\s;,.]+")
_GOAL = re.compile(
    r"(?:,| và| để| nhằm)\s+(?:(?:phải )?(?:bảo đảm|đảm bảo|phấn đấu|cam kết|trong đó|đạt|nâng|tỷ lệ|tối thiểu|ít nhất|giảm|cắt giảm"
    r"|phải|đến hết|trang bị)\b)"
)
_JOINT = re.compile(r",\s+(?:trong đó\s+)?|\s+và\s+|\s+đồng thời\s+")
_NO_VERB = re.compile(r"(?:hoàn thành|xong|thời hạn|thời gian|chậm nhất|trước|gửi kết quả|kết quả)\b")
#: A line that names what comes out or who pays: it says something of the order above it, and asks nothing itself.
_FIELD = re.compile(
    r"(?:sản phẩm|kinh phí|thời gian|thời hạn|(?:cơ quan|đơn vị) (?:chủ trì|phối hợp))[^:.]{0,30}:", re.IGNORECASE
)
#: To whom and by when something is handed in; without more it belongs to what stands before it.
_HANDING_IN = re.compile(
    r"\b(?:gửi|báo cáo|trình|ban hành|hoàn thành|kết quả|về)\b|\b(?:trước|chậm nhất|định kỳ|hằng|hàng|trong(?: vòng)? \d+)\b[^,;.]*"
    r"|\b(?:văn phòng|ủy ban nhân dân|ubnd|chủ tịch|tỉnh|thủ tướng chính phủ|thanh tra|(?:sở|bộ) (?:nội vụ|tài chính))\b",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"(?:giao |đề nghị |yêu cầu )?(?:các |mỗi )?(?:sở|ban|ubnd|ủy ban|văn phòng|công an|thanh tra|bộ chỉ huy|cục|chi cục|đài|báo"
    r"|trường|trạm|trung tâm|thủ trưởng|giám đốc|chủ tịch|người đứng đầu|chủ đầu tư|cơ quan|đơn vị|địa phương|thôn|xã|phường)\b"
)
_LEADS = re.compile(
    r"(?:[^,;.]{2,60}?\s)?(?:phải|không|nghiêm cấm|cấm|chịu trách nhiệm|có trách nhiệm|chủ trì|phối hợp|được)\b"
)


def charges(reading: Reading) -> tuple[Charge, ...]:
    """Return the orders that the reader found."""
    return tuple(_charge(order) for order in reading.orders)


def _charge(order: Order) -> Charge:
    limits = tuple(_limit(one) for one in (order.deadline, *order.deadlines_extra) if one.kind != "none")
    owners = tuple(party.name for party in order.assignees)
    targets = tuple(found.value for found in order.targets)
    return Charge(order.text, order.start, order.end, order.path, owners, limits, targets)


def _limit(found: Deadline) -> Limit:
    return Limit(found.text or "", found.date, found.rrule or "", found.bound or "")


def loose(text: str, found: Coverage) -> tuple[Charge, ...]:
    """Return the sentences that demand something though they are no order: what they say is not missing below."""
    spans = [(line.start, line.end) for line in found.orphans if line.order is None]
    return tuple(charge for start, end in spans for charge in _read_alone(text[start:end], start))


def _read_alone(line: str, start: int) -> list[Charge]:
    orders = read_text(line).orders
    if not orders:
        return [Charge(line, start, start + len(line), loose=True)]
    found = [_charge(order) for order in orders]
    return [replace(one, start=one.start + start, end=one.end + start, owners=(), loose=True) for one in found]


def demands(found: Sequence[Charge]) -> tuple[Demand, ...]:
    """Return the demands of some orders, in the order of the text."""
    return tuple(demand for index, charge in enumerate(found) for demand in _of_charge(index, charge))


def _of_charge(index: int, charge: Charge) -> Iterator[Demand]:
    figures = sorted(_figures(charge))
    for start, end in _sentences(charge.text, [figure[0] for figure in figures]):
        inside = [figure for figure in figures if start <= figure[0] < end]
        for piece in _by_figures(charge.text, start, end, inside):
            a, b = _trimmed(charge.text, *piece)
            yield Demand(
                text=charge.text[a:b], start=charge.start + a, end=charge.start + b, charge=index, path=charge.path,
                around=charge.text[start:end], owners=charge.owners, limits=_limits_in(charge, a, b),
                figure=any(a <= figure[0] < b for figure in inside), key=charge.key,
            )  # fmt: skip


def _sentences(text: str, figures: Sequence[int]) -> list[tuple[int, int]]:
    """Cut at semicolons, full stops and list marks; what asks nothing by itself stays with what stands before it."""
    edges = [0, *(match.end() for match in _END.finditer(text)), len(text)]
    found: list[tuple[int, int]] = []
    for start, end in pairwise(edges):
        a, b = _trimmed(text, start, end)
        if a >= b:
            continue
        if _FIELD.match(text, a, b):
            continue
        stopped = text[:start].rstrip()[-1:] in {".", "!", "?"}
        if found and not (_asks(text[a:b], stopped) or any(a <= figure < b for figure in figures)):
            found[-1] = (found[-1][0], b)
        else:
            found.append((a, b))
    return found


def _asks(piece: str, stopped: bool) -> bool:
    """Tell whether a piece asks for something: it begins with a verb or says who must, and has a matter.

    `stopped` says that a full stop stands before it, so that it is a sentence of its own.
    """
    low = lower(piece)
    if substance(_HANDING_IN.sub(" ", piece)) < 2 or (_NO_VERB.match(low) and substance(piece) < 4):
        return False
    return starts_with_verb(low) or bool(_LEADS.match(low) or _BODY.match(low)) or (stopped and piece[0].isupper())


def _figures(charge: Charge) -> Iterator[tuple[int, int]]:
    """Yield where the goals with figures stand in the text of an order."""
    folded = bare(lower(charge.text))
    for target in charge.targets:
        start = folded.find(bare(lower(target)))
        if start < 0:
            continue
        number = re.search(r"\d", target)
        if number:
            yield start + number.start(), start + len(target)


def _by_figures(text: str, start: int, end: int, figures: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Cut a sentence so that each goal with a figure stands alone, the measure before it too."""
    edges = [start]
    if figures and (cut := _goal_before(text, start, figures[0][0])):
        edges.append(cut)
    for one, two in pairwise(figures):
        if cut := _joint_between(text, one[0], two[0]):
            edges.append(cut)
    return list(zip(edges, [*edges[1:], end], strict=True))


def _goal_before(text: str, start: int, figure: int) -> int | None:
    cuts = [match.start() for match in _GOAL.finditer(lower(text), start, figure)]
    return next((cut for cut in reversed(cuts) if substance(text[start:cut]) >= 3), None)


def _joint_between(text: str, one: int, two: int) -> int | None:
    low = lower(text)
    within = low.rfind("trong đó", one, two)
    if within > 0:
        return within
    joints = [match.end() for match in _JOINT.finditer(low, one, two)]
    return joints[-1] if joints else None


def _limits_in(charge: Charge, start: int, end: int) -> tuple[Limit, ...]:
    """Return the limits whose words stand in a stretch, and those whose words stand nowhere in the order."""
    found = []
    for limit in charge.limits:
        at = charge.text.find(limit.text) if limit.text else -1
        if at < 0 or start <= at < end:
            found.append(limit)
    return tuple(found)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    mark = _MARK.match(text, start, end)
    while mark and mark.end() > start:
        start = mark.end()
        mark = _MARK.match(text, start, end)
    while end > start and text[end - 1] in " \n\t;,":
        end -= 1
    for word in (" và", " trong đó", " đồng thời"):
        if text[start:end].endswith(word):
            end -= len(word)
    return start, end


def joined(found: Iterable[Demand]) -> str:
    """Return the words of several demands, one after the other."""
    return " … ".join(" ".join(one.text.split()) for one in found)
