"""How long it takes to understand a message: `python -m bench.reading MODEL`.

One thread (`OMP_NUM_THREADS=1`, as the engine is served), on the questions of the evaluation set.
"""

import json
import statistics
import sys
import tarfile
import tempfile
import time
from pathlib import Path

import yaml

from bot.understanding import seal
from bot.understanding.reader import Reader

RESULT = Path("bench/results/reading.json")
QUESTIONS = Path("tests/understanding/questions.yml")


def main(model: Path) -> None:
    """Measure, print, keep."""
    seal.require(str(model))
    texts = [text for texts in yaml.safe_load(QUESTIONS.read_text()).values() for text in texts]
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(model) as archive:
            archive.extractall(folder)
        (kept,) = Path(folder).rglob("reader.json")
        began = time.perf_counter()
        reader = Reader.load(kept.parent)
        loaded = time.perf_counter() - began
    reader.read("goedemorgen")
    taken = []
    for text in texts:
        began = time.perf_counter()
        reader.read(text)
        taken.append((time.perf_counter() - began) * 1000)
    cuts = statistics.quantiles(taken, n=100)
    found = {
        "messages": len(texts),
        "load_s": round(loaded, 2),
        "p50_ms": round(cuts[49], 1),
        "p95_ms": round(cuts[94], 1),
    }
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps(found, indent=2) + "\n")
    print(found)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
