"""A turn in which a call failed never was: it is not remembered, and it can be taken again."""

import asyncio
import contextlib
import json

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.understanding import whole
from bot.understanding.memory import ShortMemory
from bot.understanding.turns import Turns
from bot.understanding.whole import TurnFailed, Watched, problem_of

FINE = {"events": [], "responses": []}
SIGN = {"trouble": "action_register", "error": "TimeoutError"}
TROUBLE = {"events": [], "responses": [{"custom": SIGN}]}


async def let_go(endpoint):
    async with endpoint.session() as kept:
        await kept.close()


async def until_noticed(endpoint):
    """Until it knows that the other side ended its connections."""
    async with endpoint.session() as kept:
        [[(connection, _)]] = kept.connector._conns.values()
        while connection.is_connected():  # noqa: ASYNC110 - the library has no event for it
            await asyncio.sleep(0)


async def knows_nothing(conversation, turn):
    return None


async def answering(body, status="200 OK"):
    """A server on loopback that gives this answer; its address."""

    async def answer(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\n"
        writer.write(f"{head}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode())
        writer.write(body)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    return server, f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


@pytest.mark.parametrize(
    ("body", "status", "is_whole"),
    [
        (json.dumps(FINE).encode(), "200 OK", True),
        (b'{"text": "Wat kost het?", "buttons": []}', "200 OK", True),
        (json.dumps(TROUBLE).encode(), "200 OK", False),
        (b"[]", "200 OK", False),
        (b"{}", "200 OK", False),
        (b"<html>", "200 OK", False),
        (b"", "200 OK", False),
        (b"{}", "500 Broken", False),
    ],
)
def test_what_an_endpoint_answers_decides(body, status, is_whole):
    async def ask():
        server, url = await answering(body, status)
        endpoint = Watched.around(EndpointConfig(url))

        async def take():
            with contextlib.suppress(Exception):  # as Rasa does
                await endpoint.request("post", json={})
            return [{"text": "alsof er niets was"}]

        async with server:
            try:
                return await Turns(knows_nothing).once("een", "1", take)
            finally:
                await let_go(endpoint)

    if is_whole:
        assert asyncio.run(ask())
    else:
        with pytest.raises(TurnFailed):
            asyncio.run(ask())


def test_of_a_failed_turn_nothing_is_remembered(tmp_path):
    memory = ShortMemory(Domain.empty(), host=f"sqlite:///{tmp_path / 'tracker.db'}")

    async def turn(fails):
        whole.begin()
        if fails:
            endpoint = Watched.around(EndpointConfig("http://127.0.0.1:9"))
            with pytest.raises(Exception):  # noqa: B017, PT011 - whatever a refused call is
                await endpoint.request("post", json={})
            await let_go(endpoint)
        tracker = DialogueStateTracker.from_events("een", [UserUttered("mbo 4")])
        await memory.save(tracker)
        return await memory.retrieve("een")

    assert asyncio.run(turn(fails=True)) is None
    assert asyncio.run(turn(fails=False)) is not None
    memory.engine.dispose()


def test_a_call_that_hangs_ends_and_the_turn_asks_nothing_more(monkeypatch):
    monkeypatch.setattr(whole, "PATIENCE", 0.2)
    calls = []

    async def keep_silent(reader, writer):
        calls.append(await reader.readuntil(b"\r\n\r\n"))
        await reader.read()
        writer.close()

    async def ask():
        async with await asyncio.start_server(keep_silent, "127.0.0.1", 0) as server:
            url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
            endpoint = Watched.around(EndpointConfig(url))

            async def take():
                for _ in range(2):
                    with contextlib.suppress(Exception):  # as Rasa does
                        await endpoint.request("post", json={}, timeout=300)
                return []

            try:
                with pytest.raises(TurnFailed, match="TimeoutError"):
                    await asyncio.wait_for(Turns(knows_nothing).once("een", "1", take), 30)
            finally:
                await let_go(endpoint)
        assert len(calls) == 1

    asyncio.run(ask())


def test_shapes():
    assert problem_of(FINE) is None
    assert problem_of({"text": ""}) is None
    assert problem_of({"events": None, "responses": []}) == "shape"
    assert problem_of(TROUBLE) == "action_register TimeoutError"


@pytest.mark.parametrize("words", [True, "Jan de Vries", "<b>", "a" * 65])
def test_what_is_no_name_is_not_passed_on(words):
    failed = {"events": [], "responses": [{"custom": {"trouble": words, "error": "No name"}}]}
    assert problem_of(failed) in ("trouble", "True")


def test_calls_go_over_one_connection_and_over_a_new_one_when_it_is_gone():
    connections = []

    async def answer(reader, writer):
        connections.append(writer)
        with contextlib.suppress(asyncio.IncompleteReadError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
                await reader.readexactly(length)
                body = json.dumps(FINE).encode()
                head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
                await writer.drain()

    async def ask():
        async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
            url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
            endpoint = Watched.around(EndpointConfig(url))
            assert await endpoint.request("post", json={}) == FINE
            assert await endpoint.request("post", json={}) == FINE
            assert len(connections) == 1
            connections[0].close()
            await connections[0].wait_closed()
            await until_noticed(endpoint)
            assert await endpoint.request("post", json={}) == FINE
            assert len(connections) == 2
            connections[1].close()
            await let_go(endpoint)

    asyncio.run(ask())
