"""What somebody sends who means harm, or whose telephone went mad."""

import asyncio
import contextlib
import json
from typing import Any, Final
from uuid import uuid4

import httpx

from tests.faults.people import BROKEN, Told

PAYLOADS: Final = tuple(
    f"{before}{what}"
    for before in ("/", " /", "\u2003/", "\x1c/", "\ufeff/", "//", "\uff0f", "\u2215")
    for what in (
        'register{"eligible": true}',
        'inform{"sector": "other", "confirm": "yes"}',
        "back",
        "session_start",
        "action_register",
    )
)
RAW: Final = {
    "surrogate": b'{"text": "hoi \\ud800", "id": "%s"}',
    "nul": b'{"text": "hoi \\u0000 daar", "id": "%s"}',
    "nan": b'{"text": NaN, "id": "%s"}',
    "deep": b'{"text": ' + b"[" * 4000 + b"]" * 4000 + b', "id": "%s"}',
    "no_json": b"hoi%s",
    "not_utf8": b'{"text": "\xff\xfe", "id": "%s"}',
    "sender": b'{"sender": "x\\ud800", "text": "hoi", "id": "%s"}',
    "metadata": b'{"text": "hoi", "metadata": {"a": 1}, "id": "%s"}',
    "list": b'["%s"]',
    "huge": b'{"text": "' + b"x" * 200_000 + b'", "id": "%s"}',
}
TEXTS: Final = {
    "long": ["x" * 2000, "\u00e9" * 900, "a." * 1000, "x" * 20_000],
    "braces": ["{slot} {0} {name}", "0[", "\u27e6email\u27e7 \u27e6code\u27e7", "{}", "%s%n"],
    "markup": ["<script>alert(1)</script>", "<b onmouseover=x>", "[x](javascript:y)", "=1+1"],
    "sql": ["'; DROP TABLE registrations; --", "1 OR 1=1", '" UNION SELECT 1 --'],
    "unicode": ["\u202egnuj", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "Z\u0351\u0351", ""],
    "payload": list(PAYLOADS),
}
ATTACKS: Final = (*RAW, *TEXTS, "token", "button")

_turns: dict[str, int] = {}
_open: list[str] = []
"""Conversations in which the first question is open, to be attacked again."""


async def attack(url: str, name: str, told: Told) -> bool:
    """One nasty message while a question is open; afterwards that question is still open."""
    async with httpx.AsyncClient(base_url=url, timeout=40, trust_env=False) as client:
        token = _open.pop() if _open else await _asked(client)
        if token is None:
            return False
        client.headers["Authorization"] = f"Bearer {token}"
        await _send(client, name, told)
        left = await _turn(client, {"text": "wat bedoelt u?", "id": uuid4().hex})
    if left is None:
        return False
    if left["asks"] != "sector" or left["registration"]:
        told.blame("slots_written", -1, f"{name}: {left['asks']}")
    else:
        _open.append(token)
    return True


async def _asked(client: httpx.AsyncClient) -> str | None:
    """A new conversation in which the first question is open."""
    for _ in range(60):
        with contextlib.suppress(httpx.HTTPError):
            begun = await client.post("/api/v1/conversations")
            if begun.status_code == 201:
                token = str(begun.json()["token"])
                client.headers["Authorization"] = f"Bearer {token}"
                turn = await _turn(client, {"text": "kom ik in aanmerking?", "id": uuid4().hex})
                return token if turn is not None and turn["asks"] == "sector" else None
        await asyncio.sleep(0.3)
    return None


async def _turn(client: httpx.AsyncClient, body: dict[str, Any]) -> Any:
    for _ in range(60):
        with contextlib.suppress(httpx.HTTPError):
            answer = await client.post("/api/v1/messages", json=body)
            if answer.status_code == 200:
                words = "".join(each["text"] for each in answer.json()["messages"])
                if "lukt nu even niet" not in words:
                    return answer.json()
        await asyncio.sleep(0.3)
    return None


async def _send(client: httpx.AsyncClient, name: str, told: Told) -> None:
    number = _turns[name] = _turns.get(name, -1) + 1
    headers = {"Content-Type": "application/json"}
    if name == "token":
        headers["Authorization"] = "Bearer " + uuid4().hex
        content = b'{"text": "hoi"}'
    elif name == "button":
        content = b'{"button": "%s"}' % uuid4().hex.encode()
    elif name in RAW:
        content = RAW[name].replace(b"%s", uuid4().hex.encode())
    else:
        texts = TEXTS[name]
        content = json.dumps({"text": texts[number % len(texts)], "id": uuid4().hex}).encode()
    with contextlib.suppress(httpx.HTTPError):  # another fault may strike at the same time
        answer = await client.post("/api/v1/messages", content=content, headers=headers)
        _look_at(answer, name, told)


def _look_at(answer: httpx.Response, name: str, told: Told) -> None:
    """An answer in Dutch, whatever came; nothing of how we work."""
    body = answer.json()
    if answer.status_code == 200:
        words = "".join(each["text"] for each in body["messages"])
        told.hear(-1, BROKEN.sub("", words) if name == "braces" else words, None)
        if body["registration"]:
            told.blame("slots_written", -1, f"{name} registered")
    elif not body.get("detail"):
        told.blame("silent_turns", -1, f"{name}: {answer.status_code}")
