"""A command finds the data of this project wherever it is given, and a question makes none."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot import holding
from bot.cli import cli
from bot.settings import PROJECT, Settings

RUNNER = CliRunner()
QUESTIONS = [
    ("leads", "list"),
    ("leads", "list", "--json"),
    ("leads", "show", "HT-00000000"),
    ("leads", "export", "leads.csv"),
    ("intakes", "list"),
    ("callbacks", "list"),
    ("mails", "list"),
    ("doctor",),
    ("purge",),
    ("erase", "HT-00000000"),
    ("keys", "rotate"),
    ("keys", "tidy"),
]


def instap(*words: str) -> Result:
    return RUNNER.invoke(cli, words)


def test_a_relative_folder_is_one_of_the_project_wherever_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Bug: `cd ~; instap leads list` showed an empty table of a new database."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("INSTAP_VAR", "elders")
    monkeypatch.setenv("INSTAP_KEY_FILE", "sleutel")
    chosen = Settings(_env_file=None)
    assert chosen.var == PROJECT / "elders" and chosen.key_path() == PROJECT / "sleutel"
    assert chosen.models.is_absolute()
    assert str(PROJECT / "elders") in chosen.database()


@pytest.mark.parametrize("words", QUESTIONS, ids=" ".join)
def test_a_question_about_data_that_are_not_there_makes_none(own_var: Path, words: tuple[str, ...]):
    done = instap(*words)
    assert done.exit_code == 1
    assert "geen database" in done.output or "er is er geen" in done.output
    assert [each.name for each in own_var.iterdir() if each.suffix in (".db", ".key")] == []


def test_the_doctor_says_it_to_programs_too(own_var: Path):
    [found] = json.loads(instap("doctor", "--json").stdout)
    assert (found["about"], found["state"]) == ("database", "fout")


def test_a_second_house_in_one_data_folder_is_refused_at_once(own_var: Path):
    """Bug: its gateway, its mail and its purge went on beside the first."""
    with holding.held(own_var, holding.HOUSE, alone=True):
        done = instap("run")
    assert done.exit_code == 1 and "draait al" in done.output
    assert not (own_var / "instap.db").exists()


def test_a_part_does_not_start_while_somebody_works_at_the_keys(own_var: Path):
    with holding.held(own_var, holding.PARTS, alone=True):
        done = instap("serve", "gateway")
    assert done.exit_code == 1 and "sleutels" in done.output
    with holding.held(own_var, holding.PARTS, alone=False):
        with holding.held(own_var, holding.PARTS, alone=False):
            pass
        with pytest.raises(holding.Held), holding.held(own_var, holding.PARTS, alone=True):
            pass


def test_settings_that_cannot_be_read_are_told_in_dutch(own_var, tmp_path, monkeypatch):
    """Bug: a trace of the code for one letter that Windows wrote its own way."""
    (tmp_path / "env").write_bytes("INSTAP_COORDINATOR_EMAIL=josé@voorbeeld.nl".encode("cp1252"))
    monkeypatch.setitem(Settings.model_config, "env_file", tmp_path / "env")
    done = instap("leads", "list")
    assert done.exit_code == 2 and ".env is niet te lezen" in done.output
