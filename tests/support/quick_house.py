"""A house in this process: the real chat API, services, actions and model, and a loop like Rasa's.

A turn takes a tenth of what it takes through the engine, and each text is read once. What the loop
does is held against Rasa by `tests/dialogue/test_like_rasa.py`.
"""

import asyncio
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.channels.web import gateway
from bot.content.facts import FactsFromFiles
from bot.content.texts import TextsFromFiles
from bot.documents import Documents
from bot.privacy.masking import PersonalDataFinder
from bot.services.ports import Ports
from bot.storage.cipher import load_cipher
from bot.storage.traces import EngineTraces
from bot.storage.work import connect, units
from tests.support.hurry import hurry
from tests.support.loop_of_rasa import LoopOfRasa
from tests.support.meanings import real_meanings
from tests.support.parts import Post, StandingClock
from tests.support.served import running


@contextmanager
def quick_house(folder: Path, template: Path) -> Iterator[str]:
    """Its address; `template` is a migrated database."""
    shutil.copyfile(template, folder / "instap.db")
    database = connect(f"sqlite+aiosqlite:///{folder / 'instap.db'}")
    hurry(database)
    facts, clock = FactsFromFiles.load(), StandingClock()
    with real_meanings() as reads:
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
