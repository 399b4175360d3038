"""A storm: visitors register while a nemesis strikes; then everything is counted and compared."""

import asyncio
import json
import random
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from tests.faults.databases import Databases
from tests.faults.house import FaultyHouse, faulty_house
from tests.faults.nemesis import Nemesis, catalogue, lanes, schedule
from tests.faults.people import (
    CODE,
    PARTNER,
    PATIENCE,
    OnTelegram,
    OnTheWeb,
    Person,
    Told,
    expected,
    number_of,
    questions,
)
from tests.faults.proxy import CANARY
from tests.faults.report import ROWS
from tests.support.fake_smtp import FakeSmtp, running_fake_smtp
from tests.support.fake_telegram import FakeTelegram, fake_telegram

ON_THE_WEB, ON_TELEGRAM = 8, 6
"""Visitors at the same time."""
COORDINATOR: Final = "coordinator@voorbeeld.nl"
MAILED: Final = ("email", "code")
"""In a lead, to whom and about whom a mail goes."""
QUIET: Final = 900.0
"""Seconds in which the last mail went: one that failed four times is tried after a quarter."""
LOOK: Final = 2.0
"""Seconds between looks at what is still on its way."""


@dataclass
class Outcome:
    """What a storm did, and what was found afterwards."""

    struck: Counter[str]
    missed: Counter[str]
    told: Told
    found: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def wrong(self) -> dict[str, int]:
        """Everything that must be nought and is not."""
        return {name: self.found[name] for name in NEVER if self.found.get(name)}


NEVER: Final = (
    "lost_registrations",
    "doubled_registrations",
    "false_confirmations",
    "silent_turns",
    "late_turns",
    "held_up",
    "broken_texts",
    "two_answers",
    "lost_or_doubled",
    "unanswered",
    "somebody_elses",
    "slots_written",
    "refused",
    "never_finished",
    "died_of_input",
    "canaries_in_files",
    "canaries_between_processes",
    "mails_lost",
    "notices_lost",
    "wrong_leads",
    "gave_up",
    "bound_lightly",
    "minors_asked",
    "not_known_any_more",
    "visitor_broke",
)


async def storm(folder: Path, count: int, seed: int, databases: Databases | None = None) -> Outcome:
    """Strike `count` times, heal, and compare what was told with what is there."""
    chance = random.Random(seed)
    with running_fake_smtp() as smtp:
        async with fake_telegram(is_local=True) as api:
            more = {
                "smtp_url": smtp.url(),
                "coordinator_email": COORDINATOR,
                "telegram_token": api.token,
                "telegram_api": api.url,
                "telegram_mode": "webhook",
            }
            async with faulty_house(folder, databases, **more) as house:
                faults = schedule(count, catalogue(house.databases.faults), chance)
                return await _storm_on(house, smtp, api, faults, chance)


async def _storm_on(
    house: FaultyHouse,
    smtp: FakeSmtp,
    api: FakeTelegram,
    faults: list[str],
    chance: random.Random,
) -> Outcome:
    told, began, over = Told(), time.monotonic(), asyncio.Event()
    habits: list[str] = []
    nemesis = Nemesis(told, chance, habits, house, smtp, api)
    numbers, on_telegram = iter(range(1_000_000)), list[OnTelegram]()

    async def keep_coming(kind: str) -> None:
        while not over.is_set():
            person = Person(next(numbers))
            try:
                if kind == "web":
                    await OnTheWeb(house.url, person, told, habits).register()
                else:
                    chatting = OnTelegram(api, person, told, questions())
                    on_telegram.append(chatting)
                    await chatting.register()
            except Exception as error:  # noqa: BLE001  a fault of the visitor is one to see
                told.blame("visitor_broke", person.number, repr(error)[:300])

    kinds = ["web"] * ON_THE_WEB + ["telegram"] * ON_TELEGRAM
    people = [asyncio.create_task(keep_coming(kind)) for kind in kinds]
    async with asyncio.timeout(PATIENCE):
        await told.first.wait()  # what strikes a registration needs somebody who registers
    telling = asyncio.create_task(nemesis.tell())
    await asyncio.gather(*(nemesis.strike_all(lane) for lane in lanes(faults)))
    telling.cancel()
    over.set()
    await asyncio.gather(*people)
    outcome = Outcome(nemesis.struck, nemesis.missed, told)
    await house.until_ready()
    looked_at = {name: 0 for _, name in ROWS}
    compared = await _compare(house, smtp, told)
    for each in on_telegram:
        each.count()
    outcome.found = looked_at | dict(told.counts) | compared
    outcome.seconds = time.monotonic() - began
    return outcome


