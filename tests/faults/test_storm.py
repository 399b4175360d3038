"""A storm of 300 faults; INSTAP_FAULTS is another number, `make faults` the long way."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.storm import as_json, storm

COUNT = int(os.environ.get("INSTAP_FAULTS", "300"))
pytestmark = pytest.mark.engine
SEED = 2027
TIMES = {"late_turns"}
"""What a busy machine does by itself: printed here, and measured by `make faults`."""


async def test_whatever_breaks_nobody_is_lost_and_nobody_is_told_wrong(
    tmp_path: Path, figure: Callable[[str], None]
) -> None:
    outcome = await storm(tmp_path, COUNT, SEED)
    told = json.loads(as_json(outcome))
    figure(
        f"faults: {told['faults']} in {told['seconds']} s, seed {SEED}, kinds "
        f"{len(outcome.struck)}, missed {sum(outcome.missed.values())}; "
        f"{told['found']}"
    )
    assert not outcome.wrong.keys() - TIMES, told["wrong"]
    assert outcome.struck.total() >= COUNT * 0.9, outcome.missed
