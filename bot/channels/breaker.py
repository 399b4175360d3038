"""A circuit breaker: what keeps silent is left alone for a while, so that nobody waits for it.

Why this is our own: docs/adr/0013.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from bot.core.errors import EngineUnavailable
from bot.log import get_logger

SILENCES: Final = 3
"""Calls in a row without an answer after which nobody calls for a while."""
PAUSE: Final = 2.0
"""Seconds."""

log = get_logger()


class Breaker:
    """Lets calls through; after too much silence only one at a time, and that after a pause."""

    def __init__(self, silences: int = SILENCES, pause: float = PAUSE) -> None:
        self._most = silences
        self._pause = pause
        self._silences = 0
        self._again_at = 0.0
        self._trying = False

    @property
    def is_open(self) -> bool:
        """Whether calls are held back."""
        return self._silences >= self._most

    @contextmanager
    def call(self, *silence: type[Exception], early: bool = False) -> Iterator[None]:
        """Around one call, in which these errors are silence; any other end is an answer.

        A call that is cancelled says nothing. `early` is for a trial before the pause is over.
        Raises EngineUnavailable when this call is not to be made.
        """
        is_trial = self.is_open
        if is_trial and (self._trying or (time.monotonic() < self._again_at and not early)):
            raise EngineUnavailable("breaker")
        self._trying = self._trying or is_trial
        try:
            yield
        except silence:
            self._hear_nothing()
            raise
        except Exception:
            self._hear()
            raise
        else:
            self._hear()
        finally:
            self._trying = self._trying and not is_trial

    def _hear(self) -> None:
        if self.is_open:
            log.warning("engine_back")
        self._silences = 0

    def _hear_nothing(self) -> None:
        self._silences += 1
        self._again_at = time.monotonic() + self._pause
        if self._silences == self._most:
            log.warning("engine_left_alone", seconds=self._pause)
