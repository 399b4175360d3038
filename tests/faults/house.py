"""The whole house with a proxy between its processes, and every way to do it harm."""

import asyncio
import contextlib
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import httpx

from bot.settings import Settings
from bot.storage.cipher import load_cipher
from bot.training import model_path
from tests.faults.databases import Databases, Files
from tests.faults.proxy import FaultProxy
from tests.support.house import ROOT, House
from tests.support.postgres import free_port

PARTS: Final = ("engine", "actions", "gateway")
SECRET: Final = "only-the-processes-of-this-house-know"  # noqa: S105
FAIL_STOP: Final = 70 << 8
"""How an engine ends that cannot reach its memory: on purpose, to be started anew."""
LONGEST_START: Final = 60.0


@dataclass
class Part:
    """One process, forked anew by its nursery whenever it ends."""

    name: str
    command: list[str]
    environment: Mapping[str, str] = field(repr=False)
    log: Path
    pid: int = 0
    fail_stops: int = 0
    other_ends: int = 0
    _nursery: asyncio.subprocess.Process | None = None
    _reader: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Start the nursery, which starts the process."""
        with self.log.open("ab") as output:
            self._nursery = await asyncio.create_subprocess_exec(
                *self.command,
                cwd=ROOT,
                env=dict(self.environment),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=output,
            )
        self._reader = asyncio.create_task(self._read())

    async def _read(self) -> None:
        assert self._nursery is not None and self._nursery.stdout is not None
        async for line in self._nursery.stdout:
            words = line.split()
            if not words[0].isdigit():
                continue  # something that the process itself printed
            if len(words) == 1:
                self.pid = int(words[0])
            else:
                self.pid = 0
                killed, fail_stop = int(words[1]) == signal.SIGKILL, int(words[1]) == FAIL_STOP
                self.fail_stops += fail_stop
                self.other_ends += not killed and not fail_stop

    def signal(self, number: int) -> bool:
        """Send a signal to the process; whether there is one."""
        if not self.pid:
            return False
        try:
            os.kill(self.pid, number)
        except ProcessLookupError:
            return False
        return True

    async def away(self, seconds: float) -> bool:
        """Kill it and keep it away for a while; whether it was there."""
        assert self._nursery is not None
        self._nursery.send_signal(signal.SIGSTOP)
        was_there = self.signal(signal.SIGKILL)
        await asyncio.sleep(seconds)
        self._nursery.send_signal(signal.SIGCONT)
        return was_there

    async def stop(self) -> None:
        """End nursery and process."""
        if self._nursery is None or self._reader is None:
            return
        self._nursery.send_signal(signal.SIGSTOP)
        self.signal(signal.SIGKILL)
        self._nursery.kill()
        await self._nursery.wait()
        self._reader.cancel()
        await asyncio.gather(self._reader, return_exceptions=True)


@dataclass
class FaultyHouse:
    """A running Instap of which everything can be made to fail."""

    var: Path
    settings: dict[str, str]
    to_engine: FaultProxy
    to_actions: FaultProxy
    databases: Databases
    parts: dict[str, Part] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Of the gateway."""
        return f"http://127.0.0.1:{self.settings['INSTAP_PORT']}"

    @property
    def failpoints(self) -> Path:
        """A file here ends the next process that comes by the place after which it is called."""
        return Path(self.settings["INSTAP_FAILPOINTS"])

    def owner(self) -> House:
        """The house as whoever runs it sees it: its commands and its files."""
        return House(self.var, self.url, self.settings, None)  # type: ignore[arg-type]

    async def until_ready(self, seconds: float = LONGEST_START) -> None:
        """Wait until a question is answered."""
        deadline = time.monotonic() + seconds
        async with httpx.AsyncClient(trust_env=False, timeout=20) as client:
            while time.monotonic() < deadline:
                with contextlib.suppress(httpx.HTTPError):
                    if (await client.get(f"{self.url}/health/ready")).status_code == 200:
                        return
                await asyncio.sleep(0.1)
        raise AssertionError(f"not ready; logs in {self.var / 'logs'}")


@contextlib.asynccontextmanager
async def faulty_house(
    folder: Path, databases: Databases | None = None, **settings: str
) -> AsyncIterator[FaultyHouse]:
    """Start the three processes with the proxies between them, and end them."""
    ports = {name: free_port() for name in ("gateway", "engine", "actions")}
    to_engine, to_actions = FaultProxy(ports["engine"]), FaultProxy(ports["actions"])
    await to_engine.start()
    await to_actions.start()
    var = folder / "var"
    (var / "logs").mkdir(parents=True)
    (folder / "failpoints").mkdir()
    databases = databases or Files(var)
    await databases.prepare()
    load_cipher(var / "instap.key")  # with a server nobody makes one by itself
    common = {
        **{name: value for name, value in os.environ.items() if not name.startswith("INSTAP_")},
        "INSTAP_VAR": str(var),
        "INSTAP_ENGINE_SECRET": SECRET,
        "INSTAP_PORT": str(ports["gateway"]),
        "INSTAP_PUBLIC_URL": f"http://127.0.0.1:{ports['gateway']}",
        "INSTAP_RASA_PORT": str(to_engine.port),
        "INSTAP_ACTIONS_PORT": str(ports["actions"]),
        "INSTAP_FAILPOINTS": str(folder / "failpoints"),
        "RASA_TELEMETRY_ENABLED": "false",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONWARNINGS": "ignore",
        "PYTHONUNBUFFERED": "1",
        **{
            f"INSTAP_{name.upper()}": value
            for name, value in (databases.settings | settings).items()
        },
    }
    house = FaultyHouse(var, common, to_engine, to_actions, databases)
    house.owner().command("migrate")  # makes the database
    chosen = Settings()
    nursery = ["-m", "tests.faults.nursery"]
    engine = [sys.executable, *nursery, "engine", str(model_path(chosen))]
    app = [sys.executable, *nursery, "app"]
    for name, command, own in (
        ("engine", [*engine, str(ports["engine"])], {"INSTAP_ACTIONS_PORT": str(to_actions.port)}),
        ("actions", [*app, "actions"], {}),
        ("gateway", [*app, "gateway"], {}),
    ):
        log = var / "logs" / f"{name}.log"
        house.parts[name] = Part(name, command, common | own, log)
    try:
        for part in house.parts.values():
            await part.start()
        await house.until_ready()
        yield house
    finally:
        for part in house.parts.values():
            await part.stop()
        await to_engine.stop()
        await to_actions.stop()
