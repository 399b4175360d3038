"""Two gateways and two engines on PostgreSQL and Redis: nothing is lost and nothing done twice."""

import asyncio
import json
import subprocess
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from bot.content.facts import FactsFromFiles
from bot.content.texts import TextsFromFiles
from bot.storage.cipher import token_hash
from bot.storage.work import connect
from tests.support.house import ROOT, House, running_house
from tests.support.parts import StandingClock
from tests.support.patience import PATIENCE
from tests.support.postgres import free_port, programs, running_postgres
from tests.support.redis import RedisServer, program, running_redis
from tests.support.telegram_visitor import FakeApi, TelegramVisitor, running_fake_telegram

pytestmark = [pytest.mark.engine, pytest.mark.postgres, pytest.mark.redis]

TEXTS = dict(TextsFromFiles(FactsFromFiles.load(), StandingClock()))
TROUBLE = {
    each.text for key in ("utter_trouble", "utter_trouble_registration") for each in TEXTS[key]
}
CONVERSATIONS, MESSAGES = 20, 5
REGISTER = 8
SAYS = {
    "sector": "installatietechniek",
    "employment": "ik werk in loondienst",
    "education_level": "mbo 4",
    "years_experience": "vijftien jaar",
    "employer_consent": "ja",
    "school_type": "mbo",
    "consent": "ja dat mag",
    "name": "Kanarie de Gele",
    "phone": "06-12345678",
    "region": "Zwolle",
    "company": "overslaan",
    "confirm": "ja, meld mij aan",
}


class Patient:
    """A visitor whose messages go to any gateway, and who sends again what was not answered."""

    def __init__(self, urls: list[str]) -> None:
        self.clients = [
            httpx.Client(base_url=url, timeout=PATIENCE, trust_env=False) for url in urls
        ]
        self.gateways = cycle(self.clients)
        self.troubles = 0
        self.token: str = self.clients[0].post("/api/v1/conversations").json()["token"]
        for client in self.clients:
            client.headers["Authorization"] = f"Bearer {self.token}"

    def say(self, words: str, first: int = 0) -> dict[str, Any]:
        """The answer that is kept; the first try is at gateway `first`, or else at the next."""
        body = {"text": words, "id": uuid.uuid4().hex}
        until = time.monotonic() + 2 * PATIENCE
        gateway = self.clients[first] if first else next(self.gateways)
        while time.monotonic() < until:
            try:
                answer = gateway.post("/api/v1/messages", json=body)
            except httpx.HTTPError:
                answer = None
            if answer is not None and answer.status_code == 200:
                turn: dict[str, Any] = answer.json()
                said = {message["text"] for message in turn["messages"]}
                assert said, "silence"
                if not said & TROUBLE:
                    return turn
            self.troubles += 1
            time.sleep(0.2)
            gateway = next(self.gateways)
        raise AssertionError("never answered")

    def history(self) -> list[dict[str, Any]]:
        """Everything said."""
        found: list[dict[str, Any]] = self.clients[-1].get("/api/v1/messages").json()["messages"]
        return found

    def close(self) -> None:
        """Let the connections go."""
        for client in self.clients:
            client.close()


def register(visitor: Patient, email: str) -> str:
    """Answer whatever is asked until he is registered; the code."""
    asks, outcome = None, None
    asked: list[str | None] = []
    for _ in range(60):
        wish = "ik wil me aanmelden" if outcome else "kom ik in aanmerking?"
        turn = visitor.say(email if asks == "email" else SAYS.get(str(asks), wish))
        if turn["registration"]:
            return str(turn["registration"]["code"])
        asks, outcome = turn["asks"], turn["outcome"] or outcome
        asked.append(asks)
    raise AssertionError(f"never registered, outcome {outcome}, was asked {asked}")


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisServer]:
    path = program()
    if path is None:
        pytest.fail("Redis is not installed; .ci/run installs it")
    with running_redis(path) as server:
        yield server


@pytest.fixture(scope="module")
def leads() -> Iterator[str]:
    """The leads database, on a server that has one for the engines as well."""
    folder = programs()
    if folder is None:
        pytest.fail("PostgreSQL is not installed; .ci/run installs it")
    with running_postgres(folder) as url:
        rows(url, "CREATE DATABASE tracker")
        yield url


@pytest.fixture(scope="module")
def tracker(leads: str) -> str:
    return leads.removesuffix("postgres") + "tracker"


@pytest.fixture(scope="module")
def chats() -> Iterator[FakeApi]:
    with running_fake_telegram() as api:
        yield api


@pytest.fixture(scope="module")
def several(
    tmp_path_factory: pytest.TempPathFactory,
    leads: str,
    tracker: str,
    redis: RedisServer,
    chats: FakeApi,
) -> Iterator[House]:
    var: Path = tmp_path_factory.mktemp("several")
    with running_house(
        var,
        gateways="2",
        shards="2",
        database_url=leads,
        tracker_url=tracker,
        redis_url=redis.url,
        telegram_token=chats.fake.token,
        telegram_api=chats.fake.url,
        now="2026-11-23T12:00:00+01:00",
    ) as house:
        yield house


def rows(url: str, query: str) -> list[Any]:
    """What a database says."""

    async def ask() -> list[Any]:
        engine = connect(url.replace("postgresql://", "postgresql+asyncpg://"))
        alone = engine.execution_options(isolation_level="AUTOCOMMIT")
        async with alone.connect() as connection:
            found = await connection.execute(text(query))
            kept = list(found.all()) if found.returns_rows else []
        await engine.dispose()
        return kept

    return asyncio.run(ask())


