"""The job looks at the signatures of every PDF that comes in: leased, fenced, again when the trusted certificates change."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from tests import make, signing

from kycuong.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from kycuong.core.signatures import Report
from kycuong.models import AuditEntry, DocumentFile, FileSignature, SignatureCheck, TrustCertificate
from kycuong.queries import signatures as queries
from kycuong.queries import trust as trust_queries
from kycuong.reader.signatures import looking
from kycuong.services import files, signatures, trust

AT = make.at("2026-11-10 09:00")
REAL = AT
DATA = signing.sign(signing.blank(), signing.officer())


def keep(data: bytes = DATA, name: str = "bao-cao.pdf", when: str = "2026-11-10 08:00") -> DocumentFile:
    officer = make.who("vanthu").officer_id
    return files.keep(officer_id=officer, at=make.at(when), data=data, name=name, media_type="application/pdf")


def trusted() -> TrustCertificate:
    trust.add(actor=make.who("quantri"), at=AT, data=signing.root().pem)
    return TrustCertificate.objects.get(retired_at__isnull=True, is_root=True)


def work(real_minutes: int = 0, looking: Any = looking.look) -> bool:
    return signatures.work(AT, REAL + timedelta(minutes=real_minutes), looking)


def verdicts() -> list[str]:
    return list(DocumentFile.objects.order_by("id").values_list("signed", flat=True))


def test_a_pdf_waits_and_is_judged_other_files_are_left_alone() -> None:
    keep()
    keep(b"PK plain", "bao-cao.docx")
    keep(signing.blank(), "ban-in.pdf")
    assert verdicts() == ["waiting", "", "waiting"]
    trusted()
    assert [work(), work(), work()] == [True, True, False]
    assert verdicts() == ["valid", "", "unsigned"]
    check = SignatureCheck.objects.get(verdict="valid")
    one = FileSignature.objects.get(check_row=check)
    assert (one.facts["signer"], one.facts["organisation"]) == ("Trần Thị Mai", "Sở Tài chính tỉnh Giang Đông")
    entry = AuditEntry.objects.get(act="check_signature", subject_id=str(check.public_id))
    assert (entry.data["verdict"], entry.data["signatures"], entry.data["sha256"]) == ("valid", 1, check.sha256)
    assert "Mai" not in str(entry.data)  # a sealed row names nobody


def test_changed_certificates_judge_again_and_only_what_differs_is_written() -> None:
    keep()
    keep(signing.blank(), "ban-in.pdf")
    work(), work()
    assert verdicts() == ["untrusted", "unsigned"]
    root = trusted()
    assert trust_queries.waiting(make.who("quantri")) == 1  # what is unsigned needs no second look
    assert [work(), work()] == [True, False]
    assert verdicts() == ["valid", "unsigned"]
    trust.add(actor=None, at=AT, data=signing.bridge().der)
    before = AuditEntry.objects.count()
    assert [work(), work()] == [True, False]  # judged again, nothing new
    assert AuditEntry.objects.count() == before
    trust.retire(actor=make.who("quantri"), at=AT, certificate=root.public_id)
    work()
    assert verdicts() == ["untrusted", "unsigned"]
    page = queries.page(make.who("vanthu"), _visible())
    assert [run.verdict for run in page.history] == ["untrusted", "valid", "untrusted"]


def _visible() -> Any:
    """Give the first file to a document that the clerk sees."""
    document = make.upload(make.paper())
    row = DocumentFile.objects.order_by("id").first()
    assert row is not None
    DocumentFile.objects.filter(pk=row.pk).update(document=document)
    return row.public_id


def test_the_same_bytes_are_known_since_they_first_came() -> None:
    keep()
    work()
    later = keep(when="2026-11-12 08:00")
    assert later.signed == "waiting"
    assert SignatureCheck.objects.get().known_at == make.at("2026-11-10 08:00")
    work()
    assert verdicts() == ["untrusted", "untrusted"]
    assert SignatureCheck.objects.get().run == 1


def test_two_workers_take_a_file_once_and_one_that_was_killed_gives_it_back() -> None:
    keep()
    seen: list[bool] = []

    def killed(path: Path, **given: Any) -> Report:
        seen.append(work())  # meanwhile another worker asks
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        work(0, killed)
    assert seen == [False]
    assert (verdicts(), work(1)) == (["waiting"], False)
    assert work(10)
    assert verdicts() == ["untrusted"]


def test_who_was_too_slow_writes_nothing() -> None:
    keep()

    def slow(path: Path, **given: Any) -> Report:
        assert work(10)  # the lease has run out, another worker did it
        return Report("valid")

    work(0, slow)
    assert verdicts() == ["untrusted"]
    assert AuditEntry.objects.filter(act="check_signature").count() == 1


def test_a_file_that_kills_its_worker_three_times_is_left() -> None:
    keep()
    for minutes in (0, 10, 20):
        with pytest.raises(KeyboardInterrupt):
            work(minutes, _kill)
    assert work(30, _kill)
    check = SignatureCheck.objects.get()
    assert (check.verdict, check.reason) == ("unreadable", "too_heavy")


def _kill(path: Path, **given: Any) -> Report:
    raise KeyboardInterrupt


def test_a_paper_that_must_never_have_been_here_leaves_no_name_of_a_signer() -> None:
    row = keep()
    work()
    files.erase(row.sha256)
    assert not FileSignature.objects.exists()
    assert not SignatureCheck.objects.exists()


def test_only_administrators_trust_and_only_authorities_are_trusted() -> None:
    with make.refused(NotAllowed, "administer_not_allowed"):
        trust.add(actor=make.who("chanhvp"), at=AT, data=signing.root().pem)
    with make.refused(Invalid, "trust_not_authority"):
        trust.add(actor=make.who("quantri"), at=AT, data=signing.officer().pem)
    with make.refused(Invalid, "trust_file_missing"):
        trust.add(actor=None, at=AT, data=b"")
    root = trusted()
    with make.refused(Invalid, "trust_known"):
        trust.add(actor=None, at=AT, data=signing.root().der)
    with make.refused(NotAllowed, "administer_not_allowed"):
        trust.retire(actor=make.who("vanthu"), at=AT, certificate=root.public_id)
    with make.refused(NotVisible, "trust_not_visible"):
        trust.retire(actor=None, at=AT, certificate=uuid4())
    trust.retire(actor=None, at=AT, certificate=root.public_id)
    with make.refused(Conflict, "trust_retired"):
        trust.retire(actor=None, at=AT, certificate=root.public_id)
    trust.add(actor=None, at=AT, data=signing.root().der)  # trusted anew: a new row, the old one stays
    assert TrustCertificate.objects.count() == 2


def test_the_list_says_which_bridge_lacks_its_root() -> None:
    trust.add(actor=None, at=AT, data=signing.bridge().pem)
    assert [row.state for row in trust_queries.listed(None, AT)] == ["alone"]
    root = trusted()
    assert [(row.subject, row.state) for row in trust_queries.listed(None, AT)] == [
        (root.subject, "trusted"), ("Bên cấp chứng thư thử nghiệm số 2", "bridge"),
    ]  # fmt: skip


def test_the_database_keeps_one_row_a_trusted_certificate() -> None:
    row = trusted()
    row.pk, row.public_id = None, uuid4()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_the_page_is_for_those_who_may_open_the_file() -> None:
    row = keep()
    with make.refused(NotVisible, "file_not_visible"):
        queries.page(make.who("gdsxd"), row.public_id)
