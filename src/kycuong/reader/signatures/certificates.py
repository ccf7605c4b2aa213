"""Read certificates that an administrator gives: PEM or DER, one or several; nothing is trusted here."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from kycuong.core.errors import Invalid

MOST_BYTES = 200_000
MOST = 20
_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate of an authority: whose, by whom, from when until when; the fingerprint is SHA-256 of the DER."""

    subject: str
    issuer: str
    serial: str
    valid_from: datetime
    valid_until: datetime
    fingerprint: str
    is_root: bool
    der: bytes


def read_certificates(data: bytes) -> list[Certificate]:
    """Return the certificates in a file. Raises: Invalid when it holds none, a private key, or one of no authority."""
    if len(data) > MOST_BYTES:
        raise Invalid("trust_too_large")
    if b"PRIVATE KEY" in data:
        raise Invalid("trust_private_key")
    try:
        if b"-----BEGIN" in data:
            found = x509.load_pem_x509_certificates(data)
        else:
            found = [x509.load_der_x509_certificate(data)]
        made = [_certificate(one) for one in found[: MOST + 1]]
    except (ValueError, TypeError, x509.DuplicateExtension) as wrong:
        raise Invalid("trust_not_certificate") from wrong
    if len(made) > MOST:
        raise Invalid("trust_too_large")
    return made


def _certificate(one: x509.Certificate) -> Certificate:
    if not _is_authority(one):
        raise Invalid("trust_not_authority", subject=_name(one.subject))
    der = one.public_bytes(Encoding.DER)
    return Certificate(
        _name(one.subject), _name(one.issuer), f"{one.serial_number:X}", one.not_valid_before_utc, one.not_valid_after_utc,
        hashlib.sha256(der).hexdigest(), _signs_itself(one), der,
    )  # fmt: skip


def _is_authority(one: x509.Certificate) -> bool:
    """Tell whether a certificate may issue others; a root of the first version says nothing and signs itself."""
    try:
        return one.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return one.version == x509.Version.v1 and _signs_itself(one)


def _signs_itself(one: x509.Certificate) -> bool:
    if one.subject != one.issuer:
        return False
    try:
        one.verify_directly_issued_by(one)
    except Exception:  # a wrong signature, or an algorithm that is not known any more
        return False
    return True


def _name(name: x509.Name) -> str:
    """Return the name of a holder: common name and organisation, as far as they say something."""
    parts: list[str] = []
    for oid in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
        parts.extend(" ".join(str(one.value).split()) for one in name.get_attributes_for_oid(oid))
    return (", ".join(dict.fromkeys(part for part in parts if part)) or name.rfc4514_string())[:_LENGTH]
