"""`instap mails`: what did not go yet or failed, and trying that again."""

from typing import Annotated, Any

import typer

from bot import bootstrap
from bot.commands.given import AsJson
from bot.commands.opened import show, with_app
from bot.services import outbox
from bot.services.records import Unposted

mails = typer.Typer(no_args_is_help=True)
COLUMNS = ("id", "kind", "waiting_since", "tries", "next_try", "problem")
Mail = Annotated[str | None, typer.Argument(help="Het id, zoals instap mails list het noemt.")]
Failed = Annotated[bool, typer.Option("--failed", help="Alles wat mislukt is.")]


def mail_json(one: Unposted) -> dict[str, Any]:
    """A mail as other programs read it: never to whom, never its words."""
    return {
        "id": one.id,
        "kind": one.kind,
        "waiting_since": one.since.isoformat(),
        "tries": one.tries,
        "next_try": one.next_try and one.next_try.isoformat(),
        "problem": one.problem,
        "can_be_retried": one.can_be_retried,
    }


@mails.command("list")
def mails_list(as_json: AsJson = False) -> None:
    """Wat nog niet weg is, het oudste eerst; zonder next_try is het mislukt."""
    found = with_app(lambda app: outbox.unsent(app.ports))
    show([mail_json(each) for each in found], COLUMNS, as_json=as_json)


@mails.command("retry")
def mails_retry(mail: Mail = None, failed: Failed = False) -> None:
    """Probeer een mislukte e-mail opnieuw, of alle met --failed."""
    if (mail is None) != failed:
        typer.echo("Geef een id, of --failed.", err=True)
        raise typer.Exit(2)

    async def again(app: bootstrap.App) -> int:
        named = [each.id for each in await outbox.unsent(app.ports)] if mail is None else [mail]
        return await outbox.retry(app.ports, *named)

    count = with_app(again)
    if mail is not None and not count:
        typer.echo("Die e-mail wacht nog, is weg of is niet meer nodig.", err=True)
        raise typer.Exit(1)
    typer.echo(f"{count} e-mails gaan opnieuw op weg.")
