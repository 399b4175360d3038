"""`instap run`: everything on this machine."""

import asyncio

import typer

from bot import holding, supervisor, training
from bot.commands.given import settings
from bot.commands.train import trained
from bot.settings import Settings


def run() -> None:
    """Start everything in a data folder that nobody else works in, and wait until it stops."""
    chosen = settings()
    try:
        with holding.held(chosen.var, holding.HOUSE, alone=True):
            status = _run(chosen)
    except holding.Held:
        typer.echo(f"Instap draait al met de gegevens in {chosen.var}.", err=True)
        typer.echo("Stop dat eerst, of kies een andere map met INSTAP_VAR.", err=True)
        status = 1
    raise typer.Exit(status)


def _run(chosen: Settings) -> int:
    """Train first where there is no model; a database that is not right is then told before."""
    busy = supervisor.busy_ports(chosen)
    if busy:
        typer.echo(f"Deze poorten zijn bezet: {', '.join(map(str, busy))}.", err=True)
        typer.echo("Kies andere met INSTAP_PORT, INSTAP_RASA_PORT, INSTAP_ACTIONS_PORT.", err=True)
        return 1
    if not training.is_there(training.model_path(chosen)):
        if not asyncio.run(supervisor.migrated(chosen)):
            return 1
        typer.echo("Het model wordt getraind; dat duurt een minuut of twee.")
    return asyncio.run(supervisor.run(chosen, trained(chosen), typer.echo))
