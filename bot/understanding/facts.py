"""Finds the facts that a message states, by the rules of bot.core.answers."""

import os
import re
from datetime import date, datetime
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.core.answers import facts_in
from bot.core.questions import MASKS

TOKENS = {mask: str(question.entity) for mask, question in MASKS.items()}
"""What the gateway leaves in the text where personal data stood."""

TOKEN = re.compile("|".join(re.escape(token) for token in TOKENS))


def today() -> date:
    """Today, or the day of INSTAP_NOW (tests and demonstrations)."""
    now = os.environ.get("INSTAP_NOW")
    return (
        datetime.fromisoformat(now.replace("Z", "+00:00")).date()
        if now
        else datetime.now().astimezone().date()
    )


def entities_in(text: str, day: date) -> list[dict[str, Any]]:
    """The facts and the tokens of a text as Rasa entities, in order."""
    found = [
        {"entity": fact.entity, "value": fact.value, "start": fact.start, "end": fact.end}
        for fact in facts_in(text, today=day)
    ]
    found += [
        {"entity": TOKENS[match[0]], "value": match[0], "start": match.start(), "end": match.end()}
        for match in TOKEN.finditer(text)
    ]
    return sorted(found, key=lambda entity: entity["start"])


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class FactExtractor(GraphComponent, EntityExtractorMixin):
    """Adds the entities of the conversation catalogue to a message."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "FactExtractor":
        """Nothing to learn, so nothing to load."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Add to each message the facts it states."""
        day = today()
        for message in messages:
            entities = entities_in(message.get(TEXT) or "", day)
            message.set(ENTITIES, self.add_extractor_name(entities), add_to_output=True)
        return messages
