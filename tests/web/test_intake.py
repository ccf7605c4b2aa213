"""Many papers and scans through the pages: what became of each file, stopping, trying again, typing by hand."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests import make

from kycuong import jobs
from kycuong.models import Batch, Document, Officer, Scan
from kycuong.reader import Unreadable
from kycuong.services import intake
from kycuong.services.directives import looking, scanning
from services.test_scan import AT, Fake
from services.test_take_in import archive, numbered
from web.visit import PHONE, scan

if TYPE_CHECKING:
    from web.visit import Site

HTMX = {"HTTP_HX_REQUEST": "true"}


def clerk() -> Client:
    make.province()
    client = Client()
    client.force_login(Officer.objects.get(login="vanthu"), "django.contrib.auth.backends.ModelBackend")
    return client


def sent(*files: tuple[str, bytes], **fields: str) -> dict[str, Any]:
    return {"file": [SimpleUploadedFile(name, data) for name, data in files], **fields}


@pytest.mark.django_db
def test_several_files_become_a_batch_that_the_jobs_read() -> None:
    client = clerk()
    answer = client.post(reverse("upload"), sent(("a.txt", numbered(1)), ("b.txt", numbered(2)), register="outgoing"))
    batch = Batch.objects.get()
    assert answer.headers["Location"] == reverse("batch", args=[batch.public_id])
    page = client.get(answer.headers["Location"]).content.decode()
    assert "0/2" in page
    assert "every 2s" in page
    while jobs.read_papers(jobs.threading.Event()):
        pass
    page = client.get(reverse("batch", args=[batch.public_id]), **HTMX).content.decode()
    assert "2/2" in page
    assert "every 2s" not in page
    assert "<html" not in page
    assert {row.register for row in Document.objects.all()} == {"outgoing"}
    assert batch.name in client.get(reverse("batches")).content.decode()


@pytest.mark.django_db
def test_a_single_archive_is_a_batch_and_can_be_cancelled() -> None:
    client = clerk()
    client.post(reverse("upload"), sent(archive(a_txt=numbered(1), b_txt=numbered(2))))
    batch = Batch.objects.get()
    page = client.post(reverse("cancel_batch", args=[batch.public_id]), follow=True).content.decode()
    assert "Đã hủy: 2 tệp không đọc nữa." in page
    assert not intake.work(AT, AT)


@pytest.mark.django_db
def test_a_scan_shows_its_page_stops_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    client, pages = clerk(), Fake(4, origin="ocr")
    monkeypatch.setattr(looking, "pages_of", pages.opened)
    client.post(reverse("upload"), sent(("quet.pdf", b"%PDF-1.4 x")))
    document = Document.objects.get()
    place = reverse("scan", args=[document.public_id])
    for address in ("review", "document"):
        assert client.get(reverse(address, args=[document.public_id])).headers["Location"] == place
    scanning.work(AT, AT, pages.opened)
    assert "trang 2/4" in client.get(place).content.decode()
    page = client.post(reverse("cancel_scan", args=[document.public_id]), follow=True).content.decode()
    assert "Đã dừng đọc" in page
    assert client.post(reverse("type_text", args=[document.public_id]), {"text": " "}).status_code == 422
    assert (
        "Chưa đọc được chữ của bản quét này"
        in client.get(reverse("review", args=[document.public_id])).content.decode()
    )
    client.post(reverse("retry_scan", args=[document.public_id]))
    for minute in range(3):
        scanning.work(AT, AT + timedelta(minutes=minute), pages.opened)
    done = client.get(place, **HTMX)
    assert done.headers["HX-Redirect"] == reverse("review", args=[document.public_id])
    assert "Văn bản này có giao việc không?" in client.get(done.headers["HX-Redirect"]).content.decode()


@pytest.mark.django_db
def test_a_request_looks_at_one_page_of_two_thousand(monkeypatch: pytest.MonkeyPatch) -> None:
    client, pages = clerk(), Fake(2000)
    monkeypatch.setattr(looking, "pages_of", pages.opened)
    assert client.post(reverse("upload"), sent(("quet.pdf", b"%PDF-1.4 x"))).status_code == 302
    assert sum(pages.asked) == 1
    assert "trang 1/2000" in client.get(reverse("register")).content.decode()


@pytest.mark.django_db
def test_without_tesseract_the_head_is_typed_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    client = clerk()
    monkeypatch.setattr(looking, "pages_of", Fake(3, {1: Unreadable("no_ocr", "chưa cài Tesseract")}).opened)
    file = ("quet.pdf", b"%PDF-1.4 x")
    refused = client.post(reverse("upload"), sent(file))
    assert refused.status_code == 422
    assert "chưa cài Tesseract" in refused.content.decode()
    assert "Đăng ký bằng tay tệp không đọc được" in refused.content.decode()
    assert not Document.objects.exists()
    typed = {"by_hand": "1", "subject": "báo cáo thu ngân sách", "number": "9", "symbol": "UBND-KT"}
    assert (
        client.post(reverse("upload"), sent(file, **typed)).status_code == 422
    )  # nobody declared that it is not secret
    client.post(reverse("upload"), sent(file, declared="1", **typed))
    assert str(Document.objects.get()) == "9/UBND-KT"
    assert not Scan.objects.exists()


@pytest.mark.browser
def test_the_pages_are_readable_by_everyone(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "pages_of", Fake(40, origin="ocr").opened)
    document = make.upload(("quet.pdf", b"%PDF-1.4 x"))
    monkeypatch.undo()
    made = intake.open_batch(
        actor=make.who("vanthu"), at=AT, files_sent=[("a.txt", numbered(1)), ("hong.pdf", b"%PDF-1.4 hong")]
    )
    page = site.visitor("vanthu")
    for size in (None, PHONE):
        if size:
            page.set_viewport_size(size)
        for address in (reverse("batch", args=[made]), reverse("scan", args=[document.public_id]), reverse("batches")):
            page.goto(address)
            scan(page, address)
    page.goto(reverse("batch", args=[made]))
    jobs.read_papers(jobs.threading.Event())
    page.get_by_text("Đã vào sổ: 1").wait_for()  # the page asked again by itself
