"""The door of the engine takes turns of the gateway and nothing else, whatever is in the body."""

import json
import random
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from bot.understanding.channel import MAX_TEXT, application, read_text, read_turn
from bot.understanding.whole import TurnFailed
from tests.support import payloads

CONVERSATION = "een-gesprek-van-22-of-meer"
GOOD = {"conversation": CONVERSATION, "turn": "7", "channel": "web", "text": "wat kost het?"}
ODD: list[Any] = [
    *(None, True, 0, -1, 1e308, float("nan"), [], {}, [1], {"a": 1}, "", " ", "x" * 5000),
    *("x\ud800", "\0", "default", "../../etc", CONVERSATION + "\n", "é" * 30, "a" * 65),
]
SEED = 2027


def test_a_turn_is_read_as_it_was_sent():
    message = read_turn(GOOD)
    assert message is not None
    assert (message.text, message.sender_id, message.message_id) == (
        "wat kost het?",
        CONVERSATION,
        "7",
    )
    assert message.input_channel == "gateway" and message.metadata == {"channel": "web"}


def test_a_text_is_no_command_and_a_command_is_no_text():
    for text in dict.fromkeys(payloads.texts()):
        message = read_turn({**GOOD, "text": text})
        assert message is None or not message.text.startswith("/"), text
    command = {name: value for name, value in GOOD.items() if name != "text"}
    assert read_turn({**command, "command": "/affirm"}) is not None
    assert read_turn({**command, "command": "affirm"}) is None


@pytest.mark.parametrize("name", ["conversation", "text"])
@pytest.mark.parametrize("value", ODD, ids=lambda value: repr(value)[:20])
def test_what_is_no_name_or_no_text_is_refused(name: str, value: Any):
    is_text = name == "text" and isinstance(value, str) and 0 < len(value) <= MAX_TEXT
    can_be_typed = is_text and not re.search("[\0\ud800-\udfff]", value)
    assert (read_turn({**GOOD, name: value}) is None) == (not can_be_typed)


def test_the_client_decides_neither_metadata_nor_channel():
    message = read_turn({**GOOD, "metadata": {"eligible": True}, "input_channel": "cmdline"})
    assert message is not None
    assert message.metadata == {"channel": "web"} and message.input_channel == "gateway"


DECIDED = {
    "intent": {"name": "inform", "confidence": 1.0},
    "topics": [],
    "told": {"sector": "bouw"},
}


def test_what_the_gateway_decided_is_taken_in_place_of_what_the_model_would_make_of_it():
    message = read_turn({**GOOD, "decided": DECIDED})
    assert message is not None and message.parse_data is not None
    assert message.parse_data["text"] == "wat kost het?"
    assert message.parse_data["told"] == {"sector": "bouw"}
    assert message.parse_data["entities"] == []


@pytest.mark.parametrize("decided", [None, [], {}, "inform", {"intent": "inform"}])
def test_what_is_no_decision_leaves_it_to_the_model(decided: Any):
    message = read_turn({**GOOD, "decided": decided})
    assert message is not None and message.parse_data is None


@pytest.mark.parametrize("text", [*ODD, "/affirm", " /restart", None])
def test_only_a_text_that_can_be_typed_is_read(text: Any):
    can_be_typed = isinstance(text, str) and 0 < len(text) <= MAX_TEXT
    can_be_typed = can_be_typed and not re.search("[\0\ud800-\udfff]", text)
    is_read = can_be_typed and not text.strip().startswith("/")
    assert (read_text({"text": text}) is not None) == bool(is_read)


def test_ten_thousand_bodies_are_read_or_refused():
    chance, refused = random.Random(SEED), 0
    letters = "aB /{}[]\"'\\:\0\ud800\u202e\ufeffé😀\n1"
    for _ in range(10_000):
        body: dict[str, Any] = dict(GOOD)
        for name in chance.sample(["conversation", "turn", "channel", "text", "command", "x"], 2):
            words = "".join(chance.choice(letters) for _ in range(chance.randrange(40)))
            body[name] = chance.choice([words, *ODD])
        message = read_turn(json.loads(json.dumps(body)))
        if message is None:
            refused += 1
            continue
        assert re.fullmatch(r"[A-Za-z0-9_-]{16,64}", message.sender_id), body
        assert "\0" not in message.text and message.text.encode() is not None
        assert message.text.startswith("/") == (body.get("command") is not None), body
        assert set(message.metadata or {}) == {"channel"}
    assert 3_000 < refused < 10_000


