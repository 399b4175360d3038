"""Reads content files into facts and texts, and says of everything in them what is wrong."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from bot.content.arguments import ARGUMENTS
from bot.content.kinds import KINDS, refuse
from bot.content.parsing import Wrong, mapping, shown
from bot.content.problem import Problem
from bot.content.variants import Variant, refuse_others, variants_of
from bot.core.errors import FactUnknown

OF_A_FACT: Final = frozenset(
    {
        *("meaning", "type", "values", "placeholder"),
        *("confidence", "source", "source_date", "checked_on"),
    }
)
NAMED: Final = re.compile(rb"([\w/]+):\s*$")
"""A line on which a fact begins; a text stands two spaces in."""
INDENT: Final = {"facts": b"", "texts": b"  "}
DUTCH_DAY: Final = re.compile(r"\d{1,2}[-/. ]\d{1,2}[-/. ]\d{4}")


@dataclass(frozen=True)
class Fact:
    """One value through time; None from a day on means that it is not known from that day."""

    name: str
    meaning: str
    confidence: str
    source: str
    source_date: str
    checked_on: str
    values: tuple[tuple[date, str | None], ...]
    kind: str = "text"
    placeholder: str | None = None

    def on(self, day: date) -> str:
        """The value on a day."""
        known = [value for start, value in self.values if start <= day]
        if not known or known[-1] is None:
            raise FactUnknown(f"{self.name} on {day}")
        return known[-1]


def read_facts(file: str, raw: bytes, facts: dict[str, Fact]) -> list[Problem]:
    """Add the facts of a file; gives what is wrong in it."""
    problems = []
    try:
        for name, content in mapping(raw).items():
            try:
                if name in facts:
                    raise Wrong("staat ook in een ander bestand")
                facts[name] = _fact(name, content)
            except Wrong as wrong:
                problems.append(_problem(file, raw, wrong, name))
    except Wrong as wrong:
        problems.append(_problem(file, raw, wrong))
    return problems


def read_texts(file: str, raw: bytes, texts: dict[str, tuple[Variant, ...]]) -> list[Problem]:
    """Add the texts of a file; gives what is wrong in it."""
    problems = []
    try:
        responses = mapping(raw).get("responses")
        if not isinstance(responses, dict) or not responses:
            raise Wrong("onder 'responses:' staat niets")
        for name, content in responses.items():
            try:
                if not isinstance(name, str):
                    raise Wrong("is geen naam van een tekst")
                if name in texts:
                    raise Wrong("staat ook in een ander bestand")
                texts[name] = tuple(variants_of(content))
            except Wrong as wrong:
                problems.append(_problem(file, raw, wrong, name))
    except Wrong as wrong:
        problems.append(_problem(file, raw, wrong))
    return problems


def known_problems(
    facts: Mapping[str, Fact],
    texts: Mapping[str, tuple[Variant, ...]],
    files: Mapping[str, bytes],
    today: date,
) -> list[Problem]:
    """What texts ask for and nobody gives; the last way to say a text needs no unknown fact."""
    found = []
    for name, variants in texts.items():
        for number, variant in enumerate(variants):
            wrong = _unknown(variant, facts, today, is_last=number == len(variants) - 1)
            if wrong is not None:
                found.append(problem_at(files, name, wrong.reason))
    return found


def _unknown(
    variant: Variant, facts: Mapping[str, Fact], today: date, *, is_last: bool
) -> Wrong | None:
    for name in sorted(variant.placeholders() | set(variant.needs)):
        if name in variant.given or (name not in facts and name in ARGUMENTS):
            continue
        if name not in facts:
            return Wrong(f"{{{name}}} is geen feit en geen gegeven dat wij kennen")
        may_be_unknown = not is_last or name in variant.needs
        if not may_be_unknown and any(value is None for _, value in facts[name].values):
            return Wrong(f"zegt {{{name}}}, ook als dat niet bekend is")
        if not may_be_unknown and facts[name].values[0][0] > today:
            first = facts[name].values[0][0]
            return Wrong(f"zegt {{{name}}}, en dat is pas bekend vanaf {first}")
    if is_last and (variant.needs or variant.given):
        return Wrong("de laatste manier om dit te zeggen mag geen voorwaarde hebben")
    return None


def _fact(name: object, raw: Any) -> Fact:
    if not isinstance(name, str) or not isinstance(raw, dict):
        raise Wrong("is geen feit")
    if name in ARGUMENTS:
        raise Wrong("is al de naam van iets dat Instap zelf invult: kies een andere")
    refuse_others(raw, OF_A_FACT)
    if "meaning" not in raw or not isinstance(raw.get("values"), dict) or not raw["values"]:
        raise Wrong("mist 'meaning' of 'values'")
    kind = str(raw.get("type", "text"))
    if kind not in KINDS:
        raise Wrong(f"type {kind!r} bestaat niet")
    values = [(_day(day), _value(kind, value)) for day, value in raw["values"].items()]
    placeholder = _value(kind, raw.get("placeholder"))
    return Fact(
        name=name,
        meaning=str(raw["meaning"]),
        confidence=str(raw.get("confidence", "unconfirmed")),
        source=str(raw.get("source", "")),
        source_date=str(raw.get("source_date", "")),
        checked_on=str(raw.get("checked_on", "")),
        values=tuple(sorted(values, key=lambda each: each[0])),
        kind=kind,
        placeholder=placeholder,
    )


def _day(day: object) -> date:
    if isinstance(day, date) and not isinstance(day, datetime):
        return day
    hint = " (jaar-maand-dag)" if DUTCH_DAY.fullmatch(str(day)) else ""
    raise Wrong(f"{shown(day)} is geen dag: schrijf een dag als 2026-11-29{hint}")


def _value(kind: str, value: object) -> str | None:
    if value is None:
        return None
    if (reason := refuse(kind, value)) is not None:
        raise Wrong(reason)
    return str(value)


def problem_at(files: Mapping[str, bytes], name: str, reason: str) -> Problem:
    """What is wrong with a fact or a text, in the file and on the line where it stands."""
    file = next((each for each, raw in files.items() if _line_of(raw, name)), "-")
    return Problem(file, _line_of(files.get(file, b""), name), name, reason)


def _problem(file: str, raw: bytes, wrong: Wrong, name: object = None) -> Problem:
    name = _name_above(file, raw, wrong.line) if name is None else str(name)
    return Problem(file, wrong.line or _line_of(raw, name), name, wrong.reason)


def _name_above(file: str, raw: bytes, line: int | None) -> str | None:
    """The fact or text in which a line stands: what cannot be read has no name of itself."""
    indent = INDENT[file.partition("/")[0]]
    above = [each for each in raw.splitlines()[: line or 0] if each.startswith(indent)]
    found = (NAMED.match(each.removeprefix(indent)) for each in reversed(above))
    return next((each[1].decode() for each in found if each), None)


def _line_of(raw: bytes, name: str | None) -> int | None:
    """The line on which a name begins."""
    if name is None:
        return None
    found = re.search(rf"^[ \t]*{re.escape(name)}:".encode(), raw, re.MULTILINE)
    return raw[: found.start()].count(b"\n") + 1 if found else None
