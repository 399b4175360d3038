"""D9: the load of D2 while every process is killed, the database locked and the mail away."""

import asyncio
import json
import sqlite3
import statistics
import time
from collections import Counter
from collections.abc import Callable, Coroutine
from contextlib import closing
from dataclasses import replace
from typing import Any, Final

import httpx

from bench.load import STAGES, WARM_UP, Found, busy_house, recovery, run
from tests.support.fake_smtp import FakeSmtp, running_fake_smtp
from tests.support.house import House

Strike = Callable[[], Coroutine[Any, Any, object]]

EVERY: Final = 60.0
"""Seconds between two kills of the same process."""
LOCKED: Final = 3.0
WITHOUT_MAIL: Final = 1 / 3
"""Of the time: five of the fifteen minutes."""
SETTLED: Final = 600.0
"""Seconds in which the mail is to be sent that could not be sent before."""


def chaos(seconds: int) -> dict[str, Any]:
    """What came of it."""
    stage = replace(STAGES["D2"], seconds=seconds or STAGES["D2"].seconds)
    with running_fake_smtp() as post, busy_house(smtp_url=post.url()) as (house, api):

        async def harm(client: httpx.AsyncClient) -> Found:
            return await _strike(house, post, client, stage.seconds)

        found = asyncio.run(run(house, api, stage, harm))
        people = {lead["email"] for lead in house.leads()}
        return {**vars(stage), **found, **_read(house, post, people)}


async def _strike(house: House, post: FakeSmtp, client: httpx.AsyncClient, seconds: float) -> Found:
    """One thing after another, each once in so many seconds, and how soon all is well again."""
    strikes: list[Strike] = [_kill(house, name) for name in ("engine", "actions", "gateway")]
    strikes.append(lambda: asyncio.to_thread(_lock, house))
    await asyncio.sleep(WARM_UP)
    post.replies["MAIL"] = "421 Try again later"
    began, struck = time.monotonic(), 0
    back: list[asyncio.Task[float]] = []
    async with asyncio.TaskGroup() as running:
        while (now := time.monotonic() - began) < seconds:
            if now > seconds * WITHOUT_MAIL:
                post.replies.clear()
            running.create_task(strikes[struck % len(strikes)]())
            struck += 1
            back.append(running.create_task(recovery(client)))
            await asyncio.sleep(EVERY / len(strikes))
        post.replies.clear()
    taken = sorted(task.result() for task in back)
    return {
        "strikes": struck,
        "back_after_s": {
            "p50": round(statistics.median(taken), 1),
            "p95": round(taken[int(0.95 * (len(taken) - 1))], 1),
            "longest": round(taken[-1], 1),
        },
    }


def _kill(house: House, name: str) -> Strike:
    return lambda: asyncio.to_thread(house.kill, name)


def _lock(house: House) -> None:
    """Somebody else writes, and takes his time."""
    path = house.var / "instap.db"
    with closing(sqlite3.connect(path, isolation_level=None, timeout=EVERY)) as file:
        file.execute("BEGIN EXCLUSIVE")
        time.sleep(LOCKED)
        file.rollback()


def _read(house: House, post: FakeSmtp, people: set[str]) -> Found:
    """Everybody on the list got his mail, and no file of ours tells who he is."""
    deadline = time.monotonic() + SETTLED
    while json.loads(house.command("mails", "list", "--json")) and time.monotonic() < deadline:
        time.sleep(1)
    mailed = Counter(each.recipients[0] for each in list(post.received))
    return {
        "mails_lost": len(people - set(mailed)),
        "mails_twice": sum(mailed[each] - 1 for each in people if mailed[each]),
        "personal_data_in_files": house.all_bytes().count(b"@voorbeeld.nl"),
    }
