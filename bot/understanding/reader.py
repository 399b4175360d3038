"""Reads a message: the model, the judge of parts and the thresholds, learned and kept together."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np
from rasa.shared.utils.io import read_yaml

from bot.understanding.decision import (
    Decision,
    Thresholds,
    can_stand_beside,
    decide,
    fit_asks,
    fit_thresholds,
    gathered,
)
from bot.understanding.length import shortened
from bot.understanding.model import KernelModel, Ranking
from bot.understanding.several import Judge, Part, parts_of, signs_of, texts_of

Sentence = tuple[str, str]
"""What somebody types, and the name of what it means, with its facet where it has one."""


class Unseen(NamedTuple):
    """What the thresholds are fitted on."""

    single: Sequence[Sentence]
    several: Sequence[tuple[str, Sequence[str]]]


def read_validation(folder: Path) -> Unseen:
    """The sentences with one meaning, and the messages that ask several things in order."""
    single = read_yaml((folder / "single.yml").read_text(encoding="utf-8"))
    several = read_yaml((folder / "several.yml").read_text(encoding="utf-8"))
    return Unseen(
        [(sentence, name) for name, sentences in single.items() for sentence in sentences],
        [(each["text"], each["topics"]) for each in several],
    )


def ranked(model: KernelModel, texts: Sequence[str]) -> list[Ranking]:
    """For each text what it may mean; what asks nothing counts together."""
    return [gathered(each) for each in model.rank(texts)]


class Reader:
    """Says of a message what it means to us."""

    def __init__(self, model: KernelModel, judge: Judge, thresholds: Thresholds) -> None:
        self._model = model
        self._judge = judge
        self.thresholds = thresholds

    @classmethod
    def fit(
        cls,
        sentences: Sequence[Sentence],
        unseen: Unseen,
        views: Mapping[str, float],
        kept: Path | None = None,
    ) -> Self:
        """Learn from sentences; fit all that is a matter of degree on the unseen ones."""
        texts, names = zip(*sentences, strict=True)
        model = KernelModel.fit(texts, names, views, kept)
        texts, names = zip(*unseen.single, strict=True)
        model.calibrate(texts, names)
        messages = [(text, (name,)) for text, name in unseen.single] + list(unseen.several)
        wholes = ranked(model, [text for text, _ in messages])
        possible = [each for text, _ in messages for each in texts_of(text)]
        known = dict(zip(possible, ranked(model, possible), strict=True))
        parts = [
            parts_of(text, whole, lambda texts: [known[each] for each in texts])
            for (text, _), whole in zip(messages, wholes, strict=True)
        ]
        model.keep_encodings()
        signs, asks = [], []
        for (_, asked), whole, own in zip(messages, wholes, parts, strict=True):
            for part in own:
                if can_stand_beside(part.name):
                    signs.append(signs_of(part, whole))
                    asks.append(part.name in asked)
        reader = cls(model, Judge.fit(signs, asks), Thresholds())
        judged = [
            (reader._judged(own, whole), list(asked) == [whole[0][0]], asked)
            for (_, asked), whole, own in zip(messages, wholes, parts, strict=True)
        ]
        reader.thresholds = Thresholds(
            *fit_thresholds(wholes[: len(names)], names), fit_asks(judged)
        )
        return reader

    def read(self, text: str) -> tuple[Decision, Ranking]:
        """What to do with a message, and all names with their probability."""
        text = shortened(text)
        fits: dict[str, np.ndarray] = {}

        def rank(texts: Sequence[str]) -> list[Ranking]:
            rankings, scores = self._model.look(texts)
            fits.update(zip(texts, scores, strict=True))
            return [gathered(each) for each in rankings]

        (whole,) = rank([text])
        parts = self._judged(parts_of(text, whole, rank), whole)
        decision = decide(whole, parts, self.thresholds)
        return replace(decision, facets=self._facets(parts, text, fits)), whole

    def _facets(
        self,
        parts: Sequence[tuple[Part, float]],
        text: str,
        fits: Mapping[str, np.ndarray],
    ) -> tuple[str, ...]:
        """The side of each topic that is asked about, if it is that topic; of one that parts ask,
        by those parts. Which topic it is may yet be decided otherwise (a follow-up, who asks).
        """
        found: dict[str, None] = {}
        for topic in self._model.facets.topics:
            asking = [
                part.text
                for part, chance in parts
                if part.name == topic and chance >= self.thresholds.asks and part.text in fits
            ]
            for each in asking or [text]:
                if facet := self._model.facets.choose(topic, fits[each]):
                    found[facet] = None
        return tuple(found)

    def _judged(self, parts: Sequence[Part], whole: Ranking) -> list[tuple[Part, float]]:
        return [(part, self._judge.chance(part, whole)) for part in parts]

    def save(self, folder: Path) -> None:
        """Write everything into `folder`."""
        self._model.save(folder)
        judge = {"weights": self._judge.weights, "bias": self._judge.bias}
        kept = {"thresholds": asdict(self.thresholds), "judge": judge}
        (folder / "reader.json").write_text(json.dumps(kept))

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read it back."""
        kept = json.loads((folder / "reader.json").read_text())
        return cls(
            KernelModel.load(folder), Judge(**kept["judge"]), Thresholds(**kept["thresholds"])
        )
