"""The registry of competence: add a row, end it, put a new one in its place, pass it on; matters. Nothing is overwritten."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import F

from kycuong.core import amounts
from kycuong.core import competence as law
from kycuong.core import submissions as rules
from kycuong.core.calendars import local_date
from kycuong.core.errors import Conflict, Invalid, NotVisible
from kycuong.core.folding import words
from kycuong.models import Competence, Matter, MatterPhrase, Post, Unit
from kycuong.queries import competences, org, scope
from kycuong.queries.competences import matters
from kycuong.queries.competences.rows import Entry, below, entries, holder_key, of_line
from kycuong.services import audit

LOCK = 0x6B79_6374  # advisory locks belong to one database
_MATTER = re.compile(r"[A-Za-z0-9Đđ\-]{1,20}(?:\.[A-Za-z0-9Đđ\-]{1,20}){0,5}")
_CODE = re.compile(r"[A-Za-z0-9.\-/]{1,60}")


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it is typed: `holder` is "post:CODE", "unit:CODE", "everywhere:communes|heads", or "" with `central` filled.

    `place` is the code of a commune; amounts are words (15 tỷ); `source` is the public id of the row passed on from.
    """

    code: str
    matter: str
    holder: str
    basis: str
    valid_from: date | None
    kind: str = law.Kind.OWN
    central: str = ""
    place: str = ""
    above: str = ""
    ceiling: str = ""
    valid_until: date | None = None
    may_pass_on: bool = False
    source: UUID | None = None


