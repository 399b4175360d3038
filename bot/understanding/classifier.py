"""Learns which question or request a message is, and when it is better to ask or to refuse.

A kernel classifier over words, pieces of words and meaning: it trains without a graphics card,
a network or TensorFlow. It knows the full name of a question (`faq/<topic>`) itself and fills in
what Rasa's response selector would. Whatever is a matter of degree is fitted on sentences that it
did not learn from and that do not score it (`nlu/validation/`).
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import (
    INTENT,
    INTENT_RESPONSE_KEY,
    METADATA,
    METADATA_INTENT,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.understanding.decision import Decision
from bot.understanding.reader import Reader, read_validation

RANKING = 10
FACET = "facet"
"""As `nlu/faq/` names the side of a topic that sentences ask about."""


def label_of(example: Message) -> str:
    """The full name of what an example means, with its facet where it has one."""
    name: str = example.get(INTENT_RESPONSE_KEY) or example.get(INTENT)
    noted = (example.get(METADATA) or {}).get(METADATA_INTENT) or {}
    return f"{name}/{noted[FACET]}" if FACET in noted else name


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(GraphComponent, IntentClassifier):
    """Gives a message its intent, the topics it asks about and the options to offer in doubt."""

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        reader: Reader | None = None,
    ) -> None:
        self._config = config
        self._storage = model_storage
        self._resource = resource
        self._reader = reader

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "TopicClassifier":
        """An untrained classifier."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the sentences in `nlu/`."""
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        self._reader = Reader.fit(
            [(example.get(TEXT), label_of(example)) for example in examples],
            read_validation(Path(self._config["validation"])),
            self._config["views"],
            Path(self._config["kept"]),
        )
        with self._storage.write_to(self._resource) as folder:
            self._reader.save(Path(folder))
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "TopicClassifier":
        """The classifier as it was trained."""
        with model_storage.read_from(resource) as folder:
            reader = Reader.load(Path(folder))
        reader.read("goedemorgen")  # so that the first visitor does not wait for the encoders
        return cls(config, model_storage, resource, reader)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """No later component needs our guesses on the training data."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Say of each message what it means."""
        for message in messages:
            text = message.get(TEXT) or ""
            if self._reader is not None and text.strip():
                self._tell(message, *self._reader.read(text))
        return messages

    def _tell(
        self, message: Message, decision: Decision, ranking: Sequence[tuple[str, float]]
    ) -> None:
        intent = decision.intent.split("/")[0]
        shown = [{"name": name, "confidence": confidence} for name, confidence in ranking[:RANKING]]
        message.set(INTENT, {"name": intent, "confidence": decision.confidence}, add_to_output=True)
        message.set("intent_ranking", shown, add_to_output=True)
        message.set("topics", list(decision.topics), add_to_output=True)
        message.set("clarify", list(decision.clarify), add_to_output=True)
        message.set("facets", list(decision.facets), add_to_output=True)
        message.set("mood", decision.mood, add_to_output=True)
        if intent == "faq":
            response = {
                "responses": [],
                "confidence": decision.confidence,
                "intent_response_key": decision.intent,
                "utter_action": f"utter_{decision.intent}",
            }
            selector = {
                "all_retrieval_intents": ["faq"],
                "faq": {"response": response, "ranking": []},
            }
            message.set("response_selector", selector, add_to_output=True)
