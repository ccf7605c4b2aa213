"""A kept statement answers as the queryset does that it was worded from, whatever it is asked with and by whom."""

from __future__ import annotations

from datetime import date
from threading import Thread
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, NotSupportedError, connection, transaction
from django.db.models import BigAutoField, DateField, F, IntegerField, QuerySet, UUIDField
from django.test.utils import CaptureQueriesContext
from tests import make

from kycuong.models import Appointment, Duty, Note, Post
from kycuong.queries import scope
from kycuong.queries.kept import Kept, Several, Slot, among, kept
from kycuong.services import rows


@kept(BigAutoField(), DateField())
def holders(post: Slot, on: Slot) -> QuerySet[Appointment, tuple[int, str]]:
    return Appointment.objects.filter(scope.held_on(on), post=post).values_list("officer", "post__title")


@kept(UUIDField())
def duties(public_id: Slot) -> QuerySet[Duty]:
    return Duty.objects.filter(public_id=public_id).select_related("holder_post", "parent")


def test_it_answers_as_the_plain_question_for_every_value() -> None:
    days = (date(2020, 1, 1), date(2026, 11, 13), date(2090, 1, 1))
    for post in [*Post.objects.all(), Post(pk=0)]:
        for on in days:
            plain = Appointment.objects.filter(scope.held_on(on), post=post.pk).values_list("officer", "post__title")
            assert holders(post.pk, on) == list(plain)


def test_rows_come_whole_with_what_lies_beside_them_in_one_query() -> None:
    task = make.issued()[0]
    with CaptureQueriesContext(connection) as asked:
        found = duties(task.public_id)[0]
        assert found.holder_post is not None
        assert found.holder_post.pk == task.holder_post_id
        assert found.parent is None
    assert len(asked) == 1
    assert found == task
    assert {name: getattr(found, name) for name in vars(task) if not name.startswith("_")} == {
        name: value for name, value in vars(Duty.objects.get(pk=task.pk)).items() if not name.startswith("_")
    }


def test_the_words_stay_and_only_the_values_change() -> None:
    task = make.issued()[0]
    with CaptureQueriesContext(connection) as asked:
        first, nobody, again = duties(task.public_id), duties(uuid4()), duties(task.public_id)
    assert (first, nobody) == (again, [])
    said = [one["sql"] for one in asked]
    assert len(said) == 3
    assert said[0] == said[2] != said[1]


def test_what_was_read_is_no_memory_of_it() -> None:
    task = make.issued()[0]
    duties(task.public_id)
    Duty.objects.filter(pk=task.pk).update(title="Việc đã đổi tên", seq=F("seq"))
    assert duties(task.public_id)[0].title == "Việc đã đổi tên"


@pytest.mark.parametrize("value", ["không phải mã", "'; DROP TABLE kycuong_duty; --", "a' OR ''='"])
def test_a_value_of_another_kind_is_refused_as_the_field_does(value: object) -> None:
    with pytest.raises(ValidationError):
        duties(value)


def test_threads_word_for_themselves() -> None:
    mine, others = duties._worded()[1], []

    def word() -> None:
        others.append(duties._worded()[1])
        connection.close()

    other = Thread(target=word)
    other.start()
    other.join()
    assert others[0] is not mine
    assert others[0].connection is not mine.connection
    assert duties._worded()[1] is mine


def test_a_column_is_written_where_the_others_hold_and_first_values_stay() -> None:
    task = make.issued()[0]
    holding = task.holdings.get()
    early, late = make.at("2026-11-13 09:00"), make.at("2026-11-13 10:00")
    where = {"duty": task.pk, "until_at": None}
    assert rows.update(type(holding), {"read_at": early}, where=where | {"read_at": None}) == 1
    assert rows.update(type(holding), {"read_at": late}, where=where | {"read_at": None}) == 0
    assert rows.update(type(holding), {"until_at": late}, where=where, first={"read_at": late}) == 1
    holding.refresh_from_db()
    assert (holding.read_at, holding.until_at) == (early, late)


@kept(Several(BigAutoField()))
def among_keys(keys: Slot) -> QuerySet[Duty, tuple[int, str]]:
    return Duty.objects.filter(among("pk", keys)).order_by("pk").values_list("pk", "title")


@kept(Several(UUIDField()))
def among_records(keys: Slot) -> QuerySet[Duty, int]:
    return Duty.objects.filter(among("public_id", keys)).order_by("pk").values_list("pk", flat=True)


def test_a_slot_of_several_takes_as_many_values_as_are_given() -> None:
    tasks = make.issued() + make.issued()
    wanted = sorted(tasks, key=lambda task: task.pk)
    for chosen in (wanted, wanted[:1], []):
        assert among_keys([task.pk for task in chosen]) == [(task.pk, task.title) for task in chosen]
        assert among_records([task.public_id for task in chosen]) == [task.pk for task in chosen]
    assert among_keys([0, wanted[0].pk]) == [(wanted[0].pk, wanted[0].title)]


