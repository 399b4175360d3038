"""What is said to an earlier turn than the latest: it binds nobody to what he did not see.

A message to an earlier turn gets the open question again. A button that still stands under an
earlier turn works when it changes nothing or answers the question that is open; else it is asked
whether it is meant now, but for a yes or no that binds: that counts for the latest question only.
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from bot.core import questions
from bot.core.registration import Registration
from bot.core.turn import Said, Turn, command_for
from bot.services import reply
from bot.services.ports import Texts
from bot.services.records import Draft, ShownButton, Words
from bot.services.stores import UnitOfWork

HARMLESS: Final = frozenset(
    {
        "ask_human",
        "bot_challenge",
        "check_eligibility",
        "delete_my_data",
        "explain_question",
        "export_my_data",
        "faq",
        "help",
        "nlu_fallback",
        "register",
        "registration_status",
        "repeat",
        "withdraw_registration",
    }
)
"""What a button may ask for whenever it is tapped: a heavy one of these asks first by itself."""

BINDS: Final = questions.BINDING | {"sure"}


def is_missed(said: Said, last: Turn | None) -> bool:
    """Whether this was said by somebody who did not see our latest turn."""
    return said.turn is not None and last is not None and said.turn != last.id


def is_of(shown: ShownButton, last: Turn | None) -> bool:
    """Whether a button stands under our latest turn."""
    return last is None or shown.turn == last.id


def is_void(shown: ShownButton, draft: Draft) -> bool:
    """Whether a button of an earlier turn does nothing: it would bind, or changes nothing."""
    intent, values = _meaning(shown.payload)
    if BINDS & values.keys() or intent in ("affirm", "deny"):
        return True
    return intent == "inform" and all(draft.get(item) == told for item, told in values.items())


def may_work(shown: ShownButton, asks: str | None) -> bool:
    """Whether a button of an earlier turn may simply work: it answers what is asked now as well."""
    intent, values = _meaning(shown.payload)
    if BINDS & values.keys():
        return False
    return intent in HARMLESS or (intent == "inform" and values.keys() == {asks})


def _meaning(payload: str) -> tuple[str, Mapping[str, Any]]:
    """The intent and the values of one of our own commands."""
    intent, brace, values = payload.removeprefix("/").partition("{")
    return intent, json.loads(brace + values) if brace else {}


def again(texts: Texts, last: Turn, registration: Registration | None) -> Turn:
    """The latest turn once more, for somebody who did not see it or answered an earlier one.

    What it told of a registration is not said again when that changed since.
    """
    receipt = reply.receipt_of(registration)
    is_true = last.asks is not None or last.registration == receipt
    words = texts.render("utter_went_on" if is_true else "utter_went_on_status")
    first = reply.say(words)[0].messages
    said = {message.text for message in first}  # it may be a turn that was given again already
    then = [each for each in last.messages if is_true and each.text not in said]
    return replace(last, messages=(*first, *then), topics=(), facets=(), registration=receipt)


async def renewed(work: UnitOfWork, conversation: str, turn: Turn) -> tuple[Turn, reply.Buttons]:
    """A turn with new buttons that do the same: those that it has belong to the turn before."""
    buttons: dict[str, tuple[str, str]] = {}
    messages = []
    for message in turn.messages:
        kept = []
        for button in message.buttons:
            if (shown := await work.conversations.button(conversation, button.id)) is not None:
                kept.append(replace(button, id=secrets.token_urlsafe(12)))
                buttons[kept[-1].id] = (shown.title, shown.payload)
        messages.append(replace(message, buttons=tuple(kept)))
    return replace(turn, messages=tuple(messages)), buttons


def proposal(texts: Texts, shown: ShownButton, asks: str | None) -> tuple[Turn, reply.Buttons]:
    """Whether what an earlier button says is meant now; the open question stays open."""
    words = texts.render("utter_earlier_question", answer=shown.title)
    titles = [title for title, _ in words.buttons]
    buttons = tuple(zip(titles, (shown.payload, command_for("repeat")), strict=False))
    return reply.say(Words(words.key, words.text, buttons), asks=asks)
