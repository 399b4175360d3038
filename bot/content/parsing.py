"""Reads one YAML file of an editor, whatever is in it, and says what is wrong in plain words."""

import re
from collections.abc import Hashable
from typing import Any, Final

import yaml

BIGGEST: Final = 1024 * 1024
"""Bytes; the longest file of ours is a thirtieth of it."""
DEEPEST: Final = 20
"""Lists in lists: deeper, the parser ends with its process."""
BRACKET: Final = re.compile(r"[][{}]")
STEPS: Final = re.compile(rf"(?:[-?] ){{{DEEPEST}}}")
SHOWN: Final = 60
"""Letters of what somebody wrote."""
NO_YAML: Final = "is niet te lezen: let op aanhalingstekens, inspringen en tabs"


class Wrong(Exception):
    """Something in a file, as an editor can mend it; `name` is of a fact or a text."""

    def __init__(self, reason: str, line: int | None = None, name: str | None = None) -> None:
        super().__init__(reason)
        self.reason, self.line, self.name = reason, line, name


class Loader(yaml.CSafeLoader):
    """YAML in which the same name twice is a slip and not a choice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """Refuse a name that stands there twice, or that is no word."""
        seen: set[str] = set()
        for key, _ in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                raise Wrong("hier staat iets tussen haken waar een naam hoort", line)
            if key.value in seen:
                raise Wrong(f"{shown(key.value)} staat er twee keer", line)
            seen.add(key.value)
        return super().construct_mapping(node, deep)

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        """Say on which line something looks like a day or a number and is none (31 November)."""
        try:
            return super().construct_object(node, deep)
        except (ValueError, TypeError, OverflowError) as error:
            written = node.value if isinstance(node, yaml.ScalarNode) else "dit"
            reason = f"{shown(written)} bestaat niet: is het een dag, kijk dan in de kalender"
            raise Wrong(reason, node.start_mark.line + 1) from error


def mapping(raw: bytes) -> dict[Any, Any]:
    """The names in a file and what stands under them. Raises Wrong."""
    if len(raw) > BIGGEST:
        raise Wrong("is groter dan 1 MB")
    try:
        text = raw.decode()
        _refuse_depth(text)
        read = yaml.load(text, Loader)  # noqa: S506  a safe loader, and stricter
    except UnicodeDecodeError as error:
        reason = "is geen UTF-8: sla het bestand op met de codering UTF-8"
        raise Wrong(reason, _line_at(raw, error.start)) from error
    except yaml.YAMLError as error:
        raise Wrong(NO_YAML, _line_in(raw, error)) from error
    if not isinstance(read, dict):
        raise Wrong("is leeg, of geen lijst van namen")
    return read


def shown(value: object) -> str:
    """What somebody wrote, short enough to point at it."""
    text = str(value)
    return repr(text if len(text) <= SHOWN else f"{text[:SHOWN]}...")


def _refuse_depth(text: str) -> None:
    depth = 0
    for found in BRACKET.finditer(text):
        depth += 1 if found[0] in "[{" else -1
        if depth > DEEPEST:
            raise Wrong(NO_YAML, text.count("\n", 0, found.start()) + 1)
    if steps := STEPS.search(text):
        raise Wrong(NO_YAML, text.count("\n", 0, steps.start()) + 1)


def _line_in(raw: bytes, error: yaml.YAMLError) -> int | None:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
        return int(error.problem_mark.line) + 1
    if isinstance(error, yaml.reader.ReaderError):
        return _line_at(raw, int(error.position))
    return None


def _line_at(raw: bytes, place: int) -> int:
    return raw[:place].count(b"\n") + 1
