"""Find the signatures of a PDF and check each: bytes, changes afterwards, chain, revocation from what lies in the file."""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from asn1crypto import x509
from pyhanko.pdf_utils import misc
from pyhanko.pdf_utils.crypt import AuthStatus, StandardSecurityHandler
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.general import find_unique_cms_attribute
from pyhanko.sign.validation import (
    DocumentSecurityStore,
    EmbeddedPdfSignature,
    async_validate_pdf_signature,
    async_validate_pdf_timestamp,
)
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from kycuong.core.calendars import TZ
from kycuong.core.signatures import INVALID, UNREADABLE, UNTRUSTED, Found, Report, Signed, judge, report_of

#: Nobody signs a document oftener; each costs a walk over the whole file.
MOST = 40
_LENGTH = 300
_SUPPORTED = frozenset({"/adbe.pkcs7.detached", "/ETSI.CAdES.detached", "/ETSI.RFC3161"})
_COVERAGES = {SignatureCoverageLevel.ENTIRE_FILE: "whole", SignatureCoverageLevel.ENTIRE_REVISION: "revision"}
_CHANGES = {
    ModificationLevel.NONE: "none", ModificationLevel.LTA_UPDATES: "upkeep", ModificationLevel.FORM_FILLING: "filling",
    ModificationLevel.ANNOTATIONS: "notes",
}  # fmt: skip
_OUT_OF_TIME = {
    AdESIndeterminate.OUT_OF_BOUNDS_NO_POE, AdESIndeterminate.EXPIRED, AdESIndeterminate.NOT_YET_VALID,
    AdESIndeterminate.OUT_OF_BOUNDS_NOT_REVOKED,
}  # fmt: skip
_PROBLEMS = {
    AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND: "no_chain",
    AdESIndeterminate.CHAIN_CONSTRAINTS_FAILURE: "wrong_use",
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE: "weak",
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE_NO_POE: "weak",
}
#: Certificates of officials often carry only the second of the two.
_USAGE = KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"})


@dataclass(frozen=True, slots=True)
class _Trust:
    """What a chain may be built of, and when the file was known to exist."""

    roots: list[x509.Certificate]
    others: list[x509.Certificate]
    moment: datetime


def look(path: Path, *, roots: Sequence[bytes], others: Sequence[bytes], moment: datetime) -> Report:
    """Return the report of a file; whatever it holds makes a report and no exception, but for the end of the memory."""
    trust = _Trust([_certificate(one) for one in roots], [_certificate(one) for one in others], moment)
    try:
        with path.open("rb") as stream:
            return _look(stream, trust)
    except FileNotFoundError:
        return Report(UNREADABLE, "lost")
    except (MemoryError, misc.PdfDecodeLimitError):
        return Report(UNREADABLE, "too_heavy")
    except Exception:  # a hostile file may raise anything out of the library
        return Report(UNREADABLE, "broken")


def _look(stream: Any, trust: _Trust) -> Report:
    reader = PdfFileReader(stream, strict=False)
    if reader.encrypted and not _opens(reader):
        return Report(UNREADABLE, "encrypted")
    found = [asyncio.run(_one(reader, *one, trust)) for one in islice(_fields(reader), MOST + 1)]
    if len(found) > MOST:
        return Report(UNREADABLE, "too_heavy")
    return report_of(found)


def _opens(reader: PdfFileReader) -> bool:
    """Tell whether an encrypted file opens without a password, as one does that only forbids printing."""
    handler = reader.security_handler
    return isinstance(handler, StandardSecurityHandler) and reader.decrypt(b"").status != AuthStatus.FAILED


def _fields(reader: PdfFileReader) -> Iterator[tuple[str, Any, Any]]:
    yield from fields.enumerate_sig_fields(reader, filled_status=True)


async def _one(reader: PdfFileReader, name: str, value: Any, field: Any, trust: _Trust) -> Signed:
    """Return what is found of one signature; one that is broken leaves the others alone."""
    try:
        if value.get_object().get("/SubFilter") not in _SUPPORTED:
            return Signed(UNTRUSTED, "unsupported")
        embedded = EmbeddedPdfSignature(reader, field, name)
        if embedded.sig_object_type == "/DocTimeStamp":
            return await _timestamp(embedded, trust)
        return await _signature(embedded, trust)
    except (MemoryError, misc.PdfDecodeLimitError):
        raise
    except Exception:
        return Signed(INVALID, "damaged")