async def _compare(house: FaultyHouse, smtp: FakeSmtp, told: Told) -> dict[str, int]:
    """What was told to people beside what is stored, mailed and written."""
    leads: list[dict[str, Any]] = await asyncio.to_thread(house.owner().leads)
    wanted = Counter(str(lead[each]) for lead in leads for each in MAILED)
    mailed = await _mailed(house, smtp, wanted)
    addresses = Counter(str(lead["email"]) for lead in leads)
    files = await asyncio.to_thread(_canaries, house)
    between = house.to_engine.canaries + house.to_actions.canaries
    return {
        **held_against(leads, told),
        "mails_lost": sum(max(0, leads_of - mailed[mail]) for mail, leads_of in addresses.items()),
        "mails_twice": sum(max(0, mailed[mail] - leads_of) for mail, leads_of in addresses.items()),
        "notices_lost": sum(1 for lead in leads if not mailed[str(lead["code"])]),
        "canaries_in_files": sum(files.values()),
        **{f"canaries in {name}": number for name, number in files.items() if number},
        "canaries_between_processes": between,
        "died_of_input": sum(part.other_ends for part in house.parts.values()),
        "ended_on_purpose": sum(part.fail_stops for part in house.parts.values()),
    }


def held_against(leads: list[dict[str, Any]], told: Told) -> dict[str, int]:
    """What is on the list beside what people were told."""
    codes = Counter(str(lead["code"]) for lead in leads)
    people = Counter((str(lead["email"]), str(lead["name"])) for lead in leads)
    return {
        "leads": len(leads),
        "told_registered": len(told.codes),
        "lost_registrations": sum(code not in codes for code in told.codes.values()),
        "doubled_registrations": sum(n - 1 for n in (*codes.values(), *people.values()) if n > 1),
        "wrong_leads": _wrong(leads, told),
    }


def _canaries(house: FaultyHouse) -> dict[str, int]:
    """How often personal data of visitors stands in each file, and in each database of a server."""
    kept = {path.name: path.read_bytes() for path in house.var.rglob("*") if path.is_file()}
    kept |= house.databases.content()
    return {name: len(CANARY.findall(content)) for name, content in kept.items()}


def _wrong(leads: list[dict[str, Any]], told: Told) -> int:
    """Leads that say something else than the person did, or do not say that he agreed."""
    count = 0
    for lead in leads:
        found = re.fullmatch(r"kanarie-([a-z]+)@voorbeeld\.nl", lead["email"])
        meant = expected(found[1] if found else "")
        if lead["name"].startswith(PARTNER):
            meant["name"] = meant["name"].replace("Jan", PARTNER)
        differs = {name: lead[name] for name, value in meant.items() if lead[name] != value}
        if not all(lead["consent"].values()):
            differs["consent"] = lead["consent"]
        if differs:
            told.blame("wrong_leads", number_of(found[1] if found else "a"), f"{differs}")
            count += 1
    return count


async def _mailed(house: FaultyHouse, smtp: FakeSmtp, wanted: Counter[str]) -> Counter[str]:
    """How many confirmations each person got, and the coordinator of each code.

    Counted when nothing is on its way any more: what failed twice is tried only minutes later.
    """
    deadline = time.monotonic() + QUIET
    while wanted - _received(smtp) and time.monotonic() < deadline:
        if not await asyncio.to_thread(_is_on_its_way, house):
            break
        await asyncio.sleep(LOOK)
    return _received(smtp)


def _received(smtp: FakeSmtp) -> Counter[str]:
    mailed: Counter[str] = Counter()
    for mail in list(smtp.received):
        if found := CODE.search(mail.text):
            is_notice = COORDINATOR in mail.recipients
            mailed[found[0] if is_notice else mail.recipients[0]] += 1
    return mailed


def _is_on_its_way(house: FaultyHouse) -> bool:
    """Whether any mail is to be tried yet."""
    return any(
        each["next_try"] for each in json.loads(house.owner().command("mails", "list", "--json"))
    )


def as_json(outcome: Outcome, **more: Any) -> str:
    """Everything, for a file."""
    kept = {
        **more,
        "faults": outcome.struck.total(),
        "seconds": round(outcome.seconds),
        "struck": dict(sorted(outcome.struck.items())),
        "missed": dict(sorted(outcome.missed.items())),
        "found": dict(sorted(outcome.found.items())),
        **_spread("wait", outcome.told.waits),
        **_spread("hold", outcome.told.holds),
        "wrong": outcome.told.wrong[:200],
    }
    return json.dumps(kept, indent=2, ensure_ascii=False)


def _spread(name: str, seconds: list[float]) -> dict[str, float]:
    """Half of them took less than p50; nothing of what was not looked at."""
    if not seconds:
        return {}
    each = sorted(seconds)
    at = {"p50": each[len(each) // 2], "p99": each[int(len(each) * 0.99)], "max": each[-1]}
    return {f"{name}_{place}": round(took, 3) for place, took in at.items()}
