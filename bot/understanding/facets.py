"""Choose which side of a topic a message asks about: its facet, or none.

The sentences of a topic stand in `nlu/faq/` by facet. Beside the ridge over all names there is one
within each topic, on the likeness that was worked out already. A side with few sentences counts as
much as one with many.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, Self

import numpy as np

from bot.understanding.steady import steadiest

Solve = Callable[[np.ndarray, np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]
"""Kernel, target and share of each sentence -> weights, and the scores as if it was left out."""

RIGHT: Final = 1.0
WRONG: Final = -1.0
MISSED: Final = -0.5
"""What an answer is worth to who asks; the topic's own text for one of its sides has part of it."""


def topic_of(name: str) -> str:
    """The topic of a facet: `faq/cost` of `faq/cost/travel`; a topic is its own."""
    return "/".join(name.split("/")[:2])


class Facets:
    """Chooses between the facets of a topic; the name of the topic stands for all that is none."""

    def __init__(self, names: Sequence[str], weights: np.ndarray, threshold: float) -> None:
        self.names = list(names)
        self.weights = weights
        self.threshold = threshold
        self._columns = _by_topic(self.names)

    @property
    def topics(self) -> list[str]:
        """The topics that have facets."""
        return list(self._columns)

    @classmethod
    def fit(cls, kernel: np.ndarray, named: Sequence[str], solve: Solve) -> Self:
        """Learn from sentences, each named by its facet, or by its topic where it has none."""
        names = sorted(set(named))
        names = [
            name
            for columns in _by_topic(names).values()
            for name in (names[each] for each in columns)
        ]
        rows = np.array([names.index(name) if name in names else -1 for name in named])
        weights = np.zeros((len(named), len(names)), dtype=np.float32)
        left_out = np.zeros_like(weights)
        for columns in _by_topic(names).values():
            own = np.flatnonzero(np.isin(rows, columns))
            target = (rows[own, None] == columns).astype(np.float32)
            share = len(own) / len(columns) / (target @ target.sum(axis=0))
            places = np.ix_(own, columns)
            weights[places], left_out[places] = solve(kernel[np.ix_(own, own)], target, share)
        facets = cls(names, weights, 0.0)
        facets.threshold = facets._fit_threshold(left_out[rows >= 0], rows[rows >= 0])
        return facets

    def scores(self, kernel: np.ndarray) -> np.ndarray:
        """How each text fits each name, within its topic; a row a text."""
        return np.asarray(kernel @ self.weights)

    def choose(self, topic: str, scores: np.ndarray) -> str | None:
        """The facet of this topic that a text asks about, or None when it asks about all of it."""
        name, lead = self._first(topic, scores)
        return name if name is not None and lead >= self.threshold else None

    def _first(self, topic: str, scores: np.ndarray) -> tuple[str | None, float]:
        """The best facet, and how far it lies before all else in the topic."""
        columns = self._columns.get(topic, [])
        sides = [each for each in columns if self.names[each] != topic]
        if not sides:
            return None, 0.0
        best = max(sides, key=lambda each: float(scores[each]))
        others = [float(scores[each]) for each in columns if each != best]
        return self.names[best], float(scores[best]) - max(others, default=0.0)

    def _fit_threshold(self, left_out: np.ndarray, rows: np.ndarray) -> float:
        """The lead at which sentences would have been answered best, had they been left out.

        Questions about a side count as much as those about all of a topic, however many there are.
        """
        found = []
        for scores, row in zip(left_out, rows, strict=True):
            meant = self.names[row]
            name, lead = self._first(topic_of(meant), scores)
            has_side = meant != topic_of(meant)
            chosen = RIGHT if name == meant else WRONG
            found.append((lead, chosen, MISSED if has_side else RIGHT, has_side))
        if not found:
            return 0.0
        leads, chosen, kept, has_side = np.array(found).T
        count = np.where(has_side, 1 / max(has_side.sum(), 1), 1 / max((1 - has_side).sum(), 1))
        worth = [(np.where(leads >= each, chosen, kept) * count).sum() for each in STEPS]
        return steadiest(STEPS, worth)


STEPS: Final = np.arange(-0.5, 0.52, 0.02)


def _by_topic(names: Sequence[str]) -> Mapping[str, list[int]]:
    """The places of the names by topic, for topics that have facets."""
    places: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        places.setdefault(topic_of(name), []).append(place)
    return {topic: found for topic, found in places.items() if len(found) > 1}
