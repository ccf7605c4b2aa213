"""Template tags and filters: words, icons, chips; loaded as built-ins by the settings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kycuong.core import report_targets
from kycuong.core.duties import last_date
from kycuong.core.errors import Fact
from kycuong.core.figures import Aim
from kycuong.queries.duties import DutyRow, State
from kycuong.queries.search import Hit
from kycuong.web import (
    act_words,
    backlog_words,
    chase_words,
    consultation_words,
    dissent_words,
    drawing,
    errors,
    genealogy,
    hit_drawing,
    period_words,
    process_words,
    reminder_words,
    sign_words,
    signature_words,
    voting_words,
    words,
)

register = template.Library()
register.filter("day", words.day)
register.filter("document_name", words.document_name)
register.filter("deadline", words.deadline)
register.filter("instant", words.instant)
register.filter("said", words.said)
register.filter("backlog_decision", backlog_words.decision)
register.filter("backlog_scope", backlog_words.scope_said)
register.simple_tag(chase_words.step, name="chase_step")
register.filter("may_be_urged", chase_words.may_be_urged)
register.filter("any_to_urge", chase_words.any_to_urge)
register.filter("chase_time", chase_words.time)
register.filter("signing_name", chase_words.signing)
register.filter("link_state", consultation_words.link_state)
register.filter("concern_name", consultation_words.concern)
register.filter("outcome_name", consultation_words.outcome)
register.filter("position_name", consultation_words.position)
register.filter("dissent_name", dissent_words.standing)
register.filter("settlement_name", dissent_words.settlement)
register.filter("choice_name", voting_words.choice)
register.filter("result_name", voting_words.result)
register.filter("silence_name", consultation_words.silence)
register.filter("letter_state", chase_words.letter_state)
register.filter("signed_name", signature_words.name)
register.filter("signed_icon", signature_words.icon)
register.filter("signed_reason", signature_words.reason)
register.filter("signed_coverage", signature_words.coverage)
register.filter("signed_changes", signature_words.changes)
register.filter("signed_revocation", signature_words.revocation)
register.filter("signed_stamp", signature_words.stamp)
register.filter("trust_state", signature_words.trust_state)
register.filter("condition", reminder_words.condition)
register.filter("mail_choice", reminder_words.choice)
register.filter("mail_state", reminder_words.mail_state)
register.filter("mail_kind", reminder_words.mail_kind)
register.filter("hearer_name", reminder_words.hearer)
register.simple_tag(reminder_words.when, name="rung_when")
register.simple_tag(reminder_words.hearers, name="rung_hearers")


#: A filter that names what stands under a code, the code itself where none does: its name and its words.
NAMED: dict[str, Mapping[str, str | Promise]] = {
    "sign_in_way": words.SIGN_IN_WAYS,
    "factor_subject": words.FACTOR_SUBJECTS,
    "kind": words.KINDS,
    "programme_state": period_words.PROGRAMME_STATES,
    "document_state": words.DOCUMENT_STATES,
    "class_name": words.CLASSES,
    "orphaned": words.ORPHANED,
    "fate": genealogy.STATUSES,
    "decision_name": words.DECIDED,
    "import_state": words.IMPORT_STATES,
    "cover_state": words.COVERS,
    "act_name": act_words.ACTS,
    "change_state": words.CHANGE_STATES,
}


def naming(names: Mapping[str, str | Promise]) -> Callable[[str], str]:
    """Return a filter that names what stands under a code in one table of words."""
    return lambda code: str(names.get(code, code))


for _filter, _names in NAMED.items():
    register.filter(_filter, naming(_names))


@register.filter
def weekday(on: date | None) -> str:
    """Return a date with its weekday."""
    return words.weekday(on) if on else ""


@register.filter
def theme_name(row: Any) -> str:
    """Return the name of a theme, with its year."""
    return period_words.theme(row.name, row.year)


register.filter("number", period_words.number)
register.filter("period_name", period_words.period)
register.filter("signal", period_words.signal)
register.filter("stage_name", process_words.stage)
register.filter("sign_name", sign_words.name)
register.filter("sign_standing", sign_words.standing)
register.filter("agreed", period_words.agreed)
register.filter("contest_state", period_words.contest_state)
register.filter("group_name", period_words.group)
register.filter("goal", period_words.goal)
register.filter("target_change", period_words.target_change)


@register.filter
def quarter_name(number: int) -> str:
    """Return the name of a quarter, 0 for what goes on all year."""
    return period_words.quarter(number)


@register.filter
def state_name(code: str) -> str:
    """Return the name of a state of a duty."""
    return str(words.STATES.get(code) or words.ENDED.get(code, code))


@register.filter
def flag_name(code: str) -> str:
    """Return the name of what a unit asked."""
    return str(act_words.ACTS.get(f"propose_{code}", code))


@register.filter
def sentence(fact: Fact) -> str:
    """Return the sentence of a fact in the reader's language."""
    return errors.sentence(fact)


@register.filter
def last_day(due_at: datetime | None) -> str:
    """Return the last day of a due date."""
    return words.day(last_date(due_at)) if due_at else ""


@register.simple_tag
@lru_cache(maxsize=64)
def icon(name: str) -> SafeString:
    """Draw an icon of the page's sprite, unseen by screen readers."""
    return SafeString(drawing.icon(name))


