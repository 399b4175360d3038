"""Storms of 300 faults in all, on both databases; INSTAP_FAULTS is another number."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.databases import Databases, a_server
from tests.faults.storm import as_json, storm

COUNT = int(os.environ.get("INSTAP_FAULTS", "300"))
pytestmark = [pytest.mark.engine, pytest.mark.postgres]
ON_POSTGRESQL = COUNT // 3
SEED = 2027
TIMES = {"late_turns"}
"""What a busy machine does by itself: printed here, and measured by `make faults`."""


async def _stand(
    folder: Path, count: int, figure: Callable[[str], None], databases: Databases | None = None
) -> None:
    outcome = await storm(folder, count, SEED, databases)
    told = json.loads(as_json(outcome))
    figure(
        f"faults: {told['faults']} in {told['seconds']} s, seed {SEED}, kinds "
        f"{len(outcome.struck)}, missed {sum(outcome.missed.values())}; "
        f"{told['found']}"
    )
    assert not outcome.wrong.keys() - TIMES, told["wrong"]
    assert outcome.struck.total() >= count * 0.9, outcome.missed


async def test_whatever_breaks_nobody_is_lost_and_nobody_is_told_wrong(
    tmp_path: Path, figure: Callable[[str], None]
) -> None:
    await _stand(tmp_path, COUNT - ON_POSTGRESQL, figure)


async def test_on_postgresql_it_is_the_same(tmp_path: Path, figure: Callable[[str], None]) -> None:
    with a_server() as databases:
        await _stand(tmp_path, ON_POSTGRESQL, figure, databases)
