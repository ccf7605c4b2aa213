"""Write reviewed documents as labelled examples for the reader: a text and its gold JSON each, little of anybody's person."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db import transaction

from kycuong.core.errors import Invalid
from kycuong.core.folding import fold
from kycuong.models import Document, DocumentText, Order, OrderParty
from kycuong.models.directives import OrderStatus, Term
from kycuong.queries import corrections
from kycuong.reader import Secret, read_text
from kycuong.services import audit

#: What a label needs of nobody: addresses, telephone and identity numbers; blanked at the same length, spans stay.
_PERSONAL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\d/])(?:\+84|0)(?:[ .-]?\d){8,10}(?!\d)|(?<!\d)\d{12}(?!\d)")
_MARK = re.compile(r"\s*(?:(?:[\dIVX]{1,4}(?:\.\d{1,3})*[.):]|[a-zđ][.)]|[-–+•*])\s*)+")


@dataclass(frozen=True, slots=True)
class Exported:
    """How many examples were written, and how many papers were left out because they bear a mark of secrecy."""

    documents: int
    orders: int
    secret: int


def export(
    folder: Path, *, at: datetime, changed: bool = False, progress: Callable[[int], None] = lambda done: None
) -> Exported:
    """Write every issued document as a labelled example below `folder`; what stands there under the same name is replaced.

    The label is the state that the reviewers issued; with `changed` only documents that they corrected. Raises: Invalid.
    """
    written = orders = secret = 0
    try:
        for name in ("gold", "texts"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        for one in corrections.judged(corrections.reviewed(None).filter(is_line=False)):
            if changed and not one.errors:
                continue
            label = _example(one.document, folder)
            secret += label is None
            written += label is not None
            orders += len(label["tasks"]) if label else 0
            progress(written)
    except OSError as error:
        raise Invalid("folder_unwritable", folder=folder, why=error.strerror or error) from error
    with transaction.atomic():
        audit.record(
            actor_id=None, at=at, act="export_corrections", subject_kind="reader", documents=written, orders=orders
        )  # fmt: skip
    return Exported(written, orders, secret)


def _example(document: Document, folder: Path) -> dict[str, Any] | None:
    row = DocumentText.objects.get(document=document)
    try:
        read_text(row.text)  # a mark that somebody overlooked when the paper came in
    except Secret:
        return None
    text = _blank(row.text)
    name = f"{_slug(str(document))}-{sha256(row.text.encode()).hexdigest()[:8]}"
    label = _label(document, row, text, name)
    (folder / "texts" / f"{name}.txt").write_text(text, "utf-8", newline="\n")
    (folder / "gold" / f"{name}.json").write_text(json.dumps(label, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return label


def _blank(text: str) -> str:
    return _PERSONAL.sub(lambda match: re.sub(r"\w", "x", match.group()).replace("@", "x"), text)


def _slug(code: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(code).lower()).strip("-")[:60] or "van-ban"


def _label(document: Document, row: DocumentText, text: str, name: str) -> dict[str, Any]:
    weak = {one["start"] for one in row.reading.get("orders", []) if one.get("weak")}
    orders = Order.objects.filter(document=document).exclude(status=OrderStatus.DROPPED)
    return {
        "id": name, "file": f"{name}.txt",
        "number": document.number or None, "symbol": document.symbol or None,
        "code": str(document) if document.number else None,
        "doc_type": document.doc_type or None, "issuer": document.issuer or None,
        "issued_on": document.issued_on.isoformat() if document.issued_on else None,
        "signer": document.signer or None, "subject": document.subject or None,
        "addressees": list(document.addressees), "cites": list(document.cites),
        "tasks": [
            _task(order, text, order.start in weak)
            for order in orders.order_by("start", "id").prefetch_related("parties")
        ],
        "reader_version": row.reader_version,
    }  # fmt: skip


def _task(order: Order, text: str, weak: bool) -> dict[str, Any]:
    mark = _MARK.match(text, order.start, order.end)
    start = mark.end() if mark and mark.end() < order.end else order.start
    parties = sorted(order.parties.all(), key=lambda party: party.position)
    task = {
        "path": order.path,
        "first_words": " ".join(text[start : order.end].split()[:6]),
        "assignees": [_blank(one.printed) for one in parties if one.role == OrderParty.Role.LEAD],
        "coordinating": [_blank(one.printed) for one in parties if one.role == OrderParty.Role.PARTICIPANT],
        "deadline": _deadline(order),
        "targets": list(order.targets),
        "product": order.product or None,
        "kind": order.kind,
        "start": start,
    }
    return task | {"weak": True} if weak else task


def _deadline(order: Order) -> dict[str, str | None]:
    kind = {Term.DATED: "absolute", Term.PERIODIC: "recurring"}.get(Term(order.kind))
    if kind is None:
        kind = "relative" if order.deadline_kind == "relative" else "none"
    return {
        "kind": kind,
        "text": order.deadline_text or None,
        "date": order.deadline_on.isoformat() if kind == "absolute" and order.deadline_on else None,
        "rrule": order.rrule if kind == "recurring" else None,
    }
