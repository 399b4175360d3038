"""Scores the evaluation set and shows which topic steals from which.

Reads `tests/understanding/*.yml` through the same masking, model and components as visitors.
Exit code 1 when a must-hold sentence goes wrong.
"""

import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from bot import training
from bot.reading import understand_lines
from bot.settings import Settings

SET = Path("tests/understanding")
RESULT = Path("bench/results/understanding.json")


def load(name: str) -> Any:
    """One file of the evaluation set."""
    return yaml.safe_load((SET / f"{name}.yml").read_text())


def meant(answer: dict[str, Any]) -> str:
    """The one name that the assistant takes a message for."""
    topics = answer["topics"]
    return topics[0] if topics else answer["intent"]


def pairs(table: dict[str, Any]) -> list[tuple[str, str]]:
    """(sentence, name) of a file that lists sentences by name."""
    return [
        (sentence, name)
        for name, sentences in table.items()
        for sentence in ([sentences] if isinstance(sentences, str) else sentences)
    ]


def score(answers: Sequence[dict[str, Any]], names: Sequence[str]) -> dict[str, float]:
    """How many were right at once, and right or rightly clarified."""
    both = list(zip(answers, names, strict=True))
    at_once = sum(meant(answer) == name and not answer["clarify"] for answer, name in both)
    offered = sum(name in answer["clarify"] for answer, name in both)
    clarified = sum(bool(answer["clarify"]) for answer in answers)
    count = len(both)
    return {
        "sentences": count,
        "right_at_once": round(at_once / count, 4),
        "right_or_offered": round((at_once + offered) / count, 4),
        "clarified": round(clarified / count, 4),
    }


def main() -> int:
    """Print the figures, keep them, and say which must-hold sentences failed."""
    settings = Settings()
    model = training.train(settings)
    questions, moves = pairs(load("questions")), pairs(load("moves"))
    outside, several = load("out_of_scope"), load("several")
    musts = pairs(load("must_hold"))
    lines = [
        *(sentence for sentence, _ in questions + moves),
        *outside,
        *(each["text"] for each in several),
        *(sentence for sentence, _ in musts),
    ]
    answers = iter(list(understand_lines(settings, model, lines)))

    def take(count: int) -> list[dict[str, Any]]:
        return [next(answers) for _ in range(count)]

    of_questions, of_moves = take(len(questions)), take(len(moves))
    of_outside, of_several, of_musts = take(len(outside)), take(len(several)), take(len(musts))
    refused = sum(answer["topics"] == ["out_of_scope"] for answer in of_outside)
    exact = sum(
        answer["topics"] == each["topics"] for answer, each in zip(of_several, several, strict=True)
    )
    figures = {
        "questions": score(of_questions, [name for _, name in questions]),
        "moves": score(of_moves, [name for _, name in moves]),
        "out_of_scope": {"sentences": len(outside), "refused": round(refused / len(outside), 4)},
        "several": {"sentences": len(several), "exact": round(exact / len(several), 4)},
    }
    stolen = Counter(
        (name, meant(answer))
        for answer, (_, name) in zip(of_questions + of_moves, questions + moves, strict=True)
        if meant(answer) != name and not answer["clarify"]
    )
    failed = [
        f"{sentence!r}: {meant(answer)}, not {name}"
        for answer, (sentence, name) in zip(of_musts, musts, strict=True)
        if meant(answer) != name and name not in answer["clarify"]
    ]
    report(figures, stolen, failed)
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps({"model": model.name, **figures}, indent=2) + "\n")
    return 1 if failed else 0


def report(
    figures: dict[str, dict[str, float]], stolen: Counter[tuple[str, str]], failed: list[str]
) -> None:
    """The figures for reading."""
    for kind, values in figures.items():
        print(f"{kind:14}", "  ".join(f"{name} {value}" for name, value in values.items()))
    print("\nwhich name steals from which (meant -> taken for):")
    for (name, taken), count in stolen.most_common(25):
        print(f"{count:4}  {name} -> {taken}")
    print("\nmust hold:", "all right" if not failed else "")
    for line in failed:
        print("  ", line)


if __name__ == "__main__":
    sys.exit(main())
