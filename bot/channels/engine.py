"""The client of Rasa, through our own channel on loopback."""

import asyncio
from collections.abc import Sequence
from typing import Final

import httpx

from bot.core.errors import EngineUnavailable
from bot.services.ports import Spoken

DEADLINE: Final = 12.0
"""Seconds: a visitor hears something within fifteen."""


class RasaEngine:
    """The port `Engine`."""

    def __init__(self, url: str, actions_url: str, secret: str) -> None:
        self._actions_url = actions_url
        self._client = httpx.AsyncClient(
            base_url=url, headers={"X-Instap-Secret": secret}, timeout=DEADLINE, trust_env=False
        )

    async def close(self) -> None:
        """Let the connections go."""
        await self._client.aclose()

    async def take_turn(
        self,
        conversation: str,
        turn: str,
        channel: str,
        *,
        text: str | None = None,
        command: str | None = None,
    ) -> Sequence[Spoken]:
        """Everything that the engine says to a message; raises EngineUnavailable."""
        body = {"conversation": conversation, "turn": turn, "channel": channel}
        body |= {"text": text} if text is not None else {"command": str(command)}
        try:
            async with asyncio.timeout(DEADLINE):
                answer = await self._client.post("/webhooks/gateway/turns", json=body)
            answer.raise_for_status()
            return [_read(raw) for raw in answer.json()["messages"]]
        except (httpx.HTTPError, TimeoutError, ValueError, KeyError, TypeError) as error:
            raise EngineUnavailable(type(error).__name__) from None

    async def check(self) -> None:
        """Whether it has a model and its action server lives; raises EngineUnavailable."""
        try:
            for place in ("/webhooks/gateway/ready", f"{self._actions_url}/health/live"):
                (await self._client.get(place)).raise_for_status()
        except httpx.HTTPError as error:
            raise EngineUnavailable(type(error).__name__) from None


def _read(raw: dict[str, object]) -> Spoken:
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
