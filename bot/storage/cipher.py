"""Encrypts what is personal, field by field, with a key that lies outside the database.

AES-256-GCM; each value carries the id of its key, so that keys can be replaced one by one. The
purpose ("registrations.email") and the row are part of the seal: a value that is moved to another
column or copied to another row does not open. Values of before are not tied to their row until
they are sealed anew.
"""

import base64
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.core.errors import KeySpoilt, StorageUnavailable, StorageUnreadable

NONCE: Final = 12
KEY: Final = 32
OWNER_ONLY: Final = 0o600
TIED: Final = 0x80
"""In the first byte, beside the length of the key's name: tied to its row."""
Row = str | int
"""The primary key of a row."""
Stamp = tuple[int, int, int]
Kept = TypeVar("Kept")
Made = TypeVar("Made")


@dataclass
class Cipher:
    """Seals and opens values, and makes the blind index by which one can look for equals."""

    current: str
    keys: dict[str, bytes] = field(repr=False)
    index_key: bytes = field(repr=False)
    path: Path | None = None
    read: Stamp | None = None
    """Which key file that was, so that another one in its place is noticed."""

    def seal(self, value: str, purpose: str, row: Row) -> bytes:
        """The encrypted form of a value for one purpose in one row."""
        self._look_again()
        nonce = os.urandom(NONCE)
        name = self.current.encode()
        bound = _bound(purpose, row)
        sealed = AESGCM(self.keys[self.current]).encrypt(nonce, value.encode(), bound)
        return bytes([TIED | len(name)]) + name + nonce + sealed

    def open(self, sealed: bytes, purpose: str, row: Row) -> str:
        """The value; fails closed when the key, the purpose or the row is another."""
        if not sealed:
            raise StorageUnreadable("there is no value")
        name, start = key_of(sealed), 1 + _length(sealed)
        nonce, rest = sealed[start : start + NONCE], sealed[start + NONCE :]
        bound = _bound(purpose, row) if is_tied(sealed) else purpose.encode()
        if name not in self.keys:
            self._look_again()
        try:
            return AESGCM(self.keys[name]).decrypt(nonce, rest, bound).decode()
        except (InvalidTag, KeyError, ValueError) as error:
            raise StorageUnreadable("a value could not be opened with the keys we have") from error

    def index(self, value: str, purpose: str) -> str:
        """The same for equal values, and telling nothing without the key."""
        message = f"{purpose}\0{value}".encode()
        return hmac.new(self.index_key, message, hashlib.sha256).hexdigest()

    def is_index(self, index: str, value: str, purpose: str) -> bool:
        """Whether this is the index of that value; takes as long when it is not."""
        return hmac.compare_digest(index, self.index(value, purpose))

    def _look_again(self) -> None:
        """Read the key file when it is another: nothing is sealed by a key that is gone."""
        if self.path is None:
            return
        try:
            if self.read == _stamp(self.path):
                return
            newer = _read(self.path)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise StorageUnavailable("the key file cannot be read") from error
        if not hmac.compare_digest(newer.index_key, self.index_key):
            raise StorageUnavailable("the key file is another than we started with")
        self.keys.update(newer.keys)
        self.current, self.read = newer.current, newer.read


def _bound(purpose: str, row: Row) -> bytes:
    return f"{purpose}\0{row}".encode()


def _length(sealed: bytes) -> int:
    return sealed[0] & ~TIED


def is_tied(sealed: bytes) -> bool:
    """Whether a value opens in its own row alone."""
    return bool(sealed[0] & TIED)


def key_of(sealed: bytes) -> str:
    """The name of the key by which a value was sealed."""
    return sealed[1 : 1 + _length(sealed)].decode(errors="replace") if sealed else ""


class Columns:
    """Seals and opens the columns of one table; nothing stays nothing."""

    def __init__(self, cipher: Cipher, table: str) -> None:
        self._cipher = cipher
        self._table = table

    def seal(self, column: str, value: str | None, row: Row) -> bytes | None:
        """A value for a column of a row."""
        return None if value is None else self._cipher.seal(value, f"{self._table}.{column}", row)

    def open(self, column: str, sealed: bytes | None, row: Row) -> str | None:
        """A value from a column of a row."""
        return None if sealed is None else self._cipher.open(sealed, f"{self._table}.{column}", row)


def readable(read: Callable[[Kept], Made], rows: Iterable[Kept]) -> list[Made]:
    """What is made of the rows that our keys open; one that they do not open takes none along."""
    made = []
    for row in rows:
        with suppress(StorageUnreadable):
            made.append(read(row))
    return made


def load_cipher(path: Path) -> Cipher:
    """The cipher of a key file; makes the file, readable by its owner only, when there is none.

    Raises KeySpoilt for a file that holds no keys.
    """
    if not path.exists():
        _make(path)
    try:
        return _read(path)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise KeySpoilt(str(path)) from error


def _read(path: Path) -> Cipher:
    """Which file it was is looked at first: what replaces it meanwhile is noticed later."""
    stamp = _stamp(path)
    kept = json.loads(path.read_text())
    retired = {name: each["key"] for name, each in kept.get("retired", {}).items()}
    keys = {name: base64.b64decode(key) for name, key in {**retired, **kept["keys"]}.items()}
    if kept["current"] not in keys or any(len(key) != KEY for key in keys.values()):
        raise ValueError("no key to seal by")
    return Cipher(kept["current"], keys, base64.b64decode(kept["index"]), path, stamp)


def _stamp(path: Path) -> Stamp:
    found = path.stat()
    return found.st_mtime_ns, found.st_ino, found.st_size


def new_key() -> tuple[str, str]:
    """The name of a new key, that no other key file has, and the key."""
    return secrets.token_hex(4), base64.b64encode(AESGCM.generate_key(256)).decode()


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    name, key = new_key()
    content: dict[str, Any] = {
        "current": name,
        "keys": {name: key},
        "index": base64.b64encode(secrets.token_bytes(32)).decode(),
    }
    draft = _draft(path, content)
    try:
        os.link(draft, path)  # fails when another process was first: its key is the key
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def write_keys(path: Path, content: Mapping[str, object]) -> None:
    """Put other keys in the place of these, at once or not at all."""
    _draft(path, content).replace(path)


def _draft(path: Path, content: Mapping[str, object]) -> Path:
    """The content beside its place, safely on disk, for its owner only."""
    draft = path.with_suffix(f".{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    with os.fdopen(handle, "w") as file:
        json.dump(content, file)
        file.flush()
        os.fsync(file.fileno())
    return draft


def token_hash(token: str) -> str:
    """What is kept of a token: enough to recognise it, not enough to use it."""
    return hashlib.sha256(token.encode()).hexdigest()
