"""`instap doctor`: whether everything is there and works."""

import asyncio
import json

import typer

from bot import bootstrap
from bot.commands.given import AsJson, settings
from bot.doctor import Finding, State, examine, no_database


def doctor(as_json: AsJson = False) -> None:
    """Tell each finding; the status is 1 when something is wrong."""
    chosen = settings()

    async def look() -> list[Finding]:
        missing = no_database(chosen)
        if missing is not None:
            return [missing]
        try:
            app = bootstrap.build(chosen)
        except SystemExit as refused:
            return [Finding("start", State.WRONG, " ".join(str(refused).split()))]
        try:
            return [found async for found in examine(app)]
        finally:
            await app.close()

    findings = asyncio.run(look())
    if as_json:
        typer.echo(json.dumps([vars(each) for each in findings], ensure_ascii=False, indent=2))
    for each in () if as_json else findings:
        typer.echo(f"{each.state.value:7} {each.about}{': ' if each.advice else ''}{each.advice}")
    raise typer.Exit(int(any(each.state is State.WRONG for each in findings)))
