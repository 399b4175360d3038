"""A plain Rasa assistant with its stock channel, started as its documentation says.

What it is compared with stands in docs/faults.md. The project is in plain_rasa/; nothing of ours
runs in it but what lets Rasa 3.6 run on today's Python (`plain_start.py`).
"""

import hashlib
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
import uuid
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import httpx

from tests.support.house import ROOT

PROJECT: Final = Path(__file__).with_name("plain_rasa")
LEARNS_FROM: Final = ("config.yml", "domain.yml", "data/*.yml")
ACKNOWLEDGED: Final = r"\bU bent aangemeld\b"
"""A text in which this is found tells the visitor that he is registered."""
ANSWER_TIME: Final = 30.0
"""Seconds that one who asks is willing to wait."""


def STEPS(name: str, email: str, phone: str) -> list[str]:  # noqa: N802 - a constant with holes
    """What one visitor types, from his greeting to the "ja" that confirms.

    The name is one that the plain assistant takes for a name: no digits, no "stop", no "maar".
    """
    check = ["hallo", "kan ik meedoen", "mbo 4", "8 jaar", "installatietechniek"]
    return [*check, "ik wil me aanmelden", name, email, phone, "Bakker Techniek BV", "ja"]


def say(port: int, sender: str, text: str, timeout: float = ANSWER_TIME) -> list[str]:
    """The texts that answer one message; raises httpx.HTTPError when there is no answer."""
    answer = httpx.post(
        f"http://127.0.0.1:{port}/webhooks/rest/webhook",
        json={"sender": sender, "message": text},
        timeout=timeout,
        trust_env=False,
        verify=False,  # no TLS here, and to read the certificates costs more than the turn
    )
    answer.raise_for_status()
    return [message["text"] for message in answer.json() if "text" in message]


def train() -> Path:
    """The model of the project as it is now; trained only when it is not there yet."""
    found = hashlib.sha256((ROOT / "requirements" / "app.txt").read_bytes())
    for pattern in LEARNS_FROM:
        for path in sorted(PROJECT.glob(pattern)):
            found.update(path.read_bytes())
    model = ROOT / "models" / f"plain-{found.hexdigest()[:16]}.tar.gz"
    if not model.exists():
        model.parent.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=model.parent, prefix=".plain-") as folder:
            words = ["train", "--out", folder, "--fixed-model-name", "plain"]
            done = subprocess.run(
                [*_plain("rasa"), *words],
                cwd=PROJECT,
                env=_environment(RASA_CACHE_DIRECTORY=str(Path(folder) / "cache")),
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode != 0:
                raise AssertionError(done.stdout[-4000:] + done.stderr[-4000:])
            os.replace(Path(folder) / "plain.tar.gz", model)
    return model


@dataclass
class PlainHouse:
    """The two processes of the plain assistant: "rasa" and "actions"."""

    folder: Path
    rasa_port: int
    actions_port: int
    actions_port_for_rasa: int
    """Where Rasa calls its action server; a proxy may stand between."""
    _processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict, repr=False)

    def start(self, part: str) -> None:
        """Start "rasa" or "actions"; what it prints is added to its log."""
        self.folder.mkdir(parents=True, exist_ok=True)
        environment = _environment(
            PLAIN_ACTIONS_PORT=str(self.actions_port_for_rasa),
            PLAIN_TRACKER_DB=str(self.folder / "tracker.db"),
            PLAIN_LEADS_DB=str(self.folder / "leads.db"),
        )
        with (self.folder / f"{part}.log").open("ab") as log:
            self._processes[part] = subprocess.Popen(
                self._command(part), cwd=PROJECT, env=environment, stdout=log, stderr=log
            )

    def _command(self, part: str) -> list[str]:
        if part == "actions":
            words = ["--actions", "actions", "--port", str(self.actions_port)]
            return [*_plain("rasa_sdk"), *words]
        words = ["run", "--model", str(train()), "--port", str(self.rasa_port)]
        return [*_plain("rasa"), *words, "--interface", "127.0.0.1"]

    def await_ready(self, seconds: float = 120) -> None:
        """Wait until every part that was started does its work; a real question is answered."""
        deadline = time.monotonic() + seconds
        while not all(self._works(part) for part in self._processes):
            if time.monotonic() > deadline:
                raise AssertionError(f"not ready; logs in {self.folder}")
            time.sleep(0.2)

    def _works(self, part: str) -> bool:
        ended = self._processes[part].poll()
        if ended is not None:
            raise AssertionError(f"{part} ended with {ended}; logs in {self.folder}")
        with suppress(httpx.HTTPError):
            if part == "rasa":
                return bool(say(self.rasa_port, f"ready-{uuid.uuid4()}", "wat kost het"))
            health = f"http://127.0.0.1:{self.actions_port}/health"
            return httpx.get(health, timeout=2, trust_env=False, verify=False).is_success
        return False

    def kill(self, part: str) -> None:
        """End a part the hard way, and wait until it is gone."""
        process = self._processes.pop(part)
        process.kill()
        process.wait()

    def stop(self) -> None:
        """End whatever runs."""
        for part in list(self._processes):
            self.kill(part)

    def pids(self) -> dict[str, int]:
        """The process of each part that was started and not killed."""
        return {part: process.pid for part, process in self._processes.items()}

    def registrations(self) -> list[dict[str, Any]]:
        """The rows of its leads database; the table is made with the first of them."""
        leads = self.folder / "leads.db"
        if not leads.exists():
            return []
        with closing(sqlite3.connect(leads)) as connection:
            connection.row_factory = sqlite3.Row
            if not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
                return []
            return [dict(row) for row in connection.execute("SELECT * FROM registrations")]


def _plain(program: str) -> list[str]:
    return [sys.executable, str(Path(__file__).with_name("plain_start.py")), program]


def _environment(**own: str) -> dict[str, str]:
    """Ours without anything of Instap."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("INSTAP_")}
    kept.pop("PYTHONPATH", None)
    return kept | {
        "RASA_TELEMETRY_ENABLED": "false",
        "SANIC_WORKERS": "1",
        "SANIC_HOST": "127.0.0.1",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONWARNINGS": "ignore",
        "PYTHONUNBUFFERED": "1",
        **own,
    }
