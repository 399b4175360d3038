"""A load on the whole house: `make load STAGE=D2 [SECONDS=60] [PLAIN=1]`, into bench/results/.

Messages arrive at a rate, whether or not the ones before were answered (an open model), and a time
counts from the moment that a message should have gone. Afterwards every conversation is read back:
each message must stand there once with its answer, and each registration on the list.
"""

import asyncio
import contextlib
import json
import os
import platform
import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import httpx
import psutil

from bench.turns import SAYS, spread
from tests.support.house import House, running_house

RESULTS: Final = Path("bench/results")
SEED: Final = 2027
WARM_UP: Final = 10
"""Seconds that do not count."""

WRONG: Final = (
    "errors",
    "lost",
    "registered_and_not_on_the_list",
    "twice_on_the_list",
    "a_process_died",
)
"""What must be nothing, however long things take."""
OVERLOAD: Final = "D4"
PATIENCE: Final = 30.0
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
    """How many messages a second, for how long, and how many nasty ones beside them."""

    rate: float
    seconds: int
    poison: float = 0.0


STAGES: Final = {
    "D1": Stage(0.5, 120),
    "D2": Stage(4, 900),
    "D3": Stage(12, 60),
    OVERLOAD: Stage(60, 120),
    "D6": Stage(2, 7200),
    "D8": Stage(4, 120, poison=1),
}


@dataclass
class Talk:
    """One conversation: what was sent, and whether an answer is awaited."""

    token: str
    number: int
    step: int = 0
    sent: list[str] = field(default_factory=list)
    is_busy: bool = False
    code: str | None = None


@dataclass
class Load:
    """Everybody who talks, and what they met."""

    client: httpx.AsyncClient
    talks: list[Talk] = field(default_factory=list)
    taken: list[float] = field(default_factory=list)
    errors: dict[str, int] = field(default_factory=dict)
    recovered: float = 0.0

    async def idle(self) -> Talk:
        """Somebody who may speak; a new visitor when all are waiting."""
        for talk in self.talks:
            if not talk.is_busy and talk.step < len(SAYS):
                talk.is_busy = True
                return talk
        talk = Talk("", len(self.talks), is_busy=True)
        self.talks.append(talk)
        answer = await self.client.post("/api/v1/conversations")
        talk.token = answer.json()["token"]
        return talk

    async def say(self, due: float, counts: bool, text: str | None = None) -> None:
        """One message of somebody, its time counted from when it was due."""
        talk = None
        try:
            talk = await self.idle()
            said = text or SAYS[talk.step].format(number=f"-last-{talk.number}")
            headers = {"Authorization": f"Bearer {talk.token}"}
            body = {"text": said, "id": uuid4().hex}
            answer = await self.client.post("/api/v1/messages", json=body, headers=headers)
            took = (time.monotonic() - due) * 1000
            if answer.status_code != 200:
                raise ValueError(str(answer.status_code))
            turn = answer.json()
            talk.sent.append(said)
            if text is None:
                talk.step += 1
                talk.code = (turn["registration"] or {}).get("code") or talk.code
                if counts:
                    self.taken.append(took)
        except (httpx.HTTPError, ValueError, KeyError) as error:
            name = str(error) if isinstance(error, ValueError) else type(error).__name__
            self.errors[name] = self.errors.get(name, 0) + 1
        finally:
            if talk is not None:
                talk.is_busy = False

    async def arrive(self, rate: float, seconds: float, text: str | None = None) -> None:
        """Messages at random moments, this many a second."""
        chance, began = random.Random(SEED), time.monotonic()
        due, running = began, set[asyncio.Task[None]]()
        while (due := due + chance.expovariate(rate)) < began + WARM_UP + seconds:
            await asyncio.sleep(max(0, due - time.monotonic()))
            nasty = chance.choice(POISON) if text else None
            task = asyncio.create_task(self.say(due, due > began + WARM_UP, nasty))
            running.add(task)
            task.add_done_callback(running.discard)
        if text is None:
            running.add(asyncio.create_task(self.recover()))
        await asyncio.gather(*running)

    async def recover(self) -> None:
        """Seconds after the last message until somebody new is answered quickly, three times."""
        began, quick = time.monotonic(), 0
        headers: dict[str, str] = {}
        while quick < IN_A_ROW:
            asked = time.monotonic()
            with contextlib.suppress(httpx.HTTPError, KeyError, ValueError):
                if not headers:
                    new = (await self.client.post("/api/v1/conversations")).json()
                    headers = {"Authorization": f"Bearer {new['token']}"}
                body = {"text": SAYS[quick], "id": uuid4().hex}
                answer = await self.client.post("/api/v1/messages", json=body, headers=headers)
                took = time.monotonic() - asked
                quick = quick + 1 if answer.status_code == 200 and took < QUICK else 0
            await asyncio.sleep(0.2)
        self.recovered = time.monotonic() - began

    async def lost(self) -> int:
        """Messages that were answered and do not stand in the history."""
        missing = 0
        for talk in self.talks:
            headers = {"Authorization": f"Bearer {talk.token}"}
            answer = await self.client.get("/api/v1/messages", headers=headers)
            # a typed title of a button is kept as that title
            kept = Counter(
                each["text"].casefold()
                for each in answer.json()["messages"]
                if each["from"] == "visitor"
            )
            sent = Counter(text.casefold() for text in talk.sent if text not in POISON)
            missing += (sent - kept).total()
        return missing


