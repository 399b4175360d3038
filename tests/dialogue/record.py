"""Plays today's conversations and says in what they differ from how they were recorded.

`python -m tests.dialogue.record` plays the acceptance list, the interruptions and some more from
the state of each question, on the stage, and prints every difference with `recorded.txt`. Names of
states play just those, `--every 9` every ninth talk. With `--keep` the record is written anew: look
at the difference first. What the model makes of a sentence stands in `meanings.json`; a sentence
that is not there is asked of the real model.
"""

import argparse
import asyncio
import difflib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from bot import training
from bot.core.errors import EngineUnavailable
from bot.core.turn import Turn
from bot.services.records import Words
from bot.settings import Settings
from bot.storage.migrate import migrate
from bot.storage.work import connect
from tests.dialogue.stage import WAYS, Message, Outcome, Stage, StillTexts, say, stage

HERE: Final = Path(__file__).parent
RECORDED: Final = HERE / "recorded.txt"
MEANINGS: Final = HERE / "meanings.json"
TALKS: Final = HERE / "talks.yml"
JOURNEYS: Final = HERE.parent / "journeys"
MUST_HOLD: Final = HERE.parent / "understanding/must_hold.yml"

LIST: Final[dict[str, Any]] = yaml.safe_load((JOURNEYS / "acceptance.yml").read_text())
FIELDS: Final[dict[str, dict[str, str]]] = LIST["fields"]
MAIL: Final = "anders@voorbeeld.nl"
OLD: Final = "old:"
"""Before the title of a button under our very first words."""
MANY: Final = (
    *("fresh", "sector", "years_experience", "employer_consent", "eligible", "consent", "name"),
    *("email", "company", "confirm", "registered", "callback_note"),
)
"""States that differ in how they hear a message."""
STARTS: Final = ("utter_", "mail_")
PARTS: Final = ("utter_reason_", "utter_criterion_", "utter_rules_source", "utter_would_change")
"""Texts that are put into others."""


@dataclass(frozen=True)
class Talk:
    """Some messages from a state on; each begins at the state again, unless it is one talk."""

    name: str
    state: str
    said: tuple[str, ...]


def _words(step: Mapping[str, Any], field: str) -> str:
    if "old" in step:
        return OLD + str(step["old"])
    wrong = FIELDS[field].get("wrong", "")
    return (wrong if step["say"] == "$wrong" else str(step["say"])) * step.get("times", 1)


def acceptance() -> Iterator[Talk]:
    """Every row of the acceptance list at every question where it means the same."""
    for field, each in FIELDS.items():
        for row, steps in LIST["rows"].items():
            if field in LIST["only_at"].get(row, FIELDS) and field not in LIST["not_at"].get(
                row, ()
            ):
                yield Talk(row, field, tuple(_words(step, field) for step in steps))
        answer = each["answer"].replace("$email", MAIL)
        yield Talk("answer and question", field, (f"{answer}. Wat kost de opleiding?",))
        yield Talk("question and answer", field, (f"Wat kost de opleiding? {answer}",))
        yield Talk("twice", field, (answer, answer))
        yield Talk("delete for good", field, ("verwijder al mijn gegevens", "ja"))
        yield Talk("start over", field, ("stoppen", "begin opnieuw", "ik wil me aanmelden"))


def corrections() -> Iterator[Talk]:
    """Every earlier answer, taken back at every later question."""
    fields = list(FIELDS)
    for field in fields:
        for item in fields[: fields.index(field)]:
            for _, text in LIST["corrections"].get(item, ()):
                yield Talk(f"correct {item}", field, (text,))


def interruptions() -> Iterator[Talk]:
    """Every name of the catalogue at every question of ours."""
    sentences: dict[str, str] = yaml.safe_load(MUST_HOLD.read_text())
    for state in (*FIELDS, "fresh"):
        for name, sentence in sentences.items():
            yield Talk(f"named {name}", state, (sentence,))


def talks() -> Iterator[Talk]:
    """What else a visitor may say, in every state that a row names."""
    for row in yaml.safe_load(TALKS.read_text()):
        for state in row.get("states", MANY):
            yield Talk(row["name"], state, tuple(row["say"]))


class NotedTexts(StillTexts):
    """The real texts, which note what was said of them."""

    said: list[str]

    def render(self, key: str, **arguments: object) -> Words:
        """Render it, and note it when it is no part of another text."""
        if key.startswith(STARTS) and not key.startswith(PARTS):
            self.said.append(key)
        return super().render(key, **arguments)


