"""Find the page of an address by its first part, among the few that begin so, and not one after the other among all."""

from __future__ import annotations

from functools import cached_property

from django.urls import Resolver404, ResolverMatch, URLPattern, URLResolver
from django.urls.resolvers import RoutePattern


class ByFirstPart(URLResolver):
    """Addresses without a prefix of their own, found by what stands before the first slash; in all else Django's resolver."""

    def __init__(self, urlconf: str) -> None:
        super().__init__(RoutePattern("", is_endpoint=False), urlconf)

    @cached_property
    def _near(self) -> dict[str, URLResolver]:
        """Return for each first part a resolver of the addresses that may begin so, in their order."""
        firsts = [_first(one) for one in self.url_patterns]
        found = {}
        for first in set(firsts):
            near = [one for one, begins in zip(self.url_patterns, firsts, strict=True) if begins in {first, None}]
            if first is not None:
                found[first] = URLResolver(self.pattern, near)
        return found

    def resolve(self, path: str) -> ResolverMatch:
        """Return the page of an address. Raises: Resolver404, with all that was tried."""
        near = self._near.get(path.partition("/")[0])
        if near is not None:
            try:
                return near.resolve(path)
            except Resolver404:
                pass  # the whole list says what was tried
        return super().resolve(path)


def _first(one: URLPattern | URLResolver) -> str | None:
    """Return the part of an address before the first slash; None when it is not always the same."""
    first, slash, _ = str(one.pattern).partition("/")
    fixed = isinstance(one.pattern, RoutePattern) and "<" not in first and (slash or not first)
    return first if fixed else None
