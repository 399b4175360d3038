"""Chooses a threshold so that a few sentences more, or another processor, choose the same."""

from collections.abc import Sequence

import numpy as np
from scipy.ndimage import uniform_filter1d

AROUND = 3
"""So many thresholds on each side count along: one lucky sentence may not choose between them."""


def smooth(worth: Sequence[float] | np.ndarray) -> np.ndarray:
    """What each of a row of thresholds is worth, its neighbours counted along."""
    values = np.asarray(worth, dtype=np.float64)
    return np.asarray(uniform_filter1d(values, 2 * AROUND + 1, axis=0, mode="nearest"))


def steadiest(steps: np.ndarray, worth: Sequence[float]) -> float:
    """The threshold that is worth most with its neighbours."""
    return float(steps[int(np.argmax(smooth(worth)))])
