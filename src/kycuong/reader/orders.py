"""Pick the orders out of the outline and fill in who, with whom, by when."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field, replace

from kycuong.reader import deadlines, targets
from kycuong.reader.charge import charged, coordinating, from_field, opened, told
from kycuong.reader.clutter import tells_nothing
from kycuong.reader.fields import Label, inline, label_of, title_of
from kycuong.reader.lines import Passage
from kycuong.reader.outline import BULLETS, Node, heading_only
from kycuong.reader.screen import acting, excluded, imperative, is_statement, is_weak
from kycuong.reader.shapes import Deadline, Finding, Order, Party

_YOU = re.compile(r"\b(?:đề nghị|yêu cầu|kính mong) (?:quý|các đồng chí|đồng chí|các anh|các chị) ")
_CONSENT = re.compile(r"(?:cơ bản )?(?:đồng ý|thống nhất|nhất trí|chấp thuận|cho phép)\b")
_OPENING = frozenset({"opener", "heading", "roman", "part", "upper", "section"})
_GIVES = re.compile(
    r"(?:có ý kiến|chỉ đạo|kết luận|ban hành|thông báo|hướng dẫn|xây dựng kế hoạch|quyết định|phát động|truyền đạt)[^:]{0,160}:$"
)
_PAST = re.compile(
    r"\b(?:đã|từng) (?:có|ban hành|giao|yêu cầu|chỉ đạo|đề nghị|gửi|ký)\b|\bnhận được\b|\b(?:đã|từng) $|\btrong đó (?:có )?$"
)
_THINGS = re.compile(
    r"\b(?:bao cao|cung cap|gui|thong ke|tong hop|lap|danh gia)\b.{0,260}\b(?:sau|sau day|gom|bao gom|cu the) ?:$"
)
_LINK = re.compile(
    r"(?:(?:song song đó|bên cạnh đó|đồng thời|ngoài ra|cùng với đó|theo đó|mặt khác|về phía|cụ thể"
    r"|(?:tại |theo )?(?:công điện|chỉ thị|văn bản|kế hoạch|thông báo|công văn)(?: này| trên)?(?: cũng| còn)?"
    r" (?:nêu rõ|nêu|chỉ rõ|nhấn mạnh|yêu cầu)|trong đó|tiếp đó|đối với|riêng)[, ] ?(?:với đó, )?)?"
)


@dataclass(slots=True)
class Block:
    """What the labelled lines of a plan say for the tasks of one item."""

    lead: tuple[Party, ...] = ()
    coop: tuple[Party, ...] = ()
    limits: tuple[Deadline, ...] = ()
    product: Finding | None = None

    def merge(self, inner: Block) -> Block:
        """Return the inner block completed by the outer one."""
        return Block(
            inner.lead or self.lead, inner.coop or self.coop, inner.limits or self.limits, inner.product or self.product
        )


@dataclass(slots=True)
class Picker:
    """Walk an outline and collect its orders."""

    text: str
    issued: dt.date | None
    order_all: bool = False
    press: bool = False
    found: list[Order] = field(default_factory=list)
    fallback: tuple[Party, ...] = ()

    def walk(self, root: Node) -> list[Order]:
        """Return the orders of an outline, in the order of the text."""
        for child in root.children[_scope(root) :]:
            self._visit(child, (), Block())
        return sorted(self.found, key=lambda order: order.start)

    def _visit(self, node: Node, heirs: tuple[Party, ...], block: Block) -> None:
        passage = node.passage
        assert passage is not None
        if excluded(node):
            return
        inner = block.merge(self._fields(node))
        own = self._named(node, heirs)
        has_fields = any(
            c.style == "field" or label_of(c.passage) or title_of(c.passage) for c in node.children if c.passage
        )
        if has_fields and self._is_block(node):
            self._block(node, own or heirs, inner)
            return
        if not self._branch(node):
            self._leaf(node, heirs, inner)
            return
        if node.style == "opener" and _orders_things(node):
            listed = [c.passage for c in node.children if c.passage]
            self._emit(node, [passage, *listed], heirs, inner, passage.body)
            return
        if self._is_task_with_children(node):
            self._leaf(node, heirs, inner)
        if _lists_things(node):
            return
        for child in node.children:
            self._visit(child, own or heirs, inner)

    def _branch(self, node: Node) -> bool:
        """Tell whether the children are the orders, rather than a list of things inside one order."""
        if not node.children:
            return False
        if node.style in {"opener", "heading", "root"}:
            return True
        kids = [c.passage for c in node.children if c.passage]
        listed = [k for k in kids if k.mark]
        passage = node.passage
        if not listed or passage is None or any(c.children for c in node.children):
            return True
        if heading_only(passage) or not passage.raw.endswith(":") or not imperative(passage, passage.body):
            return True
        return sum(imperative(k, k.body) for k in listed) * 2 >= len(listed)

    def _is_task_with_children(self, node: Node) -> bool:
        """Tell an item that orders by itself from a lead-in to what stands below."""
        passage = node.passage
        if passage is None or node.style in {"opener", "heading", "article", "roman", "part", "upper"}:
            return False
        if heading_only(passage):
            return bool(node.extra) and not node.extra[-1].raw.endswith(":") and imperative(node.extra[0], 0)
        if all(c.style in {"heading", "opener"} for c in node.children):
            return imperative(passage, passage.body)
        text = passage.raw
        return text[-1] in ".;" and len(text) - passage.body > 110 and imperative(passage, passage.body)

    def _named(self, node: Node, heirs: tuple[Party, ...]) -> tuple[Party, ...]:
        """Return those whom a heading, an opener or a lead-in names for what stands below."""
        passage = node.passage
        assert passage is not None
        if node.style == "opener":
            told = opened(passage)
            return told or (() if _GIVES.search(passage.low) else charged(passage, passage.body, False))
        if not node.children and not node.extra:
            return ()
        return charged(passage, passage.body, bool(heirs)) if len(passage.raw) < 700 else ()

    def _fields(self, node: Node) -> Block:
        """Gather the labelled lines directly below a node, through "Cơ quan thực hiện:" with sub-lines."""
        block = Block()
        for child in node.children:
            passage = child.passage
            if passage and (title := title_of(passage)):
                block = self._below(block, child, title)
                continue
            label = label_of(passage) if passage else None
            if passage is None or label is None:
                continue
            self._field(block, passage, label)
            for more in inline(passage, label.stop) if label.kind not in {"task", "content"} else ():
                self._field(block, passage, more)
            if label.kind in {"lead", "other", "time"} and child.children:
                inner = self._fields(child)
                block = block.merge(inner) if label.kind != "time" else block
                if label.kind == "time" and not block.limits:
                    block.limits = tuple(
                        d for c in child.children if c.passage for d in deadlines.find(c.passage, self.issued, True)
                    )
        return block

    def _below(self, block: Block, node: Node, title: Label) -> Block:
        """Read the names that stand under a bare label, one a line or under labels of their own."""
        inner = self._fields(node)
        names: list[Party] = []
        for child in node.children:
            passage = child.passage
            if passage and not title_of(passage) and not label_of(passage):
                whole = Label(title.kind, passage.body, len(passage.raw))
                names.extend(from_field(passage, whole, f"field_{title.kind}"))
        mine = Block(lead=tuple(names)) if title.kind == "lead" else Block(coop=tuple(names))
        return block.merge(mine.merge(inner))

    def _field(self, block: Block, passage: Passage, label: Label) -> None:
        if label.kind == "lead" and not block.lead:
            block.lead = from_field(passage, label, "field_lead")
        elif label.kind == "coop" and not block.coop:
            block.coop = from_field(passage, label, "field_coop")
        elif label.kind == "time" and not block.limits:
            limits = deadlines.find(passage, self.issued, True, label.begin)
            block.limits = tuple(d for d in limits if d.start < passage.at(label.stop - 1))
        elif label.kind == "product" and block.product is None and label.stop > label.begin:
            stop = len(passage.raw[: label.stop].rstrip(" .;,"))
            a, b = passage.span(label.begin, stop)
            block.product = Finding("product", passage.raw[label.begin : stop], a, b, "field_product", 0.95)

    def _is_block(self, node: Node) -> bool:
        kinds = {
            label.kind for c in node.children if c.passage and (label := label_of(c.passage) or title_of(c.passage))
        }
        return bool(kinds & {"lead", "coop", "time", "product"})

    def _block(self, node: Node, heirs: tuple[Party, ...], block: Block) -> None:
        """Take the tasks of a plan block: the "Nhiệm vụ" line, its dashes, or the title of the item."""
        before = len(self.found)
        for child in node.children:
            label = label_of(child.passage) if child.passage else None
            if child.passage and title_of(child.passage):
                continue
            if label and label.kind == "task":
                self._task_line(child, label, heirs, block)
            elif label and label.kind == "content" and any(g.style in BULLETS for g in child.children):
                for grandchild in child.children:
                    self._visit(grandchild, heirs, block)
            elif label is None:
                self._visit(child, heirs, block)
        if len(self.found) == before and node.passage is not None and node.style != "opener":
            content = [
                c.passage
                for c in node.children[:1]
                if c.passage and (label := label_of(c.passage)) and label.kind == "content" and not c.children
            ]
            self._emit(node, [node.passage, *content], heirs, block, node.passage.body)

    def _task_line(self, node: Node, label: Label, heirs: tuple[Party, ...], block: Block) -> None:
        passage = node.passage
        assert passage is not None
        if label.stop - label.begin > 20 and not (node.children and passage.raw.endswith(":")):
            self._emit(node, [passage, *node.extra], heirs, block, passage.body)
        for child in node.children:
            self._visit(child, heirs, block)

    def _leaf(self, node: Node, heirs: tuple[Party, ...], block: Block) -> None:
        passage = node.passage
        assert passage is not None
        stretch = [passage, *node.extra]
        begin = passage.body
        if heading_only(passage) and node.extra:
            heirs = charged(passage, passage.body, False) or heirs
            stretch, begin = node.extra, 0
        if is_statement(node, stretch):
            return
        if node.style in {"opener", "heading"}:
            return
        if node.style == "para" and not self._unmarked_order(node, passage):
            return
        tail = [c.passage for c in node.children if c.passage] if node.children and not self._branch(node) else []
        self._emit(node, stretch + tail, heirs, block, begin)

    def _unmarked_order(self, node: Node, passage: Passage) -> bool:
        """Tell whether a paragraph without a marker orders: told by name, or under an opener and imperative."""
        low = passage.low
        if passage.raw.endswith((":", "?")) or (len(low) < 25 and not self.order_all):
            return False
        if (self.order_all or self.press) and tells_nothing(
            passage, node.parent is None or len(node.parent.children) < 2
        ):
            return False
        if self.order_all:
            return True
        if self._tells(passage):
            return True
        under = any(a.style in _OPENING and _may_order(a.passage) for a in node.ancestors())
        if under and _CONSENT.match(low) and charged(passage, 0, False):
            return True
        if self.press and (match := _LINK.match(low)) and acting(passage, match.end()):
            return True
        return (under and imperative(passage, 0)) or (bool(self.found) and acting(passage, 0))

    def _tells(self, passage: Passage) -> bool:
        """Tell whether a sentence of a paragraph gives an order now, not in an earlier document."""
        low = passage.low
        for index, _ in told(passage, 0):
            begin = max(low.rfind(sign, 0, index) for sign in (". ", "; ")) + 1
            if self.press or not _PAST.search(low[begin:index]):
                return True
        return bool(_YOU.search(low))

    def _emit(self, node: Node, stretch: list[Passage], heirs: tuple[Party, ...], block: Block, begin: int) -> None:
        first = stretch[0]
        start = first.at(begin)
        end = stretch[-1].end
        label = label_of(first) if begin else None
        voice = label.begin if label and label.kind in {"task", "content"} else begin
        limits = [
            d for k, p in enumerate(stretch) for d in deadlines.find(p, self.issued, False, voice if k == 0 else 0)
        ]
        real = [d for d in limits if d.kind != "none"]
        doubts = ["no_such_date"] if any(d.rule == "no_such_date" for d in limits) else []
        every = [*real, *block.limits]
        own = charged(first, voice, bool(heirs or block.lead or node.style in BULLETS))
        inside = self._inline(stretch, voice)
        who = block.lead or inside.lead or own or heirs or self.fallback
        coop = [c for k, p in enumerate(stretch) for c in coordinating(p, voice if k == 0 else 0)]
        coop += [
            c
            for a in node.ancestors()
            if a.passage and _hands_down(a, node, first)
            for c in coordinating(a.passage, a.passage.body)
        ]
        coop += [c for c in (*block.coop, *inside.coop) if all(c.name.lower() != o.name.lower() for o in coop)]
        every += [d for d in inside.limits if d not in every]
        goals = tuple(t for k, p in enumerate(stretch) for t in targets.targets(p, voice if k == 0 else 0))
        weak = is_weak(node, stretch) and not every and not goals
        order = Order(
            path=node.path() or str(len(self.found) + 1), text=self.text[start:end], start=start, end=end, kind="standing",
            assignees=_unique(who), coordinating=_unique(tuple(coop)), deadline=every[0] if every else Deadline(),
            deadlines_extra=tuple(every[1:]), product=block.product or inside.product or _first(targets.product, stretch, voice),
            channel=_first(targets.channel, stretch, voice), targets=goals, rule=f"{node.style}_item", weak=weak, doubts=tuple(doubts),
        )  # fmt: skip
        self.found.append(_judged(order, first.low[voice : voice + 60]))

    def _inline(self, stretch: list[Passage], begin: int) -> Block:
        block = Block()
        for k, passage in enumerate(stretch):
            for label in inline(passage, begin if k == 0 else 0):
                self._field(block, passage, label)
        return block


def _scope(root: Node) -> int:
    """Return where the orders begin: shortcomings listed before the sentence that opens them order nothing."""
    first = next((i for i, c in enumerate(root.children) if c.style == "opener"), 0)
    for i, child in enumerate(root.children[:first]):
        passage = child.passage
        listed = child.style in BULLETS or child.style in {"para", "heading"}
        below = [c.passage for c in child.children if c.passage]
        if passage is None or any(imperative(p, p.body) for p in below):
            return i
        if not listed and imperative(passage, passage.body):
            return i
    return first


def _may_order(above: Passage | None) -> bool:
    """Tell whether plain paragraphs below a heading may be orders; below one of Markdown only when it names somebody."""
    return above is not None and (not above.heading or bool(charged(above, above.body, False)))


def _orders_things(node: Node) -> bool:
    """Tell whether a lead-in below an item orders by itself and its bullets are things: "X báo cáo các vấn đề sau:"."""
    passage = node.passage
    listed = [c.passage for c in node.children if c.passage and c.passage.mark]
    if passage is None or not listed or len(listed) < len(node.children) or not any(a.label for a in node.ancestors()):
        return False
    if not _THINGS.search(passage.bare) or not acting(passage, 0):
        return False
    return sum(imperative(k, k.body) for k in listed) * 2 < len(listed)


def _hands_down(above: Node, node: Node, first: Passage) -> bool:
    """Tell whether the partners that a heading or a lead-in names are those of the items below."""
    passage = above.passage
    if passage is None or passage.bare.startswith("ve ", passage.body):
        return False
    if heading_only(passage):
        return not node.extra or heading_only(first)
    return passage.raw.endswith(":") and len(passage.raw) < 300 and acting(passage, passage.body)


def _lists_things(node: Node) -> bool:
    """Tell whether a lead-in inside an item only lists things ("Nội dung báo cáo gồm:")."""
    if node.style not in {"heading", "opener"} or not any(a.label for a in node.ancestors()):
        return False
    kids = [c.passage for c in node.children if c.passage]
    return sum(imperative(k, k.body) for k in kids) * 2 < len(kids)


def _first(reader: object, stretch: list[Passage], begin: int) -> Finding | None:
    for k, passage in enumerate(stretch):
        if callable(reader) and (found := reader(passage, begin if k == 0 else 0)):
            return found if isinstance(found, Finding) else None
    return None


def _unique(parties: tuple[Party, ...]) -> tuple[Party, ...]:
    seen: dict[str, Party] = {}
    for one in parties:
        seen.setdefault(one.name.lower(), one)
    return tuple(seen.values())


_FORBIDS = re.compile(
    r"(?:tuyệt đối )?(?:không|nghiêm cấm|cấm)\b|(?:[^,;.]{3,80} )(?:tuyệt đối không|nghiêm cấm|không được)\b"
)


def _judged(order: Order, opening: str) -> Order:
    """Settle kind, doubts and confidence of an order."""
    kind = {"absolute": "dated", "relative": "dated", "recurring": "periodic"}.get(order.deadline.kind, "standing")
    if kind == "standing" and _FORBIDS.match(opening):
        kind = "prohibition"
    doubts = list(order.doubts)
    if not order.assignees:
        doubts.append("no_assignee")
    if len(order.assignees) > 1:
        doubts.append("several_leads")
    if order.deadline.kind == "relative":
        doubts.append("relative_deadline")
    if order.weak:
        doubts.append("weak_closing")
    sure = min(
        [
            0.95,
            *(p.confidence for p in order.assignees),
            order.deadline.confidence if order.deadline.kind != "none" else 1.0,
        ]
    )
    sure = round(min(sure, 0.6 if order.weak else 1.0, 0.7 if not order.assignees else 1.0), 2)
    if sure < 0.7:
        doubts.append("low_confidence")
    return replace(order, kind=kind, doubts=tuple(doubts), confidence=sure)
