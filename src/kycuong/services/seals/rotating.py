"""Change the key that signs checkpoints: the old one announces the new one, then is gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kycuong.core.seals import Refused
from kycuong.services import audit
from kycuong.services.seals import keys
from kycuong.services.seals.sealing import last_checkpoint, seal


@dataclass(frozen=True, slots=True)
class Rotated:
    """The names of the old and the new key, and the checkpoint in which the old one announced the new one."""

    old: str
    new: str
    no: int


def rotate(at: datetime) -> Rotated:
    """Announce a new key in an audit entry, seal it with the old key, then sign with the new one from now on.

    Killed before the end, the old key still signs: a key that was announced and never used does no harm.
    Raises: Refused when somebody writes without pause or the key's folder cannot be written.
    """
    old = keys.key_id(keys.verifying_key(keys.signing_key()))
    made = Ed25519PrivateKey.generate()
    public = keys.verifying_key(made)
    new = keys.key_id(public)
    audit.record(
        actor_id=None, at=at, act="announce_key", subject_kind="key", subject_id=new, old=old, public=public.hex()
    )
    if seal(at).busy:
        raise Refused("writers_busy")
    keys.replace_key(made)
    return Rotated(old, new, last_checkpoint().no)
