"""`trans`, `blocktrans` and `url` for our templates: what does not change from page to page is not looked for again.

Loaded in the place of Django's `i18n` by the settings; whatever is asked of the tags beyond the plain case, Django answers.
"""

from __future__ import annotations

from typing import Any

from django.template import Library, Node
from django.template.base import Parser, Token, Variable, render_value_in_context
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as plain_url
from django.templatetags import i18n
from django.urls import get_script_prefix
from django.utils.html import conditional_escape
from django.utils.translation import get_language, gettext, ngettext

from kycuong.web.addresses import address

register = Library()
register.tags |= i18n.register.tags
register.filters |= i18n.register.filters


def spoken(context: Any) -> tuple[str | None, str]:
    """Return the language of a page and the place of the site, asked once a page: a page speaks one language."""
    held = vars(context)
    found: tuple[str | None, str] | None = held.get("_spoken")
    if found is None:
        found = held["_spoken"] = (get_language(), get_script_prefix())
    return found


class KeptSentence(Node):
    """A sentence without values: one text a language."""

    child_nodelists: tuple[str, ...] = ()

    def __init__(self, plain: Node) -> None:
        self.plain = plain
        self.said: dict[str | None, str] = {}

    def render(self, context: Any) -> str:
        """Return the sentence in the reader's language."""
        language = spoken(context)[0]
        said = self.said.get(language)
        if said is None:
            said = self.said[language] = str(self.plain.render(context))
        return said


class KeptBlock(Node):
    """A sentence with values: its form is made once, its translation looked up once a language and number."""

    child_nodelists: tuple[str, ...] = ()

    def __init__(self, plain: i18n.BlockTranslateNode) -> None:
        self.plain = plain
        self.given = plain.extra_context
        self.one, self.names = plain.render_token_list(plain.singular)
        self.many, self.counted, self.counter = "", plain.countervar or "", plain.counter
        if plain.plural:
            self.many, more = plain.render_token_list(plain.plural)
            self.names = list(dict.fromkeys([*self.names, *more]))
        self.said: dict[str | None, str] = {}

    def render(self, context: Any) -> str:
        """Return the sentence in the reader's language with its values."""
        values = {name: given.resolve(context) for name, given in self.given.items()}
        if self.many and self.counter:
            values[self.counted] = count = self.counter.resolve(context)
            if not isinstance(count, int):
                return str(self.plain.render(context))
            said = ngettext(self.one, self.many, count)
        else:
            language = spoken(context)[0]
            found = self.said.get(language)
            said = found if found is not None else self.said.setdefault(language, gettext(self.one))
        try:
            return said % {name: self._shown(name, values, context) for name in self.names}
        except (KeyError, ValueError):  # a translation that does not fit: Django falls back on the source
            return str(self.plain.render(context))

    def _shown(self, name: str, values: dict[str, Any], context: Any) -> Any:
        if name in values:
            return render_value_in_context(values[name], context)
        unknown = context.template.engine.string_if_invalid
        return render_value_in_context(context.get(name, unknown), context)


class KeptAddress(Node):
    """The address of a page whose name stands in the template."""

    child_nodelists: tuple[str, ...] = ()

    def __init__(self, plain: URLNode) -> None:
        self.plain, self.name, self.args = plain, str(plain.view_name.var), plain.args

    def render(self, context: Any) -> str:
        """Return the address, escaped."""
        found = address(self.name, *[arg.resolve(context) for arg in self.args])
        return conditional_escape(found) if context.autoescape else found


def is_literal(expression: Any) -> bool:
    """Return whether an expression is a text in quotes and nothing more."""
    var = expression.var
    text = isinstance(var, str) or (isinstance(var, Variable) and isinstance(var.literal, str))
    return text and not expression.filters


@register.tag("trans")
@register.tag("translate")
def translate(parser: Parser, token: Token) -> Node:
    """Keep a sentence without values."""
    plain = i18n.do_translate(parser, token)
    keeps = not (plain.asvar or plain.message_context or plain.noop) and is_literal(plain.filter_expression)
    return KeptSentence(plain) if keeps else plain


@register.tag("blocktrans")
@register.tag("blocktranslate")
def block_translate(parser: Parser, token: Token) -> Node:
    """Keep a sentence with values."""
    plain = i18n.do_block_translate(parser, token)
    if plain.asvar or plain.message_context:
        return plain
    block = KeptBlock(plain)
    return block if block.names or block.many else KeptSentence(plain)


@register.tag("url")
def url(parser: Parser, token: Token) -> Node:
    """Keep the address of a page."""
    plain = plain_url(parser, token)
    return plain if plain.asvar or plain.kwargs or not is_literal(plain.view_name) else KeptAddress(plain)
