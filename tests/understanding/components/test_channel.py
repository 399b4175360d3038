"""The door of the engine takes turns of the gateway and nothing else, whatever is in the body."""

import json
import random
import re
from typing import Any

import pytest

from bot.understanding.channel import MAX_TEXT, GatewayChannel, read_turn
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


def test_without_a_long_secret_there_is_no_door():
    for secret in (None, "", "kort", "x" * 15):
        with pytest.raises(Exception, match="credentials"):
            GatewayChannel.from_credentials({"secret": secret})
    assert GatewayChannel.from_credentials({"secret": "x" * 16}).name() == "gateway"
