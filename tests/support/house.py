"""The whole house, started as a user starts it: `instap run`, on free ports, in its own folder."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psutil

from bot.storage.cipher import load_cipher
from tests.support.patience import PATIENCE
from tests.support.postgres import free_port, free_row

ROOT = Path(__file__).parents[2]
INSTAP = str(Path(sys.executable).with_name("instap"))


@dataclass
class House:
    """A running Instap; `urls` are those of all its gateways."""

    var: Path
    url: str
    environment: Mapping[str, str] = field(repr=False)
    process: subprocess.Popen[bytes] = field(repr=False)

    @property
    def urls(self) -> list[str]:
        first = int(self.environment["INSTAP_PORT"])
        count = int(self.environment.get("INSTAP_GATEWAYS", "1"))
        return [f"http://127.0.0.1:{first + number}" for number in range(count)]

    def command(self, *words: str, text: str | None = None) -> str:
        """What `instap <words>` prints."""
        done = subprocess.run(
            [INSTAP, *words],
            cwd=ROOT,
            env=dict(self.environment),
            input=text,
            capture_output=True,
            text=True,
            check=True,
            timeout=2 * PATIENCE,
        )
        return done.stdout

    def leads(self) -> list[dict[str, Any]]:
        """All registrations."""
        found: list[dict[str, Any]] = json.loads(self.command("leads", "list", "--json"))
        return found

    def children(self) -> dict[str, psutil.Process]:
        """The processes by name."""
        found = {}
        for child in psutil.Process(self.process.pid).children():
            try:
                found[_called(child.cmdline())] = child
            except psutil.Error:  # it has just ended
                continue
        return found

    def await_ready(self, seconds: float = 5 * PATIENCE) -> None:
        """Wait until a question is answered."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                if httpx.get(f"{self.url}/health/ready", timeout=PATIENCE).status_code == 200:
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.1)
        raise AssertionError(f"not ready; logs in {self.var / 'logs'}")

    def kill(self, name: str) -> None:
        """End one of the processes the hard way, and wait until another took its place."""
        old = self.children()[name]
        old.send_signal(signal.SIGKILL)
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            new = self.children().get(name)
            if new is not None and new.pid != old.pid:
                return
            time.sleep(0.05)
        raise AssertionError(f"{name} did not come back")

    def all_bytes(self) -> bytes:
        """Every file in the data folder, logs and databases alike."""
        return b"".join(path.read_bytes() for path in self.var.rglob("*") if path.is_file())


def _called(words: list[str]) -> str:
    """A process as `instap run` calls it: the first of a kind has no number behind its name."""
    if "bot.understanding.serve" in words:
        return "-".join(["engine", *words[words.index("bot.understanding.serve") + 3 :]])
    return "-".join(words[words.index("serve") + 1 :] if "serve" in words else words[-1:])


@contextmanager
def running_house(var: Path, **settings: str) -> Iterator[House]:
    """Start it, wait until it answers, stop it as Ctrl-C does, and see that nothing is left."""
    rows = {"PORT": settings.get("gateways"), "RASA_PORT": settings.get("shards")}
    ports = {name: str(free_row(int(count or 1))) for name, count in rows.items()}
    ports["ACTIONS_PORT"] = str(free_port())
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("INSTAP_")},
        **{f"INSTAP_{name}": value for name, value in ports.items()},
        "INSTAP_VAR": str(var),
        **{f"INSTAP_{name.upper()}": value for name, value in settings.items()},
    }
    url = f"http://127.0.0.1:{ports['PORT']}"
    load_cipher(var / "instap.key")  # with a server nobody makes one by itself
    with (var / "run.log").open("wb") as output:
        process = subprocess.Popen(
            [INSTAP, "run"], cwd=ROOT, env=environment, stdout=output, stderr=output
        )
    house = House(var, url, environment, process)
    try:
        house.await_ready()
        yield house
    finally:
        family = psutil.Process(process.pid).children(recursive=True)
        process.send_signal(signal.SIGINT)
        process.wait(PATIENCE)
        _gone, left = psutil.wait_procs(family, timeout=PATIENCE)
        for child in left:
            child.kill()
        assert not left, f"still running after Ctrl-C: {left}"
