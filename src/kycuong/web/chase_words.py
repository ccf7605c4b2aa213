"""Words of chasing: steps, letters, who signs; and what its forms carry."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kycuong.core.chasing import (
    SIGNING_LABELS,
    STEP_LABELS,
    Signing,
    Step,
    label_of,
    signing_named,
    signing_of,
    step_of,
)
from kycuong.core.errors import Invalid
from kycuong.queries.chasing import ChaseRow, Group
from kycuong.queries.duties import DutyRow
from kycuong.services import chasing
from kycuong.services.tasks.papers import Signed
from kycuong.web import errors, forms, words

LETTER_STATES: dict[str, str | Promise] = {
    "draft": gettext_lazy("Dự thảo, chờ ký"),
    "taken": gettext_lazy("Đã ban hành"),
    "cancelled": gettext_lazy("Đã hủy"),
}


def step(code: str, is_request: bool = False) -> str:
    """Return what a step is called towards a body."""
    return words.said(label_of(code, is_request=is_request))


def signing(code: str) -> str:
    """Return who signs, in which capacity."""
    return words.said(SIGNING_LABELS[Signing(code)])


def letter_state(code: str) -> str:
    """Return where a letter stands."""
    return str(LETTER_STATES.get(code, code))


def steps(group: Group) -> list[tuple[str, str]]:
    """Return the steps that may be chosen for a letter."""
    allowed = (Step.REMINDER, Step.URGING) if group.is_request else tuple(STEP_LABELS)
    return [(one.value, step(one.value, group.is_request)) for one in allowed]


def key(group: Group) -> str:
    """Return the part of a field's name that says which letter it is about."""
    return f"{group.unit_public_id}.{group.step}"


def cards(groups: Iterable[Group], typed: QueryDict) -> list[dict[str, Any]]:
    """Return the letters about to be drafted with what was typed for each."""
    return [
        {
            "group": group,
            "key": key(group),
            "steps": steps(group),
            "step": typed.get(f"step-{key(group)}", group.step.value),
            "reason": typed.get(f"reason-{key(group)}", ""),
            "signing": typed.get(f"signing-{key(group)}", signing_of(group.step).value),
        }
        for group in groups
    ]


def chosen(post: QueryDict) -> dict[tuple[uuid.UUID, Step], chasing.Choice]:
    """Return what was chosen for each letter. Raises: Invalid."""
    found = {}
    for name in post:
        if not name.startswith("step-"):
            continue
        unit, _dot, proposed = name.removeprefix("step-").partition(".")
        public_id, rest = forms.read_uuid(unit), name.removeprefix("step-")
        if public_id is None:
            continue
        named = post.get(f"signing-{rest}", "")
        picked, ladder = step_of(post.get(name, "")), step_of(proposed)
        # who signs follows the step unless the person says otherwise
        who = signing_named(named) if named and named != signing_of(ladder).value else None
        found[public_id, ladder] = chasing.Choice(picked, post.get(f"reason-{rest}", "").strip(), who)
    return found


def duties(post: QueryDict) -> list[uuid.UUID]:
    """Return the duties that were marked."""
    return [found for typed in post.getlist("duty") if (found := forms.read_uuid(typed))]


def units(post: QueryDict) -> list[uuid.UUID]:
    """Return the units of which everything that is late was marked."""
    return [found for typed in post.getlist("unit") if (found := forms.read_uuid(typed))]


def signed(post: QueryDict) -> Signed:
    """Return what was typed of the signed paper. Raises: Invalid."""
    return Signed(
        post.get("number", "").strip(), post.get("symbol", "").strip(), forms.read_date(post.get("signed_on", "")),
        post.get("signer", "").strip(),
    )  # fmt: skip


def refused(request: HttpRequest, refusal: errors.Refusal) -> str:
    """Return the sentence of a refusal; the form that shows it keeps what was read of the signed paper."""
    typed = request.POST.copy()
    for name in ("number", "symbol", "signed_on", "signer"):
        read = refusal.values.get(name) if isinstance(refusal, Invalid) else None
        if read and not typed.get(name, "").strip():
            typed[name] = str(read)
    request.POST = typed  # type: ignore[assignment]  # the stubs know the immutable kind alone
    return errors.sentence(refusal)


def done(made: chasing.Drafted) -> str:
    """Return the sentence after drafting: how many letters, how many were reminded, what was left out."""
    letters = len(made.letters) - made.reminder_letters
    said = []
    if letters:
        said.append(ngettext("Đã soạn %(n)d văn bản.", "Đã soạn %(n)d văn bản.", letters) % {"n": letters})
    if made.reminded:
        said.append(
            ngettext("Đã nhắc %(n)d nhiệm vụ qua phần mềm.", "Đã nhắc %(n)d nhiệm vụ qua phần mềm.", made.reminded)
            % {"n": made.reminded}
        )
    return " ".join([*said, *left_out(made.gone, made.in_draft)])


def left_out(gone: int, in_draft: int) -> list[str]:
    """Return why duties that were marked are not in a letter."""
    said = []
    if gone:
        said.append(_("%(n)d nhiệm vụ đã có kết quả hoặc đã kết thúc nên không đưa vào.") % {"n": gone})
    if in_draft:
        said.append(_("%(n)d nhiệm vụ đang nằm trong dự thảo đôn đốc khác nên không đưa vào.") % {"n": in_draft})
    return said


def recorded(counted: int, left: int) -> str:
    """Return the sentence after the signed paper came back."""
    said = [
        _("Đã gắn văn bản đã ký; bước đôn đốc được tính cho %(n)d nhiệm vụ, đơn vị được thông báo.") % {"n": counted}
    ]
    if left:
        said.append(_("%(n)d nhiệm vụ đã có kết quả trước đó nên không tính.") % {"n": left})
    return " ".join(said)


def time(row: ChaseRow) -> str:
    """Return which step and which time: "Văn bản đôn đốc, lần 2"."""
    return _("%(step)s, lần %(n)d") % {"step": step(row.step, row.is_request), "n": row.times}


def may_be_urged(row: DutyRow) -> bool:
    """Return whether a line of a list is a task that a unit still has to do by a date."""
    return row.kind == "task" and row.phase == "open" and row.due_at is not None


def any_to_urge(rows: Iterable[DutyRow]) -> bool:
    """Return whether one of some lines may be urged."""
    return any(may_be_urged(row) for row in rows)
