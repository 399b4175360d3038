"""Tells what the outcome would be if something were otherwise, without keeping any of it."""

from collections.abc import Callable, Coroutine
from datetime import date
from functools import wraps
from typing import Any, Final

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.act import Act
from actions.hearing import Heard, hear
from actions.receipt import line
from actions.speaking import Events, labels, resume, say, sign
from actions.telling import ADULT as FULL_AGE
from bot.core.answers import Found, supposed_in
from bot.core.eligibility import DOUBT, Outcome, Verdict
from bot.core.intake import day_of
from bot.core.questions import ELIGIBILITY, is_valid
from bot.core.whatif import ADULT, criteria
from bot.services import drafts, eligibility
from bot.services.ports import Ports
from bot.services.records import Draft

ABOUT: Final = frozenset(
    {
        "check_eligibility",
        "inform",
        "affirm",
        "deny",
        "dont_know",
        "out_of_scope",
        "faq/audience",
        "faq/requirements",
        "faq/sectors",
        "faq/self_employed",
        "faq/other_situations",
        "faq/employer_role",
    }
)
"""What a what-if question is taken for; with any other topic the message asks something else."""


def supposed(heard: Heard, day: date) -> Draft:
    """What a message supposes, when it asks what that would do for the outcome; else nothing."""
    topics = set(heard.topics)
    in_place = heard.answered or heard.asked in ELIGIBILITY or "check_eligibility" in topics
    if heard.is_command or not in_place or topics - ABOUT:
        return {}
    return dict(_kept_as(found) for found in supposed_in(heard.text, day) if _counts(found))


def _counts(found: Found) -> bool:
    return found.entity == "age" or is_valid(found.entity, found.value)


def _kept_as(found: Found) -> tuple[str, object]:
    """A supposed value as it would stand in the draft."""
    if found.entity == "age":
        return ADULT, float(found.value) >= FULL_AGE
    return found.entity, found.value


def outlook(verdict: Verdict) -> str:
    """The outcome; "open" when nothing stands in the way but not everything is known."""
    is_open = verdict.outcome is Outcome.REVIEW and not DOUBT.intersection(verdict.reasons)
    return "open" if is_open else verdict.outcome.value


async def tell(
    ports: Ports, dispatcher: CollectingDispatcher, conversation: str, values: Draft
) -> None:
    """Say what would follow from these values; nothing is kept."""
    draft = await drafts.recall(ports, conversation)
    verdict = eligibility.check(ports, {**draft, **values})
    lines = [
        line(ports.texts, one) for one in criteria(verdict) if one.stands_out or one.item in values
    ]
    facts = ", ".join(labels(ports.texts, map(_as_told, values.items())))
    view = outlook(verdict)
    say(dispatcher, f"utter_what_if_{view}", facts=facts, criteria="\n".join(lines))
    sign(dispatcher, topics=["check_eligibility"])


def _as_told(pair: tuple[str, object]) -> tuple[str, object]:
    """Of age it is said whether it is enough, not how many years it is."""
    item, value = pair
    return (item, "yes" if value else "no") if item == ADULT else pair


def today(ports: Ports) -> date:
    """The day in the Netherlands."""
    return day_of(ports.clock.now())


Hears = Callable[[Any, CollectingDispatcher, Tracker], Coroutine[Any, Any, Events]]


def unless_supposed(act: Hears) -> Hears:
    """Hand a message that only supposes something on to `action_what_if`."""

    @wraps(act)
    async def wrapper(own: Act, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        if supposed(hear(tracker), today(own.ports)):
            return [FollowupAction("action_what_if")]
        return await act(own, dispatcher, tracker)

    return wrapper


class WhatIf(Act):
    """Answers "en als ik volgend jaar mijn mbo-4 heb?": a message that supposes something."""

    named = "action_what_if"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """The provisional outlook, and then back to where we were."""
        values = supposed(hear(tracker), today(self.ports))
        await tell(self.ports, dispatcher, tracker.sender_id, values)
        return resume(tracker)
