"""Addresses and sentences that are kept: the same as Django's own, for every page, in both languages."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.template import Context, Engine
from django.urls import NoReverseMatch, get_resolver, reverse, set_script_prefix
from django.utils import translation

from kycuong.web.addresses import address

KEPT = Engine(builtins=["kycuong.web.kept_tags"], libraries={"i18n": "kycuong.web.kept_tags"})
PLAIN = Engine(libraries={"i18n": "django.templatetags.i18n"})
SOURCES = [
    "{% trans 'Tìm kiếm' %} {% trans 'Tìm kiếm' as said %}[{{ said }}] {% trans 'Tìm kiếm'|upper %} {% trans word %}",
    "{% trans '100%% <b>' %}{% blocktrans %}Tìm kiếm{% endblocktrans %}",
    "{% blocktrans with name=word %}Tài khoản: {{ name }}{% endblocktrans %}",
    "{% blocktrans %}Tìm “{{ word }}” 100% {{ nothing }}{% endblocktrans %}",
    "{% blocktrans count n=many %}{{ n }} nhiệm vụ{% plural %}{{ n }} nhiệm vụ{% endblocktrans %}",
    "{% blocktrans count n=many with a=word %}{{ a }}{% plural %}{{ n }} {{ a }}{% endblocktrans %}{{ a }}{{ n }}",
    "{% blocktrans asvar said with a=many %}{{ a }}{% endblocktrans %}{{ said }}",
    "{% url 'board' %} {% url 'duty' key %} {% url 'duty_act' key 'giao' %} {% url name key %} {% url 'board' as at %}{{ at }}",
    "{% autoescape off %}{% url 'board_table' kind %}{% endautoescape %}{% url 'board_table' kind %}",
]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("source", SOURCES)
def test_a_kept_tag_says_what_the_plain_one_says(source: str, language: str) -> None:
    text = "{% load i18n %}" + source
    kept, plain = KEPT.from_string(text), PLAIN.from_string(text)
    with translation.override(language):
        for many, word in ((1, "<Ủy ban & Sở>"), (3, "100%"), (1, "Tìm kiếm")):
            values = {"many": many, "word": word, "key": uuid4(), "name": "duty", "kind": "xlsx"}
            assert kept.render(Context(values)) == plain.render(Context(values))


def test_every_page_has_the_address_that_reverse_gives_it() -> None:
    names = [name for name in get_resolver().reverse_dict if isinstance(name, str)]
    assert len(names) > 100
    for name in names:
        wanted = {len(params) for forms, *_ in get_resolver().reverse_dict.getlist(name) for _, params in forms}
        for args in [[uuid4() for _ in range(n)] for n in (*wanted, 1)]:
            try:
                told = reverse(name, args=args)
            except (NoReverseMatch, AttributeError) as refused:  # a day, for one, is no id
                with pytest.raises(type(refused)):
                    address(name, *args)
            else:
                assert address(name, *args) == told == address(name, *args)


def test_an_address_follows_the_place_where_the_product_is_mounted() -> None:
    key = uuid4()
    assert address("duty", str(key)) == address("duty", key) == reverse("duty", args=[key])
    set_script_prefix("/kỷ cương/")
    try:
        assert address("duty", key) == reverse("duty", args=[key])
        assert address("board") == reverse("board") != "/bang-theo-doi/"
    finally:
        set_script_prefix("/")