def lock() -> None:
    """Let one at a time write the registry: two rows that overlap may not each look good alone."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def add(*, actor: scope.Actor, at: datetime, line: Line) -> UUID:
    """Add a row; of one that is passed on, the source says from which row. Raises: NotAllowed, NotVisible, Invalid."""
    competences.to_write(actor)
    with transaction.atomic():
        lock()
        made = _made(actor, at, line)
        same = Competence.objects.filter(code__iexact=made.code).exclude(valid_until__lte=F("valid_from"))
        if same.exclude(valid_until__lte=made.valid_from).exists():
            raise Invalid("competence_code_known", key=made.code)
        _check(made)
        _save(made)
        act = "pass_on_competence" if made.source_id else "add_competence"
        _record(actor, at, act, made, source=made.source_id)
    return made.public_id


def replace(*, actor: scope.Actor, at: datetime, competence: UUID, line: Line) -> UUID:
    """End a row on the day on which a new one under the same code begins; what was passed on from it ends with it.

    Raises: NotAllowed, NotVisible, Invalid, Conflict.
    """
    competences.to_write(actor)
    with transaction.atomic():
        lock()
        old = _open(competence)
        made = _made(actor, at, dataclasses.replace(line, code=old.code))
        if made.valid_from <= old.valid_from:
            raise Invalid("competence_replace_day", first=f"{old.valid_from:%d/%m/%Y}")
        ended = _end(actor, at, old, made.valid_from, made.basis)
        _check(made)
        _save(made)
        _record(actor, at, "replace_competence", made, replaces=old.pk, ended=ended)
    return made.public_id


def end(*, actor: scope.Actor, at: datetime, competence: UUID, on: date | None, basis: str) -> int:
    """End a row from a day on, with all that was passed on from it; return how many others ended.

    The day on which it began says that it was written by mistake. Raises: NotAllowed, NotVisible, Invalid, Conflict.
    """
    competences.to_write(actor)
    with transaction.atomic():
        lock()
        row = _open(competence)
        if on is None or on < row.valid_from or (row.valid_until is not None and on >= row.valid_until):
            raise Invalid("competence_end_wrong", first=f"{row.valid_from:%d/%m/%Y}")
        if not basis.strip():
            raise Invalid("competence_end_basis_missing")
        ended = _end(actor, at, row, on, basis.strip())
        _record(actor, at, "end_competence", row, on=f"{on}", ended=ended)
    return len(ended)


def keep_ruling(*, actor: scope.Actor, at: datetime, matter: str, holder: Unit, basis: str, number: int) -> Competence:
    """Write what an arbiter ruled as a row of the registry from that day on; the caller holds right and transaction.

    `matter` is the code or the whole name of a matter, else a new one is made of it; who holds it already keeps the row.
    Raises: Invalid when the registry gives the matter to somebody else.
    """
    lock()
    on, known = local_date(at), matters.exactly(matter) or _matter_ruled(matter, number)
    own = Competence.objects.filter(
        matter=known, unit=holder, valid_from__lte=on, valid_until__isnull=True, source=None
    )
    if (stands := own.filter(above_vnd=None, ceiling_vnd=None).first()) is not None:
        return stands
    made = _made(actor, at, Line(f"PX-{number}", known.code, f"unit:{holder.code}", basis, on))
    try:
        _check(made)
    except Invalid as fault:
        raise Invalid("ruling_overlap", other=fault.values.get("other", "")) from fault
    _save(made)
    _record(actor, at, "rule_competence", made, arbitration=number)
    return made


def _matter_ruled(name: str, number: int) -> Matter:
    """Add a matter below the one under which rulings of arbiters stand."""
    if not name.strip():
        raise Invalid("ruling_matter_missing")
    above, new = Matter.objects.get_or_create(
        code=law.RULINGS, defaults={"name": law.RULINGS_NAME, "folded": words(f"{law.RULINGS} {law.RULINGS_NAME}")}
    )
    made = matter_of(f"{law.RULINGS}{law.DOT}{number}", name, ())
    made.parent = above
    made.save()
    keep_phrases([above, made] if new else [made])
    return made


def add_matter(*, actor: scope.Actor, at: datetime, code: str, name: str, also: Iterable[str] = ()) -> str:
    """Add a matter below the one that its code names. Raises: NotAllowed, Invalid."""
    competences.to_write(actor)
    made = matter_of(code, name, also)
    known = Matter.objects.filter(code__iexact=made.code).first()
    if known is not None:
        raise Invalid("matter_known", key=known.code, name=known.name)
    above, _, _ = made.code.rpartition(law.DOT)
    if above:
        made.parent = Matter.objects.filter(code__iexact=above).first()
        if made.parent is None:
            raise Invalid("matter_above_unknown", key=above)
    try:
        with transaction.atomic():
            made.save()
            keep_phrases([made])
            audit.record(
                actor_id=actor.officer_id, at=at, act="add_matter", subject_kind="matter", subject_id=made.code
            )
    except IntegrityError as error:  # somebody added it at the same moment
        raise Invalid("matter_known", key=made.code, name=made.name) from error
    return made.code


def rename_matter(*, actor: scope.Actor, at: datetime, code: str, name: str, also: Iterable[str] = ()) -> None:
    """Correct the name of a matter and the words by which people look for it. Raises: NotAllowed, Invalid."""
    competences.to_write(actor)
    row, said = matters.get(code), matter_of(code, name, also)
    row.name, row.words, row.folded = said.name, said.words, said.folded
    with transaction.atomic():
        row.save()
        keep_phrases([row])
        audit.record(actor_id=actor.officer_id, at=at, act="rename_matter", subject_kind="matter", subject_id=row.code)


def keep_phrases(written: Collection[Matter]) -> None:
    """Write by which phrases texts mention some matters that were just written; the caller holds the transaction."""
    MatterPhrase.objects.filter(matter__in=written).delete()
    MatterPhrase.objects.bulk_create(
        MatterPhrase(matter=one, beginning=begun, phrase=phrase)
        for one in written
        for phrase, begun in rules.phrases((one.name, *one.words)).items()
    )


def matter_of(code: str, name: str, also: Iterable[str]) -> Matter:
    """Return an unsaved matter with its folded words. Raises: Invalid."""
    bare, title = code.strip().upper(), " ".join(name.split())[:300]
    if not _MATTER.fullmatch(bare):
        raise Invalid("matter_code_wrong", key=bare[:60])
    if not title:
        raise Invalid("matter_name_missing")
    names = [one for one in (" ".join(word.split())[:100] for word in also) if one]
    return Matter(code=bare, name=title, words=names, folded=words(" ".join((bare, title, *names))))


def _open(public_id: UUID) -> Competence:
    row = Competence.objects.filter(public_id=public_id).first()
    if row is None:
        raise NotVisible("competence_not_visible")
    if row.ended_at is not None:
        raise Conflict("competence_ended", key=row.code, on=f"{row.valid_until:%d/%m/%Y}")
    return row


def _made(actor: scope.Actor, at: datetime, line: Line) -> Competence:
    """Return the unsaved row of a line. Raises: Invalid."""
    if line.valid_from is None:
        raise Invalid("competence_from_missing")
    if not _CODE.fullmatch(line.code.strip()):
        raise Invalid("competence_code_wrong", key=line.code.strip()[:60])
    if not line.basis.strip():
        raise Invalid("competence_basis_missing")
    made = Competence(
        code=line.code.strip(), matter=matters.get(line.matter), basis=" ".join(line.basis.split())[:300],
        valid_from=line.valid_from, valid_until=line.valid_until, above_vnd=amounts.parse(line.above),
        ceiling_vnd=amounts.parse(line.ceiling), may_pass_on=line.may_pass_on, made_by_id=actor.officer_id, made_at=at,
    )  # fmt: skip
    _pass_on(made, line)
    hold(made, line.holder, line.central, line.valid_from)
    territory = competences.territory_of(line.place, line.valid_from)
    made.territory_id = territory.pk if territory else made.territory_id
    check_fields(made)
    return made


def _pass_on(made: Competence, line: Line) -> None:
    try:
        made.kind = law.Kind(line.kind)
    except ValueError as wrong:
        raise Invalid("kind_unknown", text=line.kind) from wrong
    if line.source is None:
        return
    source = Competence.objects.filter(public_id=line.source).first()
    if source is None:
        raise NotVisible("competence_not_visible")
    made.source = source
    made.valid_until = made.valid_until or source.valid_until  # what is passed on ends with its source


def hold(made: Competence, holder: str, central: str, on: date) -> None:
    """Write who holds a row; a commune's own row applies within the commune. Raises: Invalid."""
    sort, _, code = holder.partition(":")
    if not code and not central.strip():
        raise Invalid("competence_holder_missing")
    if code and central.strip():
        raise Invalid("competence_holder_double")
    made.level, made.central = law.Level.CENTRAL, " ".join(central.split())[:200]
    if sort == "everywhere" and code in Competence.Everywhere.values:
        made.level, made.everywhere = law.Level.COMMUNE, code
    elif code:
        _seat(made, sort, code, on)


