"""How alike sentences are: by their words, their letters and their meaning.

1 is the same sentence, 0 has nothing in common. Every view counts by its weight: words and pairs
of words, pieces of words, and each encoder of `config.yml`.
"""

import json
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Self

import numpy as np
from scipy.sparse import csr_matrix, load_npz, save_npz
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.understanding.encoders import Encoder

NOISE = re.compile(r"[^a-z0-9\[\]]+")
LONG = re.compile(r"([a-z])\1{2,}")
MANY = 1000


def fold(text: str) -> str:
    """Lower case without accents, punctuation or drawn-out letters ("heeeel" -> "heel")."""
    plain = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return LONG.sub(r"\1\1", NOISE.sub(" ", plain)).strip()


def _views() -> dict[str, TfidfVectorizer]:
    common = {"preprocessor": fold, "sublinear_tf": True, "dtype": np.float32}
    return {
        "words": TfidfVectorizer(ngram_range=(1, 2), token_pattern=r"[\[\]a-z0-9]+", **common),
        "letters": TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), **common),
    }


def overlap(rows: csr_matrix, columns: csr_matrix) -> np.ndarray:
    """The product of two sparse matrices; a large one on every core, since SciPy uses one."""
    if rows.shape[0] < MANY:
        return np.asarray((rows @ columns).toarray())
    cores = os.cpu_count() or 1
    size = -(-rows.shape[0] // cores)
    blocks = [rows[start : start + size] for start in range(0, rows.shape[0], size)]
    with ThreadPoolExecutor(cores) as pool:
        return np.vstack(list(pool.map(lambda block: (block @ columns).toarray(), blocks)))


class Lookup:
    """Finds by one view what a text has in common with the sentences that are known.

    It says what `overlap` says of the view's own matrix: that takes 5 ms to make of a few words.
    """

    def __init__(self, view: TfidfVectorizer, known: csr_matrix) -> None:
        self._pieces_of = view.build_analyzer()
        self._places, self._rarity = view.vocabulary_, view.idf_
        self._known = known

    def row(self, text: str) -> np.ndarray:
        """How alike the text is to each sentence."""
        known = self._known
        found = Counter(
            self._places[each] for each in self._pieces_of(text) if each in self._places
        )
        alike = np.zeros(known.shape[1], dtype=np.float32)
        if not found:
            return alike
        weights = (1 + np.log(list(found.values()))) * self._rarity[list(found)]
        weights = (weights / np.linalg.norm(weights)).astype(np.float32)
        for place, weight in zip(found, weights, strict=True):
            here = slice(known.indptr[place], known.indptr[place + 1])
            alike[known.indices[here]] += weight * known.data[here]
        return alike


class Likeness:
    """Compares sentences with the ones it was fitted on."""

    def __init__(self, weights: Mapping[str, float], kept: Path | None = None) -> None:
        """`weights`: how much each view counts: `words`, `letters`, and encoders by name."""
        self.weights = dict(weights)
        self._views = _views()
        self._encoders = {name: Encoder(name, kept) for name in weights if name not in self._views}
        self._beside = ThreadPoolExecutor(len(self._encoders) or 1)  # they compute side by side
        self._known: dict[str, csr_matrix] = {}  # a column a sentence, a row a word or a piece
        self._lookups: dict[str, Lookup] = {}
        self._meanings: dict[str, np.ndarray] = {}

    def fit(self, texts: Sequence[str]) -> np.ndarray:
        """Remember these sentences; gives how alike each two of them are."""
        seen = {name: csr_matrix(view.fit_transform(texts)) for name, view in self._views.items()}
        self._know({name: rows.T.tocsr() for name, rows in seen.items()})
        self._meanings = {name: each.fit(texts) for name, each in self._encoders.items()}

        def alike(name: str) -> np.ndarray:
            if name in seen:
                return overlap(seen[name], self._known[name])
            return np.asarray(self._meanings[name] @ self._meanings[name].T)

        return self._join(alike)

    def _know(self, known: dict[str, csr_matrix]) -> None:
        self._known = known
        self._lookups = {name: Lookup(view, known[name]) for name, view in self._views.items()}

    def with_known(self, texts: Sequence[str]) -> np.ndarray:
        """How alike each text is to each sentence it was fitted on: a row a text."""

        def meant_alike(name: str) -> np.ndarray:
            return np.asarray(self._encoders[name].encode(texts) @ self._meanings[name].T)

        beside = {name: self._beside.submit(meant_alike, name) for name in self._encoders}

        def alike(name: str) -> np.ndarray:
            if name in beside:
                return beside[name].result()
            if len(texts) < MANY:
                return np.vstack([self._lookups[name].row(text) for text in texts])
            return overlap(csr_matrix(self._views[name].transform(texts)), self._known[name])

        return self._join(alike)

    def _join(self, alike: Callable[[str], np.ndarray]) -> np.ndarray:
        total = np.float32(0)
        for name, weight in self.weights.items():
            share = alike(name)
            share *= np.float32(weight / sum(self.weights.values()))
            total += share
        return np.asarray(total)

    def keep_encodings(self) -> None:
        """Leave the encodings of this training for the next one."""
        for encoder in self._encoders.values():
            encoder.keep()

    def save(self, folder: Path) -> None:
        """Write everything into `folder`."""
        words = {
            name: {str(word): int(place) for word, place in view.vocabulary_.items()}
            for name, view in self._views.items()
        }
        kept = {"weights": self.weights, "words": words}
        (folder / "likeness.json").write_text(json.dumps(kept))
        arrays = {f"idf_{name}": view.idf_ for name, view in self._views.items()}
        arrays.update({f"mean_{name}": each.mean for name, each in self._encoders.items()})
        # half precision: half the file, and the difference is far below what decides anything
        arrays.update({name: each.astype(np.float16) for name, each in self._meanings.items()})
        np.savez(folder / "likeness.npz", **arrays)
        for name, known in self._known.items():
            save_npz(folder / f"{name}.npz", known, compressed=False)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read it back."""
        kept = json.loads((folder / "likeness.json").read_text())
        likeness = cls(kept["weights"])
        arrays = np.load(folder / "likeness.npz", allow_pickle=False)
        for name, view in likeness._views.items():
            view.vocabulary_ = kept["words"][name]
            view.idf_ = arrays[f"idf_{name}"]
        likeness._know({name: load_npz(folder / f"{name}.npz") for name in likeness._views})
        for name, encoder in likeness._encoders.items():
            encoder.mean = arrays[f"mean_{name}"]
            likeness._meanings[name] = arrays[name].astype(np.float32)
        return likeness
