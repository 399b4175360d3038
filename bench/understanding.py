"""Scores the evaluation set, shows which topic steals from which, and guards what was published.

Reads `tests/understanding/*.yml` through the same masking, model and components as visitors.
Exit code 1 when a must-hold sentence goes wrong, or when a figure is clearly below the published
one (`tests/understanding/published.yml`).
"""

import json
import statistics
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from bench.typos import mistyped
from bot import training
from bot.reading import understand_lines
from bot.settings import Settings

SET = Path("tests/understanding")
PUBLISHED = SET / "published.yml"
RESULT = Path("bench/results/understanding.json")
RATES = {"typos_5": 0.05}
WORKERS = 2
SLACK = 0.01
"""How much a share may be below what was published: less than that is another day's luck."""

Answer = dict[str, Any]
Figures = dict[str, dict[str, float]]


class Judged(NamedTuple):
    """A sentence, the name it means, and what the assistant made of it."""

    sentence: str
    name: str
    answer: Answer

    @property
    def taken_for(self) -> str:
        """The one name that the assistant takes it for."""
        topics = self.answer["topics"]
        return str(topics[0] if len(topics) == 1 else "+".join(topics) or self.answer["intent"])

    @property
    def is_right(self) -> bool:
        """Right at once."""
        return self.taken_for == self.name

    @property
    def topic(self) -> str:
        """The topic of which the name may be a side."""
        return "/".join(self.name.split("/")[:2])

    @property
    def side(self) -> str:
        """The side of a topic that is answered; the topic where all of it is."""
        topics = self.answer["topics"]
        return "+".join(self.answer.get("facets") or topics)

    @property
    def is_offered(self) -> bool:
        """Asked back, and rightly: the name is among the options."""
        return self.name in self.answer["clarify"]


def load(name: str) -> Any:
    """One file of the evaluation set."""
    return yaml.safe_load((SET / f"{name}.yml").read_text())


def pairs(table: dict[str, Any]) -> list[tuple[str, str]]:
    """(sentence, name) of a file that lists sentences by name."""
    return [
        (sentence, name)
        for name, sentences in table.items()
        for sentence in ([sentences] if isinstance(sentences, str) else sentences)
    ]


