"""Addresses of the product: those of the pages, and those of the API."""

from django.http import HttpRequest, HttpResponse
from django.urls import path, re_path

from kycuong.api import pages, problems
from kycuong.api.gate import api
from kycuong.web.routing import ByFirstPart


def no_operation(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Answer an address under /api/ that leads nowhere as the API answers, not with a page."""
    return problems.missing(request)


urlpatterns = [
    path("api/", pages.reference, name="api_reference"),
    path("api/", api.urls),
    re_path(r"^api/(?P<rest>.*)$", no_operation),
    ByFirstPart("kycuong.web.urls"),
]
handler400 = "kycuong.web.errors.bad_request"
handler403 = "kycuong.web.errors.not_allowed"
handler404 = "kycuong.web.errors.not_found"
handler500 = "kycuong.web.errors.failure"
