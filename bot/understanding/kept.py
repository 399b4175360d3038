"""Keep the encodings of the sentences we learn from beside those sentences, a byte a number.

Encoding is most of a first training, so what was encoded once stands in the repository: in many
small files, so that an edit of a few sentences rewrites a few of them. A key is made of the
encoder's version and the text; an encoding of another version is never found, and goes.
"""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import numpy as np

FILES: Final = 64


def key_of(version: str, text: str) -> int:
    """A number of 64 bits."""
    return int.from_bytes(hashlib.sha256(f"{version} {text}".encode()).digest()[:8], "little")


class KeptEncodings:
    """The encodings of one encoder in `folder`, by text."""

    def __init__(self, folder: Path, version: str) -> None:
        self._folder = folder
        self._version = version
        self._kept = {int(row["key"]): row for row in _rows(folder)}
        self._used: dict[int, np.void] = {}

    def missing(self, texts: Iterable[str]) -> list[str]:
        """Those that were never encoded by this version, each once."""
        known = self._kept.keys() | self._used.keys()
        return [text for text in dict.fromkeys(texts) if key_of(self._version, text) not in known]

    def add(self, texts: list[str], vectors: np.ndarray) -> None:
        """Take in encodings: rows of float32, each rounded to a byte a number."""
        scales = np.abs(vectors).max(axis=1) / 127
        rows = np.zeros(len(texts), dtype=_row(vectors.shape[1]))
        rows["key"] = [key_of(self._version, text) for text in texts]
        rows["scale"] = scales
        rows["vector"] = np.rint(vectors / scales[:, None])
        self._kept.update({int(row["key"]): row for row in rows})

    def of(self, texts: Iterable[str]) -> np.ndarray:
        """A row of float32 a text, as rounded; KeyError when one is missing."""
        keys = [key_of(self._version, text) for text in texts]
        self._used.update({key: self._kept[key] for key in keys})
        rows = np.array([self._used[key] for key in keys])
        return np.asarray(rows["vector"] * rows["scale"][:, None], dtype=np.float32)

    def save(self) -> None:
        """Leave in the folder what was used, and only that; a file that is the same stays."""
        self._folder.mkdir(parents=True, exist_ok=True)
        for number in range(FILES):
            path = self._folder / f"{number:02}.npy"
            keys = sorted(key for key in self._used if key % FILES == number)
            rows = np.array([self._used[key] for key in keys])
            if not keys:
                path.unlink(missing_ok=True)
            elif not path.exists() or not np.array_equal(rows, np.load(path)):
                np.save(path, rows)


def _row(size: int) -> np.dtype[np.void]:
    return np.dtype([("key", "<u8"), ("scale", "<f4"), ("vector", "i1", (size,))])


def _rows(folder: Path) -> Iterator[np.void]:
    for path in sorted(folder.glob("*.npy")):
        yield from np.load(path)
