"""What a visitor typed, before anybody reads it: made clean, compared, cut."""

import re
import unicodedata
from typing import Final

from bot.core.answers.yes_no import SIGNS_NO, SIGNS_YES
from bot.core.turn import Turn

MAX_TEXT: Final = 2000
"""Characters; Telegram lets people type 4,096, a question never needs them."""

MOST_HEARD: Final = 4096
"""Characters; what the engine refuses to read. A token can be longer than what it stands for."""

READABLE: Final = frozenset({*SIGNS_YES, *SIGNS_NO, "?"})
"""Signs that say something without a letter."""

COMMAND: Final = re.compile(r"^[\s/\\⁄∕⧸／]+")
"""What could make Rasa read a typed text as a command of its own."""


def clean(text: str) -> str:
    """The text without what no keyboard types: NUL, controls, lone surrogates."""
    kept = (
        letter
        for letter in text
        if letter in "\n\t\u200d"
        or unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )
    return unicodedata.normalize("NFC", "".join(kept)).strip()


def heard(text: str) -> str:
    """A text as the engine may hear it: never one of its commands, and never too long."""
    return (COMMAND.sub("", text) or "?")[:MOST_HEARD]


def is_readable(text: str) -> bool:
    """Whether a text has anything in it that says something."""
    return any(letter.isalnum() for letter in text) or bool(READABLE & set(text))


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
