"""The other storm, in a file of its own: files are tested side by side."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.databases import a_server
from tests.faults.test_storm import ON_POSTGRESQL, stand

pytestmark = [pytest.mark.engine, pytest.mark.postgres, pytest.mark.nightly]


async def test_on_postgresql_it_is_the_same(tmp_path: Path, figure: Callable[[str], None]) -> None:
    with a_server() as databases:
        await stand(tmp_path, ON_POSTGRESQL, figure, databases)
