"""Keep the rows that search looks in: written by the acts that write the records, in their transaction, many at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from django.db import connection, transaction
from django.db.models import BigAutoField, Q, QuerySet, Value
from django.db.models.functions import Concat

from kycuong.core.calendars import local_date
from kycuong.core.search import tokens
from kycuong.models import Document, DocumentText, Duty, DutyHolding, Order, SearchRow, Task, TaskParticipant
from kycuong.models.search import SearchKind
from kycuong.queries.kept import Slot, kept
from kycuong.queries.search.fts5 import TABLES
from kycuong.services import rows

BATCH = 500
#: Of a text so much is kept as words: some 150 pages; PostgreSQL holds no more of one row.
BODY_LIMIT = 300_000

#: Marks of a row, by document or by duty.
Marks = dict[int, dict[str, None]]


def words_of(*texts: str) -> str:
    """Return texts as folded words with single blanks."""
    return " ".join(word for text in texts for word in tokens(text))


def write_documents(keys: Collection[int]) -> None:
    """Write the rows of documents and of their orders as they stand now."""
    documents = list(Document.objects.filter(pk__in=keys).order_by("pk"))
    texts = dict(DocumentText.objects.filter(document__in=keys).values_list("document", "text"))
    orders = list(Order.objects.filter(document__in=keys).order_by("document", "start", "pk"))
    marks = _document_marks(documents)
    made = [_document_row(one, texts.get(one.pk, ""), marks[one.pk]) for one in documents]
    made += [_order_row(one, marks[one.document_id]) for one in orders]
    _put(made)


def _document_row(document: Document, text: str, marks: dict[str, None]) -> SearchRow:
    code = f"{document.number}/{document.symbol}" if document.number else ""
    head = words_of(code, document.doc_type, document.issuer, document.subject, document.signer, document.theme)
    return rows.new(
        SearchRow,
        kind=SearchKind.DOCUMENT,
        document_id=document.pk,
        code=words_of(code)[:100],
        head=head,
        body=words_of(text[:BODY_LIMIT]),
        marks=" ".join(("=kdocument", *marks, *dict.fromkeys(f"=w{word}" for word in head.split()))),
    )


def _order_row(order: Order, marks: dict[str, None]) -> SearchRow:
    head = words_of(order.text[:BODY_LIMIT], order.product)
    return rows.new(SearchRow, kind=SearchKind.ORDER, order_id=order.pk, head=head, marks=" ".join(("=korder", *marks)))


def _document_marks(documents: Sequence[Document]) -> Marks:
    """Return the marks of documents: year, themselves, every unit that they charge or name as participant."""
    marks: Marks = {}
    for one in documents:
        marks[one.pk] = _year_and_self(one)
    charged = Duty.objects.filter(document__in=marks).values_list("document", "holder_unit").distinct()
    aside = TaskParticipant.objects.filter(task__document__in=marks).values_list("task__document", "unit").distinct()
    for document, unit in sorted({*charged, *aside}, key=lambda pair: (pair[0] or 0, pair[1])):
        marks[document or 0][f"=u{unit}"] = None
    return marks


def write_tasks(keys: Collection[int]) -> None:
    """Write the rows of tasks, named by their duties, as they stand now."""
    tasks = Task.objects.filter(duty__in=keys).select_related("duty__holder_unit").order_by("duty")
    found = list(tasks)
    marks = _task_marks([one.duty for one in found])
    named = [(one, one.duty.holder_unit) for one in found]
    _put([_task_row(one, (unit.name, unit.short_name), marks[one.duty_id]) for one, unit in named])


def _task_row(task: Task, names: tuple[str, str], marks: dict[str, None]) -> SearchRow:
    duty = task.duty
    head = words_of(duty.title, *names, task.product)
    return rows.new(SearchRow, kind=SearchKind.TASK, duty_id=duty.pk, head=head, marks=" ".join(("=ktask", *marks)))


def task_rows(task: Task, order: Order, names: tuple[str, str], aside: Iterable[int]) -> list[SearchRow]:
    """Return, unsaved, the rows of a task just given on the desk of the head of a unit of these names, with document and order."""
    duty, document = task.duty, order.document
    unit = duty.holder_unit_id
    units = sorted({unit, *aside})
    paper = _year_and_self(document) | {f"=u{one}": None for one in units}
    own = _own_marks(duty) | {f"=s{one}": None for one in aside}
    own |= dict.fromkeys(_seat(unit, duty.holder_officer_id))
    return [_document_row(document, order.text, paper), _order_row(order, paper), _task_row(task, names, own)]


def _year_and_self(document: Document) -> dict[str, None]:
    year = document.issued_year or local_date(document.registered_at).year
    return {f"=y{year}": None, f"=d{document.pk}": None}


def _task_marks(duties: Sequence[Duty]) -> Marks:
    """Return the marks of tasks: year, document, holder, and everybody whom the scope may let see them."""
    marks: Marks = {one.pk: _own_marks(one) for one in duties}
    for duty, unit in TaskParticipant.objects.filter(task__duty__in=marks).values_list("task__duty", "unit"):
        marks[duty][f"=s{unit}"] = None
    for duty, unit, officer in DutyHolding.objects.filter(duty__in=marks).values_list("duty", "unit", "officer"):
        marks[duty] |= dict.fromkeys(_seat(unit, officer))
    children = Duty.objects.filter(parent__in=marks, parent__isnull=False, holder_officer__isnull=False)
    for parent, officer in children.values_list("parent", "holder_officer"):
        marks[parent or 0][f"=o{officer}"] = None
    return marks


def _own_marks(duty: Duty) -> dict[str, None]:
    """Return the marks that a duty's own row gives: year, document, holder, sides."""
    sides = (duty.holder_unit_id, duty.giver_unit_id, duty.follower_unit_id, duty.confirmer_unit_id)
    marks: dict[str, None] = {f"=y{local_date(duty.opened_at).year}": None}
    marks |= {f"=d{duty.document_id}": None} if duty.document_id else {}
    marks |= {f"=h{duty.holder_unit_id}": None} | {f"=s{unit}": None for unit in sides if unit}
    return marks | ({f"=o{duty.holder_officer_id}": None} if duty.holder_officer_id else {})


