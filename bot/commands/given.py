"""What a command is given: the settings, and the options that several have."""

from typing import Annotated

import typer
from pydantic import ValidationError

from bot.settings import Settings

Yes = Annotated[bool, typer.Option("--yes", help="Vraag niets meer.")]
AsJson = Annotated[bool, typer.Option("--json", help="Voor programma's.")]


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
    except (UnicodeDecodeError, OSError) as error:
        typer.echo(
            f".env is niet te lezen ({type(error).__name__}): sla hem op als UTF-8.", err=True
        )
        raise typer.Exit(2) from None
