"""The same storm on a plain Rasa assistant, as far as it has the parts that are struck."""

import asyncio
import contextlib
import json
import random
import re
import sqlite3
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import httpx
import yaml

from tests.faults.attacks import PAYLOADS
from tests.faults.databases import Files
from tests.faults.people import (
    AGAIN,
    BROKEN,
    PATIENCE,
    PROMISED,
    WHOSE,
    Person,
    Told,
    letters,
    number_of,
)
from tests.faults.plain_house import ACKNOWLEDGED, PROJECT, PlainHouse
from tests.faults.proxy import CANARY, SPOILS, FaultProxy
from tests.faults.report import OURS_ALONE, ROWS
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
    *(f"attack:{name}" for name in (*ATTACKS, "payload")),
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
        **{item: person.answer(item) for item in ("name", "email", "phone", "company")},
        "confirmed": "ja",
    }
    return {question(slot): answer for slot, answer in says.items()}


@cache
def question(slot: str) -> str:
    """How the question for a slot begins."""
    responses = yaml.safe_load((PROJECT / "domain.yml").read_text())["responses"]
    (asks,) = (
        each["text"]
        for key, texts in responses.items()
        if key.startswith("utter_ask_") and key.endswith(slot)
        for each in texts
    )
    return str(asks.partition("{")[0].strip())


async def post(
    client: httpx.AsyncClient, house: PlainHouse, sender: str, said: str, patience: float
) -> str:
    """What is said to a message over the stock channel; raises httpx.HTTPError."""
    answer = await client.post(
        f"http://127.0.0.1:{house.rasa_port}/webhooks/rest/webhook",
        json={"sender": sender, "message": said},
        timeout=patience,
    )
    answer.raise_for_status()
    return "\n".join(each.get("text", "") for each in answer.json())


