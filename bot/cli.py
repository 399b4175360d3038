"""The command `instap`."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot import bootstrap, holding, log, serving, training
from bot.commands.callbacks import callback
from bot.commands.content import content
from bot.commands.conversation import conversation
from bot.commands.intakes import intake
from bot.commands.keys import keys
from bot.commands.leads import leads
from bot.commands.mails import mails
from bot.commands.opened import AsJson, Yes, be_sure, code_of, settings, with_app
from bot.doctor import Finding, State, examine, no_database
from bot.services import erasing, retention
from bot.settings import Settings
from bot.understanding.seal import ModelRefused

cli = typer.Typer(no_args_is_help=True, add_completion=False, help="Instap, de intake-assistent.")
cli.command("conversation")(conversation)
cli.add_typer(content, name="content")
cli.add_typer(keys, name="keys")
cli.add_typer(leads, name="leads")
cli.add_typer(intake, name="intakes")
cli.add_typer(callback, name="callbacks")
cli.add_typer(mails, name="mails")


def trained(chosen: Settings) -> Path:
    """The model of today's training data."""
    try:
        return training.train(chosen)
    except training.TrainingFailed as error:
        typer.echo(f"Trainen is niet gelukt.\n{error}", err=True)
    except ModelRefused as refused:
        typer.echo(str(refused), err=True)
    raise typer.Exit(1)


@cli.command()
def run() -> None:
    """Start alles op deze machine, en stop het met Ctrl-C."""
    chosen = settings()
    log.configure()
    try:
        with holding.held(chosen.var, holding.HOUSE, alone=True):
            status = _run(chosen)
    except holding.Held:
        typer.echo(f"Instap draait al met de gegevens in {chosen.var}.", err=True)
        typer.echo("Stop dat eerst, of kies een andere map met INSTAP_VAR.", err=True)
        status = 1
    raise typer.Exit(status)


def _run(chosen: Settings) -> int:
    """Start everything in a data folder that is ours, and wait until it stops."""
    busy = serving.busy_ports(chosen)
    if busy:
        typer.echo(f"Deze poorten zijn bezet: {', '.join(map(str, busy))}.", err=True)
        typer.echo("Kies andere met INSTAP_PORT, INSTAP_RASA_PORT, INSTAP_ACTIONS_PORT.", err=True)
        return 1
    with_app(lambda app: _nothing(), makes=True)
    if not training.is_there(training.model_path(chosen)):
        typer.echo("Het model wordt getraind; dat duurt een minuut of twee.")
    return asyncio.run(serving.run(chosen, trained(chosen), typer.echo))


async def _nothing() -> None:
    """Migrating is all."""


@cli.command("migrate")
def migrate_only() -> None:
    """Maak de database, of breng hem in de vorm van deze versie."""
    with_app(lambda app: _nothing(), makes=True)
    typer.echo("De database is in orde.")


@cli.command()
def train() -> None:
    """Train het model als de voorbeelden veranderd zijn."""
    typer.echo(trained(settings()))


@cli.command()
def serve(
    what: Annotated[str, typer.Argument(help="actions of gateway")],
    number: Annotated[int, typer.Argument(min=0, help="Van meer gateways de hoeveelste.")] = 0,
) -> None:
    """Start één onderdeel (voor systemd of een container)."""
    chosen = settings()
    log.configure()
    try:
        with holding.held(chosen.var, holding.PARTS, alone=False):
            _serve(chosen, what, number)
    except holding.Held:
        typer.echo("Iemand werkt aan de sleutels (instap keys tidy): start daarna.", err=True)
        raise typer.Exit(1) from None


def _serve(chosen: Settings, what: str, number: int) -> None:
    """One part, until it is told to stop."""
    if what == "actions":
        serving.serve(serving.actions_app(chosen), "127.0.0.1", chosen.actions_port)
    elif what == "gateway" and number >= chosen.gateways:
        typer.echo(f"INSTAP_GATEWAYS is {chosen.gateways}: dit is er een te veel.", err=True)
        raise typer.Exit(2)
    elif what == "gateway":
        app, port = serving.gateway_app(chosen, number), chosen.port + number
        serving.serve(app, chosen.host, port, chosen.trusted_proxy)
    else:
        typer.echo("Kies actions of gateway.", err=True)
        raise typer.Exit(2)