SECRET = {"X-Instap-Secret": "x" * 16}
TURNS, READY = "/webhooks/gateway/turns", "/webhooks/gateway/ready"
READINGS = "/webhooks/gateway/readings"
MEANT = {"intent": {"name": "faq", "confidence": 0.9}, "topics": ["faq/cost"], "clarify": []}
MEANT |= {"facets": ["faq/cost/travel"], "mood": "worried"}


class FakeAgent:
    """Says what it heard, or raises what it is given."""

    def __init__(self, failing: Exception | None = None) -> None:
        self.tracker_store = self
        self._failing = failing

    def is_ready(self) -> bool:
        return True

    async def retrieve_full_tracker(self, _conversation: str) -> None:
        return None

    async def parse_message(self, text: str) -> dict[str, Any]:
        if self._failing is not None:
            raise self._failing
        return {**MEANT, "text": text, "entities": [{"value": "bouw"}]}

    async def handle_message(self, message: Any) -> None:
        if self._failing is not None:
            raise self._failing
        await message.output_channel.send_response("", {"text": message.text, "buttons": []})


@asynccontextmanager
async def serving(agent: FakeAgent) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the channel of this agent."""

    async def load() -> Any:
        return agent

    app = application(load, "x" * 16)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://engine") as client:
            yield client


async def test_a_turn_is_answered_with_what_is_said():
    async with serving(FakeAgent()) as client:
        answer = await client.post(TURNS, headers=SECRET, json=GOOD)
        assert (answer.status_code, answer.json()) == (200, {"messages": [{"text": GOOD["text"]}]})
        ready = await client.get(READY, headers=SECRET)
        assert (ready.status_code, ready.json()) == (200, {"ready": True})


@pytest.mark.parametrize("headers", [{}, {"X-Instap-Secret": "x" * 15}, {"X-Instap-Secret": "é"}])
async def test_nobody_enters_without_the_secret(headers: dict[str, str]):
    given = [(name, value.encode()) for name, value in headers.items()]
    async with serving(FakeAgent()) as client:
        assert (await client.get(READY, headers=given)).status_code == 401
        assert (await client.post(TURNS, headers=given, json=GOOD)).status_code == 401
        assert (await client.post(READINGS, headers=given, json={"text": "a"})).status_code == 401


async def test_a_text_is_read_and_nothing_but_what_it_means_comes_back():
    async with serving(FakeAgent()) as client:
        answer = await client.post(READINGS, headers=SECRET, json={"text": "wat kost het?"})
        assert (answer.status_code, answer.json()) == (200, {"meaning": MEANT})
        refused = await client.post(READINGS, headers=SECRET, json={"text": "/restart"})
        assert (refused.status_code, refused.json()) == (400, {"error": "text"})


async def test_of_a_text_that_cannot_be_read_only_the_kind_of_error_is_told():
    async with serving(FakeAgent(ValueError("wat kost het?"))) as client:
        answer = await client.post(READINGS, headers=SECRET, json={"text": "wat kost het?"})
        assert answer.json() == {"error": "engine", "reason": "ValueError"}


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[]", b"[" * 100_000, b'{"text": NaN}'])
async def test_what_is_no_json_or_no_turn_is_refused(body: bytes):
    async with serving(FakeAgent()) as client:
        answer = await client.post(TURNS, headers=SECRET, content=body)
        assert (answer.status_code, answer.json()) == (400, {"error": "turn"})


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (ValueError("wat kost het?"), "ValueError"),
        (TurnFailed("action_register OperationalError"), "action_register OperationalError"),
    ],
)
async def test_of_a_turn_that_failed_the_cause_is_named_and_nothing_of_what_was_said(
    error: Exception, reason: str
):
    async with serving(FakeAgent(error)) as client:
        answer = await client.post(TURNS, headers=SECRET, json=GOOD)
        assert answer.status_code == 500
        assert answer.json() == {"error": "engine", "reason": reason}


@pytest.mark.parametrize("secret", ["", "kort", "x" * 15])
def test_without_a_long_secret_there_is_no_door(secret: str):
    async def load() -> Any:
        return FakeAgent()

    with pytest.raises(ValueError, match="INSTAP_ENGINE_SECRET"):
        application(load, secret)
