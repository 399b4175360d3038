"""`instap keys`: a new key, the old one away; what stops halfway is given again."""

import asyncio
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot import bootstrap
from bot.cli import cli
from bot.services import registration
from bot.settings import Settings
from bot.storage.keys import keys_in_use
from bot.storage.migrate import migrate
from tests.services.test_registration import candidate
from tests.support.house import INSTAP

RUNNER = CliRunner()
EMAILS = [f"{number}@voorbeeld.nl" for number in range(3)]


def instap(*words: str) -> Result:
    return RUNNER.invoke(cli, words)


@pytest.fixture
def house(own_var: Path) -> Path:
    """The data folder of a house with three registrations."""

    async def begin() -> None:
        app = bootstrap.build(Settings(_env_file=None))
        await migrate(app.database)
        for email in EMAILS:
            await registration.register(app.ports, await candidate(app.ports, email=email))
        await app.close()

    asyncio.run(begin())
    return own_var


def kept(house: Path) -> list[str]:
    """The names of the keys in the file."""
    return list(json.loads((house / "instap.key").read_text())["keys"])


def used() -> set[str]:
    """The names of the keys that close something."""

    async def look() -> set[str]:
        app = bootstrap.build(Settings(_env_file=None))
        try:
            return await keys_in_use(app.database)
        finally:
            await app.close()

    return asyncio.run(look())


def readable() -> list[str]:
    """The addresses of all registrations, as the command shows them."""
    return [lead["email"] for lead in json.loads(instap("leads", "list", "--json").stdout)]


def some_are_done(house: Path) -> bool:
    """Whether a first value is closed by the second key; asked without holding anybody up."""
    with closing(sqlite3.connect(house / "instap.db")) as database:
        done = "SELECT count(*) FROM conversations WHERE substr(draft, 2, 2) = CAST('k2' AS BLOB)"
        return bool(database.execute(done).fetchone()[0])


def execute(house: Path, statement: str) -> None:
    with closing(sqlite3.connect(house / "instap.db")) as database:
        database.execute(statement)
        database.commit()


def test_a_new_key_closes_everything_and_the_old_one_goes(house: Path):
    done = instap("keys", "rotate")
    assert done.exit_code == 0 and "Sleutel k2" in done.output
    assert kept(house) == ["k1", "k2"] and used() == {"k2"}
    done = instap("keys", "tidy")
    assert done.exit_code == 0 and "Weg: k1." in done.output
    assert kept(house) == ["k2"] and readable() == EMAILS
    assert "Weg: geen." in instap("keys", "tidy").output  # twice is the same as once


@pytest.mark.parametrize("then", ["rotate", "tidy"])
def test_what_broke_halfway_is_given_again_and_nothing_is_lost(house: Path, then: str):
    execute(
        house,
        "CREATE TRIGGER full BEFORE UPDATE ON registrations WHEN old.rowid > 1 "
        "BEGIN SELECT RAISE(ABORT, 'disk full'); END",
    )
    assert instap("keys", "rotate").exit_code == 1
    assert used() == {"k1", "k2"} and readable() == EMAILS
    assert instap("keys", "tidy").exit_code == 1
    assert kept(house) == ["k1", "k2"] and readable() == EMAILS

    execute(house, "DROP TRIGGER full")
    assert instap("keys", then).exit_code == 0
    assert instap("keys", "tidy").exit_code == 0
    assert {*kept(house)} == used() == ({"k3"} if then == "rotate" else {"k2"})
    assert readable() == EMAILS


def test_killed_while_it_reseals(house: Path):
    execute(
        house,
        "CREATE TRIGGER slow BEFORE UPDATE ON registrations BEGIN SELECT (WITH RECURSIVE "
        "up(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM up WHERE n < 100000000) "
        "SELECT count(*) FROM up); END",
    )
    running = subprocess.Popen([sys.executable, INSTAP, "keys", "rotate"], env=os.environ)
    until = time.monotonic() + 60
    while not some_are_done(house) and time.monotonic() < until:
        time.sleep(0.05)
    running.kill()
    assert running.wait() == -signal.SIGKILL
    execute(house, "DROP TRIGGER slow")
    assert used() == {"k1", "k2"} and readable() == EMAILS
    assert instap("keys", "rotate").exit_code == 0
    assert instap("keys", "tidy").exit_code == 0
    assert kept(house) == ["k3"] and readable() == EMAILS
