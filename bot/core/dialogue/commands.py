"""What people type to steer a conversation: words of ours, which work whatever the model thinks."""

import re
from typing import Final

from bot.core.answers.exact import is_restart
from bot.core.answers.text import fold
from bot.core.turn import command_for

LINKS: Final = {
    "aanmelden": command_for("register"),
    "agenda": '/faq{"topic": "start_dates", "file": "calendar"}',
    "samenvatting": '/faq{"topic": "employer_role", "file": "summary"}',
}
"""What our own texts tell people to type for more: each word alone."""

WAYS_OUT: Final = {
    command_for("ask_human"): "mens, mens spreken, iemand spreken, medewerker spreken, coordinator",
    command_for(
        "cancel"
    ): "stop, stoppen, ophouden, hou op, houd op, annuleer, annuleren, afbreken",
    command_for("help"): "help, hulp",
    '/change_registration{"item": "previous"}': "terug, ga terug, stap terug, vraag terug, vorige, "
    "vorige vraag, terug naar vorige vraag, ga terug naar vorige vraag",
}
"""How people steer: it works in every state, whatever the model makes of it."""

PHRASES: Final = {
    phrase: command for command, phrases in WAYS_OUT.items() for phrase in phrases.split(", ")
}
AROUND: Final = frozenset(
    re.findall(
        r"\w+",
        "ik wil wou zou graag nu even maar toch liever dan hoor ermee hiermee mag kan "
        "alstublieft alsjeblieft aub svp een de het met weer helemaal",
    )
)
"""Words that say nothing more than that somebody wants it."""

RESTART: Final = '/restart{"sure": "yes"}'
"""For who says just that; what may mean something else is asked first, for it erases answers."""


def link_in(text: str) -> str | None:
    """The command that one of our own words is, alone."""
    return LINKS.get(text.strip(" .!\"'").casefold())


def way_out_in(text: str) -> str | None:
    """The command of who wants to start over, stop, go back, or a person, and says nothing else."""
    if is_restart(text):
        return RESTART
    said = re.findall(r"\w+", fold(text))
    return PHRASES.get(" ".join(each for each in said if each not in AROUND))


def command_in(text: str, asks: str | None) -> str | None:
    """The command that a text is when it is nothing else; at a note our links are its words."""
    link = link_in(text)
    if link is not None:
        return None if asks == "callback_note" else link
    return way_out_in(text)
