"""A typed yes or no, as the button that it stands for.

It counts for the question on the screen alone: the last one of our latest turn that has a button
for yes and one for no. Nothing else that is typed sets what binds (see core/answers/exact.py).
"""

import json
from typing import Final

from bot.core.answers.exact import read_exact
from bot.core.turn import Button, Turn, command_for
from bot.services.stores import UnitOfWork

FIRST_WORDS: Final = {"yes": "ja", "no": "nee"}
"""How the title of such a button begins."""


async def command(work: UnitOfWork, conversation: str, last: Turn | None, text: str) -> str | None:
    """What a text of nothing but yes or no says to our last question, or None."""
    buttons = _yes_and_no(last)
    if buttons is None:
        return None
    kept = {name: await work.conversations.button(conversation, each.id) for name, each in buttons}
    payloads = {name: shown.payload for name, shown in kept.items() if shown is not None}
    about = _about(payloads.get("yes", ""))
    said = read_exact(text, about)
    if said == "wrong":
        return command_for("change_registration") if about == "confirm" else None
    return payloads.get(said or "")


async def proposed(work: UnitOfWork, conversation: str, last: Turn | None) -> str | None:
    """The name of what a plain yes would do now, or None when we asked for none."""
    buttons = dict(_yes_and_no(last) or ())
    if "yes" not in buttons:
        return None
    shown = await work.conversations.button(conversation, buttons["yes"].id)
    return _about(shown.payload) if shown is not None else None


def is_asked(last: Turn) -> bool:
    """Whether the last question of a turn is one for yes or no."""
    return _yes_and_no(last) is not None


def _yes_and_no(last: Turn | None) -> list[tuple[str, Button]] | None:
    """The two buttons of the last question with buttons, if they are a yes and a no."""
    asked = [message.buttons for message in last.messages if message.buttons] if last else []
    found = [
        (name, button)
        for name, word in FIRST_WORDS.items()
        for button in (asked[-1] if asked else ())
        if button.title.casefold().replace(",", " ").split()[:1] == [word]
    ]
    return found if [name for name, _ in found] == list(FIRST_WORDS) else None


def _about(payload: str) -> str:
    """What a yes is a yes to: the item that it sets, else what is done."""
    intent, brace, values = payload.removeprefix("/").partition("{")
    told = json.loads(brace + values) if brace else {}
    if "sure" in told and intent == "inform":
        return str(told["item"])  # what was said back
    return next(iter(told), intent) if intent == "inform" else intent
