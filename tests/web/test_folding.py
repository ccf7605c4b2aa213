"""A folded template says what the plain one says; an address found by its first part leads where Django's own way leads."""

from __future__ import annotations

import pytest
from django.template import Context, Engine, engines
from django.urls import Resolver404, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern
from django.utils.translation import override

from kycuong.web import folding
from kycuong.web.routing import ByFirstPart

TEXT = """a {% trans "Tìm kiếm" %} <b>{% icon "bell" %}</b> {{ given }} {% url 'board' %}{% static 'icon.svg' %}
{% if given %}mot {% trans "Văn bản" %} {% block inside %}hai {% url 'search' %}{% endblock %}{% else %}ba {% icon "x" %} bon{% endif %}
{% for one in many %}{{ one }} nam {% trans "Tìm kiếm" %}, {% empty %}sau {% trans "Văn bản" %}{% endfor %}
{% with other=given %}{% trans "Tìm kiếm" %} {{ other }}{% endwith %}{% comment %}khong{% endcomment %}"""


def engine() -> Engine:
    found: Engine = engines["django"].engine
    return found


@pytest.mark.parametrize("given", [{}, {"given": "<x>", "many": [1, 2]}])
def test_a_folded_template_says_the_same_in_each_language(given: dict[str, object]) -> None:
    text = "{% load static %}" + TEXT
    plain, folded = engine().from_string(text), engine().from_string(text)
    folding.fold(folded.nodelist)
    for language in ("vi", "en", "vi"):
        with override(language):
            assert folded.render(Context(given)) == plain.render(Context(given))
    assert len(folded.nodelist.get_nodes_by_type(folding.Fixed)) >= 6


def test_templates_are_folded_when_they_are_loaded() -> None:
    assert engine().get_template("base.html").nodelist.get_nodes_by_type(folding.Fixed)


def test_every_address_leads_where_it_led() -> None:
    near, plain = ByFirstPart("kycuong.web.urls"), URLResolver(RoutePattern("", is_endpoint=False), "kycuong.web.urls")
    given = {
        "uuid": "0190a6a0-a15c-4737-91f9-793da60dfd32",
        "slug": "sua",
        "int": "3",
        "day": "2026-12-01",
        "str": "chu",
    }
    for one in plain.url_patterns:
        pattern = one.pattern
        route = str(pattern)
        for kind, value in given.items():
            while f"<{kind}:" in route:
                before, _, rest = route.partition(f"<{kind}:")
                route = before + value + rest.partition(">")[2]
        found, wanted = near.resolve(route), plain.resolve(route)
        assert (found.func, found.kwargs, found.args, found.url_name, found.route) == (
            wanted.func, wanted.kwargs, wanted.args, wanted.url_name, wanted.route,
        )  # fmt: skip


@pytest.mark.parametrize("path", ["viec/khong-co-cho-nay/a/b/", "khong-co/", "viec"])
def test_an_address_that_leads_nowhere_is_still_refused(path: str) -> None:
    with pytest.raises(Resolver404):
        ByFirstPart("kycuong.web.urls").resolve(path)


def test_the_site_uses_it() -> None:
    assert any(isinstance(one, ByFirstPart) for one in get_resolver().url_patterns)
