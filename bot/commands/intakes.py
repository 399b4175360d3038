"""`instap intakes`: what is known of the moments of starting."""

from datetime import datetime
from typing import Annotated

import typer

from bot.commands.opened import AsJson, show, with_app
from bot.services import intakes

intake = typer.Typer(no_args_is_help=True, help="Startmomenten.")
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])]


@intake.command("list")
def intakes_list(as_json: AsJson = False) -> None:
    """De startmomenten, met wat ervan bekend is."""
    found = with_app(lambda app: intakes.list_intakes(app.ports))
    rows = [
        {
            "id": each.id,
            "starts_on": each.starts_on.isoformat() if each.starts_on else None,
            "closes_on": each.closes_on.isoformat() if each.closes_on else None,
            "capacity": each.capacity,
        }
        for each in found
    ]
    if not as_json:
        rows = [{name: value or "nog niet bekend" for name, value in row.items()} for row in rows]
    show(rows, ("id", "starts_on", "closes_on", "capacity"), as_json=as_json)


@intake.command("set")
def intakes_set(
    name: Annotated[str, typer.Argument(help="Bijvoorbeeld 2027-11.")],
    starts_on: Day = None,
    closes_on: Day = None,
    capacity: Annotated[int | None, typer.Option(min=0)] = None,
) -> None:
    """Zet wat er van een startmoment bekend is."""
    kept = with_app(
        lambda app: intakes.set_intake(
            app.ports,
            name,
            starts_on=starts_on.date() if starts_on else None,
            closes_on=closes_on.date() if closes_on else None,
            capacity=capacity,
        ),
        makes=True,
    )
    typer.echo(f"{name} is bijgewerkt.")
    if kept.told.count:
        typer.echo(f"{kept.told.count} mensen krijgen bericht van de startdatum.")
    if kept.told.unreached:
        typer.echo(f"Laat het zelf weten aan: {', '.join(kept.told.unreached)}.")
