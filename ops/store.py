"""The work of backup.sh and restore.sh on the leads database, SQLite or PostgreSQL.

python ops/store.py copy FILE        a copy while Instap runs
python ops/store.py erasures FILE    what was erased until now, by ids, a JSON line each
python ops/store.py apart FOLDER     whether the key lies outside the folder of the copies
python ops/store.py clock            whether the clock is one by which old copies may go
python ops/store.py stopped          whether nothing of Instap runs on its ports
python ops/store.py put FILE         a copy back in its place
python ops/store.py again FILE...    erase again what these lists name and the database does not

Several tasks go in one call with -- between them; the first that is refused ends it.
"""

import asyncio
import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

sys.path.insert(0, str(Path(__file__).parents[1]))

from sqlalchemy import delete, inspect, make_url, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.core.errors import RegistrationUnknown
from bot.core.registration import Erasure, Scope
from bot.core.retention import JUMP
from bot.failpoints import reach
from bot.holding import PARTS, Held, answering, held
from bot.settings import Settings
from bot.storage.tables import ErasureRow, TimeRow
from bot.storage.work import connect, sqlite_file

if TYPE_CHECKING:  # the whole house takes seconds to load, and only one task needs it
    from bot.bootstrap import App

PATIENCE: Final = 20.0
"""Seconds to wait for a database that somebody is writing to."""

EMPTY: Final = """
DO $$ DECLARE name text; BEGIN
  FOR name IN SELECT tablename FROM pg_tables
    WHERE schemaname = 'public' AND tableowner = current_user
  LOOP EXECUTE format('DROP TABLE public.%I CASCADE', name); END LOOP;
END $$;
"""
"""Also takes away the tables that the copy does not know: a migration would make those again."""


class Refused(Exception):
    """Why it was not done, for whoever asked."""


def file_of(settings: Settings) -> Path | None:
    """The SQLite file, or None for PostgreSQL."""
    return sqlite_file(connect(settings.database()))


def postgres(settings: Settings, *command: str) -> None:
    """Run a program of PostgreSQL; the password goes where `ps` does not show it."""
    url = make_url(settings.database())
    given = {
        "PGHOST": url.host,
        "PGPORT": url.port,
        "PGUSER": url.username,
        "PGPASSWORD": url.password,
        "PGDATABASE": url.database,
        "PGCONNECT_TIMEOUT": round(PATIENCE),
    }
    environment = {name: str(value) for name, value in given.items() if value}
    subprocess.run(command, env=os.environ | environment, check=True)  # noqa: S603