def _seat(made: Competence, sort: str, code: str, on: date) -> None:
    if sort == "post":
        made.post = Post.objects.select_related("unit__parent").filter(code__iexact=code).first()
    unit = made.post.unit if made.post else Unit.objects.filter(org.valid_on(on), code__iexact=code).first()
    if unit is None or (sort == "post" and made.post is None):
        raise Invalid("post_unknown") if sort == "post" else Invalid("unit_unknown", text=code)
    body = unit.parent if unit.kind == "division" and unit.parent else unit
    made.unit, made.level = unit, law.Level.COMMUNE if body.kind == "commune" else law.Level.PROVINCE
    if body.kind == "commune":
        made.territory = body


def check_fields(made: Competence) -> None:
    """Refuse what the table itself would refuse, in a sentence. Raises: Invalid."""
    if made.valid_until is not None and made.valid_until <= made.valid_from:
        raise Invalid("competence_days_wrong")
    if made.ceiling_vnd is not None and made.above_vnd is not None and made.ceiling_vnd <= made.above_vnd:
        raise Invalid("competence_band_wrong")


def _check(made: Competence) -> None:
    """Refuse a row that does not go together with the others of its matter and those above. Raises: Invalid."""
    others = of_line(made.matter.code)
    row = law.Row(
        "new", made.matter.code, holder_key(made.post_id, made.unit_id, made.everywhere, made.central),
        law.Kind(made.kind), made.territory_id, made.above_vnd, made.ceiling_vnd, made.valid_from, made.valid_until,
        str(made.source_id) if made.source_id else None, made.may_pass_on,
    )  # fmt: skip
    codes = {str(one.pk): one.code for one in others} | {"new": made.code}
    for fault in law.faults([*(one.row for one in others), row]):
        if fault.key == "new":
            other = codes.get(fault.other) or (made.source.code if made.source else "")
            raise Invalid(fault.code, key=made.code, other=other)


def _save(made: Competence) -> None:
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as error:
        raise Invalid("competence_code_known", key=made.code) from error


def _end(actor: scope.Actor, at: datetime, row: Competence, on: date, basis: str) -> list[int]:
    """End a row and all that was passed on from it; return the keys of the others."""
    falling = [one for one in below([row.pk]) if one.valid_until is None or one.valid_until > on]
    for one in [*entries(Competence.objects.filter(pk=row.pk)), *falling]:
        _end_one(actor, at, one, on, basis)
    return [one.pk for one in falling]


def _end_one(actor: scope.Actor, at: datetime, one: Entry, on: date, basis: str) -> None:
    """Write an end; what had not begun by then never comes into force."""
    Competence.objects.filter(pk=one.pk).update(
        valid_until=max(on, one.valid_from), ended_by=actor.officer_id, ended_at=at, end_basis=_shortened(basis)
    )


def _shortened(basis: str) -> str:
    """Return a basis with single blanks, cut to its column."""
    return " ".join(basis.split())[:300]


def _record(actor: scope.Actor, at: datetime, act: str, row: Competence, **data: object) -> None:
    audit.record(
        actor_id=actor.officer_id, at=at, act=act, subject_kind="competence", subject_id=row.public_id,
        matter=row.matter_id, **data,
    )  # fmt: skip


__all__ = ["Line", "add", "add_matter", "end", "keep_ruling", "rename_matter", "replace"]
