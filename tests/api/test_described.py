"""The description of the API is what it does: checked in, and asked with Schemathesis, bounded (scripts/fuzz.py runs longer)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS
from tests.api import asking

from kycuong.api.gate import description
from kycuong.wsgi import application

#: A request that fits its shape may be refused by a rule; Schemathesis cannot know the rules.
LEFT_OUT = {"positive_data_acceptance"}


def test_every_operation_says_who_may_and_how_it_refuses() -> None:
    for path, operations in description()["paths"].items():
        for method, one in operations.items():
            assert re.fullmatch(r"[a-z]+(_[a-z]+)*", one["operationId"]), path
            assert one["summary"], path
            assert one["security"], path
            assert {"401", "403", "404", "409", "422", "429"} <= set(one["responses"]), path
            assert method in {"get", "post", "delete"}


@pytest.fixture
def kept_open() -> Iterator[None]:
    """Let the test's connection outlive a request, as Django's own test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.once  # the description is the same on either database; scripts/fuzz.py asks more of both
def test_no_server_error_and_no_answer_outside_the_description(kept_open: None, settings: Any) -> None:
    settings.API_CALLS_A_MINUTE = 1_000_000
    ids, token = asking.life()
    asking.KNOWN.update(ids)
    try:
        schema = schemathesis.openapi.from_wsgi("/api/openapi.json", application)
        operations = [found.ok() for found in schema.get_all_operations()]
        for number, operation in enumerate(operations):
            _ask(operation, token, GenerationMode.POSITIVE)
            if number % 7 == 0:  # what lies outside the shapes costs much to make: the longer run asks everything
                _ask(operation, token, GenerationMode.NEGATIVE)
    finally:
        asking.KNOWN.clear()
    assert len(operations) > 200


def _ask(operation: Any, token: str, mode: GenerationMode) -> None:
    """Ask an operation with a few requests within its shape, or outside it, and check each answer."""
    headers = {"Authorization": f"Bearer {token}", "Accept-Encoding": "identity"}
    checks = [check for check in CHECKS.get_all() if check.__name__ not in LEFT_OUT]
    if mode is GenerationMode.NEGATIVE and not (operation.body or any(operation.iter_parameters())):
        return

    @settings_for_a_gate
    @given(case=operation.as_strategy(generation_mode=mode))
    def asked(case: Any) -> None:
        case.call_and_validate(headers=headers, checks=checks)

    asked()


settings_for_a_gate = settings(
    max_examples=2, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
