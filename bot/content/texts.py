"""Texts: every Dutch sentence by key, rendered with the facts of today.

The files have Rasa's `responses:` format. A variant with a `condition` is used when its facts are
known today and its arguments given; the last variant has no condition and needs none of them. So
an unknown fact leads to the honest text, and a `{placeholder}` can never reach a visitor.

Beside a text stand its `claims`: what it says was done (bot/services/evidence.py), and what it
`keeps`: the use cases that keep what it promises, as dotted names (docs/beloften.md lists them).
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Final

from babel.dates import format_date

from bot.content.facts import FactsFromFiles
from bot.content.last_resort import words_for
from bot.content.source import TEXTS as FOLDER
from bot.content.source import Content, steady
from bot.content.variants import Variant
from bot.core.errors import FactUnknown, TextUnknown
from bot.core.intake import day_of
from bot.services.ports import Clock, Facts
from bot.services.records import Words

__all__ = ["FOLDER", "TextsFromFiles", "Variant", "in_words"]

DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


class TextsFromFiles:
    """The port `Texts` on `bot/content/texts/*.yml`; files that change are read again.

    With facts from files, both are one set: neither changes without the other fitting it.
    """

    def __init__(self, facts: Facts, clock: Clock, folder: Path = FOLDER) -> None:
        self._facts = facts
        self._clock = clock
        if isinstance(facts, FactsFromFiles):
            self._content = facts.content
            self._content.use_texts(folder, self._today)
        else:
            self._content = Content(None, folder)

    def problems(self) -> Sequence[str]:
        """What is wrong in the newest files, which are not used then; nothing when all is well."""
        self._content.newest()
        return [str(each) for each in self._content.problems]

    def steady(self) -> AbstractContextManager[None]:
        """One set for all that is said in here: a turn is not of two, and looks once."""
        return steady()

    @property
    def _texts(self) -> Mapping[str, tuple[Variant, ...]]:
        return self._content.current.texts

    def __iter__(self) -> Iterator[tuple[str, tuple[Variant, ...]]]:
        """Every key with its variants."""
        return iter(self._texts.items())

    def render(self, key: str, **arguments: object) -> Words:
        """The words of a text today; an argument that is None counts as not given."""
        with steady():
            return self._render(key, **arguments)

    def _render(self, key: str, **arguments: object) -> Words:
        today = self._today()
        given = {name: value for name, value in arguments.items() if value is not None}
        for variant in self._variants(key):
            values = self._values(variant, given, today)
            if values is not None:
                text = variant.text.format_map(values)
                return Words(key, text, variant.buttons, variant.claims)
        raise FactUnknown(f"no variant of {key} can be said on {today}")

    def claims(self, key: str) -> frozenset[str]:
        """What this text says was done, in any of its variants; nothing when it is unknown."""
        return frozenset(name for each in self._texts.get(key, ()) for name in each.claims)

    def version(self, key: str) -> str:
        """A short name for exactly the words of today: other words or facts, another version.

        What a visitor's own case fills in stays a name, so that all who read these words share it.
        """
        names = {name for variant in self._variants(key) for name in variant.placeholders()}
        today = self._today()
        unknown = {name: f"{{{name}}}" for name in names if not self._knows(name, today)}
        words = self.render(key, **unknown).text
        return f"{key}@{hashlib.sha256(words.encode()).hexdigest()[:12]}"

    def _today(self) -> date:
        """Days are days in the Netherlands."""
        return day_of(self._clock.now())

    def _knows(self, name: str, today: date) -> bool:
        """Whether this is a fact, and known today."""
        try:
            self._facts.value(name, today)
        except FactUnknown:
            return False
        return True

    def _variants(self, key: str) -> tuple[Variant, ...]:
        texts = self._texts
        if not texts:  # no good set since we started, and none kept of before
            return (Variant(words_for(key), (), ()),)
        if key not in texts:
            raise TextUnknown(key)
        return texts[key]

    def _values(
        self, variant: Variant, arguments: Mapping[str, object], today: date
    ) -> dict[str, str] | None:
        """What to fill in, or None when something for this variant is not known."""
        if not arguments.keys() >= set(variant.given):
            return None
        try:
            for name in variant.needs:
                self._facts.value(name, today)
            return {
                name: in_words(
                    str(arguments[name]) if name in arguments else self._facts.value(name, today)
                )
                for name in variant.placeholders()
            }
        except FactUnknown:
            return None


def in_words(value: str) -> str:
    """A value as it is read: a day ("2027-11-01") is written out."""
    if not DAY.fullmatch(value):
        return value
    return str(format_date(date.fromisoformat(value), "EEEE d MMMM y", locale="nl"))
