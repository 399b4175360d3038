"""`instap erase` and `instap callbacks`: whom it is about is shown, and it is asked first."""

import asyncio
import json
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from bot import bootstrap
from bot.cli import cli
from bot.services import callbacks, conversation, drafts
from bot.settings import Settings
from tests.support.patience import PATIENCE


def begin() -> str:
    """A conversation with an open request."""

    async def make() -> str:
        app = bootstrap.build(Settings(_env_file=None))
        name = (await conversation.start(app.ports, "web")).conversation
        await drafts.remember(app.ports, name, {"phone": "+31612345678", "name": "Bram Wissen"})
        await callbacks.request(app.ports, name, "morgen, over de kosten")
        await app.close()
        return name

    return asyncio.run(make())


def instap(*arguments: str):
    return CliRunner().invoke(cli, arguments)


def rows() -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(
        instap("callbacks", "list", "--all", "--json").stdout
    )
    return found


def test_who_only_asked_for_a_call_can_be_erased_by_its_number_after_a_yes(own_database):
    begin()
    asked = instap("erase", "1")
    assert asked.exit_code == 1 and "Bram Wissen" in asked.output
    assert len(rows()) == 1
    done = instap("erase", "1", "--yes")
    assert done.exit_code == 0 and "Bram Wissen" in done.output
    assert rows() == []


def test_who_only_chatted_can_be_erased_by_the_conversation(own_database):
    name = begin()
    assert instap("erase", name, "--yes").exit_code == 0
    assert rows() == []
    assert instap("erase", "HT-NIETHIER", "--yes").exit_code == 1


def test_a_coordinator_corrects_takes_off_and_erases_a_request(own_database):
    begin()
    assert instap("callbacks", "correct", "1", "06 87654321").exit_code == 0
    [row] = rows()
    assert (row["address"], row["status"]) == ("+31687654321", "open")
    assert (row["name"], row["role"]) == ("Bram Wissen", None)
    assert (row["moment"], row["question"]) == ("morgen", "morgen, over de kosten")
    assert instap("callbacks", "correct", "1", "geen nummer").exit_code == 1
    assert instap("callbacks", "withdraw", "1").exit_code == 0
    assert [each["status"] for each in rows()] == ["withdrawn"]
    assert json.loads(instap("callbacks", "list", "--json").stdout) == []
    assert instap("callbacks", "erase", "1").exit_code == 1
    assert instap("callbacks", "erase", "1", "--yes").exit_code == 0
    assert rows() == []
    assert instap("callbacks", "withdraw", "1").exit_code == 1


@pytest.mark.parametrize(("said", "goes"), [("ja\n", True), ("nee\n", False), ("", False)])
def test_a_script_may_write_its_yes_as_well(said: str, goes: bool) -> None:
    code = "from bot.commands.opened import be_sure\nbe_sure('Zeker?', yes=False)"
    done = subprocess.run(
        [sys.executable, "-c", code], check=False, input=said, text=True, timeout=PATIENCE
    )
    assert (done.returncode == 0) is goes


def test_a_request_that_is_closed_is_told_to_be_closed_and_not_to_be_unknown(own_database):
    """Bug: "dat is er niet", of a request that stands there; "genoteerd", and nothing was."""
    begin()
    assert instap("callbacks", "withdraw", "1").exit_code == 0
    for words in (("done", "1"), ("correct", "1", "06 12345679")):
        done = instap("callbacks", *words)
        assert done.exit_code == 1 and "staat niet meer open" in done.output
    assert rows()[0]["status"] == "withdrawn" and rows()[0]["address"] == "+31612345678"


def test_a_file_of_messages_that_is_not_there_is_told_in_dutch(tmp_path):
    done = instap("understand", str(tmp_path / "weg.txt"))
    assert done.exit_code == 1 and "is niet te lezen" in done.output
