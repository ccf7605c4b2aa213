"""What the web can do, the API can do: a door that is added without its operation fails here, with the way to add it."""

from __future__ import annotations

import importlib
import pkgutil
from collections import defaultdict

from django.urls import URLPattern
from ninja import Schema
from tests.api import apart
from tests.api.reached import acts

from kycuong.api import shapes
from kycuong.api.gate import description
from kycuong.cli import VERBS
from kycuong.web.urls import urlpatterns

OPERATIONS = {one["operationId"] for path in description()["paths"].values() for one in path.values()}


def test_every_act_that_the_web_reaches_is_reached_by_the_api_too() -> None:
    missing = acts("web") - acts("api") - set(apart.ACTS_APART)
    assert not missing, f"{sorted(missing)}: {apart.__doc__}"
    assert not acts("api") & set(apart.ACTS_APART), "has an operation now: take it out of the list"
    assert set(apart.ACTS_APART) <= acts("web"), "no page does it any more: take it out of the list"


def test_every_address_of_the_web_has_an_operation_or_a_reason() -> None:
    names = {str(one.name) for one in urlpatterns if isinstance(one, URLPattern)}
    told = set(apart.PAGES) | set(apart.PAGES_APART)
    assert names == told, f"{sorted(names ^ told)}: {apart.__doc__}"
    assert not set(apart.PAGES) & set(apart.PAGES_APART)


def test_every_verb_of_the_command_line_has_an_operation_or_a_reason() -> None:
    assert set(VERBS) == set(apart.VERBS), f"{sorted(set(VERBS) ^ set(apart.VERBS))}: {apart.__doc__}"


def test_every_operation_that_is_named_exists() -> None:
    named = [*apart.PAGES.values(), *(row for row in apart.VERBS.values() if not row.startswith("-"))]
    assert {name for row in named for name in row.split()} <= OPERATIONS


def test_every_operation_speaks_vietnamese_first() -> None:
    for path, operations in description()["paths"].items():
        for one in operations.values():
            assert one["summary"], path
            assert one["x-summary-en"], path
            assert one["summary"] != one["x-summary-en"], path
            assert one["tags"][0] in {tag["name"] for tag in description()["tags"]}, path


def test_no_two_shapes_share_a_name() -> None:
    """Two shapes of one name are one in the description: whoever reads it would be told the wrong one."""
    rooms = [importlib.import_module(one.name) for one in pkgutil.iter_modules(shapes.__path__, f"{shapes.__name__}.")]
    owners: dict[str, set[str]] = defaultdict(set)
    for room in rooms:
        for name, shape in vars(room).items():
            if isinstance(shape, type) and issubclass(shape, Schema) and shape.__module__ == room.__name__:
                owners[name].add(room.__name__)
    assert {name: its for name, its in owners.items() if len(its) > 1} == {}
