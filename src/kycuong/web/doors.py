"""What every view of the web door shares: the signed-in request and the refusals shown as a form's error."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django_htmx.middleware import HtmxDetails

from kycuong.queries.scope import Actor

P = ParamSpec("P")


class Request(HttpRequest):
    """A request of someone signed in, as the middleware has completed it."""

    actor: Actor
    at: datetime
    real: datetime  # what the machine's clock says, also in a demo
    htmx: HtmxDetails


def signed_in(
    view: Callable[Concatenate[Request, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Send whoever is not signed in to the sign-in page, and back afterwards."""

    @wraps(view)
    def guarded(request: Request, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if getattr(request, "actor", None) is None:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return guarded
