"""Load an organisation: units with the closure of their tree, posts, officers, appointments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from kycuong.core.folding import fold
from kycuong.models import Appointment, Officer, Post, Unit, UnitClosure
from kycuong.services import audit, structure

BATCH = 500


@dataclass(frozen=True, slots=True)
class UnitSpec:
    """A unit to load; parents stand before their children."""

    code: str
    name: str
    short_name: str
    kind: str
    relation: str
    parent: str | None
    valid_from: date
    valid_until: date | None = None
    aliases: tuple[str, ...] = ()
    oversees: bool = False
    successors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PostSpec:
    """A post to load."""

    code: str
    unit: str
    kind: str
    title: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class OfficerSpec:
    """An officer to load."""

    login: str
    full_name: str
    gender: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class AppointmentSpec:
    """An appointment to load."""

    login: str
    post: str
    valid_from: date
    valid_until: date | None = None


def load(
    *, at: datetime, units: Sequence[UnitSpec], posts: Sequence[PostSpec], officers: Sequence[OfficerSpec],
    appointments: Sequence[AppointmentSpec], password: str | None = None,
) -> None:  # fmt: skip
    """Load an organisation into empty tables in one transaction; `password` is everyone's, None for nobody's."""
    with transaction.atomic():
        by_code = _units(units)
        _closure(units, by_code)
        _succession(units, by_code)
        rows = Post.objects.bulk_create(
            [Post(code=p.code, unit=by_code[p.unit], kind=p.kind, title=p.title, field=p.field) for p in posts],
            batch_size=BATCH,
        )
        post_by_code = {row.code: row for row in rows}
        hashed = make_password(password)  # one hash for all: a demo's two thousand sign-ins would take minutes
        people = Officer.objects.bulk_create(
            [
                Officer(
                    login=o.login,
                    full_name=o.full_name,
                    gender=o.gender[:1],
                    folded=fold(o.full_name),
                    password=hashed,
                    email=o.email,
                )
                for o in officers
            ],
            batch_size=BATCH,
        )
        by_login = {row.login: row for row in people}
        Appointment.objects.bulk_create(
            [
                Appointment(
                    officer=by_login[a.login],
                    post=post_by_code[a.post],
                    valid_from=a.valid_from,
                    valid_until=a.valid_until,
                )
                for a in appointments
            ],
            batch_size=BATCH,
        )
        audit.record(
            actor_id=None,
            at=at,
            act="load_organisation",
            subject_kind="organisation",
            units=len(units),
            officers=len(officers),
        )


def _units(specs: Sequence[UnitSpec]) -> dict[str, Unit]:
    made: dict[str, Unit] = {}
    for level in _levels(specs):
        rows = [
            Unit(
                code=spec.code,
                name=spec.name,
                short_name=spec.short_name,
                kind=spec.kind,
                relation=spec.relation,
                parent=made[spec.parent] if spec.parent else None,
                valid_from=spec.valid_from,
                valid_until=spec.valid_until,
                aliases=list(spec.aliases),
                oversees=spec.oversees,
                folded=fold(" ".join((spec.name, spec.short_name, *spec.aliases))),
            )
            for spec in level
        ]
        made |= {row.code: row for row in Unit.objects.bulk_create(rows, batch_size=BATCH)}
    return made


def _succession(specs: Sequence[UnitSpec], by_code: dict[str, Unit]) -> None:
    """Record who inherits from units that had ended before the organisation was loaded."""
    for spec in specs:
        if spec.successors and spec.valid_until:
            rows = [(by_code[spec.code].pk, by_code[code].pk, n) for n, code in enumerate(spec.successors)]
            structure.add_successions(rows, spec.valid_until, None)


def _levels(specs: Sequence[UnitSpec]) -> Iterable[list[UnitSpec]]:
    """Yield the units level by level from the roots, so that each level can be written at once."""
    done: set[str] = set()
    left = list(specs)
    while left:
        level = [spec for spec in left if spec.parent is None or spec.parent in done]
        if not level:
            message = f"no root above {left[0].code}"
            raise ValueError(message)
        yield level
        done |= {spec.code for spec in level}
        left = [spec for spec in left if spec.code not in done]


def _closure(specs: Sequence[UnitSpec], by_code: dict[str, Unit]) -> None:
    parents = {spec.code: spec.parent for spec in specs}
    rows = []
    for spec in specs:
        code: str | None = spec.code
        depth = 0
        while code is not None:
            rows.append(
                UnitClosure(
                    ancestor=by_code[code],
                    descendant=by_code[spec.code],
                    depth=depth,
                    valid_from=spec.valid_from,
                    valid_until=spec.valid_until,
                )
            )
            code, depth = parents[code], depth + 1
    UnitClosure.objects.bulk_create(rows, batch_size=BATCH)
