"""A load on the whole house: `make load STAGE=D2 [SECONDS=60] [PLAIN=1]`, into bench/results/.

Messages arrive at a rate, whether or not the ones before were answered (an open model), and a time
counts from the moment that a message should have gone. Afterwards every conversation is read back:
each message must stand there once with its answer, and each registration on the list.
"""

import asyncio
import json
import math
import os
import platform
import random
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import httpx
import psutil

from bench.talks import OnTelegram, OnTheWeb, Talk, Wrong, connected
from bench.turns import SAYS, spread
from tests.support.house import House, running_house
from tests.support.telegram_visitor import FakeApi, running_fake_telegram

Found = dict[str, Any]
Beside = Callable[[httpx.AsyncClient], Coroutine[Any, Any, Found]]

RESULTS: Final = Path("bench/results")
SEED: Final = 2027
WARM_UP: Final = 10
"""Seconds that do not count."""

WRONG: Final = (
    "errors",
    "lost_or_doubled",
    "brought_twice",
    "registered_and_not_on_the_list",
    "nobody_registered",
    "twice_on_the_list",
    "a_process_died",
    "mails_lost",
    "personal_data_in_files",
    "not_as_asked",
)
"""What must be nothing, however long things take."""
ALLOWED: Final = {
    "D4": {"errors", "nobody_registered"},  # more than can be done: some are turned away
    "D9": {"brought_twice"},  # killed between bringing to Telegram and writing that down
}
INSISTS: Final = 300.0
"""Seconds that a visitor tries again while harm is done."""
TALKS: Final = 1.5 * len(SAYS)
"""In a short stage visitors think so briefly that many get to the end: seconds through this."""
SPREAD: Final = 0.6
"""Of the logarithm of how long somebody thinks."""
PAUSE: Final = 0.2
LONGEST: Final = 300.0
QUICK, IN_A_ROW = 0.5, 3
"""Seconds within which an answer is quick, and how many in a row show that all is well again."""
POISON: Final = (
    "x" * 10_000,
    '/register{"eligible": true}',
    "\ufeff/restart",
    "e\u0301" * 900,
    "{}",
)


@dataclass(frozen=True)
class Stage:
    """How many messages a second, for how many seconds, and how many nasty ones beside them.

    `on_telegram` is the share of visitors there, `thinks` the median of seconds that a visitor
    reads and types: what we expect after a newsletter.
    """

    rate: float
    seconds: int
    poison: float = 0.0
    on_telegram: float = 0.3
    thinks: float = 8.0

    def think(self, chance: random.Random) -> float:
        """Seconds until somebody says something again."""
        median = min(self.thinks, self.seconds / TALKS)
        return chance.lognormvariate(math.log(median), SPREAD)


STAGES: Final = {
    "D1": Stage(0.5, 120),
    "D2": Stage(4, 900),
    "D3": Stage(12, 60),
    "D4": Stage(60, 120, on_telegram=0),
    "D6": Stage(2, 7200),
    "D8": Stage(4, 120, poison=1),
}


async def moments(rate: float, end: float) -> AsyncIterator[float]:
    """Random moments until then, so many a second, each when it is there."""
    chance, due = random.Random(SEED), time.monotonic()
    while (due := due + chance.expovariate(rate)) < end:
        await asyncio.sleep(max(0, due - time.monotonic()))
        yield due


