"""What all tests of the door on Telegram share: services of their own, and no waiting."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.channels import telegram_inbox, telegram_outbox, telegram_talk
from bot.services.ports import Ports
from bot.storage.work import connect
from tests.support.hurry import hurry
from tests.support.telegram_door import Colleague, ports_on


@pytest.fixture
async def database(tmp_path: Path, template: Path) -> AsyncIterator[AsyncEngine]:
    shutil.copyfile(template, tmp_path / "instap.db")
    engine = connect(f"sqlite+aiosqlite:///{tmp_path / 'instap.db'}")
    hurry(engine)
    yield engine
    await engine.dispose()


@pytest.fixture
def engine() -> Colleague:
    return Colleague()


@pytest.fixture
def ports(database: AsyncEngine, tmp_path: Path, engine: Colleague) -> Ports:
    return ports_on(database, tmp_path, engine)


@pytest.fixture(autouse=True)
def in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pace of a second has its own test; the others need not wait for it."""
    monkeypatch.setattr(telegram_outbox, "GAP", 0.0)
    monkeypatch.setattr(telegram_outbox, "GAP_OF_ALL", 0.0)
    monkeypatch.setattr(telegram_outbox, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(telegram_inbox, "SHORT_WAIT", 0.02)
    monkeypatch.setattr(telegram_talk, "ALBUM", 0.1)
