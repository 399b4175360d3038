"""Scores answers to an open question: what is kept of them, and what is kept wrongly.

Reads `tests/answers/*.tsv`, written by a hand that saw neither readers nor training data. Each
answer is given in the state where its question is open, on the real services and actions, with
the real model's meaning of it. `python -m bench.answers [ITEM ...]` prints every wrong one.
"""

import asyncio
import csv
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest

from bench.understanding import understand
from bot import training
from bot.core.errors import EngineUnavailable
from bot.core.items import GIVEN
from bot.settings import Settings
from bot.storage.migrate import migrate
from bot.storage.work import connect
from tests.dialogue.stage import Stage, say, stage

SET: Final = Path("tests/answers")
NOTHING: Final = frozenset({"-", "ASK", "CHANGE"})
"""What is expected where nothing may be kept: another message, a doubt, a correction."""

RIGHT, REFUSED, WRONG = "right", "refused", "wrong_kept"


class Answer(NamedTuple):
    """What somebody says at a question, and which values are right."""

    item: str
    said: str
    expected: frozenset[str]

    def judged(self, kept: str | None) -> str:
        """Right, refused, or kept as something else."""
        if kept is None:
            return RIGHT if self.expected & NOTHING else REFUSED
        return RIGHT if _plain(kept) in map(_plain, self.expected) else WRONG


def _plain(value: str) -> str:
    """A number as it is written shortest: 12.0 is 12, and 0.667 is 0.67."""
    try:
        return f"{float(value):.2g}"
    except ValueError:
        return value.casefold() if value.startswith("SKIP") else value


def answers(only: Sequence[str] = ()) -> Iterator[Answer]:
    """The set, or that of some items."""
    for path in sorted(SET.glob("*.tsv")):
        if only and path.stem not in only:
            continue
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                yield Answer(path.stem, row["said"], frozenset(row["expected"].split("|")))


class Meanings:
    """What the real model makes of what the engine hears; what is new is read in one go."""

    def __init__(self) -> None:
        model = training.train(Settings())
        self._read = lambda lines: understand(model, lines)
        self._known: dict[str, Mapping[str, Any]] = {}
        self.new: set[str] = set()

    def __call__(self, text: str) -> Mapping[str, Any]:
        """The meaning, or for now a fact like any other."""
        if text not in self._known:
            self.new.add(text)
        return self._known.get(text, {"intent": "inform"})

    def learn(self) -> bool:
        """Read what is new; whether there was something."""
        lines = sorted(self.new)
        self._known.update(zip(lines, self._read(lines) if lines else [], strict=True))
        self.new = set()
        return bool(lines)


def kept(made: Stage, runner: asyncio.Runner, answer: Answer) -> str | None:
    """The value that is kept of an answer, as it stands in the draft or was decided."""
    try:
        outcome = runner.run(made.typed(answer.item, say(answer.said)))
    except EngineUnavailable:
        return None
    if answer.item == "confirm" and outcome.turn.registration:
        return "yes"
    value = runner.run(made.draft()).get(answer.item)
    return None if value in (None, GIVEN) else "SKIP" if value == "skip" else str(value)


def score(only: Sequence[str]) -> list[tuple[Answer, str | None, str]]:
    """Every answer, what was kept of it, and the verdict."""
    every, meanings = list(answers(only)), Meanings()
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        folder = Path(name)
        asyncio.run(_empty(folder))
        with stage(folder, patch) as (made, runner):
            made.reads = meanings
            while True:
                results = [kept(made, runner, each) for each in every]
                if not meanings.learn():
                    break
    return [(each, value, each.judged(value)) for each, value in zip(every, results, strict=True)]


async def _empty(folder: Path) -> None:
    engine = connect(f"sqlite+aiosqlite:///{folder / 'instap.db'}")
    await migrate(engine)
    await engine.dispose()


def main(only: Sequence[str]) -> None:
    """Print the wrong ones and the share of right ones an item."""
    scored = score(only)
    for answer, value, verdict in scored:
        if verdict != RIGHT:
            print(f"{verdict}\t{answer.item}\t{answer.said}\t{'|'.join(answer.expected)}\t{value}")
    for item in dict.fromkeys(answer.item for answer, _, _ in scored):
        count = Counter(verdict for answer, _, verdict in scored if answer.item == item)
        total = sum(count.values())
        print(f"{item:18} {count[RIGHT] / total:6.1%}  {dict(count)}")
    count = Counter(verdict for _, _, verdict in scored)
    print(f"{'all':18} {count[RIGHT] / len(scored):6.1%}  {dict(count)}")


if __name__ == "__main__":
    main(sys.argv[1:])
