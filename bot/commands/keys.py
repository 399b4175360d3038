"""`instap keys`: a new key for the personal data, and the old one away."""

import typer

from bot import bootstrap
from bot.commands.opened import settings, with_app
from bot.storage.cipher import load_cipher
from bot.storage.keys import add_key, forget_keys, keys_in_use, reseal

keys = typer.Typer(no_args_is_help=True, help="De sleutels van de persoonsgegevens.")


@keys.command("make")
def keys_make() -> None:
    """Maak de eerste sleutel, voor een database die nog leeg is. Een sleutel die er is, blijft."""
    path = settings().key_path()
    is_new = not path.exists()
    load_cipher(path)
    typer.echo(f"De sleutel {path} is {'gemaakt' if is_new else 'er al'}: bewaar hem ook elders.")


@keys.command("rotate")
def keys_rotate() -> None:
    """Maak een nieuwe sleutel en sluit alles daarmee; alles blijft intussen werken."""

    async def rotate(app: bootstrap.App) -> tuple[str, int]:
        path = app.settings.key_path()
        return add_key(path), await reseal(app.database, path)

    name, count = with_app(rotate)
    typer.echo(f"Sleutel {name} is er; {count} waarden zijn er opnieuw mee gesloten.")
    typer.echo("Start Instap opnieuw en geef dan: instap keys tidy")


@keys.command("tidy")
def keys_tidy() -> None:
    """Sluit wat er intussen bij kwam, en haal sleutels weg die niets meer sluiten."""

    async def tidy(app: bootstrap.App) -> tuple[int, set[str]]:
        path = app.settings.key_path()
        count = await reseal(app.database, path)
        return count, forget_keys(path, await keys_in_use(app.database))

    count, gone = with_app(tidy)
    typer.echo(f"{count} waarden opnieuw gesloten. Weg: {', '.join(sorted(gone)) or 'geen'}.")
