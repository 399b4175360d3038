"""Scores answers to an open question: what is kept of them, and what is kept wrongly.

Reads `tests/answers/*.tsv`, written by a hand that saw neither readers nor training data. Each
answer is given in the state where its question is open, on the real services and actions, with
the real model's meaning of it. What is right counts at once, and also after one yes where it was
said back. `python -m bench.answers [ITEM ...]` prints every one that is not right at once, and
what is lower than was published; then its exit code is 1.
"""

import asyncio
import csv
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

import pytest
import yaml

from bot.core.dialogue.likely import waiting
from bot.core.errors import EngineUnavailable
from bot.core.questions import GIVEN
from bot.storage.migrate import migrate
from bot.storage.work import connect
from tests.dialogue.stage import Stage, say, stage
from tests.support.meanings import real_meanings

SET: Final = Path("tests/answers")
PUBLISHED: Final = SET / "published.yml"
SLACK: Final = 0.001
"""How much a share may be below what was published: an answer or two of all."""
NOTHING: Final = frozenset({"-", "ASK", "CHANGE"})
"""What is expected where nothing may be kept: another message, a doubt, a correction."""

HEARD_AS_NO: Final = {"consent": "utter_consent_refused", "confirm": "utter_confirm_refused"}
"""What we say to a no that was heard; it is not kept, for he may be asked again."""

ALL: Final = "all"
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


def answers(only: Sequence[str] = (), every: int = 1) -> Iterator[Answer]:
    """The set, or that of some items, or a part of each."""
    for path in sorted(SET.glob("*.tsv")):
        if only and path.stem not in only:
            continue
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            for row in islice(rows, 0, None, every):
                yield Answer(path.stem, row["said"], frozenset(row["expected"].split("|")))


class Scored(NamedTuple):
    """An answer, what was kept of it at once, and what after a yes where it was said back."""

    answer: Answer
    kept: str | None
    after_yes: str | None

    @property
    def at_once(self) -> str:
        """The verdict on what was kept at once."""
        return self.answer.judged(self.kept)

    @property
    def in_two(self) -> str:
        """The verdict of who says yes to what is right, and no to what is not."""
        is_told = self.kept is None and self.answer.judged(self.after_yes) == RIGHT
        return RIGHT if is_told else self.at_once


def kept(made: Stage, runner: asyncio.Runner, answer: Answer) -> Scored:
    """What is kept of an answer, as it stands in the draft or was decided."""
    try:
        outcome = runner.run(made.typed(answer.item, say(answer.said)))
    except EngineUnavailable:
        return Scored(answer, None, None)
    if answer.item == "confirm" and outcome.turn.registration:
        return Scored(answer, "yes", None)
    if HEARD_AS_NO.get(answer.item) in outcome.keys:
        return Scored(answer, "no", None)
    draft = runner.run(made.draft())
    item, likely = waiting(draft) or (None, None)
    said_back = str(likely.value) if likely is not None and item == answer.item else None
    value = draft.get(answer.item)
    now = None if value in (None, GIVEN) else "SKIP" if value == "skip" else str(value)
    return Scored(answer, now, said_back)


def score(only: Sequence[str] = (), every: int = 1) -> list[Scored]:
    """Every answer with what was kept of it."""
    with real_meanings() as reads, empty_stage() as (made, runner):
        made.reads = reads
        return [kept(made, runner, each) for each in answers(only, every)]


def figures(scored: Sequence[Scored]) -> dict[str, float]:
    """The figures that are published: shares of all answers, and the worst item at once."""
    items = {each.answer.item for each in scored}
    of_items = [[each for each in scored if each.answer.item == item] for item in items]
    return {
        "right_at_once": _share(each.at_once == RIGHT for each in scored),
        "right_after_a_yes": _share(each.in_two == RIGHT for each in scored),
        "right_of_the_worst": min(_share(e.at_once == RIGHT for e in each) for each in of_items),
        "not_kept_wrongly": _share(each.at_once != WRONG for each in scored),
    }


def _share(holds: Iterable[bool]) -> float:
    return round(statistics.fmean(holds), 4)


def fallen(now: Mapping[str, float], published: Mapping[str, float]) -> list[str]:
    """The figures that are below what was published."""
    return [
        f"{name}: {now[name]}, published {was}"
        for name, was in published.items()
        if now[name] < was - SLACK
    ]


def published(part: str = ALL) -> dict[str, float]:
    """What was published of the whole set, or of a part."""
    found: dict[str, float] = yaml.safe_load(PUBLISHED.read_text(encoding="utf-8"))[part]
    return found


@contextmanager
def empty_stage() -> Iterator[tuple[Stage, asyncio.Runner]]:
    """A stage on a database of its own, and what runs its turns."""
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        folder = Path(name)
        asyncio.run(_migrated(folder))
        with stage(folder, patch) as made:
            yield made


async def _migrated(folder: Path) -> None:
    engine = connect(f"sqlite+aiosqlite:///{folder / 'instap.db'}")
    await migrate(engine)
    await engine.dispose()


def main(only: Sequence[str]) -> int:
    """Print the wrong ones, the share of right ones an item, and what is lower than it was."""
    scored = score(only)
    for each in scored:
        if each.at_once != RIGHT:
            said, expected = each.answer.said, "|".join(each.answer.expected)
            got = each.kept if each.after_yes is None else f"{each.after_yes}?"
            print(f"{each.at_once}\t{each.answer.item}\t{said}\t{expected}\t{got}")
    for item in (*dict.fromkeys(each.answer.item for each in scored), ALL):
        of_item = [each for each in scored if item in (each.answer.item, ALL)]
        count = Counter(each.at_once for each in of_item)
        in_two = sum(each.in_two == RIGHT for each in of_item) / len(of_item)
        at_once = count[RIGHT] / len(of_item)
        print(f"{item:18} {at_once:6.1%} at once, {in_two:6.1%} after a yes  {dict(count)}")
    lower = [] if only else fallen(figures(scored), published())
    for line in lower:
        print("lower:", line)
    return 1 if lower else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
