"""The page of the issuer's rules of consulting: what holds, since when, by which paper; another rule is previewed, then decided."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kycuong.core.calendars import local_date
from kycuong.core.consultation_rules import BY_LAW, CASTING_LABELS, KIND_LABELS, Ruling
from kycuong.core.consultations import SILENCE_LABELS, SLIP_RULES, Silence
from kycuong.core.errors import Invalid
from kycuong.queries import consultations as queries
from kycuong.services import limits
from kycuong.web import calendar_forms, errors, forms, words
from kycuong.web.doors import Request, signed_in


@require_http_methods(["GET", "POST"])
@signed_in
def consultation_rules(request: Request) -> HttpResponse:
    """Show the rules; show what another one would change, and decide it."""
    post = request.POST
    context: dict[str, Any] = {"may_change": request.actor.may("calendar"), "request_id": uuid.uuid4()}
    status = 200
    if request.method == "POST":
        try:
            given: dict[str, Any] = {
                "ruling": _ruling(post),
                "decision": calendar_forms.decision(post),
                "reason": post.get("ly-do", ""),
            }
            given["article"] = post.get("dieu", "")
            if post.get("buoc") == "xem":
                limits.check_consultation_rule(actor=request.actor, at=request.at, **given)
                context["shown"] = queries.preview_rule(given["ruling"], request.at)
                context["compared"] = [tuple(map(_each_said, row)) for row in context["shown"].changes]
                context["anew"] = [
                    (one.count, words.said(one.before), words.said(one.after)) for one in context["shown"].silences
                ]
            else:
                request_id = forms.read_uuid(post.get("request_id", ""))
                limits.change_consultation_rule(actor=request.actor, at=request.at, request_id=request_id, **given)
                messages.success(
                    request, _("Đã ban hành quy định; áp dụng cho việc lấy ý kiến gửi từ ngày có hiệu lực.")
                )
                return redirect("consultation_rules")
        except Invalid as refusal:
            context["said"], status = errors.sentence(refusal), 422
    context |= {
        "cards": [_form(card, post, request) for card in queries.rule_cards(request.at)],
        "refused": post.get("ma"),
    }
    return render(request, "consultations/rules.html", context, status=status)


def _ruling(post: QueryDict) -> Ruling:
    code = post.get("ma", "")
    try:
        silence = Silence(post.get("im-lang", ""))
    except ValueError as error:
        raise Invalid("kind_unknown", text=post.get("im-lang", "")) from error
    least, usual, most, back = (
        forms.read_number(post.get(name, "")) or 0 for name in ("it", "thuong", "nhieu", "tra-lai")
    )
    since = forms.read_date(post.get("hieu-luc", ""))
    casting = code not in SLIP_RULES or post.get("ngang-nhau") == "co"
    return Ruling(code, silence, least, usual, most, back, frozenset(post.getlist("loai")), since, casting)


def _form(card: queries.RuleOf, post: QueryDict, request: Request) -> dict[str, Any]:
    """Return a rule with what its form holds: what was typed, else what is in force."""
    typed, now = post.get("ma") == card.code, card.now
    days = {"it": now.least_days, "thuong": now.usual_days, "nhieu": now.most_days, "tra-lai": now.return_days}
    silences = [Silence.WRITTEN] if card.code == BY_LAW else [Silence.CONSENT, Silence.LIABILITY]
    chosen, kinds = (post.get("im-lang"), post.getlist("loai")) if typed else (now.silence, now.kinds)
    typable = ("hieu-luc", "so", "ngay", "co-quan", "dieu", "ly-do")
    values = {name.replace("-", "_"): post.get(name, str(value)) if typed else value for name, value in days.items()}
    values |= {name.replace("-", "_"): post.get(name, "") if typed else "" for name in typable}
    return {
        "rule": card, "typed": typed, "values": values, "today": local_date(request.at), "by_law": card.code == BY_LAW,
        "silence": words.said(SILENCE_LABELS[Silence(now.silence)]),
        "silences": [(one.value, words.said(SILENCE_LABELS[one]), one.value == chosen) for one in silences],
        "kinds": [(code, words.said(label), code in kinds) for code, label in KIND_LABELS.items()
                  if card.code not in {BY_LAW, *SLIP_RULES}],
        "castings": _castings(card, post) if card.code in SLIP_RULES else [],
        "casting": words.said(CASTING_LABELS[now.casting]) if card.code in SLIP_RULES else "",
        "sent": [(name, value) for name in post if name not in {"csrfmiddlewaretoken", "buoc"} for value in post.getlist(name)],
    }  # fmt: skip


def _each_said(listed: str) -> str:
    """Return a label, or several in a row, in the language of the page."""
    return "; ".join(words.said(one) for one in listed.split("; "))


def _castings(card: queries.RuleOf, post: QueryDict) -> list[tuple[str, str, bool]]:
    """Return what may be said of equal votes, and which is chosen."""
    chosen = post.get("ngang-nhau") == "co" if post.get("ma") == card.code else card.now.casting
    codes = {True: "co", False: "khong"}
    return [(codes[one], words.said(label), one is chosen) for one, label in CASTING_LABELS.items()]
