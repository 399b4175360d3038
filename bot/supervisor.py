"""Starts, watches and stops the processes of one machine: engine, action server, gateway.

It serves nothing itself: whatever it imported would be waited for at each start, and kept.
"""

import asyncio
import os
import secrets
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bot.processes import LONGEST_START, ROOT, Process, prepare_child
from bot.settings import Settings

INSTAP: Final = (sys.executable, "-m", "bot.cli")
LONGEST_ANSWER: Final = 15.0
"""Seconds."""


def environment_for(settings: Settings) -> dict[str, str]:
    """What every child is given; the secret between them is made anew at each start.

    A child that is started again goes on with the clock of the others.
    """
    secret = settings.engine_secret
    since = settings.now_since or datetime.now(UTC)
    began = {"INSTAP_NOW_SINCE": since.isoformat()} if settings.now else {}
    inherited = os.environ | began
    return inherited | {
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
    """The processes of one machine, the engines first.

    The first of a kind has no number behind its name.
    """
    environment = environment_for(settings)
    logs = settings.var / "logs"
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
        *several("actions", [[*INSTAP, "serve", "actions"]], environment),
        *several("gateway", [[*INSTAP, "serve", "gateway"]] * settings.gateways, environment),
    ]


async def migrated(settings: Settings) -> bool:
    """Whether the database has its shape now; what is wrong with it is told by the command."""
    child = await asyncio.create_subprocess_exec(
        *INSTAP,
        "migrate",
        cwd=ROOT,
        env=environment_for(settings),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=prepare_child,
    )
    return await child.wait() == 0


async def until_ready(settings: Settings) -> bool:
    """Whether every gateway answers its canary question, before it takes too long."""
    deadline = time.monotonic() + LONGEST_START
    waiting = list(settings.gateway_ports())
    while waiting and time.monotonic() < deadline:
        if await _is_ready(settings.host, waiting[0]):
            waiting.pop(0)
        else:
            await asyncio.sleep(0.1)
    return not waiting


async def _is_ready(host: str, port: int) -> bool:
    try:
        async with asyncio.timeout(LONGEST_ANSWER):
            reader, writer = await asyncio.open_connection(host, port)
            try:
                writer.write(b"GET /health/ready HTTP/1.0\r\n\r\n")
                return (await reader.readline()).split()[1:2] == [b"200"]
            finally:
                writer.close()
    except OSError:
        return False


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
    watchers: list[asyncio.Task[None]] = []

    def watch(some: Iterable[Process]) -> None:
        watchers.extend(asyncio.create_task(each.watch()) for each in some)

    async def start() -> str:
        """The engines at once, for they take longest; gives what is wrong, or nothing."""
        watch(children[: settings.shards])
        if not await migrated(settings):
            return "Instap start niet: de database is niet in orde."
        watch(children[settings.shards :])
        if not await until_ready(settings):
            return f"Instap kwam niet tot een antwoord. Kijk in {settings.var / 'logs'}."
        return ""

    waiting = asyncio.create_task(stopping.wait())
    began = time.monotonic()
    starting = asyncio.create_task(start())
    await asyncio.wait({starting, waiting}, return_when=asyncio.FIRST_COMPLETED)
    status = 0
    if not stopping.is_set():
        if problem := starting.result():
            tell(problem)
            status = 1
        else:
            seconds = round(time.monotonic() - began, 1)
            urls = [f"http://{settings.host}:{port}" for port in settings.gateway_ports()]
            telegram = "aan" if settings.telegram_token else "uit (geen token)"
            tell(f"Instap staat klaar na {seconds} s: {' '.join(urls)}")
            tell(f"Telegram: {telegram}. Logboeken: {settings.var / 'logs'}. Ctrl-C stopt alles.")
            await waiting
    for task in (*watchers, waiting, starting):
        task.cancel()
    await asyncio.gather(*watchers, waiting, starting, return_exceptions=True)
    await asyncio.gather(*(child.stop() for child in children))
    return status
