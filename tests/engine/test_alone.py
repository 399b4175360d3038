"""A second engine on the same shard of the same store refuses to start, and says so in one line."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.storage.work import connect
from bot.understanding import seal
from tests.support.patience import PATIENCE

pytestmark = pytest.mark.engine

ROOT = Path(__file__).parents[2]
HOLDS = """
import sys
from bot.understanding import alone
alone.be_the_only_one(sys.argv[1], int(sys.argv[2]))
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a store, as the engine is given it."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'tracker.db'}"
    address: str = request.getfixturevalue("postgres")
    return address.replace("+asyncpg", "")


def start(store: str, shard: int) -> subprocess.Popen[str]:
    """A process that wants to be the engine of a shard."""
    return subprocess.Popen(
        [sys.executable, "-c", HOLDS, store, str(shard)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@contextmanager
def engine(store: str, shard: int) -> Iterator[subprocess.Popen[str]]:
    """One that has it."""
    with start(store, shard) as process:
        try:
            assert process.stdout is not None and process.stdout.readline() == "held\n"
            yield process
        finally:
            process.kill()


def assert_refused(store: str, shard: int) -> None:
    with start(store, shard) as second:
        said, complaint = second.communicate(timeout=PATIENCE)
    assert second.returncode == 1 and said == ""
    assert complaint.splitlines() == [
        f"engine: shard {shard} heeft op deze opslag al een engine; stop die eerst"
    ]


def test_a_second_engine_on_a_shard_refuses_and_another_shard_does_not(store: str):
    with engine(store, 0), engine(store, 1):
        assert_refused(store, 0)
        assert_refused(store, 1)


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_an_engine_that_ends_makes_place(store: str, end: signal.Signals):
    with engine(store, 0) as first:
        first.send_signal(end)
        first.wait(PATIENCE)
    with engine(store, 0):
        pass


def test_two_stores_have_nothing_to_do_with_each_other(store: str, tmp_path: Path):
    with engine(store, 0), engine(f"sqlite:///{tmp_path / 'other.db'}", 0):
        pass


@pytest.mark.postgres
async def test_an_engine_whose_lock_is_gone_ends(postgres: str):
    database = connect(postgres)
    with engine(postgres.replace("+asyncpg", ""), 0) as first:
        async with database.connect() as connection:
            ours = "FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2"
            await connection.execute(text(f"SELECT pg_terminate_backend(pid) {ours}"))
        assert first.wait(PATIENCE) == 70
    await database.dispose()


def test_a_server_that_is_not_there_is_said_without_its_password():
    with start("postgresql://instap:geheim@127.0.0.1:1/none", 0) as process:
        _, complaint = process.communicate(timeout=PATIENCE)
    assert process.returncode == 70
    assert complaint.splitlines() == ["engine: de opslag is niet te bereiken (OperationalError)"]


def test_the_engine_itself_refuses_before_it_loads_anything(tmp_path: Path, sealed_model: Path):
    store = f"sqlite:///{tmp_path / 'tracker.db'}"
    with engine(store, 0):
        done = subprocess.run(
            [sys.executable, "-m", "bot.understanding.serve", str(sealed_model), "9"],
            cwd=ROOT,
            env={"INSTAP_TRACKER_URL": store, "PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
    assert done.returncode == 1
    assert "heeft op deze opslag al een engine" in done.stderr


@pytest.fixture
def sealed_model(tmp_path: Path) -> Path:
    """Something that may be loaded, for who comes that far."""
    made, model = tmp_path / "made", tmp_path / "model.tar.gz"
    made.write_bytes(b"a model")
    seal.put_in_place(made, model)
    return model
