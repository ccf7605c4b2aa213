"""Build the tree of a body: sections, items, points, dashes, headings without a number, openers, closing paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kycuong.reader.clutter import is_clutter
from kycuong.reader.fields import label_of
from kycuong.reader.layout import is_furniture, is_upper
from kycuong.reader.lines import Passage
from kycuong.reader.nouns import starts_with_verb
from kycuong.reader.parties import scan

_RANKS = {
    "part": 0.3, "upper": 1.0, "roman": 1.5, "section": 2.0, "article": 2.2, "number": 3.0, "decimal1": 3.2, "decimal2": 3.4,
    "decimal3": 3.6, "ordinal": 3.65, "square_number": 3.7, "square_letter": 3.75, "letter": 4.0, "lower_roman": 4.2, "paren_number": 4.4,
    "paren_letter": 4.5, "star": 4.7, "dash": 5.0, "plus": 6.0, "field": 8.0,
}  # fmt: skip
_STRONG_CLOSING = re.compile(
    r"tren day|trong qua trinh|qua trinh|nhan duoc|yeu cau|de nghi|can cu noi dung|theo noi dung|van phong(?: [^,.;]{2,60})? thong bao"
)
_SECTIONS = frozenset({"roman", "part", "upper", "section"})
BULLETS = frozenset({"dash", "plus", "star"})
_OPENER = re.compile(
    r"(?:yeu cau|chi dao|chi thi|de nghi|giao|phan cong|nhu sau|nhiem vu|noi dung(?: sau)?|sau day|cu the"
    r"|ket luan|thuc hien|giai phap|quyet dinh|quan triet)\b[^.]{0,400}:$"
)
_PLAIN_OPENER = re.compile(r"(?:\bsau|\bsau day|\bcu the|\byeu cau|\bchi dao|\bchi thi|\bket luan) ?:$")
_CLOSING = re.compile(
    r"(?:yeu cau|de nghi|giao|trong qua trinh|qua trinh (?:trien khai|thuc hien|to chuc)|nhan duoc"
    r"|can cu (?:noi dung|chi thi|ke hoach|cong dien|thong bao|tinh hinh)|theo noi dung tren|tren day|"
    r"chi thi nay|ke hoach nay|cong dien nay|van phong(?: [^,.;]{2,60})? (?:thong bao|xin thong bao"
    r"|truyen dat)|tran trong|noi dung nay|neu co|(?:chu tich |phong |so |bo )?(?:ubnd|uy ban|thu tuong"
    r"|gd&?dt|chu tich|so|bo|phong)[^,.;:]{0,60} "
    r"(?:yeu cau|de nghi|giao|mong|thong bao)|thua (?:lenh|uy quyen)|cac (?:so|co quan|don vi|dia phuong"
    r"|bo)[^.:]{0,160} (?:nghiem tuc|to chuc|trien khai|thuc hien)|thu truong|giam doc)"
)

#: A paragraph that only says where or by when the result of the one before goes.
_GOES_ON = re.compile(
    r"(?:bao cao|ket qua|van ban|ho so|y kien|noi dung|danh sach|de xuat|cong van)\b[^.;]{0,60}\b(?:gui|de nghi gui)\b[^.;]{0,160}\btruoc\b"
    r"|thoi (?:han|gian) (?:thuc hien|gui|bao cao|hoan thanh|nhan|va )"
)


@dataclass(slots=True)
class Node:
    """A place in the outline: its passage, the passages that go on with it, what stands below."""

    passage: Passage | None
    style: str
    label: str = ""
    rank: float = 0.0
    children: list[Node] = field(default_factory=list)
    extra: list[Passage] = field(default_factory=list)
    parent: Node | None = None
    appendix: bool = False

    def add(self, child: Node) -> Node:
        """Hang a node below."""
        child.parent = self
        self.children.append(child)
        return child

    def ancestors(self) -> Iterator[Node]:
        """Yield the nodes above, the nearest first."""
        node = self.parent
        while node is not None and node.passage is not None:
            yield node
            node = node.parent

    def path(self) -> str:
        """Return the markers from the section down, as printed."""
        labels: list[str] = []
        for node in [self, *self.ancestors()]:
            if node.label and not (labels and labels[-1].startswith(node.label + ".")):
                labels.append(node.label)
        return ".".join(reversed(labels))


def build(passages: list[Passage], press: bool = False) -> Node:
    """Build the outline of one body; passages that are page furniture are left out."""
    kept = [p for p in passages if not is_furniture(p) and not is_clutter(p)]
    last = max((i for i, p in enumerate(kept) if p.mark), default=-1)
    root = Node(None, "root", rank=-1.0)
    builder = _Builder(root, press)
    for i, passage in enumerate(kept):
        builder.take(passage, kept[i + 1] if i + 1 < len(kept) else None, i > last)
    _number(root, {})
    return root


class _Builder:
    def __init__(self, root: Node, press: bool) -> None:
        self.root = root
        self.top = root
        self.press = press

    def take(self, passage: Passage, follow: Passage | None, ending: bool) -> None:
        """Hang the next passage where it belongs."""
        label = label_of(passage)
        if passage.heading and not passage.mark:
            self._push(Node(passage, "heading", rank=0.3 + 0.02 * passage.heading))
        elif passage.mark and not (passage.mark.style == "article" and not passage.raw[0].isupper()):
            self._marked(passage)
        elif label and self.top is not self.root:
            self._labelled(passage)
        elif _opener(passage, follow):
            self._push(Node(passage, "opener", rank=0.5 if self._outer() else self._near(follow)))
        elif self._heading(passage, follow):
            self._push(Node(passage, "heading", rank=_heading_rank(passage, follow) or self._near(follow)))
        else:
            self._prose(passage, ending)

    def _outer(self) -> bool:
        return not any(node.label for node in [self.top, *self.top.ancestors()] if node.passage is not None)

    def _near(self, follow: Passage | None) -> float:
        style = follow.mark.style if follow and follow.mark else "dash"
        return _RANKS.get(style, 3.0) - 0.05

    def _push(self, node: Node) -> None:
        while self.top.rank >= node.rank and self.top.parent is not None:
            self.top = self.top.parent
        self.top = self.top.add(node)

    def _marked(self, passage: Passage) -> None:
        mark = passage.mark
        assert mark is not None
        style = mark.style
        node: Node | None = self.top
        while node is not None and node.style != style and node.passage is not None:
            node = node.parent
        if node is not None and node.style == style and node.parent is not None:
            self.top = node.parent
            self.top = self.top.add(Node(passage, style, mark.label, _RANKS[style]))
            return
        self._push(Node(passage, style, mark.label, _RANKS[style]))

    def _labelled(self, passage: Passage) -> None:
        holder = self.top
        while holder.style in {"field", *BULLETS} and holder.parent is not None and holder.parent.passage is not None:
            if holder.style in BULLETS and holder.parent.style in {"opener", "heading"}:
                break
            holder = holder.parent
        self.top = holder
        self.top = holder.add(Node(passage, "field", "", _RANKS["field"]))

    def _heading(self, passage: Passage, follow: Passage | None) -> bool:
        raw = passage.raw
        if follow is None or len(raw) > 200 or raw[-1] in ".;,…" or not raw[0].isupper():
            return False
        if follow.mark:
            return _list_starts(follow) and (len(raw) <= 160 or raw[-1] == ":")
        return (
            self.press
            and len(raw) < 160
            and raw[-1] != ":"
            and len(follow.raw) > 60
            and not starts_with_verb(passage.low)
        )

    def _prose(self, passage: Passage, ending: bool) -> None:
        """Hang a paragraph without a marker: the end, a paragraph of its section, or more of its item."""
        holder = self.top
        while (holder.style in BULLETS or holder.style == "field") and holder.parent is not None:
            holder = holder.parent
        if ending and self._closes(passage, holder):
            self.root.add(Node(passage, "end", "end", 0.1))
            self.top = self.root
        elif holder.label and holder.style not in _SECTIONS and not (is_upper(passage) and len(passage.raw) < 120):
            holder.extra.append(passage)
            self.top = holder
        elif (last := self.top.children[-1:]) and last[0].style == "para" and _GOES_ON.match(passage.bare):
            last[0].extra.append(passage)
        elif self.top.style in BULLETS and not passage.raw[0].isupper():
            self.top.extra.append(passage)
        else:
            self.top = holder if holder.style in {"opener", "heading", *_SECTIONS} else self.root
            self.top.add(Node(passage, "para", "", 9.0))

    def _closes(self, passage: Passage, holder: Node) -> bool:
        """Tell whether a paragraph after the last item closes the document."""
        if holder.style in _SECTIONS and not _STRONG_CLOSING.match(passage.bare):
            return False
        empty = holder.passage is not None and not holder.extra and not holder.children
        if not _CLOSING.match(passage.bare) or (empty and holder.passage is not None and heading_only(holder.passage)):
            return False
        if self.root.children and self.root.children[-1].style == "end":
            return True
        listed = bool(holder.label) and holder.style not in {"article", "part"}
        return listed or self.top.style in BULLETS or holder.style in {"opener", "heading"}


def heading_only(passage: Passage) -> bool:
    """Tell whether an item is only a name or a topic: what it orders stands below."""
    low = passage.low[passage.body :].strip()
    if not low:
        return True
    bare = passage.bare[passage.body :]
    if is_upper(passage) or (
        bare.startswith(("ve ", "doi voi ")) and (low[-1] == ":" or (len(low) < 160 and low[-1] not in ".;"))
    ):
        return True
    if bare.startswith(("trach nhiem cua ", "nhiem vu cua ")) and low[-1] not in ".;" and len(low) < 260:
        return True
    names = scan(passage, passage.body)
    if names and len(passage.low) - names.end <= 2 and low[-1] not in ".;":
        return True
    if names and passage.low[names.end :].strip().startswith("("):
        return passage.low.rstrip(" :").endswith(")")
    return len(low) < 90 and low[-1] not in ".;:,/" and not names and not starts_with_verb(low)


def _heading_rank(passage: Passage, follow: Passage | None) -> float | None:
    """Return the rank of a heading over plain paragraphs: "Đối với X" stands under the opener, a question above it."""
    if follow is None or follow.mark:
        return None
    return 0.6 if passage.bare.startswith(("doi voi", "ve phia")) or scan(passage, 0) else 0.4


def _list_starts(passage: Passage) -> bool:
    mark = passage.mark
    return mark is not None and (
        mark.style in BULLETS or mark.label.strip("()[]").rsplit(".", 1)[-1].lower() in {"1", "01", "a", "i"}
    )


def _opener(passage: Passage, follow: Passage | None) -> bool:
    """Tell whether an unmarked paragraph opens a list of orders."""
    if follow is None or not passage.raw.endswith(":") or len(passage.raw) < 25:
        return False
    return bool(_OPENER.search(passage.bare[-520:])) and (
        len(passage.raw) > 60 or not follow.mark or bool(_PLAIN_OPENER.search(passage.bare))
    )


def _number(node: Node, seen: dict[str, int]) -> None:
    """Give dashes, headings and plain paragraphs their labels: -1, +2, H1."""
    counts: dict[str, int] = {}
    for child in node.children:
        if child.style in BULLETS:
            counts[child.style] = counts.get(child.style, 0) + 1
            child.label = {"dash": "-", "plus": "+", "star": "*"}[child.style] + str(counts[child.style])
        elif (
            child.style == "heading"
            and child.children
            and not any(a.label for a in child.ancestors())
            and _holds(child)
        ):
            seen["H"] = seen.get("H", 0) + 1
            child.label = f"H{seen['H']}"
        _number(child, seen)


def _holds(node: Node) -> bool:
    """Tell whether list items stand below a heading."""
    return any(
        child.style not in {"para", "heading", "opener"} or (child.style == "opener" and _holds(child))
        for child in node.children
    )
