"""`instap keys`: a new key for the personal data, and the old one apart."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from sqlalchemy.exc import SQLAlchemyError

from bot import bootstrap, holding
from bot.commands.given import settings
from bot.commands.opened import with_app
from bot.settings import Settings
from bot.storage.keys import (
    RETIRED,
    add_key,
    forget_keys,
    is_anything_sealed,
    keys_in_use,
    reseal,
    retire_keys,
)
from bot.storage.work import connect, sqlite_file

keys = typer.Typer(no_args_is_help=True)


@keys.command("make")
def keys_make(
    yes: Annotated[
        bool, typer.Option("--yes", help="Ook als de database niet te bereiken is.")
    ] = False,
) -> None:
    """Maak de eerste sleutel, voor een database die nog leeg is. Een sleutel die er is, blijft."""
    chosen = settings()
    path = chosen.key_path()
    is_new = not path.exists()
    if is_new:
        _refuse_when_in_use(chosen, yes=yes)
    bootstrap.cipher_of(path)
    typer.echo(f"De sleutel {path} is {'gemaakt' if is_new else 'er al'}: bewaar hem ook elders.")


def _refuse_when_in_use(chosen: Settings, *, yes: bool) -> None:
    """A second key would make what the first one closed unreadable for good."""

    async def look() -> bool:
        database = connect(chosen.database())
        try:
            file = sqlite_file(database)
            return (file is None or file.exists()) and await is_anything_sealed(database)
        finally:
            await database.dispose()

    try:
        is_in_use = asyncio.run(look())
    except (SQLAlchemyError, OSError):
        if yes:
            return
        typer.echo("De database antwoordt niet. Dan is niet te zien of er al gegevens in", err=True)
        typer.echo("staan die een andere sleutel heeft gesloten. Er is niets gemaakt.", err=True)
        typer.echo("Weet u zeker dat de database nieuw is? instap keys make --yes", err=True)
        raise typer.Exit(1) from None
    if is_in_use:
        typer.echo("In de database staan al gegevens, gesloten met een andere sleutel.", err=True)
        typer.echo(f"Zet die sleutel terug op {chosen.key_path()}. Er is niets gemaakt.", err=True)
        raise typer.Exit(1)


@keys.command("rotate")
def keys_rotate() -> None:
    """Maak een nieuwe sleutel en sluit alles daarmee.

    Onderdelen die hetzelfde sleutelbestand lezen, werken intussen door. Met systemd of in een
    container leest een onderdeel een kopie van toen het startte: stop dan eerst alles.
    """

    async def rotate(app: bootstrap.App) -> tuple[str, int, int]:
        path = app.settings.key_path()
        return add_key(path), *await reseal(app.database, path)

    name, count, left = with_app(rotate)
    typer.echo(f"Sleutel {name} is er; {count} waarden zijn er opnieuw mee gesloten.")
    _tell_left(left)
    typer.echo("Bewaar het sleutelbestand opnieuw op een tweede plaats.")
    typer.echo("Stop daarna Instap en geef: instap keys tidy")


@keys.command("tidy")
def keys_tidy() -> None:
    """Sluit wat er intussen bij kwam, en zet sleutels apart die niets meer sluiten.

    Een sleutel die apart staat, opent nog 31 dagen wat uit een oude kopie terugkomt.
    """

    async def tidy(app: bootstrap.App) -> tuple[int, int, set[str], set[str]]:
        path, now = app.settings.key_path(), app.ports.clock.now()
        count, left = await reseal(app.database, path)
        apart = retire_keys(path, await keys_in_use(app.database), now)
        gone = set() if app.settings.now else forget_keys(path, now)
        return count, left, apart, gone

    chosen = settings()
    with _nobody_at_work(chosen):
        count, left, apart, gone = with_app(tidy)
    typer.echo(f"{count} waarden opnieuw gesloten. Apart: {', '.join(sorted(apart)) or 'geen'}.")
    _tell_left(left)
    if apart:
        typer.echo(f"Wat apart staat, opent nog {RETIRED.days} dagen een oude kopie.")
    if gone:
        typer.echo(f"Weg, na {RETIRED.days} dagen: {', '.join(sorted(gone))}.")


@contextmanager
def _nobody_at_work(chosen: Settings) -> Iterator[None]:
    """What runs with an older key file would close by a key that is put apart here."""
    busy = holding.answering(chosen)
    try:
        if busy:
            raise holding.Held
        with holding.held(chosen.var, holding.PARTS, alone=True):
            yield
    except holding.Held:
        where = f" (poort {', '.join(map(str, busy))})" if busy else ""
        typer.echo(f"Instap werkt nog{where}: stop eerst alles. Er is niets veranderd.", err=True)
        raise typer.Exit(1) from None


def _tell_left(left: int) -> None:
    if left:
        typer.echo(f"{left} waarden zijn met geen sleutel te openen: zie instap doctor.", err=True)
