"""Who works in a data folder: a second house in it is refused, and so is what wants it for itself.

A lock of the kernel ends with its process, whatever ended that.
"""

import contextlib
import fcntl
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bot.settings import Settings

HOUSE: Final = "run.lock"
"""Held by `instap run`."""
PARTS: Final = "parts.lock"
"""Shared by all parts, however they were started."""
EVERYWHERE: Final = ("0.0.0.0", "::")  # noqa: S104  nothing is opened here


class Held(Exception):
    """Somebody else is at work there."""


@contextlib.contextmanager
def held(folder: Path, name: str, *, alone: bool) -> Iterator[None]:
    """Work in a folder, alone or beside others who do not want it alone. Raises Held."""
    handle = _open(folder / name)
    if handle is None:
        yield
        return
    try:
        try:
            fcntl.flock(handle, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except OSError:
            raise Held(name) from None
        yield
    finally:
        os.close(handle)


def _open(path: Path) -> int | None:
    """The file, for all parts; None where another user made it for himself."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o660)
    except PermissionError:
        return None
    with contextlib.suppress(OSError):  # the umask of who was first is not that of the others
        os.fchmod(handle, 0o660)
    return handle


def answering(settings: Settings) -> list[int]:
    """The ports of ours on which somebody answers."""
    host = "127.0.0.1" if settings.host in EVERYWHERE else settings.host
    doors = [(host, port) for port in settings.gateway_ports()]
    doors += [("127.0.0.1", port) for port in (*settings.engine_ports(), settings.actions_port)]
    return [port for name, port in doors if _answers(name, port)]


def _answers(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(3)
        return probe.connect_ex((host, port)) == 0
