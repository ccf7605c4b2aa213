"""Who sees which letter of chasing, from the same facts as the scope: lists, pages, files and counts ask here."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from kycuong.models import ChaseLetter
from kycuong.queries import scope


def visible_letters(who: scope.Actor) -> QuerySet[ChaseLetter]:
    """Return the letters that a person sees: who follows everything all, a unit's heads and clerks those sent to it."""
    letters = ChaseLetter.objects.all()
    if scope.sees_documents(who):
        return letters
    theirs = Q(unit__in=who.body_ids) | Q(unit__in=scope.inherited(who.body_ids))
    return letters.filter(theirs, state=ChaseLetter.State.TAKEN) if who.hats else letters.none()