@kept(IntegerField())
def like(seq: Slot) -> QuerySet[Duty, int]:
    told = Duty.objects.filter(
        seq__gte=seq, title__contains="100% 'của' năm", kind="task", phase__in=["open", "paused"]
    )
    return told.values_list("pk", flat=True)


def test_what_is_no_slot_is_said_as_it_is_signs_and_all() -> None:
    task = make.issued()[0]
    Duty.objects.filter(pk=task.pk).update(title="Đạt 100% 'của' năm", seq=5)
    assert (like(5), like(6)) == ([task.pk], [])
    Duty.objects.filter(pk=task.pk).update(title="Đạt 100 của năm")
    assert like(5) == []


def test_a_new_connection_of_the_same_thread_asks_anew() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("plans are kept by PostgreSQL alone")
    duties(uuid4())
    plan = duties._worded()[1].plan
    assert list(plan.known_by) == [connection.connection]
    plan.known_by.clear()  # as after a connection that was lost: its plans went with it
    with connection.cursor() as cursor:
        cursor.execute(f"DEALLOCATE {plan.executes.split()[1]}")
    assert duties(uuid4()) == []


def test_without_prepared_statements_the_answer_is_the_same(settings: Any) -> None:
    task = make.issued()[0]
    settings.PREPARED = False
    plain = Kept(lambda public_id: Duty.objects.filter(public_id=public_id), (UUIDField(),))
    assert plain(task.public_id) == duties(task.public_id) == [task]
    assert plain._worded()[1].plan is None


def test_a_connection_of_a_pool_that_comes_back_brings_its_plans() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("plans are kept by PostgreSQL alone")
    task = make.issued()[0]
    found, first = duties(task.public_id), connection.connection
    other = connection.get_new_connection(connection.get_connection_params())
    try:
        connection.connection = other
        assert duties(task.public_id) == []  # what the test wrote is not committed
    finally:
        connection.connection = first
        other.close()
    assert duties(task.public_id) == found


def test_past_the_cursors_the_answer_is_that_of_the_cursors() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("plans are kept by PostgreSQL alone")
    task = make.issued()[0]
    holding = task.holdings.get()
    found = duties(task.public_id)
    with CaptureQueriesContext(connection) as heard:
        assert duties(task.public_id) == found  # by the cursors: somebody listens
    assert len(heard) == 1
    for one, other in zip(found, duties(task.public_id), strict=True):
        assert {name: value for name, value in vars(one).items() if name != "_state"} == {
            name: value for name, value in vars(other).items() if name != "_state"
        }
    assert holders(holding.post_id, date(2026, 11, 13)) == list(
        Appointment.objects.filter(scope.held_on(date(2026, 11, 13)), post=holding.post_id).values_list(
            "officer", "post__title"
        )
    )


def test_what_the_database_refuses_past_the_cursors_is_refused_in_djangos_words() -> None:
    task = make.issued()[0]
    note = Note(salt="0" * 32, text="Đề nghị")
    rows.add([note])
    twice = Note(pk=None, salt="0" * 33, text="dài quá")
    if connection.vendor == "postgresql":
        with pytest.raises(DataError), transaction.atomic():
            rows.add([twice])
        with pytest.raises(DataError), transaction.atomic():
            rows.add([Note(salt="", text="một\0hai")])  # no text holds it, and none is cut short at it
    event = task.events.get()
    event.pk, event.leaf = None, "f" * 64
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.insert(event)
    assert Note.objects.get(pk=note.pk).text == "Đề nghị"
    assert task.events.count() == 1


def test_a_row_is_written_as_the_orm_writes_it() -> None:
    task = make.issued()[0]
    twin = Duty.objects.get(pk=task.pk)
    twin.pk, twin.public_id, twin.series, twin.slot = None, uuid4(), uuid4(), date(2026, 12, 31)
    rows.add([twin])
    copy = Duty.objects.get(pk=twin.pk)
    assert copy.pk != task.pk
    own = {"id", "public_id", "series", "slot"}
    assert {name: value for name, value in vars(copy).items() if name not in own and name != "_state"} == {
        name: value
        for name, value in vars(Duty.objects.get(pk=task.pk)).items()
        if name not in own and name != "_state"
    }
    assert (copy.public_id, copy.series, copy.slot) == (twin.public_id, twin.series, date(2026, 12, 31))


def test_a_column_that_a_migration_gave_another_type_is_asked_for_by_a_new_plan() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("plans are kept by PostgreSQL alone")
    task = make.issued()[0]
    found = duties(task.public_id)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else the rows just written hold the table
        cursor.execute("ALTER TABLE kycuong_duty ALTER COLUMN title TYPE varchar(777)")
    with pytest.raises(NotSupportedError), transaction.atomic():
        duties(task.public_id)  # this transaction is lost, none after it
    assert duties(task.public_id) == found
