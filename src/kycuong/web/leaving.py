"""Leave the mails from the mail itself: one click, or the button of the mail program (RFC 8058)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from kycuong.services import outreach


@csrf_exempt  # a mail program posts without a session; the signed word in the address is the proof
@never_cache
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, word: str) -> HttpResponse:
    """Ask whether to leave the mails; a POST leaves, without a sign-in."""
    if request.method == "POST":
        at: Any = getattr(request, "at", None)
        outreach.unsubscribe(word=word, at=at)
    else:
        outreach.read_word(word)
    return render(request, "reminders/leave.html", {"done": request.method == "POST"})
