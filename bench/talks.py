"""Visitors of a load: each says, on the website or on Telegram, what leads to a registration."""

import asyncio
import time
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise
from typing import Any, Final
from uuid import uuid4

import httpx

from bench.turns import SAYS, spread
from tests.faults.people import BROKEN, CLAIM, CODE, DENIED, TROUBLE, in_words
from tests.support.telegram_visitor import FakeApi

TOO_MANY: Final = 429
PATIENCE: Final = 30.0
"""Seconds after which a visitor hears no more."""
AGAIN: Final = 0.3
"""Seconds before he tries again, where he does."""
TURNS, SAMPLE = 500, 20
"""Of a long talk (D7)."""


def connected(url: str) -> httpx.AsyncClient:
    """A client in which everybody has a connection of his own."""
    limits = httpx.Limits(max_connections=None)
    return httpx.AsyncClient(base_url=url, timeout=PATIENCE, trust_env=False, limits=limits)


async def first_and_last(say: Callable[[int], Awaitable[Any]]) -> tuple[list[float], list[float]]:
    """A talk of five hundred turns: milliseconds of the first twenty and of the last."""
    taken: list[float] = []
    for number in range(TURNS):
        said = time.monotonic()
        await say(number)
        taken.append((time.monotonic() - said) * 1000)
    return taken[:SAMPLE], taken[-SAMPLE:]


def beside_each_other(talks: Sequence[tuple[list[float], list[float]]]) -> dict[str, Any]:
    """What `first_and_last` gave of several talks, as figures."""
    first, last = (list(chain.from_iterable(part)) for part in zip(*talks, strict=True))
    return {"first_turns": spread(first), "last_turns": spread(last)}


class Wrong(Exception):
    """What a visitor hears in place of an answer, in a word."""


class NotNow(Wrong):
    """The same, where trying again may help."""


@dataclass
class Talk(ABC):
    """One conversation; `insists` is how many seconds its visitor tries the same message again.

    `tried` is all that he wanted to say, `sent` what was answered.
    """

    number: int
    insists: float = 0.0
    step: int = 0
    rested: float = 0.0
    has_begun: bool = False
    is_busy: bool = False
    code: str | None = None
    tried: list[str] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)

    @property
    def is_free(self) -> bool:
        """Whether he has read the last answer, and has something left to say."""
        return not self.is_busy and self.step < len(SAYS) and time.monotonic() > self.rested

    def next(self) -> str:
        """What leads on."""
        return SAYS[self.step].format(number=f"-last-{self.number}")

    @abstractmethod
    async def begin(self) -> None:
        """Open it."""

    @abstractmethod
    async def say(self, text: str) -> None:
        """Say something until it is answered; raises Wrong or httpx.HTTPError."""

    @abstractmethod
    async def astray(self) -> Counter[str]:
        """Messages that do not stand in it once, or have not one answer, by what is wrong."""

    async def _insist(self, attempt: Callable[[], Awaitable[Any]]) -> Any:
        until = time.monotonic() + self.insists
        while True:
            try:
                return await attempt()
            except (NotNow, httpx.HTTPError):
                if time.monotonic() >= until:
                    raise
            await asyncio.sleep(AGAIN)

    def _hear(self, words: str, code: str | None) -> None:
        """Hold an answer against what may be said."""
        if not words.strip():
            raise Wrong("silent")
        if BROKEN.search(words):
            raise Wrong("broken_text")
        if CLAIM.search(words) and not DENIED.search(words) and code is None:
            raise Wrong("false_confirmation")
        if TROUBLE in words:
            raise NotNow("told_to_try_again")
        self.code = code or self.code


@dataclass
class OnTheWeb(Talk):
    """Somebody on the website."""

    client: httpx.AsyncClient = field(kw_only=True)
    token: str = ""

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    async def begin(self) -> None:
        answer = await self._insist(lambda: self._post("/api/v1/conversations", {}))
        self.token = str(answer["token"])

    async def say(self, text: str, name: str = "") -> Any:
        """The turn that answers it; the same `name` is the same message."""
        body = {"text": text, "id": name or uuid4().hex}
        self.tried.append(text)

        async def once() -> Any:
            turn = await self._post("/api/v1/messages", body)
            words = "\n".join(message["text"] for message in turn["messages"])
            self._hear(words, (turn["registration"] or {}).get("code"))
            return turn

        turn = await self._insist(once)
        self.sent.append(text)
        return turn

    async def _post(self, path: str, body: dict[str, str]) -> Any:
        headers = self._headers if body else {}
        answer = await self.client.post(path, json=body or None, headers=headers)
        if answer.status_code == TOO_MANY or answer.is_server_error:
            raise NotNow(str(answer.status_code))
        if not answer.is_success:
            raise Wrong(str(answer.status_code))
        return answer.json()

    async def astray(self) -> Counter[str]:
        answer = await self.client.get("/api/v1/messages", headers=self._headers)
        shown = answer.json()["messages"]
        # a typed title of a button is kept as that title: "Ja, dat mag" for "ja dat mag"
        kept = Counter(in_words(each["text"]) for each in shown if each["from"] == "visitor")
        sent, tried = (Counter(map(in_words, each)) for each in (self.sent, self.tried))
        silent = sum(
            here["from"] == "visitor" == there["from"] for here, there in pairwise(shown)
        ) + (shown[-1]["from"] == "visitor")
        told_to_try_again = len(self.tried) - len(self.sent)
        silent = max(0, silent - told_to_try_again)  # they stand there without an answer
        wrong = (sent - kept).total() + (kept - tried).total() + silent
        return Counter(lost_or_doubled=wrong)


@dataclass
class OnTelegram(Talk):
    """Somebody on Telegram, who sees only what is on his screen."""

    api: FakeApi = field(kw_only=True)
    seen: int = 0

    @property
    def _chat(self) -> int:
        return 7_000_000_000 + self.number

    async def begin(self) -> None:
        await self.say("/start")

    async def say(self, text: str) -> None:
        async def once() -> None:
            self.seen = len(self.api.fake.messages(self._chat))  # what came late is no answer
            self.tried.append(text)
            await self.api.ask(lambda fake: fake.say(self._chat, text))
            words = await self._read()
            found = CODE.search(words)
            self._hear(words, found[0] if found else None)

        await self._insist(once)
        self.sent.append(text)

    async def _read(self) -> str:
        """What is new on his screen."""

        async def wait(fake: Any) -> list[str]:
            await fake.until(lambda: len(fake.messages(self._chat)) > self.seen, PATIENCE)
            texts: list[str] = fake.texts(self._chat)
            return texts

        try:
            texts = await self.api.ask(wait)
        except AssertionError:
            raise NotNow("no_answer") from None
        new, self.seen = texts[self.seen :], len(texts)
        return "\n".join(new)

    async def astray(self) -> Counter[str]:
        shown = len(self.api.fake.messages(self._chat))
        return Counter(
            lost_or_doubled=max(0, len(self.sent) - shown),
            brought_twice=max(0, shown - len(self.tried)),
        )
