"""Storms: a short one with every change; nightly at least 300 faults in all, here on SQLite.

INSTAP_FAULTS is another number for the night.
"""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.databases import Databases
from tests.faults.storm import as_json, storm

SHORT = 60
COUNT = int(os.environ.get("INSTAP_FAULTS", "340"))
pytestmark = [pytest.mark.engine, pytest.mark.long]
ON_POSTGRESQL = COUNT // 3
SEED = 2027
TIMES = {"late_turns", "held_up"}
"""What a busy machine does by itself: printed here, and measured by `make faults`."""


async def stand(
    folder: Path, count: int, figure: Callable[[str], None], databases: Databases | None = None
) -> None:
    """Send so many faults over a house, and hold what came of it against what may be."""
    outcome = await storm(folder, count, SEED, databases)
    told = json.loads(as_json(outcome))
    figure(
        f"faults: {told['faults']} in {told['seconds']} s, seed {SEED}, kinds "
        f"{len(outcome.struck)}, missed {sum(outcome.missed.values())}; "
        f"{told['found']}"
    )
    assert not outcome.wrong.keys() - TIMES, told["wrong"]
    assert outcome.struck.total() >= count * 0.9, outcome.missed


async def test_in_a_short_storm_nobody_is_lost(
    tmp_path: Path, figure: Callable[[str], None]
) -> None:
    await stand(tmp_path, SHORT, figure)


@pytest.mark.nightly
async def test_whatever_breaks_nobody_is_lost_and_nobody_is_told_wrong(
    tmp_path: Path, figure: Callable[[str], None]
) -> None:
    await stand(tmp_path, COUNT - ON_POSTGRESQL, figure)
