"""The policy of what a page may load is the one that its library would send, with the nonce of this page alone."""

from __future__ import annotations

import re

import pytest
from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponse
from django.test import Client

from kycuong.web.middleware import PolicyMiddleware

pytestmark = pytest.mark.django_db
NONCE = re.compile(r"'nonce-([^']+)'")


def sent(middleware: type[CSPMiddleware], *, asked: bool, **own: object) -> str:
    """Return the header of an answer, whose page asked for its nonce or not, with what its view set on it."""
    request, response = HttpRequest(), HttpResponse()
    vars(response).update(own)

    def page(request: HttpRequest) -> HttpResponse:
        if asked:
            str(request.csp_nonce)  # type: ignore[attr-defined]
            request._csp_nonce = "AAAA"  # type: ignore[attr-defined]
        return response

    answer = middleware(page)(request)
    return str(answer.headers.get(HEADER, ""))


@pytest.mark.parametrize("own", [{}, {"_csp_update": {"img-src": ["https://example.org"]}}, {"_csp_exempt": True}])
@pytest.mark.parametrize("asked", [True, False])
def test_the_words_are_those_of_the_library(asked: bool, own: dict[str, object]) -> None:
    theirs, ours = sent(CSPMiddleware, asked=asked, **own), sent(PolicyMiddleware, asked=asked, **own)
    assert {part.strip() for part in ours.split(";")} == {part.strip() for part in theirs.split(";")}
    assert bool(NONCE.search(ours)) == (asked and "_csp_exempt" not in own)


def test_a_nonce_is_of_one_page_and_what_leads_elsewhere_has_none() -> None:
    browser, address = Client(), "/dang-nhap/"
    found = [NONCE.findall(browser.get(address).headers[HEADER]) for _ in range(2)]
    assert not set(found[0]) & set(found[1])
    away = browser.get("/")
    assert away.status_code == 302
    assert "default-src 'self'" in away.headers[HEADER]
    assert not NONCE.search(away.headers[HEADER])