def understand(model: Path, lines: Sequence[str]) -> list[Answer]:
    """What the assistant makes of each line; as many engines as cores read a part each."""
    size = -(-len(lines) // WORKERS)
    chunks = [lines[start : start + size] for start in range(0, len(lines), size)]
    with ThreadPoolExecutor(WORKERS) as pool:
        read = pool.map(lambda chunk: list(understand_lines(model, chunk)), chunks)
        return [answer for answers in read for answer in answers]


def share(of: Sequence[bool]) -> float:
    """How many hold."""
    return round(statistics.fmean(of), 4)


def macro_f1(judged: Sequence[Judged]) -> float:
    """The mean over the names of how well each is found and how purely; a doubt is no hit."""
    hits, meant, taken = Counter[str](), Counter[str](), Counter[str]()
    for each in judged:
        meant[each.name] += 1
        taken[each.taken_for] += 1
        hits[each.name] += each.is_right
    return round(
        statistics.fmean(2 * hits[name] / (meant[name] + taken[name]) for name in meant), 4
    )


def calibration_error(judged: Sequence[Judged]) -> float:
    """How far the confidence lies from the share that is right, over ten bands of confidence."""
    bands = defaultdict(list)
    for each in judged:
        if each.answer["topics"]:
            bands[min(int(each.answer["confidence"] * 10), 9)].append(each)
    count = sum(len(band) for band in bands.values())
    return round(
        sum(
            len(band)
            / count
            * abs(
                statistics.fmean(each.answer["confidence"] for each in band)
                - statistics.fmean(each.is_right for each in band)
            )
            for band in bands.values()
        ),
        4,
    )


def score(judged: Sequence[Judged]) -> dict[str, float]:
    """Right at once, right or rightly asked back, and how evenly over the names."""
    return {
        "sentences": len(judged),
        "right_at_once": share([each.is_right for each in judged]),
        "right_or_offered": share([each.is_right or each.is_offered for each in judged]),
        "asked_back": share([bool(each.answer["clarify"]) for each in judged]),
        "macro_f1": macro_f1(judged),
    }


def score_sides(judged: Sequence[Judged]) -> dict[str, float]:
    """Answered to the point; the right topic, with its text or a side; and the wrong side of it."""
    on_topic = [each for each in judged if each.topic in each.answer["topics"]]
    wrong = [each for each in on_topic if each.side not in (each.name, each.topic)]
    return {
        "sentences": len(judged),
        "to_the_point": share([each.side == each.name for each in judged]),
        "right_topic": round(len(on_topic) / len(judged), 4),
        "wrong_side": round(len(wrong) / len(judged), 4),
    }


def measure(model: Path) -> tuple[Figures, list[Judged], list[Judged]]:
    """All figures, every judged question and move, and the must-hold sentences that failed."""
    questions, moves, telling, musts = (
        pairs(load(name)) for name in ("questions", "moves", "telling", "must_hold")
    )
    outside = [(sentence, "out_of_scope") for sentence in load("out_of_scope")]
    several = load("several")
    sets = {"questions": questions, "moves": moves, "telling": telling}
    sets |= {"out_of_scope": outside, "must_hold": musts, "facets": pairs(load("facets"))}
    for name, rate in RATES.items():
        both = questions + moves
        wrong = mistyped([sentence for sentence, _ in both], rate)
        sets[name] = list(zip(wrong, [name for _, name in both], strict=True))
    lines = [sentence for each in sets.values() for sentence, _ in each]
    answers = iter(understand(model, lines + [each["text"] for each in several]))
    judged = {kind: [Judged(*pair, next(answers)) for pair in each] for kind, each in sets.items()}
    exact = [next(answers)["topics"] == each["topics"] for each in several]
    inside = judged["questions"] + judged["moves"]
    figures: Figures = {
        kind: score(judged[kind]) for kind in ("questions", "moves", "telling", *RATES)
    }
    figures["all"] = {**score(inside), "calibration_error": calibration_error(inside)}
    figures["out_of_scope"] = {
        "sentences": len(outside),
        "refused": share([each.is_right for each in judged["out_of_scope"]]),
    }
    figures["facets"] = score_sides(judged["facets"])
    figures["several"] = {"sentences": len(several), "exact": share(exact)}
    failed = [each for each in judged["must_hold"] if not (each.is_right or each.is_offered)]
    return figures, inside + judged["telling"] + judged["out_of_scope"], failed


def fallen(figures: Figures, published: Figures) -> list[str]:
    """The figures that are clearly below what was published."""
    return [
        f"{kind} {name}: {figures[kind][name]}, published {was}"
        for kind, values in published.items()
        for name, was in values.items()
        if figures[kind][name] < was - SLACK
    ]


def report(figures: Figures, judged: Sequence[Judged]) -> None:
    """The figures and the confusions, for reading."""
    for kind, values in figures.items():
        print(f"{kind:14}", "  ".join(f"{name} {value}" for name, value in values.items()))
    stolen = Counter(
        (each.name, each.taken_for)
        for each in judged
        if not each.is_right and not each.answer["clarify"]
    )
    print("\nwhich name steals from which (meant -> taken for):")
    for (name, taken), count in stolen.most_common(30):
        print(f"{count:4}  {name} -> {taken}")


def main() -> int:
    """Print the figures, keep them, and say what is not as it should be."""
    model = training.train(Settings())
    figures, judged, failed = measure(model)
    report(figures, judged)
    lower = fallen(figures, yaml.safe_load(PUBLISHED.read_text()))
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps(figures, indent=2) + "\n")
    print("\nmust hold:", "all right" if not failed else "")
    for each in failed:
        print(f"   {each.sentence!r}: {each.taken_for}, not {each.name}")
    print("published:", "none is lower" if not lower else "")
    for line in lower:
        print("  ", line)
    return 1 if failed or lower else 0


if __name__ == "__main__":
    sys.exit(main())
