"""What commands share: the app for one use case, and how it ends."""

import asyncio
import json
import logging
import select
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final, TypeVar

import structlog
import typer
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text
from sqlalchemy.exc import SQLAlchemyError

from bot import bootstrap, log
from bot.commands.given import settings
from bot.core.answers.codes import CODE, read_code
from bot.core.errors import (
    AddressTaken,
    CallbackClosed,
    CallbackUnknown,
    DayUnlikely,
    IntakeError,
    IntakeFull,
    IntakeUnknown,
    NotSure,
    OtherKey,
    RegistrationUnknown,
    SomebodyElse,
    StorageUnavailable,
    StorageUnreadable,
    ValueUnclear,
    Withdrawn,
)
from bot.settings import Settings
from bot.storage.cipher import load_cipher
from bot.storage.keys import require_own_key
from bot.storage.migrate import migrate
from bot.storage.work import missing_file

Result = TypeVar("Result")
CLOSED: Final[Mapping[type[Exception], Sequence[str]]] = {
    StorageUnreadable: [
        "Dit is niet te lezen: het is gesloten met een sleutel die er niet meer is.",
        "Zet die sleutel terug (zie instap doctor). Wissen kan wel: instap erase.",
    ],
    OtherKey: [
        "Niets in de database is te lezen: dit is een andere sleutel. Zet de goede terug.",
        "Er start nu niets: wat erbij kwam, zou met de goede sleutel niet te lezen zijn.",
    ],
}
"""What is told of what our keys do not open."""
A_YES: Final = ("ja", "j", "yes", "y")
AT_ONCE: Final = 0.5
"""Seconds."""
_typed: dict[str, str] = {}
"""How a code was written, for what is said of it."""


def with_app(use: Callable[[bootstrap.App], Awaitable[Result]], *, makes: bool = False) -> Result:
    """Run one use case on a database of the right shape; only what `makes` one begins a new one."""
    chosen = settings()
    if not structlog.is_configured():  # an event is no answer: it stays out of what programs read
        log.configure(logging.WARNING)
    if not makes:
        require_database(chosen)

    async def run() -> Result:
        app = bootstrap.build(chosen)
        try:
            await migrate(app.database)
            if makes:  # whatever starts after this would seal by a key that opens nothing
                await require_own_key(app.database, load_cipher(chosen.key_path()))
            return await use(app)
        finally:
            await app.close()

    try:
        return asyncio.run(run())
    except NotSure:
        raise
    except (IntakeError, OSError, ValueError, SQLAlchemyError, ImportError) as error:
        for line in _explained(error):
            typer.echo(line, err=True)
    raise typer.Exit(1)


def require_database(chosen: Settings) -> None:
    """An empty list of a database that was made just now would look like an answer."""
    file = missing_file(chosen.database(), chosen.key_path())
    if file is None:
        return
    typer.echo(f"Er is geen database: {file}.", err=True)
    typer.echo("Klopt INSTAP_VAR? instap run maakt een nieuwe.", err=True)
    raise typer.Exit(1)


def code_of(written: str) -> str:
    """The code that somebody typed over: in small letters, with a space, or without its HT."""
    for text in (written.strip(), f"HT-{written.strip()}"):
        match = CODE.fullmatch(text)
        if match is not None and (code := read_code(match)) is not None:
            _typed[code] = written.strip()
            return code
    return written.strip().upper()


def be_sure(question: str, *, yes: bool, tell: bool = True) -> None:
    """Go on only after a yes: one that was given along, or one that is typed now.

    What it is a yes to is said in any case; to a program (without `tell`) beside its answer.
    """
    typer.echo(question, err=not tell)
    if yes:
        return
    is_there = sys.stdin.isatty()
    answer: str = (
        typer.prompt("Doorgaan? (ja/nee)", default="nee", err=not tell) if is_there else _piped()
    )
    if answer.strip().casefold() not in A_YES:
        hint = "" if is_there else " Weet u het zeker: geef ook --yes."
        typer.echo(f"Er is niets veranderd.{hint}", err=not is_there)
        raise typer.Exit(1)


