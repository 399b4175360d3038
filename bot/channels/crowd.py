"""How many messages a gateway works on at the same time; who comes then gets 429 at once.

Why so few, and what happened without it: docs/adr/0013.
"""

from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

from bot import metrics
from bot.channels.problems import problem
from bot.services.ports import Texts

MOST_INSIDE: Final = 40
"""Messages that are worked on at the same time: some three seconds of work for one engine."""
SOON: Final = 3
"""Seconds until there is room again."""


class Crowd:
    """Lets in as many at a time as are answered soon; the next hears at once that it is busy."""

    def __init__(self, app: ASGIApp, texts: Texts) -> None:
        self._app = app
        self._texts = texts
        self._inside = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or refuse; what is only read is never refused."""
        if scope["type"] != "http" or scope["method"] != "POST":
            await self._app(scope, receive, send)
        elif self._inside >= MOST_INSIDE:
            metrics.RATE_LIMITED.inc()
            await problem(self._texts, 429, "busy", retry_after=SOON)(scope, receive, send)
        else:
            self._inside += 1
            try:
                await self._app(scope, receive, send)
            finally:
                self._inside -= 1
