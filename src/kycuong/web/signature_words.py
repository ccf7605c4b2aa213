"""Words for what was found of digital signatures, and for the certificates by which they are judged."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from kycuong.core import signatures
from kycuong.web import words

#: The picture beside each verdict; the word says it all the same.
_ICONS = {
    signatures.WAITING: "awaiting", signatures.VALID: "done_on_time", signatures.UNTRUSTED: "doubt",
    signatures.INVALID: "apart", signatures.UNSIGNED: "no_term", signatures.UNREADABLE: "doubt",
}  # fmt: skip
TRUST_STATES: dict[str, str | Promise] = {
    "trusted": gettext_lazy("Đang tin cậy"),
    "bridge": gettext_lazy("Trung gian, có chứng thư gốc"),
    "alone": gettext_lazy("Trung gian, chưa có chứng thư gốc"),
    "expired": gettext_lazy("Đã hết hạn"),
    "retired": gettext_lazy("Đã thôi tin cậy"),
}


def name(code: str) -> str:
    """Return the verdict in words."""
    return words.said(signatures.LABELS.get(code, ""))


def icon(code: str) -> str:
    """Return the name of the icon of a verdict."""
    return _ICONS.get(code, "doubt")


def reason(code: str) -> str:
    """Return why a signature is not valid, or a file was not read."""
    return words.said(signatures.REASONS.get(code, ""))


def coverage(code: str) -> str:
    """Return how far a signature reaches."""
    return words.said(signatures.COVERAGES.get(code, ""))


def changes(code: str) -> str:
    """Return what came into the file after a signature."""
    return words.said(signatures.CHANGES.get(code, ""))


def revocation(code: str) -> str:
    """Return what is known of a revocation."""
    return words.said(signatures.REVOCATIONS.get(code, ""))


def stamp(code: str) -> str:
    """Return what a time stamp is worth."""
    return words.said(signatures.STAMPS.get(code, ""))


def trust_state(code: str) -> str:
    """Return what a certificate is used for."""
    return str(TRUST_STATES.get(code, code))
