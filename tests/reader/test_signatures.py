"""Digital signatures of PDFs: valid, unknown, altered, expired, several, none; hostile files end in a word, never in an error."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests import signing

from kycuong.core.errors import Invalid
from kycuong.core.signatures import Report, from_plain, to_plain
from kycuong.reader.signatures import look, looking, read_certificates

ARRIVED = datetime(2026, 11, 10, 8, tzinfo=UTC)
PLAIN = signing.blank()


@pytest.fixture(scope="module")
def signed() -> bytes:
    return signing.sign(PLAIN, signing.officer())


@pytest.fixture
def found(tmp_path: Path) -> object:
    """Look at bytes in this process; without roots at the made-up authority's."""

    def act(data: bytes, *roots: signing.Holder, others: tuple[bytes, ...] = (), moment: datetime = ARRIVED) -> Report:
        path = tmp_path / "paper.pdf"
        path.write_bytes(data)
        trusted = [one.der for one in roots or (signing.root(),)]
        return looking.look(path, roots=trusted, others=others, moment=moment)

    return act


def words(report: Report) -> tuple[str, str]:
    return report.verdict, report.reason


def test_a_valid_signature_names_its_signer_and_its_chain(found, signed: bytes) -> None:
    report = found(signed)
    (one,) = report.signatures
    assert words(report) == ("valid", "")
    assert (one.signer, one.organisation) == ("Trần Thị Mai", "Sở Tài chính tỉnh Giang Đông")
    assert one.chain == ("Trần Thị Mai", "Bên cấp chứng thư thử nghiệm số 2", "Tổ chức chứng thực thử nghiệm")
    assert int(one.serial, 16) == signing.officer().cert.serial_number
    assert (one.coverage, one.changes, one.stamp, one.revocation) == ("whole", "none", "", "unknown")
    assert from_plain(json.loads(json.dumps(to_plain(one)))) == one


def test_nobody_is_trusted_without_the_root(found, signed: bytes) -> None:
    other = signing.issue("Bên khác", ca=True)
    assert words(found(signed, other)) == ("untrusted", "no_anchor")


def test_a_missing_bridge_is_given_by_the_administrators(found) -> None:
    bare = signing.sign(PLAIN, signing.Holder(signing.officer().key, signing.officer().cert))
    assert words(found(bare)) == ("untrusted", "no_anchor")
    assert words(found(bare, others=(signing.bridge().der,))) == ("valid", "")


def test_an_authority_of_the_same_name_is_not_the_trusted_one(found) -> None:
    forged = signing.issue("Tổ chức chứng thực thử nghiệm", ca=True)
    assert words(found(signing.sign(PLAIN, signing.issue("Kẻ giả", forged)))) == ("untrusted", "same_name")


def test_other_content_after_signing_makes_it_invalid(found, signed: bytes) -> None:
    report = found(signing.alter(signed))
    assert words(report) == ("invalid", "changed_after")
    assert (report.signatures[0].coverage, report.signatures[0].changes) == ("revision", "other")


def test_changed_bytes_make_it_invalid(found, signed: bytes) -> None:
    assert words(found(signed.replace(b"Ket qua", b"Ket quo", 1))) == ("invalid", "altered")


def test_a_second_signature_leaves_the_first_valid(found, signed: bytes) -> None:
    report = found(signing.sign(signed, signing.issue("Người ký sau", signing.root()), field_name="ChuKy2"))
    assert report.verdict == "valid"
    assert [(one.signer, one.changes) for one in report.signatures] == [
        ("Trần Thị Mai", "filling"),
        ("Người ký sau", "none"),
    ]


def test_a_signature_is_as_good_as_its_worst(found, signed: bytes) -> None:
    stranger = signing.issue("Người lạ", signing.issue("Bên khác", ca=True))
    report = found(signing.sign(signed, stranger, field_name="ChuKy2"))
    assert report.verdict == "untrusted"
    assert [one.verdict for one in report.signatures] == ["valid", "untrusted"]


