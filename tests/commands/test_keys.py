"""`instap keys`: a new key, the old one away; what stops halfway is given again."""

import asyncio
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot import bootstrap, holding
from bot.cli import cli
from bot.services import registration
from bot.settings import Settings
from bot.storage.cipher import load_cipher
from bot.storage.keys import keys_in_use
from tests.services.test_registration import candidate
from tests.support.house import INSTAP

RUNNER = CliRunner()
EMAILS = [f"{number}@voorbeeld.nl" for number in range(3)]


def instap(*words: str) -> Result:
    return RUNNER.invoke(cli, words)


@pytest.fixture
def house(own_database: Path) -> Path:
    """The data folder of a house with three registrations."""

    async def begin() -> None:
        app = bootstrap.build(Settings(_env_file=None))
        for email in EMAILS:
            await registration.register(app.ports, await candidate(app.ports, email=email))
        await app.close()

    asyncio.run(begin())
    return own_database


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


def some_are_done(house: Path, key: str) -> bool:
    """Whether a first value is closed by another key; asked without holding anybody up."""
    with closing(sqlite3.connect(house / "instap.db")) as database:
        done = "SELECT count(*) FROM conversations WHERE substr(draft, 2, 8) <> CAST(? AS BLOB)"
        return bool(database.execute(done, (key,)).fetchone()[0])


def execute(house: Path, statement: str) -> None:
    with closing(sqlite3.connect(house / "instap.db")) as database:
        database.execute(statement)
        database.commit()


def retired(house: Path) -> list[str]:
    """The names of the keys that are put apart."""
    return list(json.loads((house / "instap.key").read_text()).get("retired", {}))


def test_a_new_key_closes_everything_and_the_old_one_is_put_apart(house: Path):
    [first] = kept(house)
    done = instap("keys", "rotate")
    first_then, second = kept(house)
    assert done.exit_code == 0 and f"Sleutel {second}" in done.output
    assert first_then == first and used() == {second}
    done = instap("keys", "tidy")
    assert done.exit_code == 0 and f"Apart: {first}." in done.output
    assert kept(house) == [second] and readable() == EMAILS
    assert retired(house) == [first]  # bug: it was gone at once, and old copies with it
    assert "Apart: geen." in instap("keys", "tidy").output  # twice is the same as once


@pytest.mark.parametrize("then", ["rotate", "tidy"])
def test_what_broke_halfway_is_given_again_and_nothing_is_lost(house: Path, then: str):
    execute(
        house,
        "CREATE TRIGGER full BEFORE UPDATE ON registrations WHEN old.rowid > 1 "
        "BEGIN SELECT RAISE(ABORT, 'disk full'); END",
    )
    assert instap("keys", "rotate").exit_code == 1
    both = set(kept(house))
    assert len(both) == 2 and used() == both and readable() == EMAILS
    assert instap("keys", "tidy").exit_code == 1
    assert {*kept(house)} == both and readable() == EMAILS

    execute(house, "DROP TRIGGER full")
    assert instap("keys", then).exit_code == 0
    assert instap("keys", "tidy").exit_code == 0
    assert {*kept(house)} == used() and len(used()) == 1
    assert (used() < both) is (then == "tidy")
    assert readable() == EMAILS


def test_killed_while_it_reseals(house: Path):
    execute(
        house,
        "CREATE TRIGGER slow BEFORE UPDATE ON registrations BEGIN SELECT (WITH RECURSIVE "
        "up(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM up WHERE n < 100000000) "
        "SELECT count(*) FROM up); END",
    )
    [first] = kept(house)
    running = subprocess.Popen([sys.executable, INSTAP, "keys", "rotate"], env=os.environ)
    until = time.monotonic() + 60
    while not some_are_done(house, first) and time.monotonic() < until:
        time.sleep(0.05)
    running.kill()
    assert running.wait() == -signal.SIGKILL
    execute(house, "DROP TRIGGER slow")
    assert used() == {*kept(house)} and len(used()) == 2 and readable() == EMAILS
    assert instap("keys", "rotate").exit_code == 0
    assert instap("keys", "tidy").exit_code == 0
    assert len(kept(house)) == 1 and readable() == EMAILS


def test_no_key_goes_while_a_part_runs(house: Path, monkeypatch: pytest.MonkeyPatch):
    """Bug: the part went on closing by the key that was gone, and nobody could read it again."""
    instap("keys", "rotate")
    before = (house / "instap.key").read_bytes()
    with socket.create_server(("127.0.0.1", 0)) as part:
        for name in ("PORT", "ACTIONS_PORT", "RASA_PORT"):
            with monkeypatch.context() as here:
                here.setenv(f"INSTAP_{name}", str(part.getsockname()[1]))
                done = instap("keys", "tidy")
                assert done.exit_code == 1 and "stop eerst alles" in done.output
    with holding.held(house, holding.PARTS, alone=False):  # a part that does not answer yet
        done = instap("keys", "tidy")
        assert done.exit_code == 1 and "stop eerst alles" in done.output
    assert (house / "instap.key").read_bytes() == before
    assert instap("keys", "tidy").exit_code == 0