def _seat(unit: int | None, officer: int | None) -> list[str]:
    return [f"=s{unit}"] * (unit is not None) + [f"=o{officer}"] * (officer is not None)


def note_desk(keys: Iterable[int | None], unit: int | None, officer: int | None) -> None:
    """Note that tasks, named by their duties, came to a desk, whose people see them from now on."""
    for row, marks in [row for key in keys if key for row in _row_of(key)]:
        known = set(marks.split())
        if new := [mark for mark in _seat(unit, officer) if mark not in known]:
            rows.add_text(SearchRow, row, "marks", f" {' '.join(new)}")


@kept(BigAutoField())
def _row_of(duty: Slot) -> QuerySet[SearchRow, tuple[int, str]]:
    return SearchRow.objects.filter(duty=duty).values_list("pk", "marks")


def opened(duties: Sequence[Duty]) -> None:
    """Note what new duties let people see: the task that somebody is asked about, the document that charges a unit."""
    units: dict[int, dict[int, None]] = defaultdict(dict)
    for duty in duties:
        if duty.parent_id:
            note_desk([duty.parent_id], None, duty.holder_officer_id)
        if duty.document_id:
            units[duty.document_id][duty.holder_unit_id] = None
    for document, given in units.items():
        known = {mark for marks in _marks_of(document) for mark in marks.split()}
        new = [f"=u{unit}" for unit in given if f"=u{unit}" not in known]
        if known and new:
            lying = SearchRow.objects.filter(Q(document=document) | Q(order__document=document))
            lying.update(marks=Concat("marks", Value(f" {' '.join(new)}")))


@kept(BigAutoField())
def _marks_of(document: Slot) -> QuerySet[SearchRow, str]:
    return SearchRow.objects.filter(document=document).values_list("marks", flat=True)


def _put(rows: Sequence[SearchRow]) -> None:
    """Write rows, each in the place of the one that its record had."""
    by_record: dict[str, list[SearchRow]] = defaultdict(list)
    for row in rows:
        by_record["duty" if row.kind == SearchKind.TASK else row.kind].append(row)
    for record, some in by_record.items():
        SearchRow.objects.bulk_create(
            some,
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=[record],
            update_fields=["code", "head", "body", "marks"],
        )


def rebuild(progress: Callable[[int], None] = lambda rows: None) -> int:
    """Write every row anew and return how many; killed anywhere it leaves whole batches, and may be run again."""
    total = 0
    for keys in _batches(Document.objects.order_by("pk"), 50):
        with transaction.atomic():
            write_documents(keys)
        progress(total := total + len(keys))
    for keys in _batches(Duty.objects.filter(kind="task").order_by("pk"), BATCH):
        with transaction.atomic():
            write_tasks(keys)
        progress(total := total + len(keys))
    _reindex()
    return total


def _batches(rows: QuerySet[Document] | QuerySet[Duty], size: int) -> Iterator[list[int]]:
    last = 0
    while keys := list(rows.filter(pk__gt=last).values_list("pk", flat=True)[:size]):
        yield keys
        last = keys[-1]


def _reindex() -> None:
    """Build the database's own index of the words anew. Raw SQL, marked: full-text search."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("REINDEX INDEX search_words")
            return
        for table in TABLES.values():
            cursor.execute(f"INSERT INTO {table}({table}) VALUES ('rebuild')")  # noqa: S608


def prepare() -> int:
    """Write the rows of an instance that has documents and none yet; return how many."""
    if SearchRow.objects.exists() or not Document.objects.exists():
        return 0
    return rebuild()
