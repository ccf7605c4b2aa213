"""The provider of single sign-on, as the settings name it: OpenID Connect with PKCE, through the parts of django-allauth.

Taken from there: discovery, the address to go to, state and proof key in the session, the exchange of the code. Ours: the
identity token is verified whoever brought it, by the provider's keys, with issuer, audience, expiry and nonce.
"""

from __future__ import annotations

from typing import Any

import jwt
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from requests import RequestException

from kycuong.services.identities import Claims

#: Everything that goes wrong between us and a provider, whichever library says it.
FAILURES = (OAuth2Error, RequestException, jwt.PyJWTError, KeyError, ValueError, TypeError, AttributeError)
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
#: Seconds by which the clocks of two machines may differ.
LEEWAY = 60
LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"


class Provider(OpenIDConnectProvider):  # type: ignore[misc]
    """The one provider of this instance."""

    def get_oauth2_adapter(self, request: HttpRequest) -> Adapter:
        """Return our adapter."""
        return Adapter(request)


class Adapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """The exchange with the provider of this instance."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request, provider_id="kycuong")
        self.provider = provider(request)

    def get_provider(self) -> Provider:
        """Return the provider of the settings; no table is asked."""
        return self.provider

    def get_callback_url(self, request: HttpRequest, app: object) -> str:
        """Return the one address to which the provider sends people back."""
        return request.build_absolute_uri(reverse("single_sign_on_back"))

    @property
    def openid_config(self) -> dict[str, Any]:
        """Return what the provider says of itself, fetched once. Raises: OAuth2Error when it is not who was meant."""
        found: dict[str, Any] = super().openid_config
        if found.get("issuer") != settings.OIDC_ISSUER:
            message = "the provider calls itself by another name"
            raise OAuth2Error(message)
        return found

    def claims(self, code: str, verifier: str, nonce: str) -> Claims:
        """Exchange a code and return who stands there, verified. Raises: one of FAILURES."""
        client = self.get_client(self.request, self.provider.app)
        tokens = client.get_access_token(code, pkce_code_verifier=verifier)
        told = self.verified(tokens["id_token"])
        if told.get("nonce") != nonce:
            message = "the token answers another question"
            raise OAuth2Error(message)
        values = dict(told)
        if "userinfo_endpoint" in self.openid_config:
            more = self._fetch_user_info(tokens["access_token"])
            if more.get("sub") != told["sub"]:
                message = "the two answers of the provider speak of different people"
                raise OAuth2Error(message)
            values |= more
        return Claims(str(told["iss"]), str(told["sub"]), values)

    def verified(self, token: str, require: tuple[str, ...] = ("exp", "iat", "sub")) -> dict[str, Any]:
        """Return the content of a token that the provider has signed for us. Raises: one of FAILURES."""
        found: dict[str, Any] = jwt.decode(
            token, self._key_of(token), algorithms=ALGORITHMS, audience=settings.OIDC_CLIENT_ID,
            issuer=settings.OIDC_ISSUER, leeway=LEEWAY, options={"require": [*require, "iss", "aud"]},
        )  # fmt: skip
        audience = found["aud"]
        if isinstance(audience, list) and len(audience) > 1 and found.get("azp") != settings.OIDC_CLIENT_ID:
            message = "the token was made for somebody else"
            raise OAuth2Error(message)
        return found

    def _key_of(self, token: str) -> Any:
        with _session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        keys = jwt.PyJWKSet.from_dict(answer.json()).keys
        name = jwt.get_unverified_header(token).get("kid")
        fitting = [key for key in keys if key.key_id == name and key.public_key_use in {None, "sig"}]
        if len(fitting) != 1:
            message = "the provider has no such key"
            raise OAuth2Error(message)
        return fitting[0]


def _session() -> Any:
    from allauth.socialaccount.adapter import get_adapter

    return get_adapter().get_requests_session()


def provider(request: HttpRequest) -> Provider:
    """Return the provider of the settings."""
    app = SocialApp(
        provider="openid_connect",
        provider_id="kycuong",
        name=settings.OIDC_NAME,
        client_id=settings.OIDC_CLIENT_ID,
        secret=settings.OIDC_CLIENT_SECRET,
        settings={
            "server_url": settings.OIDC_ISSUER.rstrip("/"),
            "oauth_pkce_enabled": True,
            "scope": settings.OIDC_SCOPES,
        },
    )
    return Provider(request, app=app)


def ended(request: HttpRequest, token: str) -> tuple[str, str]:
    """Return person and session there that a back-channel logout token names. Raises: one of FAILURES.

    Basis: OpenID Connect Back-Channel Logout 1.0, 2.6.
    """
    found = Adapter(request).verified(token, require=("iat",))
    named = str(found.get("sub") or ""), str(found.get("sid") or "")
    if LOGOUT_EVENT not in found.get("events", {}) or "nonce" in found or not any(named):
        message = "this is no logout token"
        raise OAuth2Error(message)
    return named


def goodbye(request: HttpRequest) -> str:
    """Return where a person goes to be signed out there too; "" when the provider has no such place or does not answer."""
    try:
        address: str = Adapter(request).openid_config.get("end_session_endpoint", "")
    except FAILURES:
        return ""
    home = request.build_absolute_uri(reverse("sign_in"))
    told = urlencode({"client_id": settings.OIDC_CLIENT_ID, "post_logout_redirect_uri": home})
    return f"{address}?{told}" if address else ""
