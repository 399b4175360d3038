"""A drill with the scripts of ops/: what was erased does not come back from a copy."""

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import inspect, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.core.retention import REGISTRATION, Seen
from bot.services import callbacks, conversation, drafts, erasing, registration
from bot.services.ports import Ports
from bot.storage.migrate import config_for, migrate
from bot.storage.tables import Base, ErasureRow
from tests.services.test_registration import candidate
from tests.support.parts import StandingClock
from tests.support.postgres import free_port, free_row

ROOT = Path(__file__).parents[2]
PROMISED = re.compile(r"`ops/backup.sh`.* hooguit (\d+) dagen")
"""How long a copy is kept, as the privacy page says it."""
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
        by = [sys.executable] if name.endswith(".py") else []
        return subprocess.run(
            [*by, ROOT / "ops" / name, *map(str, words)],
            env={
                **os.environ,
                **environment,
                **{f"INSTAP_{setting}": str(value) for setting, value in other.items()},
                "PYTHON": sys.executable,
            },
            capture_output=True,
            text=True,
            check=False,
            timeout=180,
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


async def test_a_restore_erases_what_was_erased_and_no_more(
    ports: Ports, database: AsyncEngine, clock: StandingClock, script: Script, tmp_path: Path
):
    """Bug: a registration that had its time took a live conversation and a call-back along."""
    name = await candidate(ports, email="terug@voorbeeld.nl")
    done = await registration.register(ports, name)
    assert done.registration is not None
    await registration.withdraw(ports, name)
    await callbacks.request(ports, name)
    copy = copy_of(script("backup.sh", tmp_path / "copies"))
    await erasing.erase_registration(ports, done.registration.code)
    done_again = script("restore.sh", copy)
    assert done_again.returncode == 0 and "1 erased again" in done_again.stdout
    assert await registration.list_leads(ports) == []
    assert len(await callbacks.list_callbacks(ports)) == 1
    assert "name" in await drafts.recall(ports, name)


@pytest.mark.parametrize("is_by_term", [True, False])
async def test_a_list_of_before_the_kinds_were_kept_takes_what_was_asked(
    ports: Ports, clock: StandingClock, script: Script, tmp_path: Path, is_by_term: bool
):
    name = await candidate(ports, email="terug@voorbeeld.nl")
    done = await registration.register(ports, name)
    assert done.registration is not None
    await registration.withdraw(ports, name)
    copy = copy_of(script("backup.sh", tmp_path / "copies"))
    if is_by_term:
        clock.moment += REGISTRATION
        await erasing.erase_registration(ports, done.registration.code)
    else:
        await erasing.erase(ports, name)
    assert script("backup.sh", "--erasures-only", copy.parent).returncode == 0
    for path in copy.parent.glob("erasures-*.jsonl"):
        rows = [json.loads(line) for line in path.read_text().splitlines()]
        path.write_text("".join(f"{json.dumps({**row, 'kind': None})}\n" for row in rows))
    async with ports.work() as work:  # only the lists know it now
        await work.commit()
    assert script("store.py", "put", copy).returncode == 0
    lists = [str(each) for each in copy.parent.glob("erasures-*.jsonl")]
    assert script("store.py", "again", *lists).returncode == 0
    assert await registration.list_leads(ports) == []
    assert ("name" in await drafts.recall(ports, name)) is is_by_term


async def test_no_copy_goes_while_the_clock_cannot_be_right(
    ports: Ports, database: AsyncEngine, script: Script, tmp_path: Path
):
    """Bug: a clock that jumped ahead made every copy look old."""
    folder = tmp_path / "copies"
    folder.mkdir()
    old = folder / "instap-oud.backup"
    old.touch()
    os.utime(old, (0, 0))
    async with ports.work() as work:
        await work.terms.saw(Seen(datetime.now(UTC) - timedelta(days=400)))
        await work.commit()
    done = script("backup.sh", folder)
    assert done.returncode == 0 and "no copy is thrown away" in done.stderr
    assert old.exists()
    async with ports.work() as work:
        await work.terms.saw(Seen(datetime.now(UTC)))
        await work.commit()
    assert script("backup.sh", folder).returncode == 0
    assert not old.exists()


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


async def test_nothing_is_kept_for_longer_than_the_privacy_page_says(
    script: Script, tmp_path: Path
):
    [days] = map(int, PROMISED.findall((ROOT / "docs/privacy.md").read_text()))
    folder = tmp_path / "copies"
    folder.mkdir()
    names = ("instap-{}.backup", "erasures-{}.jsonl", "instap-{}-before-restore.backup")
    now = time.time()
    for age in (1, days - 2, days - 1, days, days + 1):
        for name in names:
            (folder / name.format(age)).touch()
            os.utime(folder / name.format(age), (now, now - age * 86_400 - 60))
    for age in (0, 2):  # killed halfway; the one of today may still be at work
        (folder / f".part-{age}").mkdir()
        (folder / f".part-{age}/database").touch()
        os.utime(folder / f".part-{age}", (now, now - age * 86_400 - 60))
    (folder / "van-iemand-anders").touch()
    os.utime(folder / "van-iemand-anders", (0, 0))
    made = {copy_of(script("backup.sh", folder)).name}
    left = {each.name for each in folder.iterdir()} - made
    # The next look is a day later: what is a day short of the term then is over it.
    stays = {name.format(age) for age in (1, days - 2) for name in names}
    assert {name for name in left if "Z." not in name} == stays | {"van-iemand-anders", ".part-0"}


async def test_nothing_is_put_back_while_a_second_engine_or_gateway_runs(
    database: AsyncEngine, script: Script, tmp_path: Path
):
    copy = copy_of(script("backup.sh", tmp_path / "copies"))
    several = ["SHARDS"] if database.dialect.name == "sqlite" else ["SHARDS", "GATEWAYS"]
    for name, port in zip(several, ("RASA_PORT", "PORT"), strict=False):
        first = free_row(2)
        with socket.create_server(("127.0.0.1", first + 1)):
            done = script("restore.sh", copy, **{name: 2, port: first})
        assert done.returncode == 1 and f"port {first + 1}" in done.stderr


async def test_a_copy_of_an_older_version_is_put_back_and_migrated(
    ports: Ports, database: AsyncEngine, script: Script, tmp_path: Path
):
    """Bug: a table that the copy did not know stayed, and the migration made it again."""
    older = tmp_path / "copies/older.backup"
    older.parent.mkdir()
    async with database.begin() as connection:
        await connection.run_sync(lambda sync: command.downgrade(config_for(sync), "0002"))
    assert script("store.py", "copy", older).returncode == 0
    await migrate(database)
    stranger = "CREATE TABLE of_a_later_version (id integer)"
    async with database.begin() as connection:
        await connection.exec_driver_sql(stranger)

    done = script("restore.sh", older)
    assert done.returncode == 0, done.stderr
    async with database.connect() as connection:
        found = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
    assert set(found) == {*Base.metadata.tables, "alembic_version"}
    assert await lead(ports, "daarna@voorbeeld.nl")
