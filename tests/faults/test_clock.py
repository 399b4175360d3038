"""The clock of the machine is set: back, forward, and to where the hour or the year changes."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.core.intake import AMSTERDAM
from tests.journeys.test_faults import leads_of, person
from tests.journeys.test_web import walk
from tests.support.house import House, running_house
from tests.support.visitor import Visitor

pytestmark = [pytest.mark.engine, pytest.mark.nightly]

PRELOADED = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
STEPS = [{"as": name} for name in ("eligible_candidate", "gives_consent", "gives_details")]
HOUR = timedelta(hours=1)
OVER = timedelta(minutes=5)
"""From before a change to after it."""
SETTINGS = {
    "an hour back": lambda now: now - HOUR,
    "an hour forward": lambda now: now + HOUR,
    "into summer time": lambda _now: datetime(2027, 3, 28, 1, 57, tzinfo=AMSTERDAM),
    "out of summer time": lambda _now: datetime(2027, 10, 31, 2, 57, tzinfo=AMSTERDAM),
    "into another year": lambda _now: datetime(2026, 12, 31, 23, 57, tzinfo=AMSTERDAM),
}


class Clock:
    """The clock that the processes see; without a setting it is that of the machine."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.set(timedelta())

    def set(self, away: timedelta) -> None:
        """So far from that of the machine."""
        new = self.file.with_suffix(".new")
        new.write_text(f"{away.total_seconds():+.0f}\n")
        new.rename(self.file)


@pytest.fixture(scope="module")
def clock(tmp_path_factory: pytest.TempPathFactory) -> Clock:
    return Clock(tmp_path_factory.mktemp("clock") / "away")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> Iterator[House]:
    if not PRELOADED:
        pytest.fail("faketime is not installed; .ci/run installs it")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LD_PRELOAD", str(PRELOADED[0]))
        patch.setenv("FAKETIME_TIMESTAMP_FILE", str(clock.file))
        patch.setenv("FAKETIME_NO_CACHE", "1")
        patch.setenv("FAKETIME_DONT_FAKE_MONOTONIC", "1")
        with running_house(tmp_path_factory.mktemp("house")) as house:
            yield house


@pytest.mark.parametrize("how", SETTINGS)
def test_a_clock_that_is_set_loses_nothing_and_hides_nothing(
    house: House, clock: Clock, how: str
) -> None:
    who = person(f"clock-{list(SETTINGS).index(how)}")
    clock.set(timedelta())
    with Visitor(house.url) as visitor:
        walk(visitor, STEPS, who)
        now = datetime.now(UTC)
        away = SETTINGS[how](now) - now
        clock.set(away)
        assert visitor.say("wat kost het?")["topics"] == ["faq/cost"]
        assert visitor.last["asks"] == "confirm", visitor.words()
        clock.set(away := away + OVER)
        assert visitor.say("ja, meld mij aan")["registration"]["status"] == "registered"
        shown = visitor.client.get("/api/v1/messages").json()["messages"]
        said = [each["text"].casefold() for each in shown if each["from"] == "visitor"]
        assert said[-2:] == ["wat kost het?", "ja, meld mij aan"]
    [lead] = leads_of(house, who["$email"])
    kept = datetime.fromisoformat(str(lead["created_at"]))
    assert abs(kept - datetime.now(UTC) - away) < HOUR / 2, "the house does not see this clock"
