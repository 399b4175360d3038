"""What is only likely meant: asked as a yes or a no, in place of the question that it answers.

It waits in the draft, sealed like the rest of it. A yes keeps it, a no asks the question anew (or
keeps what was typed, where that may be right), and any other answer takes its place.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from bot.core.answers import located
from bot.core.dialogue.likely import LIKELY, REFUSED, Likely, as_kept, waiting
from bot.core.questions import GIVEN, HIDDEN
from bot.core.turn import command_for
from bot.services import drafts, reply
from bot.services.ports import Texts
from bot.services.records import Draft, Spoken, Words

ANSWERS: Final = ("yes", "no")

Settled = tuple[Mapping[str, object], str]
"""What the draft has to know, and the command that goes on from there."""


def words(texts: Texts, item: str, likely: Likely) -> Words:
    """The question whether this is meant; its buttons name the item, never the value."""
    shown = _shown(texts, item, likely.value)
    if likely.instead is not None:
        before = _shown(texts, item, likely.instead)
        asked = texts.render("utter_likely_other", before=before, answer=shown)
    elif likely.otherwise is not None:
        asked = texts.render(f"utter_mistyped_{item}", answer=shown)
    elif item in HIDDEN:
        asked = texts.render(f"utter_likely_{item}", answer=shown)
    else:
        asked = texts.render("utter_likely", answer=shown)
    titles = (title for title, _ in asked.buttons)
    payloads = (f'/inform{{"item": "{item}", "sure": "{each}"}}' for each in ANSWERS)
    return replace(asked, buttons=tuple(zip(titles, payloads, strict=False)))


def _shown(texts: Texts, item: str, value: object) -> str:
    if item in HIDDEN:
        return str(value)
    if isinstance(value, int | float):
        return texts.render(f"label_{item}", years=f"{value:g}").text
    return texts.render(f"label_{item}_{value}").text


def instead(texts: Texts, draft: Draft, spoken: Sequence[Spoken]) -> list[Spoken]:
    """What is said, with what waits for a yes in place of the question that it answers."""
    item, likely = waiting(draft) or ("", None)
    if likely is None:
        return list(spoken)
    asked = words(texts, item, likely)
    goes_first = likely.instead is not None  # what contradicts is no answer to an open question
    return [
        replace(each, text=asked.text, buttons=asked.buttons)
        if each.text and (asks := reply.item_asked(each)) and (goes_first or asks == item)
        else each
        for each in spoken
    ]


def settled(draft: Draft, command: str) -> Settled | None:
    """What a yes or a no to what waits comes to; None for any other command."""
    intent, _, values = command.removeprefix("/").partition("{")
    told = json.loads("{" + values) if values else {}
    if intent != "inform" or told.keys() != {"item", "sure"}:
        return None
    item, likely = waiting(draft) or ("", None)
    again = command_for("repeat")
    if likely is None or item != told["item"]:  # settled before
        return {}, again
    refused = {REFUSED: as_kept(item, likely)} if told["sure"] == ANSWERS[1] else {}
    value = likely.otherwise if refused else likely.value
    if value is None:
        tried = {drafts.TRIED: item} if likely.instead is None else {}
        return {LIKELY: None, **tried, **refused}, again
    if item not in HIDDEN:  # the actions keep what is of a closed list
        return refused, f'/inform{{"{item}": {json.dumps(value)}}}'
    place = located(value) if item == "region" and isinstance(value, str) else {}
    return {item: value, **place, **refused}, f'/inform{{"{item}": "{GIVEN}"}}'
