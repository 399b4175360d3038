"""Reads content files into facts and texts, and says of everything in them what is wrong."""

import re
import string
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import yaml

from bot.content.arguments import ARGUMENTS
from bot.content.kinds import KINDS, refuse
from bot.content.problem import Problem
from bot.core.errors import FactUnknown

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


class Wrong(Exception):
    """Something in a file, as an editor can mend it; `name` is of a fact or a text."""

    def __init__(self, reason: str, line: int | None = None, name: str | None = None) -> None:
        super().__init__(reason)
        self.reason, self.line, self.name = reason, line, name


class Loader(yaml.CSafeLoader):
    """YAML in which the same name twice is a slip and not a choice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """Refuse a name that stands there twice."""
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise Wrong(f"{key.value!r} staat er twee keer", key.start_mark.line + 1)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def read_facts(file: str, raw: bytes, facts: dict[str, Fact]) -> list[Problem]:
    """Add the facts of a file; gives what is wrong in it."""
    problems = []
    try:
        for name, content in _mapping(raw).items():
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
        responses = _mapping(raw).get("responses")
        if not isinstance(responses, dict) or not responses:
            raise Wrong("onder 'responses:' staat niets")
        for name, content in responses.items():
            try:
                if name in texts:
                    raise Wrong("staat ook in een ander bestand")
                texts[name] = tuple(_variants(content))
            except Wrong as wrong:
                problems.append(_problem(file, raw, wrong, name))
    except Wrong as wrong:
        problems.append(_problem(file, raw, wrong))
    return problems


def known_problems(
    facts: Mapping[str, Fact],
    texts: Mapping[str, tuple[Variant, ...]],
    files: Mapping[str, bytes],
) -> list[Problem]:
    """What texts ask for and nobody gives; the last way to say a text needs no unknown fact."""
    found = []
    for name, variants in texts.items():
        for number, variant in enumerate(variants):
            wrong = _unknown(variant, facts, is_last=number == len(variants) - 1)
            if wrong is not None:
                file = next((f for f, raw in files.items() if _line_of(raw, name)), "-")
                found.append(_problem(file, files.get(file, b""), wrong, name))
    return found


def _unknown(variant: Variant, facts: Mapping[str, Fact], *, is_last: bool) -> Wrong | None:
    for name in sorted(variant.placeholders() | set(variant.needs)):
        if name in variant.given or (name not in facts and name in ARGUMENTS):
            continue
        if name not in facts:
            return Wrong(f"{{{name}}} is geen feit en geen gegeven dat wij kennen")
        may_be_unknown = not is_last or name in variant.needs
        if not may_be_unknown and any(value is None for _, value in facts[name].values):
            return Wrong(f"zegt {{{name}}}, ook als dat niet bekend is")
    if is_last and (variant.needs or variant.given):
        return Wrong("de laatste manier om dit te zeggen mag geen voorwaarde hebben")
    return None


def _mapping(raw: bytes) -> dict[Any, Any]:
    try:
        read = yaml.load(raw.decode(), Loader)  # noqa: S506  a safe loader, and stricter
    except UnicodeDecodeError as error:
        raise Wrong("is geen UTF-8", raw[: error.start].count(b"\n") + 1) from error
    except yaml.YAMLError as error:
        mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
        line = mark.line + 1 if mark is not None else None
        raise Wrong(
            "is niet te lezen: let op aanhalingstekens, inspringen en tabs", line
        ) from error
    if not isinstance(read, dict):
        raise Wrong("is leeg, of geen lijst van namen")
    return read


def _fact(name: object, raw: Any) -> Fact:
    if not isinstance(name, str) or not isinstance(raw, dict):
        raise Wrong("is geen feit")
    if "meaning" not in raw or not isinstance(raw.get("values"), dict) or not raw["values"]:
        raise Wrong("mist 'meaning' of 'values'")
    kind = str(raw.get("type", "text"))
    if kind not in KINDS:
        raise Wrong(f"type {kind!r} bestaat niet")
    values = [(_day(day), _value(kind, value)) for day, value in raw["values"].items()]
    return Fact(
        name=name,
        meaning=str(raw["meaning"]),
        confidence=str(raw.get("confidence", "unconfirmed")),
        source=str(raw.get("source", "")),
        source_date=str(raw.get("source_date", "")),
        checked_on=str(raw.get("checked_on", "")),
        values=tuple(sorted(values, key=lambda each: each[0])),
        kind=kind,
        placeholder=raw.get("placeholder"),
    )


def _day(day: object) -> date:
    if isinstance(day, date):
        return day
    hint = " (jaar-maand-dag)" if DUTCH_DAY.fullmatch(str(day)) else ""
    raise Wrong(f"{str(day)!r} is geen dag: schrijf een dag als 2026-11-29{hint}")


def _value(kind: str, value: object) -> str | None:
    if value is None:
        return None
    if (reason := refuse(kind, value)) is not None:
        raise Wrong(reason)
    return str(value)


def _variants(raw: Any) -> Iterator[Variant]:
    if not isinstance(raw, list) or not raw:
        raise Wrong("heeft geen tekst")
    for each in raw:
        if not isinstance(each, dict) or not isinstance(each.get("text"), str):
            raise Wrong("heeft geen tekst, of een tekst zonder aanhalingstekens")
        yield _variant(each)


def _variant(raw: Mapping[str, Any]) -> Variant:
    buttons, conditions = raw.get("buttons") or [], raw.get("condition") or []
    try:
        kinds = [(each["type"], str(each["name"])) for each in conditions]
        variant = Variant(
            raw["text"].strip(),
            tuple((str(each["title"]), str(each["payload"])) for each in buttons),
            tuple(name for kind, name in kinds if kind == "fact"),
            tuple(name for kind, name in kinds if kind == "argument"),
            _names(raw.get("claims")),
            _names(raw.get("keeps")),
        )
        variant.placeholders()
    except (KeyError, TypeError) as error:
        raise Wrong(f"een knop of voorwaarde mist {error}") from error
    except ValueError as error:
        raise Wrong("heeft een losse accolade") from error
    if not variant.text:
        raise Wrong("heeft geen tekst")
    return variant


def _names(raw: object) -> tuple[str, ...]:
    """One name, or a list of them."""
    if raw is None:
        return ()
    return tuple(str(each) for each in raw) if isinstance(raw, list) else (str(raw),)


def _problem(file: str, raw: bytes, wrong: Wrong, name: object = None) -> Problem:
    name = None if name is None else str(name)
    return Problem(file, wrong.line or _line_of(raw, name), name, wrong.reason)


def _line_of(raw: bytes, name: str | None) -> int | None:
    """The line on which a name begins."""
    if name is None:
        return None
    found = re.search(rf"^[ \t]*{re.escape(name)}:".encode(), raw, re.MULTILINE)
    return raw[: found.start()].count(b"\n") + 1 if found else None
