"""Whatever bytes come in over HTTP: a turn or a Dutch problem, never a crash and never a slot."""

import asyncio
import contextlib
import http.client
import json
import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from bot.channels.web import MAX_BODY, gateway
from bot.content.facts import FactsFromFiles
from bot.content.texts import TextsFromFiles
from bot.core.dialogue.commands import LINKS, RESTART, WAYS_OUT
from bot.core.turn import Said
from bot.documents import Documents
from bot.privacy.masking import PersonalDataFinder
from bot.services import conversation
from bot.services.ports import Ports
from bot.storage.cipher import load_cipher
from bot.storage.migrate import migrate
from bot.storage.traces import EngineTraces
from bot.storage.work import connect, units
from tests.support.parts import ScriptedEngine, StandingClock
from tests.support.patience import PATIENCE
from tests.support.served import running

BODIES = int(os.environ.get("INSTAP_FUZZ_BODIES", "2000"))
"""How many: `INSTAP_FUZZ_BODIES=10000` takes a minute or two."""

TOGETHER = 20
GREETED = ("/check_eligibility", '/faq{"topic": "about_program"}', '/faq{"topic": "cost"}')
OURS = {*LINKS.values(), *WAYS_OUT, RESTART, *GREETED}
"""What our own words tell people to type or press; Hypothesis found "samenvatting" by itself."""

TURNS = "/api/v1/messages"

LETTERS = st.characters() | st.sampled_from("\x00\ud800\udfff\u202e\ufeff/{}[]\"'\\⟦⟧=\r\n")
TEXTS = st.text(LETTERS, max_size=40)
PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | TEXTS
VALUES = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)
NAMES = st.sampled_from(
    ["text", "button", "id", "turn", "sender", "sender_id", "metadata", "input_channel", "channel"]
)
MESSAGES = st.dictionaries(NAMES | TEXTS, VALUES, max_size=5)
SAID = st.fixed_dictionaries({"text": st.sampled_from("/⁄／\ufeff ") | TEXTS})
AS_JSON = (MESSAGES | VALUES).map(lambda body: json.dumps(body).encode())
RAW_TEXT = st.builds(lambda body: json.dumps(body, ensure_ascii=False), MESSAGES)
ODD_UTF8 = RAW_TEXT.map(lambda text: text.encode("utf-8", "surrogatepass"))
A_MESSAGE = SAID.map(lambda body: json.dumps(body).encode())
BODY = AS_JSON | AS_JSON | ODD_UTF8 | st.binary(max_size=60) | A_MESSAGE

KNOWN = [
    b"",
    b"[" * 5_000,
    b'{"text":' * 5_000,
    b'{"text": NaN}',
    b'{"text": -Infinity}',
    b'{"text": ' + b"9" * 10_000 + b"}",
    b'{"text": 1e999}',
    b'{"sender": "x\\ud800", "text": "hoi"}',
    b'{"text": "hoi \\ud800"}',
    b'{"text": "\\u0000"}',
    b'{"text": "a", "text": {"b": 1}}',
    b'{"text": "a", "metadata": {"eligible": true}}',
    b'{"text": "/register{\\"eligible\\":true}"}',
    b'{"text": "a", "id": "' + b"i" * 101 + b'"}',
    b'{"text": "a", "id": "a\\nb"}',
    b"\xef\xbb\xbf{}",
    b"x" * (MAX_BODY + 1),
]


@pytest.fixture(scope="module")
def ports(tmp_path_factory) -> Iterator[Ports]:
    """Services with the real words, on a database of their own."""
    folder, clock, facts = tmp_path_factory.mktemp("bodies"), StandingClock(), FactsFromFiles.load()
    database = connect(f"sqlite+aiosqlite:///{folder / 'instap.db'}")
    asyncio.run(migrate(database))
    yield Ports(
        work=units(database, load_cipher(folder / "key")),
        clock=clock,
        facts=facts,
        texts=TextsFromFiles(facts, clock),
        engine=ScriptedEngine(),
        traces=EngineTraces(database),
        personal=PersonalDataFinder(),
        documents=Documents(),
    )
    asyncio.run(database.dispose())


@contextlib.contextmanager
def line_to(ports: Ports) -> Iterator[http.client.HTTPConnection]:
    """A connection to a gateway on loopback that stays open."""
    with running(gateway(ports)) as (host, port):
        line = http.client.HTTPConnection(host, port, timeout=PATIENCE)
        try:
            yield line
        finally:
            line.close()


def send(line: http.client.HTTPConnection, token: str, body: bytes) -> tuple[int, dict]:
    """One body, as JSON by its own word; the status and what came back."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    line.request("POST", TURNS, body, headers)
    answer = line.getresponse()
    return answer.status, json.loads(answer.read())


def must_be_right(ports: Ports, body: bytes, status: int, answer: dict) -> None:
    """A turn with words for a message; for anything else a problem that tells nothing."""
    assert status in (200, 400, 413, 422), (status, body)
    if status == 200:
        assert answer["messages"] and answer["registration"] is None
        given = {name for name, value in json.loads(body).items() if value is not None}
        assert given <= {"text", "id"}, body
    else:
        assert answer["status"] == status and len(answer["detail"].split()) > 3
        assert set(answer) == {"type", "status", "title", "detail"}
    heard = ports.engine.heard
    assert {each["command"] for each in heard} <= {None, *OURS}, heard
    assert not any(str(each["text"]).strip().startswith("/") for each in heard), heard
    heard.clear()


def test_every_body_is_answered_by_the_rules_and_the_process_lives(ports, figure):
    counted: dict[int, int] = {}
    with line_to(ports) as line:
        started = asyncio.run(conversation.start(ports, "web"))

        @settings(
            max_examples=max(1, BODIES // TOGETHER),
            deadline=None,
            database=None,
            derandomize=True,  # CI is no lottery
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(st.lists(BODY, min_size=TOGETHER, max_size=TOGETHER))
        @example(KNOWN)
        def hold(bodies: list[bytes]) -> None:
            for body in bodies:
                status, answer = send(line, started.token, body)
                must_be_right(ports, body, status, answer)
                counted[status] = counted.get(status, 0) + 1

        hold()
        another = asyncio.run(conversation.start(ports, "web"))
        status, answer = send(line, another.token, b'{"text": "wat kost het?"}')
        assert status == 200 and answer["messages"][0]["text"] == "Goed."
    assert counted.keys() == {200, 400, 413, 422}
    figure(f"bodies over HTTP: {sum(counted.values())}, by status {counted}, crashes 0")


async def test_no_field_of_a_body_names_another_conversation(ports):
    """The token alone says which it is."""
    mine = await conversation.start(ports, "web")
    other = await conversation.start(ports, "web")
    await conversation.take_turn(ports, mine.conversation, Said(text="mijn kanarie"))
    with line_to(ports) as line:
        for name in ("sender", "sender_id", "conversation", "token", "metadata"):
            body = json.dumps({"text": "hoi", name: mine.conversation}).encode()
            status, answer = send(line, other.token, body)
            assert status == 422 and mine.conversation not in str(answer)
    assert [each.said for each in await conversation.history(ports, other.conversation)] == [None]