class Model:
    """What the model makes of a sentence: as it was noted, else the real one is asked."""

    def __init__(self) -> None:
        self.known: dict[str, Any] = json.loads(MEANINGS.read_text()) if MEANINGS.exists() else {}
        self.used: set[str] = set()
        self._process: subprocess.Popen[str] | None = None

    def read(self, text: str) -> Mapping[str, Any]:
        """Its intent, topics, options and certainty."""
        self.used.add(text)
        if text not in self.known:
            self.known[text] = self._asked(text)
        return self.known[text]  # type: ignore[no-any-return]

    def _asked(self, text: str) -> dict[str, Any]:
        if self._process is None:
            model = training.train(Settings())
            self._process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-m", "bot.understanding.parse", str(model)],
                env=os.environ | {"PYTHONWARNINGS": "ignore", "OMP_NUM_THREADS": "1"},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            )
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps(text) + "\n")
        self._process.stdin.flush()
        parsed = json.loads(self._process.stdout.readline())
        return {
            "intent": parsed["intent"]["name"],
            "confidence": round(float(parsed["intent"]["confidence"]), 3),
            "topics": list(parsed.get("topics") or ()),
            "clarify": list(parsed.get("clarify") or ()),
        }

    def keep(self) -> None:
        """Note what was used; nothing else."""
        used = {text: self.known[text] for text in sorted(self.used)}
        lines = (f"{json.dumps(t, ensure_ascii=False)}: {json.dumps(m)}" for t, m in used.items())
        MEANINGS.write_text("{\n" + ",\n".join(lines) + "\n}\n")

    def close(self) -> None:
        """Let the model go."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()


class Recorder:
    """Plays talks on a stage."""

    def __init__(self, made: Stage, model: Model) -> None:
        self._stage, self._model = made, model
        self._texts = NotedTexts(made.ports.facts, made.ports.clock)
        self._texts.said = []
        made.ports = replace(made.ports, texts=self._texts)

    async def lines(self, talk: Talk) -> list[str]:
        """A talk, a message and what came of it a line each."""
        self._stage.reads = self._model.read
        said = [f"# {talk.state}: {talk.name}"]
        await self._stage.state(talk.state)
        for number, words in enumerate(talk.said):
            before = await self._stage.draft() if number else None
            self._texts.said = []
            try:
                outcome = await self._outcome(talk.state, words, is_first=number == 0)
            except EngineUnavailable as error:
                said += [f"{_short(words)}", f"  trouble {error}"]
                break
            if before is None:
                before = dict((await self._stage.state(talk.state)).known.draft)
            said += [f"{_short(words)}", f"  {await self._told(outcome, before)}"]
        return said

    async def _outcome(self, state: str, words: str, *, is_first: bool) -> Outcome:
        if words.startswith(OLD):
            if is_first:
                await self._stage.enter(state)
            return await self._stage.press_first(words.removeprefix(OLD))
        message: Message = say(words)
        if is_first:
            return await self._stage.typed(state, message)
        return await self._stage.then(message)

    async def _told(self, outcome: Outcome, before: Mapping[str, object]) -> str:
        """What came of a message, in names and values."""
        turn, after = outcome.turn, await self._stage.draft()
        changed = {
            item: after.get(item)
            for item in sorted({*before, *after})
            if before.get(item) != after.get(item) and not item.endswith("_at")
        }
        parts = [
            f"topics {','.join(turn.topics) or '-'}",
            *([f"clarify {','.join(turn.clarify)}"] if turn.clarify else []),
            f"asks {turn.asks or '-'}",
            *([f"outcome {turn.outcome}"] if turn.outcome else []),
            *([f"is {turn.registration.status}"] if turn.registration else []),
            f"says {' '.join(key.removeprefix('utter_') for key in self._texts.said)}",
            *([f"draft {json.dumps(changed, ensure_ascii=False)}"] if changed else []),
            *([f"buttons {' | '.join(_titles(turn))}"] if _titles(turn) else []),
        ]
        return "; ".join(parts)


def _titles(turn: Turn) -> list[str]:
    return [button.title for message in turn.messages for button in message.buttons]


def _short(words: str) -> str:
    return words if len(words) <= 120 else f"{words[:40]}... ({len(words)})"


def chosen_talks(states: Sequence[str], every: int) -> list[Talk]:
    """All talks, or those of some states; of these each or every so many."""
    found = dict.fromkeys([*acceptance(), *corrections(), *interruptions(), *talks()])
    kept = [each for each in found if not states or each.state in states][::every]
    return sorted(kept, key=lambda each: [*WAYS].index(each.state))


async def played(made: Stage, model: Model, chosen: Sequence[Talk]) -> list[str]:
    """Every line of these talks."""
    recorder = Recorder(made, model)
    return [line for talk in chosen for line in await recorder.lines(talk)]


def play(chosen: Sequence[Talk]) -> tuple[list[str], Model]:
    """Every line of these talks, and the model that read them."""
    model = Model()
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        folder = Path(name)
        asyncio.run(_migrated(folder))
        with stage(folder, patch) as (made, runner):
            try:
                return runner.run(played(made, model, chosen)), model
            finally:
                model.close()


async def _migrated(folder: Path) -> None:
    engine = connect(f"sqlite+aiosqlite:///{folder / 'instap.db'}")
    await migrate(engine)
    await engine.dispose()


def talks_in(lines: Sequence[str]) -> dict[str, list[str]]:
    """The lines of each talk."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in lines:
        name = line if line.startswith("# ") else name
        found.setdefault(name, []).append(line)
    return found


def differences(lines: Sequence[str]) -> list[str]:
    """In what the talks that were played differ from the record."""
    today = talks_in(lines)
    kept = talks_in(RECORDED.read_text().splitlines()) if RECORDED.exists() else {}
    before = [line for name in today for line in kept.get(name, ())]
    return list(difflib.unified_diff(before, lines, "recorded", "today", lineterm="", n=2))


def main() -> int:
    """0 when nothing differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("states", nargs="*", help="play these states only")
    parser.add_argument("--every", type=int, default=1, help="play every so many talks only")
    parser.add_argument("--keep", action="store_true", help="write the record anew")
    parser.add_argument("--dump", type=Path, help="write what was played to this file")
    given = parser.parse_args()
    if given.keep and (given.states or given.every > 1):
        parser.error("only a whole record is kept")
    lines, model = play(chosen_talks(given.states, given.every))
    if given.dump:
        given.dump.write_text("\n".join(lines) + "\n")
    found = differences(lines)
    print("\n".join(found))
    if given.keep:
        RECORDED.write_text("\n".join(lines) + "\n")
        model.keep()
    messages = sum(not line.startswith(("#", "  ")) for line in lines)
    changed = sum(line.startswith("+") for line in found) - bool(found)
    print(f"{messages} messages, {changed} lines differ", file=sys.stderr)
    return int(bool(found) and not given.keep)


if __name__ == "__main__":
    sys.exit(main())
