"""Facts and texts as one set, and what is wrong in it: by itself, or beside the one before."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from bot.content.last_good import Files
from bot.content.problem import Problem
from bot.content.reading import Fact, known_problems, problem_at, read_facts, read_texts
from bot.content.variants import Variant

FAQ: Final = "/faq"


@dataclass(frozen=True)
class ContentSet:
    """Facts and texts that fit each other."""

    facts: Mapping[str, Fact] = field(default_factory=dict)
    texts: Mapping[str, tuple[Variant, ...]] = field(default_factory=dict)


def read_set(files: Files, today: date) -> tuple[ContentSet, list[Problem]]:
    """A set out of files, with everything that is wrong in them."""
    problems: list[Problem] = []
    facts: dict[str, Fact] = {}
    texts: dict[str, tuple[Variant, ...]] = {}
    for name, raw in files.items():
        problems += (
            read_facts(name, raw, facts) if _is_facts(name) else read_texts(name, raw, texts)
        )
    if not problems and any(map(_is_facts, files)):
        problems = known_problems(facts, texts, files, today)
    return ContentSet(facts, texts), problems


def _is_facts(name: str) -> bool:
    return name.startswith("facts/")


def differences(before: ContentSet, new: ContentSet, good: Files, files: Files) -> list[Problem]:
    """What the code still asks for and is gone, and what it was never asked for.

    A file was deleted or emptied; a text asks for something that only others are given; a button
    asks what nobody answers.
    """
    gone = sorted((before.texts.keys() - new.texts) | (before.facts.keys() - new.facts))
    problems = [problem_at(good, name, "stond er wel en is nu weg") for name in gone]
    wishes = {wish for each in before.texts.values() for wish in _wishes(each)}
    for name in sorted(before.texts.keys() & new.texts):
        for asked in sorted(_asked(new.texts[name]) - _asked(before.texts[name])):
            reason = f"{{{asked}}} wordt in deze tekst niet ingevuld"
            problems.append(problem_at(files, name, reason))
    for name, variants in new.texts.items() if wishes else ():
        for wish in _wishes(variants):
            if wish not in wishes and not _is_answered(wish, new):
                reason = f"de payload {wish!r} van een knop kent niemand: laat die zoals hij was"
                problems.append(problem_at(files, name, reason))
    return problems


def _wishes(variants: Iterable[Variant]) -> Iterator[str]:
    return (payload for each in variants for _, payload in each.buttons)


def _is_answered(wish: str, new: ContentSet) -> bool:
    """Whether it is a question to which there is an answer."""
    name, _, rest = wish.partition("{")
    topic = json.loads("{" + (rest or "}")).get("topic")
    return name == FAQ and f"utter_faq/{topic}" in new.texts


def _asked(variants: Sequence[Variant]) -> frozenset[str]:
    """What the code has to give for a text, whatever else it may give."""
    return frozenset(name for each in variants for name in (*each.arguments(), *each.given))