def sync(path: Path) -> None:
    """Make sure that it is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)


def copy(settings: Settings, target: Path) -> None:
    """A copy of one moment."""
    file = file_of(settings)
    if file is None:
        postgres(
            settings, "pg_dump", "--format=custom", "--no-owner", "--no-acl", f"--file={target}"
        )
    else:
        address = f"{file.resolve().as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, uri=True, timeout=PATIENCE)) as source:
            source.execute("VACUUM INTO ?", (str(target),))  # nothing deleted comes along
        whole(target)
    reach("K12")
    target.chmod(0o600)
    sync(target)


def apart(settings: Settings, folder: Path) -> None:
    """The key stays where it is: who has it and a copy can read everything."""
    if settings.key_path().resolve().is_relative_to(folder.resolve()):
        raise Refused("the key lies in that folder: keep copies and key apart (INSTAP_KEY_FILE)")


def stopped(settings: Settings) -> None:
    """Nobody may write while the database is put in its place."""
    for port in answering(settings):
        raise Refused(f"Instap still runs (port {port}): stop it")
    try:
        with held(settings.var, PARTS, alone=True):
            pass
    except Held:
        raise Refused("Instap still runs (a part without its port): stop it") from None


def clock(settings: Settings) -> None:
    """Nothing goes for its age while the clock tells a time that nothing else shows."""
    if settings.now is not None:
        raise Refused("INSTAP_NOW is set: no copy is thrown away")
    newest = asyncio.run(_newest(connect(settings.database())))
    if newest is not None and abs(datetime.now(UTC) - newest) > JUMP:
        raise Refused(f"the clock differs from what was seen ({newest}): no copy is thrown away")


async def _newest(database: AsyncEngine) -> datetime | None:
    """The newest time that the rounds believed; None before the first, and in an older version."""
    try:
        async with database.connect() as connection:
            return await connection.scalar(select(TimeRow.newest))
    except SQLAlchemyError:
        return None
    finally:
        await database.dispose()


def whole(file: Path) -> None:
    """See that a SQLite file is one, and not damaged."""
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as opened:
            [found] = opened.execute("PRAGMA integrity_check(1)").fetchone()
            opened.execute("SELECT count(*) FROM registrations").fetchone()
    except sqlite3.DatabaseError as error:
        raise Refused(f"{file.name} is no database of Instap ({error})") from None
    if found != "ok":
        raise Refused(f"{file.name} is damaged: {found}")


def put(settings: Settings, source: Path) -> None:
    """A copy in the place of the database, at once or not at all."""
    file = file_of(settings)
    if file is None:
        _put_in_server(settings, source)
        return
    whole(source)
    file.parent.mkdir(parents=True, exist_ok=True)
    mode = file.stat().st_mode & 0o777 if file.exists() else 0o600
    new = file.with_name(f"{file.name}.new")
    new.touch(mode=0o600)
    shutil.copyfile(source, new)
    new.chmod(mode)
    sync(new)
    # The journal of the old database would be rolled back into the new one.
    file.with_name(f"{file.name}-journal").unlink(missing_ok=True)
    new.replace(file)
    sync(file.parent)


def _put_in_server(settings: Settings, source: Path) -> None:
    """A copy in the place of all our tables, in one transaction."""
    with tempfile.TemporaryDirectory() as folder:
        empty, script = Path(folder, "empty.sql"), Path(folder, "copy.sql")
        empty.write_text(EMPTY)
        how = ("--clean", "--if-exists", "--no-owner", "--no-acl")
        postgres(settings, "pg_restore", *how, f"--file={script}", str(source))
        how = ("--no-psqlrc", "--quiet", "--output=/dev/null", "--set=ON_ERROR_STOP=1")
        files = (f"--file={empty}", f"--file={script}")
        postgres(settings, "psql", *how, "--single-transaction", *files)


def erasures(settings: Settings, target: Path) -> None:
    """The list of what was erased: numbers only, no person."""
    rows = asyncio.run(_known(connect(settings.database())))
    lines = [json.dumps({**vars(each), "at": each.at.isoformat()}) for each in rows]
    target.write_text("".join(f"{line}\n" for line in lines))
    target.chmod(0o600)
    sync(target)


async def _known(database: AsyncEngine) -> list[Erasure]:
    row = ErasureRow
    wanted = [row.code, row.conversation_id, row.registration_code, row.at]
    try:
        async with database.connect() as connection:
            there = await connection.run_sync(
                lambda opened: inspect(opened).get_columns("erasures")
            )
            if any(each["name"] == "kind" for each in there):  # a version of before had none
                wanted.append(row.kind)
            rows = await connection.execute(select(*wanted).order_by(row.at))
            return [Erasure(*each) for each in rows]
    finally:
        await database.dispose()


def read(lists: Sequence[Path]) -> dict[str, Erasure]:
    """All erasures of these lists, by their number."""
    found = {}
    for path in lists:
        for line in path.read_text().splitlines():
            row = json.loads(line)
            found[row["code"]] = Erasure(**{**row, "at": datetime.fromisoformat(row["at"])})
    return found


async def again(settings: Settings, lists: Sequence[Path]) -> int:
    """Erase what was erased after the copy was made, and let the engine begin anew."""
    from bot import bootstrap
    from bot.storage.migrate import migrate

    app = bootstrap.build(settings)
    try:
        await migrate(app.database)
        done = {each.code for each in await _known(app.database)}
        missing = [each for code, each in read(lists).items() if code not in done]
        for erasure in missing:
            await _erase_again(app, erasure)
        await _empty_engine(app.tracker)
    finally:
        await app.close()
    return len(missing)


async def _erase_again(app: "App", erasure: Erasure) -> None:
    """As the product erases; of the new numbers the one that the visitor was told stays."""
    from bot.services import erasing

    made, scope = [], await _scope(app, erasure)
    if scope is not Scope.REGISTRATION:
        made.append(await erasing.erase_conversation(app.ports, erasure.conversation))
    if erasure.registration is not None:
        with contextlib.suppress(RegistrationUnknown):  # made and erased after the copy
            made.append(await erasing.erase_registration(app.ports, erasure.registration))
    async with app.ports.work() as work:
        await work.erasures.add(erasure)
        await work.commit()
    async with app.database.begin() as connection:
        numbers = [each.code for each in made]
        await connection.execute(delete(ErasureRow).where(ErasureRow.code.in_(numbers)))


async def _scope(app: "App", erasure: Erasure) -> Scope:
    """What was erased. A list of before says no kind: what had ended by then went by its term."""
    from bot.services import retention

    if erasure.kind is not None:
        return Scope(erasure.kind)
    ends = await retention.ends(app.ports)
    moment = ends.get(erasure.registration or "")
    return Scope.REGISTRATION if moment is not None and moment <= erasure.at else Scope.ALL


async def _empty_engine(tracker: AsyncEngine) -> None:
    """The numbers of turns come back after a restore; the engine may not know them already."""
    from bot.storage.traces import EVENTS

    file = sqlite_file(tracker)
    if file is not None and not file.exists():
        return
    async with tracker.begin() as connection:
        if await connection.run_sync(lambda opened: inspect(opened).has_table("events")):
            await connection.execute(delete(EVENTS))


def tasks(words: Sequence[str]) -> list[list[str]]:
    """What was asked, a list for each task."""
    found: list[list[str]] = [[]]
    for word in words:
        if word == "--":
            found.append([])
        else:
            found[-1].append(word)
    return found


def main(task: str = "", *files: str) -> None:
    """One task."""
    settings, paths = Settings(), [Path(each) for each in files]
    match task, paths:
        case "copy", [target]:
            copy(settings, target)
        case "put", [source]:
            put(settings, source)
        case "erasures", [target]:
            erasures(settings, target)
        case "apart", [folder]:
            apart(settings, folder)
        case "again", [_, *_]:
            sys.stdout.write(f"{asyncio.run(again(settings, paths))} erased again\n")
        case "clock", []:
            clock(settings)
        case "stopped", []:
            stopped(settings)
        case _:
            raise Refused(str(__doc__))


if __name__ == "__main__":
    try:
        for words in tasks(sys.argv[1:]):
            main(*words)
    except Refused as error:
        sys.exit(str(error))
