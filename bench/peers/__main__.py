"""nlp.js and Rasa's default pipeline on MASSIVE nl-NL: `python -m bench.peers FILE [rasa]`.

With Node.js on the path (nlp.js is fetched with npm into a temporary folder). `rasa` adds Rasa's
default pipeline at 20 sentences an intent, which trains for minutes and needs TensorFlow: run that
in an environment with `rasa==3.6.21` and all that it asks for, on Python 3.10.
"""

import asyncio
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from sklearn.metrics import f1_score

from bench.massive import SEEDS, SIZES, TYPOS, Pairs, read, sample
from bench.typos import mistyped

HERE = Path(__file__).parent
RESULT = Path("bench/results/peers.json")
NLPJS = "node-nlp@4.27.0"
DEFAULT = {
    "recipe": "default.v1",
    "language": "nl",
    "assistant_id": "peer",
    "pipeline": [
        {"name": "WhitespaceTokenizer"},
        {"name": "RegexFeaturizer"},
        {"name": "LexicalSyntacticFeaturizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
        {"name": "DIETClassifier", "epochs": 100, "constrain_similarities": True, "random_seed": 1},
        {"name": "EntitySynonymMapper"},
        {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
    ],
}
"""What `rasa init` writes for NLU, with the language and a seed; no responses are selected here."""


def scores(guesses: list[str], truth: list[str]) -> dict[str, float]:
    """Accuracy on clean and mistyped sentences (one after the other), and macro-F1 on clean."""
    count = len(truth)
    right = [guess == name for guess, name in zip(guesses, truth * 2, strict=True)]
    return {
        "accuracy": float(np.mean(right[:count])) * 100,
        "macro_f1": float(f1_score(truth, guesses[:count], average="macro")) * 100,
        "accuracy_typos": float(np.mean(right[count:])) * 100,
    }


def nlpjs(folder: Path, train: Pairs, texts: list[str], truth: list[str]) -> dict[str, float]:
    """nlp.js with its defaults: below half sure it abstains, which counts as wrong."""
    done = subprocess.run(
        ["node", str(folder / "nlpjs.js")],
        input=json.dumps({"train": train, "test": texts}),
        capture_output=True,
        text=True,
        check=True,
        cwd=folder,
    )
    found: dict[str, Any] = json.loads(done.stdout[done.stdout.index('{"guesses"') :])
    return {
        **scores(found["guesses"], truth),
        "training_s": found["trained"],
        "message_mean_ms": found["taken"],
        "peak_memory_mb": found["memory"],
    }


def stock_rasa(train: Pairs, texts: list[str], truth: list[str]) -> dict[str, float]:
    """Rasa's default pipeline, best guess forced."""
    from rasa.core.agent import Agent
    from rasa.model_training import train_nlu

    by_intent: dict[str, list[str]] = {}
    for text, intent in train:
        by_intent.setdefault(intent, []).append(text)
    examples = [
        {"intent": intent, "examples": "".join(f"- {text}\n" for text in lines)}
        for intent, lines in by_intent.items()
    ]
    with tempfile.TemporaryDirectory() as folder:
        data, config = Path(folder) / "nlu.yml", Path(folder) / "config.yml"
        data.write_text(yaml.safe_dump({"version": "3.1", "nlu": examples}, allow_unicode=True))
        config.write_text(yaml.safe_dump(DEFAULT))
        began = time.monotonic()
        model = train_nlu(str(config), str(data), folder)
        trained = time.monotonic() - began
        agent = Agent.load(model)

    async def parse() -> tuple[list[str], list[float]]:
        guesses, taken = [], []
        for text in texts:
            began = time.perf_counter()
            ranking = (await agent.parse_message(text))["intent_ranking"]
            taken.append((time.perf_counter() - began) * 1000)
            guesses.append(next(e["name"] for e in ranking if e["name"] != "nlu_fallback"))
        return guesses, taken

    guesses, taken = asyncio.run(parse())
    return {
        **scores(guesses, truth),
        "training_s": trained,
        "message_p50_ms": statistics.median(taken),
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
    }


def main(path: Path, with_rasa: bool) -> None:
    """Measure, print and keep."""
    parts = read(path)
    test, truth = map(list, zip(*parts["test"], strict=True))
    texts = test + mistyped(test, TYPOS)
    found: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "nlpjs.js").write_text((HERE / "nlpjs.js").read_text())
        subprocess.run(["npm", "install", "--silent", NLPJS], cwd=folder, check=True)
        for size in SIZES:
            seeds = SEEDS if size else SEEDS[:1]
            runs = [
                nlpjs(folder, sample(parts["train"], size, seed), texts, truth) for seed in seeds
            ]
            means = {key: round(statistics.fmean(run[key] for run in runs), 2) for key in runs[0]}
            found[f"nlp.js, {size or 'all'}"] = {"runs": len(runs), **means}
            print(f"nlp.js, {size or 'all'}", means, flush=True)
    if with_rasa:
        run = stock_rasa(sample(parts["train"], 20, 0), texts, truth)
        found["rasa default, 20"] = {key: round(value, 2) for key, value in run.items()}
        print("rasa default, 20", found["rasa default, 20"], flush=True)
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps(found, indent=2) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), "rasa" in sys.argv[2:])