async def run(house: House, stage: Stage) -> dict[str, Any]:
    """The load, and what came of it."""
    limits = httpx.Limits(max_connections=512)
    async with httpx.AsyncClient(
        base_url=house.url, timeout=PATIENCE, trust_env=False, limits=limits
    ) as client:
        load = Load(client)
        arriving = [load.arrive(stage.rate, stage.seconds)]
        if stage.poison:
            arriving.append(load.arrive(stage.poison, stage.seconds, text="nasty"))
        await asyncio.gather(*arriving)
        codes = {talk.code for talk in load.talks if talk.code}
        found = [lead["code"] for lead in house.leads()]
        return {
            "messages": len(load.taken),
            "conversations": len(load.talks),
            **spread(load.taken),
            "slowest_ms": round(max(load.taken), 1),
            "recovered_s": round(load.recovered, 1),
            "errors": load.errors,
            "lost": await load.lost(),
            "registered": len(codes),
            "registered_and_not_on_the_list": len(codes - set(found)),
            "twice_on_the_list": len(found) - len(set(found)),
        }


def steady(stage: Stage) -> dict[str, Any]:
    """What came of a stream of messages."""
    with tempfile.TemporaryDirectory() as folder, running_house(Path(folder)) as house:
        pids = {name: child.pid for name, child in house.children().items()}
        found = asyncio.run(run(house, stage))
        died = {name: child.pid for name, child in house.children().items()} != pids
        memory = {n: round(c.memory_info().rss / 1e6) for n, c in house.children().items()}
    return {**vars(stage), **found, "a_process_died": died, "memory_mb": memory}


def main(name: str, seconds: int, beside_plain: bool) -> int:
    """Run a stage, keep and print it; gives 0 when all is well.

    0 seconds is as long as the stage says. Only the overload may turn messages away.
    """
    from bench import plain, stages

    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    figures: dict[str, Any] = {"stage": name, "machine": machine, "seed": SEED}
    figures["load_before"] = psutil.getloadavg()[0]
    if name in STAGES:
        stage = STAGES[name]
        stage = Stage(stage.rate, seconds or stage.seconds, stage.poison)
        figures |= steady(stage)
        if beside_plain:
            figures["plain_rasa"] = plain.measure(stage)
    else:
        figures |= stages.stage(name)
    RESULTS.mkdir(parents=True, exist_ok=True)
    short = f"-{seconds}s" if seconds else ""
    (RESULTS / f"load-{name}{short}.json").write_text(json.dumps(figures, indent=2) + "\n")
    print(json.dumps(figures, indent=2))
    allowed = {"errors"} if name == OVERLOAD else set()
    return int(any(figures.get(each) for each in WRONG if each not in allowed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), sys.argv[3] == "1"))
