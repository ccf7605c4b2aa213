"""Many papers at once: looked at before they are held, read by the job loop, each with what became of it."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings
from tests import make

from kycuong.core.errors import Invalid, NotAllowed, NotVisible
from kycuong.core.sentences import told
from kycuong.models import Batch, BatchItem, Document
from kycuong.queries import intake as queries
from kycuong.services import files, intake
from kycuong.services.intake import items

AT = make.at("2026-11-02 09:00")
SECRET = ("cong-van-x.txt", "MẬT\nSố: 2/UBND-NC\nnội dung không được lưu".encode())


def numbered(n: int) -> bytes:
    return make.paper(f"{n}/CT-UBND")[1]


def archive(**held: bytes) -> tuple[str, bytes]:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name, data in held.items():
            made.writestr(name.replace("__", "/").replace("_txt", ".txt"), data)
    return "van-ban.zip", stream.getvalue()


def mail(*attached: tuple[str, bytes], body: str = "Kính gửi kèm văn bản.") -> tuple[str, bytes]:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.vn", "b@example.vn", "Gui van ban"
    message.set_content(body)
    for name, data in attached:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return "thu.eml", message.as_bytes()


def opened(*sent: tuple[str, bytes]) -> Batch:
    return Batch.objects.get(public_id=intake.open_batch(actor=make.who("vanthu"), at=AT, files_sent=sent))


def work_all(minutes: int = 0) -> int:
    done = 0
    while intake.work(AT, AT + timedelta(minutes=minutes)):
        done += 1
    return done


def states(batch: Batch) -> dict[str, str]:
    return dict(BatchItem.objects.filter(batch=batch).values_list("name", "state"))


def on_disk() -> int:
    return sum(1 for path in Path(settings.FILES_DIR).rglob("*") if path.is_file())


def test_an_archive_becomes_documents_each_with_its_row() -> None:
    batch = opened(archive(a_txt=numbered(1), thu_muc__b_txt=numbered(2), c_txt=numbered(1)))
    assert states(batch) == {"a.txt": "waiting", "thu_muc/b.txt": "waiting", "c.txt": "waiting"}
    assert not Document.objects.exists()
    work_all()
    assert states(batch) == {"a.txt": "done", "thu_muc/b.txt": "done", "c.txt": "duplicate"}
    assert {str(row) for row in Document.objects.all()} == {"1/CT-UBND", "2/CT-UBND"}
    page = queries.batch(make.who("theodoi"), batch.public_id)
    assert (page.batch.state, page.batch.through, page.busy) == ("done", 3, False)
    assert all(item.document_id for item in page.items)


def test_a_secret_paper_never_touches_the_disk_and_the_others_go_on() -> None:
    batch = opened(SECRET, ("a.txt", numbered(1)))
    assert on_disk() == 1
    work_all()
    assert states(batch) == {SECRET[0]: "refused", "a.txt": "done"}
    assert on_disk() == 1
    assert "đóng dấu MẬT" in told(BatchItem.objects.get(state="refused").said)


def test_the_same_number_in_other_bytes_is_a_duplicate_that_leads_to_the_first() -> None:
    first = make.upload(("goc.txt", numbered(7)))
    batch = opened(("ban-khac.txt", numbered(7) + b"\n"), ("a.txt", numbered(8)))
    work_all()
    item = BatchItem.objects.get(batch=batch, name="ban-khac.txt")
    assert (item.state, item.document, item.code) == ("duplicate", first, "document_known")
    assert on_disk() == 2  # the bytes of the duplicate are gone


def test_a_message_gives_its_attachments_and_its_text_only_when_alone() -> None:
    with_two = opened(mail(("a.txt", numbered(1)), ("b.txt", numbered(2))))
    assert set(states(with_two)) == {"a.txt", "b.txt"}
    alone = opened(mail(body="Giao Sở Xây dựng báo cáo tiến độ trước ngày 20/11/2026."))
    work_all()
    assert list(states(alone).values()) == ["done"]
    assert Document.objects.count() == 3


def test_a_broken_file_is_one_row_with_a_sentence() -> None:
    batch = opened(("hong.pdf", b"%PDF-1.4 hong"), ("hong.zip", b"PK\x03\x04hong"), ("a.txt", numbered(1)))
    work_all()
    assert states(batch) == {"hong.pdf": "refused", "hong.zip": "refused", "a.txt": "done"}
    assert all(told(item.said) for item in BatchItem.objects.filter(state="refused"))


def test_killed_in_the_middle_of_a_paper_nothing_is_half_and_the_next_go_ends_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    batch = opened(("a.txt", numbered(1)), ("b.txt", numbered(2)))
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(items, "_save", lambda item: (_ for _ in ()).throw(KeyboardInterrupt()))
        intake.work(AT, AT)
    assert not Document.objects.exists()
    assert work_all() == 1  # the first is still leased
    assert work_all(minutes=10) == 1
    assert set(states(batch).values()) == {"done"}
    assert Document.objects.count() == 2


def test_a_full_disk_postpones_a_paper_and_it_goes_on_later(monkeypatch: pytest.MonkeyPatch) -> None:
    batch = opened(("a.txt", numbered(1)))
    with monkeypatch.context() as patched:
        patched.setattr(files, "_write", lambda target, data: (_ for _ in ()).throw(OSError(28, "No space left")))
        work_all()
    item = BatchItem.objects.get(batch=batch)
    assert (item.state, item.code) == ("waiting", "disk_failed")
    assert not Document.objects.exists()
    assert work_all(minutes=10) == 1
    assert states(batch) == {"a.txt": "done"}


def test_cancelling_leaves_what_is_registered_and_drops_the_bytes_of_the_rest() -> None:
    batch = opened(("a.txt", numbered(1)), ("b.txt", numbered(2)))
    intake.work(AT, AT)
    assert intake.cancel(actor=make.who("theodoi"), at=AT, batch=batch.public_id) == 1
    assert states(batch) == {"a.txt": "done", "b.txt": "cancelled"}
    assert on_disk() == 1
    assert work_all() == 0


def test_what_was_cancelled_while_it_was_read_is_taken_back() -> None:
    batch = opened(("a.txt", numbered(1)))
    item = items._claim(AT)
    assert item is not None
    intake.cancel(actor=make.who("vanthu"), at=AT, batch=batch.public_id)
    items._read(item, make.who("vanthu"), AT, AT, numbered(1))
    assert not Document.objects.exists()
    assert states(batch) == {"a.txt": "cancelled"}


def test_what_was_refused_can_be_tried_again_for_a_week() -> None:
    batch = opened(("a.txt", numbered(1)))
    make.vacate("vanthu", "2026-11-02 00:00")
    work_all()
    assert BatchItem.objects.get().code == "intake_ended"
    assert intake.retry(actor=make.who("theodoi"), at=AT, batch=batch.public_id) == 1
    work_all()
    assert intake.forget(AT + timedelta(days=6)) == 0
    assert intake.forget(AT + timedelta(days=8)) == 1
    assert intake.retry(actor=make.who("theodoi"), at=AT, batch=batch.public_id) == 0


def test_a_batch_is_the_offices() -> None:
    batch = opened(("a.txt", numbered(1)))
    with make.refused(NotAllowed, "intake_not_allowed"):
        intake.open_batch(actor=make.who("gdsxd"), at=AT, files_sent=[("a.txt", numbered(2))])
    with make.refused(NotAllowed, "intake_not_allowed"):
        intake.cancel(actor=make.who("gdsxd"), at=AT, batch=batch.public_id)
    with pytest.raises(NotAllowed):
        queries.batch(make.who("gdsxd"), batch.public_id)
    with make.refused(NotVisible, "batch_not_visible"):
        intake.cancel(actor=make.who("vanthu"), at=AT, batch=UUID(int=0))


def test_an_empty_archive_is_refused_with_a_sentence() -> None:
    with make.refused(Invalid, "batch_empty"):
        opened(archive())
