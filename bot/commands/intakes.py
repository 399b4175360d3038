"""`instap intakes`: what is known of the moments of starting."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import Enum
from typing import Annotated, Any, Final

import typer

from bot.commands.given import AsJson, Yes
from bot.commands.opened import be_sure, show, with_app
from bot.core.errors import NotSure
from bot.services import intakes

intake = typer.Typer(no_args_is_help=True)
Day = Annotated[str | None, typer.Option(metavar="DAG")]
FORMS: Final = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y")


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


class Known(str, Enum):
    """What can be unset."""

    STARTS_ON = "starts_on"
    CLOSES_ON = "closes_on"
    CAPACITY = "capacity"


@intake.command("set")
def intakes_set(
    name: Annotated[str, typer.Argument(help="Bijvoorbeeld 2027-11.")],
    starts_on: Day = None,
    closes_on: Day = None,
    capacity: Annotated[int | None, typer.Option(min=0)] = None,
    clear: Annotated[
        list[Known] | None, typer.Option("--clear", help="Wat weer onbekend is.")
    ] = None,
    yes: Yes = False,
) -> None:
    """Zet wat er van een startmoment bekend is. Dagen: 2027-11-01 of 01-11-2027."""
    unset = [each.value for each in clear or ()]
    change = {"starts_on": day(starts_on), "closes_on": day(closes_on), "capacity": capacity}
    both = [each for each in unset if change[each] is not None]
    if both:
        typer.echo(f"Zet {both[0]} of maak het leeg, niet allebei.", err=True)
        raise typer.Exit(2)
    if not unset and all(value is None for value in change.values()):
        typer.echo("Zeg ook wat er bekend is: --starts-on, --closes-on, --capacity.", err=True)
        raise typer.Exit(2)
    try:
        kept = _set(name, change, unset, is_sure=False)
    except NotSure as harm:
        be_sure(_question(name, harm), yes=yes)
        kept = _set(name, change, unset, is_sure=True)
    typer.echo(f"{name} is bijgewerkt.")
    if kept.told.count:
        typer.echo(f"{kept.told.count} mensen krijgen bericht van de startdatum.")
    if kept.told.unreached:
        typer.echo(f"Laat het zelf weten aan: {', '.join(kept.told.unreached)}.")
    if capacity is not None:
        _warn_of_places(name, capacity)


def _warn_of_places(name: str, capacity: int) -> None:
    taken = with_app(lambda app: intakes.places_taken(app.ports, name))
    if taken > capacity:
        typer.echo(f"Let op: er zijn al {taken} plaatsen vergeven. Die blijven vergeven.", err=True)


def _set(name: str, change: dict[str, Any], unset: Sequence[str], *, is_sure: bool) -> intakes.Kept:
    return with_app(
        lambda app: intakes.set_intake(app.ports, name, **change, unset=unset, is_sure=is_sure),
        makes=True,
    )


def _question(name: str, harm: NotSure) -> str:
    """What would happen, with how many."""
    lines = []
    if harm.ends:
        count = "1 aanmelding" if harm.ends == 1 else f"{harm.ends} aanmeldingen"
        lines.append(
            f"Met deze dagen eindigt de bewaartijd van {count} van {name} nu of binnen een week:"
        )
        lines.append("die worden dan gewist.")
    if harm.moves is not None:
        old, new = harm.moves
        lines.append(f"Wie zich vanaf nu aanmeldt, komt in {new} en niet meer in {old}.")
    return "\n".join(lines)


def day(text: str | None) -> date | None:
    """A day as people and programs write it."""
    for form in FORMS if text is not None else ():
        try:
            return datetime.strptime(str(text).strip(), form).date()  # noqa: DTZ007
        except ValueError:
            continue
    if text is None:
        return None
    typer.echo(f"{text} is geen dag die ik ken. Schrijf 2027-11-01 of 01-11-2027.", err=True)
    raise typer.Exit(2)
