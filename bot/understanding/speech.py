"""Asks the app for the words of a response.

Rasa's own callback sends the whole tracker with every sentence, so a long conversation gets
slower with each turn. The app needs the name of the text and its arguments only.
"""

from typing import Any

from rasa.core.nlg.generator import NaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.exceptions import RasaException
from rasa.utils.endpoints import EndpointConfig


class SpeechFromApp(NaturalLanguageGenerator):
    """Renders every `utter_*` through the app's NLG endpoint."""

    def __init__(self, endpoint_config: EndpointConfig, domain: Domain) -> None:
        self._endpoint = endpoint_config

    async def generate(
        self,
        utter_action: str,
        tracker: DialogueStateTracker,
        output_channel: str,
        **kwargs: Any,
    ) -> dict[str, Any]:
        """The rendered message: text, buttons and, under `custom`, the name of the text."""
        kwargs.pop("domain_responses", None)
        body = {"response": utter_action, "arguments": kwargs, "channel": output_channel}
        rendered = await self._endpoint.request(method="post", json=body)
        if not isinstance(rendered, dict) or "text" not in rendered:
            raise RasaException(f"no words for {utter_action}")
        return rendered
