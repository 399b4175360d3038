"""Bytes that lie about their own length are refused, and never become the request of another."""

import asyncio
import json
import socket

import pytest

from bot.channels.web import gateway
from bot.services import conversation
from tests.channels.test_any_body import ports as _ports
from tests.support.patience import PATIENCE
from tests.support.served import running

ports = _ports

SECOND = "GET /api/v1/widget HTTP/1.1\r\nHost: x\r\n\r\n"
LIES = [
    "Content-Length: 5\r\nContent-Length: 50",
    "Content-Length: 5\r\nTransfer-Encoding: chunked",
    "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
    "Transfer-Encoding: xchunked",
    "Content-Length: -5",
    "Content-Length: +5",
    "Content-Length: 0x5",
]


def send(place: tuple[str, int], raw: bytes) -> bytes:
    """Everything that comes back on one connection."""
    with socket.create_connection(place, timeout=PATIENCE) as line:
        line.sendall(raw)
        line.shutdown(socket.SHUT_WR)
        parts = []
        while part := line.recv(65536):
            parts.append(part)
    return b"".join(parts)


@pytest.mark.parametrize("lie", LIES, ids=lambda lie: lie[:40])
def test_a_request_of_two_lengths_reaches_nobody(ports, lie):
    started = asyncio.run(conversation.start(ports, "web"))
    head = f"POST /api/v1/messages HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {started.token}\r\n"
    raw = f"{head}{lie}\r\n\r\n0\r\n\r\n{SECOND}".encode()
    with running(gateway(ports)) as place:
        answer = send(place, raw)
    assert answer.split(b"\r\n")[0].split()[1] in (b"400", b"422", b"501"), answer[:200]
    assert b'"placeholder"' not in answer
    assert ports.engine.heard == []


def test_a_body_that_says_it_is_small_and_grows_is_refused(ports):
    chunk = b"x" * 8192
    pieces = b"".join(b"2000\r\n" + chunk + b"\r\n" for _ in range(5))  # over 32 KB
    head = b"POST /api/v1/conversations HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    with running(gateway(ports)) as place:
        answer = send(place, head + pieces + b"0\r\n\r\n")
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b" 413 " in head.split(b"\r\n")[0]
    assert json.loads(body)["title"] == "too large"
