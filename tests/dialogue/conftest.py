"""One stage for the tests of a module: its states are made once."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.dialogue.stage import Stage, stage


@pytest.fixture(scope="module")
def scene(
    tmp_path_factory: pytest.TempPathFactory, template: Path
) -> Iterator[tuple[Stage, asyncio.Runner]]:
    """A stage, and what runs its turns."""
    folder = tmp_path_factory.mktemp("stage")
    (folder / "instap.db").write_bytes(template.read_bytes())
    with pytest.MonkeyPatch.context() as patch, stage(folder, patch) as made:
        yield made
