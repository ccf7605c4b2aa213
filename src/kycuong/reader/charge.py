"""Decide who is charged and who coordinates in one item."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kycuong.reader.fields import Label
from kycuong.reader.lexicon import VERBS1, VERBS2
from kycuong.reader.lines import Passage
from kycuong.reader.nouns import starts_with_verb
from kycuong.reader.parties import Names, parties, party, scan
from kycuong.reader.shapes import Party

MOST = 60
_TELL = (
    r"(?:giao|yêu cầu|đề nghị|phân công|đồng ý giao|ủy quyền cho|ủy quyền|chỉ đạo"
    r"|đề nghị và yêu cầu)(?: cho| đối với| trách nhiệm cho| nhiệm vụ cho)?"
)
_TELLS = re.compile(rf"{_TELL}\s?:?\s")
_TELL_WORD = re.compile(
    r"\b(?:giao|yêu cầu|đề nghị|phân công|(?<=văn bản )chỉ đạo|(?<=công văn )chỉ đạo)(?: cho| đối với)?\s?:?\s"
)
_TELLERS = frozenset(
    "tỉnh phố phủ dân xã phường huyện quận cũng này trên văn điện thị hoạch rõ tế đạo tạo chính vụ an phòng trưởng sơn tịch"
    " thành tp".split()
)
_BEFORE_TELL = re.compile(
    r"(?:(?:đã|vừa|mới|cũng|còn|trân trọng|kính|tiếp tục|lưu ý|có văn bản|có công văn|có ý kiến|xin|nay|do đó|vì vậy) )+$"
)
_AFTER_VERB = re.compile(
    r"(?:(?:đã|vừa|cũng|có văn bản|tiếp tục|trân trọng|kính|mới|nay|còn),? )*(?:yêu cầu|giao|đề nghị|phân công)(?: cho)?\s?:?\s"
)
_BACKGROUND = re.compile(
    r"(?:đã|vừa|chưa|nhận được|mới|có nhận được|là|đang|cơ bản|thống nhất|đồng ý|nhất trí"
    r"|ghi nhận|đánh giá cao|hoan nghênh|biểu dương) "
)
_TOWARDS = re.compile(r"(?:đối với|về phía|riêng|riêng đối với|trách nhiệm của|nhiệm vụ của|đ/v)\s")
_CLAUSE = re.compile(r"(?:, |; |\bthì |: )")
_MODAL = re.compile(
    r"(?:phải|cần|có trách nhiệm|chịu|chủ trì|chủ động|có |tiếp tục|khẩn trương|theo |căn cứ|không "
    r"|trực tiếp|kịp thời|thường xuyên|nghiêm túc|"
    r"tăng cường|tập trung|phối hợp|định kỳ|trên cơ sở|được giao|lập |gửi |nộp |trình |tự |sẽ |hãy |cử "
    r"|rà |bằng |quyết liệt|làm |ngay |sớm |tích cực|trong |nếu |khi )"
)
_OPENING = re.compile(
    r"(?:khi|trong|theo đó|đối với|căn cứ|trên cơ sở|trường hợp|để|nhằm|theo|sau khi|định kỳ|hằng|hàng"
    r"|trước|đến|từ|tại|với|nếu|giai đoạn|năm|quý|tháng|ngoài|bên cạnh|chậm nhất|về|riêng|ngay|qua|bằng"
    r"|song song|cùng với|đồng thời|cụ thể|mặt khác|tiếp đó|hiện nay)[ ,]"
)
_CONSENT = re.compile(
    r"(?:cơ bản )?(?:đồng ý|thống nhất|nhất trí|chấp thuận|cho phép)\b(?! giao)"
    r"(?P<to> (?:về nguyên tắc )?(?:để|cho phép|cho) )?"
)
_COOPERATES = re.compile(
    r"phối hợp(?:(?:,| chặt chẽ| thường xuyên| kịp thời| tốt| đồng bộ| hiệu quả| có| cùng| và| hỗ trợ"
    r"| tích cực| ngay| trực tiếp| làm việc| công tác| trao đổi))*+(?P<with> cùng với| với| cùng)? (?=\S)"
)
#: Somebody with authority speaks and names nobody: the speaker is not the one charged.
_SPEAKS = re.compile(
    r"(?:cũng |vừa |đã |có ý kiến |tiếp tục )*(?:(?:yêu cầu|đề nghị|kết luận) ?(?::|$|(?:như sau|cụ thể|các nội dung)[^:]{0,60}:)"
    r"|(?:yêu cầu|đề nghị|chỉ đạo|giao|phân công|kết luận)[^:.;]{0,60}: ?$)"
)
#: Leaders of many bodies, though "lãnh đạo" alone is a verb.
_LEADERS = ("lãnh đạo các ", "lãnh đạo ubnd ")
_GIVERS = ("ubnd", "ủy ban", "chủ tịch", "thủ tướng", "phó thủ tướng", "phó chủ tịch", "chính phủ", "bộ trưởng")


def charged(passage: Passage, begin: int, inherited: bool) -> tuple[Party, ...]:
    """Return those whom an item names; with `inherited`, an item that begins with a verb keeps the heading's."""
    low = passage.low
    match = _TELLS.match(low, begin)
    if match and low.startswith("chỉ đạo", begin):
        match = None
    if match:
        names = scan(passage, match.end()) or scan(passage, match.end(), generic=True)
        if names:
            return parties(passage, names, "told", 0.95) + _told_too(passage, names.end)
    subject = _subject(passage, begin)
    if subject:
        return subject
    if bracketed := _bracketed(passage, begin):
        return bracketed
    if towards := _towards(passage, begin):
        return towards
    if not (inherited and _plain_verb(low[begin:])):
        return _later(passage, begin)
    return ()