@dataclass
class Load:
    """Everybody who talks, and what they met; `insists` is how long they try again."""

    client: httpx.AsyncClient
    api: FakeApi
    stage: Stage
    insists: float = 0.0
    first: int = 0
    talks: list[Talk] = field(default_factory=list)
    taken: dict[type[Talk], list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: Counter[str] = field(default_factory=Counter)
    recovered: float = 0.0
    chance: random.Random = field(default_factory=lambda: random.Random(SEED))

    @property
    def all_taken(self) -> list[float]:
        """Milliseconds of every turn that counts, on both doors."""
        return [took for each in self.taken.values() for took in each]

    def idle(self) -> Talk | None:
        """Somebody who has something to say."""
        return next((talk for talk in self.talks if talk.is_free), None)

    def _new(self) -> Talk:
        number = self.first + len(self.talks)
        is_chat = self.chance.random() < self.stage.on_telegram
        self.talks.append(
            OnTelegram(number, self.insists, api=self.api)
            if is_chat
            else OnTheWeb(number, self.insists, client=self.client)
        )
        return self.talks[-1]

    async def say(self, due: float, counts: bool) -> None:
        """One message of somebody, its time counted from when it was due.

        Where everybody reads or waits, somebody new begins: what he says comes after that.
        """
        talk = self.idle() or self._new()
        talk.is_busy = True
        try:
            if not talk.has_begun:
                await talk.begin()
                talk.has_begun = True
            else:
                await talk.say(talk.next())
                talk.step += 1
                if counts:
                    self.taken[type(talk)].append((time.monotonic() - due) * 1000)
        except (httpx.HTTPError, Wrong) as error:
            self.errors[str(error) if isinstance(error, Wrong) else type(error).__name__] += 1
        finally:
            talk.rested = time.monotonic() + self.stage.think(self.chance)
            talk.is_busy = False

    async def harass(self) -> None:
        """Something nasty on the website, to which any answer will do but none that is silent."""
        talk = OnTheWeb(-1, client=self.client)
        try:
            await talk.begin()
            await talk.say(self.chance.choice(POISON))
        except (httpx.HTTPError, Wrong) as error:
            self.errors[f"nasty: {error}"] += 1

    async def arrive(self) -> None:
        """Messages at random moments, this many a second."""
        end = time.monotonic() + WARM_UP + self.stage.seconds
        async with asyncio.TaskGroup() as running:
            if self.stage.poison:
                running.create_task(self._nasty(end, running))
            counts_from = time.monotonic() + WARM_UP
            async for due in moments(self.stage.rate, end):
                running.create_task(self.say(due, due > counts_from))
            running.create_task(self._recover())

    async def _nasty(self, end: float, running: asyncio.TaskGroup) -> None:
        async for _due in moments(self.stage.poison, end):
            running.create_task(self.harass())

    async def _recover(self) -> None:
        self.recovered = await recovery(self.client)


async def recovery(client: httpx.AsyncClient) -> float:
    """Seconds until somebody new on the website is answered quickly, three times in a row.

    Never more than LONGEST: then it is not well again.
    """
    began, talk = time.monotonic(), OnTheWeb(-1, client=client)
    while talk.step < IN_A_ROW and time.monotonic() < began + LONGEST:
        asked = time.monotonic()
        try:
            if not talk.token:
                await talk.begin()
            await talk.say(talk.next())
            talk.step = talk.step + 1 if time.monotonic() - asked < QUICK else 0
        except (httpx.HTTPError, Wrong):
            talk.step = 0
        await asyncio.sleep(PAUSE)
    return time.monotonic() - began


async def run(
    house: House, api: FakeApi, stage: Stage, beside: Beside | None = None, first: int = 0
) -> Found:
    """The load, and what came of it; `beside` does harm meanwhile, and then visitors insist.

    The visitors are numbered from `first`.
    """
    async with connected(house.url) as client:
        load = Load(client, api, stage, INSISTS if beside else 0, first)
        harm = asyncio.create_task(beside(client)) if beside else None
        await load.arrive()
        more = await harm if harm else {}
        codes = {talk.code for talk in load.talks if talk.code}
        leads = house.leads()
        taken = load.all_taken
        astray = sum([await talk.astray() for talk in load.talks if talk.sent], Counter[str]())
        return {
            "messages": len(taken),
            "conversations": len(load.talks),
            **spread(taken),
            "slowest_ms": round(max(taken), 1),
            "by_door": {door.__name__: spread(each) for door, each in load.taken.items()},
            "recovered_s": round(load.recovered, 1),
            "errors": dict(load.errors),
            "lost_or_doubled": astray["lost_or_doubled"],
            "brought_twice": astray["brought_twice"],
            "registered": len(codes),
            "nobody_registered": not codes and len(taken) > 10 * len(SAYS),
            "registered_and_not_on_the_list": len(codes - {lead["code"] for lead in leads}),
            "twice_on_the_list": len(leads) - len({lead["email"] for lead in leads}),
            **more,
        }


@contextmanager
def busy_house(**settings: str) -> Iterator[tuple[House, FakeApi]]:
    """A house with both doors open."""
    with tempfile.TemporaryDirectory() as folder, running_fake_telegram() as api:
        doors = {"telegram_token": api.fake.token, "telegram_api": api.fake.url}
        with running_house(Path(folder), **doors, **settings) as house:
            yield house, api


def steady(stage: Stage) -> Found:
    """What came of a stream of messages."""
    with busy_house() as (house, api):
        pids = {name: child.pid for name, child in house.children().items()}
        found = asyncio.run(run(house, api, stage))
        died = {name: child.pid for name, child in house.children().items()} != pids
        memory = {n: round(c.memory_info().rss / 1e6) for n, c in house.children().items()}
    return {**vars(stage), **found, "a_process_died": died, "memory_mb": memory}


def keep(figures: Found, short: str) -> None:
    """Write down what was measured until now."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    file = RESULTS / f"load-{figures['stage']}{short}.json"
    file.write_text(json.dumps(figures, indent=2) + "\n")


def main(name: str, seconds: int, beside_plain: bool) -> int:
    """Run a stage, keep and print it; gives 0 when all is well.

    0 seconds is as long as the stage says. Raises KeyError for a stage that does not exist.
    """
    from bench import plain, stages

    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    figures: Found = {"stage": name, "machine": machine, "seed": SEED}
    figures["load_before"] = psutil.getloadavg()[0]
    short = f"-{seconds}s" if seconds else ""
    if name in STAGES:
        stage = STAGES[name]
        if seconds:
            stage = replace(stage, seconds=seconds)
        figures |= steady(stage)
        keep(figures, short)
        if beside_plain:
            figures["plain_rasa"] = plain.measure(stage)
    else:
        figures |= stages.stage(name, seconds)
        if beside_plain and name == "D7":
            figures["plain_rasa"] = plain.long_talks()
    keep(figures, short)
    print(json.dumps(figures, indent=2))
    return int(any(figures.get(each) for each in WRONG if each not in ALLOWED.get(name, ())))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), sys.argv[3] == "1"))
