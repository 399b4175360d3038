"""A slip of the keyboard or of the clock erases nobody: it says how many, and asks."""

import asyncio
import json
import os
import pty
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update
from typer.testing import CliRunner, Result

from bot import bootstrap
from bot.cli import cli
from bot.core.intake import next_intake
from bot.core.retention import Seen
from bot.services import registration
from bot.settings import Settings
from bot.storage.tables import ConversationRow, RegistrationRow
from tests.services.test_registration import candidate
from tests.support.house import INSTAP

RUNNER = CliRunner()
EMAILS = [f"{number}@voorbeeld.nl" for number in range(3)]


def instap(*words: str) -> Result:
    return RUNNER.invoke(cli, words)


@pytest.fixture
def house(own_database: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of a house with three registrations."""
    for name, port in (("PORT", 9), ("ACTIONS_PORT", 10), ("RASA_PORT", 11)):
        monkeypatch.setenv(f"INSTAP_{name}", str(port))  # nobody listens there

    async def begin() -> None:
        app = bootstrap.build(Settings(_env_file=None))
        for email in EMAILS:
            await registration.register(app.ports, await candidate(app.ports, email=email))
        await app.close()

    asyncio.run(begin())
    return own_database


def group() -> str:
    """The group that they registered for."""
    return next_intake(datetime.now(UTC)).id


def leads() -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(instap("leads", "list", "--json").stdout)
    return found


def known() -> dict[str, object]:
    """What is known of the group."""
    rows = json.loads(instap("intakes", "list", "--json").stdout)
    return next(each for each in rows if each["id"] == group())


def turn_back(by: timedelta) -> None:
    """Everything happened so much longer ago, and a round has just seen the time of now."""

    async def turn() -> None:
        app = bootstrap.build(Settings(_env_file=None))
        then = datetime.now(UTC) - by
        async with app.database.begin() as connection:
            await connection.execute(update(ConversationRow).values(updated_at=then))
            values = {"updated_at": then, "withdrawn_at": then, "status": "withdrawn"}
            await connection.execute(update(RegistrationRow).values(values))
        async with app.ports.work() as work:
            await work.terms.saw(Seen(datetime.now(UTC)))
            await work.commit()
        await app.close()

    asyncio.run(turn())


def day_before_it_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the week in which the group starts, by a clock that was set."""
    monkeypatch.setenv("INSTAP_NOW", f"{group()}-05T12:00:00+01:00")


def test_a_start_that_would_end_everybody_says_how_many_and_asks(
    house: Path, monkeypatch: pytest.MonkeyPatch
):
    """Bug: `--starts-on 2027-10-02` for 11-02 erased the group within the hour."""
    day_before_it_ends(monkeypatch)
    name, slip = group(), f"{group()[:4]}-10-02"
    done = instap("intakes", "set", name, "--starts-on", slip)
    assert done.exit_code == 1
    assert "3 aanmeldingen" in done.output and "--yes" in done.output
    assert known()["starts_on"] is None
    assert instap("intakes", "set", name, "--starts-on", f"{name}-02").exit_code == 0
    done = instap("intakes", "set", name, "--starts-on", slip, "--yes")
    assert done.exit_code == 0 and "3 aanmeldingen" in done.output
    assert known()["starts_on"] == slip


def test_a_person_at_a_terminal_is_asked(house: Path, monkeypatch: pytest.MonkeyPatch):
    day_before_it_ends(monkeypatch)
    for answer, status in ((b"nee\n", 1), (b"\n", 1), (b"ja\n", 0)):
        keyboard, screen = pty.openpty()
        words = ["intakes", "set", group(), "--starts-on", f"{group()[:4]}-10-02"]
        os.write(keyboard, answer)
        running = subprocess.run(
            [sys.executable, INSTAP, *words],
            stdin=screen,
            capture_output=True,
            env=os.environ,
            check=False,
            timeout=120,
        )
        os.close(keyboard)
        os.close(screen)
        assert running.returncode == status, running.stdout
        if status == 0:
            assert known()["starts_on"] is not None


def test_a_closing_day_that_moves_people_to_another_group_asks(house: Path):
    name = group()
    other = f"{int(name[:4]) + 1}-11"
    done = instap("intakes", "set", name, "--closes-on", f"{name[:4]}-01-01")
    if date.today() <= date(int(name[:4]), 1, 1):
        return
    assert done.exit_code == 1 and other in done.output and known()["closes_on"] is None


def test_a_group_may_be_put_off_and_a_day_unset(house: Path):
    name = group()
    later = f"{int(name[:4]) + 1}-01-17"
    assert instap("intakes", "set", name, "--starts-on", later).exit_code == 0
    assert known()["starts_on"] == later
    assert all(str(lead["ends_on"]) > later for lead in leads())
    assert instap("intakes", "set", name, "--capacity", "12").exit_code == 0
    assert instap("intakes", "set", name, "--clear", "starts_on").exit_code == 0
    assert known() == {"id": name, "starts_on": None, "closes_on": None, "capacity": 12}
    done = instap("intakes", "set", name, "--clear", "capacity", "--capacity", "3")
    assert done.exit_code == 2 and known()["capacity"] == 12
    assert instap("intakes", "set", name, "--clear", "capacity").exit_code == 0
    assert known()["capacity"] is None


@pytest.mark.parametrize("written", ["{year}-11-01", "01-11-{year}", "1-11-{year}", "1/11/{year}"])
def test_a_day_may_be_written_as_people_write_it(house: Path, written: str):
    year = group()[:4]
    assert (
        instap("intakes", "set", group(), "--starts-on", written.format(year=year)).exit_code == 0
    )
    assert known()["starts_on"] == f"{year}-11-01"


@pytest.mark.parametrize("written", ["1 november", "morgen", "31-11-2027", "11-2027", ""])
def test_what_is_no_day_is_refused_in_dutch(house: Path, written: str):
    done = instap("intakes", "set", group(), "--starts-on", written)
    assert done.exit_code == 2 and "01-11-2027" in done.output
    assert known()["starts_on"] is None


def test_nothing_given_is_not_said_to_be_changed(house: Path):
    done = instap("intakes", "set", group())
    assert done.exit_code == 2 and "--starts-on" in done.output


@pytest.mark.parametrize("name", ["2072-11", "november 2027", "27-11", "2027-10"])
def test_a_group_that_cannot_be_is_a_slip(house: Path, name: str):
    done = instap("intakes", "set", name, "--capacity", "15")
    assert done.exit_code == 1 and name in done.output and "2027-11" in done.output
    assert f'"{name}"' not in instap("intakes", "list", "--json").stdout


def test_fewer_places_than_are_taken_is_said(house: Path):
    for lead in leads():
        instap("leads", "place", str(lead["code"]))
    done = instap("intakes", "set", group(), "--capacity", "1")
    assert done.exit_code == 0 and "al 3 plaatsen" in done.output
    assert len(leads()) == 3


@pytest.mark.parametrize("words", [("purge",), ("purge", "--yes"), ("purge", "--json", "--yes")])
def test_nothing_is_erased_while_the_clock_is_set(
    house: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
):
    """Bug: a demonstration on the real data folder erased everybody."""
    before = leads()
    monkeypatch.setenv("INSTAP_NOW", "2031-01-01T12:00:00+01:00")
    for _ in range(3):
        done = instap(*words)
        assert done.exit_code == 1 and "INSTAP_NOW" in done.output
    monkeypatch.delenv("INSTAP_NOW")
    assert leads() == before


def test_a_purge_by_hand_says_how_many_and_asks(house: Path):
    assert instap("purge").exit_code == 0  # nothing goes: nothing to ask
    turn_back(timedelta(days=100))
    done = instap("purge")
    assert done.exit_code == 1 and "--yes" in done.output
    assert len(leads()) == 3
    done = instap("purge", "--yes")
    assert done.exit_code == 0 and "Gemerkt, en over een dag gewist: 3" in done.output
    assert len(leads()) == 3


def test_the_doctor_names_a_clock_that_is_not_right_and_who_goes_soon(
    house: Path, monkeypatch: pytest.MonkeyPatch
):
    def found(about: str) -> tuple[str, str]:
        rows = json.loads(instap("doctor", "--json").stdout)
        return next((each["state"], each["advice"]) for each in rows if each["about"] == about)

    assert found("klok") == ("goed", "") == found("binnenkort gewist")
    day_before_it_ends(monkeypatch)
    assert "INSTAP_NOW" in found("klok")[1]
    monkeypatch.setenv("INSTAP_NOW", f"{group()[:4]}-11-28T12:00:00+01:00")
    state, advice = found("binnenkort gewist")
    assert state == "let op" and "3 aanmeldingen" in advice
    monkeypatch.delenv("INSTAP_NOW")

    async def see(moment: datetime) -> None:
        app = bootstrap.build(Settings(_env_file=None))
        async with app.ports.work() as work:
            await work.terms.saw(Seen(moment))
            await work.commit()
        await app.close()

    asyncio.run(see(datetime.now(UTC) - timedelta(days=9)))
    state, advice = found("klok")
    assert state == "fout" and "purge --yes" in advice
