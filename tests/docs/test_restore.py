"""A drill with the scripts of ops/: what was erased does not come back from a copy."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.services import conversation, erasing, registration
from bot.services.ports import Ports
from bot.storage.tables import ErasureRow
from tests.services.test_registration import candidate
from tests.support.postgres import free_port

ROOT = Path(__file__).parents[2]
Script = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def script(database: AsyncEngine, tmp_path: Path) -> Script:
    """Runs a script of ops/ on the database of this test."""
    url = database.url.set(drivername="postgresql").render_as_string(hide_password=False)
    settings = {
        "VAR": str(tmp_path),
        "KEY_FILE": str(tmp_path / "key"),
        "DATABASE_URL": "" if database.dialect.name == "sqlite" else url,
        "TRACKER_URL": "",
        **{name: str(free_port()) for name in ("PORT", "RASA_PORT", "ACTIONS_PORT")},
    }
    environment = {f"INSTAP_{name}": value for name, value in settings.items()}

    def run(name: str, *words: object, **other: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [ROOT / "ops" / name, *map(str, words)],
            env={
                **os.environ,
                **environment,
                **{f"INSTAP_{setting}": str(value) for setting, value in other.items()},
                "PYTHON": sys.executable,
            },
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    return run


async def lead(ports: Ports, email: str) -> str:
    """The code of somebody who registered."""
    done = await registration.register(ports, await candidate(ports, email=email))
    assert done.registration is not None
    return done.registration.code


async def numbers(database: AsyncEngine) -> set[str]:
    """The numbers of all erasures."""
    async with database.connect() as connection:
        return set(await connection.scalars(select(ErasureRow.code)))


def copy_of(done: subprocess.CompletedProcess[str]) -> Path:
    """The copy that a backup says it made."""
    assert done.returncode == 0, done.stderr
    return Path(done.stdout.strip())


async def test_what_was_erased_after_the_copy_is_erased_again(
    ports: Ports, database: AsyncEngine, script: Script, tmp_path: Path
):
    stays, goes = await lead(ports, "blijft@voorbeeld.nl"), await lead(ports, "weg@voorbeeld.nl")
    talked = (await conversation.start(ports, "web")).conversation
    copy = copy_of(script("backup.sh", tmp_path / "copies"))
    proofs = {
        (await erasing.erase_by_code(ports, goes)).code,
        (await erasing.erase_conversation(ports, talked)).code,
    }
    await lead(ports, "later@voorbeeld.nl")

    for _ in range(2):  # restoring twice is the same as once
        done = script("restore.sh", copy)
        assert done.returncode == 0, done.stderr
        assert "2 erased again" in done.stdout
        [left] = await registration.list_leads(ports)
        assert (left.code, left.email) == (stays, "blijft@voorbeeld.nl")
        assert await numbers(database) == proofs
    async with ports.work() as work:
        said = await work.conversations.exchanges(talked)
    assert [(each.said, each.reply) for each in said if each.said or each.reply] == []


async def test_a_lost_database_comes_back_with_the_list_that_was_kept_apart(
    ports: Ports, database: AsyncEngine, script: Script, tmp_path: Path
):
    if database.dialect.name != "sqlite":
        pytest.skip("a lost server is not ours to lose")
    stays, goes = await lead(ports, "blijft@voorbeeld.nl"), await lead(ports, "weg@voorbeeld.nl")
    copy = copy_of(script("backup.sh", tmp_path / "copies"))
    await erasing.erase_by_code(ports, goes)
    assert script("backup.sh", "--erasures-only", tmp_path / "copies").returncode == 0
    (tmp_path / "instap.db").write_bytes(b"rubbish" * 1000)
    done = script("restore.sh", copy)
    assert done.returncode == 0, done.stderr
    assert "cannot be read" in done.stderr
    assert [each.code for each in await registration.list_leads(ports)] == [stays]


async def test_a_copy_is_kept_well_and_put_back_only_when_that_is_safe(
    ports: Ports, database: AsyncEngine, script: Script, tmp_path: Path
):
    code = await lead(ports, "kanarie@voorbeeld.nl")
    copy = copy_of(script("backup.sh", tmp_path / "copies"))
    files = sorted(copy.parent.iterdir())
    assert [each.name.split("-")[0] for each in files] == ["erasures", "instap"]
    assert {each.stat().st_mode & 0o777 for each in files} == {0o600}
    assert b"kanarie" not in copy.read_bytes()

    with socket.create_server(("127.0.0.1", 0)) as gateway:
        done = script("restore.sh", copy, PORT=gateway.getsockname()[1])
    assert done.returncode == 1 and "still runs" in done.stderr
    assert sorted(copy.parent.iterdir()) == files

    copy.write_text("rubbish")
    assert script("restore.sh", copy).returncode != 0
    assert [each.code for each in await registration.list_leads(ports)] == [code]


async def test_copies_beside_the_key_are_refused(ports: Ports, script: Script, tmp_path: Path):
    done = script("backup.sh", tmp_path / "copies", KEY_FILE=tmp_path / "copies/key")
    assert done.returncode == 1 and "apart" in done.stderr
    assert list((tmp_path / "copies").iterdir()) == []
