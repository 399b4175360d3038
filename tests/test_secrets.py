"""Secrets are long, random, kept as a hash, and compared in a time that tells nothing."""

import ast
import re
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from actions.webhook import webhook
from bot.core.registration import new_code
from bot.services import conversation, passages
from bot.services.ports import Doors
from bot.storage.cipher import token_hash

ROOT = Path(__file__).parents[1]
OURS = [path for folder in ("bot", "actions") for path in sorted((ROOT / folder).rglob("*.py"))]
SECRET = re.compile(r"secret|digits|hash|password|signature|token|key|\bindex$", re.IGNORECASE)
OPEN = {
    "each.key == CANARY_SAYS",  # the names of texts
    "spoken.key != item",
    "key_of(hit.value) != hit.key",  # a place, as it is looked up
    "word != token",  # a piece of a sentence
    "key == old.row",  # the name of a row
    "len(key) != KEY",  # a length
    "digits == AGAIN",  # a wish for new ones
    "hear(tracker).entity('item') == DIGITS",  # the name of a question
    "wanted == DIGITS",
    "message.asked == DIGITS",
    "item == DIGITS",
    "item == CODE",
    "r.asks != DIGITS",
}
"""Comparisons of what has the name of a secret and is none."""
BITS_OF_A_LETTER = 6
"""Of `secrets.token_urlsafe`."""

LOCK = "x" * 40


def bits(token: str) -> int:
    """How many random bits a URL-safe token can hold."""
    return len(re.sub(r"[^\w-]", "", token)) * BITS_OF_A_LETTER


def names(node: ast.AST) -> str:
    """The last name of an expression, for people."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def test_no_secret_is_compared_letter_by_letter():
    """Equality stops at the first difference; `hmac.compare_digest` does not.

    Columns (`Row.token_hash == ...`) are compared by the database, on hashes of random tokens.
    """
    found = []
    for path in OURS:
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Compare):
                continue
            sides = [node.left, *node.comparators]
            if not any(isinstance(each, ast.Eq | ast.NotEq) for each in node.ops):
                continue
            of_column = any(isinstance(s, ast.Attribute) and "Row" in names(s.value) for s in sides)
            is_constant = any(isinstance(side, ast.Constant) for side in sides)
            is_open = of_column or is_constant or ast.unparse(node) in OPEN
            if any(SECRET.search(names(side)) for side in sides) and not is_open:
                found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert found == []


def test_randomness_is_only_of_the_kind_that_nobody_guesses():
    weak = re.compile(r"^\s*(?:import|from) random\b|\buuid1\(|\buuid4\(", re.MULTILINE)
    assert [path.name for path in OURS if weak.search(path.read_text())] == []


async def test_the_key_of_a_conversation_has_enough_bits_and_only_its_hash_is_kept(ports, database):
    tokens = [(await conversation.start(ports, "web")).token for _ in range(20)]
    assert len(set(tokens)) == 20 and min(map(bits, tokens)) >= 256
    async with database.connect() as connection:
        rows = str((await connection.exec_driver_sql("select * from conversations")).all())
    assert not any(token in rows for token in tokens)
    assert all(token_hash(token) in rows for token in tokens)


async def test_a_link_has_enough_bits_and_only_its_hash_is_kept(ports, database):
    ports = replace(ports, doors=Doors(website="https://www.voorbeeld.nl"))
    name = (await conversation.start(ports, "web")).conversation
    async with ports.work() as work:
        known = await work.conversations.by_id(name)
    turn, _ = await passages.offer(ports, known, "website")
    token = turn.links[0].url.rpartition("=")[2]
    assert bits(token.removeprefix(passages.MARK)) >= 192
    async with database.connect() as connection:
        rows = str((await connection.exec_driver_sql("select * from passages")).all())
    assert token not in rows and token_hash(token) in rows


async def test_a_button_of_one_conversation_cannot_be_guessed_from_another(ports):
    started = [await conversation.start(ports, "web") for _ in range(2)]
    names_of = {each.conversation for each in started}
    assert len(names_of) == 2 and min(map(bits, names_of)) >= 128


def test_a_code_is_not_counted_up():
    codes = [new_code() for _ in range(500)]
    assert len(set(codes)) == 500 and codes != sorted(codes)


@pytest.mark.parametrize("given", [None, "", "x", LOCK[:-1], LOCK + "x", LOCK.upper(), "é" * 40])
@pytest.mark.parametrize("path", ["/webhook", "/nlg"])
async def test_the_action_server_opens_to_its_own_secret_alone(ports, path, given):
    answer = await call(ports, LOCK, path, given)
    assert answer.status_code == 401 and answer.json() == {"error": "secret"}


@pytest.mark.parametrize("given", [None, "", "x"])
async def test_without_a_secret_it_opens_to_nobody(ports, given):
    assert (await call(ports, "", "/webhook", given)).status_code == 401


async def test_with_the_secret_it_speaks(ports):
    answer = await call(ports, LOCK, "/nlg", LOCK)
    assert answer.status_code == 200 and answer.json()["text"] == "utter_greet"


async def call(ports, secret: str, path: str, given: str | None) -> httpx.Response:
    """Ask the action server something, with this for a secret."""

    async def nothing() -> None:
        return None

    transport = httpx.ASGITransport(webhook(ports, secret, nothing))
    async with httpx.AsyncClient(transport=transport, base_url="http://actions") as client:
        headers = {} if given is None else {"X-Instap-Secret": given.encode()}
        body = {"response": "utter_greet", "arguments": {}, "next_action": "action_answer"}
        return await client.post(path, json=body, headers=headers)
