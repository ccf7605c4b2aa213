"""Write the lines of a table of the registry: matters, ends, and new rows, those passed on after their sources."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from kycuong.core import competence as law
from kycuong.core.competence_table import MATTERS
from kycuong.models import Competence, Matter
from kycuong.queries import scope
from kycuong.queries.imports import PlanRow, RegistryPlan
from kycuong.queries.imports.competences import Target
from kycuong.services.competences import keep_phrases, matter_of

BATCH = 500


def write(made: RegistryPlan, actor: scope.Actor, at: datetime, reason: str) -> None:
    """Write every line that is new, changed or ended; the caller holds the transaction and the lock."""
    _matters(made.good(MATTERS))
    _ends(made, actor, at, reason)
    _rows(made, actor, at)


def _matters(rows: list[PlanRow]) -> None:
    known = {row.code.casefold(): row for row in Matter.objects.all()}
    for row in sorted(rows, key=lambda one: one.key.count(law.DOT)):
        given, stood = row.values, known.get(row.key.casefold())
        name, words = given["name"] or (stood.name if stood else ""), given["words"].split("; ")
        said = matter_of(row.key, name, words if given["words"] or stood is None else stood.words)
        one = stood or Matter(code=said.code, parent=known.get(said.code.rpartition(law.DOT)[0].casefold()))
        one.name, one.words, one.folded = said.name, said.words, said.folded
        one.save()
        known[row.key.casefold()] = one
    written = [known[row.key.casefold()] for row in rows]
    for begin in range(0, len(written), BATCH):
        keep_phrases(written[begin : begin + BATCH])


def _ends(made: RegistryPlan, actor: scope.Actor, at: datetime, reason: str) -> None:
    replaced = {target.ends: target.row.basis for target in made.targets.values()}
    rows = list(Competence.objects.filter(pk__in=made.ends))
    for row in rows:
        row.valid_until, row.ended_by_id, row.ended_at = made.ends[row.pk], actor.officer_id, at
        row.end_basis = replaced.get(row.pk) or " ".join(reason.split())[:300]
    Competence.objects.bulk_update(rows, ["valid_until", "ended_by", "ended_at", "end_basis"], BATCH)


def _rows(made: RegistryPlan, actor: scope.Actor, at: datetime) -> None:
    codes = {place: made.lines[place].values["code"] for place in made.targets}
    matters = dict(Matter.objects.values_list("code", "pk"))
    keys: dict[str, int] = {}
    waiting = dict(made.targets)
    while waiting:  # level by level, so that each can be written at once; the plan has refused circles
        level = {place: one for place, one in waiting.items() if not _waits(one, waiting)}
        rows = [_row(codes[place], one, matters, keys, actor, at) for place, one in level.items()]
        Competence.objects.bulk_create(rows, batch_size=BATCH)
        keys |= {one.row.key: row.pk for one, row in zip(level.values(), rows, strict=True)}
        waiting = {place: one for place, one in waiting.items() if place not in level}


def _waits(one: Target, waiting: Iterable[int]) -> bool:
    source = one.row.source or ""
    return source.startswith("line:") and int(source.removeprefix("line:")) in waiting


def _row(
    code: str, one: Target, matters: dict[str, int], keys: dict[str, int], actor: scope.Actor, at: datetime
) -> Competence:
    row, source = one.row, one.row.source
    return Competence(
        code=code, matter_id=matters[row.matter], level=one.level, kind=row.kind, unit_id=one.unit, post_id=one.post,
        everywhere=one.everywhere, central=one.central, territory_id=row.territory, above_vnd=row.above_vnd,
        ceiling_vnd=row.ceiling_vnd, may_pass_on=row.may_pass_on, basis=row.basis, valid_from=row.valid_from,
        valid_until=row.valid_until, source_id=keys.get(source, 0) or int(source) if source else None,
        made_by_id=actor.officer_id, made_at=at,
    )  # fmt: skip
