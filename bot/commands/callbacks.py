"""`instap callbacks`: who wants to be called or mailed."""

from typing import Annotated, Any

import typer

from bot.commands.opened import AsJson, show, with_app
from bot.core.callback import Callback
from bot.services import callbacks

callback = typer.Typer(no_args_is_help=True, help="Wie gebeld of gemaild wil worden.")
COLUMNS = ("id", "created_at", "name", "address", "moment", "question", "done_at")
Everything = Annotated[bool, typer.Option("--all", help="Ook wat al gedaan is.")]


def callback_json(one: Callback) -> dict[str, Any]:
    """A call-back request as other programs read it."""
    return {
        "id": one.id,
        "way": one.way.value,
        "address": one.address,
        "name": one.name,
        "moment": one.moment,
        "question": one.question,
        "created_at": one.created_at.isoformat(),
        "done_at": one.done_at and one.done_at.isoformat(),
    }


@callback.command("list")
def callbacks_list(as_json: AsJson = False, everything: Everything = False) -> None:
    """Wie gebeld of gemaild wil worden, het langst wachtende eerst."""
    found = with_app(lambda app: callbacks.list_callbacks(app.ports))
    rows = [callback_json(each) for each in found if everything or each.done_at is None]
    show(rows, COLUMNS, as_json=as_json)


@callback.command("done")
def callbacks_done(number: int) -> None:
    """Noteer dat u iemand gesproken hebt."""
    with_app(lambda app: callbacks.done(app.ports, number))
    typer.echo("Genoteerd.")
