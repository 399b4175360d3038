"""The client of Rasa, through our own channel on loopback."""

import asyncio
import secrets
import ssl
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final, TypeVar

import httpx

from bot import metrics
from bot.channels.breaker import Breaker
from bot.core.dialogue.decided import as_command
from bot.core.dialogue.message import Meaning
from bot.core.errors import EngineUnavailable
from bot.services.records import Asked, Spoken

DEADLINE: Final = 8.0
"""Seconds for one turn; why all these are what they are: docs/adr/0013."""
LOOK: Final = 3.0
"""Seconds for a look at whether the engine and its action server are there."""
MISSHAPEN: Final = (ValueError, LookupError, TypeError, AttributeError)
"""What reading an answer of another shape ends in."""
AGAIN: Final = 0.2
"""Seconds after which a turn that failed is asked for once more: the engine takes it once."""
CANARY: Final = '/faq{"topic": "cost"}'
CANARY_SAYS: Final = "utter_faq/cost"
"""A question that takes the engine, the action server and the texts to answer, and its answer."""


Result = TypeVar("Result")


class RasaEngine:
    """The port `Engine`."""

    def __init__(
        self,
        url: str,
        actions_url: str,
        secret: str,
        *,
        deadline: float = DEADLINE,
        breaker: Breaker | None = None,
    ) -> None:
        self._actions_url = actions_url
        self._deadline = deadline
        self._breaker = breaker or Breaker()
        self._proved = False
        self._client = httpx.AsyncClient(
            base_url=url,
            headers={"X-Instap-Secret": secret},
            timeout=deadline,
            trust_env=False,
            verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),  # loopback: nobody signs it for us
        )

    async def close(self) -> None:
        """Let the connections go."""
        await self._client.aclose()

    async def take_turn(self, asked: Asked) -> Sequence[Spoken]:
        """Everything that the engine says to a message; raises EngineUnavailable."""
        with metrics.timed(metrics.ENGINE):
            return await self._ask(asked)

    async def read(self, conversation: str, text: str) -> Meaning:
        """What the model makes of a text of a conversation; raises EngineUnavailable."""
        with metrics.timed(metrics.ENGINE):
            return await self._through(lambda: self._read(text))

    async def check(self) -> None:
        """Whether it could take a turn now; raises EngineUnavailable.

        It has a model, its action server lives, and since something last went wrong it really
        answered a question: that is asked here, also when visitors are not let through yet.
        """
        try:
            async with asyncio.timeout(min(LOOK, self._deadline)):
                for place in ("/webhooks/gateway/ready", f"{self._actions_url}/health/live"):
                    (await self._client.get(place)).raise_for_status()
        except (httpx.HTTPError, TimeoutError) as error:
            raise EngineUnavailable(type(error).__name__) from None
        if not self._proved:
            name = f"canary-{secrets.token_urlsafe(12)}"
            asked = Asked(name, "0", "canary", command=CANARY, decided=as_command(CANARY))
            said = await self._ask(asked, early=True)
            self._proved = any(each.key == CANARY_SAYS for each in said)
        if not self._proved:
            raise EngineUnavailable("canary")

    async def _ask(self, asked: Asked, *, early: bool = False) -> Sequence[Spoken]:
        return await self._through(lambda: self._heard(asked), early=early)

    async def _through(
        self, call: Callable[[], Awaitable[Result]], *, early: bool = False
    ) -> Result:
        """One call, when the breaker lets it through; `early` is a trial that does not wait."""
        try:
            with self._breaker.call(httpx.TransportError, TimeoutError, early=early):
                async with asyncio.timeout(self._deadline):
                    try:
                        return await call()
                    except httpx.TimeoutException:
                        raise
                    except (httpx.HTTPError, *MISSHAPEN):
                        await asyncio.sleep(AGAIN)
                    return await call()
        except (httpx.HTTPError, TimeoutError, *MISSHAPEN) as error:
            self._proved = False
            raise EngineUnavailable(reason_of(error)) from None

    async def _read(self, text: str) -> Meaning:
        answer = await self._client.post("/webhooks/gateway/readings", json={"text": text})
        answer.raise_for_status()
        return meaning(answer.json()["meaning"])

    async def _heard(self, asked: Asked) -> Sequence[Spoken]:
        body = {name: value for name, value in vars(asked).items() if value is not None}
        answer = await self._client.post("/webhooks/gateway/turns", json=body)
        answer.raise_for_status()
        return [spoken(raw) for raw in answer.json()["messages"]]


def meaning(raw: Mapping[str, Any]) -> Meaning:
    """What the model made of a text, as the engine tells it."""
    intent = raw["intent"]
    topics, clarify = raw.get("topics") or (), raw.get("clarify") or ()
    return Meaning(
        str(intent["name"]),
        float(intent.get("confidence") or 1.0),
        tuple(map(str, topics)),
        tuple(map(str, clarify)),
        raw.get("mood"),
        tuple(map(str, raw.get("facets") or ())),
    )


def reason_of(error: Exception) -> str:
    """Why the engine gave no answer, in names only; what it refused itself, it says."""
    name = type(error).__name__
    if not isinstance(error, httpx.HTTPStatusError):
        return name
    try:
        why = error.response.json().get("reason")
    except MISSHAPEN:
        why = None
    return f"{name} {error.response.status_code} {why or ''}".strip()


def spoken(raw: Mapping[str, object]) -> Spoken:
    """One thing that the engine said, as it tells it."""
    custom, buttons = raw.get("custom"), raw.get("buttons")
    signs = custom if isinstance(custom, dict) else {}
    key = signs.get("key")
    return Spoken(
        text=str(raw.get("text") or ""),
        buttons=tuple(
            (str(each["title"]), str(each["payload"]))
            for each in (buttons if isinstance(buttons, list) else [])
        ),
        key=key if isinstance(key, str) else None,
        signs=signs,
    )
