"""One message as it is read: words or a command of ours, and what the model makes of it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Final

from bot.core.answers import facts_in
from bot.core.answers.reading import likely_answer
from bot.core.dialogue.moves import FALLBACK
from bot.core.questions import ELIGIBILITY, ITEMS, MASKS, Value

HURRIED: Final = "hurried"
CERTAIN: Final = 0.9
"""How sure the model must be of a heavy wish, before it is more than a guess."""
HEAVY: Final = frozenset({"restart", "withdraw_registration", "delete_my_data"})
"""What erases or takes back."""


@dataclass(frozen=True)
class Meaning:
    """What the model makes of a text."""

    intent: str
    confidence: float = 1.0
    topics: tuple[str, ...] = ()
    clarify: tuple[str, ...] = ()
    mood: str | None = None
    """Of `MOODS`: what is heard beside what it is about."""
    facets: tuple[str, ...] = ()
    """The side of each topic that is asked about, if that is the topic."""


@dataclass(frozen=True)
class Message:
    """What was said, and to which open question.

    `words` are those of the visitor, `masked` the same without personal data; `found` are the
    personal items in it, `doubt` those with several values. `beside` is the question that came
    after an answer: then `masked` is the answer. `changed` is the detail that somebody on the list
    says is another now, though nobody asked. `command` is one of ours, in place of words.
    `meaning` is what the model makes of the words, once it was asked. `for_other`: the conversation
    is for somebody else, and what is told of them is what we ask. `stands`: who talks is on the
    list, where a coordinator judges what is another now. Of the personal items in `unsure`
    the value is only likely.
    """

    today: date
    asks: str | None = None
    answers: Mapping[str, object] = field(default_factory=dict, repr=False)
    words: str = field(default="", repr=False)
    masked: str = field(default="", repr=False)
    beside: str | None = field(default=None, repr=False)
    changed: str | None = None
    found: frozenset[str] = frozenset()
    doubt: tuple[str, ...] = ()
    command: str | None = None
    meaning: Meaning | None = None
    for_other: bool = False
    stands: bool = False
    unsure: frozenset[str] = frozenset()

    @property
    def text(self) -> str:
        """A command, or the words without what is personal."""
        return self.command or self.masked

    @property
    def is_command(self) -> bool:
        """Whether it is a command of ours."""
        return self.command is not None

    @property
    def intent(self) -> str:
        """The name of what is meant."""
        if self.command is not None:
            return self._commanded[0]
        if self._is_heavy_guess:
            return FALLBACK
        return self.meaning.intent if self.meaning else ""

    @property
    def _is_heavy_guess(self) -> bool:
        """Whether out of the blue something heavy may be meant: then that is asked first."""
        is_sure = self.asks is not None or self.confidence >= CERTAIN
        return not is_sure and self.meaning is not None and self.meaning.intent in HEAVY

    @property
    def confidence(self) -> float:
        """How sure the model is of that; what it was not asked is certain."""
        return self.meaning.confidence if self.meaning else 1.0

    @property
    def topics(self) -> tuple[str, ...]:
        """Everything that it is about, by the names of the catalogue."""
        if self.command is None:
            named = self.meaning.topics if self.meaning else ()
            is_sure = self.confidence >= CERTAIN
            return tuple(name for name in named if is_sure or name not in HEAVY)
        topic = self.entity("topic")
        return (f"faq/{topic}" if self.intent == "faq" and topic else self.intent,)

    @property
    def facets(self) -> tuple[str, ...]:
        """The side of each topic that it asks about, if that is what it is about."""
        return self.meaning.facets if self.meaning else ()

    @property
    def clarify(self) -> tuple[str, ...]:
        """What it may be about."""
        if self.meaning is None:
            return ()
        first = (self.meaning.intent,) if self._is_heavy_guess else ()
        return tuple(dict.fromkeys((*first, *self.meaning.clarify)))

    @property
    def mood(self) -> str | None:
        """How somebody feels who says something else as well."""
        return self.meaning.mood if self.meaning else None

    @property
    def is_hurried(self) -> bool:
        """Whether somebody says to be in a hurry."""
        return HURRIED in (self.intent, self.mood)

    @property
    def asked(self) -> str | None:
        """The question that it may be an answer to."""
        return self.changed or (self.asks if self.asks in ITEMS else None)

    @cached_property
    def likely_answer(self) -> Value:
        """The answer to the open question that has to be said back: the dearest of the readings."""
        item, text = self.asks or "", self.text
        return likely_answer(item, text, today=self.today, for_other=self.for_other)

    @property
    def is_guess(self) -> bool:
        """Whether we only think that this is meant, while a question of ours is open."""
        return self.asks is not None and self.confidence < CERTAIN

    @cached_property
    def _commanded(self) -> tuple[str, Mapping[str, Any]]:
        name, brace, values = (self.command or "").removeprefix("/").partition("{")
        return name, json.loads(brace + values) if brace else {}

    @cached_property
    def spans(self) -> tuple[tuple[str, Any, int, int], ...]:
        """The facts that it states, in order, with their places."""
        found = [
            (each.entity, each.value, each.start, each.end)
            for each in facts_in(self.masked, self.today, for_other=self.for_other)
        ]
        for mask, question in MASKS.items():
            at = self.masked.find(mask)
            while at >= 0:
                found.append((str(question.entity), mask, at, at + len(mask)))
                at = self.masked.find(mask, at + 1)
        return tuple(sorted(found, key=lambda each: each[2]))

    @cached_property
    def entities(self) -> tuple[tuple[str, Any], ...]:
        """What a command sets, or the facts that the words state."""
        if self.command is not None:
            return tuple(self._commanded[1].items())
        return tuple((name, value) for name, value, _, _ in self.spans)

    def entity(self, name: str) -> Any:
        """The first value of an entity, or None."""
        return next((value for entity, value in self.entities if entity == name), None)

    @cached_property
    def rest(self) -> str:
        """The words without the facts that were found in them."""
        return without(self.text, () if self.is_command else self.spans)

    @cached_property
    def answered(self) -> tuple[str, ...]:
        """The questions of eligibility that have an answer already."""
        return tuple(item for item in ELIGIBILITY if self.answers.get(item) is not None)


def without(text: str, spans: Iterable[tuple[str, Any, int, int]]) -> str:
    """The text with every fact that was found in it blanked out."""
    letters = list(text)
    for _, _, start, end in spans:
        for place in range(start, min(end, len(letters))):
            letters[place] = " "
    return "".join(letters)
