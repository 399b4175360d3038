"""Starts, watches and stops the processes of one machine: action server, engine, gateway."""

import asyncio
import contextlib
import ctypes
import os
import secrets
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import httpx
import uvicorn
from starlette.applications import Starlette

from actions.webhook import webhook
from bot import bootstrap
from bot.channels.web import gateway
from bot.log import get_logger
from bot.services import outbox
from bot.settings import Settings

ROOT: Final = Path(__file__).parents[1]
GRACE: Final = 8.0
"""Seconds that a process gets to finish what it is doing."""
LONGEST_START: Final = 90.0
LONGEST_PAUSE: Final = 10.0
DIE_WITH_PARENT: Final = 1

log = get_logger()


def actions_app(settings: Settings) -> Starlette:
    """The action server of these settings."""
    app = bootstrap.build(settings)
    secret = settings.engine_secret.get_secret_value() if settings.engine_secret else ""
    return webhook(app.ports, secret, close=app.close)


def gateway_app(settings: Settings) -> Starlette:
    """The gateway of these settings, with Telegram when there is a token."""
    app = bootstrap.build(settings)

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        door = bootstrap.telegram(app)
        if door is not None:
            await door.start()
        mail = asyncio.create_task(outbox.run(app.ports))
        yield
        mail.cancel()
        await asyncio.gather(mail, return_exceptions=True)
        if door is not None:
            await door.stop()
        await app.close()

    return gateway(app.ports, settings.origins, lifespan)


def serve(app: Starlette, host: str, port: int) -> None:
    """Serve one application until it is told to stop."""
    uvicorn.run(
        app,
        host=host,
        port=port,
        log_level="critical",
        access_log=False,
        timeout_graceful_shutdown=5,
    )


@dataclass
class Process:
    """One child: how to start it, and how long to wait before starting it again."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(repr=False)
    log_file: Path
    child: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start it; what it prints goes to its log file."""
        self.log_file.parent.mkdir(parents=True, exist_ok=True)
        with self.log_file.open("ab") as output:
            self.child = await asyncio.create_subprocess_exec(
                *self.command,
                cwd=ROOT,
                env=dict(self.environment),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=_prepare_child,
            )

    async def watch(self) -> None:
        """Start it again whenever it ends, with a growing pause when it keeps ending."""
        pause = 0.2
        while True:
            began = time.monotonic()
            await self.start()
            assert self.child is not None
            status = await self.child.wait()
            log.warning("process_ended", process=self.name, status=status)
            if time.monotonic() - began > LONGEST_START:
                pause = 0.2
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def stop(self) -> None:
        """Ask it to stop, and end it when it does not."""
        if self.child is None or self.child.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            self.child.terminate()
        try:
            await asyncio.wait_for(self.child.wait(), GRACE)
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                self.child.kill()
            await self.child.wait()


def _prepare_child() -> None:
    """Files for the owner only; and the kernel stops this child when `instap run` is gone."""
    os.umask(0o077)
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGTERM)


def environment_for(settings: Settings) -> dict[str, str]:
    """What every child is given; the secret between them is made anew at each start."""
    secret = settings.engine_secret
    return os.environ | {
        "INSTAP_ENGINE_SECRET": secret.get_secret_value() if secret else secrets.token_urlsafe(32),
        "INSTAP_VAR": str(settings.var.resolve()),
        "INSTAP_ACTIONS_PORT": str(settings.actions_port),
        "INSTAP_TRACKER_URL": settings.tracker(),
        "RASA_TELEMETRY_ENABLED": "false",
        "SANIC_WORKERS": "1",
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
    """The three processes of one machine."""
    environment = environment_for(settings)
    logs = settings.var / "logs"
    instap = [sys.executable, "-m", "bot.cli", "serve"]
    engine = [str(settings.engine_python), "-m", "bot.understanding.serve", str(model)]
    engine += [str(settings.rasa_port)]
    bare = {
        name: value
        for name, value in environment.items()
        if not name.startswith("INSTAP_") or name in ENGINE_KNOWS
    }
    return [
        Process("engine", engine, bare, logs / "engine.log"),
        Process("actions", [*instap, "actions"], environment, logs / "actions.log"),
        Process("gateway", [*instap, "gateway"], environment, logs / "gateway.log"),
    ]


async def until_ready(url: str) -> bool:
    """Wait until the canary question is answered."""
    deadline = time.monotonic() + LONGEST_START
    async with httpx.AsyncClient(trust_env=False, timeout=15) as client:
        while time.monotonic() < deadline:
            with contextlib.suppress(httpx.HTTPError):
                if (await client.get(f"{url}/health/ready")).status_code == 200:
                    return True
            await asyncio.sleep(0.1)
    return False


def busy_ports(settings: Settings) -> list[int]:
    """The ports that we need and somebody else has."""
    busy: list[int] = []
    wanted = (
        (settings.host, settings.port),
        ("127.0.0.1", settings.rasa_port),
        ("127.0.0.1", settings.actions_port),
    )
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
    url = f"http://{settings.host}:{settings.port}"
    began = time.monotonic()
    ready = asyncio.create_task(until_ready(url))
    await asyncio.wait({ready, waiting}, return_when=asyncio.FIRST_COMPLETED)
    status = 0
    if not stopping.is_set():
        if ready.result():
            seconds = round(time.monotonic() - began, 1)
            telegram = "aan" if settings.telegram_token else "uit (geen token)"
            tell(f"Instap staat klaar na {seconds} s: {url}")
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
