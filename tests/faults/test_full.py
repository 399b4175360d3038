"""A volume that is full or read-only: it is told, nothing is confirmed, and then it goes on."""

import contextlib
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.journeys.test_faults import TO_CONFIRM, leads_of, person, until_registered
from tests.journeys.test_web import walk
from tests.support.house import House, running_house
from tests.support.visitor import Visitor

pytestmark = [pytest.mark.engine, pytest.mark.nightly]
SIZE = "4m"
VOLUMES = ("leads", "tracker", "logs")
TOLD = {"leads": 503, "tracker": 200}
"""Without leads there is nobody who could keep an answer; without the engine we say that."""


@contextlib.contextmanager
def small_volume(folder: Path) -> Iterator[Path]:
    """A file system of four megabytes."""
    folder.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("who runs this may not mount a small volume")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


@contextlib.contextmanager
def filled(folder: Path) -> Iterator[None]:
    """Not a byte is left there until the end of this block."""
    file = folder / "rest"
    with file.open("wb", buffering=0) as rest, contextlib.suppress(OSError):
        while True:
            rest.write(bytes(1024))
    try:
        yield
    finally:
        file.unlink()


@contextlib.contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Nothing is written there until the end of this block, as after an error of a disk."""
    for way in (["--bind", str(folder)], ["-o", "remount,bind,ro"]):
        subprocess.run(["mount", *way, str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


@pytest.fixture(scope="module")
def volumes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("full")
    with contextlib.ExitStack() as stack:
        for name in VOLUMES:
            place = folder / ("var/logs" if name == "logs" else name)
            stack.enter_context(small_volume(place))
        yield folder


@pytest.fixture(scope="module")
def house(volumes: Path) -> Iterator[House]:
    with running_house(
        volumes / "var",
        database_url=f"sqlite:///{volumes / 'leads' / 'instap.db'}",
        tracker_url=f"sqlite:///{volumes / 'tracker' / 'tracker.db'}",
    ) as house:
        yield house


@pytest.mark.parametrize("spoiled", [filled, read_only])
@pytest.mark.parametrize("name", ["leads", "tracker"])
def test_when_leads_or_memory_cannot_be_written_nobody_is_told_that_he_is_registered(
    house: House, volumes: Path, name: str, spoiled: Callable[[Path], AbstractContextManager[None]]
) -> None:
    who = person(f"{spoiled.__name__.replace('_', '-')}-{name}")
    with Visitor(house.url) as visitor:
        walk(visitor, TO_CONFIRM, who)
        with spoiled(volumes / name):
            answer = visitor.client.post("/api/v1/messages", json={"text": "ja", "id": "een"})
            assert answer.status_code == TOLD[name], answer.text
            assert "u bent aangemeld" not in answer.text.casefold()
            assert "lukt nu even niet" in answer.text
        house.await_ready()
        until_registered(visitor)
    assert len(leads_of(house, who["$email"])) == 1


def test_without_room_for_the_log_everything_goes_on(house: House, volumes: Path) -> None:
    who = person("full-logs")
    with filled(volumes / "var" / "logs"), Visitor(house.url) as visitor:
        walk(visitor, TO_CONFIRM, who)
        assert visitor.say("ja, meld mij aan")["registration"]["status"] == "registered"
    assert len(leads_of(house, who["$email"])) == 1
