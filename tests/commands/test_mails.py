"""`instap mails`: who runs Instap sees what did not go, without persons, and tries it again."""

import asyncio
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot import bootstrap
from bot.cli import cli
from bot.services import outbox
from bot.services.records import Mail
from bot.settings import Settings
from tests.support.fake_smtp import FakeSmtp, running_fake_smtp

RUNNER = CliRunner()
MAILS = (
    Mail("registered-HT-1", "kanarie@voorbeeld.nl", "Kanarie", "Beste Kanarie"),
    Mail("notice-registered-HT-1", "kanarie@coordinatie.nl", "Kanarie", "Kanarie"),
)


def instap(*words: str) -> Result:
    return RUNNER.invoke(cli, words)


def listed() -> list[dict[str, object]]:
    done = instap("mails", "list", "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def advice() -> tuple[str, str]:
    """What the doctor says of mail on its way."""
    found = {each["about"]: each for each in json.loads(instap("doctor", "--json").stdout)}
    return found["e-mail onderweg"]["state"], found["e-mail onderweg"]["advice"]


@pytest.fixture
def server(own_database: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("INSTAP_PORT", "9")  # nobody listens there
    with running_fake_smtp() as server:
        monkeypatch.setenv("INSTAP_SMTP_URL", server.url())
        yield server


def with_house(*, puts: tuple[Mail, ...] = ()) -> int:
    """Put mail in the outbox and send what is due, as the gateway does; how many went."""

    async def work() -> int:
        app = bootstrap.build(Settings(_env_file=None))
        async with app.ports.work() as unit:
            for mail in puts:
                await unit.mails.add(mail, "gesprek", app.ports.clock.now())
            await unit.commit()
        went = await outbox.deliver(app.ports)
        await app.close()
        return went

    return asyncio.run(work())


def failing(server: FakeSmtp) -> None:
    """Two mails that a server refuses for good."""
    server.replies["RCPT"] = "550 kanarie@voorbeeld.nl does not live here"
    assert with_house(puts=MAILS) == 0
    server.replies.clear()


def test_what_failed_is_listed_without_an_address_or_a_word_of_it(server):
    assert instap("migrate").exit_code == 0
    assert listed() == [] and advice() == ("goed", "")
    failing(server)
    rows = listed()
    assert {each["id"] for each in rows} == {each.id for each in MAILS}
    assert {each["kind"] for each in rows} == {"registered", "notice"}
    for row in rows:
        assert row["next_try"] is None and row["can_be_retried"] and row["tries"] == 1
        assert row["problem"] == "SMTPRecipientRefused 550" and row["waiting_since"]
    shown = json.dumps(rows) + instap("mails", "list").stdout
    assert "kanarie" not in shown.casefold() and "registered-HT-1" in shown
    state, words = advice()
    assert state == "let op" and words.startswith("2 mislukt en 0 te laat")


def test_one_is_tried_again(server):
    failing(server)
    assert instap("mails", "retry", "registered-HT-1").exit_code == 0
    assert sorted(each["next_try"] is None for each in listed()) == [False, True]
    assert with_house() == 1 == len(server.received)
    assert [each["id"] for each in listed()] == ["notice-registered-HT-1"]


def test_all_that_failed_is_tried_again(server):
    failing(server)
    done = instap("mails", "retry", "--failed")
    assert done.exit_code == 0 and done.stdout.startswith("2 ")
    assert with_house() == 2 == len(server.received)
    assert instap("migrate").exit_code == 0
    assert listed() == [] and advice() == ("goed", "")
    assert instap("mails", "retry", "--failed").stdout.startswith("0 ")


def test_what_is_not_there_or_still_waits_is_said_to_be_so(server):
    server.replies["RCPT"] = "451 later"
    assert with_house(puts=MAILS[:1]) == 0
    for name in ("registered-HT-1", "verzonnen"):
        done = instap("mails", "retry", name)
        assert done.exit_code == 1 and "wacht nog" in done.stderr


@pytest.mark.parametrize("words", [(), ("registered-HT-1", "--failed")])
def test_which_ones_must_be_clear(server, words):
    assert instap("mails", "retry", *words).exit_code == 2
