"""The model behind the classifier: what a sentence is like tells what it means.

Kernel ridge regression on the likeness of sentences, solved in one step, and on top of it a
logistic layer that learns, from what each training sentence would have been taken for had it not
been there, which names are easily mistaken for which. Both train in seconds. Kept as plain JSON
and NumPy arrays: loading a model runs no code that stands in the file.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

import numpy as np
from scipy.linalg import cholesky, get_lapack_funcs
from sklearn.linear_model import LogisticRegression

from bot.understanding.facets import Facets, topic_of
from bot.understanding.likeness import Likeness
from bot.understanding.spelling import Speller

SMOOTHNESS = 0.2
LEVEL = 0.25
TRUST = 5.0
"""How much the ridge prefers simple answers, the weight of its constant, and how freely the
logistic layer may follow what it sees; chosen on sentences that neither train nor score."""

Ranking = list[tuple[str, float]]


SETTLED = 1e-6
"""How flat the logistic layer has to be before it is done: with the usual 1e-4 another processor,
that adds in another order, ends up with another model."""


def _kernel(likeness: np.ndarray) -> np.ndarray:
    """The more alike, the more one sentence says about the other, and more than in proportion."""
    return np.asarray(np.exp(likeness - 1.0) + np.float32(LEVEL))


def chances_of(scores: np.ndarray, sharpness: float) -> np.ndarray:
    """Scores as probabilities."""
    odds = np.exp(sharpness * (scores - scores.max(axis=-1, keepdims=True)))
    return np.asarray(odds / odds.sum(axis=-1, keepdims=True))


def fit_sharpness(scores: np.ndarray, truth: np.ndarray) -> float:
    """The sharpness with which the probabilities of unseen sentences are most honest."""
    candidates = np.geomspace(0.25, 16, 60)

    def surprise(sharpness: float) -> float:
        right = chances_of(scores, sharpness)[np.arange(len(truth)), truth]
        return float(-np.log(np.maximum(right, 1e-12)).mean())

    return float(min(candidates, key=surprise))


def solve_ridge(
    kernel: np.ndarray, target: np.ndarray, share: np.ndarray | float = 1.0
) -> tuple[np.ndarray, np.ndarray]:
    """The weights of the training sentences, and the scores of each as if it had been left out.

    `share` says how much each sentence counts.

    Leaving one out needs no second training: its score is its target less its weight over its
    place on the diagonal of the inverse.
    """
    kernel[np.diag_indices_from(kernel)] += SMOOTHNESS / share
    lower = cholesky(kernel, lower=True, overwrite_a=True, check_finite=False)
    (invert,) = get_lapack_funcs(("trtri",), (lower,))
    inverse, _ = invert(lower, lower=1, overwrite_c=1)
    weights = inverse.T @ (inverse @ target)
    diagonal = np.einsum("ij,ij->j", inverse, inverse)
    return weights, target - weights / diagonal[:, None]


class KernelModel:
    """Ranks all names for a text, most likely first, with probabilities. Needs three names."""

    def __init__(
        self,
        speller: Speller,
        likeness: Likeness,
        weights: np.ndarray,
        mixing: np.ndarray,
        names: Sequence[str],
        facets: Facets,
        sharpness: float = 1.0,
    ) -> None:
        self._speller = speller
        self._likeness = likeness
        self._weights = weights
        self._mixing = mixing
        self._sharpness = sharpness
        self.names = list(names)
        self.facets = facets

    @classmethod
    def fit(
        cls,
        texts: Sequence[str],
        labels: Sequence[str],
        views: Mapping[str, float],
        kept: Path | None = None,
    ) -> Self:
        """Learn from sentences and their names; `views` with how much each counts.

        A label is a name, or the name of a topic with one of its facets.
        """
        names = sorted({topic_of(label) for label in labels})
        truth = np.array([names.index(topic_of(label)) for label in labels])
        speller, likeness = Speller.learn(texts), Likeness(views, kept)
        kernel = _kernel(likeness.fit([speller.correct(text) for text in texts]))
        facets = Facets.fit(kernel, labels, solve_ridge)
        weights, left_out = solve_ridge(kernel, np.eye(len(names), dtype=np.float32)[truth])
        layer = LogisticRegression(C=TRUST, max_iter=1000, tol=SETTLED)
        layer.fit(left_out.astype(np.float64), truth)
        mixing = np.vstack([layer.coef_.T, layer.intercept_]).astype(np.float32)
        return cls(speller, likeness, weights, mixing, names, facets)

    def calibrate(self, texts: Sequence[str], labels: Sequence[str]) -> None:
        """Make the probabilities honest on sentences not learned from."""
        truth = np.array([self.names.index(label) for label in labels])
        self._sharpness = fit_sharpness(self._scores(self._kernel_of(texts)), truth)

    def rank(self, texts: Sequence[str]) -> list[Ranking]:
        """For each text all names with their probability, most likely first."""
        return self.look(texts)[0]

    def look(self, texts: Sequence[str]) -> tuple[list[Ranking], np.ndarray]:
        """The same, and for each text how it fits the facets (`Facets.choose`)."""
        kernel = self._kernel_of(texts)
        chances = chances_of(self._scores(kernel), self._sharpness)
        rankings = [
            [(self.names[i], float(row[i])) for i in np.argsort(-row, kind="stable")]
            for row in chances
        ]
        return rankings, self.facets.scores(kernel)

    def _kernel_of(self, texts: Sequence[str]) -> np.ndarray:
        return _kernel(self._likeness.with_known([self._speller.correct(text) for text in texts]))

    def _scores(self, kernel: np.ndarray) -> np.ndarray:
        return np.asarray(kernel @ self._weights @ self._mixing[:-1] + self._mixing[-1])

    def keep_encodings(self) -> None:
        """Leave the encodings of this training for the next one."""
        self._likeness.keep_encodings()

    def save(self, folder: Path) -> None:
        """Write the model into `folder`."""
        self._likeness.save(folder)
        kept = {
            "names": self.names,
            "sharpness": self._sharpness,
            "ours": self._speller.ours,
            "facets": self.facets.names,
            "threshold": self.facets.threshold,
        }
        (folder / "model.json").write_text(json.dumps(kept))
        np.savez(
            folder / "model.npz",
            weights=self._weights,
            mixing=self._mixing,
            facets=self.facets.weights,
        )

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read a model back."""
        kept = json.loads((folder / "model.json").read_text())
        arrays = np.load(folder / "model.npz", allow_pickle=False)
        return cls(
            Speller(kept["ours"]),
            Likeness.load(folder),
            arrays["weights"],
            arrays["mixing"],
            kept["names"],
            Facets(kept["facets"], arrays["facets"], kept["threshold"]),
            kept["sharpness"],
        )