def test_an_expired_certificate_signs_nothing_unless_a_stamp_proves_the_day(found) -> None:
    gone = signing.issue("Người cũ", signing.bridge(), until=datetime(2026, 1, 1, tzinfo=UTC))
    assert words(found(signing.sign(PLAIN, gone))) == ("invalid", "cert_expired")
    stamper = signing.issue("Dấu thời gian", signing.root(), stamps=True)
    stamped = signing.sign(PLAIN, gone, stamped=stamper, stamped_at=datetime(2025, 12, 1, tzinfo=UTC))
    report = found(stamped)
    assert words(report) == ("valid", "")
    assert (report.signatures[0].stamp, report.signatures[0].stamped_at) == (
        "trusted",
        datetime(2025, 12, 1, tzinfo=UTC),
    )


def test_what_was_good_when_it_arrived_stays_good(found) -> None:
    """The claimed time proves nothing, the day of arrival does: the same file, looked at with another one."""
    short = signing.issue("Sắp hết hạn", signing.bridge(), until=datetime.now(UTC) + timedelta(days=1))
    data = signing.sign(PLAIN, short)
    assert words(found(data)) == ("valid", "")
    late = datetime.now(UTC) + timedelta(days=30)
    assert words(found(data, moment=late)) == ("untrusted", "expired_unproved")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (PLAIN, ("unsigned", "")),
        (b"%PDF-1.7\n" + b"x" * 999, ("unreadable", "broken")),
        (b"", ("unreadable", "broken")),
        (signing.lock(PLAIN), ("unreadable", "encrypted")),
    ],
    ids=["unsigned", "garbage", "empty", "encrypted"],
)
def test_files_that_cannot_be_judged(found, data: bytes, expected: tuple[str, str]) -> None:
    assert words(found(data)) == expected


def test_half_a_file_is_broken(found, signed: bytes) -> None:
    assert words(found(signed[: len(signed) // 2])) == ("unreadable", "broken")


def test_the_child_looks_and_a_slow_one_is_ended(tmp_path: Path, signed: bytes) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(signed)
    assert look(path, roots=[signing.root().der], moment=ARRIVED).verdict == "valid"
    assert look(path, roots=[], moment=ARRIVED, seconds=0) == Report("unreadable", "too_heavy")
    assert look(tmp_path / "gone.pdf", roots=[], moment=ARRIVED) == Report("unreadable", "lost")


def test_the_child_has_no_network_no_memory_and_writes_nothing(tmp_path: Path) -> None:
    code = f"""
import socket, sys
from kycuong.reader.signatures import child
child.confine()
def refused(act):
    try: act()
    except (PermissionError, MemoryError, OSError): return 1
    return 0
print(refused(lambda: socket.create_connection(("127.0.0.1", 9))), refused(lambda: bytearray(2 << 30)),
      refused(lambda: open({str(tmp_path / "new")!r}, "wb").write(b"x" * 9000)), refused(lambda: __import__("os").system("true")))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["1", "1", "1", "1"], done.stderr


def test_certificates_of_authorities_are_read_others_refused() -> None:
    both = read_certificates(signing.root().pem + signing.bridge().pem)
    assert [(one.subject, one.is_root) for one in both] == [
        ("Tổ chức chứng thực thử nghiệm", True), ("Bên cấp chứng thư thử nghiệm số 2", False),
    ]  # fmt: skip
    assert read_certificates(signing.root().der)[0].fingerprint == both[0].fingerprint
    for data, code in (
        (b"-----BEGIN PRIVATE KEY-----\n", "trust_private_key"),
        (b"khong phai", "trust_not_certificate"),
        (signing.officer().pem, "trust_not_authority"),
        (b"x" * 300_000, "trust_too_large"),
    ):
        with pytest.raises(Invalid) as caught:
            read_certificates(data)
        assert caught.value.code == code


def test_revocation_is_known_only_from_the_file(found, signed: bytes) -> None:
    lists = (signing.root(), signing.bridge())
    known = found(signing.with_revocation(signed, lists))
    assert words(known) == ("valid", "")
    assert (known.signatures[0].revocation, known.signatures[0].changes) == ("good", "upkeep")
    gone = found(signing.with_revocation(signed, lists, revoked=signing.officer()))
    assert (words(gone), gone.signatures[0].revocation) == (("invalid", "revoked"), "revoked")
