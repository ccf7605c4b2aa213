"""Give each request its instant and its actor; turn a refusal of the rooms below into the right answer."""

from __future__ import annotations

from collections.abc import Callable

from csp.constants import HEADER
from csp.middleware import CheckableLazyObject, CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone, translation

from kycuong.web import errors, sessions
from kycuong.web.accounts import MUST_REGISTER

Answer = Callable[[HttpRequest], HttpResponse]


class LanguageMiddleware:
    """Speak Vietnamese, unless the person has chosen another language of the settings."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Activate the language of the cookie; the browser's own wish is not asked."""
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class PolicyMiddleware(CSPMiddleware):
    """Send the policy of what a page may load: worded once, the nonce of a page put in."""

    PLACE = "the-nonce-of-this-page"
    #: What a view sets on its answer to have a policy of its own.
    OWN = frozenset({"_csp_config", "_csp_update", "_csp_replace", "_csp_exempt"})

    def __init__(self, get_response: Answer) -> None:
        super().__init__(get_response)
        self.worded: tuple[object, str, str] = (None, "", "")
        self.plain = not (settings.DEBUG or getattr(settings, "CONTENT_SECURITY_POLICY_REPORT_ONLY", None))

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Write the header, unless something of this answer asks for words of its own."""
        if not self.plain or HEADER in response or not self.OWN.isdisjoint(vars(response)):
            return super().process_response(request, response)
        nonce = getattr(request, "_csp_nonce", None)
        without, with_nonce = self._known()
        response.headers[HEADER] = with_nonce.replace(self.PLACE, nonce) if nonce else without
        if nonce is None:  # who asks for it now comes too late
            request.csp_nonce = CheckableLazyObject(self._csp_nonce_post_response)  # type: ignore[attr-defined]
        return response

    def _known(self) -> tuple[str, str]:
        """Return the policy without a nonce and with one, worded anew only when another one is set."""
        asked, *_ = self.worded
        if asked is not settings.CONTENT_SECURITY_POLICY:
            self.worded = (settings.CONTENT_SECURITY_POLICY, build_policy(), build_policy(nonce=self.PLACE))
        return self.worded[1:]


class ActorMiddleware:
    """Read the clock once, and find which hats the signed-in officer wears at that instant."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Complete the request with `at` and `actor`; pages of a signed-in person are never cached."""
        if request.path.startswith("/static/"):
            return self.get_response(request)
        real = timezone.now()
        at, actor = sessions.comes(request, real)
        request.at, request.real, request.actor = at, real, actor  # type: ignore[attr-defined]
        if actor is not None:
            sessions.touch(request, real)
        response = self.get_response(request)
        if actor is not None:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class FirstStepsMiddleware:
    """Let whoever signed in with a given password change it, and whoever must register an authenticator app, before all else."""

    FREE = frozenset({"sign_out", "set_language", "help"})
    REGISTERING = frozenset({"second_factor", "register_factor"})

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; it is stopped in process_view, when its page is known."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        """Send the person to the page of the password, then to that of the second step, whatever page was asked for."""
        wanted = (request.resolver_match and request.resolver_match.url_name) or ""
        if getattr(request, "actor", None) is None or wanted in self.FREE:
            return None
        if request.path.startswith("/api/") and _must_first(request):
            request.actor = None  # type: ignore[attr-defined]  # to the API nobody is there yet
            return None
        if getattr(request.user, "must_change", False):
            return None if wanted == "own_password" else redirect("own_password")
        if request.session.get(MUST_REGISTER) and wanted not in self.REGISTERING:
            return redirect("second_factor")
        return None


def _must_first(request: HttpRequest) -> bool:
    return bool(getattr(request.user, "must_change", False) or request.session.get(MUST_REGISTER))


class ErrorMiddleware:
    """Answer 404, 403, 409 or 422 to a domain refusal that no view has made its own."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; refusals come back through process_exception."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the page for a refusal, or None for a fault of ours."""
        return errors.answer(request, exception)
