"""Verify that what was sealed is still there: rows, batches, the chain of checkpoints, signatures, complete runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from struct import error as StructError
from zlib import error as ZlibError

from django.db.models import Count, Max

from kycuong.core.seals import ENTRY, EVENT, Difference, Finding, Marks, Tree, differences
from kycuong.models import Checkpoint, Duty, DutyEvent, Note
from kycuong.services.seals import keys
from kycuong.services.seals.rows import CHUNK, Row, beginning, body, full_rows, link_to

NOT_SEALED = "chưa niêm phong"
SHOWN_RUN = 20


@dataclass(slots=True)
class Verdict:
    """What was looked at and what was found; `findings` is empty when all is intact."""

    checkpoints: int = 0
    leaves: int = 0
    unsealed: int = 0
    last_no: int = 0
    last_hash: str = ""
    findings: list[Finding] = field(default_factory=list)

    @property
    def intact(self) -> bool:
        """Return whether nothing was found."""
        return not self.findings


@dataclass(slots=True)
class _Walk:
    """One verification on its way."""

    verdict: Verdict
    known: dict[str, bytes]
    progress: Callable[[int], None]

    def find(self, code: str, **values: object) -> None:
        self.verdict.findings.append(Finding(code, values))

    def step(self) -> None:
        seen = self.verdict.leaves + self.verdict.unsealed
        if seen % 10_000 == 0:
            self.progress(seen)


def verify(progress: Callable[[int], None] = lambda seen: None) -> Verdict:
    """Recompute every leaf, root, link and signature, and look for gaps; `progress` hears how many rows were seen."""
    walk = _Walk(Verdict(), keys.known_keys(), progress)
    last = beginning()
    numbers = list(Checkpoint.objects.order_by("no").values_list("no", flat=True))
    for no in numbers:
        row = Checkpoint.objects.get(no=no)
        _check_signed(walk, row, last)
        _check_batch(walk, row, last)
        walk.verdict.checkpoints += 1
        last = row
    walk.verdict.last_no = last.no
    walk.verdict.last_hash = link_to(last) if last.no else ""
    _check_head(walk)
    _check_unsealed(walk, last)
    _check_runs(walk)
    _check_notes(walk)
    return walk.verdict


def _check_signed(walk: _Walk, row: Checkpoint, last: Checkpoint) -> None:
    for missing in range(last.no + 1, row.no):
        walk.find("checkpoint_missing", no=missing)
    forward = row.upto_event >= last.upto_event and row.upto_entry >= last.upto_entry
    if row.no == last.no + 1 and (row.previous != link_to(last) or not forward):
        walk.find("chain_broken", no=row.no)
    public = walk.known.get(row.key)
    if public is None:
        walk.find("key_unknown", no=row.no, key=row.key)
    elif not keys.is_signed(public, row.signature, body(row).text()):
        walk.find("signature_wrong", no=row.no)


def _check_batch(walk: _Walk, row: Checkpoint, last: Checkpoint) -> None:
    """Compute the batch again; when it differs, say which rows, by the marks that the checkpoint signs."""
    tree, found, edited = Tree(), Marks(), {EVENT: set[int](), ENTRY: set[int]()}
    place = f"mốc niêm phong số {row.no}"
    if row.no != last.no + 1:  # a checkpoint is gone: what it covered counts to nobody
        last = _start_of(row, last)
    spans = ((EVENT, last.upto_event, row.upto_event), (ENTRY, last.upto_entry, row.upto_entry))
    for kind, after, upto in spans:
        for one in full_rows(kind, after, upto):
            found.add(kind, one.row_id, tree.add(one.record))
            walk.verdict.leaves += 1
            walk.step()
            if one.leaf != one.stored:
                edited[kind].add(one.row_id)
                walk.find("row_changed", row=_named(kind, one), place=place, kind=kind, id=one.row_id)
    sealed = _marks_of(row)
    if sealed is None:
        walk.find("marks_changed", no=row.no)
    located = _locate(walk, sealed, found, edited, place) if sealed else 0
    same_root = tree.size == row.leaves and tree.root() == row.root
    if not same_root and not located and not (edited[EVENT] or edited[ENTRY]):
        walk.find("batch_differs", no=row.no, leaves=tree.size)


def _start_of(row: Checkpoint, last: Checkpoint) -> Checkpoint:
    """Return where the batch of a checkpoint begins when the one before it is gone: at the first row of its marks."""
    marks = _marks_of(row)
    if marks is None:
        return last
    events, entries = marks.ids[EVENT], marks.ids[ENTRY]
    return Checkpoint(
        no=row.no - 1,
        upto_event=events[0] - 1 if events else row.upto_event,
        upto_entry=entries[0] - 1 if entries else row.upto_entry,
    )


def _marks_of(row: Checkpoint) -> Marks | None:
    with suppress(StructError, ZlibError, ValueError, IndexError):
        marks = Marks.unpack(bytes(row.marks))
        if len(marks.ids[EVENT]) + len(marks.ids[ENTRY]) == row.leaves:
            return marks
    return None


def _locate(walk: _Walk, sealed: Marks, found: Marks, edited: dict[str, set[int]], place: str) -> int:
    """Report what the marks tell beyond the rows already reported, and return how many."""
    if sealed.ids == found.ids and sealed.prints == found.prints:
        return 0
    located = 0
    for one in differences(sealed, found):
        located += 1
        if one.row_id in edited[one.kind] and one.code == "row_changed":
            continue
        walk.find(one.code, row=_name_of(one), place=place, was=one.was, kind=one.kind, id=one.row_id)
    return located


def _name_of(one: Difference) -> str:
    if one.kind == ENTRY:
        return f"Dòng nhật ký số {one.row_id}"
    event = DutyEvent.objects.filter(pk=one.row_id).values_list("duty_id", "seq", "act").first()
    where = f" (nhiệm vụ {event[0]}, lần {event[1]}, {event[2]})" if event else ""
    return f"Sự kiện số {one.row_id}{where}"


def _named(kind: str, row: Row) -> str:
    if kind == ENTRY:
        return f"Dòng nhật ký số {row.row_id} ({row.content['act']})"
    return f"Sự kiện số {row.row_id} (nhiệm vụ {row.content['duty']}, lần {row.content['seq']}, {row.content['act']})"


def _check_head(walk: _Walk) -> None:
    """Compare with the newest checkpoint noted outside the database."""
    noted = keys.head()
    if noted is None:
        return
    row = Checkpoint.objects.filter(no=noted[0]).first()
    if row is None or body(row).hashed() != noted[1]:
        walk.find("tail_cut", no=noted[0])


def _check_unsealed(walk: _Walk, last: Checkpoint) -> None:
    for kind, after in ((EVENT, last.upto_event), (ENTRY, last.upto_entry)):
        for one in full_rows(kind, after):
            walk.verdict.unsealed += 1
            walk.step()
            if one.leaf != one.stored:
                walk.find("row_changed", row=_named(kind, one), place=NOT_SEALED, kind=kind, id=one.row_id)


def _check_runs(walk: _Walk) -> None:
    """Every duty counts its events: a run with a gap, or one that is shorter or longer than counted, is named."""
    runs = DutyEvent.objects.order_by("duty_id").values_list("duty_id").annotate(n=Count("id"), top=Max("seq"))
    counted = runs.iterator(CHUNK)
    run = next(counted, None)
    for duty_id, seq in Duty.objects.order_by("id").values_list("id", "seq").iterator(CHUNK):
        while run is not None and run[0] < duty_id:
            run = next(counted, None)
        n, top = (run[1], run[2]) if run is not None and run[0] == duty_id else (0, 0)
        if not n == top == seq:
            _check_run(walk, duty_id)


def _check_run(walk: _Walk, duty_id: int) -> None:
    """Look at one run closely; it may have grown since it was counted, and that is no finding."""
    duty = Duty.objects.filter(pk=duty_id).values_list("seq", flat=True)
    there: set[int] = set()
    seq, again = -1, duty.first()
    while again is not None and seq != again:
        seq = again
        there = set(DutyEvent.objects.filter(duty_id=duty_id).values_list("seq", flat=True))
        again = duty.all().first()
    missing = sorted(set(range(1, seq + 1)) - there)
    extra = sorted(there - set(range(1, seq + 1)))
    if missing:
        walk.find("run_broken", duty=duty_id, seq=seq, missing=_listed(missing))
    if extra:
        walk.find("run_beyond", duty=duty_id, seq=seq, extra=_listed(extra))


def _listed(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:SHOWN_RUN]))
    return shown if len(numbers) <= SHOWN_RUN else f"{shown} … (tất cả {len(numbers)})"


def _check_notes(walk: _Walk) -> None:
    """Compare each text that is still there with the salted hash that its event keeps; an erased text is no finding."""
    for event_id, kept, note_hash in _notes():
        if kept != note_hash:
            walk.find("note_changed", row=f"Sự kiện số {event_id}", kind=EVENT, id=event_id)


def _notes() -> Iterator[tuple[int, str, str]]:
    texts = Note.objects.order_by("id").values_list("id", "salt", "text").iterator(CHUNK)
    events = DutyEvent.objects.filter(note_id__isnull=False).order_by("note_id")
    waiting = events.values_list("note_id", "id", "note_hash").iterator(CHUNK)
    event = next(waiting, None)
    for note_id, salt, text in texts:
        while event is not None and (event[0] or 0) < note_id:
            event = next(waiting, None)
        while event is not None and event[0] == note_id:
            yield event[1], sha256((salt + text).encode()).hexdigest(), event[2]
            event = next(waiting, None)
