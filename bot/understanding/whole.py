"""A turn counts as a whole or not at all.

When a call to the action server or to its texts fails, Rasa logs the action as done and goes on.
Here that is noted: the turn is then not remembered, and whoever asked is told that it failed. Sent
again it begins where it began, and an answer is never taken for an answer to the next question.
"""

import re
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager, nullcontext
from contextvars import ContextVar
from typing import Any, Self

from aiohttp import ClientSession, ClientTimeout
from rasa.utils.endpoints import EndpointConfig

PATIENCE = 6.0
"""Seconds for one call: what is asked has five itself (docs/adr/0013). Rasa would wait 300."""

NAME = re.compile(r"[A-Za-z]\w{0,63}")

_failed: ContextVar[list[str] | None] = ContextVar("failed", default=None)


class TurnFailed(Exception):
    """A call failed in this turn; its argument is how."""


def begin() -> None:
    """From here on, in this task, it is noted what fails."""
    _failed.set([])


def is_failed() -> bool:
    """Whether something failed in this turn."""
    return bool(_failed.get())


def require() -> None:
    """Raises TurnFailed when something failed in this turn."""
    if failed := _failed.get():
        raise TurnFailed(failed[0])


def _note(what: str) -> None:
    failed = _failed.get()
    if failed is not None:
        failed.append(what)


def problem_of(answer: Any) -> str | None:
    """What is wrong with an answer of the action server or of its texts, if anything."""
    if not isinstance(answer, dict):
        return "shape"
    if "text" in answer:
        return None
    events, responses = answer.get("events"), answer.get("responses")
    if not isinstance(events, list) or not isinstance(responses, list):
        return "shape"
    signs = [each.get("custom") or {} for each in responses if isinstance(each, dict)]
    return next((_trouble_of(sign) for sign in signs if sign.get("trouble")), None)


def _trouble_of(sign: Mapping[str, Any]) -> str:
    """Which action failed, and of what: names, never words."""
    said = [str(sign[part]) for part in ("trouble", "error") if sign.get(part)]
    return " ".join(each for each in said if NAME.fullmatch(each)) or "trouble"


def _name_of(error: BaseException) -> str:
    """The name of an error, and the status when it is an answer with one."""
    status = getattr(error, "status", None)
    name = type(error).__name__
    return f"{name} {status}" if isinstance(status, int) else name


class Watched(EndpointConfig):
    """An endpoint whose failures are noted, and that is not connected to anew for every call."""

    _kept: ClientSession | None = None

    @classmethod
    def around(cls, endpoint: EndpointConfig) -> Self:
        """The same endpoint, watched."""
        watched = cls.__new__(cls)
        watched.__dict__.update(endpoint.__dict__)
        return watched

    def session(self) -> AbstractAsyncContextManager[ClientSession]:
        """Rasa's own, kept until the process ends."""
        if self._kept is None:
            self._kept = super().session()
        return nullcontext(self._kept)

    async def request(self, *args: Any, **kwargs: Any) -> Any | None:
        """What the endpoint answers; raises what it raises.

        Of a turn in which something failed nothing more is asked: it will come again.
        """
        require()
        kwargs["timeout"] = ClientTimeout(total=PATIENCE)
        try:
            answer = await super().request(*args, **kwargs)
        except BaseException as error:
            _note(_name_of(error))
            raise
        if problem := problem_of(answer):
            _note(problem)
        return answer
