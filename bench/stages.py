"""Stages of the load that are no steady stream: D5, D7, D9, D10 and D12 of docs/reliability.md."""

import asyncio
import tempfile
import time
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import httpx

from bench.chaos import chaos
from bench.load import INSISTS, Stage, busy_house, run
from bench.talks import PATIENCE, OnTheWeb, beside_each_other, connected, first_and_last
from bench.turns import SAYS, spread
from tests.support.fake_smtp import running_fake_smtp
from tests.support.house import House, running_house

NAMES: Final = ("D5", "D7", "D9", "D10", "D12")
STEP, STEP_SECONDS, KNEE_MS = 2, 60, 2_000
APART: Final = 10_000
"""More than the visitors of a step: no two of them have the same address."""
TALKS: Final = 20
ASKS: Final = ("wat kost de opleiding", "hoe lang duurt het?", "waar is het?", "wat verdien ik?")
VISITORS, TOGETHER = 200, 8


def _visitor(client: httpx.AsyncClient, number: int = 0) -> OnTheWeb:
    return OnTheWeb(number, INSISTS, client=client)


def saturation() -> dict[str, Any]:
    """D5: two messages a second more every minute, until it no longer keeps up."""
    steps: dict[str, Any] = {}
    rate = 0
    with busy_house() as (house, api):
        while True:
            rate += STEP
            stage = Stage(rate, STEP_SECONDS)
            steps[str(rate)] = found = asyncio.run(run(house, api, stage, first=rate * APART))
            if found["errors"] or found["p95_ms"] > KNEE_MS:
                lost = sum(each["lost_or_doubled"] for each in steps.values())
                return {"knee_per_second": rate - STEP, "lost_or_doubled": lost, "steps": steps}


async def long_talks(house: House) -> dict[str, Any]:
    """D7: conversations of five hundred turns beside each other."""

    async def talk() -> tuple[list[float], list[float]]:
        visitor = _visitor(client)
        await visitor.begin()
        return await first_and_last(lambda number: visitor.say(ASKS[number % len(ASKS)]))

    async with connected(house.url) as client:
        return beside_each_other(await asyncio.gather(*(talk() for _ in range(TALKS))))


async def registrations(house: House) -> dict[str, Any]:
    """D10: two hundred people say yes at the same moment, some of them three times."""
    free = asyncio.Semaphore(TOGETHER)

    async def until_the_last_yes(visitor: OnTheWeb) -> None:
        async with free:
            await visitor.begin()
            for visitor.step in range(len(SAYS) - 1):
                await visitor.say(visitor.next())

    async def yes(visitor: OnTheWeb) -> float:
        said, name = time.monotonic(), uuid4().hex
        copies = 3 if visitor.number % 100 == 0 else 1
        sent = (visitor.say(SAYS[-1], name) for _ in range(copies))
        turns = await asyncio.gather(*sent)
        assert all(turn == turns[0] and turn["registration"] for turn in turns), turns
        return (time.monotonic() - said) * 1000

    async with connected(house.url) as client:
        visitors = [_visitor(client, number) for number in range(VISITORS)]
        await asyncio.gather(*(until_the_last_yes(each) for each in visitors))
        taken = await asyncio.gather(*(yes(each) for each in visitors))
    leads = [lead["email"] for lead in house.leads()]
    return {"asked": VISITORS, "leads": len(leads), "people": len(set(leads)), **spread(taken)}


async def boot(house: House, began: float) -> dict[str, Any]:
    """D12: a message sent while everything starts is answered; `began` is when it was started."""
    async with connected(house.url) as client:
        visitor = _visitor(client)
        await visitor.begin()
        await visitor.say("wat kost de opleiding")
    return {"seconds_to_an_answer": round(time.monotonic() - began, 1)}


def stage(name: str, seconds: int) -> dict[str, Any]:
    """What came of one of these stages; only D9 can be shorter than it should be.

    Raises KeyError for a stage that does not exist.
    """
    if name not in NAMES:
        raise KeyError(name)
    if name == "D5":
        return saturation()
    if name == "D9":
        return chaos(seconds)
    with tempfile.TemporaryDirectory() as folder, running_fake_smtp() as post:
        began = time.monotonic()
        with running_house(Path(folder), smtp_url=post.url()) as house:
            if name == "D7":
                return asyncio.run(long_talks(house))
            if name == "D12":
                return asyncio.run(boot(house, began))
            found = asyncio.run(registrations(house))
            deadline = time.monotonic() + PATIENCE
            while len(post.received) < found["leads"] and time.monotonic() < deadline:
                time.sleep(0.2)
            mails = len(post.received)
            counts = {found["leads"], found["people"], mails}
            return found | {"mails": mails, "not_as_asked": counts != {VISITORS}}
