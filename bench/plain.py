"""The same load on a plain Rasa assistant: `make load STAGE=D2 PLAIN=1`."""

import asyncio
import random
import tempfile
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import httpx

from bench.load import SEED, WARM_UP, Stage, moments
from bench.talks import beside_each_other, connected, first_and_last
from bench.turns import spread
from tests.faults.plain_house import STEPS, PlainHouse
from tests.support.postgres import free_port

TALKS: Final = 2
ASKS: Final = ("wat kost het", "hoe lang duurt het")


@dataclass
class Talk:
    """One conversation with it."""

    number: int
    sender: str = field(default_factory=lambda: uuid4().hex)
    step: int = 0
    rested: float = 0.0
    is_busy: bool = True

    def next(self) -> str:
        """What comes next in it."""
        says = STEPS("Jan de Vries", f"plain-{self.number}@voorbeeld.nl", f"06{self.number:08d}")
        return says[self.step]


async def load(house: PlainHouse, stage: Stage) -> dict[str, Any]:
    """Messages at random moments, as many a second as the stage says."""
    talks: list[Talk] = []
    taken: list[float] = []
    errors = {"silent": 0, "no_answer": 0}
    last = len(STEPS("", "", ""))

    def idle() -> Talk:
        for talk in talks:
            if not talk.is_busy and talk.step < last and time.monotonic() > talk.rested:
                talk.is_busy = True
                return talk
        talks.append(Talk(len(talks)))
        return talks[-1]

    async def say(client: httpx.AsyncClient, due: float, counts: bool) -> None:
        talk = idle()
        try:
            body = {"sender": talk.sender, "message": talk.next()}
            answer = await client.post("/webhooks/rest/webhook", json=body)
            errors["silent"] += not answer.raise_for_status().json()
            if counts:
                taken.append((time.monotonic() - due) * 1000)
        except (httpx.HTTPError, ValueError):
            errors["no_answer"] += 1
        talk.step += 1
        talk.rested, talk.is_busy = time.monotonic() + stage.think(thinker), False

    thinker, counts_from = random.Random(SEED), time.monotonic() + WARM_UP
    url = f"http://127.0.0.1:{house.rasa_port}"
    async with connected(url) as client, asyncio.TaskGroup() as running:
        async for due in moments(stage.rate, counts_from + stage.seconds):
            running.create_task(say(client, due, due > counts_from))
    return {"messages": len(taken), **spread(taken), "errors": errors}


async def _long_talks(house: PlainHouse) -> dict[str, Any]:
    async def talk() -> tuple[list[float], list[float]]:
        sender = uuid4().hex

        async def say(number: int) -> None:
            body = {"sender": sender, "message": ASKS[number % len(ASKS)]}
            (await client.post("/webhooks/rest/webhook", json=body)).raise_for_status()

        return await first_and_last(say)

    async with connected(f"http://127.0.0.1:{house.rasa_port}") as client:
        talks = await asyncio.gather(*(talk() for _ in range(TALKS)))
    return {"talks": TALKS, **beside_each_other(talks)}


def long_talks() -> dict[str, Any]:
    """D7 with fewer conversations beside each other: it grows slow, and twenty take hours."""
    return _with_house(_long_talks)


def measure(stage: Stage) -> dict[str, Any]:
    """The load of a stage."""
    return _with_house(lambda house: load(house, stage))


def _with_house(ask: Callable[[PlainHouse], Coroutine[Any, Any, dict[str, Any]]]) -> dict[str, Any]:
    """Start it, ask it, stop it."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        house = PlainHouse(Path(folder), free_port(), port, port)
        for part in ("actions", "rasa"):
            house.start(part)
        try:
            house.await_ready()
            return asyncio.run(ask(house))
        finally:
            house.stop()
