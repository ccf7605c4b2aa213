"""The pages of themes: added, given to a document, filtered by, and not for everybody to change."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests import make
from tests.make import at

from kycuong.models import Theme
from stories.doors import Web

DAY = "2026-11-03 09:00"


@pytest.mark.django_db
def test_a_theme_is_added_given_to_a_document_and_filtered_by() -> None:
    make.province()
    document = make.issued()[0].document
    assert document is not None
    clerk = Web().person("vanthu", DAY)
    typed = {"name": "“Năm kỷ cương, về đích sớm”", "kind": "year", "year": "2026"}
    assert clerk.post(reverse("themes"), typed).status_code == 302
    theme = Theme.objects.get()
    assert clerk.post(reverse("themes"), typed).status_code == 422
    answer = clerk.post(reverse("document_themes", args=[document.public_id]), {"theme": [str(theme.public_id)]})
    assert answer.status_code == 302
    page = clerk.get(reverse("document", args=[document.public_id])).content.decode()
    assert "Năm 2026: Năm kỷ cương, về đích sớm" in page
    other = make.line("Giao Sở Tài chính rà soát công nợ trước ngày 20/11/2026.")
    found = clerk.get(reverse("register"), {"so": "di", "chu-de": str(theme.public_id)}).context["page"]
    assert [row.public_id for row in found.rows] == [document.public_id]
    assert "chu-de-van-ban" not in clerk.get(reverse("review", args=[other])).content.decode()
    assert clerk.get(reverse("theme", args=[theme.public_id])).context["page"].theme.documents == 1


@pytest.mark.django_db
def test_a_unit_sees_the_theme_and_changes_none() -> None:
    make.province()
    theme = Theme.objects.create(
        kind="topic", name="Chuyển đổi số", folded="chuyen doi so", made_by_id=make.who("vanthu").officer_id,
        made_at=at(DAY),
    )  # fmt: skip
    head = Web().person("gdsxd", DAY)
    assert "Thêm chủ đề" not in head.get(reverse("themes")).content.decode()
    assert head.post(reverse("themes"), {"name": "Khác", "kind": "topic"}).status_code == 403
    assert head.post(reverse("theme_act", args=[theme.public_id, "ket-thuc"])).status_code == 403
    assert head.get(reverse("unit", args=[make.unit("SXD").public_id]), {"chu-de": "x"}).status_code == 200
