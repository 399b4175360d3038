"""Texts: every Dutch sentence by key, rendered with the facts of today.

The files have Rasa's `responses:` format. A variant with a `condition` is used when its facts are
known today and its arguments given; the last variant has no condition and needs none of them. So
an unknown fact leads to the honest text, and a `{placeholder}` can never reach a visitor.

Beside a text stand its `claims`: what it says was done (bot/services/evidence.py), and what it
`keeps`: the use cases that keep what it promises, as dotted names (docs/beloften.md lists them).
"""

import hashlib
import re
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import yaml
from babel.dates import format_date

from bot.content.facts import stamp_of
from bot.core.errors import FactUnknown, TextUnknown
from bot.core.intake import day_of
from bot.services.ports import Clock, Facts
from bot.services.records import Words

FOLDER: Final = Path(__file__).parent / "texts"
DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Variant:
    """One way to say a text: the facts it needs to be known, the arguments it needs to be given."""

    text: str
    buttons: tuple[tuple[str, str], ...]
    needs: tuple[str, ...]
    given: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    keeps: tuple[str, ...] = ()

    def placeholders(self) -> frozenset[str]:
        """What is filled in."""
        return frozenset(name for _, name, _, _ in string.Formatter().parse(self.text) if name)


class TextsFromFiles:
    """The port `Texts` on `bot/content/texts/*.yml`; files that change are read again."""

    def __init__(self, facts: Facts, clock: Clock, folder: Path = FOLDER) -> None:
        self._facts = facts
        self._clock = clock
        self._folder = folder
        self._stamp: object = None
        self._texts: dict[str, tuple[Variant, ...]] = {}
        self._refresh()

    def __iter__(self) -> Iterator[tuple[str, tuple[Variant, ...]]]:
        """Every key with its variants."""
        return iter(self._texts.items())

    def render(self, key: str, **arguments: object) -> Words:
        """The words of a text today; an argument that is None counts as not given."""
        self._refresh()
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
        self._refresh()
        return frozenset(name for each in self._texts.get(key, ()) for name in each.claims)

    def version(self, key: str) -> str:
        """A short name for exactly the words of today: other words or facts, another version.

        What a visitor's own case fills in stays a name, so that all who read these words share it.
        """
        self._refresh()
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
        if key not in self._texts:
            raise TextUnknown(key)
        return self._texts[key]

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

    def _refresh(self) -> None:
        """Read the files again when one of them changed, so that an edit is live at once."""
        paths = sorted(self._folder.glob("*.yml"))
        stamp = stamp_of(paths)
        if stamp != self._stamp:
            self._texts = _load(paths)
            self._stamp = stamp


def in_words(value: str) -> str:
    """A value as it is read: a day ("2027-11-01") is written out."""
    if not DAY.fullmatch(value):
        return value
    return str(format_date(date.fromisoformat(value), "EEEE d MMMM y", locale="nl"))


def _load(paths: list[Path]) -> dict[str, tuple[Variant, ...]]:
    texts: dict[str, tuple[Variant, ...]] = {}
    for path in paths:
        for key, variants in yaml.load(path.read_text(), yaml.CSafeLoader)["responses"].items():
            if key in texts:
                raise ValueError(f"text {key} stands in two files")
            texts[key] = tuple(_read(raw) for raw in variants)
    return texts


def _read(raw: Mapping[str, object]) -> Variant:
    buttons, conditions = raw.get("buttons") or [], raw.get("condition") or []
    assert isinstance(buttons, list) and isinstance(conditions, list)
    return Variant(
        str(raw["text"]).strip(),
        tuple((str(each["title"]), str(each["payload"])) for each in buttons),
        tuple(str(each["name"]) for each in conditions if each["type"] == "fact"),
        tuple(str(each["name"]) for each in conditions if each["type"] == "argument"),
        _names(raw.get("claims")),
        _names(raw.get("keeps")),
    )


def _names(raw: object) -> tuple[str, ...]:
    """One name, or a list of them."""
    if raw is None:
        return ()
    return tuple(str(each) for each in raw) if isinstance(raw, list) else (str(raw),)
