"""Directives: register a paper or a typed line, review its orders, issue them as tasks."""

from kycuong.services.directives.exchanging import export_edxml, register_edxml
from kycuong.services.directives.giving import give
from kycuong.services.directives.issuing import issue, issue_orders
from kycuong.services.directives.looking import look
from kycuong.services.directives.registering import (
    READER_VERSION,
    correct_header,
    derive,
    link,
    propose_roles,
    refuse_known,
    register_line,
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
from kycuong.services.directives.scanning import cancel_scan, retry_scan, type_text
from kycuong.services.directives.uploading import register_by_hand, register_looked, register_upload

__all__ = [
    "READER_VERSION", "add_order", "cancel_scan", "check_order", "correct_header", "correct_order", "derive",
    "drop_order", "export_edxml", "give", "issue", "issue_orders", "link", "look", "merge_orders", "propose_roles",
    "refuse_known", "register_by_hand", "register_edxml", "register_line", "register_looked", "register_upload",
    "restore_order", "retry_scan", "set_roles", "split_order", "triage", "type_text", "undo",
]  # fmt: skip
