"""Encrypts what is personal, field by field, with a key that lies outside the database.

AES-256-GCM; each value carries the id of its key, so that keys can be replaced one by one. The
purpose ("registrations.email") is part of the seal: a value moved to another column does not open.
"""

import base64
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.core.errors import StorageUnavailable

NONCE: Final = 12
OWNER_ONLY: Final = 0o600


@dataclass(frozen=True)
class Cipher:
    """Seals and opens values, and makes the blind index by which one can look for equals."""

    current: str
    keys: dict[str, bytes] = field(repr=False)
    index_key: bytes = field(repr=False)
    path: Path | None = None

    def seal(self, value: str, purpose: str) -> bytes:
        """The encrypted form of a value for one purpose."""
        nonce = os.urandom(NONCE)
        name = self.current.encode()
        sealed = AESGCM(self.keys[self.current]).encrypt(nonce, value.encode(), purpose.encode())
        return bytes([len(name)]) + name + nonce + sealed

    def open(self, sealed: bytes, purpose: str) -> str:
        """The value; fails closed when the key or the purpose is another."""
        name, start = key_of(sealed), 1 + sealed[0]
        nonce, rest = sealed[start : start + NONCE], sealed[start + NONCE :]
        if name not in self.keys and self.path is not None:
            self.keys.update(load_cipher(self.path).keys)
        try:
            return AESGCM(self.keys[name]).decrypt(nonce, rest, purpose.encode()).decode()
        except (InvalidTag, KeyError) as error:
            raise StorageUnavailable("a value could not be opened with the keys we have") from error

    def index(self, value: str, purpose: str) -> str:
        """The same for equal values, and telling nothing without the key."""
        message = f"{purpose}\0{value}".encode()
        return hmac.new(self.index_key, message, hashlib.sha256).hexdigest()

    def is_index(self, index: str, value: str, purpose: str) -> bool:
        """Whether this is the index of that value; takes as long when it is not."""
        return hmac.compare_digest(index, self.index(value, purpose))


def key_of(sealed: bytes) -> str:
    """The name of the key by which a value was sealed."""
    return sealed[1 : 1 + sealed[0]].decode(errors="replace")


class Columns:
    """Seals and opens the columns of one table; nothing stays nothing."""

    def __init__(self, cipher: Cipher, table: str) -> None:
        self._cipher = cipher
        self._table = table

    def seal(self, column: str, value: str | None) -> bytes | None:
        """A value for a column."""
        return None if value is None else self._cipher.seal(value, f"{self._table}.{column}")

    def open(self, column: str, sealed: bytes | None) -> str | None:
        """A value from a column."""
        return None if sealed is None else self._cipher.open(sealed, f"{self._table}.{column}")


def load_cipher(path: Path) -> Cipher:
    """The cipher of a key file; makes the file, readable by its owner only, when there is none."""
    if not path.exists():
        _make(path)
    kept = json.loads(path.read_text())
    keys = {name: base64.b64decode(key) for name, key in kept["keys"].items()}
    return Cipher(kept["current"], keys, base64.b64decode(kept["index"]), path)


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {
        "current": "k1",
        "keys": {"k1": base64.b64encode(AESGCM.generate_key(256)).decode()},
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
