"""Addresses of the product by name: as `reverse` gives them, without looking for the pattern at every link of a list."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.urls import get_resolver, get_script_prefix, reverse
from django.urls.converters import UUIDConverter
from django.utils.http import RFC3986_SUBDELIMS


@lru_cache(maxsize=1024)
def _whole(name: str, prefix: str) -> str:
    return reverse(name)


@lru_cache(maxsize=1024)
def _of_records(name: str, prefix: str) -> tuple[str, ...]:
    """Return the pieces of an address between which the ids of records stand; none when it is of another form."""
    found = get_resolver().reverse_dict.getlist(name)
    if len(found) != 1 or len(found[0][0]) != 1:
        return ()
    ((form, names),), _, _, converters = found[0]
    if any(not isinstance(converters.get(one), UUIDConverter) for one in names):
        return ()
    mark = "\0"
    pieces = (prefix + form % dict.fromkeys(names, mark)).split(mark)
    return tuple(quote(piece, safe=RFC3986_SUBDELIMS + "/~:@") for piece in pieces)


def pieces(name: str) -> tuple[str, ...]:
    """Return the pieces of the address of a page between which ids of records stand, escaped by nothing."""
    return _of_records(name, get_script_prefix())


def address(name: str, *args: Any) -> str:
    """Return the address of a page by its name and the values in it. Raises: NoReverseMatch."""
    prefix = get_script_prefix()
    if not args:
        return _whole(name, prefix)
    pieces = _of_records(name, prefix)
    if len(pieces) != len(args) + 1 or any(type(arg) is not UUID for arg in args):
        return reverse(name, args=args)
    first, *rest = pieces
    return first + "".join(f"{arg}{piece}" for arg, piece in zip(args, rest, strict=True))
