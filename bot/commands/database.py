"""`instap migrate`, `purge` and `erase`: the shape of the database, and what goes out of it."""

import json
from typing import Annotated

import typer

from bot.commands.given import AsJson, Yes
from bot.commands.opened import be_sure, code_of, with_app
from bot.services import erasing, retention


async def _nothing() -> None:
    """Migrating is all."""


def migrate() -> None:
    """Make the database, or bring it to the shape of this version."""
    with_app(lambda app: _nothing(), makes=True)
    typer.echo("De database is in orde.")


def purge(as_json: AsJson = False, yes: Yes = False) -> None:
    """Erase after a yes what was kept long enough, and mark what is next."""
    planned = with_app(lambda app: retention.plan(app.ports))
    if planned.held is retention.Held.CLOCK_IS_SET:
        typer.echo("INSTAP_NOW staat aan: dan wordt er niets gewist.", err=True)
        raise typer.Exit(1)
    if not planned.is_empty or planned.held is not None:
        be_sure(_what_goes(planned), yes=yes, tell=not as_json)
    done = with_app(lambda app: retention.purge(app.ports, is_sure=True))
    if as_json:
        typer.echo(json.dumps(vars(done)))
        return
    typer.echo(f"Gewist: {done.conversations} gesprekken en {done.registrations} aanmeldingen.")
    if done.callbacks:
        typer.echo(f"Gewist: {done.callbacks} verzoeken om te bellen, na 30 dagen.")
    if done.marked:
        typer.echo(f"Gemerkt, en over een dag gewist: {done.marked}.")
    if done.waiting:
        typer.echo(f"Wacht op een coördinator: {done.waiting} gesprekken (instap callbacks list).")


def _what_goes(planned: retention.Plan) -> str:
    """What a yes would do, with how many; and what is wrong with the clock."""
    lines = []
    if planned.held is not None and planned.seen.newest is not None:
        seen = f"{planned.seen.newest.astimezone():%d-%m-%Y %H:%M}"
        lines.append(f"De klok loopt niet gelijk met wat Instap het laatst zag ({seen}).")
        lines.append("Ga alleen door als de klok nu goed staat.")
    lines.append(
        f"Nu gewist: {len(planned.registrations)} aanmeldingen, {len(planned.conversations)} "
        f"gesprekken en {len(planned.callbacks)} verzoeken om te bellen."
    )
    lines.append(f"Gemerkt, en over een dag gewist: {planned.marks}.")
    return "\n".join(lines)


def erase(
    what: Annotated[
        str, typer.Argument(help="Een code, het nummer van een verzoek of een gesprek.")
    ],
    yes: Yes = False,
) -> None:
    """Erase after a yes all that is kept of one person."""
    found = with_app(lambda app: erasing.look(app.ports, _named(what)))
    who = ", ".join(found.names) or "iemand zonder naam"
    codes = ", ".join(found.codes) or "geen"
    typer.echo(
        f"Van {who}: aanmeldingen {codes}; verzoeken om contact {found.requests}; "
        f"berichten {found.messages}."
    )
    be_sure("Dit wissen kan niet terug.", yes=yes)
    with_app(lambda app: erasing.erase_found(app.ports, found))
    typer.echo("Gewist.")


def _named(what: str) -> str:
    """A code however it was typed; a number and the id of a conversation as they are."""
    code = what if what.strip().isdecimal() else code_of(what)
    return code if erasing.CODE.fullmatch(code) else what.strip()
