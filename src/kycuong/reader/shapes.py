"""Define what a reading is made of: frozen values, each with its span in the canonical text."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any


class Unreadable(Exception):
    """A file that cannot be read; `message_vi` says what is wrong and what to do, in one sentence."""

    def __init__(self, code: str, message_vi: str) -> None:
        super().__init__(message_vi)
        self.code = code
        self.message_vi = message_vi


class Secret(Unreadable):
    """A paper stamped MẬT, TỐI MẬT or TUYỆT MẬT: it must not enter the system."""


class Deferred(Unreadable):
    """A file that takes minutes, so a job and not a request: pictures to recognise, an old format to convert.

    `read_bytes(…, patient=True)` or `pages_of` reads it; `count` is its pages, `pictures` those to be recognised.
    """

    def __init__(self, code: str, message_vi: str, count: int = 1, pictures: int = 0) -> None:
        super().__init__(code, message_vi)
        self.count = count
        self.pictures = pictures


@dataclass(frozen=True, slots=True)
class Leaf:
    """The text of one page; `origin` is layer (cheap), ocr (recognised) or blank; pages count from 1."""

    number: int
    text: str
    origin: str = "layer"


@dataclass(frozen=True, slots=True)
class Finding:
    """One value found in the text; `value` is the printed text with white space collapsed."""

    field: str
    value: str
    start: int
    end: int
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Party:
    """One agency or office holder that is charged or coordinates, as printed."""

    name: str
    start: int
    end: int
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time limit; `kind` is absolute, recurring, relative or none; `bound` is before or by."""

    kind: str = "none"
    text: str | None = None
    date: dt.date | None = None
    rrule: str | None = None
    bound: str | None = None
    start: int = 0
    end: int = 0
    rule: str = "none"
    confidence: float = 1.0

    def to_json(self) -> dict[str, Any]:
        """Return the plain form; a text without a limit gives only its kind."""
        if self.kind == "none":
            return {"kind": "none"}
        date = self.date.isoformat() if self.date else None
        return {"kind": self.kind, "date": date, "rrule": self.rrule, "bound": self.bound, "text": self.text}


@dataclass(frozen=True, slots=True)
class Order:
    """One thing that somebody is told to do; `text` is exactly the document's text from start to end."""

    path: str
    text: str
    start: int
    end: int
    kind: str
    assignees: tuple[Party, ...] = ()
    coordinating: tuple[Party, ...] = ()
    deadline: Deadline = Deadline()
    deadlines_extra: tuple[Deadline, ...] = ()
    product: Finding | None = None
    channel: Finding | None = None
    targets: tuple[Finding, ...] = ()
    rule: str = ""
    confidence: float = 0.9
    weak: bool = False
    doubts: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the plain form that the scoring script and the API read."""
        return {
            "path": self.path,
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "kind": self.kind,
            "assignees": [p.name for p in self.assignees],
            "coordinating": [p.name for p in self.coordinating],
            "deadline": _with_span(self.deadline),
            "deadlines_extra": [_with_span(d) for d in self.deadlines_extra],
            "product": self.product.value if self.product else None,
            "channel": self.channel.value if self.channel else None,
            "targets": [t.value for t in self.targets],
            "rule": self.rule,
            "confidence": self.confidence,
            "weak": self.weak,
            "doubts": list(self.doubts),
            "spans": {
                "assignees": [_span(p) for p in self.assignees],
                "coordinating": [_span(p) for p in self.coordinating],
                "targets": [_span(t) for t in self.targets],
                "product": _span(self.product) if self.product else None,
                "channel": _span(self.channel) if self.channel else None,
            },
        }


def _span(found: Finding | Party) -> dict[str, Any]:
    return {"start": found.start, "end": found.end, "rule": found.rule, "confidence": found.confidence}


def _with_span(limit: Deadline) -> dict[str, Any]:
    plain: dict[str, Any] = {"text": None, "date": None, "rrule": None, "bound": None} | limit.to_json()
    if limit.kind != "none":
        plain |= {"start": limit.start, "end": limit.end, "rule": limit.rule, "confidence": limit.confidence}
    return plain


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its class, and the index of the order that holds it."""

    start: int
    end: int
    klass: str
    order: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read from one document; offsets count code points of `text`."""

    text: str
    media_type: str = "text/plain"
    number: str | None = None
    symbol: str | None = None
    code: str | None = None
    doc_type: str | None = None
    issuer: str | None = None
    issued_on: dt.date | None = None
    signer: str | None = None
    signing_mark: str | None = None
    subject: str | None = None
    addressees: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    theme: str | None = None
    period: str | None = None
    orders: tuple[Order, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    findings: tuple[Finding, ...] = field(default=())

    def to_json(self) -> dict[str, Any]:
        """Return the plain form of the reading, without the text itself."""
        return {
            "media_type": self.media_type,
            "number": self.number,
            "symbol": self.symbol,
            "code": self.code,
            "doc_type": self.doc_type,
            "issuer": self.issuer,
            "issued_on": self.issued_on.isoformat() if self.issued_on else None,
            "signer": self.signer,
            "signing_mark": self.signing_mark,
            "subject": self.subject,
            "addressees": list(self.addressees),
            "cites": list(self.cites),
            "theme": self.theme,
            "period": self.period,
            "orders": [order.to_json() for order in self.orders],
            "sentences": [{"start": s.start, "end": s.end, "class": s.klass, "order": s.order} for s in self.sentences],
            "findings": [
                {
                    "field": f.field,
                    "value": f.value,
                    "start": f.start,
                    "end": f.end,
                    "rule": f.rule,
                    "confidence": f.confidence,
                }
                for f in self.findings
            ],
        }
