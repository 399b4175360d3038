"""Plays the visitors of `tests/visitors/`, shows what went wrong, and guards what was published.

`python -m bench.visitors [ID ...]` prints each conversation that failed, whole, and of everybody:
whether the goal was reached, after how many turns beside those of a good officer, and the share of
replies that did nothing for them (`tests/visitors/judge.py` says what that is). With `--all` every
conversation is printed; with `--house URL FOLDER` they talk with a running house instead, whose
data folder that is. Exit code 1 when a figure is below the published one.
"""

import argparse
import asyncio
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import yaml

from bench.answers import empty_stage
from bot.content.facts import FactsFromFiles
from bot.content.texts import TextsFromFiles
from bot.documents import Documents
from bot.privacy.masking import PersonalDataFinder
from bot.services.ports import Ports
from bot.storage.cipher import load_cipher
from bot.storage.traces import EngineTraces
from bot.storage.work import connect, units
from tests.support.meanings import real_meanings
from tests.support.parts import ScriptedEngine, StandingClock
from tests.visitors.places import AtAHouse, InProcess
from tests.visitors.player import Played, play
from tests.visitors.script import Person, people

PUBLISHED: Final = Path("tests/visitors/published.yml")
MOST: Final = 1.5
"""Times the turns of a good officer."""

SLACK: Final = 0.01
"""How much a share may be below what was published; a goal or a visitor less is one too many."""

Figures = dict[str, float]


def in_process(persons: Sequence[Person]) -> list[tuple[Played, list[bool]]]:
    """Every conversation, and of each reply whether it did nothing."""
    done = []
    with real_meanings() as reads, empty_stage() as (made, runner):
        for person in persons:
            place = InProcess(made.ports, runner, reads)
            played = play(person, place)
            done.append((played, played.nothing(place.empty)))
            place.end()
    return done


def at_a_house(
    persons: Sequence[Person], url: str, folder: Path
) -> list[tuple[Played, list[bool]]]:
    """The same with a running house."""
    with asyncio.Runner() as runner:
        engine = connect(f"sqlite+aiosqlite:///{folder / 'instap.db'}")
        facts, clock = FactsFromFiles.load(), StandingClock()
        ports = Ports(
            work=units(engine, load_cipher(folder / "instap.key")),
            clock=clock,
            facts=facts,
            texts=TextsFromFiles(facts, clock),
            engine=ScriptedEngine(),
            traces=EngineTraces(engine),
            personal=PersonalDataFinder(),
            documents=Documents(),
        )
        with AtAHouse(url, ports, runner) as place:
            done = []
            for person in persons:
                played = play(person, place)
                done.append((played, played.nothing(place.empty)))
                place.end()
        runner.run(engine.dispose())
    return done


def is_quick(played: Played) -> bool:
    """Whether somebody got what he came for within the turns that are reasonable."""
    if not played.is_reached or played.reached_at is None:
        return False
    return played.reached_at <= MOST * played.person.officer_turns


def figures(done: Sequence[tuple[Played, list[bool]]]) -> Figures:
    """Goals reached, those reached in time, replies that did something: higher is better."""
    every = [each for _, nothing in done for each in nothing]
    return {
        "reached": sum(played.is_reached for played, _ in done),
        "in_time": sum(is_quick(played) for played, _ in done),
        "replies_that_help": round(1 - statistics.fmean(every), 4),
    }


def fallen(now: Figures, published: Figures) -> list[str]:
    """The figures that are below what was published."""
    return [
        f"{name}: {now[name]}, published {was}"
        for name, was in published.items()
        if now[name] < (was - SLACK if isinstance(was, float) else was)
    ]


def published() -> Figures:
    """What was published."""
    found: Figures = yaml.safe_load(PUBLISHED.read_text(encoding="utf-8"))
    return found


def transcript(played: Played, nothing: Sequence[bool]) -> str:
    """A whole conversation, for reading; `0` stands before a reply that did nothing."""
    lines = [f"──── {played.person.id}: {played.person.goal}", *_shown(played.replies[0], " ")]
    for said, reply, is_nothing in zip(played.said, played.replies[1:], nothing, strict=True):
        lines += ["", f"> {said}", *_shown(reply, "0" if is_nothing else " ")]
    if played.gave_up_at:
        lines.append(f"\n(gives up at {played.gave_up_at})")
    if played.missing:
        lines.append(f"\nnot reached: {', '.join(played.missing)}")
    return "\n".join(lines)


def _shown(reply: Any, mark: str) -> list[str]:
    names = [*reply.topics, *(f"?{each}" for each in reply.clarify)]
    names += [f"asks {reply.asks}"] if reply.asks else []
    names += [f"outcome {reply.outcome}"] if reply.outcome else []
    words = "\n\n".join(reply.bubbles).splitlines()
    buttons = "".join(f" [{title}]" for title in reply.titles)
    return [*(f" {mark}  {line}" for line in words), f" {mark} {buttons}  ({', '.join(names)})"]


def report(done: Sequence[tuple[Played, list[bool]]], *, everything: bool) -> None:
    """The conversations that failed, and a line of each."""
    for played, nothing in done:
        if everything or not is_quick(played):
            print(transcript(played, nothing), end="\n\n\n")
    for played, nothing in done:
        state = "reached" if played.is_reached else "NOT"
        turns = f"{played.reached_at or len(played.said)}/{played.person.officer_turns}"
        late = "" if is_quick(played) or not played.is_reached else "late"
        left = "; ".join(played.missing)
        share = f"{sum(nothing)}/{len(nothing)}"
        print(f"{played.person.id:22} {state:8} {turns:>7} {late:5} nothing {share:>6}  {left}")


def main() -> int:
    """Play, print, and say what is lower than it was."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ids", nargs="*")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--house", nargs=2, metavar=("URL", "FOLDER"))
    options = parser.parse_args()
    persons = people(options.ids)
    if options.house:
        done = at_a_house(persons, options.house[0], Path(options.house[1]))
    else:
        done = in_process(persons)
    report(done, everything=options.all)
    now = figures(done)
    print("  ".join(f"{name} {value}" for name, value in now.items()))
    lower = [] if options.ids else fallen(now, published())
    for line in lower:
        print("lower:", line)
    return 1 if lower else 0


if __name__ == "__main__":
    sys.exit(main())
