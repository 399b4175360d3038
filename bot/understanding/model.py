"""The model behind the classifier: ridge regression on words, letters and meaning.

A closed form instead of a search: training is the solution of one system of equations. Kept as
plain JSON and NumPy arrays: loading a model runs no code that stands in the file.
"""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import Dict, List, Optional, Sequence, Tuple

import numpy as np
from scipy.linalg import solve
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.understanding.encoders import Encoder

SMOOTHNESS = 2.0
"""How much the model prefers simple answers; chosen by leave-one-out on the training data."""

NOISE = re.compile(r"[^a-z0-9\[\]]+")
LONG = re.compile(r"([a-z])\1{2,}")

Ranking = List[Tuple[str, float]]


def fold(text: str) -> str:
    """Lower case without accents, punctuation or drawn-out letters ("heeeel" -> "heel")."""
    plain = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return LONG.sub(r"\1\1", NOISE.sub(" ", plain)).strip()


def _vectorizers() -> List[TfidfVectorizer]:
    words, letters = (1, 2), (2, 5)
    pattern = r"[\[\]a-z0-9]+"
    return [
        TfidfVectorizer(
            preprocessor=fold, ngram_range=words, sublinear_tf=True, token_pattern=pattern
        ),
        TfidfVectorizer(
            preprocessor=fold, analyzer="char_wb", ngram_range=letters, sublinear_tf=True
        ),
    ]


def chances_of(scores: np.ndarray, sharpness: float) -> np.ndarray:
    """Scores as probabilities."""
    odds = np.exp(sharpness * (scores - scores.max(axis=-1, keepdims=True)))
    return np.asarray(odds / odds.sum(axis=-1, keepdims=True))


def fit_sharpness(scores: np.ndarray, truth: np.ndarray) -> float:
    """The sharpness with which the probabilities of unseen sentences are most honest."""
    candidates = np.geomspace(2, 40, 40)

    def surprise(sharpness: float) -> float:
        right = chances_of(scores, sharpness)[np.arange(len(truth)), truth]
        return float(-np.log(np.maximum(right, 1e-12)).mean())

    return float(min(candidates, key=surprise))


class RidgeModel:
    """Ranks all names for a text, most likely first, with probabilities."""

    def __init__(  # noqa: PLR0913 - the parts that a saved model consists of
        self,
        vectorizers: Sequence[TfidfVectorizer],
        encoder: Encoder,
        sparse_weights: np.ndarray,
        dense_weights: np.ndarray,
        bias: np.ndarray,
        sharpness: float,
        names: Sequence[str],
    ) -> None:
        self._vectorizers = list(vectorizers)
        self._encoder = encoder
        self._sparse = sparse_weights
        self._dense = dense_weights
        self._bias = bias
        self._sharpness = sharpness
        self._names = list(names)

    @classmethod
    def fit(
        cls, texts: Sequence[str], labels: Sequence[str], cache: Optional[Path] = None
    ) -> RidgeModel:
        """Learn from sentences and their names."""
        names = sorted(set(labels))
        target = np.eye(len(names), dtype=np.float32)[[names.index(label) for label in labels]]
        vectorizers, encoder = _vectorizers(), Encoder()
        sparse = csr_matrix(hstack([each.fit_transform(texts) for each in vectorizers]))
        dense = encoder.learn(texts, cache)
        likeness = (sparse @ sparse.T).toarray().astype(np.float32) + dense @ dense.T + 1.0
        likeness[np.diag_indices_from(likeness)] += SMOOTHNESS
        weights = solve(likeness, target, assume_a="pos", overwrite_a=True)
        return cls(
            vectorizers,
            encoder,
            np.asarray(sparse.T @ weights, dtype=np.float32),
            dense.T @ weights,
            weights.sum(axis=0),
            1.0,
            names,
        )

    def calibrate(self, texts: Sequence[str], labels: Sequence[str]) -> List[Ranking]:
        """Make the probabilities honest on sentences not learned from; gives their rankings."""
        scores = np.stack([self._scores(text) for text in texts])
        truth = np.array([self._names.index(label) for label in labels])
        self._sharpness = fit_sharpness(scores, truth)
        return [self._ranking(row) for row in chances_of(scores, self._sharpness)]

    def rank(self, text: str) -> Ranking:
        """All names with their probability, most likely first."""
        return self._ranking(chances_of(self._scores(text), self._sharpness))

    def _scores(self, text: str) -> np.ndarray:
        sparse = csr_matrix(hstack([each.transform([text]) for each in self._vectorizers]))
        scores = sparse @ self._sparse + self._encoder.encode(text) @ self._dense + self._bias
        return np.asarray(scores)[0]

    def _ranking(self, chances: np.ndarray) -> Ranking:
        order = np.argsort(-chances)
        return [(self._names[i], float(chances[i])) for i in order]

    def save(self, folder: Path) -> None:
        """Write the model into `folder`."""
        words = [
            {str(word): int(place) for word, place in each.vocabulary_.items()}
            for each in self._vectorizers
        ]
        kept = {"names": self._names, "words": words, "sharpness": self._sharpness}
        (folder / "model.json").write_text(json.dumps(kept))
        arrays: Dict[str, np.ndarray] = {
            "sparse": self._sparse,
            "dense": self._dense,
            "bias": self._bias,
        }
        arrays.update({f"idf{i}": each.idf_ for i, each in enumerate(self._vectorizers)})
        arrays.update({f"mean_{name}": mean for name, mean in self._encoder.means.items()})
        np.savez(folder / "model.npz", **arrays)

    @classmethod
    def load(cls, folder: Path) -> RidgeModel:
        """Read a model back."""
        kept = json.loads((folder / "model.json").read_text())
        arrays = np.load(folder / "model.npz", allow_pickle=False)
        vectorizers = _vectorizers()
        for i, each in enumerate(vectorizers):
            each.vocabulary_ = kept["words"][i]
            each.idf_ = arrays[f"idf{i}"]
        means = {
            name.removeprefix("mean_"): arrays[name]
            for name in arrays.files
            if name.startswith("mean_")
        }
        return cls(
            vectorizers,
            Encoder(means),
            arrays["sparse"],
            arrays["dense"],
            arrays["bias"],
            kept["sharpness"],
            kept["names"],
        )
