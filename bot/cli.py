"""The command `instap`: what it can do and where that is; only what is given is imported."""

import pkgutil
from collections.abc import Mapping
from typing import Any, Final

import typer
from typer.core import TyperCommand
from typer.main import get_command, get_group

COMMANDS: Final[Mapping[str, tuple[str, str]]] = {
    "run": ("run:run", "Start alles op deze machine, en stop het met Ctrl-C."),
    "migrate": (
        "database:migrate",
        "Maak de database, of breng hem in de vorm van deze versie.",
    ),
    "train": ("train:train", "Train het model als de voorbeelden veranderd zijn."),
    "serve": ("serve:serve", "Start één onderdeel (voor systemd of een container)."),
    "doctor": (
        "doctor:doctor",
        "Kijk of alles er is en werkt; wat niet goed is, staat er met wat u kunt doen.",
    ),
    "purge": (
        "database:purge",
        "Wis wat lang genoeg bewaard is; dat gebeurt ook vanzelf, elk uur.\n\n"
        "Wat zijn tijd heeft gehad, krijgt eerst een merk en gaat een dag later weg.",
    ),
    "erase": (
        "database:erase",
        "Wis alles van iemand die daarom vraagt: aanmelding, verzoeken om contact en gesprek.",
    ),
    "understand": (
        "understand:understand",
        "Laat per bericht zien wat de assistent ervan begrijpt, een JSON-regel per bericht.",
    ),
    "conversation": (
        "conversation:conversation",
        "Laat van een gesprek zien wat er werd gezegd, en welke regel besliste.",
    ),
    "content": ("content:content", "Teksten en feiten."),
    "keys": ("keys:keys", "De sleutels van de persoonsgegevens."),
    "leads": ("leads:leads", "Aanmeldingen."),
    "intakes": ("intakes:intake", "Startmomenten."),
    "callbacks": ("callbacks:callback", "Wie gebeld of gemaild wil worden."),
    "mails": ("mails:mails", "E-mail die nog weg moet of mislukt is."),
}
"""A function or a group in a module of `bot.commands`, and what the help says of it."""


def loaded(name: str) -> Any:
    """A command or group itself."""
    source, told = COMMANDS[name]
    found = pkgutil.resolve_name(f"bot.commands.{source}")
    if isinstance(found, typer.Typer):
        command: Any = get_group(found)
    else:
        alone = typer.Typer(add_completion=False)
        alone.command()(found)
        command = get_command(alone)
    command.name, command.help = name, told
    return command


class Later(TyperCommand):
    """A command that is imported once it is given: the list of all waits for none of them."""

    def make_context(self, *given: Any, **more: Any) -> Any:
        """Go on with the command itself, from reading its arguments."""
        return loaded(str(self.name)).make_context(*given, **more)


cli = typer.Typer(no_args_is_help=True, add_completion=False, help="Instap, de intake-assistent.")
for _name, (_, _told) in COMMANDS.items():
    cli.command(_name, cls=Later, help=_told)(lambda: None)


def main() -> None:
    """Entry point."""
    cli()


if __name__ == "__main__":
    main()