async def _signature(embedded: EmbeddedPdfSignature, trust: _Trust) -> Signed:
    status = await _validate(embedded, trust, "soft-fail")
    stamp, stamped_at = _stamp(status)
    coverage, changes = _reach(status)
    allowed = status.docmdp_ok is not False and status.seed_value_ok
    if stamp == "trusted" and stamped_at is not None and stamped_at < trust.moment:
        trust = replace(trust, moment=stamped_at)
        status = await _validate(embedded, trust, "soft-fail", again=True)
    revocation = await _revocation(embedded, trust, status)
    cert: x509.Certificate = status.signing_cert
    claimed = _aware(status.signer_reported_dt)
    validity = cert["tbs_certificate"]["validity"]
    found = Found(
        intact=status.intact, sound=status.valid, coverage=coverage, changes=changes,
        allowed=allowed, trusted=status.trusted,
        problem=_problem(status, trust), revoked=revocation == "revoked", signed_at=stamped_at if stamp == "trusted" else claimed,
        valid_from=validity["not_before"].native, valid_until=validity["not_after"].native,
    )  # fmt: skip
    verdict, reason = judge(found)
    return Signed(
        verdict, reason, "signature", *_names(cert), found.valid_from, found.valid_until, claimed, stamped_at, stamp,
        coverage, changes, revocation, f"{status.md_algorithm}",
        _chain(embedded, status, trust),
    )  # fmt: skip


async def _validate(embedded: EmbeddedPdfSignature, trust: _Trust, mode: str, *, again: bool = False) -> Any:
    """Check one signature; `again` leaves out the walk over the later changes, which costs most and stays the same."""
    return await async_validate_pdf_signature(
        embedded, _context(embedded, trust, mode), key_usage_settings=_USAGE, skip_diff=again
    )


def _context(embedded: EmbeddedPdfSignature, trust: _Trust, mode: str) -> ValidationContext:
    """Return what the chain is checked against: our certificates, and what the file brings of revocation; no network."""
    given: dict[str, Any] = {
        "trust_roots": trust.roots, "other_certs": list(trust.others), "moment": trust.moment, "allow_fetching": False,
        "revocation_mode": mode, "retroactive_revinfo": True,
    } | _archived(embedded)  # fmt: skip
    try:
        return DocumentSecurityStore.read_dss(embedded.reader).as_validation_context(given)
    except NoDSSFoundError:
        return ValidationContext(**given)


def _archived(embedded: EmbeddedPdfSignature) -> dict[str, Any]:
    """Return what the signature itself brings of revocation, as some programs put it."""
    try:
        kept = find_unique_cms_attribute(embedded.signer_info["signed_attrs"], "adobe_revocation_info_archival")
    except Exception:  # none, or more than one
        return {"ocsps": [], "crls": []}
    return {"ocsps": list(kept["ocsp"] or ()), "crls": list(kept["crl"] or ())}


async def _revocation(embedded: EmbeddedPdfSignature, trust: _Trust, status: Any) -> str:
    """Return what the file itself says of a revocation.

    Asked for strictly: otherwise a list in the file would be left aside when the certificate does not say where lists are.
    """
    if status.revoked:
        return "revoked"
    if not status.trusted:
        return "unknown"
    strict = await _validate(embedded, trust, "require", again=True)
    return "revoked" if strict.revoked else "good" if strict.trusted else "unknown"


def _reach(status: Any) -> tuple[str, str]:
    return _COVERAGES.get(status.coverage, "part"), _CHANGES.get(status.modification_level, "other")


def _stamp(status: Any) -> tuple[str, datetime | None]:
    stamp = status.timestamp_validity
    if stamp is None:
        return "", None
    if not (stamp.valid and stamp.intact):
        return "broken", None
    return "trusted" if stamp.trusted else "untrusted", _aware(stamp.timestamp)


