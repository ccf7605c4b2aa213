"""Settings of signing in that are unsafe, or let nobody in, are said before anything is served."""

from __future__ import annotations

from typing import Any

import pytest

from kycuong import checks

SAFE = {
    "DEMO": False, "SECURE": True, "PROXIES": 1, "SECOND_FACTOR": "policy", "PASSWORDS": "all", "OIDC_ISSUER": "https://id.example",
    "OIDC_CLIENT_ID": "kycuong", "OIDC_CLIENT_SECRET": "x", "SESSION_COOKIE_AGE": 43200, "SESSION_IDLE_MINUTES": 120,
}  # fmt: skip


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, []),
        ({"SECOND_FACTOR": "maybe"}, ["E008"]),
        ({"OIDC_MATCH": "name"}, ["E008"]),
        ({"OIDC_CLIENT_SECRET": ""}, ["E009"]),
        ({"PASSWORDS": "administrators", "OIDC_ISSUER": ""}, ["E010"]),
        ({"SESSION_IDLE_MINUTES": 0}, ["E011"]),
        ({"OIDC_ISSUER": "http://id.example"}, ["E012"]),
        ({"SECURE": False}, ["E013"]),
        ({"SECOND_FACTOR": "none"}, ["W001"]),
        ({"PROXIES": 0}, ["W002"]),
        ({"SESSION_COOKIE_AGE": 90000}, ["W003"]),
        ({"DEMO": True, "SECURE": False, "SECOND_FACTOR": "none", "OIDC_ISSUER": ""}, []),
    ],
)
def test_what_is_said(settings: Any, given: dict[str, Any], told: list[str]) -> None:
    for name, value in (SAFE | given).items():
        setattr(settings, name, value)
    found = checks.sign_in(None) + checks.unsafe_sign_in(None)
    assert [str(one.id).removeprefix("kycuong.") for one in found] == told
