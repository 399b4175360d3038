"""A proxy between two processes of ours that spoils requests, one at a time, as it is told."""

import asyncio
import contextlib
import re
import socket
import struct
from collections import Counter, deque
from dataclasses import dataclass, field
from typing import Final

SPOILS: Final = (
    "reset_before",  # the request never arrives
    "reset_after",  # it was done, and nobody hears of it
    "error_before",  # 500 without doing it
    "error_after",  # done, and 500
    "truncated",  # half of the answer
    "garbage",  # 200, and something else than an answer
    "empty",  # 200, and nothing
    "slow",  # a second late
    "hang",  # no answer at all until the asker gives up
)
GARBAGE: Final = b"<html>\x00 {'messages': None}</html>"
CANARY: Final = re.compile(rb"kanarie|(?:\+31|0)6-?8675\d{4}", re.IGNORECASE)
"""What only the personal data of our visitors holds."""
LATE: Final = 1.0
"""Seconds."""


def response(status: str, body: bytes) -> bytes:
    """An answer over HTTP."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    return head.encode() + b"Connection: close\r\n\r\n" + body


@dataclass
class FaultProxy:
    """Listens on `port` and brings each request to `target`, both on loopback.

    `plan` holds what happens to the next requests; `done` counts what happened, `canaries` what
    of people came by.
    """

    target: int
    port: int = 0
    path: bytes = b""
    canary: re.Pattern[bytes] = CANARY
    canaries: int = 0
    plan: deque[str] = field(default_factory=deque)
    done: Counter[str] = field(default_factory=Counter)
    _server: asyncio.Server | None = None
    _open: set[asyncio.Task[None]] = field(default_factory=set)

    async def start(self) -> None:
        """Begin to listen; only requests for a path that begins with `path` are spoiled."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Let everything go."""
        if self._server is not None:
            self._server.close()
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, ValueError):
            await self._handle(await _read_request(reader), reader, writer)
        self._open.discard(task)
        writer.close()

    async def _handle(
        self, request: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        spoil = ""
        if self.plan and request.split(b" ", 2)[1].startswith(self.path):
            spoil = self.plan.popleft()
            self.done[spoil] += 1
        if spoil == "hang":
            await reader.read()
        elif spoil == "reset_before":
            _reset(writer)
        elif spoil in ("error_before", "garbage", "empty"):
            ways = {"error_before": ("500 Broken", b"{}"), "garbage": ("200 OK", GARBAGE)}
            writer.write(response(*ways.get(spoil, ("200 OK", b""))))
        else:
            if spoil == "slow":
                await asyncio.sleep(LATE)
            answer = await self._ask(request)
            self.canaries += len(self.canary.findall(request)) + len(self.canary.findall(answer))
            if spoil == "reset_after":
                _reset(writer)
            elif spoil == "error_after":
                writer.write(response("500 Broken", b"{}"))
            elif spoil == "truncated":
                writer.write(answer[: len(answer) * 2 // 3])
            else:
                writer.write(answer)
        await writer.drain()

    async def _ask(self, request: bytes) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.target)
        try:
            writer.write(request)
            await writer.drain()
            return await reader.read()
        finally:
            writer.close()


async def _read_request(reader: asyncio.StreamReader) -> bytes:
    """One request, made to be the last of its connection."""
    head = await reader.readuntil(b"\r\n\r\n")
    lines = [line for line in head.split(b"\r\n") if line]
    size = 0
    for line in lines:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            size = int(value)
        if name.lower() == b"transfer-encoding":
            raise ValueError("nobody of us sends in chunks")
    kept = [line for line in lines if not line.lower().startswith(b"connection:")]
    body = await reader.readexactly(size) if size else b""
    return b"\r\n".join([*kept, b"Connection: close", b"", body])


def _reset(writer: asyncio.StreamWriter) -> None:
    """End the connection with a reset instead of a goodbye."""
    end = writer.get_extra_info("socket")
    end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
