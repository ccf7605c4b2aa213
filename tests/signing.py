"""A made-up authority that issues certificates, and PDFs signed with them through pyhanko."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from typing import Any

from asn1crypto import crl as asn1_crl
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator.registry import SimpleCertificateStore

FROM, UNTIL = datetime(2024, 1, 1, tzinfo=UTC), datetime(2099, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Holder:
    """A key with its certificate."""

    key: Any
    cert: x509.Certificate
    above: tuple[Holder, ...] = field(default=())

    @property
    def der(self) -> bytes:
        return self.cert.public_bytes(serialization.Encoding.DER)

    @property
    def pem(self) -> bytes:
        return self.cert.public_bytes(serialization.Encoding.PEM)

    @property
    def asn1(self) -> asn1_x509.Certificate:
        return asn1_x509.Certificate.load(self.der)

    @property
    def asn1_key(self) -> Any:
        plain = serialization.NoEncryption()
        return asn1_keys.PrivateKeyInfo.load(
            self.key.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, plain)
        )


def issue(
    name: str, by: Holder | None = None, *, ca: bool = False, stamps: bool = False, since: datetime = FROM,
    until: datetime = UNTIL, organisation: str = "",
) -> Holder:  # fmt: skip
    """Issue a certificate; without an issuer it signs itself."""
    # The stamper of the library knows RSA only.
    key: Any = rsa.generate_private_key(65537, 2048) if stamps else ec.generate_private_key(ec.SECP256R1())
    names = [x509.NameAttribute(NameOID.COMMON_NAME, name)]
    if organisation:
        names.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation))
    subject = x509.Name(names)
    usage = dict.fromkeys(
        ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
         "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"), False,
    ) | ({"key_cert_sign": True, "crl_sign": True} if ca else {"digital_signature": True, "content_commitment": True})  # fmt: skip
    builder = (
        x509.CertificateBuilder().subject_name(subject).issuer_name(by.cert.subject if by else subject)
        .public_key(key.public_key()).serial_number(x509.random_serial_number())
        .not_valid_before(since).not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key((by.key if by else key).public_key()), critical=False
        )
    )  # fmt: skip
    if stamps:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    cert = builder.sign((by or Holder(key, None)).key, hashes.SHA256())  # type: ignore[arg-type]
    return Holder(key, cert, (by, *by.above) if by else ())


@cache
def root() -> Holder:
    return issue("Tổ chức chứng thực thử nghiệm", ca=True)


@cache
def bridge() -> Holder:
    return issue("Bên cấp chứng thư thử nghiệm số 2", root(), ca=True)


@cache
def officer() -> Holder:
    """The signer of most papers: issued by the intermediate authority."""
    return issue("Trần Thị Mai", bridge(), organisation="Sở Tài chính tỉnh Giang Đông")


def blank(text: str = "Ket qua thuc hien") -> bytes:
    """Return a PDF of one page."""
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode("ascii")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    made, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(made)
    rows = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return made + (
        b"xref\n0 6\n0000000000 65535 f \n%strailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (rows, start)
    )


def sign(
    data: bytes, by: Holder, *, at: datetime | None = None, field_name: str = "ChuKy1", stamped: Holder | None = None,
    stamped_at: datetime | None = None,
) -> bytes:  # fmt: skip
    """Sign a PDF as PAdES; the chain is put into the signature, the root left out."""
    store = SimpleCertificateStore()
    store.register_multiple([one.asn1 for one in by.above[:-1]])
    signer = signers.SimpleSigner(signing_cert=by.asn1, signing_key=by.asn1_key, cert_registry=store)
    stamper = DummyTimeStamper(stamped.asn1, stamped.asn1_key, fixed_dt=stamped_at) if stamped is not None else None
    out = BytesIO()
    meta = signers.PdfSignatureMetadata(
        field_name=field_name, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES,
    )  # fmt: skip
    pdf = signers.PdfSigner(meta, signer, timestamper=stamper)
    writer = IncrementalPdfFileWriter(BytesIO(data), strict=False)
    pdf.sign_pdf(writer, output=out)
    return out.getvalue()


def alter(data: bytes) -> bytes:
    """Add a page's worth of other text in an incremental update, as an editor would."""
    writer = IncrementalPdfFileWriter(BytesIO(data), strict=False)
    page = writer.root["/Pages"]["/Kids"][0]
    stream = page["/Contents"]
    stream._data = b"BT /F1 12 Tf 72 720 Td (So lieu khac) Tj ET"
    stream._encoded_data = None
    writer.update_container(stream)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def lock(data: bytes, password: str = "mat khau") -> bytes:
    """Return the PDF behind a password."""
    writer = copy_into_new_writer(PdfFileReader(BytesIO(data)))
    writer.encrypt(owner_pass=password, user_pass=password)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def with_revocation(data: bytes, authorities: tuple[Holder, ...], revoked: Holder | None = None) -> bytes:
    """Add the lists of revoked certificates of some authorities to a signed PDF, as long-term signatures do."""
    lists = [_revoked(one, revoked if revoked and revoked.above[:1] == (one,) else None) for one in authorities]
    out = BytesIO(data)
    DocumentSecurityStore.add_dss(out, None, certs=[one.asn1 for one in authorities], crls=lists, strict=False)
    return out.getvalue()


def _revoked(by: Holder, whom: Holder | None) -> Any:
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(by.cert.subject)
        .last_update(FROM)
        .next_update(UNTIL)
        .add_extension(x509.CRLNumber(1), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.key.public_key()), critical=False)
    )
    if whom:
        row = x509.RevokedCertificateBuilder().serial_number(whom.cert.serial_number).revocation_date(FROM).build()
        builder = builder.add_revoked_certificate(row)
    return asn1_crl.CertificateList.load(builder.sign(by.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER))