@cli.command()
def doctor(as_json: AsJson = False) -> None:
    """Kijk of alles er is en werkt; wat niet goed is, staat er met wat u kunt doen."""

    chosen = settings()

    async def look() -> list[Finding]:
        missing = no_database(chosen)
        if missing is not None:
            return [missing]
        try:
            app = bootstrap.build(chosen)
        except SystemExit as refused:
            return [Finding("start", State.WRONG, " ".join(str(refused).split()))]
        try:
            return [found async for found in examine(app)]
        finally:
            await app.close()

    findings = asyncio.run(look())
    if as_json:
        typer.echo(json.dumps([vars(each) for each in findings], ensure_ascii=False, indent=2))
    for each in () if as_json else findings:
        typer.echo(f"{each.state.value:7} {each.about}{': ' if each.advice else ''}{each.advice}")
    raise typer.Exit(int(any(each.state is State.WRONG for each in findings)))


@cli.command()
def purge(as_json: AsJson = False, yes: Yes = False) -> None:
    """Wis wat lang genoeg bewaard is; dat gebeurt ook vanzelf, elk uur.

    Wat zijn tijd heeft gehad, krijgt eerst een merk en gaat een dag later weg.
    """
    planned = with_app(lambda app: retention.plan(app.ports))
    if planned.held is retention.Held.CLOCK_IS_SET:
        typer.echo("INSTAP_NOW staat aan: dan wordt er niets gewist.", err=True)
        raise typer.Exit(1)
    if not planned.is_empty or planned.held is not None:
        be_sure(_what_goes(planned), yes=yes, tell=not as_json)
    done = with_app(lambda app: retention.purge(app.ports, is_sure=True))
    if as_json:
        typer.echo(json.dumps(vars(done)))
        return
    typer.echo(f"Gewist: {done.conversations} gesprekken en {done.registrations} aanmeldingen.")
    if done.callbacks:
        typer.echo(f"Gewist: {done.callbacks} verzoeken om te bellen, na 30 dagen.")
    if done.marked:
        typer.echo(f"Gemerkt, en over een dag gewist: {done.marked}.")
    if done.waiting:
        typer.echo(f"Wacht op een coördinator: {done.waiting} gesprekken (instap callbacks list).")


def _what_goes(planned: retention.Plan) -> str:
    """What a yes would do, with how many; and what is wrong with the clock."""
    lines = []
    if planned.held is not None and planned.seen.newest is not None:
        seen = f"{planned.seen.newest.astimezone():%d-%m-%Y %H:%M}"
        lines.append(f"De klok loopt niet gelijk met wat Instap het laatst zag ({seen}).")
        lines.append("Ga alleen door als de klok nu goed staat.")
    lines.append(
        f"Nu gewist: {len(planned.registrations)} aanmeldingen, {len(planned.conversations)} "
        f"gesprekken en {len(planned.callbacks)} verzoeken om te bellen."
    )
    lines.append(f"Gemerkt, en over een dag gewist: {planned.marks}.")
    return "\n".join(lines)


@cli.command()
def erase(
    what: Annotated[
        str, typer.Argument(help="Een code, het nummer van een verzoek of een gesprek.")
    ],
    yes: Yes = False,
) -> None:
    """Wis alles van iemand die daarom vraagt: aanmelding, verzoeken om contact en gesprek."""
    found = with_app(lambda app: erasing.look(app.ports, _named(what)))
    who = ", ".join(found.names) or "iemand zonder naam"
    codes = ", ".join(found.codes) or "geen"
    typer.echo(
        f"Van {who}: aanmeldingen {codes}; verzoeken om contact {found.requests}; "
        f"berichten {found.messages}."
    )
    be_sure("Dit wissen kan niet terug.", yes=yes)
    with_app(lambda app: erasing.erase_found(app.ports, found))
    typer.echo("Gewist.")


def _named(what: str) -> str:
    """A code however it was typed; a number and the id of a conversation as they are."""
    code = what if what.strip().isdecimal() else code_of(what)
    return code if erasing.CODE.fullmatch(code) else what.strip()


@cli.command()
def understand(
    source: Annotated[str, typer.Argument(help="Een bestand, een bericht per regel; - is invoer.")],
) -> None:
    """Laat per bericht zien wat de assistent ervan begrijpt, een JSON-regel per bericht."""
    from bot.reading import understand_lines

    chosen = settings()
    try:
        raw = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    except OSError as error:
        typer.echo(f"{source} is niet te lezen ({type(error).__name__}).", err=True)
        raise typer.Exit(1) from None
    lines = raw.decode("utf-8", "replace").splitlines()
    for answer in understand_lines(trained(chosen), lines):
        typer.echo(json.dumps(answer, ensure_ascii=False))


def main() -> None:
    """Entry point."""
    cli()


if __name__ == "__main__":
    main()
