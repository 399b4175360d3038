"""The same storm on a plain Rasa assistant, as far as it has the parts that are struck."""

import asyncio
import contextlib
import random
import re
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from uuid import uuid4

import httpx
import yaml

from tests.faults.databases import Files
from tests.faults.people import AGAIN, BROKEN, PATIENCE, PROMISED, Person, Told
from tests.faults.plain_house import ACKNOWLEDGED, PROJECT, PlainHouse
from tests.faults.proxy import CANARY, SPOILS, FaultProxy
from tests.faults.storm import Outcome
from tests.faults.striker import AWAY, Striker
from tests.support.postgres import free_port

VISITORS: Final = 8
MOST_TURNS: Final = 60
OPENS: Final = ("kan ik meedoen", "ik wil me aanmelden")
ATTACKS: Final = {
    "surrogate": b'{"sender": "x\\ud800", "message": "hoi"}',
    "nul": b'{"sender": "x\\u0000", "message": "hoi"}',
    "deep": b'{"sender": "x", "message": ' + b"[" * 4000 + b"]" * 4000 + b"}",
    "no_json": b"hoi",
}
HABITS: Final = ("hangs_up", "sends_three_times")
FAULTS: Final = (
    *(f"to_actions:{spoil}" for spoil in SPOILS if spoil != "hang"),
    *(f"attack:{name}" for name in ATTACKS),
    *(f"habit:{name}" for name in HABITS),
    "kill:rasa",
    "kill:actions",
    "away:actions",
    "lock:leads.db",
    "lock:tracker.db",
)
OFTEN: Final = {"to_": 10, "attack": 4, "habit": 10, "kill:rasa": 1, "lock": 3}


def answers(person: Person) -> dict[str, str]:
    """What somebody says to each question, by how it begins."""
    says = {
        "highest_level": "mbo 4",
        "years_experience": "8 jaar",
        "sector": "installatietechniek",
        "name": "Jan Kanarievogel",
        "email": person.email,
        "phone": f"068675{person.number % 10_000:04d}",
        "company": "Kanarie Techniek BV",
        "confirmed": "ja",
    }
    responses = yaml.safe_load((PROJECT / "domain.yml").read_text())["responses"]
    return {
        each["text"].partition("{")[0].strip(): answer
        for slot, answer in says.items()
        for key, texts in responses.items()
        if key.startswith("utter_ask_") and key.endswith(slot)
        for each in texts
    }


@dataclass
class PlainVisitor:
    """One visitor over the stock REST channel, who tries again when nothing comes."""

    house: PlainHouse
    person: Person
    told: Told
    habits: list[str]
    sender: str = field(default_factory=lambda: uuid4().hex)

    async def register(self) -> None:
        """From hello to what he takes for registered."""
        says, opens = answers(self.person), iter([*OPENS, *[OPENS[1]] * MOST_TURNS])
        said = next(opens)
        async with httpx.AsyncClient(trust_env=False, timeout=PROMISED * 2) as client:
            try:
                async with asyncio.timeout(PATIENCE):
                    for _ in range(MOST_TURNS):
                        words = await self._say(client, said)
                        if words is None:
                            await asyncio.sleep(AGAIN)
                            continue
                        if re.search(ACKNOWLEDGED, words):
                            self.told.codes[self.person.email] = self.person.email
                            return
                        asked = [answer for text, answer in says.items() if text in words]
                        said = asked[-1] if asked else next(opens)
            except TimeoutError:
                pass
        self.told.blame("never_finished", self.person.number, said)

    async def _say(self, client: httpx.AsyncClient, said: str) -> str | None:
        habit = self.habits.pop() if self.habits else ""
        if habit == "hangs_up":
            with contextlib.suppress(httpx.HTTPError):
                await self._post(client, said, 0.02)
        copies = 3 if habit == "sends_three_times" else 1
        began = time.monotonic()
        heard = await asyncio.gather(
            *(self._post(client, said, PROMISED * 2) for _ in range(copies)), return_exceptions=True
        )
        self.told.counts["turns"] += 1
        self.told.wait(self.person.number, began, said)
        words = [each for each in heard if isinstance(each, str)]
        if not words:
            return None  # nobody there, which a client can see
        if not words[-1].strip():
            self.told.blame("silent_turns", self.person.number, said)
            return None
        if BROKEN.search(words[-1]):
            self.told.blame("broken_texts", self.person.number, words[-1])
        self.told.counts["answered"] += 1
        return words[-1]

    async def _post(self, client: httpx.AsyncClient, said: str, patience: float) -> str:
        answer = await client.post(
            f"http://127.0.0.1:{self.house.rasa_port}/webhooks/rest/webhook",
            json={"sender": self.sender, "message": said},
            timeout=patience,
        )
        answer.raise_for_status()
        return "\n".join(each.get("text", "") for each in answer.json())


