"""`instap conversation`: what was read of each message of one conversation, and what decided it."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated

import typer

from bot.commands.given import AsJson
from bot.commands.opened import code_of, with_app
from bot.services import explaining
from bot.services.erasing import CODE
from bot.services.explaining import Explained

Reveal = Annotated[
    bool, typer.Option("--reveal", help="Ook namen, adressen en nummers; dat komt in het log.")
]


def conversation(
    named: Annotated[str, typer.Argument(help="De code van een aanmelding, of een gesprek.")],
    as_json: AsJson = False,
    reveal: Reveal = False,
) -> None:
    """Print what was said in one conversation, and which row decided."""
    name = code_of(named)
    name = name if CODE.fullmatch(name) else named.strip()
    found = with_app(lambda app: explaining.explain(app.ports, name, reveals=reveal))
    if as_json:
        typer.echo(json.dumps([asdict(each) for each in found], ensure_ascii=False, indent=2))
        return
    for each in found:
        for line in _lines(each):
            typer.echo(line)


def _lines(one: Explained) -> Iterator[str]:
    """One message as people read it."""
    if one.said is not None:
        yield f"> {one.said}"
    if one.decided is not None:
        why = one.decided
        read = f" · {why.intent} {why.confidence:.2f}" if why.intent else ""
        topics = f" · {', '.join(why.topics)}" if why.topics else ""
        yield f"  [{why.rule}: {why.move} {why.about}{read}{topics}]".replace(" ]", "]")
    for noted in one.noted:
        yield f"  + {noted.item} = {noted.value}"
    for text in one.replies:
        yield "  " + text.replace("\n", "\n  ")
    if one.asks:
        yield f"  ? {one.asks}"
    yield ""
