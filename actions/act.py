"""The shape of every action of ours."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.speaking import Events
from bot.services.ports import Ports


class Act(Action):
    """An action with its name as an attribute and the services within reach."""

    named: str = ""

    def __init__(self, ports: Ports) -> None:
        self.ports = ports

    def name(self) -> str:
        """The name in `domain.yml`."""
        return self.named

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """What Rasa calls."""
        return await self.act(dispatcher, tracker)

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """What this action does; gives the events that Rasa has to know of."""
        raise NotImplementedError
