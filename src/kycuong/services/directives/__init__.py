"""Directives: register a paper or a typed line, review its orders, issue them as tasks."""

from kycuong.services.directives.issuing import issue
from kycuong.services.directives.registering import (
    correct_header,
    link,
    register_line,
    register_upload,
    set_roles,
    triage,
)
from kycuong.services.directives.reviewing import (
    add_order,
    check_order,
    correct_order,
    drop_order,
    merge_orders,
    restore_order,
    split_order,
    undo,
)

__all__ = [
    "add_order", "check_order", "correct_header", "correct_order", "drop_order", "issue", "link", "merge_orders",
    "register_line", "register_upload", "restore_order", "set_roles", "split_order", "triage", "undo",
]  # fmt: skip
