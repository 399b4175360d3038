"""`instap understand`: what the assistant makes of messages."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.given import settings
from bot.commands.train import trained
from bot.reading import understand_lines


def understand(
    source: Annotated[str, typer.Argument(help="Een bestand, een bericht per regel; - is invoer.")],
) -> None:
    """Print a line of JSON for each message of a file."""
    chosen = settings()
    try:
        raw = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    except OSError as error:
        typer.echo(f"{source} is niet te lezen ({type(error).__name__}).", err=True)
        raise typer.Exit(1) from None
    lines = raw.decode("utf-8", "replace").splitlines()
    for answer in understand_lines(trained(chosen), lines):
        typer.echo(json.dumps(answer, ensure_ascii=False))
