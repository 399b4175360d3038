"""The linear model behind the classifier: tf-idf of words and letters, logistic regression.

Kept as plain JSON and NumPy arrays: loading a model runs no code that stands in the file.
"""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import List, Sequence, Tuple

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

FOLDS = 4
STRENGTH = 10.0
NOISE = re.compile(r"[^a-z0-9\[\]]+")
LONG = re.compile(r"([a-z])\1{2,}")

Ranking = List[Tuple[str, float]]


def fold(text: str) -> str:
    """Lower case without accents, punctuation or drawn-out letters ("heeeel" -> "heel")."""
    plain = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return LONG.sub(r"\1\1", NOISE.sub(" ", plain)).strip()


def _vectorizers() -> List[TfidfVectorizer]:
    return [
        TfidfVectorizer(
            preprocessor=fold,
            ngram_range=(1, 2),
            sublinear_tf=True,
            token_pattern=r"[\[\]a-z0-9]+",
        ),
        TfidfVectorizer(
            preprocessor=fold, analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True
        ),
    ]


class LinearModel:
    """Ranks all names for a text, most likely first, with probabilities."""

    def __init__(
        self,
        vectorizers: Sequence[TfidfVectorizer],
        weights: np.ndarray,
        bias: np.ndarray,
        names: Sequence[str],
    ) -> None:
        self._vectorizers = list(vectorizers)
        self._weights = weights
        self._bias = bias
        self._names = list(names)

    @classmethod
    def fit(cls, texts: Sequence[str], labels: Sequence[str]) -> LinearModel:
        """Learn from sentences and their names."""
        vectorizers = _vectorizers()
        features = csr_matrix(hstack([each.fit_transform(texts) for each in vectorizers]))
        learner = LogisticRegression(C=STRENGTH, max_iter=300, random_state=42)
        learner.fit(features, labels)
        return cls(vectorizers, learner.coef_, learner.intercept_, list(learner.classes_))

    @classmethod
    def unseen_guesses(
        cls, texts: Sequence[str], labels: Sequence[str]
    ) -> Tuple[List[Ranking], List[str]]:
        """For every sentence the ranking of a model that did not learn from it."""
        rankings: List[Ranking] = []
        truth: List[str] = []
        folds = StratifiedKFold(n_splits=FOLDS, shuffle=True, random_state=42)
        for seen, unseen in folds.split(texts, labels):
            model = cls.fit([texts[i] for i in seen], [labels[i] for i in seen])
            rankings += [model.rank(texts[i]) for i in unseen]
            truth += [labels[i] for i in unseen]
        return rankings, truth

    def rank(self, text: str) -> Ranking:
        """All names with their probability, most likely first."""
        features = csr_matrix(hstack([each.transform([text]) for each in self._vectorizers]))
        scores = np.asarray(features @ self._weights.T)[0] + self._bias
        odds = np.exp(scores - scores.max())
        chances = odds / odds.sum()
        order = np.argsort(-chances)
        return [(self._names[i], float(chances[i])) for i in order]

    def save(self, folder: Path) -> None:
        """Write the model into `folder`."""
        words = [
            {str(word): int(place) for word, place in each.vocabulary_.items()}
            for each in self._vectorizers
        ]
        (folder / "model.json").write_text(json.dumps({"names": self._names, "words": words}))
        weights = self._weights.astype(np.float32)
        idf = {f"idf{i}": each.idf_ for i, each in enumerate(self._vectorizers)}
        np.savez(folder / "model.npz", weights=weights, bias=self._bias, **idf)

    @classmethod
    def load(cls, folder: Path) -> LinearModel:
        """Read a model back."""
        kept = json.loads((folder / "model.json").read_text())
        arrays = np.load(folder / "model.npz", allow_pickle=False)
        vectorizers = _vectorizers()
        for i, each in enumerate(vectorizers):
            each.vocabulary_ = kept["words"][i]
            each.idf_ = arrays[f"idf{i}"]
        return cls(vectorizers, arrays["weights"], arrays["bias"], kept["names"])
