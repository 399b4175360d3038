"""`instap callbacks`: a coordinator sees who wants to be called, whatever was typed."""

import asyncio

import pytest
from typer.testing import CliRunner

from bot import bootstrap
from bot.cli import cli
from bot.services import callbacks, conversation, drafts
from bot.settings import Settings

NOTES = ("bel over [/foo] svp", "met [#fff]geld", "met :bell: graag")


@pytest.mark.parametrize("note", NOTES)
def test_a_wish_with_brackets_stands_in_the_list_as_it_was_typed(own_database, note):
    async def begin() -> None:
        app = bootstrap.build(Settings(_env_file=None))
        name = (await conversation.start(app.ports, "web")).conversation
        await drafts.remember(app.ports, name, {"phone": "+31612345678", "name": "Jan"})
        await callbacks.request(app.ports, name, note)
        await app.close()

    asyncio.run(begin())
    done = CliRunner().invoke(cli, ["callbacks", "list"], env={"COLUMNS": "200", "TERM": "xterm"})
    assert done.exit_code == 0 and note in done.output and "+31612345678" in done.output
