"""Learns which question or request a message is, and when it is better to ask or to refuse.

A ridge classifier over words, pieces of words and meaning: it trains in seconds and needs no
network, no graphics card and no TensorFlow. It knows the full name of a question (`faq/<topic>`)
itself and fills in what Rasa's response selector would. The thresholds are fitted on sentences
that it did not learn from and that do not score it (`nlu/validation.yml`).
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Dict, List, Optional, Tuple

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RESPONSE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.io import read_yaml

from bot.understanding.decision import Decision, Thresholds, decide, fit_thresholds
from bot.understanding.model import RidgeModel

RANKING = 10


def label_of(example: Message) -> str:
    """The full name of what an example means."""
    return example.get(INTENT_RESPONSE_KEY) or example.get(INTENT)


def read_validation(path: Path) -> Tuple[List[str], List[str]]:
    """Sentences and what each means."""
    table = read_yaml(path.read_text(encoding="utf-8"))
    both = [(sentence, name) for name, sentences in table.items() for sentence in sentences]
    return [sentence for sentence, _ in both], [name for _, name in both]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(GraphComponent, IntentClassifier):
    """Gives a message its intent, the topics it asks about and the options to offer in doubt."""

    def __init__(
        self,
        validation: str,
        model_storage: ModelStorage,
        resource: Resource,
        model: Optional[RidgeModel] = None,
        thresholds: Thresholds = Thresholds(),
    ) -> None:
        self._validation = validation
        self._storage = model_storage
        self._resource = resource
        self._model = model
        self._thresholds = thresholds

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TopicClassifier:
        """An untrained classifier."""
        return cls(config["validation"], model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the sentences in `nlu/`."""
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        texts = [example.get(TEXT) for example in examples]
        labels = [label_of(example) for example in examples]
        cache = os.environ.get("INSTAP_ENCODINGS")
        self._model = RidgeModel.fit(texts, labels, Path(cache) if cache else None)
        unseen, meant = read_validation(Path(self._validation))
        self._thresholds = fit_thresholds(self._model.calibrate(unseen, meant), meant)
        with self._storage.write_to(self._resource) as folder:
            self._model.save(Path(folder))
            (Path(folder) / "thresholds.json").write_text(json.dumps(vars(self._thresholds)))
        return self._resource

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> TopicClassifier:
        """The classifier as it was trained."""
        with model_storage.read_from(resource) as folder:
            thresholds = json.loads((Path(folder) / "thresholds.json").read_text())
            model = RidgeModel.load(Path(folder))
        model.rank("goedemorgen")  # so that the first visitor does not wait for the encoders
        return cls(config["validation"], model_storage, resource, model, Thresholds(**thresholds))

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """No later component needs our guesses on the training data."""
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Say of each message what it means."""
        for message in messages:
            self._understand(message)
        return messages

    def _understand(self, message: Message) -> None:
        text = message.get(TEXT) or ""
        if self._model is None or not text.strip():
            return
        ranking = self._model.rank(text)
        decision = decide(text, ranking, self._thresholds, self._model.rank)
        self._tell(message, decision, ranking)

    def _tell(self, message: Message, decision: Decision, ranking: List[Tuple[str, float]]) -> None:
        intent = decision.intent.split("/")[0]
        shown = [{"name": name, "confidence": confidence} for name, confidence in ranking[:RANKING]]
        message.set(INTENT, {"name": intent, "confidence": decision.confidence}, add_to_output=True)
        message.set("intent_ranking", shown, add_to_output=True)
        message.set("topics", list(decision.topics), add_to_output=True)
        message.set("clarify", list(decision.clarify), add_to_output=True)
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
