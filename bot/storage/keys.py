"""A new key for what is sealed, and the old values under it, while everything goes on.

A process that reads the same key file notices that it is another. A key that closes nothing is not
thrown away: it is retired, still opens what a copy brings back, and goes when no copy needs it.
"""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Column, Connection, LargeBinary, Table, and_, inspect, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.core.errors import OtherKey, StorageUnreadable
from bot.storage.cipher import (
    Cipher,
    is_tied,
    key_of,
    load_cipher,
    new_key,
    write_keys,
)
from bot.storage.tables import Base

SOME: Final = 20
RETIRED: Final = timedelta(days=31)
"""Longer than any copy of the database is kept."""


def add_key(path: Path) -> str:
    """Make a key by which everything is sealed from now on; gives its name."""
    kept = json.loads(path.read_text())
    name, key = new_key()
    kept["keys"][name] = key
    write_keys(path, kept | {"current": name})
    return name


def retire_keys(path: Path, used: set[str], now: datetime) -> set[str]:
    """Put apart the keys that close nothing, and bring back those that do; gives their names."""
    kept = json.loads(path.read_text())
    keys, retired = kept["keys"], kept.setdefault("retired", {})
    unused = keys.keys() - used - {kept["current"]}
    for name in unused:
        retired[name] = {"key": keys.pop(name), "at": now.isoformat()}
    for name in retired.keys() & used:
        keys[name] = retired.pop(name)["key"]
    write_keys(path, kept)
    return set(unused)


def forget_keys(path: Path, now: datetime) -> set[str]:
    """Throw away the keys that were retired long enough ago; gives their names."""
    kept = json.loads(path.read_text())
    retired = kept.get("retired", {})
    gone = {name for name, each in retired.items() if _ended(each["at"], now)}
    kept["retired"] = {name: each for name, each in retired.items() if name not in gone}
    write_keys(path, kept)
    return gone


def _ended(at: str, now: datetime) -> bool:
    return datetime.fromisoformat(at) + RETIRED <= now


@dataclass(frozen=True)
class Sealed:
    """One sealed value: where it stands, and the primary key of its row."""

    table: Table
    column: Column[bytes]
    row: Any
    value: bytes

    @property
    def purpose(self) -> str:
        """What it is sealed for."""
        return f"{self.table.name}.{self.column.name}"


async def reseal(engine: AsyncEngine, path: Path) -> tuple[int, int]:
    """Seal everything by the current key, tied to its row; changes no value.

    Gives how many values were not, and how many are left as they are because no key opens them.
    """
    cipher, done, left = load_cipher(path), 0, 0
    async for each in sealed_values(engine):
        if key_of(each.value) == cipher.current and is_tied(each.value):
            continue
        try:
            await _replace(engine, cipher, each)
        except StorageUnreadable:
            left += 1
        else:
            done += 1
    return done, left


async def keys_in_use(engine: AsyncEngine) -> set[str]:
    """The names of the keys by which something is sealed."""
    return {key_of(each.value) async for each in sealed_values(engine)}


async def unreadable_rows(engine: AsyncEngine, cipher: Cipher) -> tuple[set[tuple[str, Any]], bool]:
    """The rows (table, key) with a value that does not open, and whether any value at all does."""
    closed, any_opens = set(), False
    async for each in sealed_values(engine):
        try:
            cipher.open(each.value, each.purpose, each.row)
            any_opens = True
        except StorageUnreadable:
            closed.add((each.table.name, each.row))
    return closed, any_opens


async def require_own_key(engine: AsyncEngine, cipher: Cipher) -> None:
    """Raise OtherKey when nothing in the database opens: what came after would open nowhere."""
    closed = False
    async for each in sealed_values(engine, most=SOME):
        try:
            cipher.open(each.value, each.purpose, each.row)
        except StorageUnreadable:
            closed = True
        else:
            return
    if closed and not (await unreadable_rows(engine, cipher))[1]:
        raise OtherKey


async def is_anything_sealed(engine: AsyncEngine) -> bool:
    """Whether the database, of whatever version, holds anything that a key must open."""
    async with engine.connect() as connection:
        there = await connection.run_sync(_known_there)
        for table, column in _columns():
            if (table.name, column.name) in there:
                found = select(column).where(column.is_not(None)).limit(1)
                if (await connection.execute(found)).first() is not None:
                    return True
    return False


def _known_there(connection: Connection) -> set[tuple[str, str]]:
    """The columns that this database has."""
    look = inspect(connection)
    names = look.get_table_names()
    return {(table, each["name"]) for table in names for each in look.get_columns(table)}


def _columns() -> list[tuple[Table, Column[bytes]]]:
    """Everywhere where something sealed may stand."""
    return [
        (table, column)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, LargeBinary)
    ]


async def sealed_values(engine: AsyncEngine, most: int | None = None) -> AsyncIterator[Sealed]:
    """Every sealed value, or at most so many of each column."""
    for table, column in _columns():
        [key] = table.primary_key
        query = select(key, column).where(column.is_not(None)).limit(most)
        async with engine.connect() as connection:
            rows = (await connection.execute(query)).all()
        for row, value in rows:
            yield Sealed(table, column, row, value)


async def _replace(engine: AsyncEngine, cipher: Cipher, old: Sealed) -> None:
    """Only where it still is what was read: what somebody writes meanwhile is newer."""
    [key] = old.table.primary_key
    value = cipher.open(old.value, old.purpose, old.row)
    new = cipher.seal(value, old.purpose, old.row)
    async with engine.begin() as connection:
        await connection.execute(
            update(old.table)
            .where(and_(key == old.row, old.column == old.value))
            .values({old.column.name: new})
        )
