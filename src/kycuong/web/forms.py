"""Read what people typed into plain values; what cannot be read is refused with one sentence."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, QueryDict

from kycuong.core.calendars import local_date
from kycuong.core.errors import Invalid
from kycuong.queries import documents, duties
from kycuong.services.requests import Request as Seen
from kycuong.web import uploads, words

Upload = tuple[str, bytes]
DAY_FIRST = re.compile(r"\s*(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})\s*")


def read_date(typed: str) -> date | None:
    """Return the day typed as 27/11/2026 or as the browser's own field sends it; None for an empty field.

    Raises: Invalid.
    """
    if not typed.strip():
        return None
    found = DAY_FIRST.fullmatch(typed)
    try:
        day = date(int(found[3]), int(found[2]), int(found[1])) if found else date.fromisoformat(typed.strip())
    except ValueError as wrong:
        raise Invalid("date_unknown", text=typed) from wrong
    if not 1900 <= day.year <= 2999:  # a slip of the pen, and the very last day has none after it
        raise Invalid("date_unknown", text=typed)
    return day


def today(at: datetime) -> date:
    """Return the day in Việt Nam on which the request came."""
    return local_date(at)


def read_number(typed: str) -> int | None:
    """Return the whole number typed, None for an empty field, for what is no number, or one longer than any key."""
    return int(typed) if typed.strip().isdecimal() and len(typed) < 19 else None


def read_page(typed: str) -> int:
    """Return the page of a list that an address names, the first for none; no list has more than a hundred thousand."""
    return min(read_number(typed) or 1, 100_000)


def read_year(typed: str) -> int | None:
    """Return the year typed, None for what is no year of a calendar that anybody has."""
    year = read_number(typed)
    return year if year and 1900 <= year <= 2999 else None


def read_uuid(typed: str) -> uuid.UUID | None:
    """Return the identifier that a hidden field carries, None when it is none."""
    try:
        return uuid.UUID(typed)
    except ValueError:
        return None


def read_seen(request: HttpRequest) -> Seen:
    """Return the state that the person had before them, and the name of what they send.

    Pressed twice, a form has the same name and is carried out once. Filled in otherwise after going back, or another form of the
    same page, it has another one: it meets the state that its page no longer shows, and is not taken for done.
    """
    post, page = request.POST, read_uuid(request.POST.get("request_id", ""))
    words = sorted((name, values) for name, values in post.lists() if name != "csrfmiddlewaretoken")
    files = sorted((name, [(one.name, one.size) for one in sent]) for name, sent in request.FILES.lists())
    named = uuid.uuid5(page, json.dumps([request.path, words, files])) if page else None
    return Seen(read_number(post.get("act_seq", "")), named)


def read_file(request: HttpRequest, *, required: bool, field: str = "file") -> Upload | None:
    """Return the name and bytes of the file sent in a field of the form, held in memory.

    Raises: Invalid.
    """
    name = request.POST.get("file_name", "") or "đã chọn"  # reads the request, and with it the mark
    if uploads.too_large(request):
        raise Invalid("file_too_large", name=name, limit=settings.UPLOAD_LIMIT_MB)
    sent = request.FILES.get(field)
    if sent is None or isinstance(sent, list):
        if required:
            raise Invalid("file_missing")
        return None
    sent.seek(0)
    return sent.name or "tep", sent.read()


def read_files(request: HttpRequest) -> list[Upload]:
    """Return the names and bytes of all files sent, held in memory.

    Raises: Invalid.
    """
    first = read_file(request, required=True)
    sent = request.FILES.getlist("file")
    if len(sent) < 2 and first:
        return [first]
    for one in sent:
        one.seek(0)
    return [(one.name or "tep", one.read()) for one in sent]


def asks_desk(acts: Iterable[Any]) -> bool:
    """Tell whether one of the acts asks for a desk."""
    return any("desk" in need for act in acts for need in act.needs)


def act_values(act: str, request: HttpRequest) -> dict[str, Any]:
    """Return the values that the service of an act takes, as its form sent them.

    Raises: Invalid.
    """
    post = request.POST
    if act == "correct_result":
        given: dict[str, Any] = {
            "number": post.get("number", "").strip(),
            "symbol": post.get("symbol", "").strip(),
            "signed_on": read_date(post.get("signed_on", "")),
            "signer": post.get("signer", "").strip(),
        }
    elif act == "assign":
        given = {"desk": post.get("desk", ""), "note": post.get("note", "").strip()}
    elif act in {"submit", "explain"}:
        given = {"note": post.get("note", "").strip(), "file": read_file(request, required=False)}
    elif act == "send":
        given = {"file": read_file(request, required=True)}
    elif act.startswith("propose_"):
        given = proposal_values(act.removeprefix("propose_"), post)
    elif act == "accept":
        given = {
            "note": post.get("note", "").strip(),
            "given_on": read_date(post.get("given_on", "")),
            "unit": post.get("unit", ""),
            "due_on": read_date(post.get("due_on", "")),
        }
    else:
        given = {"note": post.get("note", "").strip()}
    return given


def proposal_values(kind: str, post: QueryDict) -> dict[str, Any]:
    """Return the values of the form that proposes something of a kind.

    Raises: Invalid.
    """
    return {
        "kind": kind,
        "reason": post.get("reason", "").strip(),
        "basis": post.get("basis", "").strip(),
        "so_far": post.get("so_far", "").strip(),
        "wanted_on": read_date(post.get("wanted_on", "")),
        "matter": post.get("matter", ""),
        "amount": post.get("amount", ""),
        "why": post.get("why", "").strip(),
    }


def cover_values(post: QueryDict) -> dict[str, Any]:
    """Return the values of the form that hands a desk to a substitute; 0 stands for nobody chosen.

    Raises: Invalid.
    """
    return {
        "post": read_number(post.get("post", "")) or 0,
        "substitute": read_number(post.get("substitute", "")) or 0,
        "first": read_date(post.get("first", "")),
        "last": read_date(post.get("last", "")),
        "reason": post.get("reason", "").strip()[:300],
    }


def change_values(act: str, post: QueryDict) -> dict[str, Any]:
    """Return the values of the form by which the giver's side changes a task.

    Raises: Invalid.
    """
    given: dict[str, Any] = {"note": post.get("note", "").strip()}
    if act != "reassign":
        given["basis"] = post.get("basis", "").strip()
    if act == "revoke":
        return given | {"only_this": post.get("only_this") == "1"}
    texts = {name: post.get(name, "").strip() for name in ("title", "product", "channel") if name in post}
    unit = {} if act == "correct" else {"unit": post.get("unit", "")}
    return given | texts | unit | {"due_on": read_date(post.get("due_on", ""))}


def change_form(page: duties.ChangePage, typed: QueryDict | None) -> dict[str, str]:
    """Return what the fields of a change show: what was typed, or else the task as it stands."""
    if typed is not None:
        return {
            name: typed.get(name, "") for name in ("unit", "title", "product", "channel", "due_on", "basis", "note")
        }
    keeps_date = page.act == "correct"
    return {
        "unit": "" if page.act == "reassign" else page.unit,
        "title": page.title,
        "product": page.product,
        "channel": page.channel,
        "due_on": words.day(page.last_date) if keeps_date else "",
    }


def upload_values(request: HttpRequest) -> dict[str, Any]:
    """Return the values of the upload form.

    Raises: Invalid.
    """
    post = request.POST
    name, data = read_files(request)[0]
    return {
        "name": name,
        "data": data,
        "register": "outgoing" if post.get("register") == "outgoing" else "incoming",
        "arrival_no": read_number(post.get("arrival_no", "")),
        "arrived_on": read_date(post.get("arrived_on", "")),
    }


def by_hand_values(post: QueryDict) -> dict[str, Any]:
    """Return the head of a document as somebody typed it.

    Raises: Invalid.
    """
    typed = {
        name: post.get(name, "").strip() for name in ("number", "symbol", "doc_type", "issuer", "signer", "subject", "content")
    }  # fmt: skip
    return typed | {"issued_on": read_date(post.get("issued_on", "")), "declared": post.get("declared") == "1"}


def order_values(post: QueryDict, at: datetime) -> dict[str, Any]:
    """Return the values of the form that corrects an order; names typed become units or groups.

    Raises: Invalid.
    """
    deadline = read_date(post.get("deadline_date", ""))
    rrule = post.get("rrule", "")
    return {
        "kind": post.get("kind", ""),
        "leads": parties(post, "lead", at),
        "participants": parties(post, "participant", at),
        "deadline_on": deadline,
        "bound": "before" if post.get("bound") == "before" else "by",
        "deadline_text": post.get("deadline_text", "").strip(),
        "rrule": rrule,
        "product": post.get("product", "").strip(),
        "channel": post.get("channel", "").strip(),
        "is_key": post.get("is_key") == "1",
    }


def parties(post: QueryDict, role: str, at: datetime) -> list[str]:
    """Return the kept parties of a role and the ones named anew.

    Raises: Invalid.
    """
    kept = [value for value in post.getlist(role) if value]
    named = [name for name in re.split(r"[;\n]", post.get(f"{role}_new", "")) if name.strip()]
    if not named:
        return kept
    known = party_values(at)
    for name in named:
        value = known.get(name.strip().casefold())
        if value is None:
            raise Invalid("unit_unknown", text=name.strip())
        kept.append(value)
    return list(dict.fromkeys(kept))


def party_values(at: datetime) -> dict[str, str]:
    """Return the value of each unit and group by its name as the suggestion list shows it."""
    groups = {label.casefold(): f"group:{code}" for code, label, _count in documents.groups(at)}
    units = {name.casefold(): f"unit:{key}" for key, name in documents.unit_choices("", at)}
    return groups | units


def span_of(post: QueryDict, text: str) -> tuple[int, int]:
    """Return the span of the passage chosen in the text, given by its ends or copied word for word.

    Raises: Invalid.
    """
    start, end = read_number(post.get("start", "")), read_number(post.get("end", ""))
    if start is not None and end is not None and start < end <= len(text):
        return start, end
    words = post.get("phrase", "").split()
    found = re.search(r"\s+".join(map(re.escape, words)), text) if words else None
    if found is None:
        raise Invalid("span_unknown")
    return found.span()


def give_values(typed: QueryDict) -> dict[str, Any]:
    """Return what the form of a task given directly carries. Raises: Invalid."""
    return {
        "unit": typed.get("unit", ""),
        "participants": typed.getlist("participants"),
        "text": typed.get("text", ""),
        "product": typed.get("product", ""),
        "due_on": read_date(typed.get("due_on", "")),
        "giver_post": read_number(typed.get("giver_post", "")),
        "request_id": read_uuid(typed.get("request_id", "")),
        "why": typed.get("why", ""),
    }