def _piped() -> str:
    """What a script already wrote to us; a script that says nothing is not waited for."""
    try:
        ready, _, _ = select.select([sys.stdin], [], [], AT_ONCE)
    except (OSError, ValueError):  # no file that one can wait for
        return ""
    return sys.stdin.readline() if ready else ""


def tell_unreadable(names: Sequence[object]) -> None:
    """Name the rows that no key of ours opens; what can be read is shown all the same."""
    if names:
        count = "1 rij is" if len(names) == 1 else f"{len(names)} rijen zijn"
        which = ", ".join(map(str, names))
        typer.echo(f"{count} niet te lezen ({which}): zie instap doctor.", err=True)


def _explained(error: Exception) -> Sequence[str]:
    """What is wrong, and what one can do about it."""
    if type(error) in CLOSED:
        return CLOSED[type(error)]
    if isinstance(error, StorageUnavailable):
        return [f"De database doet het niet ({error}). Klopt INSTAP_DATABASE_URL?"]
    if isinstance(error, IntakeError):
        return _refused(error)
    return [
        f"Dat lukt niet ({type(error).__name__}).",
        "Kijk naar INSTAP_VAR, INSTAP_KEY_FILE en INSTAP_DATABASE_URL.",
    ]


def _refused(error: IntakeError) -> Sequence[str]:
    """Why a use case would not do it."""
    pair = str(error).split()
    words: dict[type[IntakeError], Sequence[str]] = {
        IntakeFull: [f"De groep {error} is vol. Zijn er meer plaatsen: instap intakes set."],
        DayUnlikely: [
            f"Die dag past niet bij {error}: de groep start vanaf oktober van dat",
            "jaar, hooguit een jaar later, en aanmelden sluit niet na de start.",
        ],
        ValueUnclear: [f"Dat kan ik niet lezen als {error}."],
        Withdrawn: [f"{error} heeft zich teruggetrokken: eerst opnieuw aanmelden."],
        SomebodyElse: [
            f"{pair[0]} lijkt op {pair[-1]}, en die heeft al een plaats." if pair else "",
            "Is het iemand anders, zet er dan --another-person bij.",
        ],
        IntakeUnknown: [
            f"De groep {error} ken ik niet. Een groep heet naar haar jaar, zoals 2027-11,",
            "en start hooguit drie jaar na nu.",
        ],
        RegistrationUnknown: [
            f"Dat is er niet: {_typed.get(str(error), error)}".rstrip(": "),
            "Een code is als HT-7K3M9Q2X: zie instap leads list.",
        ],
        CallbackClosed: [
            f"Verzoek {error} staat niet meer open: het is gedaan of ingetrokken.",
            "Zie instap callbacks list --all.",
        ],
        CallbackUnknown: [f"Dat is er niet: {error}. De nummers staan in instap callbacks list."],
        AddressTaken: ["Iemand anders in deze groep heeft dat e-mailadres."],
    }
    return words.get(type(error), [f"Dat is er niet: {error}".rstrip(": ")])


def show(rows: Sequence[dict[str, Any]], columns: Sequence[str], *, as_json: bool) -> None:
    """Print rows, for programs or as some of their columns: nothing of them is ever cut.

    As a table where that fits, else one below another.
    """
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    cells = [["" if row[name] is None else str(row[name]) for name in columns] for row in rows]
    widths = [max(map(cell_len, each)) for each in zip(columns, *cells, strict=True)]
    console = Console()
    if sum(widths) + 3 * len(columns) + 1 <= console.width:
        table = Table(*columns)
        for row in cells:
            table.add_row(*map(Text, row))  # what a visitor typed is no markup
        console.print(table)
        return
    for row in cells:
        lines = (f"{name:14} {cell}" for name, cell in zip(columns, row, strict=True) if cell)
        typer.echo("\n".join(lines) + "\n")
