"""The key that signs checkpoints: a file outside the database, with every known public key and the newest checkpoint beside it."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.conf import settings

from kycuong.core.seals import Refused

HEAD = "seal.head"


def key_file() -> Path:
    """Return where the private key lies; public keys and the head stand beside it."""
    return Path(settings.SEAL_KEY_FILE)


def key_id(public: bytes) -> str:
    """Return the name of a public key: the first sixteen digits of its hash."""
    return sha256(public).hexdigest()[:16]


def signing_key() -> Ed25519PrivateKey:
    """Return the private key, made at first use for its owner alone. Raises: Refused."""
    path = key_file()
    if not path.exists():
        try:
            _make(path)
        except OSError as error:
            raise Refused("key_unwritable", path=path) from error
    return _read(path)


def _read(path: Path) -> Ed25519PrivateKey:
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise Refused("key_unreadable", path=path) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise Refused("key_unreadable", path=path)
    return key


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with suppress(FileExistsError):  # another process was first: its key is the key
        _write(path, _pem(Ed25519PrivateKey.generate()), once=True)
    keep_key(verifying_key(_read(path)))


def _pem(key: Ed25519PrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def replace_key(key: Ed25519PrivateKey) -> None:
    """Sign with this key from now on; its public key is known first, the old private key is gone. Raises: Refused."""
    try:
        keep_key(verifying_key(_read(key_file())))
        keep_key(verifying_key(key))
        _write(key_file(), _pem(key))
    except OSError as error:
        raise Refused("key_unwritable", path=key_file()) from error


def _write(path: Path, data: bytes, *, once: bool = False) -> None:
    """Write a file whole or not at all, flushed, readable by its owner alone; `once` refuses to replace one."""
    handle, name = tempfile.mkstemp(dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if once:
            os.link(temporary, path)
        else:
            temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def verifying_key(key: Ed25519PrivateKey) -> bytes:
    """Return the 32 bytes of the public key of a private one."""
    return key.public_key().public_bytes_raw()


def keep_key(public: bytes) -> None:
    """Keep a public key among the known ones, in hexadecimal."""
    folder = key_file().parent
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _write(folder / f"{key_id(public)}.pub", public.hex().encode() + b"\n")


def known_keys() -> dict[str, bytes]:
    """Return every public key that this instance knows, by its name: its own and those that a restore brought."""
    found: dict[str, bytes] = {}
    for path in sorted(key_file().parent.glob("*.pub")):
        with suppress(OSError, ValueError):
            public = bytes.fromhex(path.read_text("ascii").strip())
            found[key_id(public)] = public
    if key_file().exists():
        public = verifying_key(_read(key_file()))
        found[key_id(public)] = public
    return found


def is_signed(public: bytes, signature: str, text: str) -> bool:
    """Return whether a signature in hexadecimal is that of the text by the key."""
    from cryptography.exceptions import InvalidSignature

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(bytes.fromhex(signature), text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def keep_head(no: int, hashed: str) -> None:
    """Note the newest checkpoint outside the database, so that cutting the last ones off is found. Raises: Refused."""
    path = key_file().parent / HEAD
    try:
        _write(path, f"{no} {hashed}\n".encode())
    except OSError as error:
        raise Refused("head_unwritable", path=path) from error


def head() -> tuple[int, str] | None:
    """Return number and hash of the newest checkpoint that this instance made, if it made one."""
    try:
        no, hashed = (key_file().parent / HEAD).read_text("ascii").split()
        return int(no), hashed
    except (OSError, ValueError):
        return None