def test_no_second_key_is_made_for_a_database_that_has_data(house: Path):
    """Bug: it was, a registration was confirmed by it, and no key opened both."""
    away = (house / "instap.key").rename(house / "elsewhere")
    for words in ((), ("--yes",)):
        done = instap("keys", "make", *words)
        assert done.exit_code == 1 and "andere sleutel" in done.output
        assert not (house / "instap.key").exists()
    away.rename(house / "instap.key")
    assert "is er al" in instap("keys", "make").output
    assert readable() == EMAILS


def test_two_key_files_never_have_the_same_names(own_var: Path):
    assert instap("keys", "make").exit_code == 0
    [one] = kept(own_var)
    (own_var / "instap.key").unlink()
    assert instap("keys", "make").exit_code == 0
    assert kept(own_var) != [one]


@pytest.mark.parametrize("command", [("leads", "list"), ("leads", "list", "--json")])
def test_a_row_that_cannot_be_read_is_named_and_takes_none_along(
    house: Path, command: tuple[str, ...]
):
    """Bug: one row took the list, the export and the purge down."""
    execute(house, "UPDATE registrations SET phone = X'026b39' WHERE rowid = 2")
    done = instap(*command)
    assert done.exit_code == 0
    assert "1 rij is niet te lezen" in done.output and "HT-" in done.output
    left = [email for email in EMAILS if email in done.stdout]
    assert "--json" not in command or left == [EMAILS[0], EMAILS[2]]
    assert instap("leads", "export", str(house / "leads.csv")).exit_code == 0
    assert instap("purge").exit_code == 0
    found = json.loads(instap("doctor", "--json").stdout)
    [rows] = [each for each in found if each["about"] == "gesloten gegevens"]
    assert rows["state"] == "fout" and "1 rij" in rows["advice"]


BY_CODE = [
    ("leads", "show"),
    ("leads", "place"),
    ("leads", "withdraw"),
    ("leads", "decide", "declined"),
    ("leads", "correct", "phone", "06 12345678"),
]


@pytest.mark.parametrize("words", BY_CODE, ids=" ".join)
def test_what_cannot_be_read_is_told_so_and_not_the_fault_of_the_database(
    house: Path, words: tuple[str, ...]
):
    """Bug: English, and a hint at a setting that had nothing to do with it."""
    code = json.loads(instap("leads", "list", "--json").stdout)[1]["code"]
    execute(house, "UPDATE registrations SET phone = X'026b39' WHERE rowid = 2")
    done = instap(*words[:2], code, *words[2:])
    assert done.exit_code == 1 and "niet te lezen" in done.output
    assert "INSTAP_DATABASE_URL" not in done.output and "value" not in done.output
    asked = instap("erase", code)
    assert code in asked.output  # bug: "aanmeldingen geen", and then it was erased
    assert instap("erase", code, "--yes").exit_code == 0
    assert "rij" not in instap("leads", "list").output


def test_a_request_to_be_called_that_cannot_be_read_is_named(house: Path):
    execute(
        house,
        "INSERT INTO callbacks (conversation_id, way, address, created_at)"
        " SELECT id, 'phone', X'026b39', created_at FROM conversations LIMIT 1",
    )
    listed = instap("callbacks", "list")
    assert listed.exit_code == 0 and "1 rij is niet te lezen (1)" in listed.output
    for command in ("done", "withdraw"):
        done = instap("callbacks", command, "1")
        assert done.exit_code == 1 and "instap erase" in done.output
    asked = instap("erase", "1")
    assert "verzoeken om contact 1" in asked.output


SPOILT = ["{bad", "{}", "[]", "", '{"current": "a", "keys": {}, "index": ""}']


@pytest.mark.parametrize("raw", SPOILT)
@pytest.mark.parametrize(
    "words", [("leads", "list"), ("keys", "make"), ("keys", "rotate"), ("keys", "tidy"), ("purge",)]
)
def test_a_spoilt_key_file_is_named_and_left_as_it_is(house: Path, raw: str, words):
    """Bug: a trace of the code."""
    (house / "instap.key").write_text(raw)
    done = instap(*words)
    assert done.exit_code == 1 and isinstance(done.exception, SystemExit)
    assert "instap.key is niet te lezen" in str(done.exception) + done.output
    assert (house / "instap.key").read_text() == raw
    [found] = json.loads(instap("doctor", "--json").stdout)
    assert found["state"] == "fout" and "instap.key" in found["advice"]


def test_nothing_starts_with_the_key_of_another(house: Path):
    """Bug: it did, and whoever registered was sealed by a key that opens nothing else."""
    own = (house / "instap.key").read_bytes()
    (house / "instap.key").unlink()
    load_cipher(house / "instap.key")
    for command in ("migrate", "run"):
        done = subprocess.run([INSTAP, command], capture_output=True, text=True, check=False)
        assert done.returncode == 1 and "andere sleutel" in done.stderr
    (house / "instap.key").write_bytes(own)
    assert instap("migrate").exit_code == 0 and readable() == EMAILS
