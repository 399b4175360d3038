"""The same model on a public Dutch set: MASSIVE nl-NL (60 intents), few-shot and full.

`python -m bench.massive FILE`, FILE being the set as tab-separated lines (id, part, intent, text),
plain or gzipped. The set stays out of this repository; it is by Amazon (FitzGerald et al., 2022),
licence CC BY 4.0.
"""

import gzip
import json
import random
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from sklearn.metrics import f1_score

from bench.typos import mistyped

RESULT = Path("bench/results/massive.json")
SIZES = (20, 40, None)
SEEDS = (0, 1, 2)
TYPOS = 0.05
SECOND = "use"

Pairs = list[tuple[str, str]]


def read(path: Path) -> dict[str, Pairs]:
    """The parts of the set, as (text, intent)."""
    kept = path.read_bytes()
    table = (gzip.decompress(kept) if path.suffix == ".gz" else kept).decode()
    parts: dict[str, Pairs] = {}
    for line in table.splitlines():
        _, part, intent, text = line.split("\t")
        parts.setdefault(part, []).append((text, intent))
    return parts


def sample(pairs: Pairs, size: int | None, seed: int) -> Pairs:
    """At most `size` sentences an intent; None for all."""
    if size is None:
        return pairs
    by_intent: dict[str, list[str]] = {}
    for text, intent in pairs:
        by_intent.setdefault(intent, []).append(text)
    chance = random.Random(seed)
    return [
        (text, intent)
        for intent in sorted(by_intent)
        for text in chance.sample(by_intent[intent], min(size, len(by_intent[intent])))
    ]


def score(model: Any, texts: list[str], truth: list[str]) -> tuple[float, float]:
    """Accuracy and macro-F1, in per cent."""
    guesses = [ranking[0][0] for ranking in model.rank(texts)]
    right = np.mean([guess == name for guess, name in zip(guesses, truth, strict=True)])
    return float(right) * 100, float(f1_score(truth, guesses, average="macro")) * 100


def views_of_ours() -> dict[str, float]:
    """By what our own pipeline compares sentences."""
    pipeline = yaml.safe_load(Path("config.yml").read_text())["pipeline"]
    (views,) = [step["views"] for step in pipeline if "views" in step]
    return dict(views)


def measure(
    parts: dict[str, Pairs], views: dict[str, float], size: int | None, seed: int
) -> dict[str, float]:
    """One training and what it reaches on the test part, clean and with typing errors."""
    texts, labels = map(list, zip(*sample(parts["train"], size, seed), strict=True))
    began = time.monotonic()
    from bot.understanding.model import KernelModel  # not where the peers run (bench/peers)

    model = KernelModel.fit(texts, labels, views)
    trained = time.monotonic() - began
    test, truth = map(list, zip(*parts["test"], strict=True))
    accuracy, macro_f1 = score(model, test, truth)
    with_typos, _ = score(model, mistyped(test, TYPOS), truth)
    taken = []
    for text in test[:300]:
        began = time.perf_counter()
        model.rank([text])
        taken.append((time.perf_counter() - began) * 1000)
    with tempfile.TemporaryDirectory() as folder:
        model.save(Path(folder))
        kept = sum(path.stat().st_size for path in Path(folder).iterdir())
    return {
        "sentences": len(texts),
        "accuracy": accuracy,
        "macro_f1": macro_f1,
        "accuracy_typos": with_typos,
        "training_s": trained,
        "message_p50_ms": statistics.median(taken),
        "model_mb": kept / 1e6,
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
    }


def main(path: Path) -> None:
    """Measure every size, print and keep the means over the seeds."""
    parts = read(path)
    views = views_of_ours()
    alone = {name: weight for name, weight in views.items() if name != SECOND}
    pipelines = {"ours": views, "ours without its second encoder": alone}
    found = {}
    for name, views in pipelines.items():
        for size in SIZES:
            seeds = SEEDS if size else SEEDS[:1]
            runs = [measure(parts, views, size, seed) for seed in seeds]
            means = {key: round(statistics.fmean(run[key] for run in runs), 2) for key in runs[0]}
            row = f"{name}, {f'{size} a class' if size else 'full'}"
            found[row] = {"runs": len(runs), **means}
            print(row, found[row], flush=True)
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps(found, indent=2) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