@dataclass
class PlainNemesis(Striker):
    """Strikes the plain assistant."""

    house: PlainHouse
    to_actions: FaultProxy
    meant: set[str] = field(default_factory=set)
    died: Counter[str] = field(default_factory=Counter)
    away: set[str] = field(default_factory=set)

    async def keep_alive(self) -> None:
        """Start again what ended, as whoever runs it would have arranged."""
        while True:
            for part in ("rasa", "actions"):
                process = self.house._processes.get(part)
                if process is not None and process.poll() is not None:
                    self.died[part] += part not in self.meant
                    self.meant.discard(part)
                    self.house._processes.pop(part)
                if part not in self.house._processes and part not in self.away:
                    self.house.start(part)
            await asyncio.sleep(0.1)

    async def strike(self, name: str) -> bool:
        """One fault; whether somebody met it."""
        kind, _, what = name.partition(":")
        ways: dict[str, Callable[[str], Awaitable[bool]]] = {
            "to_actions": lambda how: self.spoil(self.to_actions, how),
            "attack": self._attack,
            "habit": self.behave,
            "kill": self._kill,
            "away": self._away,
            "lock": lambda _file: self.strike_database(Files(self.house.folder), name),
        }
        return await ways[kind](what)

    async def _kill(self, part: str) -> bool:
        process = self.house._processes.get(part)
        if process is None:
            return False
        self.meant.add(part)
        process.kill()
        await asyncio.sleep(0.3)
        return True

    async def _away(self, part: str) -> bool:
        self.away.add(part)
        struck = await self._kill(part)
        await asyncio.sleep(self.chance.choice(AWAY))
        self.away.discard(part)
        return struck

    async def _attack(self, name: str) -> bool:
        url = f"http://127.0.0.1:{self.house.rasa_port}/webhooks/rest/webhook"
        async with httpx.AsyncClient(trust_env=False, timeout=PROMISED * 2) as client:
            with contextlib.suppress(httpx.HTTPError):
                await client.post(url, content=ATTACKS[name])
        return True


async def plain_storm(folder: Path, count: int, seed: int) -> Outcome:
    """Strike `count` times, heal, and compare what was told with what is there."""
    chance, told, began = random.Random(seed), Told(), time.monotonic()
    actions_port = free_port()
    proxy = FaultProxy(actions_port)
    await proxy.start()
    house = PlainHouse(folder, free_port(), actions_port, proxy.port)
    for part in ("actions", "rasa"):
        house.start(part)
    await asyncio.to_thread(house.await_ready)
    nemesis = PlainNemesis(told, chance, [], house, proxy)
    guard = asyncio.create_task(nemesis.keep_alive())
    over, numbers = asyncio.Event(), iter(range(1_000_000))

    async def keep_coming() -> None:
        while not over.is_set():
            await PlainVisitor(house, Person(next(numbers)), told, nemesis.habits).register()

    people = [asyncio.create_task(keep_coming()) for _ in range(VISITORS)]
    a_round = [
        name
        for name in FAULTS
        for _ in range(next((n for kind, n in OFTEN.items() if name.startswith(kind)), 2))
    ]
    faults = a_round * -(-count // len(a_round))
    chance.shuffle(faults)
    outcome = Outcome(Counter(), Counter(), told)
    try:
        for name in faults[:count]:
            await nemesis.breathe()
            (outcome.struck if await nemesis.strike(name) else outcome.missed)[name] += 1
        over.set()
        await asyncio.gather(*people)
        stored = Counter(row["email"] for row in house.registrations())
    finally:
        guard.cancel()
        house.stop()
        await proxy.stop()
    files = await asyncio.to_thread(_all_but_leads, folder)
    lost = sum(1 for email in told.codes if email not in stored)
    outcome.found = dict(told.counts) | {
        "leads": stored.total(),
        "told_registered": len(told.codes),
        "lost_registrations": lost,
        "false_confirmations": lost,
        "doubled_registrations": sum(n - 1 for n in stored.values()),
        "died_of_input": nemesis.died.total(),
        "canaries_in_files": len(CANARY.findall(files)),
        "canaries_between_processes": proxy.canaries,
    }
    outcome.seconds = time.monotonic() - began
    return outcome


def _all_but_leads(folder: Path) -> bytes:
    """What lies about: the tracker and the logs."""
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.name != "leads.db")