def heard(tracker: str) -> dict[str, list[int]]:
    """By conversation the numbers of the messages that an engine took, in order."""
    query = "SELECT sender_id, data FROM events WHERE type_name = 'user' ORDER BY id"
    found: dict[str, list[int]] = {}
    for sender, data in rows(tracker, query):
        name = json.loads(data)["message_id"]
        if name.isdecimal():
            found.setdefault(sender, []).append(int(name))
    return found


def answered(leads: str) -> dict[str, tuple[str, list[int]]]:
    """By hash of the token a conversation and the numbers of its answered messages, in order."""
    query = """
        SELECT token_hash, c.id, e.id FROM conversations c JOIN exchanges e
        ON e.conversation_id = c.id AND e.said IS NOT NULL AND e.reply IS NOT NULL ORDER BY e.id
    """
    found: dict[str, tuple[str, list[int]]] = {}
    for token, name, number in rows(leads, query):
        found.setdefault(token, (name, []))[1].append(number)
    return found


def test_messages_at_once_to_both_gateways_are_each_answered_once_and_in_order(
    several: House, leads: str, tracker: str, figure: Callable[[str], None]
) -> None:
    visitors = [Patient(several.urls) for _ in range(CONVERSATIONS)]
    asked = [f"wat kost het, vraag {number}?" for number in range(MESSAGES)]
    began = time.monotonic()
    with ThreadPoolExecutor(CONVERSATIONS * MESSAGES) as pool:
        jobs = [
            pool.submit(visitor.say, words, number % 2)
            for visitor in visitors
            for number, words in enumerate(asked)
        ]
        for job in jobs:
            job.result()
    seconds, again = time.monotonic() - began, sum(visitor.troubles for visitor in visitors)
    figure(f"{len(jobs)} messages at once, 2 gateways, 2 engines: {seconds:.1f} s, {again} again")
    taken, kept = heard(tracker), answered(leads)
    for visitor in visitors:
        said = [each["text"] for each in visitor.history() if each["from"] == "visitor"]
        assert Counter(said) == Counter(asked)
        name, numbers = kept[token_hash(visitor.token)]
        assert len(numbers) == MESSAGES
        if visitor.troubles:  # what he sent again, an engine may have heard before
            assert set(taken[name]) == set(numbers)
        else:
            assert taken[name] == numbers
        visitor.close()


def test_the_same_message_at_both_gateways_at_once_is_taken_once(several: House) -> None:
    visitor = Patient(several.urls)
    body = {"text": "wat kost het?", "id": "een-klik"}
    with ThreadPoolExecutor(8) as pool:
        jobs = [
            pool.submit(client.post, "/api/v1/messages", json=body)
            for client in visitor.clients * 4
        ]
        turns = [job.result().json() for job in jobs]
    assert all(turn == turns[0] for turn in turns)
    assert len([each for each in visitor.history() if each["from"] == "visitor"]) == 1
    visitor.close()


@pytest.mark.nightly
@pytest.mark.parametrize("part", ["engine-1", "gateway-1", "gateway"])
def test_a_part_that_is_killed_meanwhile_loses_nobody_and_nothing(
    several: House, part: str
) -> None:
    emails = [f"{part}-{number}@voorbeeld.nl" for number in range(REGISTER)]
    visitors = [Patient(several.urls) for _ in emails]
    with ThreadPoolExecutor(REGISTER) as pool:
        jobs = [pool.submit(register, *each) for each in zip(visitors, emails, strict=True)]
        for _ in range(2):
            several.kill(part)
            several.await_ready()
        codes = [job.result() for job in jobs]
    found = {lead["email"]: lead["code"] for lead in several.leads() if lead["email"] in emails}
    assert found == dict(zip(emails, codes, strict=True))
    assert len([lead for lead in several.leads() if lead["email"] in emails]) == REGISTER
    for visitor in visitors:
        visitor.close()


def test_telegram_is_answered_once_and_known_at_both_gateways(
    several: House, chats: FakeApi
) -> None:
    person = TelegramVisitor(chats, 5100)
    assert "digitale assistent" in person.say("/start")
    for number in range(5):
        person.say(f"wat kost het, vraag {number}?")
    assert len(chats.fake.messages(5100)) == 6
    for url in several.urls:
        assert "telegram" in httpx.get(f"{url}/api/v1/widget").json()
    logs = b"".join(path.read_bytes() for path in (several.var / "logs").glob("gateway*"))
    assert b"telegram_second_poller" not in logs


def test_both_gateways_count_a_network_together(several: House) -> None:
    headers = {"X-Forwarded-For": "203.0.113.7"}
    found = [
        httpx.post(f"{url}/api/v1/conversations", headers=headers).status_code
        for _ in range(11)
        for url in several.urls
    ]
    assert Counter(found) == {201: 20, 429: 2}


def test_a_second_engine_on_a_shard_refuses(several: House) -> None:
    running = several.children()["engine-1"]
    words = running.cmdline()
    words[-2] = str(free_port())
    done = subprocess.run(
        words,
        cwd=ROOT,
        env=running.environ(),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "engine: shard 1 heeft op deze opslag al een engine; stop die eerst"
    ]
