"""`instap doctor` names what is wrong, in one line each, and says nothing that is secret."""

import asyncio
import json
import socket
import sqlite3
import stat
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update
from typer.testing import CliRunner

from bot import bootstrap
from bot.cli import cli
from bot.services import conversation
from bot.settings import Settings
from bot.storage.migrate import migrate
from bot.storage.tables import ExchangeRow
from tests.support.fake_smtp import running_fake_smtp
from tests.support.telegram_visitor import running_fake_telegram

RUNNER = CliRunner()


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of its own with an empty database."""
    for name in ("TELEGRAM_TOKEN", "SMTP_URL", "KEY_FILE", "DATABASE_URL"):
        monkeypatch.delenv(f"INSTAP_{name}", raising=False)
    monkeypatch.setenv("INSTAP_VAR", str(tmp_path))
    for name, port in (("PORT", 9), ("ACTIONS_PORT", 10), ("RASA_PORT", 11)):
        monkeypatch.setenv(f"INSTAP_{name}", str(port))  # nobody listens there
    app = bootstrap.build(Settings())

    async def make() -> None:
        await migrate(app.database)
        await app.close()

    asyncio.run(make())
    return tmp_path


def findings() -> dict[str, tuple[str, str]]:
    done = RUNNER.invoke(cli, ["doctor", "--json"])
    return {each["about"]: (each["state"], each["advice"]) for each in json.loads(done.stdout)}


def test_it_says_what_is_off_and_what_must_still_be_filled_in(house: Path):
    found = findings()
    assert found["database"] == found["terugbellen"] == ("goed", "")
    assert found["Telegram"][0] == found["e-mail"][0] == found["voordeur"][0] == "let op"
    assert found["onderdelen"][0] == "let op"
    assert "contact_phone" in found["feiten"][1]


def test_it_names_the_part_that_does_not_run(house: Path, monkeypatch: pytest.MonkeyPatch):
    with socket.create_server(("127.0.0.1", 0)) as engine, socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # taken, and nobody listens
        silent = nobody.getsockname()[1]
        monkeypatch.setenv("INSTAP_ACTIONS_PORT", str(silent))
        monkeypatch.setenv("INSTAP_RASA_PORT", str(engine.getsockname()[1]))
        state, advice = findings()["onderdelen"]
        assert state == "fout" and advice.startswith(f"actieserver (poort {silent}) draait niet")
        monkeypatch.setenv("INSTAP_ACTIONS_PORT", str(engine.getsockname()[1]))
        monkeypatch.setenv("INSTAP_RASA_PORT", str(silent))
        assert findings()["onderdelen"][1].startswith(f"taalmodel (poort {silent}) draait niet")


def test_it_says_which_sqlite_it_is_and_finds_damage(house: Path):
    assert findings()["SQLite"] == ("goed", f"{sqlite3.sqlite_version}, journaal delete")
    file = house / "instap.db"
    raw = bytearray(file.read_bytes())
    raw[4096 * 2 : 4096 * 3] = b"\xff" * 4096
    file.write_bytes(raw)
    assert findings()["SQLite"][0] == "fout"


def test_it_counts_answers_that_did_not_arrive(house: Path):
    assert findings()["antwoorden op Telegram"] == ("goed", "")
    app = bootstrap.build(Settings())

    async def let_three_wait() -> None:
        ports = replace(app.ports, is_brought=True)
        for chat in "123":
            await conversation.start(ports, "telegram", chat)
        async with app.database.begin() as connection:
            early = app.ports.clock.now() - timedelta(hours=1)
            await connection.execute(update(ExchangeRow).values(answered_at=early))
        async with ports.work() as work:
            soon = ports.clock.now() + timedelta(minutes=1)
            unsent = await work.deliveries.claim(soon, soon)
            assert unsent is not None
            await work.deliveries.put_off(unsent.exchange, None, "too late", 0)
            await work.commit()
        await app.close()

    asyncio.run(let_three_wait())
    waits = "2 wachten nog en 1 kwamen in 7 dagen niet aan"
    assert findings()["antwoorden op Telegram"] == ("let op", waits)


def test_a_key_that_others_can_read_is_wrong(house: Path):
    key = house / "instap.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    key.chmod(0o644)
    assert findings()["sleutel"] == ("fout", f"anderen kunnen hem lezen: chmod 600 {key}")
    assert RUNNER.invoke(cli, ["doctor"]).exit_code == 1


def test_a_lost_key_is_not_replaced(house: Path):
    (house / "instap.key").unlink()
    done = RUNNER.invoke(cli, ["doctor"])
    assert done.exit_code == 1
    assert "zet de sleutel terug" in str(done.exception) + done.output
    assert not (house / "instap.key").exists()


def test_with_a_server_a_key_is_made_by_hand_alone(
    house: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Nothing shows from here whether that database was ever closed by another key."""
    key = tmp_path / "elsewhere" / "key"
    monkeypatch.setenv("INSTAP_KEY_FILE", str(key))
    monkeypatch.setenv("INSTAP_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    done = RUNNER.invoke(cli, ["doctor"])
    assert "instap keys make" in str(done.exception) + done.output
    assert not key.exists()
    done = RUNNER.invoke(cli, ["keys", "make"])
    assert done.exit_code == 1 and "antwoordt niet" in done.output and not key.exists()
    assert "gemaakt" in RUNNER.invoke(cli, ["keys", "make", "--yes"]).output
    made = key.read_bytes()
    assert "er al" in RUNNER.invoke(cli, ["keys", "make"]).output
    assert key.read_bytes() == made


def test_it_really_greets_telegram_and_the_mail_server(
    house: Path, monkeypatch: pytest.MonkeyPatch
):
    with running_fake_telegram() as telegram, running_fake_smtp() as post:
        monkeypatch.setenv("INSTAP_TELEGRAM_TOKEN", telegram.fake.token)
        monkeypatch.setenv("INSTAP_TELEGRAM_API", telegram.fake.url)
        monkeypatch.setenv("INSTAP_SMTP_URL", post.url())
        found = findings()
        assert found["Telegram"] == ("goed", "@instap_test_bot")
        assert found["e-mail"] == ("goed", "")
        monkeypatch.setenv("INSTAP_TELEGRAM_TOKEN", "1:fout")
        assert findings()["Telegram"][0] == "fout"
    away = findings()
    assert away["e-mail"][0] == away["Telegram"][0] == "fout"
    assert "1:fout" not in str(away)


def test_a_trial_of_faults_is_named(house: Path, monkeypatch: pytest.MonkeyPatch):
    about = "geen proef met storingen"
    assert findings()[about] == ("goed", "")
    monkeypatch.setenv("INSTAP_FAILPOINTS", str(house))
    assert findings()[about] == ("fout", "haal INSTAP_FAILPOINTS weg")
