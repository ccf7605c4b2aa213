"""Words of the review of the backlog, and what its forms carry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kycuong.core import backlog as core
from kycuong.core.backlog import Chosen, Decision, End, Measure
from kycuong.queries import backlog as queries
from kycuong.queries import documents
from kycuong.queries.scope import Actor
from kycuong.services.backlog import Meeting
from kycuong.web import forms, words

Units = Sequence[tuple[UUID, str]]


def form(typed: QueryDict, units: Units) -> dict[str, str]:
    """Return what stands in the fields of the scope: what was typed, or the usual."""
    return {
        "unit": typed.get("don-vi", str(units[0][0])),
        "measure": typed.get("do", Measure.LATE.value),
        "days": typed.get("ngay", str(core.USUAL_DAYS)),
        "document": typed.get("van-ban", ""),
        "term": typed.get("loai", ""),
    }


def choices() -> dict[str, Any]:
    """Return what the fields of the scope offer."""
    return {
        "measures": [(code.value, words.said(label)) for code, label in core.MEASURE_LABELS.items()],
        "terms": [(code, words.said(label)) for code, label in core.TERMS.items()],
    }


def wanted(who: Actor, typed: QueryDict, units: Units) -> queries.Wanted:
    """Return the scope that was typed; a document is named by number and symbol. Raises: Invalid."""
    fields = form(typed, units)
    named = fields["document"].strip()
    return queries.Wanted(
        forms.read_uuid(fields["unit"]) or units[0][0], core.measure_of(fields["measure"]), forms.read_number(fields["days"]),
        documents.find(who, named) if named else None, fields["term"],
    )  # fmt: skip


def chosen(post: QueryDict) -> Chosen:
    """Return the decision that was typed. Raises: Invalid."""
    return Chosen(
        core.decision_of(post.get("decision", "")), post.get("note", "").strip(), forms.read_date(post.get("due_on", "")),
        post.get("to", ""),
    )  # fmt: skip


def meeting(post: QueryDict) -> Meeting:
    """Return who met where, as typed."""
    return Meeting(
        post.get("chair", ""), post.get("secretary", ""), post.get("attendants", ""), post.get("place", ""),
        post.get("conclusion", ""),
    )  # fmt: skip


def people(page: queries.ReviewPage, typed: QueryDict, who: Actor) -> dict[str, str]:
    """Return what stands in the fields of the meeting: what was typed, what is kept, or who is writing as the secretary."""
    kept = {
        "chair": page.chair, "secretary": page.secretary or who.full_name, "place": page.place,
        "attendants": page.attendants, "conclusion": page.conclusion,
    }  # fmt: skip
    return {name: typed.get(name, value) for name, value in kept.items()}


def decision(line: queries.LineRow | queries.ReviewedRow) -> str:
    """Return what was decided about a line: what, to whom, until when."""
    if not line.decision:
        return _("Chưa quyết định")
    said = words.said(core.label_of(line.decision, proposed=line.is_proposed))
    if line.given_unit:
        said = f"{said}: {line.given_unit}"
    return _("%(said)s, đến hết %(on)s") % {"said": said, "on": words.day(line.given_on)} if line.given_on else said


def scope_said(row: queries.ReviewRow) -> str:
    """Return which duties a review looks at."""
    said = (
        ngettext("Quá hạn từ %(n)d ngày làm việc", "Quá hạn từ %(n)d ngày làm việc", row.days)
        if row.measure == Measure.LATE
        else ngettext("Đã giao từ %(n)d ngày làm việc", "Đã giao từ %(n)d ngày làm việc", row.days)
    ) % {"n": row.days}
    more = [words.said(core.TERMS[row.term]).lower()] if row.term else []
    return "; ".join([said, *more, *([row.document_code] if row.document_code else [])])


def counted(page: queries.ReviewPage) -> list[tuple[str, str, int]]:
    """Return how many lines stand with each decision, each with the code that narrows the list to them."""
    codes = ["", *Decision, End.DONE, End.LEFT]
    return [
        (code or "cho", words.said(core.DECISION_LABELS[code or End.LEFT]), page.counts.get(code, 0))
        for code in codes
        if page.counts.get(code, 0)
    ]


def only(lines: Sequence[queries.LineRow], code: str) -> list[queries.LineRow]:
    """Return the lines with one decision, all without a code."""
    return [line for line in lines if not code or line.decision == ("" if code == "cho" else code)]


def closed(left: int) -> str:
    """Return the sentence after a review has ended."""
    if not left:
        return _("Đã kết thúc cuộc rà soát. Tải biên bản để trình ký.")
    return ngettext(
        "Đã kết thúc cuộc rà soát; %(n)d nhiệm vụ chưa quyết định được ghi trong biên bản.",
        "Đã kết thúc cuộc rà soát; %(n)d nhiệm vụ chưa quyết định được ghi trong biên bản.",
        left,
    ) % {"n": left}
