"""Read the forms that change the calendar and the office hours; what cannot be read is refused with one sentence."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import QueryDict

from kycuong.core.calendar_changes import Decision, day_changes, read_days, read_spans
from kycuong.core.errors import Invalid
from kycuong.queries import org
from kycuong.queries.calendar_changes import Wanted
from kycuong.web import forms

#: What a preview hands on to the form that makes the change.
FIELDS = ("so", "ngay", "co-quan", "nghi", "lam-bu", "ten", "chinh-ly", "don-vi", "gio")


def decision(sent: QueryDict) -> Decision:
    """Return the paper that decides a change. Raises: Invalid."""
    number, issuer = sent.get("so", "").strip(), sent.get("co-quan", "").strip()
    if not number or not issuer:
        raise Invalid("decision_missing")
    on = forms.read_date(sent.get("ngay", ""))
    if on is None:
        raise Invalid("decision_date_missing")
    return Decision(number, on, issuer)


def days(sent: QueryDict, today: date) -> tuple[dict[str, Any], Wanted]:
    """Return what the act that changes days takes, and the change to preview. Raises: Invalid."""
    paper = decision(sent)
    off, working = read_days(sent.get("nghi", "")), read_days(sent.get("lam-bu", ""))
    found = day_changes(off, working, paper, name=sent.get("ten", ""))
    is_correction = sent.get("chinh-ly") == "1"
    given = {"decision": paper, "days": found, "correction": is_correction}
    return given, Wanted(days=found, correction=is_correction)


def hours(sent: QueryDict, today: date) -> tuple[dict[str, Any], Wanted]:
    """Return what the act that changes office hours takes, and the change to preview. Raises: Invalid."""
    paper, unit, spans = decision(sent), forms.read_uuid(sent.get("don-vi", "")), read_spans(sent.get("gio", ""))
    found = org.unit_id(unit) if unit else None
    if unit is None or found is None:
        raise Invalid("unit_unknown", text=sent.get("don-vi", ""))
    return {"decision": paper, "unit": unit, "spans": spans}, Wanted(unit_id=found, spans=spans)


def assent(sent: QueryDict) -> dict[str, Any]:
    """Return what is said when a previewed change is made: why, under which version, and a key against repeating."""
    return {
        "reason": sent.get("ly-do", ""),
        "seen": forms.read_number(sent.get("phien-ban", "")) or 0,
        "request_id": forms.read_uuid(sent.get("request_id", "")),
    }


def limit(sent: QueryDict) -> dict[str, Any]:
    """Return what the act that changes a limit takes. Raises: Invalid."""
    return {
        "code": sent.get("ma", ""),
        "quantity": forms.read_number(sent.get("so-ngay", "")),
        "decision": decision(sent),
        "article": sent.get("dieu", ""),
        "in_force_from": forms.read_date(sent.get("hieu-luc", "")),
        "reason": sent.get("ly-do", ""),
        "request_id": forms.read_uuid(sent.get("request_id", "")),
    }


def kept(sent: QueryDict) -> list[tuple[str, str]]:
    """Return the values that the form after the preview carries on."""
    return [(name, sent.get(name, "")) for name in FIELDS if sent.get(name)]


def typed(sent: QueryDict) -> dict[str, Any]:
    """Return what was typed, to be shown again."""
    return {
        "typed": sent,
        "issuer": sent.get("co-quan", ""),
        "made_up": sent.get("lam-bu", ""),
        "correction": sent.get("chinh-ly") == "1",
        "unit_typed": sent.get("don-vi", ""),
        "reason_typed": sent.get("ly-do", ""),
        "days_typed": sent.get("so-ngay", ""),
        "from_typed": sent.get("hieu-luc", ""),
    }
