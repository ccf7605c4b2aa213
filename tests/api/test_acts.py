"""Acts through the API: every one that the web has, on the version that was read, once however often it is sent."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from tests import make

from kycuong.api.acts import ACTS
from kycuong.core.lifecycle import lifecycles
from kycuong.models import Document, Duty, DutyEvent, Post
from kycuong.services import competences
from kycuong.web import changes, duties


def paper(name: str, data: bytes) -> io.BytesIO:
    """Return a file as a request carries it."""
    sent = io.BytesIO(data)
    sent.name = name
    return sent


def test_every_act_of_the_web_is_an_operation() -> None:
    of_the_web = {act.partition("_")[0] if act.startswith("propose_") else act for act in duties.ADDRESSES.values()}
    assert of_the_web | set(changes.ADDRESSES.values()) <= set(ACTS)
    elsewhere = {"opinion", "slip", "arbitration"}  # in api/consultations, voting, transfers
    tables = (table for name, table in lifecycles().items() if name not in elsewhere)
    rows = {row.action for table in tables for row in table.rows if row.by_person}
    assert rows - {"succeed"} <= set(ACTS), "give the act its form in api/acts.py"


def test_a_task_from_the_paper_to_the_confirmation(system: Callable[..., Any]) -> None:
    office, head, officer = system("theodoi"), system("gdsxd"), system("tpqldt")
    name, data = make.paper()
    made = office.ask("POST", "/documents", {"file": paper(name, data)})
    assert made.status_code == 201, made.content
    document = made.json()["id"]
    review = office.ask("GET", f"/documents/{document}/review").json()
    assert [order["leads"][0]["printed"] for order in review["orders"]] == ["Sở Xây dựng", "Sở Tài chính"]
    for order in review["orders"]:
        assert office.ask("POST", f"/orders/{order['public_id']}/check").status_code == 204
    assert office.ask("POST", f"/documents/{document}/issue", {"report_rrule": ""}).json()["count"] == 2

    (line,) = head.ask("GET", "/duties/mine").json()["items"]
    address = f"/duties/{line['public_id']}"
    version = head.ask("GET", address).headers["ETag"]
    desks = {one["value"] for one in head.ask("GET", f"{address}/desks").json()}
    assert make.desk("tpqldt") in desks
    assigned = head.ask("POST", f"{address}/assign", {"desk": make.desk("tpqldt")}, If_Match=version)
    assert assigned.json() == {"duty": line["public_id"], "act": "assign", "made": None}
    version = officer.ask("GET", address).headers["ETag"]
    assert officer.ask(
        "POST", f"{address}/submit", {"note": "Dự thảo", "file": paper(*make.result_file())}, If_Match=version
    )
    version = head.ask("GET", address).headers["ETag"]
    sent = head.ask("POST", f"{address}/send", {"file": paper(*make.result_file())}, If_Match=version)
    assert sent.status_code == 200, sent.content
    version = office.ask("GET", address).headers["ETag"]
    assert office.ask("POST", f"{address}/confirm", {}, If_Match=version).status_code == 200
    whole = office.ask("GET", address).json()
    assert whole["row"]["state"] == "done_on_time"
    assert [event["act"] for event in whole["history"]] == ["open", "assign", "submit", "send", "confirm"]


def test_the_version_that_was_read_is_asked_for_and_must_be_the_newest(system: Callable[..., Any]) -> None:
    duty = make.issued()[0]
    head, address = system("gdsxd"), f"/duties/{duty.public_id}/assign"
    body = {"desk": make.desk("tpqldt")}
    before = make.picture()["DutyEvent"]
    assert head.ask("POST", address, body).status_code == 428
    stale = head.ask("POST", address, body, If_Match='"7"')
    assert (stale.status_code, stale.json()["code"]) == (412, "moved_meanwhile")
    assert make.picture()["DutyEvent"] == before


def test_a_request_that_comes_twice_is_done_once(system: Callable[..., Any]) -> None:
    duty = make.issued()[0]
    head, address = system("gdsxd"), f"/duties/{duty.public_id}/assign"
    body = {"desk": make.desk("tpqldt")}
    answers = [head.ask("POST", address, body, If_Match='"1"', Idempotency_Key="chuyen-viec-1") for _ in range(3)]
    assert {answer.status_code for answer in answers} == {200}
    assert DutyEvent.objects.filter(duty=duty, act="assign").count() == 1
    other = head.ask("POST", address, {"desk": make.desk("cvqldt")}, If_Match='"2"', Idempotency_Key="chuyen-viec-1")
    assert (other.status_code, other.json()["code"]) == (422, "key_used")

    clerk = system("vanthu")
    lines = [clerk.ask("POST", "/documents/line", {"text": make.LINE}, Idempotency_Key="dong-0001") for _ in range(2)]
    assert lines[0].json() == lines[1].json()
    assert Document.objects.filter(is_line=True).count() == 2


def test_a_refused_request_may_be_sent_again_with_its_key(system: Callable[..., Any]) -> None:
    duty = make.issued()[0]
    head, address = system("gdsxd"), f"/duties/{duty.public_id}"
    wrong = head.ask("POST", f"{address}/assign", {"desk": "post:999999"}, If_Match="*", Idempotency_Key="sai-lan-dau")
    assert (wrong.status_code, wrong.json()["code"]) == (422, "desk_unknown")
    again = head.ask(
        "POST", f"{address}/assign", {"desk": make.desk("tpqldt")}, If_Match="*", Idempotency_Key="sai-lan-dau"
    )
    assert again.status_code == 200


def test_a_proposal_is_made_and_decided(system: Callable[..., Any]) -> None:
    duty = make.issued()[0]
    head, giver = system("gdsxd"), system("chutich")
    asked = {"kind": "obstacle", "reason": "Chưa có mặt bằng.", "wanted_on": None}
    assert head.ask("POST", f"/duties/{duty.public_id}/propose", asked, If_Match="*").status_code == 200
    proposal = head.ask("GET", f"/duties/{duty.public_id}").json()["proposals"][0]
    giver_duty = Duty.objects.get(kind="proposal")
    assert proposal["public_id"] == str(giver_duty.public_id)
    whoever = system(giver_duty.holder_officer.login)
    version = whoever.ask("GET", f"/duties/{giver_duty.public_id}").headers["ETag"]
    answer = {"note": "Giao Sở Tài chính tháo gỡ."}
    decided = whoever.ask("POST", f"/duties/{giver_duty.public_id}/accept", answer, If_Match=version)
    assert decided.status_code == 200, decided.content
    assert giver.ask("GET", f"/duties/{duty.public_id}").json()["proposals"][0]["outcome"] == "accepted"


def test_what_is_given_elsewhere_than_registered_is_said_in_the_answer(system: Callable[..., Any]) -> None:
    who: dict[str, Any] = {"actor": make.who("gdsnv"), "at": make.at(make.MONDAY)}
    competences.add_matter(**who, code="DT", name="Phân bổ vốn đầu tư công")
    line = competences.Line(
        "TQ-7", matter="DT", holder="unit:STC", basis="QĐ 5/2026/QĐ-UBND", valid_from=make.at(make.MONDAY).date()
    )
    competences.add(**who, line=line)
    office, text = system("theodoi"), "Tham mưu phân bổ vốn đầu tư công năm 2027"
    given = {"unit": f"unit:{make.unit('SXD').pk}", "text": text, "giver_post": Post.objects.get(code="T.1").pk}
    made = office.ask("POST", "/tasks", given)
    assert made.status_code == 201, made.content
    (told,) = made.json()["elsewhere"]
    assert (told["unit_name"], told["basis"]) == ("Sở Tài chính", "QĐ 5/2026/QĐ-UBND")
    assert office.ask("POST", "/tasks", given | {"why": ""}).json()["code"] == "give_beside_registry"
    assert office.ask("POST", "/tasks", given | {"unit": f"unit:{make.unit('STC').pk}"}).json()["elsewhere"] == []
    document = make.line(f"1. Giao Sở Xây dựng {text.lower()} trước ngày 20/11/2026.")
    issued = office.ask("POST", f"/documents/{document}/issue", {}).json()
    assert (issued["count"], [one["unit_name"] for one in issued["elsewhere"]]) == (1, ["Sở Tài chính"])