#: People whom a heading addresses by kind: "Đối với giáo viên:".
_PEOPLE = re.compile(
    r"((?:giáo viên|học sinh|sinh viên|học viên|phụ huynh|cha mẹ|người dân|nhân dân|hộ gia đình|hộ kinh doanh|người lao động)"
    r"[^:;.]{0,60}?) ?:? ?$"
)


def _towards(passage: Passage, begin: int) -> tuple[Party, ...]:
    """Return those addressed: "Đối với các xã: …", "Đối với Sở X, Chủ tịch yêu cầu …"."""
    match = _TOWARDS.match(passage.low, begin)
    if match is None:
        return ()
    names = scan(passage, match.end())
    if names is None:
        people = _PEOPLE.match(passage.low, match.end())
        return (party(passage, people.span(1), "people", 0.8),) if people else ()
    found = parties(passage, names, "towards", 0.85)
    if len(found) > 1 and _AFTER_VERB.match(passage.low, names.end):
        return found[:-1]
    return found if _heading_end(passage.low, names) else ()


def _bracketed(passage: Passage, begin: int) -> tuple[Party, ...]:
    """Return the lead named in brackets or in a last sentence: "… (Sở X chủ trì; xong trước 30/6)"."""
    for match in re.finditer(r"[(.;] ?", passage.low[begin:]):
        names = scan(passage, begin + match.end())
        if names and re.match(r"(?:là cơ quan |làm )?(?:chủ trì|đầu mối)\b", passage.low[names.end :]):
            return parties(passage, names, "bracketed", 0.85)
    return ()


def _plain_verb(low: str) -> bool:
    return starts_with_verb(low) and not low.startswith(("khi ", "trong ", "để ", "trường hợp", "căn cứ"))


def _heading_end(low: str, names: Names) -> bool:
    return low[names.end : names.end + 1] in {":", "", ",", "."} or names.end >= len(low)


