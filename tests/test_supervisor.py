"""`instap run` starts the engine at once, and nothing else on a database that is not right."""

import os
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import training
from bot.bootstrap import SystemClock
from bot.settings import Settings
from bot.supervisor import environment_for
from bot.understanding import seal
from tests.support.house import INSTAP, ROOT
from tests.support.postgres import free_port


def test_a_process_that_begins_later_goes_on_with_the_clock_of_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Bug: a gateway that came back was minutes behind, and sent no mail until it had caught up."""
    day = datetime(2026, 11, 23, 12, tzinfo=UTC)
    monkeypatch.setenv("INSTAP_NOW", day.isoformat())
    environment = environment_for(Settings(var=tmp_path))
    assert datetime.fromisoformat(environment["INSTAP_NOW_SINCE"]) <= datetime.now(UTC)
    ten_minutes_ago = datetime.now(UTC) - timedelta(minutes=10)
    monkeypatch.setenv("INSTAP_NOW_SINCE", ten_minutes_ago.isoformat())
    settings = Settings(var=tmp_path)
    kept = environment_for(settings)["INSTAP_NOW_SINCE"]
    assert datetime.fromisoformat(kept) == ten_minutes_ago
    now = SystemClock(settings.now, settings.now_since).now()
    assert day + timedelta(minutes=10) <= now < day + timedelta(minutes=11)


@pytest.mark.parametrize("has_model", [False, True])
def test_without_its_database_it_says_why_and_stops(tmp_path: Path, has_model: bool):
    models, var = tmp_path / "models", tmp_path / "var"
    models.mkdir()
    if has_model:  # of nonsense: the engine that is started with it ends
        (models / "made").write_bytes(b"nonsense")
        seal.put_in_place(models / "made", training.model_path(Settings(models=models)))
    bare = {name: value for name, value in os.environ.items() if not name.startswith("INSTAP_")}
    given = {
        "VAR": var,
        "MODELS": models,
        "DATABASE_URL": "postgresql://instap@127.0.0.1:1/instap",
        "PORT": free_port(),
        "RASA_PORT": free_port(),
        "ACTIONS_PORT": free_port(),
    }
    done = subprocess.run(
        [INSTAP, "run"],
        cwd=ROOT,
        env=bare | {f"INSTAP_{name}": str(value) for name, value in given.items()},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 1
    assert done.stderr.startswith(f"De sleutel {var / 'instap.key'} is er niet.")
    assert "Traceback" not in done.stderr and "wordt getraind" not in done.stdout
    assert ("Instap start niet" in done.stdout) is has_model
    logs = {path.stem for path in (var / "logs").glob("*.log")}
    assert logs == ({"engine"} if has_model else set())
