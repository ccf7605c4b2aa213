"""Whom of ours a provider of single sign-on means."""

from __future__ import annotations

from typing import Any

import pytest
from tests import make

from kycuong.core.errors import Invalid
from kycuong.models import Identity, Officer
from kycuong.services import identities


@pytest.fixture(autouse=True)
def provider(settings: Any) -> None:
    """Match by the name that people sign in with."""
    settings.OIDC_MATCH, settings.OIDC_CLAIM = "login", "preferred_username"


def found(name: str, subject: str) -> str:
    claims = identities.Claims("https://dang-nhap.invalid", subject, {"preferred_username": name})
    return identities.find(at=make.at(make.MONDAY), claims=claims).login


def test_a_name_means_one_person_whatever_its_case_and_never_one_of_two_by_chance() -> None:
    assert found("GDSXD", "a") == "gdsxd"
    Officer.objects.create(login="CVQLDT", full_name="Trịnh Văn Sáu")
    assert found("cvqldt", "b") == "cvqldt"
    assert found("CVQLDT", "c") == "CVQLDT"
    with make.refused(Invalid, "identity_unknown"):
        found("CvQldt", "d")
    assert Identity.objects.count() == 3
