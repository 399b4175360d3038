"""`make faults N=5000 SEED=1 PLAIN=1000 ON=postgres`: storms on Instap and a plain assistant."""

import asyncio
import os
import platform
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from tests.faults import report
from tests.faults.databases import Files, a_server
from tests.faults.plain_storm import plain_storm
from tests.faults.storm import Outcome, as_json, storm
from tests.support.house import ROOT

PUBLISHED: Final = 300
"""Faults from which a storm stands in docs/faults.md; a smaller one is only printed."""


def keep(name: str, seed: int, database: str, outcome: Outcome) -> None:
    """Print what came of a storm; a large one is kept."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    about = {
        "seed": seed,
        "database": database,
        "cores": os.cpu_count(),
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "commit": commit.stdout.strip(),
    }
    text = as_json(outcome, **about)
    if outcome.struck.total() >= PUBLISHED:
        report.RUNS.mkdir(exist_ok=True)
        (report.RUNS / f"{name}-{database.casefold()}-{seed}.json").write_text(text + "\n")
    print(text)


def main(count: int, seed: int, plain: int, on: str) -> int:
    """0 when nothing went wrong with Instap; a count of 0 leaves a storm out."""
    is_right = True
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        if count:
            databases = stack.enter_context(a_server()) if on == "postgres" else None
            outcome = asyncio.run(storm(Path(folder) / "ours", count, seed, databases))
            keep("instap", seed, (databases or Files).name, outcome)
            is_right = not outcome.wrong
        if plain:
            theirs = asyncio.run(plain_storm(Path(folder) / "plain", plain, seed))
            keep("plain", seed, "SQLite", theirs)
    report.write()
    return int(not is_right)


if __name__ == "__main__":
    faults, chosen, on_plain = (int(word) for word in sys.argv[1:4])
    sys.exit(main(faults, chosen, on_plain, sys.argv[4]))
