"""Starts, watches and stops the processes of one machine: action server, engine, gateway."""

import asyncio
import contextlib
import os
import secrets
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount, Route

from actions.webhook import webhook
from bot import bootstrap, documents
from bot.channels.web import SafeHeaders, gateway
from bot.processes import LONGEST_START, Process
from bot.services import outbox, retention
from bot.settings import Settings


def actions_app(settings: Settings) -> Starlette:
    """The action server of these settings."""
    documents.load()
    app = bootstrap.build(settings)
    secret = settings.engine_secret.get_secret_value() if settings.engine_secret else ""
    return webhook(app.ports, secret, close=app.close)


def gateway_app(settings: Settings, number: int = 0) -> Starlette:
    """A gateway of these settings, with Telegram when there is a token.

    Of several, the first (0) does what only one may do: talk with Telegram, and erase in time.
    """
    documents.load()
    app = bootstrap.build(settings)
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
        await app.close()

    if door is None or not is_first or not door.routes:
        return gateway(app.ports, settings.origins, lifespan, app.limits)
    # Beside the gateway and not in it: an update of Telegram may be longer than what visitors send.
    safe = [Middleware(SafeHeaders)]
    beside = [Route(e.path, e.endpoint, methods=["POST"], middleware=safe) for e in door.routes]
    inside = Mount("/", gateway(app.ports, settings.origins, limits=app.limits))
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


def environment_for(settings: Settings) -> dict[str, str]:
    """What every child is given; the secret between them is made anew at each start."""
    secret = settings.engine_secret
    return os.environ | {
        "INSTAP_ENGINE_SECRET": secret.get_secret_value() if secret else secrets.token_urlsafe(32),
        "INSTAP_VAR": str(settings.var.resolve()),
        "INSTAP_ACTIONS_PORT": str(settings.actions_port),
        "INSTAP_TRACKER_URL": settings.tracker(),
        "RASA_TELEMETRY_ENABLED": "false",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONWARNINGS": "ignore",
        "PYTHONUNBUFFERED": "1",
    }


ENGINE_KNOWS: Final = (
    "INSTAP_ENGINE_SECRET",
    "INSTAP_ACTIONS_PORT",
    "INSTAP_TRACKER_URL",
    "INSTAP_NOW",
)
"""All that the engine is told: it faces nobody and owns nothing."""


def processes(settings: Settings, model: Path) -> list[Process]:
    """The processes of one machine; the first of a kind has no number behind its name."""
    environment = environment_for(settings)
    logs = settings.var / "logs"
    instap = [sys.executable, "-m", "bot.cli", "serve"]
    engine = [sys.executable, "-m", "bot.understanding.serve", str(model)]
    bare = {
        name: value
        for name, value in environment.items()
        if not name.startswith("INSTAP_") or name in ENGINE_KNOWS
    }

    def several(
        name: str, commands: Iterable[Sequence[str]], known: Mapping[str, str]
    ) -> list[Process]:
        made = []
        for number, command in enumerate(commands):
            ends = [str(number)] if number else []
            called = "-".join([name, *ends])
            made.append(Process(called, [*command, *ends], known, logs / f"{called}.log"))
        return made

    engines = [[*engine, str(port)] for port in settings.engine_ports()]
    return [
        *several("engine", engines, bare),
        *several("actions", [[*instap, "actions"]], environment),
        *several("gateway", [[*instap, "gateway"]] * settings.gateways, environment),
    ]


async def until_ready(urls: Sequence[str]) -> bool:
    """Wait until the canary question is answered, at every gateway."""
    deadline = time.monotonic() + LONGEST_START
    waiting = list(urls)
    async with httpx.AsyncClient(trust_env=False, timeout=15) as client:
        while waiting and time.monotonic() < deadline:
            with contextlib.suppress(httpx.HTTPError):
                if (await client.get(f"{waiting[0]}/health/ready")).status_code == 200:
                    waiting.pop(0)
                    continue
            await asyncio.sleep(0.1)
    return not waiting


def busy_ports(settings: Settings) -> list[int]:
    """The ports that we need and somebody else has."""
    busy: list[int] = []
    inside = (*settings.engine_ports(), settings.actions_port)
    wanted = [(settings.host, port) for port in settings.gateway_ports()]
    wanted += [("127.0.0.1", port) for port in inside]
    for host, port in wanted:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                busy.append(port)
    return busy


async def run(settings: Settings, model: Path, tell: Callable[[str], None]) -> int:
    """Everything, until Ctrl-C; 0 when it stopped because it was asked to.

    `tell` gets the sentences for whoever started it.
    """
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopping.set)
    children = processes(settings, model)
    watchers = [asyncio.create_task(child.watch()) for child in children]
    waiting = asyncio.create_task(stopping.wait())
    urls = [f"http://{settings.host}:{port}" for port in settings.gateway_ports()]
    began = time.monotonic()
    ready = asyncio.create_task(until_ready(urls))
    await asyncio.wait({ready, waiting}, return_when=asyncio.FIRST_COMPLETED)
    status = 0
    if not stopping.is_set():
        if ready.result():
            seconds = round(time.monotonic() - began, 1)
            telegram = "aan" if settings.telegram_token else "uit (geen token)"
            tell(f"Instap staat klaar na {seconds} s: {' '.join(urls)}")
            tell(f"Telegram: {telegram}. Logboeken: {settings.var / 'logs'}. Ctrl-C stopt alles.")
            await waiting
        else:
            tell(f"Instap kwam niet tot een antwoord. Kijk in {settings.var / 'logs'}.")
            status = 1
    for task in (*watchers, waiting, ready):
        task.cancel()
    await asyncio.gather(*watchers, waiting, ready, return_exceptions=True)
    await asyncio.gather(*(child.stop() for child in children))
    return status
