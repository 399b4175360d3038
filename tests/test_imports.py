"""What a process or a command does not use it does not import: that is waited for, and kept."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.house import ROOT

STORAGE = {"sqlalchemy", "alembic", "aiosqlite", "cryptography"}
TELEGRAM, MAIL, LIMITS = {"telegram"}, {"aiosmtplib"}, {"limits"}
FILES = {"fpdf", "PIL", "icalendar", "segno"}
ACTIONS = {"rasa_sdk", "sanic"}
SERVING = {"starlette", "uvicorn", "httpx", "prometheus_client", "structlog"}
NOT_OURS = STORAGE | TELEGRAM | MAIL | LIMITS | FILES | ACTIONS | SERVING
COMMAND = "from bot.cli import cli; cli({words!r}, standalone_mode=False)"
PART = "from bot import serving; from bot.settings import Settings; serving.{name}(Settings())"
ENTRIES = {
    "help": (COMMAND.format(words=["--help"]), NOT_OURS | {"pydantic"}),
    "run": ("import bot.commands.run", NOT_OURS),
    "gateway": (PART.format(name="gateway_app"), TELEGRAM | MAIL | FILES | ACTIONS | {"alembic"}),
    "actions": (PART.format(name="actions_app"), TELEGRAM | MAIL | FILES | LIMITS | {"alembic"}),
    "leads": (
        COMMAND.format(words=["leads", "list"]),
        TELEGRAM | MAIL | FILES | LIMITS | ACTIONS | {"alembic"},
    ),
    "content": (COMMAND.format(words=["content", "check"]), NOT_OURS - {"structlog"}),
}


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a database in it."""
    folder: Path = tmp_path_factory.mktemp("var")
    in_process(COMMAND.format(words=["migrate"]), folder)
    return folder


def in_process(code: str, var: Path) -> set[str]:
    """The modules that a process has after this code, with nothing set but its data folder."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith("INSTAP_")}
    tell = "import json, sys; print(); print(json.dumps(list(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{tell}"],
        cwd=ROOT,
        env=bare | {"INSTAP_VAR": str(var)},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize("name", ENTRIES)
def test_nothing_is_imported_that_is_not_used(name: str, var: Path):
    code, unused = ENTRIES[name]
    assert in_process(code, var) & unused == set()
