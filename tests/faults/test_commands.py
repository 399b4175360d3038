"""A command that is killed halfway (K10, K11, K12) is given again, and all is well."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from bot import bootstrap
from bot.services import conversation
from bot.settings import Settings
from bot.storage.migrate import migrate
from bot.storage.tables import ConversationRow, ExchangeRow
from tests.support.house import INSTAP, ROOT


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("INSTAP_")}
    return {
        **kept,
        "INSTAP_VAR": str(tmp_path / "var"),
        "INSTAP_FAILPOINTS": str(tmp_path),
    }


def instap(environment: dict[str, str], *words: str, dies_at: str = "") -> int:
    """Give a command; its status."""
    if dies_at:
        Path(environment["INSTAP_FAILPOINTS"], dies_at).touch()
    command = [sys.executable, INSTAP, *words]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, check=False
    ).returncode


def count(environment: dict[str, str], table: str) -> int:
    with closing(sqlite3.connect(Path(environment["INSTAP_VAR"]) / "instap.db")) as database:
        found: int = database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        return found


def test_killed_while_migrating(environment: dict[str, str]) -> None:
    assert instap(environment, "migrate", dies_at="K10") == -signal.SIGKILL
    assert instap(environment, "migrate") == 0
    assert count(environment, "alembic_version") == 1


def test_killed_while_erasing(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INSTAP_VAR", environment["INSTAP_VAR"])
    now = datetime.now(UTC)

    async def begin() -> None:
        app = bootstrap.build(Settings(_env_file=None))
        await migrate(app.database)
        for _ in range(3):
            await conversation.start(app.ports, "web")
        early = {"updated_at": now - timedelta(days=100), "marked_at": now - timedelta(days=2)}
        async with app.database.begin() as connection:
            await connection.execute(update(ConversationRow).values(early))
            long_ago = {"created_at": now - timedelta(days=100)}
            await connection.execute(update(ExchangeRow).values(long_ago))
        await app.close()

    asyncio.run(begin())
    assert instap(environment, "purge", "--yes", dies_at="K11") == -signal.SIGKILL
    assert count(environment, "conversations") == 3
    assert instap(environment, "purge", "--yes") == 0
    assert count(environment, "conversations") == 0
    assert count(environment, "exchanges") == 0


def test_killed_while_exporting(environment: dict[str, str], tmp_path: Path) -> None:
    target = tmp_path / "leads.csv"
    assert instap(environment, "migrate") == 0
    assert instap(environment, "leads", "export", str(target), dies_at="K12") == -signal.SIGKILL
    assert not target.exists()
    assert instap(environment, "leads", "export", str(target)) == 0
    assert target.stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.glob("leads*")] == ["leads.csv"]


def test_killed_while_a_copy_is_made(environment: dict[str, str], tmp_path: Path) -> None:
    assert instap(environment, "migrate") == 0
    away = environment | {"INSTAP_KEY_FILE": str(tmp_path / "key"), "PYTHON": sys.executable}
    copies = tmp_path / "copies"

    def back_up() -> int:
        script = [ROOT / "ops" / "backup.sh", copies]
        return subprocess.run(script, env=away, capture_output=True, check=False).returncode

    Path(environment["INSTAP_FAILPOINTS"], "K12").touch()
    assert back_up() == 128 + signal.SIGKILL
    assert list(copies.iterdir()) == []
    assert back_up() == 0
    assert len(list(copies.glob("instap-*.backup"))) == 1
