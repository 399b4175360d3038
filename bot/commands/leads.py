"""`instap leads`: who registered."""

import json
from collections.abc import Sequence
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Annotated, Any

import typer

from bot import bootstrap
from bot.commands.given import AsJson
from bot.commands.opened import code_of, show, tell_unreadable, with_app
from bot.core.intake import day_of
from bot.core.registration import Decision, Registration, Status
from bot.export import flat, for_a_sheet, write_csv
from bot.privacy.numbers import BEFORE_EXTENSION, with_extension
from bot.services import consent, deciding, registration, retention

leads = typer.Typer(no_args_is_help=True)
COLUMNS = (
    "code",
    "status",
    "name",
    "phone",
    "email",
    "city",
    "intake",
    "channel",
    "looks_like",
    "unconfirmed",
)
Another = Annotated[
    bool, typer.Option("--another-person", help="Dit is iemand anders dan wie erop lijkt.")
]


def lead_json(lead: Registration) -> dict[str, Any]:
    """A lead as other programs read it (docs/api.md)."""
    phone, _, extension = lead.phone.partition(BEFORE_EXTENSION)
    return {
        "code": lead.code,
        "intake": lead.intake,
        "status": lead.status.value,
        "name": lead.name,
        "email": lead.email,
        "phone": phone,
        "phone_extension": extension or None,
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
            "shown_at": lead.consent.shown_at.isoformat() if lead.consent.shown_at else None,
        },
        "looks_like": lead.double.code if lead.double else None,
        "likeness": lead.double.likeness.value if lead.double else None,
        "unconfirmed": lead.is_unconfirmed,
        "takes_place": lead.takes_place,
        "decision": lead.decision.value if lead.decision else None,
        "decided_at": lead.decided_at.isoformat() if lead.decided_at else None,
        "decision_reason": lead.decision_reason,
        "channel": lead.channel,
        "created_at": lead.created_at.isoformat(),
        "updated_at": lead.updated_at.isoformat(),
    }


def _all_leads() -> list[dict[str, Any]]:
    async def look(app: bootstrap.App) -> tuple[list[dict[str, Any]], Sequence[str]]:
        ends = await retention.ends(app.ports)
        found = await registration.list_leads(app.ports)
        rows = [lead_json(lead) | {"ends_on": ends_on(ends.get(lead.code))} for lead in found]
        return rows, await registration.unreadable(app.ports)

    rows, closed = with_app(look)
    tell_unreadable(closed)
    return rows


async def _one(app: bootstrap.App, code: str) -> dict[str, Any]:
    """One registration, whatever others cannot be read."""
    ends = await retention.ends(app.ports)
    lead = await registration.by_code(app.ports, code)
    return lead_json(lead) | {"ends_on": ends_on(ends.get(lead.code))}


def ends_on(moment: datetime | None) -> str | None:
    """The day on which a registration is erased."""
    return None if moment is None else day_of(moment).isoformat()


@leads.command("list")
def leads_list(as_json: AsJson = False) -> None:
    """Alle aanmeldingen."""
    found = _all_leads()
    for lead in () if as_json else found:
        lead["phone"] = with_extension(lead["phone"], lead["phone_extension"])
    show(found, COLUMNS, as_json=as_json)


@leads.command("show")
def leads_show(code: str, as_json: AsJson = False) -> None:
    """Eén aanmelding."""
    lead = with_app(lambda app: _one(app, code_of(code)))
    version = str(lead["consent"]["text_version"])
    words = with_app(lambda app: consent.text_of(app.ports, version))
    if as_json:
        lead["consent"]["text"] = words
        typer.echo(json.dumps(lead, ensure_ascii=False, indent=2))
        return
    for name, value in flat(lead).items():
        typer.echo(f"{name:22} {value}".rstrip())
    typer.echo(
        f"\nToestemming voor deze tekst:\n\n{words or 'niet bewaard: die is van voor deze versie'}"
    )


@leads.command("place")
def leads_place(code: str, is_another: Another = False) -> None:
    """Geef iemand van de wachtlijst, of na uw gesprek, een plaats in de groep."""
    done = with_app(lambda app: deciding.place(app.ports, code_of(code), is_another=is_another))
    typer.echo(f"{done.registration.code} heeft een plaats. {_heard(done)}")
    _tell_end(done.registration.code)
    if done.registration.status is Status.REVIEW:
        typer.echo("Er moet nog iemand kijken of het past; geef daarna nog eens leads place.")


@leads.command("decide")
def leads_decide(
    code: str,
    decision: Decision,
    reason: Annotated[
        str | None, typer.Option(help="In uw woorden; de kandidaat leest dit in de e-mail.")
    ] = None,
    is_another: Another = False,
) -> None:
    """Leg vast wat er over iemand besloten is: accepted of declined; de kandidaat hoort het."""
    done = with_app(
        lambda app: deciding.decide(
            app.ports, code_of(code), decision, reason, is_another=is_another
        )
    )
    words = "heeft een plaats" if decision is Decision.ACCEPTED else "heeft geen plaats"
    typer.echo(f"{done.registration.code} {words}. {_heard(done)}")
    _tell_end(done.registration.code)


def _tell_end(code: str) -> None:
    """A decision starts the term: what is needed after it has to be kept elsewhere."""
    moment = with_app(lambda app: retention.ends(app.ports)).get(code)
    if moment is not None:
        day = f"{day_of(moment):%d-%m-%Y}"
        typer.echo(f"Instap wist deze aanmelding op {day}: neem over wat u daarna nog nodig hebt.")


def _heard(done: deciding.Decided) -> str:
    """Whether the candidate hears it from us."""
    if done.is_told:
        return "De kandidaat krijgt bericht."
    return "Er gaat geen bericht: laat het zelf weten." if done.is_news else "Dat stond al zo."


@leads.command("withdraw")
def leads_withdraw(code: str) -> None:
    """Haal iemand van de lijst die daarom vraagt; wissen doet u met instap erase."""
    lead = with_app(lambda app: deciding.withdraw(app.ports, code_of(code)))
    typer.echo(f"{lead.code} ({lead.name}) staat niet meer op de lijst.")


class Item(str, Enum):
    """What can be corrected."""

    NAME = "name"
    EMAIL = "email"
    PHONE = "phone"
    COMPANY = "company"
    REGION = "region"


@leads.command("correct")
def leads_correct(code: str, item: Item, text: str) -> None:
    """Verander een gegeven zoals de kandidaat het zegt, bijvoorbeeld phone "06 12345678"."""
    lead = with_app(lambda app: deciding.correct(app.ports, code_of(code), item.value, text))
    new = getattr(lead, "city" if item is Item.REGION else item.value)
    typer.echo(f"{item.value} van {lead.code} is veranderd: {new or lead.province or 'onbekend'}.")


@leads.command("export")
def leads_export(target: Annotated[Path, typer.Argument(help="Een nieuw .csv-bestand.")]) -> None:
    """Alle aanmeldingen als CSV; wat een formule lijkt, wordt gewone tekst."""
    if target.exists():
        typer.echo(f"{target} is er al: geef een nieuwe naam. Er is niets veranderd.", err=True)
        raise typer.Exit(1)
    rows = [for_a_sheet(lead) for lead in _all_leads()]
    try:
        count = write_csv(rows, target)
    except OSError as error:
        typer.echo(f"{target} is niet te maken ({type(error).__name__}).", err=True)
        typer.echo("Bestaat die map, en mag u daar schrijven?", err=True)
        raise typer.Exit(1) from None
    typer.echo(f"{count} aanmeldingen in {target}")
