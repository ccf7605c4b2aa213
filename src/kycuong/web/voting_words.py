"""Words and forms of voting slips: choices, results, what was typed."""

from __future__ import annotations

from django.http import QueryDict

from kycuong.core.voting import CHOICE_LABELS, RESULT_LABELS, Choice, Result
from kycuong.services.voting import Matter
from kycuong.web import forms, words
from kycuong.web.doors import Request


def choice(code: str) -> str:
    """Return a choice in words; nothing for none."""
    return words.said(CHOICE_LABELS[Choice(code)]) if code else ""


def result(found: Result) -> str:
    """Return a result in words."""
    return words.said(RESULT_LABELS[found])


def choices() -> list[tuple[str, str]]:
    """Return the choices of a slip."""
    return [(one.value, words.said(label)) for one, label in CHOICE_LABELS.items()]


def chosen(post: QueryDict) -> Choice | None:
    """Return the choice that was sent, None for none."""
    return next((one for one in Choice if one.value == post.get("choice", "")), None)


def matter(request: Request) -> Matter:
    """Return what the form puts to the members. Raises: Invalid."""
    post = request.POST
    return Matter(
        post.get("title", ""), post.get("words", ""), tuple(dict.fromkeys(post.getlist("member"))), post.get("rule", ""),
        forms.read_number(post.get("days", "")), forms.read_file(request, required=False),
    )  # fmt: skip
