"""What the pages show beside duties is there for other systems too, under the same scope."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

from tests import make


def test_each_figure_of_the_board_has_its_rows_and_only_what_is_seen_counts(system: Callable[..., Any]) -> None:
    make.issued()
    make.issued("Giao Sở Tài chính báo cáo tình hình thu ngân sách trước ngày 20/11/2026.")
    for login, expected in (("chanhvp", 2), ("gdsxd", 1)):
        asked = system(login)
        total = asked.ask("GET", "/board").json()["total"]
        for figure in total["figures"]:
            rows = asked.ask("GET", f"/board/rows?figure={figure['name']}").json()["items"]
            assert len(rows) == figure["count"], figure
        assert len(asked.ask("GET", "/board/rows?figure=open").json()["items"]) == expected


def test_several_papers_are_sent_in_one_archive(system: Callable[..., Any]) -> None:
    clerk, packed = system("vanthu"), io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for code in ("31/CT-UBND", "32/CT-UBND"):
            archive.writestr(f"{code[:2]}.txt", make.paper(code=code)[1])
    packed.seek(0)
    packed.name = "van-ban.zip"
    made = clerk.ask("POST", "/batches", {"file": packed, "side": "incoming"})
    assert made.status_code == 201, made.content
    batch = clerk.ask("GET", f"/batches/{made.json()['id']}").json()
    assert [item["name"] for item in batch["items"]] == ["31.txt", "32.txt"]
    assert system("gdsxd").ask("GET", f"/batches/{made.json()['id']}").status_code in {403, 404}


def test_a_due_date_is_explained_as_on_the_pages(system: Callable[..., Any]) -> None:
    asked = system("gdsxd", "duty:read")
    given = {"limit": "3 ngày làm việc", "from_at": "2026-11-05T09:00:00+07:00"}
    found = asked.ask("POST", "/calendar/due", given).json()
    assert found["last_day"] == "2026-11-10"
    assert len(found["explanation"]) >= 2
    assert (
        asked.ask("POST", "/calendar/due", {"limit": "ba hôm", "by": "2026-11-10"}).json()["code"] == "due_asked_once"
    )
    saturday = asked.ask("GET", "/calendar/days/2026-11-07").json()
    assert (saturday["working"], saturday["next_working"]) == (False, "2026-11-09")
    assert asked.ask("GET", "/calendar/days/0001-01-01").status_code == 422


def test_units_search_covers_and_the_audit_table(system: Callable[..., Any]) -> None:
    make.issued()
    head, auditor = system("gdsxd"), system("kiemtoan")
    groups = head.ask("GET", "/units?text=xây dựng").json()
    unit = next(row["public_id"] for group in groups for row in group["rows"] if row["name"] == "Sở Xây dựng")
    assert "Giám đốc Sở Xây dựng" in [seat["title"] for seat in head.ask("GET", f"/units/{unit}").json()["seats"]]
    assert head.ask("GET", "/search?text=giai ngan").json()["items"]
    papers = system("gdsxd", "doc:read")
    assert papers.ask("GET", "/search?text=giai ngan").status_code == 403
    assert papers.ask("GET", "/search?text=giai ngan&kind=task").status_code == 403
    assert "task" not in papers.ask("GET", "/search?text=giai ngan&kind=order").json()["counts"]

    desks = head.ask("GET", "/covers").json()
    given = {
        "post": desks["desks"][0]["post_id"], "substitute": desks["substitutes"][0]["post_id"], "first": "2026-11-09",
        "last": "2026-11-11", "reason": "Đi công tác",
    }  # fmt: skip
    cover = head.ask("POST", "/covers", given, Idempotency_Key="thay-0001").json()["id"]
    assert [row["public_id"] for row in head.ask("GET", "/covers").json()["rows"]] == [cover]
    assert head.ask("POST", f"/covers/{cover}/end").status_code == 204

    acts = [line["act"] for line in auditor.ask("GET", "/audit?limit=5").json()["items"]]
    assert "end_cover" in acts
    assert head.ask("GET", "/audit").status_code == 403