@dataclass
class PlainVisitor:
    """One visitor over the stock REST channel, who tries again when nothing comes."""

    house: PlainHouse
    person: Person
    told: Told
    habits: list[str]
    sender: str = field(default_factory=lambda: uuid4().hex)
    sent: list[str] = field(default_factory=list)

    async def register(self) -> bool:
        """From hello to what he takes for registered; whether he got there."""
        says, opens = answers(self.person), iter([*OPENS, *[OPENS[1]] * MOST_TURNS])
        said, answered = next(opens), set[str]()
        async with httpx.AsyncClient(trust_env=False, timeout=PROMISED * 2) as client:
            try:
                async with asyncio.timeout(PATIENCE):
                    began = time.monotonic()
                    for _ in range(MOST_TURNS):
                        words = await self._say(client, said)
                        if words is None:
                            await asyncio.sleep(AGAIN)
                            continue
                        self.told.go_on(self.person.number, began, said)
                        began = time.monotonic()
                        self.sent.append(said)
                        if re.search(ACKNOWLEDGED, words):
                            self.told.codes[self.person.email] = self.person.email
                            return True
                        asked = [text for text in says if text in words][-1:]
                        self.told.counts["asked_again"] += bool(answered.intersection(asked))
                        answered.update(asked)
                        said = says[asked[0]] if asked else next(opens)
            except TimeoutError:
                self.told.blame("gave_up", self.person.number, said)
                return False
        self.told.blame("never_finished", self.person.number, said)
        return False

    async def _say(self, client: httpx.AsyncClient, said: str) -> str | None:
        habit = self.habits.pop() if self.habits else ""
        if habit == "hangs_up":
            with contextlib.suppress(httpx.HTTPError):
                await post(client, self.house, self.sender, said, 0.02)
        copies = 3 if habit == "sends_three_times" else 1
        began = time.monotonic()
        heard = await asyncio.gather(
            *(post(client, self.house, self.sender, said, PROMISED * 2) for _ in range(copies)),
            return_exceptions=True,
        )
        self.told.counts["turns"] += 1
        self.told.wait(self.person.number, began, said)
        words = [each for each in heard if isinstance(each, str)]
        if not words:
            return None  # nobody there, which a client can see
        if any(each != words[0] for each in words):
            self.told.blame("two_answers", self.person.number, said)
        if not words[-1].strip():
            self.told.blame("silent_turns", self.person.number, said)
            return None
        if set(WHOSE.findall(words[-1])) - {letters(self.person.number)}:
            self.told.blame("somebody_elses", self.person.number, words[-1])
        if BROKEN.search(words[-1]):
            self.told.blame("broken_texts", self.person.number, words[-1])
        self.told.counts["answered"] += 1
        return words[-1]


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
        if name == "payload":
            return await self._send_payload()
        url = f"http://127.0.0.1:{self.house.rasa_port}/webhooks/rest/webhook"
        async with httpx.AsyncClient(trust_env=False, timeout=PROMISED * 2) as client:
            with contextlib.suppress(httpx.HTTPError):
                await client.post(url, content=ATTACKS[name])
        return True

    async def _send_payload(self) -> bool:
        """What only a button may send, typed while a question is open: it should be open still."""
        sender, payload = uuid4().hex, self.chance.choice(PAYLOADS)
        opens = question("highest_level")
        async with httpx.AsyncClient(trust_env=False) as client:
            try:
                first, _, left = [
                    await post(client, self.house, sender, said, PROMISED)
                    for said in (OPENS[0], payload, "wat bedoelt u?")
                ]
            except httpx.HTTPError:  # another fault strikes at the same time
                return False
        if opens in first and left.strip() and opens not in left:
            self.told.blame("slots_written", -1, f"{payload}: {left}")
        return opens in first


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

    finished: dict[str, list[str]] = {}

    async def keep_coming() -> None:
        while not over.is_set():
            visitor = PlainVisitor(house, Person(next(numbers)), told, nemesis.habits)
            if await visitor.register():
                finished[visitor.sender] = visitor.sent

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
        rows = house.registrations()
    finally:
        guard.cancel()
        house.stop()
        await proxy.stop()
    files = await asyncio.to_thread(_all_but_leads, folder)
    heard = _heard(folder / "tracker.db")
    stored = Counter(row["email"] for row in rows)
    lost = sum(1 for email in told.codes if email not in stored)
    looked_at = {name: 0 for _, name in ROWS if name not in OURS_ALONE}
    outcome.found = (
        looked_at
        | dict(told.counts)
        | {
            "leads": stored.total(),
            "told_registered": len(told.codes),
            "lost_registrations": lost,
            "false_confirmations": lost,
            "doubled_registrations": sum(n - 1 for n in stored.values()),
            "wrong_leads": sum(not _says_what_he_said(row) for row in rows),
            "lost_or_doubled": sum(heard.get(sender) != sent for sender, sent in finished.items()),
            "died_of_input": nemesis.died.total(),
            "canaries_in_files": len(CANARY.findall(files)),
            "canaries_between_processes": proxy.canaries,
        }
    )
    outcome.seconds = time.monotonic() - began
    return outcome


def _all_but_leads(folder: Path) -> bytes:
    """What lies about: the tracker and the logs."""
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.name != "leads.db")


def _heard(tracker: Path) -> dict[str, list[str]]:
    """What the assistant remembers that each visitor said."""
    found: dict[str, list[str]] = {}
    with contextlib.closing(sqlite3.connect(tracker)) as connection:
        said = "SELECT sender_id, data FROM events WHERE type_name = 'user' ORDER BY id"
        for sender, data in connection.execute(said):
            found.setdefault(sender, []).append(json.loads(data)["text"])
    return found


def _says_what_he_said(row: dict[str, Any]) -> bool:
    """Whether a lead is of the person with that address, in all that he told."""
    word = row["email"].removeprefix("kanarie-").partition("@")[0]
    person = Person(number_of(word))
    told = {item: person.answer(item) for item in ("name", "email", "company")}
    told["phone"] = person.answer("phone").replace("-", "")
    return all(row[item] == value for item, value in told.items()) and row["eligible"] == 1
