"""A shard has one engine: two that work on the same conversations lose turns.

Beside an SQLite store this is a lock on a file, on PostgreSQL an advisory lock in the database of
the store. Both end with the process, however it ends.
"""

import fcntl
import os
import select
import sys
import threading
from typing import Any

BROKEN = 70
"""The exit status of a process that may not go on (EX_SOFTWARE)."""

OURS = 0x1A57A9
"""The first number of our advisory locks; the second is the shard."""

SERVER_NOTICES = "-c tcp_keepalives_idle=15 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3"
"""That the machine of an engine is gone."""

_held: list[Any] = []


def be_the_only_one(store: str, shard: int) -> None:
    """Hold a shard of that store until this process ends.

    When another has it (status 1), or the store cannot be reached (status 70), this ends the
    process, with one line that says so. A store in memory is nobody else's.
    """
    path = store[len("sqlite:///") :].partition("?")[0] if store.startswith("sqlite:///") else ""
    if path and path != ":memory:":
        _held.append(_lock_file(f"{path}.shard-{shard}.lock", shard))
    elif store.startswith("postgres"):
        connection = _lock_server(store, shard)
        _held.append(connection)
        threading.Thread(target=_end_with, args=(connection,), daemon=True).start()


def _lock_file(path: str, shard: int) -> Any:
    file = open(path, "ab")  # noqa: SIM115 - it stays open, for the lock ends with it
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        _refuse(shard)
    return file


def _lock_server(store: str, shard: int) -> Any:
    import psycopg2

    address = store.replace("+psycopg2", "", 1)
    try:
        connection = psycopg2.connect(address, connect_timeout=5, options=SERVER_NOTICES)
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", (OURS, shard))
            is_ours = cursor.fetchone()[0]
    except psycopg2.Error as error:  # never its text: that may hold the address
        sys.stderr.write(f"engine: de opslag is niet te bereiken ({type(error).__name__})\n")
        sys.exit(BROKEN)
    if not is_ours:
        _refuse(shard)
    return connection


def _refuse(shard: int) -> None:
    sys.exit(f"engine: shard {shard} heeft op deze opslag al een engine; stop die eerst")


def _end_with(connection: Any) -> None:
    """End this process when the server lets go of its lock: another may begin."""
    import psycopg2

    while not connection.closed:
        select.select([connection], [], [])
        try:
            connection.poll()
        except psycopg2.Error:
            break
    os._exit(BROKEN)
