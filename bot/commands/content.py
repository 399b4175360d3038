"""`instap content`: whether what an editor wrote can be used."""

import typer

from bot.commands.given import settings
from bot.content.source import KEPT, Content

content = typer.Typer(no_args_is_help=True)


@content.command("check")
def content_check() -> None:
    """Kijk of alle teksten en feiten te gebruiken zijn, zonder iets te starten."""
    files = Content(kept=settings().var / KEPT, only_looks=True)
    files.newest()
    for problem in files.problems:
        typer.echo(str(problem), err=True)
    if files.problems:
        typer.echo("Deze bestanden worden niet gebruikt: wat er daarvoor was, geldt nog.", err=True)
        raise typer.Exit(1)
    typer.echo("Alle teksten en feiten zijn te gebruiken.")
