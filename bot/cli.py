"""The command `instap`."""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.table import Table
from sqlalchemy.exc import SQLAlchemyError

from bot import bootstrap, log, serving, training
from bot.core.callback import Callback
from bot.core.errors import IntakeError, StorageUnavailable
from bot.core.registration import Registration
from bot.services import callbacks, intakes, registration
from bot.settings import Settings
from bot.storage.migrate import migrate

cli = typer.Typer(no_args_is_help=True, add_completion=False, help="Instap, de intake-assistent.")
leads = typer.Typer(no_args_is_help=True, help="Aanmeldingen.")
callback = typer.Typer(no_args_is_help=True, help="Wie gebeld of gemaild wil worden.")
intake = typer.Typer(no_args_is_help=True, help="Startmomenten.")
cli.add_typer(leads, name="leads")
cli.add_typer(intake, name="intakes")
cli.add_typer(callback, name="callbacks")

AsJson = Annotated[bool, typer.Option("--json", help="Voor programma's.")]
Everything = Annotated[bool, typer.Option("--all", help="Ook wat al gedaan is.")]
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])]
Result = TypeVar("Result")
console = Console()


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
    except IntakeError as error:
        typer.echo(f"Dat is er niet: {error}".rstrip(": "), err=True)
    raise typer.Exit(1)


def trained(chosen: Settings) -> Path:
    """The model of today's training data."""
    try:
        return training.train(chosen)
    except training.TrainingFailed as error:
        typer.echo(f"Trainen is niet gelukt.\n{error}", err=True)
        raise typer.Exit(1) from None


@cli.command()
def run() -> None:
    """Start alles op deze machine, en stop het met Ctrl-C."""
    chosen = settings()
    log.configure()
    busy = serving.busy_ports(chosen)
    if busy:
        typer.echo(f"Deze poorten zijn bezet: {', '.join(map(str, busy))}.", err=True)
        typer.echo("Kies andere met INSTAP_PORT, INSTAP_RASA_PORT, INSTAP_ACTIONS_PORT.", err=True)
        raise typer.Exit(1)
    with_app(lambda app: _nothing())
    model = training.model_path(chosen)
    if not model.exists():
        typer.echo("Het model wordt getraind; dat duurt een minuut of twee.")
    status = asyncio.run(serving.run(chosen, trained(chosen), typer.echo))
    raise typer.Exit(status)


async def _nothing() -> None:
    """Migrating is all."""


@cli.command()
def train() -> None:
    """Train het model als de voorbeelden veranderd zijn."""
    typer.echo(trained(settings()))


@cli.command()
def serve(what: Annotated[str, typer.Argument(help="actions of gateway")]) -> None:
    """Start één onderdeel (voor systemd of een container)."""
    chosen = settings()
    log.configure()
    if what == "actions":
        serving.serve(serving.actions_app(chosen), "127.0.0.1", chosen.actions_port)
    elif what == "gateway":
        serving.serve(serving.gateway_app(chosen), chosen.host, chosen.port)
    else:
        typer.echo("Kies actions of gateway.", err=True)
        raise typer.Exit(2)


def lead_json(lead: Registration) -> dict[str, Any]:
    """A lead as other programs read it (docs/api.md)."""
    return {
        "code": lead.code,
        "intake": lead.intake,
        "status": lead.status.value,
        "name": lead.name,
        "email": lead.email,
        "phone": lead.phone,
        "city": lead.city,
        "province": lead.province,
        **lead.answers,
        "company": lead.company,
        "eligibility": {
            "outcome": lead.verdict.outcome.value,
            "reasons": [reason.value for reason in lead.verdict.reasons],
            "rules": lead.verdict.rules,
        },
        "consent": {
            "text_version": lead.consent.text_version,
            "at": lead.consent.at.isoformat(),
        },
        "channel": lead.channel,
        "created_at": lead.created_at.isoformat(),
        "updated_at": lead.updated_at.isoformat(),
    }


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


