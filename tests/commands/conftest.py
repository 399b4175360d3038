"""A house of its own for each command that is tried."""

import shutil
from pathlib import Path

import pytest

from bot.storage.cipher import load_cipher

OF_OTHERS = ("TELEGRAM_TOKEN", "KEY_FILE", "DATABASE_URL", "SMTP_URL", "COORDINATOR_EMAIL")


@pytest.fixture
def own_var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Its data folder, whatever whoever runs the tests has set."""
    for name in OF_OTHERS:
        monkeypatch.delenv(f"INSTAP_{name}", raising=False)
    monkeypatch.setenv("INSTAP_VAR", str(tmp_path))
    return tmp_path


@pytest.fixture
def own_database(own_var: Path, template: Path) -> Path:
    """The data folder with a database in which nothing stands yet."""
    shutil.copyfile(template, own_var / "instap.db")
    load_cipher(own_var / "instap.key")
    return own_var
