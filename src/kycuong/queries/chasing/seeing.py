"""Who sees which letter of chasing, from the same facts as the scope: lists, pages, files and counts ask here."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from kycuong.models import ChaseItem, ChaseLetter
from kycuong.queries import scope


def visible_letters(who: scope.Actor) -> QuerySet[ChaseLetter]:
    """Return the letters that a person sees: who follows everything all, a unit's heads and clerks those sent to it."""
    letters = ChaseLetter.objects.all()
    if scope.sees_documents(who):
        return letters
    theirs = Q(unit__in=who.body_ids) | Q(unit__in=scope.inherited(who.body_ids))
    return letters.filter(theirs, state=ChaseLetter.State.TAKEN) if who.hats else letters.none()


def readable_letters(who: scope.Actor) -> QuerySet[ChaseLetter]:
    """Return the letters whose signed paper a person opens: those seen, and of the own unit's those about a duty seen.

    Who takes part in one duty of another unit does not read what else that unit is urged about.
    """
    sent = Q(unit__in=who.member_ids) | Q(unit__in=scope.inherited(who.member_ids))
    about = ChaseItem.objects.filter(scope.seen_duty(who, "duty"), letter=OuterRef("pk"), outcome="taken")
    mine = sent & Q(Exists(about), state=ChaseLetter.State.TAKEN)
    return ChaseLetter.objects.filter(Q(pk__in=visible_letters(who).values("pk")) | mine)
