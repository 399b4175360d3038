"""`instap serve`: one part, for systemd or a container."""

from typing import Annotated

import typer

from bot import holding, log, serving
from bot.commands.given import settings
from bot.settings import Settings


def serve(
    what: Annotated[str, typer.Argument(help="actions of gateway")],
    number: Annotated[int, typer.Argument(min=0, help="Van meer gateways de hoeveelste.")] = 0,
) -> None:
    """Start a part, beside other parts on the same data."""
    chosen = settings()
    log.configure()
    try:
        with holding.held(chosen.var, holding.PARTS, alone=False):
            _serve(chosen, what, number)
    except holding.Held:
        typer.echo("Iemand werkt aan de sleutels (instap keys tidy): start daarna.", err=True)
        raise typer.Exit(1) from None


def _serve(chosen: Settings, what: str, number: int) -> None:
    """One part, until it is told to stop."""
    if what == "actions":
        serving.serve(serving.actions_app(chosen), "127.0.0.1", chosen.actions_port)
    elif what == "gateway" and number >= chosen.gateways:
        typer.echo(f"INSTAP_GATEWAYS is {chosen.gateways}: dit is er een te veel.", err=True)
        raise typer.Exit(2)
    elif what == "gateway":
        app, port = serving.gateway_app(chosen, number), chosen.port + number
        serving.serve(app, chosen.host, port, chosen.trusted_proxy)
    else:
        typer.echo("Kies actions of gateway.", err=True)
        raise typer.Exit(2)
