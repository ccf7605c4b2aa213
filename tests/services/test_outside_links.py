"""Links of bodies outside the system: opened by their secret, used once, dead when expired, revoked or past; nothing leaks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from tests import make
from tests.services.test_consult import AFTER, AGREED, ASKED, CUT_OFF, IN_TIME, TAKEN, ask, opinion, outcome, to

from kycuong.core import links as law
from kycuong.core.consultations import Position, Said
from kycuong.core.errors import Conflict, Invalid, NotAllowed, NotVisible, Throttled
from kycuong.core.links import LinkState
from kycuong.models import AuditEntry, DutyEvent, LinkGuess, Notice, Opinion, OpinionPoint, OutsideLink, Unit
from kycuong.queries import consultations as queries
from kycuong.queries import files
from kycuong.queries.consultations import links
from kycuong.services import consultations as services
from kycuong.services import notices
from kycuong.services.consultations import linking

RETURNED = {1: Said(Position.NOT_MINE, "Luật Đầu tư công, Điều 7"), 2: Said(Position.NOT_MINE, "như trên")}


@pytest.fixture
def asked(_province: None) -> UUID:
    name = "Hiệp hội Vận tải miền Trung"
    services.add_outside(actor=make.who("gdsxd", ASKED), at=make.at(ASKED), name=name, short_name="HHVT")
    Unit.objects.filter(name=name).update(code="HH")
    return ask("HH")


def duty(made: UUID) -> UUID:
    return opinion(made, "HH").duty.public_id


def give(made: UUID, when: str = ASKED, login: str = "gdsxd", **given: Any) -> services.Given:
    told = {"given_to": "Văn thư, kèm công văn 15"} | given
    return services.make_link(actor=make.who(login, when), at=make.at(when), duty=duty(made), **told)


def held(given: services.Given, when: str, **other: Any) -> dict[str, Any]:
    return {"link": given.public_id, "secret": given.secret, "at": make.at(when), "real": make.at(when)} | dict(other)


def answer(link: services.Given, when: str = IN_TIME, **other: Any) -> services.Receipt:
    return services.answer_by_link(**held(link, when), **({"said": AGREED, "file": make.exchanged()} | other))


def test_the_first_opening_is_the_receipt_and_looking_again_changes_nothing(asked: UUID) -> None:
    link = give(asked)
    assert opinion(asked, "HH").delivered_at is None
    page = services.open_link(**held(link, TAKEN))
    assert [point.number for point in page.points] == [1, 2]
    one = opinion(asked, "HH")
    assert (one.delivered_by, one.delivered_at) == ("link", make.at(TAKEN))
    services.open_link(**held(link, IN_TIME))
    assert opinion(asked, "HH").delivered_at == make.at(TAKEN)
    assert DutyEvent.objects.filter(duty=one.duty, act="open_by_link").count() == 1


def test_the_button_pressed_twice_at_once_receives_once(asked: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    link = give(asked)
    behind = linking._held(link.public_id, link.secret, make.at(TAKEN), make.at(TAKEN))
    services.open_link(**held(link, TAKEN))
    monkeypatch.setattr(linking, "_held", lambda *_: behind)
    assert services.open_link(**held(link, TAKEN)).last_on is not None
    assert DutyEvent.objects.filter(act="open_by_link").count() == 1


def test_of_two_links_given_at_once_one_is_refused(asked: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    made = linking.secrets.token_urlsafe

    def other_first(size: int) -> str:
        at = make.at(ASKED)
        OutsideLink.objects.create(
            opinion=opinion(asked, "HH"), digest="0" * 64, given_to="Văn thư", made_by_id=make.who("gdsxd").officer_id,
            made_at=at, expires_at=at + timedelta(days=1),
        )  # fmt: skip
        return made(size)

    monkeypatch.setattr(linking.secrets, "token_urlsafe", other_first)
    with make.refused(Conflict, "moved_meanwhile"):
        give(asked)


def test_an_answer_is_the_signed_letter_with_each_position_and_uses_the_link_up(asked: UUID) -> None:
    link = give(asked)
    services.open_link(**held(link, TAKEN))
    receipt = answer(link)
    one = opinion(asked, "HH")
    assert (one.answer, one.number, one.answered_by, one.duty.phase) == ("opinion", "318", None, "answered")
    assert (receipt.letter, receipt.digest, receipt.late) == ("318/STC-NS", one.file and one.file.sha256, False)
    (row,) = links.of_opinion(make.who("gdsxd", IN_TIME), duty(asked), make.at(IN_TIME))
    assert (row.state, row.receipt) == (LinkState.USED, receipt.number)
    with make.refused(Conflict, "link_used"):  # replayed
        answer(link)
    with make.refused(Conflict, "link_used"):
        services.open_link(**held(link, IN_TIME))
    assert OpinionPoint.objects.filter(opinion=one).count() == 2
    services.accept_opinion(actor=make.who("gdsxd", IN_TIME), at=make.at(IN_TIME), duty=duty(asked))
    assert outcome(asked, "HH") == "opinion"


def test_what_a_law_demands_in_writing_is_taken_after_its_term_and_is_late(_province: None) -> None:
    name = "Cục Thống kê"
    services.add_outside(actor=make.who("gdsxd", ASKED), at=make.at(ASKED), name=name, short_name=name)
    Unit.objects.filter(name=name).update(code="HH")
    made = ask("HH", rule="law")
    link = give(made)
    services.open_link(**held(link, TAKEN))
    assert not answer(link, AFTER).late  # no law lets the asker go on without it: it counts, and stands as late
    one = opinion(made, "HH").duty
    assert (one.phase, one.late_working_days) == ("answered", 1)


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"file": None}, "opinion_letter_missing"),  # a link or a click alone is no opinion
        ({"file": ("y-kien.html", b"<script>alert(1)</script>")}, "link_letter_kind"),
        ({"said": {1: Said(Position.AGREE)}}, "opinion_points_missing"),
    ],
)  # fmt: skip
def test_what_is_no_signed_opinion_does_not_use_the_link_up(asked: UUID, other: dict[str, Any], code: str) -> None:
    link = give(asked)
    services.open_link(**held(link, TAKEN))
    before = DutyEvent.objects.count(), AuditEntry.objects.count()
    with make.refused(Invalid, code):
        answer(link, **other)
    assert (DutyEvent.objects.count(), AuditEntry.objects.count()) == before
    assert not OutsideLink.objects.filter(used_at__isnull=False).exists()
    answer(link)


def test_every_point_given_back_is_a_return_with_its_basis(asked: UUID) -> None:
    assert answer(give(asked), said=RETURNED).returned
    assert (outcome(asked, "HH"), opinion(asked, "HH").duty.outcome) == ("returned", "returned")


def guess(link: services.Given, times: int, source: str = "", when: str = TAKEN) -> None:
    for _ in range(times):
        with pytest.raises(NotVisible) as told:
            services.open_link(**held(link, when, secret="x" * 43, source=source))
        assert told.value.code == "link_wrong"


def test_a_guess_opens_nothing_tells_nothing_and_is_limited(asked: UUID) -> None:
    link = give(asked)
    with pytest.raises(NotVisible) as told:  # a known and an unknown address are told apart by nothing
        services.open_link(**held(link, TAKEN, link=uuid4()))
    assert told.value.code == "link_wrong"
    guess(link, 5)
    with make.refused(Throttled, "guessed_too_often"):
        services.open_link(**held(link, TAKEN))
    assert opinion(asked, "HH").delivered_at is None
    services.open_link(**held(link, "2026-11-09 09:16"))


def test_who_guesses_shuts_the_link_to_nobody_else_and_is_on_record(asked: UUID) -> None:
    link = give(asked)
    guess(link, 5, "203.0.113.9")
    with make.refused(Throttled, "guessed_too_often"):
        services.open_link(**held(link, TAKEN, source="203.0.113.9"))
    services.open_link(**held(link, TAKEN, source="198.51.100.4"))
    assert opinion(asked, "HH").delivered_at == make.at(TAKEN)
    noted = AuditEntry.objects.filter(act="link_wrong_secret").order_by("id")
    assert [(one.data["address"], one.data["tried"]) for one in noted] == [("203.0.113.9", 1), ("203.0.113.9", 5)]


def test_sources_without_number_fill_no_table_and_no_journal(asked: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(law, "MOST_SOURCES", 3)
    link = give(asked)
    for number in range(8):
        guess(link, 1, f"203.0.113.{number}")
    assert LinkGuess.objects.count() == AuditEntry.objects.filter(act="link_wrong_secret").count() == 3
    services.open_link(**held(link, TAKEN, source="198.51.100.4"))
    guess(link, 1, "203.0.113.99", when="2026-11-09 09:30")  # what is past makes room
    assert LinkGuess.objects.count() == 1


def test_guesses_that_count_no_longer_are_let_go_of(asked: UUID) -> None:
    link = give(asked)
    guess(link, 5, "203.0.113.9")
    assert [services.forget_guesses(make.at(f"2026-11-09 {then}")) for then in ("09:14", "09:30", "09:31")] == [0, 1, 0]
    guess(link, 1, "203.0.113.9", when="2026-11-19 09:00")
    assert services.forget_guesses(make.at(TAKEN)) == 1  # the clock was set back by days


def test_a_link_ends_on_its_day_when_revoked_and_with_the_next_one(asked: UUID) -> None:
    first = give(asked, days=1)
    with make.refused(Conflict, "link_expired"):
        services.open_link(**held(first, "2026-11-10 08:00"))
    second = give(asked)
    with make.refused(Conflict, "link_revoked"):
        services.open_link(**held(first, TAKEN))
    with make.refused(NotVisible, "opinion_not_visible"):
        services.revoke_link(actor=make.who("gdstc", TAKEN), at=make.at(TAKEN), link=second.public_id)
    services.revoke_link(actor=make.who("gdsxd", TAKEN), at=make.at(TAKEN), link=second.public_id)
    with make.refused(Conflict, "link_revoked"):
        answer(second)
    assert opinion(asked, "HH").delivered_at is None


def test_a_changed_proposal_ends_the_link_with_the_question(asked: UUID) -> None:
    link = give(asked)
    services.change_proposal(
        actor=make.who("gdsxd", TAKEN), at=make.at(TAKEN), consultation=asked, points=(("Khác", True),), reason="Sửa"
    )
    with make.refused(Conflict, "link_ended"):
        services.open_link(**held(link, TAKEN))


def test_silence_of_an_outside_body_is_no_consent_and_a_late_letter_is_filed(asked: UUID) -> None:
    link = give(asked)
    services.open_link(**held(link, TAKEN))
    to("2026-11-16 08:30")
    to(AFTER)
    assert outcome(asked, "HH") == "unbound"
    assert services.open_link(**held(link, AFTER)).late
    assert answer(link, AFTER).late
    assert (outcome(asked, "HH"), opinion(asked, "HH").late_at) == ("unbound", make.at(AFTER))


def test_an_answer_on_the_cut_off_is_late_though_no_job_has_run(asked: UUID) -> None:
    link = give(asked)
    services.open_link(**held(link, TAKEN))
    assert answer(link, CUT_OFF).late


def test_a_link_opens_the_file_of_its_own_question_only(asked: UUID) -> None:
    link = give(asked)
    with make.refused(NotVisible, "file_not_visible"):  # this question has none
        services.file_by_link(**held(link, TAKEN))
    services.open_link(**held(link, TAKEN))
    answer(link)
    kept = opinion(asked, "HH").file
    assert kept is not None
    assert files.open_file(make.who("gdsxd", IN_TIME), kept.public_id).size
    with make.refused(NotVisible, "file_not_visible"):
        files.open_file(make.who("gdstc", IN_TIME), kept.public_id)


def test_who_signs_in_gets_no_link_and_only_the_lead_gives_one(asked: UUID) -> None:
    inside = ask("STC")
    with make.refused(Invalid, "link_inside"):
        services.make_link(
            actor=make.who("gdsxd", ASKED), at=make.at(ASKED), duty=opinion(inside).duty.public_id, given_to="Văn thư"
        )
    with make.refused(NotVisible, "opinion_not_visible"):
        give(asked, login="gdstc")
    with make.refused(NotAllowed, "consultation_not_allowed"):
        give(asked, login="chanhvp")
    with make.refused(Invalid, "link_given_to"):
        give(asked, given_to="  ")
    with make.refused(Invalid, "link_days"):
        give(asked, days=61)
    assert not OutsideLink.objects.exists()


def test_the_secret_stands_nowhere(asked: UUID, caplog: pytest.LogCaptureFixture) -> None:
    link = give(asked)
    services.open_link(**held(link, TAKEN))
    answer(link)
    rows = [*OutsideLink.objects.values(), *AuditEntry.objects.values(), *DutyEvent.objects.values()]
    assert link.secret not in f"{rows}{caplog.text}"


def test_a_body_outside_is_on_the_list_once_and_charged_with_nothing(asked: UUID) -> None:
    with make.refused(Invalid, "outside_known"):
        services.add_outside(actor=make.who("gdsxd", ASKED), at=make.at(ASKED), name="hiệp hội  vận tải miền Trung")
    named = [name for _, name, kind in queries.bodies(make.who("gdsxd", ASKED), make.at(ASKED)) if kind == "outside"]
    assert named == ["Hiệp hội Vận tải miền Trung"]
    assert Opinion.objects.get(duty__public_id=duty(asked)).duty.holder_officer is None


def more(link: services.Given, when: str = IN_TIME, **other: Any) -> None:
    services.ask_time_by_link(
        **held(link, when), **({"until": date(2026, 11, 20), "note": "Chờ họp Ban Thường vụ"} | other)
    )


def test_a_body_outside_asks_for_time_once_and_undecided_it_holds(asked: UUID) -> None:
    link = give(asked, days=8)  # until the 17th
    with make.refused(Invalid, "opinion_before_delivery"):
        more(link)
    services.open_link(**held(link, TAKEN))
    for wrong, code in (({"note": " "}, "opinion_more_reason"), ({"until": date(2026, 11, 16)}, "opinion_more_range")):
        with make.refused(Invalid, code):
            more(link, **wrong)
    assert services.open_link(**held(link, IN_TIME)).more is links.TimeAsked.OPEN
    more(link)
    page = services.open_link(**held(link, IN_TIME))
    assert (page.more, page.more_until) == (links.TimeAsked.ASKED, date(2026, 11, 20))
    with make.refused(Invalid, "opinion_more_once"):
        more(link)
    to(AFTER)
    assert opinion(asked, "HH").duty.due_at == make.at("2026-11-21 00:00")
    assert services.open_link(**held(link, "2026-11-20 10:00")).more is links.TimeAsked.GIVEN  # the link lasts as long
    assert not answer(link, "2026-11-20 11:00").late


def test_time_refused_is_said_behind_the_link_and_the_asker_is_told_that_it_was_asked_for(asked: UUID) -> None:
    link = give(asked)
    services.open_link(**held(link, TAKEN))
    more(link)
    notices.dispatch(make.at(IN_TIME))
    assert Notice.objects.get(topic="ask_time_by_link").recipient.login == "gdsxd"
    services.refuse_time(actor=make.who("gdsxd", IN_TIME), at=make.at(IN_TIME), duty=duty(asked), note="Việc gấp")
    assert services.open_link(**held(link, IN_TIME)).more is links.TimeAsked.REFUSED
    assert opinion(asked, "HH").duty.due_at == make.at(CUT_OFF)


def test_what_is_fetched_by_a_link_is_on_record(asked: UUID) -> None:
    link = give(asked)
    services.open_link(**held(link, TAKEN))
    services.draft_by_link(**held(link, TAKEN), said=AGREED)
    entry = AuditEntry.objects.get(act="draft_by_link")
    assert (entry.actor_id, entry.subject_id, entry.data["form"]) == (None, str(duty(asked)), "docx")
