"""One environment, two sides: the app knows nothing of Rasa, the engine nothing of the leads."""

import json
import os
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest

from bot.settings import Settings
from bot.supervisor import ENGINE_KNOWS, processes
from bot.understanding.lean import LEFT_OUT
from tests.support.house import ROOT
from tools.locks import canonical

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
CONTRACTS = PROJECT["importlinter"]["contracts"]
[THE_APP] = [each for each in CONTRACTS if "rasa" in each.get("forbidden_modules", ())]
TELL = "import json, sys; print(json.dumps(list(sys.modules)))"
[RASA] = PROJECT["uv"]["dependency-metadata"]


def test_the_contract_is_about_all_of_the_app():
    modules = {path.stem for path in (ROOT / "bot").iterdir() if is_code(path)}
    named = {name.removeprefix("bot.") for name in THE_APP["source_modules"]}
    assert named == modules - {"understanding"} | {"actions"}


def is_code(path: Path) -> bool:
    return path.suffix == ".py" and path.stem != "__init__" or (path / "__init__.py").exists()


def test_the_app_does_not_load_what_the_contract_forbids():
    """Also not through a library, which the contract does not see."""
    done = subprocess.run(
        [sys.executable, "-c", f"import {', '.join(modules_of_the_app())}; {TELL}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert set(json.loads(done.stdout)) & set(THE_APP["forbidden_modules"]) == set()


def modules_of_the_app() -> list[str]:
    """All but what prints: fpdf2 takes along what it finds here, also what the engine brought."""
    paths = [path for name in ("actions", "bot") for path in (ROOT / name).rglob("*.py")]
    names = {".".join(path.relative_to(ROOT).with_suffix("").parts) for path in paths}
    others = ("bot.understanding", "bot.storage.migrations", "bot.documents.page")
    return sorted(each.removesuffix(".__init__") for each in names if not each.startswith(others))


def test_nothing_that_rasa_needs_here_is_left_out():
    home = packages_distributions()
    left_out = {canonical(each) for name in LEFT_OUT for each in home.get(name, [name])}
    assert left_out & {canonical(each) for each in RASA["requires-dist"]} == set()


def test_the_engine_is_told_four_things_and_no_secret_of_the_leads(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    given = {f"INSTAP_{name.upper()}": f"planted-{name}" for name in Settings.model_fields}
    settings = Settings(var=tmp_path)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    parts = {each.name: each.environment for each in processes(settings, tmp_path / "model")}
    told = {name for name in parts["engine"] if name.startswith("INSTAP_")}
    assert told == set(ENGINE_KNOWS)
    planted = {value for value in parts["engine"].values() if value.startswith("planted-")}
    assert planted == {"planted-now"}  # the other three are made anew for it
    assert parts["gateway"]["INSTAP_DATABASE_URL"] == "planted-database_url"
    assert os.environ["INSTAP_SMTP_URL"] not in parts["engine"].values()
