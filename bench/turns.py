"""How long a start and a visitor's turn take, on the whole house as a user starts it."""

import json
import os
import platform
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil

from tests.support.house import House, running_house
from tests.support.visitor import Visitor

RESULT = Path("bench/results/turns.json")
VISITORS = 8
LONGEST = 500
SAYS = (
    "wat kost de opleiding",
    "wanneer begint de volgende groep?",
    "kom ik in aanmerking",
    "installatietechniek",
    "in loondienst",
    "hoe lang duurt het?",
    "mbo 4",
    "15 jaar",
    "ja die vindt het goed",
    "mbo",
    "ik wil me aanmelden",
    "ja dat mag",
    "Jan de Vries",
    "visitor{number}@voorbeeld.nl",
    "0612345678",
    "Zwolle",
    "overslaan",
    "ja, meld mij aan",
)


def spread(values: list[float]) -> dict[str, float]:
    """Milliseconds as median, 95th and 99th percentile."""
    cuts = statistics.quantiles(values, n=100)
    return {
        "p50_ms": round(cuts[49], 1),
        "p95_ms": round(cuts[94], 1),
        "p99_ms": round(cuts[98], 1),
    }


def busy(house: House) -> dict[str, float]:
    """Seconds of the processor that each process has used."""
    return {
        name: each.cpu_times().user + each.cpu_times().system
        for name, each in house.children().items()
    }


def long_talk(house: House) -> dict[str, Any]:
    """One visitor who goes on and on: what a turn costs at first and after 500, and where."""
    asks = ("wat kost de opleiding", "hoe lang duurt het?", "waar is het?", "wat verdien ik?")
    taken: list[float] = []
    before = busy(house)
    with Visitor(house.url) as visitor:
        for number in range(LONGEST):
            said = time.monotonic()
            visitor.say(asks[number % len(asks)])
            taken.append((time.monotonic() - said) * 1000)
    early, late = (statistics.median(part) for part in (taken[5:25], taken[-20:]))
    cpu = {
        name: round((after - before[name]) / LONGEST * 1000, 1)
        for name, after in busy(house).items()
    }
    return {
        "turn_10_ms": round(early, 1),
        f"turn_{LONGEST}_ms": round(late, 1),
        "cpu_ms": {**cpu, "all": round(sum(cpu.values()), 1)},
    }


def measure() -> dict[str, Any]:
    """One start and the turns of several visitors, one after another."""
    with tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        with running_house(Path(folder)) as house:
            start = time.monotonic() - began
            taken: list[float] = []
            for number in range(VISITORS):
                with Visitor(house.url) as visitor:
                    for text in SAYS:
                        said = time.monotonic()
                        visitor.say(text.format(number=number))
                        taken.append((time.monotonic() - said) * 1000)
                    assert visitor.last["registration"], visitor.words()
            long = long_talk(house)
            memory = {
                name: round(child.memory_info().rss / 1e6)
                for name, child in house.children().items()
            }
    return {
        "machine": {"cores": os.cpu_count(), "python": platform.python_version()},
        "start_to_first_answer_s": round(start, 1),
        "turns": len(taken),
        **spread(taken),
        "long_talk": long,
        "memory_mb": memory,
        "load_before": psutil.getloadavg()[0],
    }


def main() -> None:
    """Measure, print, keep."""
    figures = measure()
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps(figures, indent=2) + "\n")
    print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
