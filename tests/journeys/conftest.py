"""The whole house, once for all journeys, on the day that the plan was written."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.house import House, running_house
from tests.support.telegram_visitor import FakeApi, running_fake_telegram


@pytest.fixture(scope="session")
def telegram() -> Iterator[FakeApi]:
    """A Bot API that behaves as Telegram's own."""
    with running_fake_telegram() as api:
        yield api


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory, telegram: FakeApi) -> Iterator[House]:
    """Both doors open."""
    var: Path = tmp_path_factory.mktemp("house")
    with running_house(
        var,
        now="2026-11-23T12:00:00+01:00",
        telegram_token=telegram.fake.token,
        telegram_api=telegram.fake.url,
    ) as house:
        yield house
