"""What a visitor typed, before anybody works on it: made clean, recognised, or kindly refused."""

import re
import unicodedata
from typing import Final

from bot.core.answers.exact import is_restart
from bot.core.answers.text import fold
from bot.core.answers.yes_no import SIGNS_NO, SIGNS_YES
from bot.core.followups import follow_up
from bot.core.turn import Turn, command_for
from bot.services.ports import Ports
from bot.services.records import Words

MAX_TEXT: Final = 2000
"""Characters; Telegram lets people type 4,096, a question never needs them."""

MOST_HEARD: Final = 4096
"""Characters; what the engine refuses to read. A token can be longer than what it stands for."""

READABLE: Final = frozenset({*SIGNS_YES, *SIGNS_NO, "?"})
"""Signs that say something without a letter."""

COMMAND: Final = re.compile(r"^[\s/\\⁄∕⧸／]+")
"""What could make Rasa read a typed text as a command of its own."""

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


def command_in(text: str, asks: str | None) -> str | None:
    """The command that a text is when it is nothing else; at a note our links are its words."""
    word = text.strip(" .!\"'").casefold()
    if word in LINKS:
        return None if asks == "callback_note" else LINKS[word]
    if is_restart(text):
        return RESTART
    said = re.findall(r"\w+", fold(text))
    return PHRASES.get(" ".join(each for each in said if each not in AROUND))


RESTART: Final = '/restart{"sure": "yes"}'
"""For who says just that; what may mean something else is asked first, for it erases answers."""


def named(last: Turn | None, text: str) -> str | None:
    """The id of a button under our last words that somebody typed out instead of tapping it."""
    typed = _plain(text)
    for message in reversed(last.messages) if last and typed else ():
        for button in message.buttons:
            if _plain(button.title) == typed:
                return button.id
    return None


def is_same(said: str | None, text: str) -> bool:
    """Whether somebody says again what he said before; a title may stand for what was tapped."""
    return bool(text) and said is not None and _plain(said) == _plain(text)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold())) or text.strip(" .!")


def followed(last: Turn | None, text: str) -> str | None:
    """A question that leaves out what the one before was about ("en voor mijn baas?").

    While a question of ours is open, words without a question mark may well be its answer.
    """
    if command := command_in(text, last.asks if last else None):
        return command
    if last is None or not last.topics or (last.asks and "?" not in text):
        return None
    name = follow_up(text, last.topics[-1])
    return command_for(name) if name else None


def clean(text: str) -> str:
    """The text without what no keyboard types: NUL, controls, lone surrogates."""
    kept = (
        letter
        for letter in text
        if letter in "\n\t\u200d"
        or unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )
    return unicodedata.normalize("NFC", "".join(kept)).strip()


def refusal(ports: Ports, text: str) -> Words | None:
    """Our words for a text that nobody can read, or None when it can be read."""
    if not text:
        return ports.texts.render("utter_empty")
    if len(text) > MAX_TEXT:
        return ports.texts.render("utter_too_long", limit=MAX_TEXT)
    if not any(letter.isalnum() for letter in text) and not READABLE & set(text):
        return ports.texts.render("utter_only_emoji")
    return None
