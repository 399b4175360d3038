"""`instap callbacks`: who wants to be called or mailed."""

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from bot import bootstrap
from bot.commands.given import AsJson, Yes
from bot.commands.opened import be_sure, show, tell_unreadable, with_app
from bot.core.callback import Callback
from bot.services import callbacks, erasing

callback = typer.Typer(no_args_is_help=True)
COLUMNS = ("id", "created_at", "name", "role", "address", "moment", "question", "status")
Everything = Annotated[bool, typer.Option("--all", help="Ook wat gedaan of ingetrokken is.")]


def callback_json(one: Callback) -> dict[str, Any]:
    """A call-back request as other programs read it."""
    return {
        "id": one.id,
        "way": one.way.value,
        "address": one.address,
        "name": one.name,
        "role": one.role,
        "moment": one.moment,
        "question": one.question,
        "status": one.status.value,
        "conversation": one.conversation,
        "created_at": one.created_at.isoformat(),
        "updated_at": (one.updated_at or one.created_at).isoformat(),
        "done_at": one.done_at and one.done_at.isoformat(),
        "withdrawn_at": one.withdrawn_at and one.withdrawn_at.isoformat(),
    }


@callback.command("list")
def callbacks_list(as_json: AsJson = False, everything: Everything = False) -> None:
    """Wie gebeld of gemaild wil worden, het langst wachtende eerst."""

    async def look(app: bootstrap.App) -> tuple[Sequence[Callback], Sequence[int]]:
        return await callbacks.list_callbacks(app.ports), await callbacks.unreadable(app.ports)

    found, closed = with_app(look)
    tell_unreadable(closed)
    rows = [callback_json(each) for each in found if everything or each.is_open]
    show(rows, COLUMNS, as_json=as_json)


@callback.command("done")
def callbacks_done(number: int) -> None:
    """Noteer dat u iemand gesproken hebt."""
    with_app(lambda app: callbacks.done(app.ports, number))
    typer.echo("Genoteerd.")


@callback.command("withdraw")
def callbacks_withdraw(number: int) -> None:
    """Haal een verzoek van de lijst, als iemand u zegt dat het niet meer hoeft."""
    with_app(lambda app: callbacks.withdraw_by(app.ports, number))
    typer.echo(f"Verzoek {number} staat niet meer op de lijst.")


@callback.command("correct")
def callbacks_correct(number: int, text: str) -> None:
    """Verander het nummer of adres van een verzoek, bijvoorbeeld "06 12345678"."""
    with_app(lambda app: callbacks.correct(app.ports, number, text))
    typer.echo(f"Verzoek {number} is veranderd.")


@callback.command("erase")
def callbacks_erase(number: int, yes: Yes = False) -> None:
    """Wis een verzoek en het gesprek erbij; een aanmelding blijft staan."""
    found = with_app(lambda app: callbacks.by_number(app.ports, number))
    typer.echo(f"Verzoek {number} van {found.name or 'iemand zonder naam'} ({found.address}).")
    be_sure("Dit wissen kan niet terug.", yes=yes)
    with_app(lambda app: erasing.erase_callback(app.ports, number))
    typer.echo("Gewist.")
