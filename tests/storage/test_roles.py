"""On PostgreSQL each part gets a role that can do its work and nothing else (ops/postgres.sql)."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, ProgrammingError

from bot.services import erasing, registration
from bot.storage.cipher import load_cipher
from bot.storage.migrate import migrate
from bot.storage.work import connect, units
from tests.services.test_registration import candidate
from tests.support.postgres import programs, running_cluster

pytestmark = pytest.mark.postgres
SCRIPT = Path(__file__).parents[2] / "ops/postgres.sql"
FORBIDDEN = (
    "DROP TABLE registrations",
    "ALTER TABLE registrations ADD COLUMN plain text",
    "TRUNCATE registrations",
    "CREATE TABLE copies AS SELECT * FROM registrations",
    "CREATE TEMPORARY TABLE copies AS SELECT * FROM registrations",
    "CREATE SCHEMA more",
    "COPY registrations TO PROGRAM 'cat'",
    "SELECT pg_read_file('/etc/passwd')",
)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A server with our roles; to be completed with a role and a database."""
    found = programs()
    assert found is not None
    with running_cluster(found) as cluster:
        command = [str(found / "psql"), "-v", "ON_ERROR_STOP=1", "-f", str(SCRIPT), cluster.url]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        yield f"postgresql+asyncpg://{{}}@127.0.0.1:{cluster.port}/{{}}"


@pytest.fixture
async def owner(server):
    engine = connect(server.format("instap_owner", "instap"))
    await migrate(engine)
    yield engine
    await engine.dispose()


@pytest.fixture
async def app(server, owner):
    engine = connect(server.format("instap_app", "instap"))
    yield engine
    await engine.dispose()


async def test_the_role_of_the_parts_can_register_and_erase(ports, app, tmp_path):
    ports = replace(ports, work=units(app, load_cipher(tmp_path / "key")))
    await migrate(app)  # a part that starts finds that there is nothing to change
    name = await candidate(ports)
    assert (await registration.register(ports, name)).registration is not None
    await erasing.erase(ports, name)
    assert await registration.list_leads(ports) == []


async def test_it_can_make_a_copy(server, owner, tmp_path):
    url = server.format("instap_app", "instap").replace("+asyncpg", "")
    copy = [str(programs() / "pg_dump"), "--format=custom", f"--file={tmp_path / 'copy'}", url]
    await asyncio.to_thread(subprocess.run, copy, check=True)
    assert (tmp_path / "copy").stat().st_size > 0


@pytest.mark.parametrize("statement", FORBIDDEN)
async def test_it_cannot_change_a_table_nor_read_the_machine(app, statement):
    with pytest.raises(ProgrammingError, match=r"must be |permission denied"):
        async with app.begin() as connection:
            await connection.execute(text(statement))


@pytest.mark.parametrize("way", ["engine instap", "app instap_tracker", "owner instap_tracker"])
async def test_no_role_comes_where_it_has_nothing_to_do(server, way):
    role, database = way.split()
    engine = connect(server.format(f"instap_{role}", database))
    with pytest.raises((asyncpg.PostgresError, DBAPIError), match="permission denied for database"):
        async with engine.connect():
            pass
    await engine.dispose()


async def test_after_a_restore_by_the_owner_the_parts_can_work_on(server, app, ports, tmp_path):
    """What is put back are new tables: the role of the parts has its rights on those too."""
    url = server.format("instap_owner", "instap").replace("+asyncpg", "")
    given = {"DATABASE_URL": url, "VAR": str(tmp_path), "KEY_FILE": str(tmp_path / "key")}
    environment = os.environ | {f"INSTAP_{name}": value for name, value in given.items()}
    store = [sys.executable, SCRIPT.with_name("store.py")]
    tasks = ["copy", tmp_path / "copy", "--", "put", tmp_path / "copy"]
    done = await asyncio.to_thread(
        subprocess.run, [*store, *tasks], env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    ports = replace(ports, work=units(app, load_cipher(tmp_path / "key")))
    known = await candidate(ports, email="na@voorbeeld.nl")
    assert (await registration.register(ports, known)).registration is not None
    for statement in FORBIDDEN[:2]:
        with pytest.raises(DBAPIError):
            async with app.begin() as connection:
                await connection.execute(text(statement))