def _problem(status: Any, trust: _Trust) -> str:
    """Return what kept the chain from being trusted; a chain that is merely out of date is told from one that is wrong."""
    indication = status.trust_problem_indic
    if indication in _OUT_OF_TIME:
        return "out_of_time"
    if indication == AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND and _same_name(status.signing_cert, trust):
        return "same_name"
    if indication == AdESIndeterminate.CERTIFICATE_CHAIN_GENERAL_FAILURE:
        return "chain_broken" if all(_lives(one, trust.moment) for one in _path(status)) else "chain_expired"
    return _PROBLEMS.get(indication, "unclear" if indication else "")


def _same_name(cert: x509.Certificate, trust: _Trust) -> bool:
    """Tell whether the issuer bears the name of a trusted authority and is not it: forged, or its key has changed."""
    return any(one.subject.hashable == cert.issuer.hashable for one in (*trust.roots, *trust.others))


def _lives(cert: x509.Certificate, moment: datetime) -> bool:
    return bool(cert.not_valid_before <= moment <= cert.not_valid_after)


def _path(status: Any) -> list[x509.Certificate]:
    return list(status.validation_path.iter_certs(include_root=True)) if status.validation_path else []


def _chain(embedded: EmbeddedPdfSignature, status: Any, trust: _Trust) -> tuple[str, ...]:
    """Return the names from the signer upward: the trusted chain, else as far as the certificates at hand reach."""
    if status.trusted and status.validation_path:
        return tuple(_common(one.subject) for one in reversed(_path(status)))
    known = {one.subject.hashable: one for one in (*trust.others, *trust.roots, *embedded.other_embedded_certs)}
    cert: x509.Certificate | None = status.signing_cert
    names: list[str] = []
    while cert is not None and len(names) < 8:
        names.append(_common(cert.subject))
        following = known.get(cert.issuer.hashable)
        if following is None and cert.self_issued is False:
            names.append(_common(cert.issuer))
        cert = None if cert.self_issued else following
    return tuple(names)


async def _timestamp(embedded: EmbeddedPdfSignature, trust: _Trust) -> Signed:
    """Return a time stamp of the whole document, which signs nothing and proves when the document was there."""
    status = await async_validate_pdf_timestamp(embedded, _context(embedded, trust, "soft-fail"))
    cert: x509.Certificate = status.signing_cert
    coverage, changes = _reach(status)
    stamp = "broken" if not (status.intact and status.valid) else "trusted" if status.trusted else "untrusted"
    verdict, reason = {
        "broken": (INVALID, "altered"), "untrusted": (UNTRUSTED, "no_anchor"), "trusted": ("valid", ""),
    }[stamp]  # fmt: skip
    return Signed(
        verdict, reason, "timestamp", *_names(cert), cert.not_valid_before, cert.not_valid_after, None,
        _aware(status.timestamp), stamp, coverage, changes, "", f"{status.md_algorithm}", _chain(embedded, status, trust),
    )  # fmt: skip


def _certificate(data: bytes) -> x509.Certificate:
    return x509.Certificate.load(data)


def _names(cert: x509.Certificate) -> tuple[str, str, str, str]:
    """Return name and organisation of the holder, serial number in hexadecimal, name of the issuer."""
    subject = cert.subject.native
    organisation = subject.get("organization_name") or subject.get("organizational_unit_name") or ""
    return _common(cert.subject), _plain(organisation), f"{cert.serial_number:X}"[:80], _common(cert.issuer)


def _common(name: x509.Name) -> str:
    parts = name.native
    return _plain(parts.get("common_name") or parts.get("organization_name") or name.human_friendly)


def _plain(value: Any) -> str:
    """Return a name of a certificate as one short line; it may be several, and hold anything."""
    text = ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    clean = "".join(
        " " if unicodedata.category(sign)[0] == "C" else sign for sign in unicodedata.normalize("NFC", text)
    )
    return " ".join(clean.split())[:_LENGTH]


def _aware(at: datetime | None) -> datetime | None:
    return at.replace(tzinfo=TZ) if at is not None and at.tzinfo is None else at
