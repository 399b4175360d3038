"""What all tests share: the database of each kind, and services on it."""

import asyncio
import logging
import shutil
import ssl
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import pytest
import structlog
from hypothesis import settings
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.documents import Documents
from bot.privacy.masking import PersonalDataFinder
from bot.services import deadline
from bot.services.ports import Ports
from bot.storage import work
from bot.storage.cipher import load_cipher
from bot.storage.migrate import migrate
from bot.storage.tables import Base
from bot.storage.traces import EngineTraces
from bot.storage.work import connect, units
from tests.support.hurry import hurry
from tests.support.parts import FewFacts, KeysAsTexts, ScriptedEngine, StandingClock
from tests.support.patience import PATIENCE
from tests.support.postgres import programs, running_postgres

settings.register_profile("the same each time", derandomize=True)
settings.load_profile("the same each time")
"""CI is no lottery; `make talk` and a profile of one's own go other ways."""


@pytest.fixture
def figure(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Keeps a figure, which is printed when all tests have run, on however many processes."""
    return lambda words: record_property("figure", words)


@pytest.fixture
def tally(record_property: Callable[[str, object], None]) -> Callable[[int, str], None]:
    """Counts something; what all tests counted under the same words is printed as one figure."""
    return lambda number, words: record_property(f"tally {words}", number)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures."""
    sums: Counter[str] = Counter()
    for outcome in ("passed", "failed"):
        for report in terminalreporter.getreports(outcome):
            for name, words in report.user_properties:
                if name == "figure":
                    terminalreporter.write_line(str(words))
                elif name.startswith("tally "):
                    sums[name.removeprefix("tally ")] += int(str(words))
    for words, number in sums.items():
        terminalreporter.write_line(f"{number:,} {words}")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the files with a long test begin first."""
    long = {item.path for item in items if item.get_closest_marker("long")}
    items.sort(key=lambda item: item.path not in long)


@pytest.fixture(autouse=True)
def own_log() -> Iterator[None]:
    """A log that a test configured ends with it: it writes to a stream that is closed by then."""
    handlers = list(logging.root.handlers)
    yield
    if structlog.is_configured():
        structlog.reset_defaults()
        logging.root.handlers[:] = handlers


@pytest.fixture(scope="session", autouse=True)
def authorities() -> Iterator[None]:
    """Read the file with all authorities once: each client of httpx takes 40 ms of CPU for it."""
    make, kept = ssl.create_default_context, cache(ssl.create_default_context)

    def made(*purpose: ssl.Purpose, **known: str) -> ssl.SSLContext:
        return kept(*purpose, **known) if known else make(*purpose)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ssl, "create_default_context", made)
        yield


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL that these tests started."""
    folder = programs()
    if folder is None:
        pytest.fail("PostgreSQL is not installed; .ci/run installs it")
    with running_postgres(folder) as url:
        yield url.replace("postgresql://", "postgresql+asyncpg://")


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy: each test's own migrations would cost most of its time."""
    file = tmp_path_factory.mktemp("template") / "instap.db"

    async def make() -> None:
        engine = connect(f"sqlite+aiosqlite:///{file}")
        await migrate(engine)
        await engine.dispose()

    with ThreadPoolExecutor(1) as own_loop:  # whoever asks for this is in a loop already
        own_loop.submit(lambda: asyncio.run(make())).result()
    return file


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    """A migrated, empty database of each kind."""
    if request.param == "sqlite":
        shutil.copyfile(request.getfixturevalue("template"), tmp_path / "instap.db")
        engine = connect(f"sqlite+aiosqlite:///{tmp_path / 'instap.db'}")
        hurry(engine)
    else:
        engine = connect(request.getfixturevalue("postgres"))
        await migrate(engine)
        async with engine.begin() as connection:
            for table in reversed(Base.metadata.sorted_tables):
                await connection.execute(table.delete())
    yield engine
    await engine.dispose()


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Deadlines for a slow machine, where a test is about order and not about time."""
    monkeypatch.setattr(deadline, "ENGINE", PATIENCE)
    monkeypatch.setattr(deadline, "TURN", 2 * PATIENCE)
    monkeypatch.setattr(work, "PATIENCE", PATIENCE)


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def engine() -> ScriptedEngine:
    return ScriptedEngine()


@pytest.fixture
def ports(
    database: AsyncEngine, tmp_path: Path, clock: StandingClock, engine: ScriptedEngine
) -> Ports:
    """Services on a real database, with an engine that repeats what the test says."""
    return Ports(
        work=units(database, load_cipher(tmp_path / "key")),
        clock=clock,
        facts=FewFacts(),
        texts=KeysAsTexts(),
        engine=engine,
        traces=EngineTraces(database),
        personal=PersonalDataFinder(),
        documents=Documents(),
    )
