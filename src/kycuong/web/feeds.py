"""The calendar of one's duties at a secret address, as calendar programs read it; and the page to make and revoke it."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kycuong import __version__
from kycuong.core.calendars import TZ
from kycuong.core.mails import link
from kycuong.queries import feeds as queries
from kycuong.services import feeds as services
from kycuong.web.doors import Request, signed_in

if TYPE_CHECKING:
    from icalendar import Calendar

#: How often a calendar program is asked to look again.
AGAIN = timedelta(hours=1)


@require_safe
def feed(request: HttpRequest, word: str) -> HttpResponse:
    """Hand out the duties of whose address it is: as events of a day, or as things to do when asked with ?dang=viec."""
    at: Any = getattr(request, "at", None)
    found = queries.feed(word, at)
    text = written(found, as_todo=request.GET.get("dang") == "viec")
    tag = f'"{sha256(text).hexdigest()[:32]}"'
    services.note_read(officer_id=found.officer_id, at=at)
    known = request.headers.get("If-None-Match", "").replace("W/", "")
    same = tag in {one.strip() for one in known.split(",")}
    response = HttpResponseNotModified() if same else HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response.headers["ETag"], response.headers["Cache-Control"] = tag, "private, max-age=300"
    response.headers["X-Robots-Tag"] = "noindex"
    if found.rows:
        response.headers["Last-Modified"] = http_date(max(row.changed_at for row in found.rows).timestamp())
    return response


def written(found: queries.Feed, *, as_todo: bool) -> bytes:
    """Return a feed as iCalendar (RFC 5545, 7986); the same duties are always the same bytes."""
    from icalendar import Calendar  # heavy, and asked for by few

    calendar = Calendar()
    calendar.add("prodid", f"-//Ky Cuong//{__version__}//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("calscale", "GREGORIAN")
    name = _("Nhiệm vụ của %(name)s") % {"name": found.name}
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", "Asia/Ho_Chi_Minh")
    calendar.add("refresh-interval", AGAIN, parameters={"value": "DURATION"})
    for row in found.rows:
        calendar.add_component(_component(row, as_todo))
    _with_zone(calendar)
    return bytes(calendar.to_ical())


def _with_zone(calendar: Calendar) -> None:
    """Put the one time zone first, also when no duty of the moment needs it."""
    from icalendar import Timezone

    zone = Timezone.from_tzid("Asia/Ho_Chi_Minh")
    calendar.subcomponents.insert(0, zone)


def _component(row: queries.FeedRow, as_todo: bool) -> Any:
    from icalendar import Event, Todo

    one: Any = Todo() if as_todo else Event()
    domain = settings.SITE_URL.partition("//")[2].partition(":")[0] or "kycuong"
    one.add("uid", f"{row.public_id}-{'todo' if as_todo else 'event'}@{domain}")
    one.add("dtstamp", row.changed_at)
    one.add("last-modified", row.changed_at)
    one.add("created", row.opened_at)
    one.add("sequence", row.version)
    one.add("summary", f"{_('Hạn')}: {row.title}")
    told = [row.document, row.unit_name, link(settings.SITE_URL, row.public_id)]
    one.add("description", "\n".join(line for line in told if line))
    one.add("url", link(settings.SITE_URL, row.public_id))
    due = row.due_at.astimezone(TZ)
    if as_todo:
        one.add("due", row.last_date if row.whole_day else due)
        one.add("status", "NEEDS-ACTION")
        return one
    if row.whole_day:
        one.add("dtstart", row.last_date)
        one.add("dtend", row.last_date + timedelta(days=1))
    else:
        one.add("dtstart", due - timedelta(minutes=30))
        one.add("dtend", due)
    one.add("transp", "TRANSPARENT")
    one.add("status", "CONFIRMED")
    return one


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in
def own(request: Request) -> HttpResponse:
    """Show whether the person has a calendar address, or make one and show it this once."""
    word = services.make_feed(actor=request.actor, at=request.at) if request.method == "POST" else ""
    context = {
        "state": queries.own(request.actor),
        "address": f"{settings.SITE_URL}/lich-viec/{word}.ics" if word else "",
    }
    return render(request, "calendar/feed.html", context)


@require_POST
@signed_in
def revoke(request: Request) -> HttpResponse:
    """Take the person's address back."""
    services.revoke_feed(actor=request.actor, at=request.at)
    messages.success(request, _("Đã thu hồi địa chỉ lịch. Ứng dụng lịch dùng địa chỉ đó không đọc được nữa."))
    return redirect("own_feed")
