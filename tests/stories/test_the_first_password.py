"""An imported officer gets a one-time password, must change it before anything else, and is stopped later."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from tests import make

from kycuong.models import Officer
from stories.doors import Web

pytestmark = pytest.mark.django_db
NEW = "ba con trau di cay"


def signed_in(login: str, password: str) -> Client:
    browser = Client()
    browser.post(reverse("sign_in"), {"username": login, "password": password})
    return browser


def text(browser: Client, address: str) -> tuple[int, str]:
    answer = browser.get(address)
    return answer.status_code, answer.content.decode()


def test_from_no_password_to_working_and_stopped() -> None:
    make.province()
    Officer.objects.filter(login="gdsxd").update(password="!")
    admin = Web().person("quantri", make.MONDAY)
    key = Officer.objects.get(login="gdsxd").pk
    assert "gdsxd" in text(admin, reverse("accounts") + "?ten=ngo+xuan&loc=new")[1]

    answer = admin.post(reverse("give_password", args=[key]))
    found = re.search(r"<code>([a-z0-9-]+)</code>", answer.content.decode())
    assert found
    assert "no-store" in answer["Cache-Control"]
    assert found[1] not in text(admin, reverse("account", args=[key]))[1]

    person, elsewhere = signed_in("gdsxd", found[1]), signed_in("gdsxd", found[1])
    own, home = reverse("own_password"), reverse("my_duties")
    for address in (home, reverse("register"), reverse("notices")):
        assert person.get(address).headers.get("Location") == own
    assert person.post(reverse("read_all")).headers.get("Location") == own
    assert text(person, own)[0] == 200
    assert person.post(own, {"old": found[1], "new": "ngan", "again": "ngan"}).status_code == 422
    assert person.post(own, {"old": found[1], "new": NEW, "again": NEW}).headers["Location"] == home
    assert text(person, home)[0] == 200
    assert elsewhere.get(home).headers["Location"].startswith(reverse("sign_in"))
    assert elsewhere.post(own, {"old": NEW, "new": NEW, "again": NEW}).status_code == 302

    assert admin.post(reverse("stop_account", args=[key]), {"reason": ""}).status_code == 422
    assert admin.post(reverse("stop_account", args=[key]), {"reason": "Chuyển công tác"}).status_code == 302
    assert person.get(home).headers["Location"].startswith(reverse("sign_in"))
    assert signed_in("gdsxd", NEW).get(home).status_code == 302
    assert "Chuyển công tác" in text(admin, reverse("account", args=[key]))[1]
    assert admin.post(reverse("resume_account", args=[key])).status_code == 302
    assert signed_in("gdsxd", NEW).get(home).status_code == 200


def test_a_password_given_again_lifts_the_lock_of_failed_sign_ins() -> None:
    make.province()
    admin = Web().person("quantri", make.MONDAY)
    browser = Client()
    for _ in range(6):
        last = browser.post(reverse("sign_in"), {"username": "gdsxd", "password": "khong-dung"})
    assert last.status_code == 429
    answer = admin.post(reverse("give_password", args=[Officer.objects.get(login="gdsxd").pk]))
    found = re.search(r"<code>([a-z0-9-]+)</code>", answer.content.decode())
    assert found
    assert browser.post(reverse("sign_in"), {"username": "gdsxd", "password": found[1]}).status_code == 302


def test_others_see_no_accounts() -> None:
    make.province()
    person = Web().person("gdsnv", make.MONDAY)
    assert text(person, reverse("accounts"))[0] == 403
    key = Officer.objects.get(login="gdsxd").pk
    assert person.post(reverse("give_password", args=[key])).status_code == 403