def _all_leads() -> list[dict[str, Any]]:
    found = with_app(lambda app: registration.list_leads(app.ports))
    return [lead_json(lead) for lead in found]


@leads.command("list")
def leads_list(as_json: AsJson = False) -> None:
    """Alle aanmeldingen."""
    found = _all_leads()
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    columns = ("code", "intake", "status", "name", "phone", "email", "city", "channel")
    table = Table(*columns)
    for lead in found:
        table.add_row(*(str(lead[column] or "") for column in columns))
    console.print(table)


@leads.command("show")
def leads_show(code: str, as_json: AsJson = False) -> None:
    """Eén aanmelding."""
    lead = next((lead for lead in _all_leads() if lead["code"] == code.upper()), None)
    if lead is None:
        typer.echo("Die code ken ik niet.", err=True)
        raise typer.Exit(1)
    if as_json:
        typer.echo(json.dumps(lead, ensure_ascii=False, indent=2))
        return
    for name, value in lead.items():
        typer.echo(f"{name:18} {value if value is not None else ''}")


@leads.command("export")
def leads_export(target: Annotated[Path, typer.Argument(help="Een nieuw .csv-bestand.")]) -> None:
    """Alle aanmeldingen als CSV; wat een formule lijkt, wordt gewone tekst."""
    from bot.export import write_csv

    typer.echo(f"{write_csv(_all_leads(), target)} aanmeldingen in {target}")


@callback.command("list")
def callbacks_list(as_json: AsJson = False, everything: Everything = False) -> None:
    """Wie gebeld of gemaild wil worden, het langst wachtende eerst."""
    found = with_app(lambda app: callbacks.list_callbacks(app.ports))
    rows = [callback_json(each) for each in found if everything or each.done_at is None]
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    columns = ("id", "created_at", "name", "address", "moment", "question", "done_at")
    table = Table(*columns)
    for row in rows:
        table.add_row(*(str(row[column] or "") for column in columns))
    console.print(table)


@callback.command("done")
def callbacks_done(number: int) -> None:
    """Noteer dat u iemand gesproken hebt."""
    with_app(lambda app: callbacks.done(app.ports, number))
    typer.echo("Genoteerd.")


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
    if as_json:
        typer.echo(json.dumps(rows, indent=2))
        return
    table = Table("id", "starts_on", "closes_on", "capacity")
    for row in rows:
        table.add_row(*(str(value or "nog niet bekend") for value in row.values()))
    console.print(table)


@intake.command("set")
def intakes_set(
    name: Annotated[str, typer.Argument(help="Bijvoorbeeld 2027-11.")],
    starts_on: Day = None,
    closes_on: Day = None,
    capacity: Annotated[int | None, typer.Option(min=0)] = None,
) -> None:
    """Zet wat er van een startmoment bekend is."""
    with_app(
        lambda app: intakes.set_intake(
            app.ports,
            name,
            starts_on=starts_on.date() if starts_on else None,
            closes_on=closes_on.date() if closes_on else None,
            capacity=capacity,
        )
    )
    typer.echo(f"{name} is bijgewerkt.")


@cli.command()
def erase(code: str) -> None:
    """Wis een aanmelding en het gesprek erbij, als iemand daarom vraagt."""
    with_app(lambda app: registration.erase_by_code(app.ports, code.upper()))
    typer.echo("Gewist.")


@cli.command()
def understand(
    source: Annotated[str, typer.Argument(help="Een bestand, een bericht per regel; - is invoer.")],
) -> None:
    """Laat per bericht zien wat de assistent ervan begrijpt, een JSON-regel per bericht."""
    from bot.reading import understand_lines

    chosen = settings()
    raw = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    lines = raw.decode("utf-8", "replace").splitlines()
    for answer in understand_lines(chosen, trained(chosen), lines):
        typer.echo(json.dumps(answer, ensure_ascii=False))


def main() -> None:
    """Entry point."""
    cli()


if __name__ == "__main__":
    main()
