"""SQLite beside the event loop: only what may wait for a lock or the disk has a thread.

A transaction begins with the right to write, so only its beginning and its end can wait. To send
each statement to the thread and back cost more than the statement, and most on a busy machine.
"""

import sqlite3
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Any

import aiosqlite

ITERATED: int = 64
"""Rows; of no meaning to us, who fetch all of them."""


class Connection(aiosqlite.Connection):
    """A connection whose statements within a transaction run where they are asked for."""

    def __init__(self, connector: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(connector, ITERATED)
        self._thread.daemon = True
        self._with_thread: deque[None] = deque()

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        raw = self._connection
        if raw is None or not self._running or self._with_thread or _may_wait(raw, fn):
            self._with_thread.append(None)
            call = partial(fn, *args, **kwargs)
            return await super()._execute(self._let_go, call)  # type: ignore[no-untyped-call]
        return fn(*args, **kwargs)

    def _let_go(self, call: Callable[[], Any]) -> Any:
        """In the thread; a call may go on there when nobody waits for it any more."""
        try:
            return call()
        finally:
            self._with_thread.popleft()


def _may_wait(raw: sqlite3.Connection, fn: Callable[..., Any]) -> bool:
    if fn == raw.cursor:
        return False
    return not raw.in_transaction or fn in (raw.commit, raw.rollback, raw.close)


def open_file(database: str, **settings: Any) -> Connection:
    """A connection to a file, as aiosqlite makes it; of SQLAlchemy it may be used in any thread."""
    return Connection(partial(sqlite3.connect, database, **settings))
