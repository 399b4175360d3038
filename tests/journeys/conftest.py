"""The whole house, once for all journeys, on the day that the plan was written."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.fake_smtp import FakeSmtp, running_fake_smtp
from tests.support.house import House, running_house
from tests.support.quick_house import quick_house
from tests.support.telegram_visitor import FakeApi, running_fake_telegram


@pytest.fixture(scope="session")
def telegram() -> Iterator[FakeApi]:
    """A Bot API that behaves as Telegram's own."""
    with running_fake_telegram() as api:
        yield api


@pytest.fixture(scope="session")
def post() -> Iterator[FakeSmtp]:
    """A mail server that keeps what it gets."""
    with running_fake_smtp() as server:
        yield server


@pytest.fixture(scope="session")
def house(
    tmp_path_factory: pytest.TempPathFactory, telegram: FakeApi, post: FakeSmtp
) -> Iterator[House]:
    """Both doors open, and mail goes out."""
    var: Path = tmp_path_factory.mktemp("house")
    with running_house(
        var,
        now="2026-11-23T12:00:00+01:00",
        telegram_token=telegram.fake.token,
        telegram_api=telegram.fake.url,
        smtp_url=post.url(),
    ) as house:
        yield house


@pytest.fixture(scope="session")
def quick(tmp_path_factory: pytest.TempPathFactory, template: Path) -> Iterator[str]:
    """The address of a house in this process."""
    with quick_house(tmp_path_factory.mktemp("quick"), template) as url:
        yield url
