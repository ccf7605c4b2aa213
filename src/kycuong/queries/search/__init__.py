"""Search over documents, orders and tasks, within what the person sees."""

from kycuong.queries.search.finding import PAGE_SIZE, Filters, Found, search, unit_choices
from kycuong.queries.search.hits import Hit

__all__ = ["PAGE_SIZE", "Filters", "Found", "Hit", "search", "unit_choices"]
