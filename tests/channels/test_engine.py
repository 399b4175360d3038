"""The client of the engine, against a server on loopback that fails in every way it can."""

import asyncio
import json
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from socket import SO_LINGER, SOL_SOCKET

import pytest

from bot.channels.breaker import SILENCES, Breaker
from bot.channels.engine import CANARY, RasaEngine
from bot.core.dialogue.message import Meaning
from bot.core.errors import EngineUnavailable
from bot.services.records import Asked

DEADLINE = 0.3
LONG = 3600.0
MEANT = {"intent": {"name": "faq", "confidence": 0.9}, "topics": ["faq/cost"], "clarify": None}
MEANT["mood"] = "sad"
GOOD = {"messages": [{"text": "Goed.", "custom": {"key": "utter_faq/cost"}}], "meaning": MEANT}


class Loopback:
    """An engine with an action server: turns go as the test says, looks at it always succeed."""

    def __init__(self) -> None:
        self.does = "answers"
        self.turns: list[dict[str, str]] = []
        self.looks = 0
        self.asked = asyncio.Event()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request a connection."""
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            if head.startswith("GET"):
                self.looks += 1
                await self.answer(writer, 200, b"{}")
            else:
                length = int(head.lower().split("content-length: ")[1].split("\r\n")[0])
                self.turns.append(json.loads(await reader.readexactly(length)))
                self.asked.set()
                await self.turn(reader, writer)
        finally:
            writer.close()

    async def turn(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        whole = json.dumps(GOOD).encode()
        match self.does:
            case "answers":
                await self.answer(writer, 200, whole)
            case "hangs":
                await reader.read()  # until the other side gives up
            case "resets":
                linger = struct.pack("ii", 1, 0)
                writer.get_extra_info("socket").setsockopt(SOL_SOCKET, SO_LINGER, linger)
            case "answers half":
                await self.answer(writer, 200, whole[:20], len(whole))
            case "hangs halfway":
                await self.answer(writer, 200, whole[:20], len(whole))
                await reader.read()
            case "breaks":
                await self.answer(writer, 500, b'{"error": "engine"}')
            case "answers nonsense":
                await self.answer(writer, 200, b"<html>")
            case "answers something else":
                await self.answer(writer, 200, b'{"messages": [3]}')

    async def answer(
        self, writer: asyncio.StreamWriter, status: int, body: bytes, promised: int | None = None
    ) -> None:
        length = len(body) if promised is None else promised
        writer.write(
            f"HTTP/1.1 {status} X\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n".encode()
            + body
        )
        await writer.drain()


@pytest.fixture
async def loopback() -> AsyncIterator[tuple[Loopback, str]]:
    there = Loopback()
    server = await asyncio.start_server(there.serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    yield there, f"http://127.0.0.1:{port}"
    server.close()


@asynccontextmanager
async def client(url: str, pause: float = LONG) -> AsyncIterator[RasaEngine]:
    engine = RasaEngine(url, url, "s" * 32, deadline=DEADLINE, breaker=Breaker(pause=pause))
    yield engine
    await engine.close()


async def say(engine: RasaEngine) -> str:
    [spoken] = await engine.take_turn(Asked("a" * 20, "1", "web", text="hoi"))
    return spoken.text


async def silences(engine: RasaEngine, there: Loopback, number: int = SILENCES) -> None:
    """Let it keep silent so often."""
    for _ in range(number):
        with pytest.raises(EngineUnavailable):
            await say(engine)
    there.turns.clear()
    there.asked.clear()


async def test_what_the_model_makes_of_a_text_is_asked_apart(loopback):
    there, url = loopback
    async with client(url) as engine:
        meaning = await engine.read("a" * 20, "wat kost het?")
    assert meaning == Meaning("faq", 0.9, ("faq/cost",), mood="sad")
    assert there.turns == [{"text": "wat kost het?"}]


@pytest.mark.parametrize("does", ["hangs", "breaks", "answers nonsense", "resets"])
async def test_a_model_that_says_nothing_is_an_engine_that_is_away(loopback, does):
    there, url = loopback
    there.does = does
    async with client(url) as engine:
        with pytest.raises(EngineUnavailable):
            await engine.read("a" * 20, "wat kost het?")


FAULTS = (
    "hangs",
    "resets",
    "answers half",
    "hangs halfway",
    "breaks",
    "answers nonsense",
    "answers something else",
)


@pytest.mark.parametrize("fault", FAULTS)
async def test_whatever_it_does_we_hear_of_it_by_one_name_and_in_time(loopback, fault):
    there, url = loopback
    there.does = fault
    async with client(url) as engine:
        with pytest.raises(EngineUnavailable):
            async with asyncio.timeout(DEADLINE * 5):
                await say(engine)
        there.does = "answers"
        assert await say(engine) == "Goed."


async def test_nobody_there_is_told_by_the_same_name(unused_tcp_port):
    async with client(f"http://127.0.0.1:{unused_tcp_port}") as engine:
        for ask in (say(engine), engine.check()):
            with pytest.raises(EngineUnavailable):
                await ask


@pytest.mark.parametrize("fault", ["hangs", "resets", "answers half"])
async def test_after_a_few_silences_it_is_left_alone(loopback, fault):
    there, url = loopback
    there.does = fault
    async with client(url) as engine:
        await silences(engine, there)
        there.does = "answers"
        with pytest.raises(EngineUnavailable, match="breaker"):
            await say(engine)
        assert there.turns == []


async def test_an_answer_between_silences_starts_the_count_again(loopback):
    there, url = loopback
    async with client(url) as engine:
        for _ in range(3):
            there.does = "resets"
            await silences(engine, there, SILENCES - 1)
            there.does = "answers"
            assert await say(engine) == "Goed."


@pytest.mark.parametrize("fault", ["breaks", "answers nonsense"])
async def test_a_message_that_it_cannot_take_keeps_nobody_else_out(loopback, fault):
    """It answers at once: somebody who finds words that break it must not shut it for all."""
    there, url = loopback
    there.does = fault
    async with client(url) as engine:
        await silences(engine, there, SILENCES * 3)
        there.does = "answers"
        assert await say(engine) == "Goed."


async def test_after_the_pause_one_of_many_tries(loopback):
    there, url = loopback
    there.does = "resets"
    async with client(url, pause=0.0) as engine:
        await silences(engine, there)
        there.does = "hangs"
        trial = asyncio.create_task(say(engine))
        await there.asked.wait()
        for _ in range(5):
            with pytest.raises(EngineUnavailable, match="breaker"):
                await say(engine)
        assert len(there.turns) == 1
        with pytest.raises(EngineUnavailable):
            await trial
        there.does = "answers"
        assert await say(engine) == "Goed."
        assert await asyncio.gather(*(say(engine) for _ in range(3))) == ["Goed."] * 3


async def test_a_trial_that_nobody_waits_for_any_more_leaves_room_for_the_next(loopback):
    there, url = loopback
    there.does = "resets"
    async with client(url, pause=0.0) as engine:
        await silences(engine, there)
        there.does = "hangs"
        trial = asyncio.create_task(say(engine))
        await there.asked.wait()
        trial.cancel()
        await asyncio.wait({trial})
        there.does = "answers"
        assert await say(engine) == "Goed."


async def test_a_look_at_it_lets_visitors_through_again_before_the_pause_is_over(loopback):
    there, url = loopback
    there.does = "resets"
    async with client(url) as engine:
        await silences(engine, there)
        there.does = "answers"
        await engine.check()
        assert there.turns[0]["command"] == CANARY
        assert await say(engine) == "Goed."


@pytest.mark.parametrize("fault", FAULTS)
async def test_an_engine_that_only_looks_well_is_not_said_to_be_ready(loopback, fault):
    there, url = loopback
    async with client(url, pause=0.0) as engine:
        await engine.check()
        there.does = fault
        await engine.check()  # nobody noticed yet
        for _ in range(SILENCES):
            with pytest.raises(EngineUnavailable):
                await say(engine)
            with pytest.raises(EngineUnavailable):
                await engine.check()
        there.does = "answers"
        await engine.check()


async def test_a_question_is_asked_once_and_not_at_every_look(loopback):
    there, url = loopback
    async with client(url) as engine:
        for _ in range(3):
            await engine.check()
        assert len(there.turns) == 1 and there.looks == 6
