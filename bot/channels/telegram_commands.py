"""The commands of the Telegram menu, and what somebody who types one means to say."""

import re
from typing import Final

from telegram import Bot, BotCommand

from bot.services.ports import Texts

START: Final = "start"

COMMANDS: Final = {
    START: "hallo",
    "help": "wat kunt u?",
    "mens": "ik wil iemand spreken",
    "privacy": "wat gebeurt er met mijn gegevens?",
    "mijngegevens": "welke gegevens hebt u van mij?",
    "verwijder": "verwijder mijn gegevens",
    "stop": "stop",
    "opnieuw": "ik wil opnieuw beginnen",
}
"""Command -> the words that a visitor would type for it, in the order of the menu."""

COMMAND: Final = re.compile(r"/(\w{1,32})(?:@\w+)?(?:\s+(.*))?", re.DOTALL)
PAYLOAD: Final = re.compile(rf"/{START}(?:@\w+)?\s+([A-Za-z0-9_-]{{1,64}})", re.IGNORECASE)
LANGUAGES: Final = (None, "nl")
"""Whose app is in Dutch gets ours as Dutch, everybody else gets the same as the default."""


def read(text: str) -> tuple[str | None, str]:
    """The command of ours that a text starts with, if any, and the words that it stands for.

    What follows `/start` is the name of a poster or a link, not something a visitor said.
    """
    found = COMMAND.fullmatch(text.strip())
    name = found[1].lower() if found else ""
    if found is None or name not in COMMANDS:
        return None, text.strip().lstrip("/")
    if name == START or not found[2]:
        return name, COMMANDS[name]
    return name, f"{COMMANDS[name]}\n{found[2]}"


def payload(text: str) -> str | None:
    """What follows `/start`: the name of a poster, or the token of a link."""
    found = PAYLOAD.fullmatch(text.strip())
    return found[1] if found else None


def phone_number(shared: str) -> str:
    """A shared number as one would dial it: Telegram often leaves out the plus."""
    digits = shared.strip()
    return digits if digits.startswith(("+", "0")) else f"+{digits}"


async def introduce(bot: Bot, texts: Texts) -> None:
    """Set the menu, and what somebody sees before the first message."""
    menu = [BotCommand(name, texts.render(f"telegram_command_{name}").text) for name in COMMANDS]
    long = texts.render("telegram_description").text
    short = texts.render("telegram_short_description").text
    for language in LANGUAGES:
        await bot.set_my_commands(menu, language_code=language)
        await bot.set_my_description(long, language_code=language)
        await bot.set_my_short_description(short, language_code=language)
