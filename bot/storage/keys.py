"""A new key for what is sealed, and the old values under it, while everything goes on.

A process that meets a value of a key that it does not know reads the key file again.
"""

import base64
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Column, LargeBinary, Table, and_, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage.cipher import Cipher, key_of, load_cipher, write_keys
from bot.storage.tables import Base


def add_key(path: Path) -> str:
    """Make a key by which everything is sealed from now on; gives its name."""
    kept = json.loads(path.read_text())
    name = f"k{max(int(each.removeprefix('k')) for each in kept['keys']) + 1}"
    kept["keys"][name] = base64.b64encode(AESGCM.generate_key(256)).decode()
    write_keys(path, kept | {"current": name})
    return name


def forget_keys(path: Path, used: set[str]) -> set[str]:
    """Take away the keys that close nothing; gives their names."""
    kept = json.loads(path.read_text())
    unused = kept["keys"].keys() - used - {kept["current"]}
    kept["keys"] = {name: key for name, key in kept["keys"].items() if name not in unused}
    write_keys(path, kept)
    return set(unused)


async def reseal(engine: AsyncEngine, path: Path) -> int:
    """Seal everything by the current key; how many values were not. Changes no value."""
    cipher, done = load_cipher(path), 0
    async for table, column, row in _values(engine):
        sealed = row[-1]
        if key_of(sealed) == cipher.current:
            continue
        await _replace(engine, cipher, table, column, row)
        done += 1
    return done


async def keys_in_use(engine: AsyncEngine) -> set[str]:
    """The names of the keys by which something is sealed."""
    return {key_of(row[-1]) async for _, _, row in _values(engine)}


Row = tuple[Any, ...]


async def _values(engine: AsyncEngine) -> AsyncIterator[tuple[Table, Column[bytes], Row]]:
    """Every sealed value, after the primary key of its row."""
    for table in Base.metadata.sorted_tables:
        for column in (each for each in table.columns if isinstance(each.type, LargeBinary)):
            query = select(*table.primary_key, column).where(column.is_not(None))
            async with engine.connect() as connection:
                rows = (await connection.execute(query)).all()
            for row in rows:
                yield table, column, tuple(row)


async def _replace(
    engine: AsyncEngine, cipher: Cipher, table: Table, column: Column[bytes], row: Row
) -> None:
    """Only where it still is what was read: what somebody writes meanwhile is newer."""
    *key, sealed = row
    purpose = f"{table.name}.{column.name}"
    new = cipher.seal(cipher.open(sealed, purpose), purpose)
    same = [part == value for part, value in zip(table.primary_key, key, strict=True)]
    async with engine.begin() as connection:
        await connection.execute(
            update(table).where(and_(*same, column == sealed)).values({column.name: new})
        )
