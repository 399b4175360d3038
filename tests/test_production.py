"""What is convenient on a machine of one's own is refused, or not offered, in production."""

from pathlib import Path

import pytest
from pydantic import ValidationError
from typer.testing import CliRunner

from bot import bootstrap
from bot.cli import cli
from bot.services import conversation, passages
from bot.settings import Settings
from bot.storage.migrate import migrate


@pytest.mark.parametrize("inside", [None, "instap.key", "secrets/key", "../data/key"])
def test_the_key_lies_outside_the_data_folder(tmp_path: Path, inside: str | None):
    var = tmp_path / "data"
    given = {} if inside is None else {"key_file": var / inside}
    assert Settings(_env_file=None, var=var, **given).key_path()
    with pytest.raises(ValidationError, match="INSTAP_KEY_FILE"):
        Settings(_env_file=None, env="production", var=var, **given)
    away = tmp_path / "elders/key"
    chosen = Settings(_env_file=None, env="production", var=var, key_file=away)
    assert chosen.key_path() == away


def test_a_link_into_the_data_folder_is_seen_through(tmp_path: Path):
    (tmp_path / "data").mkdir()
    (tmp_path / "key").symlink_to(tmp_path / "data/key")
    with pytest.raises(ValidationError, match="INSTAP_KEY_FILE"):
        Settings(_env_file=None, env="production", var=tmp_path / "data", key_file=tmp_path / "key")


def test_a_command_says_where_the_key_may_not_lie_and_makes_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("INSTAP_ENV", "production")
    monkeypatch.setenv("INSTAP_VAR", str(tmp_path))
    monkeypatch.delenv("INSTAP_KEY_FILE", raising=False)
    done = CliRunner().invoke(cli, ["leads", "list"])
    assert done.exit_code == 2 and "INSTAP_KEY_FILE: in productie ligt de sleutel" in done.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("given", "begins"),
    [
        ({}, "http://127.0.0.1:8080/#instap="),
        ({"public_url": "https://bot.example.nl"}, "https://bot.example.nl/#instap="),
        ({"env": "production", "public_url": "https://bot.example.nl"}, "https://bot.example.nl/#"),
        ({"env": "production"}, None),
    ],
)
async def test_a_link_to_the_website_leads_somewhere_or_is_not_offered(tmp_path, given, begins):
    """Bug: without a public address visitors on Telegram were sent to their own machine."""
    chosen = Settings(_env_file=None, var=tmp_path / "data", key_file=tmp_path / "key", **given)
    app = bootstrap.build(chosen)
    await migrate(app.database)
    started = await conversation.start(app.ports, "telegram", "77")
    async with app.ports.work() as work:
        known = await work.conversations.by_id(started.conversation)
    turn, _ = await passages.offer(app.ports, known, "website")
    await app.close()
    assert [each.url.startswith(begins) for each in turn.links] == ([True] if begins else [])
    if begins is None:
        assert turn.messages[0].text == app.ports.texts.render("utter_passage_none").text
