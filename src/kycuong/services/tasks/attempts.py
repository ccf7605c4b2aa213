"""The attempts at a task's product: the one in preparation, and the one that waits for judgement."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from kycuong.core.errors import Conflict, Invalid
from kycuong.models import Duty, Task, TaskResult


def attempt_of(duty: Duty) -> TaskResult:
    """Return the attempt in preparation, or the next one, unsaved."""
    task = Task.objects.get(duty=duty)
    last = task.results.order_by("-attempt").first()
    if last and last.sent_at is None:
        return last
    return TaskResult(task=task, attempt=(last.attempt if last else 0) + 1)


def keep(result: TaskResult) -> None:
    """Save an attempt; somebody who opened the same one at this moment was first. Raises: Conflict."""
    try:
        with transaction.atomic():
            result.save()
    except IntegrityError as error:
        raise Conflict("moved_meanwhile") from error


def waiting(duty: Duty) -> TaskResult:
    """Return the result that waits for judgement. Raises: Conflict when somebody was faster, Invalid when there is none."""
    found = TaskResult.objects.filter(task__duty=duty, sent_at__isnull=False, verdict="").order_by("-attempt").first()
    if found is None and not Duty.objects.filter(pk=duty.pk, seq=duty.seq).exists():
        raise Conflict("moved_meanwhile")
    if found is None:
        raise Invalid("result_missing")
    return found
