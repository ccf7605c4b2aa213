"""Signing in: sessions that can be seen and ended, the second step, wrong guesses, and whom the second step is asked of."""

from __future__ import annotations

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models


class Session(AbstractBaseSession):
    """One session of a browser; its key is kept as a hash, and ending it is deleting the row."""

    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+", db_index=False
    )  # none: not signed in yet
    since_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    way = models.CharField(max_length=12, blank=True)  # password, code, recovery, provider
    device = models.CharField(max_length=60, blank=True)
    network = models.CharField(max_length=45, blank=True)  # without the machine
    provider_session = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["officer", "-since_at"], name="session_of", condition=models.Q(officer__isnull=False))
        ]

    def __str__(self) -> str:
        return f"session {self.session_key[:8]}"


class SecondFactor(models.Model):
    """A person's authenticator app: its secret, encrypted, and the last step whose code was used."""

    officer = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    secret = models.CharField(max_length=200)
    last_step = models.BigIntegerField(default=0)
    since_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"second factor of {self.officer_id}"


class RecoveryCode(models.Model):
    """One code that stands in once for a lost authenticator app; kept as a keyed hash."""

    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    code_hash = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="recovery_code_once", fields=["officer", "code_hash"])]

    def __str__(self) -> str:
        return f"recovery code of {self.officer_id}"


class Guess(models.Model):
    """How often a person has just been wrong about a secret; counted before the answer is known."""

    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    subject = models.CharField(max_length=12)  # code, password
    wrong = models.PositiveSmallIntegerField(default=0)
    since_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="guess_once", fields=["officer", "subject"])]

    def __str__(self) -> str:
        return f"{self.wrong} wrong guesses of {self.subject}"


class FactorRule(models.Model):
    """Whether the authority asks the second step of the people of a kind of post, or of those who oversee."""

    subject = models.CharField(max_length=20, unique=True)
    required = models.BooleanField()
    basis = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.subject}: {self.required}"


class Identity(models.Model):
    """Who a provider of single sign-on means by a person of its own: one there, one here."""

    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    issuer = models.CharField(max_length=200)
    subject = models.CharField(max_length=255)
    linked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="identity_once", fields=["issuer", "subject"]),
            models.UniqueConstraint(name="identity_of_officer", fields=["officer", "issuer"]),
        ]

    def __str__(self) -> str:
        return f"identity of {self.officer_id}"
