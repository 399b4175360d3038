"""`instap train`: a model of today's examples."""

from pathlib import Path

import typer

from bot import training
from bot.commands.given import settings
from bot.settings import Settings
from bot.understanding.seal import ModelRefused


def train() -> None:
    """Train it when the examples changed, and say where it is."""
    typer.echo(trained(settings()))


def trained(chosen: Settings) -> Path:
    """The model of today's training data."""
    try:
        return training.train(chosen)
    except training.TrainingFailed as error:
        typer.echo(f"Trainen is niet gelukt.\n{error}", err=True)
    except ModelRefused as refused:
        typer.echo(str(refused), err=True)
    raise typer.Exit(1)
