"""The whole house, once for all journeys, on the day that the plan was written."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.house import House, running_house


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    var: Path = tmp_path_factory.mktemp("house")
    with running_house(var, now="2026-11-23T12:00:00+01:00") as house:
        yield house
