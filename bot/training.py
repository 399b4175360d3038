"""Trains the engine's model when what it learns from has changed."""

import contextlib
import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bot.settings import Settings
from bot.understanding import seal

ROOT: Final = Path(__file__).parents[1]
LEARNS_FROM: Final = (
    "config.yml",
    "domain.yml",
    "nlu",
    "stories",
    "bot/understanding",
    "requirements/app.txt",
)
LEARN: Final = (sys.executable, "-m", "bot.understanding.learn")


class TrainingFailed(Exception):
    """The engine could not learn; the message is the end of what it printed."""


def fingerprint() -> str:
    """Changes whenever another model would come out."""
    found = hashlib.sha256()
    for name in LEARNS_FROM:
        place = ROOT / name
        files = sorted(place.rglob("*")) if place.is_dir() else [place]
        for path in files:
            if path.is_file() and path.suffix in (".yml", ".py", ".txt", ".tsv"):
                found.update(path.relative_to(ROOT).as_posix().encode())
                found.update(path.read_bytes())
    return found.hexdigest()[:16]


def model_path(settings: Settings) -> Path:
    """Where the model of today's training data is, or will be."""
    return (ROOT / settings.models / f"instap-{fingerprint()}.tar.gz").resolve()


def is_there(model: Path) -> bool:
    """Whether it was trained; one without its manifest was not, or not by us."""
    return model.exists() and seal.manifest_of(model).exists()


def train(settings: Settings) -> Path:
    """The model of today's training data; trained only when it is not there yet.

    Raises TrainingFailed, and ModelRefused when it is there with other bytes than it was made with:
    a person should see that, so it is not quietly made anew.
    """
    model = model_path(settings)
    if not is_there(model):
        with _alone(model.parent):
            if not is_there(model):
                _learn(model)
    seal.check(model)
    return model


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Who trains second waits, and finds the model of the first."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "training.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _learn(model: Path) -> None:
    command = [*LEARN, str(model.parent), model.name.removesuffix(".tar.gz")]
    environment = os.environ | {
        "RASA_TELEMETRY_ENABLED": "false",
        "INSTAP_ENGINE_SECRET": "only-for-training",
        "PYTHONWARNINGS": "ignore",
        "OMP_WAIT_POLICY": "PASSIVE",  # waiting threads that spin slow a busy machine to a crawl
    }
    done = subprocess.run(  # noqa: S603 - our own interpreter, our own module
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise TrainingFailed(done.stdout[-4000:])
