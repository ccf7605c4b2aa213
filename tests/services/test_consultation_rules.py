"""The issuer's rule of consulting: dated, previewed, whom silence binds; what was asked before stays as it was."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from tests import make

from kycuong import __main__ as command
from kycuong.core.calendar_changes import Decision
from kycuong.core.consultation_rules import Ruling
from kycuong.core.consultations import Silence
from kycuong.core.errors import Conflict, Invalid, NotAllowed
from kycuong.models import AuditEntry, ConsultationRule, Note, Officer, Opinion
from kycuong.queries import consultations as queries
from kycuong.services import limits
from kycuong.web.consultation_rules import _each_said
from services.test_consult import AFTER, ASKED, ask, opinion, outcome, take, to

WHEN, SINCE = "2026-11-02 09:00", date(2026, 11, 5)
PAPER = Decision("12/2026/QĐ-UBND", date(2026, 11, 1), "UBND tỉnh")
RULING = Ruling("liability", Silence.LIABILITY, 2, 5, 7, 1, frozenset({"department", "commune"}), SINCE)


def change(ruling: Ruling = RULING, login: str = "quantri", when: str = WHEN, **more: Any) -> ConsultationRule:
    given = {"decision": PAPER, "reason": "Quy chế mới", **more}
    return limits.change_consultation_rule(actor=make.who(login, when), at=make.at(when), ruling=ruling, **given)


def test_a_rule_holds_from_its_day_and_binds_whom_it_names() -> None:
    before = ask("X1", rule="liability")  # asked on 09/11, when the default holds
    key = uuid4()
    late = replace(RULING, in_force_from=date(2026, 11, 10))
    first = change(late, when=ASKED, request_id=key)
    assert change(late, when=ASKED, request_id=key).pk == first.pk
    for other, login in ((replace(late, usual_days=6), "quantri"), (late, "chanhvp")):
        with make.refused(Conflict, "request_used"):
            change(other, login, when=ASKED, request_id=key)
    made = ask("X1", rule="liability")
    assert [queries.rule_now("liability", date(2026, 11, day)).pk == first.pk for day in (9, 10)] == [False, True]
    Opinion.objects.filter(consultation__public_id=made).get().consultation.__class__.objects.filter(
        public_id=made
    ).update(rule=first)
    for one in (before, made):
        take(one, "X1", "ctx1")
    to("2026-11-16 08:30")
    to(AFTER)
    assert (outcome(before, "X1"), outcome(made, "X1")) == ("unbound", "liable")
    liable = opinion(made, "X1").liable
    assert liable is not None
    assert liable.login == "ctx1"
    assert AuditEntry.objects.filter(act="change_consultation_rule").count() == 1


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"least_days": 6}, "consultation_rule_days"),
        ({"most_days": 90}, "consultation_rule_days"),
        ({"kinds": frozenset({"vertical"})}, "consultation_rule_binds"),
        ({"silence": Silence.CONSENT}, "consultation_rule_binds"),
        ({"kinds": frozenset()}, "consultation_rule_nobody"),
        ({"silence": Silence.WRITTEN, "kinds": frozenset()}, "consultation_rule_law"),
        ({"code": "law"}, "consultation_rule_law"),
        ({"code": "other"}, "kind_unknown"),
        ({"in_force_from": None}, "limit_from_missing"),
        ({"in_force_from": date(2026, 11, 1)}, "limit_from_past"),
        ({"in_force_from": date(9999, 12, 31)}, "limit_from_far"),
    ],
)
def test_what_no_rule_can_be_is_refused(given: dict[str, Any], code: str) -> None:
    rows, entries = ConsultationRule.objects.count(), AuditEntry.objects.count()
    with make.refused(Invalid, code):
        change(replace(RULING, **given))
    with make.refused(NotAllowed, "calendar_not_allowed"):
        change(login="gdstc")
    assert (ConsultationRule.objects.count(), AuditEntry.objects.count()) == (rows, entries)


def test_the_preview_counts_past_silences_anew() -> None:
    ask("STC")
    for unit, login in (("STC", "gdstc"), ("X1", "ctx1")):
        take(ask(unit), unit, login)
    to("2026-11-16 08:30")
    to(AFTER)
    ruling = Ruling("regulation", Silence.LIABILITY, 2, 4, 5, 1, frozenset({"commune"}), date(2026, 12, 1))
    shown = queries.preview_rule(ruling, make.at(AFTER))
    assert [what for what, _, _ in shown.changes] == ["Im lặng", "Cơ quan bị ràng buộc", "Thời hạn thường dùng"]
    assert shown.still_open == 3
    assert sorted((one.after[:10], one.count) for one in shown.silences) == [("Không có ý", 1), ("Không có ý", 1)]


def test_the_reason_of_a_rule_can_be_erased_and_the_rule_stays() -> None:
    made = change()
    Note.objects.filter(pk=made.reason_id).delete()
    card = next(one for one in queries.rule_cards(make.at(AFTER)) if one.code == "liability")
    assert (card.rows[0].reason, card.rows[0].number) == ("", "12/2026/QĐ-UBND")


def test_what_a_preview_says_of_bound_bodies_is_in_the_language_of_the_page() -> None:
    shown = queries.preview_rule(RULING, make.at(WHEN))
    (listed,) = [after for what, _, after in shown.changes if what == "Cơ quan bị ràng buộc"]
    with override("en"):
        said = _each_said(listed)
    assert said.count("; ") == 1
    assert said.isascii()


def test_the_page_and_the_command_preview_and_decide(capsys: pytest.CaptureFixture[str], tmp_path: Any) -> None:
    browser = Client()
    browser.force_login(Officer.objects.get(login="quantri"), "django.contrib.auth.backends.ModelBackend")
    values = {
        "ma": "liability", "im-lang": "liability", "loai": ["department", "commune"], "it": "2", "thuong": "5", "nhieu": "7",
        "tra-lai": "1", "hieu-luc": "01/12/2027", "so": "12/2026/QĐ-UBND", "ngay": "01/11/2026", "co-quan": "UBND tỉnh",
        "ly-do": "Quy chế mới", "buoc": "xem",
    }  # fmt: skip
    page = browser.post(reverse("consultation_rules"), values)
    assert page.context["shown"].changes
    assert not ConsultationRule.objects.filter(verified=True).exists()
    assert browser.post(reverse("consultation_rules"), values | {"it": "9"}).status_code == 422
    sent = dict.fromkeys(("buoc",)) and {name: value for name, value in values.items() if name != "buoc"}
    assert browser.post(reverse("consultation_rules"), sent).status_code == 302
    assert ConsultationRule.objects.get(verified=True).bound_kinds == "commune,department"
    assert "12/2026/QĐ-UBND" in browser.get(reverse("consultation_rules")).content.decode()
    file = tmp_path / "quy-dinh.json"
    file.write_text(json.dumps({
        "code": "regulation", "silence": "liability", "least_days": 2, "usual_days": 4, "most_days": 5, "return_days": 1,
        "kinds": ["department"], "since": "2027-12-01", "number": "13/QĐ", "date": "2026-11-01", "issuer": "UBND tỉnh",
        "reason": "Quy chế mới",
    }))  # fmt: skip
    assert command.main(["consultation", "rules", str(file), "--by", "quantri"]) == 0
    assert "Im lặng" in capsys.readouterr().out
    assert command.main(["consultation", "rules", str(file), "--by", "quantri", "--apply"]) == 0
    assert command.main(["consultation", "rules", "--by", "quantri", "--json"]) == 0
    told = {row["code"] for row in json.loads(capsys.readouterr().out.splitlines()[-1])}
    assert {"regulation", "liability", "law"} <= told
    assert command.main(["consultation", "rules", "/nowhere.json", "--by", "quantri"]) == 2
