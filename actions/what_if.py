"""Tells what the outcome would be if something were otherwise, without keeping any of it."""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.act import Act
from actions.hearing import hear
from actions.receipt import line
from actions.speaking import Events, labels, resume, say, sign
from bot.core.eligibility import DOUBT, Outcome, Verdict
from bot.core.whatif import ADULT, criteria
from bot.services import drafts, eligibility
from bot.services.ports import Ports
from bot.services.records import Draft


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


class WhatIf(Act):
    """Answers "en als ik volgend jaar mijn mbo-4 heb?": a message that supposes something."""

    named = "action_what_if"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """The provisional outlook, and then back to where we were."""
        values = dict(hear(tracker).supposed)
        await tell(self.ports, dispatcher, tracker.sender_id, values)
        return resume(tracker)
