"""The shape of every action of ours."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.last_word import ends_without_words, last_word
from actions.speaking import Events, sign
from bot.core.dialogue.memory import SLOTS
from bot.services.ports import Ports


def is_aim(event: dict[str, Any]) -> bool:
    """Say whether an event changes what the conversation remembers of itself."""
    return event["event"] == "slot" and event["name"] in SLOTS


class Act(Action):
    """An action with its name as an attribute and the services within reach."""

    named: str = ""
    speaks: bool = True
    """Whether a turn may end with this action; then it never ends without a word."""

    def __init__(self, ports: Ports) -> None:
        self.ports = ports

    def name(self) -> str:
        """The name in `domain.yml`."""
        return self.named

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """What Rasa calls."""
        events = await self.act(dispatcher, tracker)
        if aims := {each["name"]: each["value"] for each in events if is_aim(each)}:
            sign(dispatcher, memory=aims)
        if self.speaks and ends_without_words(dispatcher, tracker, events):
            events = [
                *events,
                *await last_word(self.ports, dispatcher, tracker, self.named, events),
            ]
        return events

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """What this action does; gives the events that Rasa has to know of."""
        raise NotImplementedError
