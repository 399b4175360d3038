"""The ways to say one text, as an editor wrote them, with everything that nobody could say."""

import json
import re
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.content.arguments import ARGUMENTS
from bot.content.kinds import is_wrapped
from bot.content.parsing import Wrong
from bot.services.evidence import CLAIMS

OF_A_TEXT: Final = frozenset({"text", "buttons", "condition", "claims", "keeps"})
CONDITIONS: Final = ("fact", "argument")
LONGEST: Final = 4000
"""Letters of a text: more than that no door shows in one piece."""
PAYLOAD: Final = re.compile(r"/[a-z_]+(\{.*\})?", re.DOTALL)


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

    def arguments(self) -> frozenset[str]:
        """What the code has to give for this way to say it."""
        return self.placeholders() & ARGUMENTS


def refuse_others(raw: Mapping[Any, Any], known: frozenset[str]) -> None:
    """A field that nobody reads is a slip in the name of one that somebody does."""
    others = sorted(str(name) for name in raw if name not in known)
    if others:
        raise Wrong(f"{others[0]!r} ken ik hier niet; wel: {', '.join(sorted(known))}")


def variants_of(raw: Any) -> Iterator[Variant]:
    """The ways to say a text, the best first. Raises Wrong."""
    if not isinstance(raw, list) or not raw:
        raise Wrong("heeft geen tekst")
    for each in raw:
        if not isinstance(each, dict) or not isinstance(each.get("text"), str):
            raise Wrong("heeft geen tekst, of een tekst zonder aanhalingstekens")
        refuse_others(each, OF_A_TEXT)
        yield _variant(each)


def _variant(raw: Mapping[str, Any]) -> Variant:
    text = raw["text"].strip()
    _refuse_words(text)
    conditions = [_condition(each) for each in _list(raw, "condition")]
    claims = _names(raw.get("claims"))
    if unknown := set(claims) - CLAIMS:
        raise Wrong(f"claims {min(unknown)!r} bestaat niet")
    return Variant(
        text,
        tuple(_button(each) for each in _list(raw, "buttons")),
        tuple(name for kind, name in conditions if kind == "fact"),
        tuple(name for kind, name in conditions if kind == "argument"),
        claims,
        _names(raw.get("keeps")),
    )


def _refuse_words(text: str) -> None:
    """Words that nobody can say: none, too many, quotes of a word processor, a stray brace."""
    if not text:
        raise Wrong("heeft geen tekst")
    if len(text) > LONGEST:
        raise Wrong(f"is langer dan {LONGEST} tekens")
    if is_wrapped(text):
        raise Wrong("staat tussen kromme aanhalingstekens: gebruik rechte")
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError as error:
        raise Wrong("heeft een losse accolade") from error
    for literal, name, form, conversion in parts:
        if "{" in literal or "}" in literal:
            raise Wrong("heeft dubbele accolades: schrijf {naam} met enkele")
        if name is not None and (not name.isidentifier() or form or conversion):
            raise Wrong(f"{{{name}}} is geen feit en geen gegeven dat wij kennen")


def _list(raw: Mapping[str, Any], name: str) -> list[Any]:
    found = raw.get(name)
    if found is not None and not isinstance(found, list):
        raise Wrong(f"onder {name!r} hoort een lijst, met streepjes")
    return found or []


def _condition(raw: Any) -> tuple[str, str]:
    if not isinstance(raw, dict) or raw.get("type") not in CONDITIONS or "name" not in raw:
        raise Wrong(f"een voorwaarde heeft een type ({' of '.join(CONDITIONS)}) en een name")
    return raw["type"], str(raw["name"])


def _button(raw: Any) -> tuple[str, str]:
    title = raw.get("title") if isinstance(raw, dict) else None
    if not isinstance(title, str) or not title.strip():
        raise Wrong("een knop heeft een title tussen aanhalingstekens")
    payload = str(raw.get("payload"))
    found = PAYLOAD.fullmatch(payload)
    if found is None or not _is_json(found[1]):
        raise Wrong(f"de payload {payload!r} van een knop kan niet: laat die zoals hij was")
    return title, payload


def _is_json(text: str | None) -> bool:
    try:
        return text is None or isinstance(json.loads(text), dict)
    except ValueError:
        return False


def _names(raw: object) -> tuple[str, ...]:
    """One name, or a list of them."""
    if raw is None:
        return ()
    return tuple(str(each) for each in raw) if isinstance(raw, list) else (str(raw),)
