"""A house in this process: the real chat API, services, actions and model, and a loop like Rasa's.

A turn takes a tenth of what it takes through the engine, and each text is read once. What the loop
does is held against Rasa by `tests/dialogue/test_like_rasa.py`.
"""

import asyncio
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import event

from bot import training
from bot.channels.web import gateway
from bot.content.facts import FactsFromFiles
from bot.content.texts import TextsFromFiles
from bot.documents import Documents
from bot.privacy.masking import PersonalDataFinder
from bot.services.ports import Ports
from bot.settings import Settings
from bot.storage.cipher import load_cipher
from bot.storage.traces import EngineTraces
from bot.storage.work import connect, units
from tests.support.loop_of_rasa import LoopOfRasa
from tests.support.parts import Post, StandingClock
from tests.support.served import running


class RealMeanings:
    """What the real model makes of what the engine hears; the process that reads is kept."""

    def __init__(self) -> None:
        self._known: dict[str, Mapping[str, Any]] = {}
        model = training.train(Settings())
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bot.understanding.parse", str(model)],
            env=os.environ | {"PYTHONWARNINGS": "ignore", "OMP_NUM_THREADS": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def __enter__(self) -> "RealMeanings":
        self("goedemorgen")  # nobody waits for the model
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.communicate()

    def __call__(self, text: str) -> Mapping[str, Any]:
        """The meaning: `intent`, `confidence`, `topics` and `clarify`."""
        if text not in self._known:
            assert self._process.stdin is not None and self._process.stdout is not None
            self._process.stdin.write(json.dumps(text) + "\n")
            self._process.stdin.flush()
            read = json.loads(self._process.stdout.readline())
            intent = read["intent"]
            self._known[text] = {**read, "intent": intent["name"], **_confidence(intent)}
        return self._known[text]


def _confidence(intent: Mapping[str, Any]) -> dict[str, float]:
    return {"confidence": intent["confidence"]} if intent.get("confidence") else {}


@contextmanager
def quick_house(folder: Path, template: Path) -> Iterator[str]:
    """Its address; `template` is a migrated database."""
    shutil.copyfile(template, folder / "instap.db")
    database = connect(f"sqlite+aiosqlite:///{folder / 'instap.db'}")

    @event.listens_for(database.sync_engine, "connect")
    def _hurry(connection: Any, _record: object) -> None:
        for pragma in ("synchronous=OFF", "journal_mode=MEMORY", "secure_delete=OFF"):
            connection.execute(f"PRAGMA {pragma}")

    facts, clock = FactsFromFiles.load(), StandingClock()
    with RealMeanings() as reads:
        loop = LoopOfRasa(
            Ports(
                work=units(database, load_cipher(folder / "key")),
                clock=clock,
                facts=facts,
                texts=TextsFromFiles(facts, clock),
                engine=None,  # type: ignore[arg-type]  # the loop puts itself there
                traces=EngineTraces(database),
                personal=PersonalDataFinder(),
                documents=Documents(),
                mailer=Post(),
            ),
            reads,
        )
        with running(gateway(loop.ports)) as (host, port):
            yield f"http://{host}:{port}"
    asyncio.run(database.dispose())
