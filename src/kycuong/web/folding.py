"""Fold what never changes in a template, once, when it is loaded: texts, sentences, addresses and icons become one text a language.

A page of two hundred nodes spends more on walking from one to the next than on what they say.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.template import Origin, Template, library
from django.template.base import Node, NodeList, TextNode
from django.template.loaders import base, cached
from django.templatetags.static import StaticNode

from kycuong.web.kept_tags import KeptAddress, KeptSentence, is_literal, spoken
from kycuong.web.tags import icon

_FIXED = (TextNode, KeptSentence)
#: Where a node keeps the lists of nodes inside it, beside what it names itself.
_INSIDE = ("nodelist", "nodelist_loop", "nodelist_empty")


class Fixed(Node):
    """Nodes one after the other that say the same on every page: one text a language and place of the site."""

    child_nodelists: tuple[str, ...] = ()

    def __init__(self, nodes: list[Node]) -> None:
        self.nodes = nodes
        self.said: dict[tuple[str | None, str], str] = {}
        self.token, self.origin = nodes[0].token, nodes[0].origin

    def render(self, context: Any) -> str:
        """Return the text in the reader's language."""
        key = spoken(context)
        said = self.said.get(key)
        if said is None:
            said = self.said[key] = "".join([str(node.render_annotated(context)) for node in self.nodes])
        return said

    def render_annotated(self, context: Any) -> str:
        """Return the text; where it goes wrong, the node inside says so."""
        return self.render(context)


class Folding(base.Loader):
    """Loads a template and folds it before anybody else has it."""

    def get_template(self, template_name: str, skip: list[Origin] | None = None) -> Template:
        """Return the template, folded. Raises: TemplateDoesNotExist."""
        found = super().get_template(template_name, skip)
        fold(found.nodelist)
        return found


class Loader(cached.Loader, Folding):
    """Loads each template once, and folds it then."""


def fold(nodes: NodeList) -> None:
    """Put one node in the place of each run of nodes that never change, here and in all lists of nodes inside."""
    folded: list[Node] = []
    run: list[Node] = []
    for node in nodes:
        if _fixed(node):
            run.append(node)
            continue
        folded += _one(run)
        run = []
        folded.append(node)
        for inside in _lists(node):
            fold(inside)
    nodes[:] = [*folded, *_one(run)]


def _one(run: list[Node]) -> list[Node]:
    return [Fixed(run)] if len(run) > 1 else run


def _lists(node: Node) -> Iterable[NodeList]:
    """Yield the lists of nodes inside a node."""
    for name in {*_INSIDE, *node.child_nodelists}:
        inside = getattr(node, name, None)
        if isinstance(inside, NodeList):
            yield inside
    for _, inside in getattr(node, "conditions_nodelists", ()):
        if isinstance(inside, NodeList):
            yield inside


def _fixed(node: Node) -> bool:
    """Return whether a node says the same on every page in a language."""
    if isinstance(node, _FIXED):
        return True
    if isinstance(node, KeptAddress):
        return not node.args
    if isinstance(node, StaticNode):
        return not node.varname and is_literal(node.path)
    if isinstance(node, library.SimpleNode):
        return node.func is icon and not node.target_var and not node.kwargs and all(map(is_literal, node.args))
    return False
