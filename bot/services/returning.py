"""What stands around an answer: a welcome after a while, an offer to go on, how far one is."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from bot.core.questions import BY_ITEM, DETAILS, ELIGIBILITY, SKIPPABLE, SKIPPED
from bot.services.ports import Texts
from bot.services.records import Words

AWAY: Final = timedelta(hours=1)
LONG_AWAY: Final = timedelta(hours=24)


def welcome(texts: Texts, away: timedelta) -> Words | None:
    """Welcome back; after a day it is said again that this is no person."""
    if away < AWAY:
        return None
    return texts.render("utter_welcome_back_day" if away >= LONG_AWAY else "utter_welcome_back")


def offer(texts: Texts, draft: Mapping[str, object]) -> Words | None:
    """To go on where we were, when something was begun."""
    if draft.get("consent") == "yes":
        return texts.render("utter_go_on_register")
    begun = any(item in draft for item in ELIGIBILITY)
    return texts.render("utter_go_on_check") if begun else None


def progress(texts: Texts, item: str, draft: Mapping[str, object]) -> str | None:
    """ "Vraag 4 van 6" before a question in a row: one more than what is known of it."""
    row = _row(item, draft)
    if item not in row:
        return None
    left = steps_left(item, draft)
    number = len(row) - left + 1
    return texts.render("label_progress", number=number, total=len(row)).text


def together(
    texts: Texts, item: str, draft: Mapping[str, object], before: str | None
) -> str | None:
    """At the first question for a detail: the others that may come in the same message."""
    if item not in DETAILS or before in DETAILS:
        return None
    others = [each for each in DETAILS if each not in (item, *SKIPPABLE, *draft)]
    if not others:
        return None
    *most, last = (texts.render(f"label_item_{each}").text for each in others)
    facts = " en ".join([", ".join(most), last] if most else [last])
    return texts.render("utter_details_together", facts=facts).text


def steps_left(item: str, draft: Mapping[str, object]) -> int:
    """How many questions of its row are still to be answered, this one with them."""
    return sum(each == item or each not in draft for each in _row(item, draft))


def _row(item: str, draft: Mapping[str, object]) -> list[str]:
    """The questions that one belongs to."""
    row = [each for each in ELIGIBILITY if BY_ITEM[each].is_asked_of(draft)]
    details = [each for each in DETAILS if draft.get(each) != SKIPPED]
    return row if item in row else details
