"""What the pages of steering, reports, organisation and administration do, other systems do too, under the same rules."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from tests import make, organising, reporting

from kycuong.models import ChaseLetter, OrgChange, ReportEdition
from kycuong.services import clocks

System = Callable[..., Any]


def later(when: str) -> None:
    """Let the clock of the product stand at a later moment."""
    clocks.advance(to=make.at(when), real=datetime.now(UTC))


def test_a_change_of_the_organisation_is_drafted_read_and_decided_on_the_version_that_was_read(system: System) -> None:
    office = system("quantri")
    plan = organising.plan("merge", "X1", successors=[{"code": "X2"}])
    made = office.ask("POST", "/org-changes", plan, Idempotency_Key="sap-nhap-1")
    again = office.ask("POST", "/org-changes", plan, Idempotency_Key="sap-nhap-1")
    assert made.status_code == 201, made.content
    assert made.json() == again.json()
    address = f"/org-changes/{made.json()['id']}"
    shown = office.ask("GET", address)
    assert shown.json()["refusals"] == []
    assert [target["code"] for target in shown.json()["targets"]] == ["X2"]
    etag = shown.headers["ETag"]
    assert office.ask("POST", f"{address}/plan", plan | {"decision": "89/QĐ-UBND"}, If_Match=etag).status_code == 204
    stale = office.ask("POST", f"{address}/decide", If_Match=etag)
    assert (stale.status_code, stale.json()["code"]) == (412, "org_change_moved_meanwhile")
    assert office.ask("POST", f"{address}/decide").status_code == 428
    assert OrgChange.objects.get().state == "draft"
    assert office.ask("POST", f"{address}/decide", If_Match='"2"').status_code == 204
    assert OrgChange.objects.get().state == "decided"
    assert system("gdsxd").ask("POST", "/org-changes", plan).status_code == 403


def test_working_days_are_previewed_changed_and_taken_back(system: System) -> None:
    make.issued()
    office = system("quantri")
    paper = {"number": "99/QĐ-UBND", "decided_on": "2026-11-02", "issuer": "UBND tỉnh"}
    wanted = paper | {"off": ["2026-11-13"], "working": ["2026-11-21"], "name": "hoán đổi"}
    preview = office.ask("POST", "/calendar/changes/preview", wanted)
    assert preview.status_code == 200, preview.content
    made = office.ask("POST", "/calendar/changes", wanted | {"reason": "Hoán đổi"}, If_Match=preview.headers["ETag"])
    assert made.status_code == 201, made.content
    stale = office.ask("POST", "/calendar/changes", wanted | {"reason": "Nữa"}, If_Match=preview.headers["ETag"])
    assert (stale.status_code, stale.json()["code"]) == (412, "calendar_changed_meanwhile")
    assert not office.ask("GET", "/calendar/days/2026-11-13").json()["working"]
    back = office.ask("GET", f"/calendar/changes/{made.json()['id']}/reversal")
    body = paper | {"number": "100/QĐ-UBND", "reason": "Thôi hoán đổi"}
    reversed_ = office.ask(
        "POST", f"/calendar/changes/{made.json()['id']}/reverse", body, If_Match=back.headers["ETag"]
    )
    assert reversed_.status_code == 201, reversed_.content
    assert office.ask("GET", "/calendar/days/2026-11-13").json()["working"]
    assert system("gdsxd").ask("POST", "/calendar/changes/preview", wanted).status_code == 403


def test_a_report_is_written_sent_merged_and_its_numbers_run_again(system: System) -> None:
    document = reporting.issued()
    later("2026-11-24 09:00")
    head, collector = system("gdsxd"), system("gdsnv")
    one = f"/reports/{reporting.key(document)}/2026-12-01"
    mine = f"{one}/units/{make.unit('SXD').public_id}"
    page = head.ask("GET", mine)
    assert page.json()["state"] == "none"
    texts = {"texts": {"chung": "Đã ban hành kế hoạch."}}
    assert head.ask("POST", f"{mine}/texts", texts, If_Match=page.headers["ETag"]).status_code == 204
    behind = head.ask("POST", f"{mine}/texts", texts, If_Match='"7"')
    assert (behind.status_code, behind.json()["code"]) == (412, "report_changed_meanwhile")
    sent = head.ask("POST", f"{mine}/send", {"file": nothing(), "note": ""}, If_Match=f'"{page.json()["act_seq"]}"')
    assert sent.status_code == 204, sent.content
    states = {line["unit_name"]: line["state"] for line in collector.ask("GET", one).json()["lines"]}
    assert states["Sở Xây dựng"] == "sent"
    edition = ReportEdition.objects.get().public_id
    proof = head.ask("GET", f"/report-editions/{edition}").json()
    assert proof["kept"]
    assert proof["same"]
    figure = proof["figures"][0]
    rows = head.ask("GET", f"/report-editions/{edition}/figures/{figure['code']}").json()
    assert str(rows["total"]) == figure["printed"]
    merged = collector.ask("POST", f"{one}/units/{make.unit('SNV').public_id}/merge")
    assert merged.status_code == 201, merged.content
    paper = collector.ask("GET", f"/report-editions/{merged.json()['id']}/paper")
    assert paper.content.startswith(b"PK")
    assert system("gdstc").ask("GET", f"/report-editions/{edition}").status_code == 404


def test_who_may_not_read_duties_hears_of_no_duty_that_a_decision_moves(system: System) -> None:
    make.issued("Giao Ủy ban nhân dân xã Khe Sim báo cáo kết quả trước ngày 30/11/2026.")
    make.Road(make.issued()[0]).send("gdsxd", "2026-11-09 09:00")  # to be confirmed within working days
    later("2026-11-09 10:00")
    office = system("quantri")
    plan = organising.plan("merge", "X1", successors=[{"code": "X2"}])
    change = f"/org-changes/{office.ask('POST', '/org-changes', plan).json()['id']}"
    paper = {"number": "99/QĐ-UBND", "decided_on": "2026-11-02", "issuer": "UBND tỉnh"}
    wanted = paper | {"off": ["2026-11-10"], "name": "nghỉ"}
    preview = office.ask("POST", "/calendar/changes/preview", wanted)
    made = office.ask("POST", "/calendar/changes", wanted | {"reason": "Nghỉ"}, If_Match=preview.headers["ETag"]).json()
    told = {}
    for name, rights in (("both", ("org:read", "duty:read")), ("org", ("org:read",))):
        lines = system("quantri", *rights).ask("GET", change).json()["lines"]
        rows = system("chanhvp", *rights).ask("GET", f"/calendar/changes/{made['id']}").json()["rows"]
        told[name] = ([bool(line["title"]) for line in lines], [bool(row["title"] or row["public_id"]) for row in rows])
    assert told == {"both": ([True], [True]), "org": ([False], [False])}
    assert system("quantri", "org:read").ask("GET", f"{change}/succession.xlsx").json()["code"] == "right_not_given"
    assert office.ask("GET", f"{change}/succession.xlsx").status_code == 200


def test_a_review_of_the_backlog_acts_on_duties_only_with_the_right_to(system: System) -> None:
    duty = make.issued()[0]
    later("2026-11-27 09:00")
    steers = system("theodoi", "steer:read", "steer:act")
    opened = steers.ask("POST", "/backlog-reviews", {"unit": str(make.unit("T").public_id), "days": 5})
    assert opened.status_code == 201, opened.content
    line = f"/backlog-reviews/{opened.json()['id']}/duties/{duty.public_id}"
    ended = {"decision": "close", "note": "Không còn phù hợp"}
    for body, address in ((ended, f"{line}/decide"), (None, f"{line}/undo")):
        refused = steers.ask("POST", address, body, If_Match="*")
        assert (refused.status_code, refused.json()["code"]) == (403, "right_not_given")
    both = system("theodoi", "steer:read", "steer:act", "duty:act")
    assert both.ask("POST", f"{line}/decide", ended, If_Match="*").status_code == 200


def nothing() -> io.BytesIO:
    """Return the signed paper of a report."""
    sent = io.BytesIO(make.result_file()[1])
    sent.name = make.result_file()[0]
    return sent


def test_units_are_urged_and_periods_opened_within_the_rights_of_a_token(system: System) -> None:
    duty = make.issued()[0]
    later("2026-11-20 09:00")
    office, reader = system("theodoi"), system("theodoi", "steer:read")
    units = office.ask("GET", "/chasing").json()["units"]
    assert [line["row"]["public_id"] for unit in units for line in unit["lines"]] == [str(duty.public_id)]
    body = {"duties": [str(duty.public_id)]}
    (letter,) = reader.ask("POST", "/chasing/preview", body).json()["letters"]
    choice = {
        "unit": letter["unit_public_id"],
        "proposed": letter["step"],
        "step": "urging",
        "reason": "Chậm nhiều lần",
    }
    body |= {"choices": [choice]}
    assert reader.ask("POST", "/chasing/letters", body).json()["code"] == "right_not_given"
    made = [office.ask("POST", "/chasing/letters", body, Idempotency_Key="don-doc-01") for _ in range(2)]
    assert made[0].status_code == 201, made[0].content
    assert made[0].json()["letters"] == made[1].json()["letters"]
    shown = office.ask("GET", f"/chasing/letters/{ChaseLetter.objects.get().public_id}").json()
    assert (shown["row"]["step"], shown["row"]["state"]) == ("urging", "draft")

    clerk = system("vanthu")
    opened = clerk.ask("POST", "/periods", {"kind": "month", "year": 2026, "number": 10})
    assert opened.status_code == 201, opened.content
    assert clerk.ask("GET", f"/periods/{opened.json()['id']}").json()["line"]["state"] == "open"
    assert reader.ask("GET", "/periods").status_code == 403


def test_ladders_targets_views_and_accounts(system: System) -> None:
    office = system("quantri")
    (near,) = [one for one in office.ask("GET", "/ladders").json() if one["condition"] == "not_started"]
    rung = near["rows"][0]
    body = {"working_days": 4, "hearers": rung["hearers"], "decision": "12/QĐ-UBND", "reason": "Quy chế mới"}
    assert office.ask("POST", f"/ladders/not_started/{rung['step']}", body).status_code == 204
    (near,) = [one for one in office.ask("GET", "/ladders").json() if one["condition"] == "not_started"]
    assert near["rows"][0]["working_days"] == 4

    giver, duty = system("chutich"), make.issued()[0]
    target = {"name": "Tỷ lệ giải ngân", "plan": "95,5", "measure": "%", "note": "Theo nghị quyết"}
    made = giver.ask("POST", f"/duties/{duty.public_id}/targets", target)
    assert made.status_code == 201, made.content
    assert giver.ask("GET", f"/targets/{made.json()['id']}").json()["row"]["plan"] in {"95.5", "95.5000"}

    view = giver.ask("POST", "/board/views", {"name": "Quá hạn", "query": "loai=task&nam=2026", "first": True})
    assert [one["public_id"] for one in giver.ask("GET", "/board/views").json()] == [view.json()["id"]]
    assert giver.ask("DELETE", f"/board/views/{view.json()['id']}").status_code == 204
    people = office.ask("GET", "/accounts?text=gdsxd").json()["items"]
    person = next(one for one in people if one["login"] == "gdsxd")
    stopped = office.ask("POST", f"/accounts/{person['officer_id']}/stop", {"reason": "Nghỉ hưu"})
    assert stopped.status_code == 204, stopped.content
    assert giver.ask("GET", "/accounts").status_code == 403
