"""What commands share: the settings, the app of them for one use case, and how it ends."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated, Any, TypeVar

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.table import Table
from rich.text import Text
from sqlalchemy.exc import SQLAlchemyError

from bot import bootstrap
from bot.core.errors import (
    AddressTaken,
    DayUnlikely,
    IntakeError,
    IntakeFull,
    StorageUnavailable,
    ValueUnclear,
)
from bot.settings import Settings
from bot.storage.migrate import migrate

AsJson = Annotated[bool, typer.Option("--json", help="Voor programma's.")]
Result = TypeVar("Result")


def settings() -> Settings:
    """The settings, or one clear list of what is wrong with them."""
    try:
        return Settings()
    except ValidationError as error:
        for problem in error.errors():
            name = "_".join(str(part) for part in problem["loc"]).upper()
            typer.echo(f"INSTAP_{name}: {problem['msg']}", err=True)
        typer.echo("Zie .env.example.", err=True)
        raise typer.Exit(2) from None


def with_app(use: Callable[[bootstrap.App], Awaitable[Result]]) -> Result:
    """Run one use case on a database of the right shape."""

    async def run() -> Result:
        app = bootstrap.build(settings())
        try:
            await migrate(app.database)
            return await use(app)
        finally:
            await app.close()

    try:
        return asyncio.run(run())
    except StorageUnavailable as error:
        typer.echo(f"De database doet het niet ({error}). Klopt INSTAP_DATABASE_URL?", err=True)
    except (OSError, ValueError, SQLAlchemyError, ImportError) as error:
        typer.echo(f"Dat lukt niet ({type(error).__name__}).", err=True)
        typer.echo("Kijk naar INSTAP_VAR, INSTAP_KEY_FILE en INSTAP_DATABASE_URL.", err=True)
    except IntakeFull as full:
        typer.echo(f"De groep {full} is vol. Zijn er meer plaatsen: instap intakes set.", err=True)
    except DayUnlikely as group:
        typer.echo(f"Die dag past niet bij {group}: de groep start rond november van dat", err=True)
        typer.echo("jaar, en aanmelden sluit in datzelfde jaar, niet na de start.", err=True)
    except ValueUnclear as unclear:
        typer.echo(f"Dat kan ik niet lezen als {unclear}.", err=True)
    except AddressTaken:
        typer.echo("Iemand anders in deze groep heeft dat e-mailadres.", err=True)
    except IntakeError as error:
        typer.echo(f"Dat is er niet: {error}".rstrip(": "), err=True)
    raise typer.Exit(1)


def show(rows: Sequence[dict[str, Any]], columns: Sequence[str], *, as_json: bool) -> None:
    """Print rows, for programs or as a table of some of their columns."""
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    table = Table(*columns)
    for row in rows:
        values = ("" if row[column] is None else str(row[column]) for column in columns)
        table.add_row(*map(Text, values))  # what a visitor typed is no markup
    Console().print(table)