@register.simple_tag
def state(row: DutyRow) -> SafeString:
    """Show a duty's state: word, icon and colour."""
    return SafeString(drawing.state(row))


@register.simple_tag
def state_count(code: str, count: int) -> SafeString:
    """Show how many duties are in a state."""
    return format_html(
        '<span class="state state-{}">{} {} {}</span>', code, icon(code), count, str(state_name(code)).lower()
    )


@register.simple_tag(takes_context=True)
def due(context: dict[str, Any], row: DutyRow) -> SafeString:
    """Show a duty's state and, below it, its due day in words."""
    return SafeString(drawing.due(row, context["request"].at))


@register.simple_tag(takes_context=True)
def moved(context: dict[str, Any], row: DutyRow) -> SafeString:
    """Show, below a due date that has moved, the original one and the extensions that were given."""
    return SafeString(drawing.moved(row, context["request"].at))


@register.simple_tag
def lit(runs: Iterable[tuple[str, bool]]) -> SafeString:
    """Show a text with the words that were looked for marked; every piece is escaped."""
    return SafeString(hit_drawing.lit(runs))


@register.simple_tag(takes_context=True)
def hit_lines(context: dict[str, Any], hits: Iterable[Hit]) -> SafeString:
    """Show the lines of what a search has found."""
    return hit_drawing.hit_lines(hits, context["request"].at)


@register.simple_tag
def flags(row: DutyRow) -> SafeString:
    """Show what hangs on a duty beside its state: proposals that wait; of a proposal what it asks, and whose it is."""
    return SafeString(drawing.flags(row))


@register.simple_tag(takes_context=True)
def duty_lines(
    context: dict[str, Any], rows: Iterable[DutyRow], with_unit: object, with_desk: object, select: object = ""
) -> SafeString:
    """Show the lines of a list of duties."""
    return drawing.duty_lines(rows, context["request"].at, with_unit, with_desk, select)


register.simple_tag(drawing.board_lines)
register.simple_tag(drawing.options)


@register.filter
def tally(counts: Mapping[State, int]) -> list[tuple[str, int]]:
    """Return the states that have duties, what hurts first, with how many."""
    return words.tally(counts)


@register.filter
def post(seat: Any) -> str:
    """Return a hat or a desk with its unit, named once."""
    return words.post(seat.title, seat.unit_name)


@register.filter
def local_day(at: datetime | None) -> str:
    """Return the day of an instant in Việt Nam."""
    return words.local_day(at)


@register.filter
def at(mapping: Mapping[str, str], key: str) -> str:
    """Return the value at a key of a mapping."""
    return mapping.get(key, "")


@register.filter
def hours(spans: Any) -> str:
    """Return office hours as people write them, 07:30–11:30, 13:30–17:00."""
    return ", ".join(f"{a // 60:02}:{a % 60:02}–{b // 60:02}:{b % 60:02}" for a, b in spans or ())


@register.filter
def end(due_at: datetime | None) -> str:
    """Return an end as people read it: the last day whole, or the minute of a limit in hours."""
    return words.end(due_at)


@register.filter
def table_rows(block: Mapping[str, Any]) -> list[tuple[list[tuple[str, str]], bool, str]]:
    """Return the rows of a table of a report, its cells under their heads, each with whether it is a total and what is behind it."""
    links = block["links"] or [""] * len(block["rows"])
    return [
        (list(zip(block["head"], row, strict=False)), number in block["strong"], links[number])
        for number, row in enumerate(block["rows"])
    ]


@register.filter
def leads_to_target(block: Mapping[str, Any]) -> bool:
    """Return whether the rows of a table lead to targets, not to the reports of units."""
    return block["name"] in report_targets.LINKED


@register.filter
def target_said(aim: Aim) -> str:
    """Return a target of a report with its plan and number."""
    return report_targets.told(aim)


@register.filter
def chart_rows(block: Mapping[str, Any]) -> list[tuple[str, int, int]]:
    """Return the bars of a chart of a report: name, number, length in percent of the longest."""
    most = max((n for _, n in block["rows"]), default=0) or 1
    return [(name, n, n * 100 // most) for name, n in block["rows"]]


@register.filter
def sections(blocks: Iterable[Mapping[str, Any]]) -> list[tuple[Mapping[str, Any], list[Mapping[str, Any]]]]:
    """Return the blocks of a report under their headings of the first two levels, to be folded and listed."""
    found: list[tuple[Mapping[str, Any], list[Mapping[str, Any]]]] = []
    for block in blocks:
        if not found or (block["kind"] == "heading" and block["level"] < 3):  # below are single orders
            found.append((block, []))
        else:
            found[-1][1].append(block)
    return found


@register.filter
def is_figure(text: str) -> bool:
    """Return whether a cell holds a number, which stands to the right."""
    return text.strip("–").replace(".", "").replace(",", "").rstrip("%").isdigit() or text == "–"


@register.simple_tag(takes_context=True)
def left(context: dict[str, Any], due: Any) -> str:
    """Return how many working days are left until a report is due."""
    return words.left(due.left, due.last_on == timezone.localtime(context["request"].at).date())


@register.simple_tag(takes_context=True)
def competence_state(context: dict[str, Any], row: Any) -> str:
    """Return where a row of the registry of competence stands today: void, coming, in_force or ended."""
    return str(row.state(timezone.localtime(context["request"].at).date()))
