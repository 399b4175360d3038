"""Does harm to a running house, one fault after another, and counts what really struck."""

import asyncio
import contextlib
import random
import signal
import time
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from tests.faults.attacks import ATTACKS, attack
from tests.faults.house import PARTS, FaultyHouse
from tests.faults.proxy import SPOILS
from tests.faults.striker import AWAY, Striker, until
from tests.support.fake_smtp import FakeSmtp
from tests.support.fake_telegram import FakeTelegram

TELL: Final = 30.0
"""Seconds between two lines about how it goes."""
STOPS: Final = (0.2, 1.0, 3.0)
FAILPOINTS: Final = (*(f"K{number}" for number in range(10)), "K8-mail", "K9-mail")
HABITS: Final = ("hangs_up", "sends_three_times", "sends_an_old_one")
TELEGRAM: Final = ("telegram_500", "telegram_429", "telegram_silent", "telegram_lost_200")
MAIL: Final = ("mail_421", "mail_451", "mail_drops_after_data")
OFTEN: Final = {
    "K": 24,
    "to_": 20,
    "attack:payload": 24,
    "attack": 5,
    "habit": 20,
    "telegram": 12,
    "mail": 10,
}
"""How many of each kind in a round of all; what takes seconds comes less often."""
SELDOM: Final = 5
LANES: Final = {
    "to_engine": "requests",
    "to_actions": "requests",
    "attack": "attacks",
    "habit": "visitors",
    **dict.fromkeys(TELEGRAM, "visitors"),
    "mail": "mail",
    **dict.fromkeys(("K0", "K1", "K2", "K7", "K8", "K9"), "front door"),
}
"""By kind; what else strikes is a place behind the front door, a whole process, or a database."""


def catalogue(of_databases: Sequence[str]) -> list[str]:
    """Every fault by name; those of the databases differ by kind."""
    return [
        *FAILPOINTS,
        *(f"to_engine:{spoil}" for spoil in SPOILS),
        *(f"to_actions:{spoil}" for spoil in SPOILS),
        *(f"attack:{name}" for name in ATTACKS),
        *(f"habit:{name}" for name in HABITS),
        *TELEGRAM,
        *MAIL,
        *(f"{how}:{part}" for how in ("kill", "freeze", "away") for part in PARTS),
        *of_databases,
    ]


def schedule(count: int, kinds: Sequence[str], chance: random.Random) -> list[str]:
    """This many faults, each kind by its share, in an order of chance."""
    round_of_all = [
        name
        for name in kinds
        for _ in range(next((n for kind, n in OFTEN.items() if name.startswith(kind)), SELDOM))
    ]
    if count < len(kinds):
        return chance.sample(kinds, count)
    if count < len(round_of_all):
        return [*kinds] + chance.sample(round_of_all, count - len(kinds))
    rounds = -(-count // len(round_of_all))
    chosen = (round_of_all * rounds)[:]
    chance.shuffle(chosen)
    return chosen[:count]


def lanes(faults: list[str]) -> list[list[str]]:
    """What strikes at the same time: processes, requests between them, visitors, the mail."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name in faults:
        kind = "mail" if "mail" in name else name.partition(":")[0]
        found[LANES.get(kind, "behind it")].append(name)
    return list(found.values())


@dataclass
class Nemesis(Striker):
    """Strikes a house; `struck` is what somebody ran into, `missed` what nobody met in time."""

    house: FaultyHouse
    smtp: FakeSmtp
    api: FakeTelegram
    struck: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    took: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))

    async def strike_all(self, names: list[str]) -> None:
        """One after another."""
        for name in names:
            await self.strike(name)
            await self.breathe()

    async def tell(self) -> None:
        """Say now and then how it goes, until cancelled."""
        began = time.monotonic()
        while True:
            await asyncio.sleep(TELL)
            slow = [name for name, _ in sorted(self.took.items(), key=lambda each: -each[1])[:4]]
            print(round(time.monotonic() - began), self.struck.total(), self.told.counts, slow)

    async def strike(self, name: str) -> None:
        """One fault, until somebody met it and it is healed."""
        began = time.monotonic()
        if await self._way(name)():
            self.struck[name] += 1
        else:
            self.missed[name] += 1
        self.took[name] += time.monotonic() - began

    def _way(self, name: str) -> Callable[[], Awaitable[bool]]:
        kind, _, what = name.partition(":")
        ways: dict[str, Callable[[], Awaitable[bool]]] = {
            "to_engine": lambda: self.spoil(self.house.to_engine, what),
            "to_actions": lambda: self.spoil(self.house.to_actions, what),
            "attack": lambda: self._attack(what),
            "habit": lambda: self.behave(what),
            "kill": lambda: self._kill(what),
            "freeze": lambda: self._freeze(what),
            "away": lambda: self._away(what),
        }
        if name in FAILPOINTS:
            return lambda: self._failpoint(name)
        if name in TELEGRAM:
            return lambda: self._telegram(name)
        if name in MAIL:
            return lambda: self._mail(name)
        if name in self.house.databases.faults:
            return lambda: self.strike_database(self.house.databases, name)
        return ways[kind]

    async def _failpoint(self, name: str) -> bool:
        file = self.house.failpoints / name
        file.touch()
        if await until(lambda: not file.exists()):
            return True
        with contextlib.suppress(FileNotFoundError):
            file.unlink()
        return False

    async def _attack(self, name: str) -> bool:
        return await attack(self.house.url, name, self.told)

    async def _telegram(self, name: str) -> bool:
        if name == "telegram_lost_200":
            self.api.lost_answers += 1
            return await until(lambda: self.api.lost_answers == 0)
        before = len(self.api.calls)
        if name == "telegram_silent":
            self.api.be_silent("sendMessage")
        else:
            code = int(name.removeprefix("telegram_"))
            self.api.fail_next("sendMessage", code, times=2, retry_after=1 if code == 429 else None)
        return await until(
            lambda: any(method == "sendMessage" for method, _ in self.api.calls[before:])
        )

    async def _mail(self, name: str) -> bool:
        before = len(self.smtp.received)
        if name == "mail_drops_after_data":
            self.smtp.drops_after_data = True
            struck = await until(lambda: len(self.smtp.received) > before)
            self.smtp.drops_after_data = False
            return struck
        self.smtp.met = 0
        self.smtp.replies["MAIL"] = f"{name.removeprefix('mail_')} Try again later"
        struck = await until(lambda: self.smtp.met > 0)
        self.smtp.replies.clear()
        return struck

    async def _kill(self, part: str) -> bool:
        await asyncio.sleep(self.chance.uniform(0, 0.3))
        return await until(lambda: self.house.parts[part].signal(signal.SIGKILL))

    async def _freeze(self, part: str) -> bool:
        stopped = self.house.parts[part]
        pid = stopped.pid
        if not stopped.signal(signal.SIGSTOP):
            return False
        await asyncio.sleep(self.chance.choice(STOPS))
        if stopped.pid == pid:
            stopped.signal(signal.SIGCONT)
        return True

    async def _away(self, part: str) -> bool:
        return await self.house.parts[part].away(self.chance.choice(AWAY))
