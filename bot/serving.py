"""Starts one part: the action server or a gateway."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount, Route

from bot import bootstrap, documents
from bot.services import outbox, retention
from bot.settings import Settings


def actions_app(settings: Settings) -> Starlette:
    """The action server of these settings."""
    from actions.webhook import webhook

    app = bootstrap.build(settings)
    if app.ports.mailer is not None:  # who registers is mailed a page, within a deadline
        documents.load()
    secret = settings.engine_secret.get_secret_value() if settings.engine_secret else ""
    return webhook(app.ports, secret, close=app.close)


def gateway_app(settings: Settings, number: int = 0) -> Starlette:
    """A gateway of these settings, with Telegram when there is a token.

    Of several, the first (0) does what only one may do: talk with Telegram, and erase in time.
    """
    from bot.channels.web import SafeHeaders, gateway

    app = bootstrap.build(settings)
    limits = bootstrap.limits(app)
    door = bootstrap.telegram(app)
    is_first = number == 0
    rounds = (outbox, retention) if is_first else (outbox,)

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        if door is not None:
            await door.start(is_first=is_first)
        workers = [asyncio.create_task(each.run(app.ports)) for each in rounds]
        yield
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)
        if door is not None:
            await door.stop()
        await limits.close()
        await app.close()

    if door is None or not is_first or not door.routes:
        return gateway(app.ports, settings.origins, lifespan, limits)
    # Beside the gateway and not in it: an update of Telegram may be longer than what visitors send.
    safe = [Middleware(SafeHeaders)]
    beside = [Route(e.path, e.endpoint, methods=["POST"], middleware=safe) for e in door.routes]
    inside = Mount("/", gateway(app.ports, settings.origins, limits=limits))
    return Starlette(routes=[*beside, inside], lifespan=lifespan)


def manner(proxy: str) -> dict[str, Any]:
    """How we serve; only this proxy says for whom it asks."""
    return {
        "log_level": "critical",
        "access_log": False,
        "proxy_headers": True,
        "forwarded_allow_ips": proxy,
        "timeout_graceful_shutdown": 5,
    }


def serve(app: Starlette, host: str, port: int, proxy: str = "127.0.0.1") -> None:
    """Serve one application until it is told to stop."""
    uvicorn.run(app, host=host, port=port, **manner(proxy))
