"""The databases of a house, the leads and the memory of the engine, and the harm to each."""

import asyncio
import contextlib
import os
import sqlite3
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Final, Protocol

import asyncpg

from tests.support.postgres import Cluster, programs, running_cluster

AS_TEXT: Final = {"PGOPTIONS": "-c bytea_output=escape"}
OUT_OF_THE_WAY: Final = (asyncpg.PostgresError, OSError)


class Databases(Protocol):
    """The databases, as far as faults need them."""

    name: ClassVar[str]
    faults: ClassVar[tuple[str, ...]]
    """What can be done to them, as `strike` takes it."""

    @property
    def settings(self) -> Mapping[str, str]:
        """Of a house that uses them."""

    async def strike(self, fault: str, seconds: float) -> bool:
        """Do it for so long; whether it could be done."""

    async def prepare(self) -> None:
        """Make what a house needs to find there."""

    def content(self) -> Mapping[str, bytes]:
        """All that is kept outside the files of the house, by name."""


@dataclass
class Files:
    """Two files of SQLite in the folder of the house."""

    var: Path
    name: ClassVar[str] = "SQLite"
    faults: ClassVar[tuple[str, ...]] = ("lock:instap.db", "lock:tracker.db")

    @property
    def settings(self) -> Mapping[str, str]:
        """Of a house that uses them."""
        return {"tracker_url": f"sqlite:///{self.var / 'tracker.db'}"}

    async def strike(self, fault: str, seconds: float) -> bool:
        """Keep everybody out of a file."""
        try:
            held = await asyncio.to_thread(self._locked, fault.partition(":")[2])
        except sqlite3.OperationalError:
            return False
        await asyncio.sleep(seconds)
        held.close()
        return True

    def _locked(self, name: str) -> sqlite3.Connection:
        held = sqlite3.connect(
            self.var / name, isolation_level=None, timeout=1, check_same_thread=False
        )
        held.execute("BEGIN EXCLUSIVE")
        return held

    async def prepare(self) -> None:
        """Whoever opens them first makes them."""

    def content(self) -> Mapping[str, bytes]:
        """Nothing: they are files of the house."""
        return {}


@dataclass
class Server:
    """Two databases on a PostgreSQL server."""

    cluster: Cluster
    name: ClassVar[str] = "PostgreSQL"
    faults: ClassVar[tuple[str, ...]] = ("lock:leads", "lock:tracker", "stop:server")

    @property
    def settings(self) -> Mapping[str, str]:
        """Of a house that uses them."""
        return {"database_url": self.cluster.url, "tracker_url": self._tracker}

    @property
    def _tracker(self) -> str:
        return self.cluster.url.removesuffix("postgres") + "tracker"

    async def strike(self, fault: str, seconds: float) -> bool:
        """Keep everybody out of the tables of a turn, or let the server end as at a power cut."""
        if fault == "stop:server":
            await asyncio.to_thread(self.cluster.stop)
            await asyncio.sleep(seconds)
            await asyncio.to_thread(self.cluster.start)
            return True
        url, tables = {
            "lock:leads": (self.cluster.url, "conversations, exchanges, registrations"),
            "lock:tracker": (self._tracker, "events"),
        }[fault]
        try:
            held = await asyncpg.connect(url)
        except OUT_OF_THE_WAY:
            return False
        try:
            async with held.transaction():
                await held.execute(f"SET LOCAL lock_timeout = '1s'; LOCK TABLE {tables}")
                await asyncio.sleep(seconds)
        except OUT_OF_THE_WAY:
            return False
        finally:
            with contextlib.suppress(*OUT_OF_THE_WAY):
                await held.close()
        return True

    async def prepare(self) -> None:
        """Make the database of the engine; the other one is there."""
        connection = await asyncpg.connect(self.cluster.url)
        await connection.execute("CREATE DATABASE tracker")
        await connection.close()

    def content(self) -> Mapping[str, bytes]:
        """Both, as text."""
        dump = [str(self.cluster.programs / "pg_dump"), "--data-only"]
        return {
            url.rpartition("/")[2]: subprocess.run(
                [*dump, url], check=True, capture_output=True, env=os.environ | AS_TEXT
            ).stdout
            for url in (self.cluster.url, self._tracker)
        }


@contextmanager
def a_server() -> Iterator[Server]:
    """One of its own, for as long as a storm lasts."""
    found = programs()
    assert found is not None, "PostgreSQL is not installed"
    with running_cluster(found) as cluster:
        yield Server(cluster)
