"""Changes of who fills a post: the desk that changes hands, who stands in for an empty one, what is refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from kycuong.core.errors import Fact, Invalid
from kycuong.core.org_changes import Kind, Plan
from kycuong.models import Appointment, Officer, Post, Unit
from kycuong.queries import org, scope
from kycuong.queries.org_changes.lines import Line, open_duties
from kycuong.queries.org_changes.refusals import post_before_last, same_day

_LINE = (
    "pk", "public_id", "title", "kind", "due_at", "holder_unit_id", "holder_post_id", "holder_post__unit_id",
    "holder_post__title", "holder_officer__full_name", "series",
)  # fmt: skip


@dataclass(slots=True)
class Desks:
    """A change of posts laid over the organisation of its day: post by its code, the seat to which its duties go."""

    post: Post | None = None
    left: Post | None = None
    officer: Officer | None = None
    substitutes: dict[int, org.Seat] = field(default_factory=dict)
    refusals: list[Fact] = field(default_factory=list)


def desks_of(plan: Plan, own: int | None = None) -> Desks:
    """Return a change of posts with everything that stands against it."""
    on = plan.in_force_on
    posts = {row.code: row for row in Post.objects.filter(code__in=[plan.post, plan.from_post]).select_related("unit")}
    made = Desks(posts.get(plan.post), posts.get(plan.from_post))
    if made.post is None or (plan.from_post and made.left is None):
        made.refusals.append(Invalid("post_unknown"))
        return made
    touched = [post for post in (made.post, made.left) if post]
    made.refusals += _not_in_force([post.unit for post in touched], on)
    made.refusals += [*post_before_last(on, touched), *same_day(on, posts=[post.pk for post in touched], own=own)]
    if plan.kind is not Kind.DISMISS:
        _find_officer(made, plan)
    made.refusals += _wrong_holders(made, plan)
    emptied = made.left if plan.kind is not Kind.DISMISS else made.post
    seat = _substitute(emptied, on) if emptied else None
    if emptied and seat:
        made.substitutes[emptied.pk] = seat
    elif emptied and open_duties().filter(holder_post=emptied).exists():
        made.refusals.append(Invalid("desk_vacant", title=emptied.title))
    return made


def _not_in_force(units: list[Unit], on: date) -> list[Fact]:
    said = f"{on:%d/%m/%Y}"
    wrong = [unit for unit in units if unit.valid_from > on or (unit.valid_until and unit.valid_until <= on)]
    return [Invalid("unit_not_valid", unit=unit.name, on=said) for unit in wrong]


def _find_officer(made: Desks, plan: Plan) -> None:
    made.officer = Officer.objects.filter(login=plan.officer, is_active=True).first()
    if made.officer is None:
        made.refusals.append(Invalid("officer_unknown", text=plan.officer))


def _wrong_holders(made: Desks, plan: Plan) -> list[Fact]:
    on, said = plan.in_force_on, f"{plan.in_force_on:%d/%m/%Y}"
    posts = [post for post in (made.post, made.left) if post]
    rows = Appointment.objects.filter(post__in=posts).select_related("officer", "post").order_by("id")
    later = next((row for row in rows if row.valid_from >= on and row.valid_until != row.valid_from), None)
    if later:
        return [
            Invalid(
                "org_change_before_appointment", on=said, name=later.officer.full_name, title=later.post.title,
                since=f"{later.valid_from:%d/%m/%Y}",
            )
        ]  # fmt: skip
    holders = {row.post_id: row.officer for row in rows.filter(scope.held_on(on))}
    now = holders.get(made.post.pk) if made.post else None
    if made.post and plan.kind is Kind.DISMISS and now is None:
        return [Invalid("post_vacant", title=made.post.title, on=said)]
    if made.post and made.officer and now and now.pk == made.officer.pk:
        return [Invalid("officer_holds_already", name=now.full_name, title=made.post.title)]
    leaving = holders.get(made.left.pk) if made.left else None
    if made.left and made.officer and (leaving is None or leaving.pk != made.officer.pk):
        return [Invalid("post_vacant", title=made.left.title, on=said)]
    return []


def _substitute(post: Post, on: date) -> org.Seat | None:
    """Return the seat to which the duties of an emptied post go: the division's head, the body's, else its first deputy."""
    body = org.body_of(post.unit_id)
    seats = [org.head_of(post.unit_id, on), org.head_of(body, on), *org.seats_of(body, on, *sorted(scope.DEPUTIES))]
    return next((seat for seat in seats if seat and seat.officer_id and seat.post_id != post.pk), None)


def desk_lines(made: Desks) -> list[Line]:
    """Return the open duties on the desks that change hands, each with the post at which it will lie."""
    posts = [post.pk for post in (made.post, made.left) if post]
    codes = dict(
        Post.objects.filter(pk__in=[seat.post_id for seat in made.substitutes.values()]).values_list("pk", "code")
    )
    rows = open_duties().filter(holder_post__in=posts).order_by("id").values_list(*_LINE)
    found = []
    for row in rows:
        seat = made.substitutes.get(row[6] or 0)
        code = codes[seat.post_id] if seat else (made.post.code if made.post else "")
        pk, public_id, title, kind, due_at, unit_id, post_id, post_unit_id, post_title, name, series = row
        found.append(
            Line(
                pk, public_id, title, kind, due_at, unit_id, "", post_id, post_unit_id, post_title or "", name or "", series,
                code, "only",
            )
        )  # fmt: skip
    return found