def _subject(passage: Passage, begin: int) -> tuple[Party, ...]:
    """Return the names at the beginning, or those whom the named issuer tells."""
    low = passage.low
    names = scan(passage, begin)
    if not names:
        return ()
    ordered = _told_by(passage, begin, names.end)
    if ordered:
        return parties(passage, ordered, "told_by_issuer", 0.9) + _told_too(passage, ordered.end)
    if low.startswith(_GIVERS, begin) and _SPEAKS.match(low, names.end):
        return ()
    if low[names.end : names.end + 1] == ":" and low.startswith(("các ", "những "), begin):
        inner = scan(passage, names.end + 2)
        if inner and low[inner.end : inner.end + 1] not in {"", ":", ".", ";"} and _acts(low, inner.end):
            return parties(passage, inner, "named_after_colon", 0.85)
    if starts_with_verb(low[begin:]) and not _acts(low, names.end):
        return ()
    if not passage.mark and _BACKGROUND.match(low, names.end) and next(told(passage, names.end), None):
        return ()
    return parties(passage, names, "subject", 0.95)


def _told_by(passage: Passage, begin: int, index: int) -> Names | None:
    """Return those whom the body at `begin` tells right after its name."""
    follow = _AFTER_VERB.match(passage.low, index)
    if follow is None or (passage.mark and not passage.low.startswith(_GIVERS, begin)):
        return None
    return scan(passage, follow.end()) or scan(passage, follow.end(), generic=True)


_AND_TELLS = re.compile(r"(?:,|;)? ?(?:và|đồng thời) (?:yêu cầu|đề nghị|giao)(?: cho)? ")


def _told_too(passage: Passage, index: int) -> tuple[Party, ...]:
    """Return those of a second verb: "yêu cầu A và đề nghị B …"."""
    match = _AND_TELLS.match(passage.low, max(0, index - 1)) or _AND_TELLS.match(passage.low, index)
    names = scan(passage, match.end()) if match else None
    return parties(passage, names, "told_too", 0.85) if names else ()


def _acts(low: str, index: int) -> bool:
    """Tell whether a verb or a modal follows a name."""
    tail = low[index:].lstrip(" ,")
    if not tail or tail[0] == ":":
        return True
    words = [w.strip(",;.:") for w in tail.split(None, 2)[:2]]
    return bool(_MODAL.match(tail)) or " ".join(words) in VERBS2 or words[0] in VERBS1


def told(passage: Passage, begin: int, stop: int | None = None) -> Iterator[tuple[int, Names]]:
    """Yield where somebody with authority tells named others, and whom."""
    low, raw = passage.low, passage.raw
    for match in _TELL_WORD.finditer(low, begin, len(low) if stop is None else stop):
        before = low[max(begin, match.start() - 60) : match.start()]
        adverbs = _BEFORE_TELL.search(before)
        before = (before[: adverbs.start()] if adverbs else before).rstrip()
        end = match.start() - (len(adverbs.group()) if adverbs else 0)
        if before and before[-1] not in '.;,:"(…':
            word = before.rpartition(" ")[2]
            proper = raw[:end].rstrip().rpartition(" ")[2][:1].isupper()
            if not adverbs and not proper and word not in _TELLERS:
                continue
        names = scan(passage, match.end()) or scan(passage, match.end(), generic=True)
        if names:
            yield match.start(), names


def _later(passage: Passage, begin: int) -> tuple[Party, ...]:
    """Look for the one charged after an opening clause ("Căn cứ …, yêu cầu X …", "Khi …, X phải …")."""
    low = passage.low
    stop = min(len(low), begin + (420 if passage.mark else 900))
    if first := next(told(passage, begin, stop), None):
        return parties(passage, first[1], "told_later", 0.85) + _told_too(passage, first[1].end)
    if consent := _CONSENT.match(low, begin):
        if consent.group("to") and (names := scan(passage, consent.end())):
            return parties(passage, names, "allowed", 0.7)
        return next((s for m in re.finditer(r"[.;] ", low[begin:]) if (s := _subject(passage, begin + m.end()))), ())
    if not _OPENING.match(low, begin):
        return ()
    for match in _CLAUSE.finditer(low, begin, stop):
        if starts_with_verb(low[match.end() : match.end() + 40]) and not low.startswith(_LEADERS, match.end()):
            return ()
        names = scan(passage, match.end())
        if (
            names
            and " " in low[slice(*names.spans[0])]
            and _acts(low, names.end)
            and not low[begin : match.start()].count("(")
        ):
            return parties(passage, names, "after_clause", 0.75)
    return ()


