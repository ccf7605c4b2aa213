"""A change of the organisation through each door: the services, and the pages that an official fills in."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import resolve, reverse
from tests import make, organising

from kycuong.models import OrgChange, Unit
from kycuong.web.org_forms import ADDRESSES
from stories.doors import Services, Web


def change(door: Services | Web, when: str, given: dict[str, Any], login: str = "gdsnv") -> OrgChange:
    """Draft, complete and decide a change; return it."""
    key = by_pages(door, when, given, login) if isinstance(door, Web) else by_services(when, given, login)
    return OrgChange.objects.get(public_id=key)


def by_services(when: str, given: dict[str, Any], login: str) -> UUID:
    """Decide a change below all doors."""
    return organising.decided(given, when, login).public_id


def by_pages(door: Web, when: str, given: dict[str, Any], login: str) -> UUID:
    """Fill in the form, arrange the draft, press the button that decides."""
    browser = door.person(login, when)
    slug = next(address for address, kind in ADDRESSES.items() if kind == given["kind"])
    sent = browser.post(reverse("new_org_change", args=[slug]), typed(given))
    assert sent.status_code == 302, sent.content.decode()[-3000:]
    key: UUID = resolve(sent.headers["Location"]).kwargs["public_id"]
    arrangement = arranged(key, given)
    if arrangement:
        press(browser, key, "sap-xep", arrangement)
    for duty, code in given.get("choices", {}).items():
        press(browser, key, "chon", {"viec": duty, "den": code_of(key, given, code)})
    press(browser, key, "duyet", {})
    return key


def press(browser: Any, key: UUID, address: str, values: dict[str, Any]) -> HttpResponse:
    """Send one form of the draft as the page carried it."""
    page = browser.get(reverse("org_change", args=[key]))
    assert page.status_code == 200
    edition = {"edition": page.context["page"].edition}
    answer: HttpResponse = browser.post(reverse("org_change_act", args=[key, address]), values | edition)
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return answer


def typed(given: dict[str, Any]) -> dict[str, Any]:
    """Return a plan as somebody types it."""
    new = [one for one in given.get("successors", []) if isinstance(one, dict)]
    known = [one for one in given.get("successors", []) if isinstance(one, str)]
    return {
        "so": given["decision"], "ngay": f"{date.fromisoformat(given['in_force_on']):%d/%m/%Y}", "ly-do": given["reason"],
        "don-vi-cu": [make.unit(code).name for code in given["units"]], "ten-moi": [one["name"] for one in new],
        "ten-tat-moi": [one.get("short_name", "") for one in new], "linh-vuc": [one.get("fields", "") for one in new],
        "ke-thua": "; ".join(make.unit(code).name for code in known), "tiep-tuc": "1" if given.get("stays") else "",
        "vi-tri": given.get("post", ""), "vi-tri-cu": given.get("from_post", ""), "nguoi": given.get("officer", ""),
        "ten": given.get("name", ""), "ten-tat": given.get("short_name", ""),
    }  # fmt: skip


def code_of(key: UUID, given: dict[str, Any], code: str) -> str:
    """Return the code under which the pages know a successor: their own for a new one."""
    if Unit.objects.filter(code=code).exists():
        return code
    name = next(one["name"] for one in given["successors"] if isinstance(one, dict) and one["code"] == code)
    plan = OrgChange.objects.get(public_id=key).plan
    return next(str(one["code"]) for one in plan["successors"] if one["name"] == name)


def arranged(key: UUID, given: dict[str, Any]) -> dict[str, Any]:
    """Return what a plan says of heads, divisions and the rest, as the draft's form sends it."""
    new = [one for one in given.get("successors", []) if isinstance(one, dict) and one.get("head")]
    values = {f"thu-truong-{code_of(key, given, one['code'])}": one["head"] for one in new}
    values |= {f"phong-{unit}": code_of(key, given, code) for unit, code in given.get("within", {}).items()}
    return values | ({"con-lai": code_of(key, given, given["rest"])} if given.get("rest") else {})
