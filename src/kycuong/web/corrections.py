"""Where the reader errs: counts that open to their examples."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from kycuong.queries import corrections as queries
from kycuong.web import words
from kycuong.web.doors import Request, signed_in

WRONG: dict[str, str | Promise] = {
    "lead": gettext_lazy("Sai đơn vị chủ trì"),
    "participants": gettext_lazy("Sai đơn vị phối hợp"),
    "deadline": gettext_lazy("Sai thời hạn"),
    "kind": gettext_lazy("Sai loại"),
    "product": gettext_lazy("Sai sản phẩm"),
    "span": gettext_lazy("Sai chỗ tách, gộp"),
    "missed": gettext_lazy("Bỏ sót"),
    "invented": gettext_lazy("Nhận nhầm"),
}


@require_GET
@signed_in
def corrections(request: Request) -> HttpResponse:
    """Show what reviewers corrected, by field, document type, rule and version of the reader."""
    asked = request.GET
    wanted = queries.Filter(
        asked.get("loi", ""), asked.get("loai", ""), asked.get("quy-tac", ""), asked.get("phien-ban", "")
    )
    found = queries.report(request.actor, wanted)
    context = {
        "report": found,
        "fields": [(name, WRONG[name], found.total.errors[name], found.share_pct(name)) for name in queries.FIELDS],
        "heads": WRONG.values(),
        "tables": [
            (_("Theo loại văn bản"), "loai", _sorted(found.by_type)),
            (_("Theo quy tắc của bộ đọc"), "quy-tac", _sorted(found.by_rule)),
            (_("Theo phiên bản bộ đọc"), "phien-ban", _sorted(found.by_version)),
        ],
        "chosen": [value for value in (WRONG.get(wanted.field), wanted.doc_type, wanted.rule, wanted.version) if value],
        "examples": [
            (one, WRONG[one.field], told(one.field, one.before), told(one.field, one.after)) for one in found.examples
        ],
    }
    return render(request, "pages/corrections.html", context)


def _sorted(groups: dict[str, queries.Group]) -> list[queries.Group]:
    return sorted(groups.values(), key=lambda group: (-group.wrong, -group.orders, group.name))


def told(field: str, state: queries.State | None) -> str:
    """Return the part of an order that a correction is about, in words."""
    if state is None:
        return _("không có")
    if field in {"lead", "participants"}:
        role = "lead" if field == "lead" else "participant"
        return "; ".join(one["printed"] for one in state["parties"] if one["role"] == role) or _("không có")
    if field == "deadline":
        return _deadline(state)
    if field == "kind":
        return str(words.KINDS.get(state["kind"], state["kind"]))
    if field == "product":
        return state["product"] or _("không có")
    return _("không giao việc") if state["status"] == "dropped" else str(state["text"])


def _deadline(state: queries.State) -> str:
    if state["deadline_on"]:
        return f"{words.BOUNDS.get(state['bound'], words.BOUNDS['by'])} {words.day(date.fromisoformat(state['deadline_on']))}"
    return str(dict(words.CYCLES).get(state["rrule"], state["rrule"])) if state["rrule"] else _("không có")