def coordinating(passage: Passage, begin: int) -> tuple[Party, ...]:
    """Return the objects of "phối hợp (với)"."""
    found: list[Party] = []
    for match in _COOPERATES.finditer(passage.low, begin):
        if len(found) >= MOST:
            break
        bound = match.group("with") is not None
        names = scan(passage, match.end(), generic=bound)
        if names is None or (not bound and _verbal(passage.low, match.end())):
            continue
        for one in parties(passage, names, "cooperates", 0.85):
            if all(one.name.lower() != other.name.lower() for other in found):
                found.append(one)
    found.extend(_joining(passage, begin))
    return tuple(found)


_JOINS = re.compile(r" (?:cùng )?phối hợp(?: thực hiện)? ?(?=[;).,]|$)")


def _joining(passage: Passage, begin: int) -> Iterator[Party]:
    """Yield those who join in as a sentence's subject: "(Sở X chủ trì; Sở Y phối hợp)"."""
    low = passage.low
    for match in _JOINS.finditer(low, begin):
        index = max(low.rfind(sign, begin, match.start()) for sign in ";(.") + 1
        index += int(low[index : index + 1] == " ")
        names = scan(passage, index, generic=True) if index > begin else None
        if names and names.end == match.start() + 1:
            yield from parties(passage, names, "joins", 0.85)


def _verbal(low: str, index: int) -> bool:
    return " ".join(low[index:].split(None, 2)[:2]).strip(",;.") in VERBS2


_OPENS_WITH = re.compile(
    r"(?P<tells>yêu cầu|giao|đề nghị|phân công|điện)(?: cho| đến| tới)?:? "
    r"|(?:chỉ đạo|nhiệm vụ của|trách nhiệm của|quán triệt)(?: cho| đến| tới)?:? "
)


def opened(passage: Passage) -> tuple[Party, ...]:
    """Return those named by the sentence that opens a list: "… yêu cầu A, B:", "… nhiệm vụ của A như sau:"."""
    low = passage.low
    found: tuple[Party, ...] = ()
    told_at = -1
    for match in _OPENS_WITH.finditer(low):
        names = scan(passage, match.end())
        if not names or re.match(r"[^,;:.]{0,20}(?:tại|số) ", low[names.end :]):
            continue
        if match.group("tells") is None and told_at >= 0:
            continue
        more = parties(passage, names, "opener", 0.85)
        found = found + more if 0 <= match.start() - told_at <= 16 else more
        told_at = names.end if match.group("tells") else -1
    return found


def from_field(passage: Passage, label: Label, rule: str) -> tuple[Party, ...]:
    """Return the names in a labelled line; what is no known name stays whole."""
    found: list[Party] = []
    index = label.begin
    while index < label.stop:
        names = scan(passage, index, generic=True)
        if names:
            found.extend(p for p in parties(passage, names, rule, 0.95) if p.start < passage.at(label.stop - 1))
            following = passage.low.find(";", names.end, label.stop)
        else:
            following = passage.low.find(";", index, label.stop)
        if following < 0:
            break
        index = following + 1
        while index < label.stop and passage.low[index] in " ;":
            index += 1
    if found or label.stop <= label.begin:
        return tuple(found)
    stop = len(passage.raw[: label.stop].rstrip(" .;,)"))
    if stop <= label.begin or stop - label.begin > 200:
        return ()
    a, b = passage.span(label.begin, stop)
    return (Party(passage.raw[label.begin : stop], a, b, rule + "_whole", 0.6),)
