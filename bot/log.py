"""Structured logs: events with named values, never a sentence, never a person."""

import logging
import sys

import structlog

ALLOWED = frozenset(
    {
        "event",
        "level",
        "timestamp",
        "logger",
        "action",
        "address",
        "asked",
        "attempt",
        "callbacks",
        "channel",
        "conversations",
        "count",
        "error",
        "file",
        "intent",
        "items",
        "key",
        "kind",
        "line",
        "marked",
        "model",
        "port",
        "process",
        "reason",
        "registrations",
        "rule",
        "seconds",
        "signal",
        "state",
        "status",
        "tokens",
        "update",
        "waiting",
    }
)
"""The only names that may stand in a log line; none of them can hold personal data."""


def only_allowed(
    _logger: object, _method: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """Drop every value whose name is not on the list, and say which."""
    dropped = sorted(set(event) - ALLOWED)
    kept = {name: value for name, value in event.items() if name in ALLOWED}
    if dropped:
        kept["kind"] = "dropped:" + ",".join(dropped)
    return kept


def _to_standard_error(*_: object) -> structlog.PrintLogger:
    """A logger on what standard error is now: a stream of before may be closed."""
    return structlog.PrintLogger(sys.stderr)


def configure(level: int = logging.INFO) -> None:
    """JSON lines on standard error; libraries only when something is wrong."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            only_allowed,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=_to_standard_error,
    )
    logging.basicConfig(level=logging.ERROR, stream=sys.stderr, format="%(name)s %(levelname)s")
    for chatty in ("httpx", "httpcore", "sqlalchemy", "uvicorn", "rasa_sdk"):
        logging.getLogger(chatty).setLevel(logging.ERROR)
    # This one prints people's messages when it cannot read an update; our own events say enough.
    logging.getLogger("telegram").setLevel(logging.CRITICAL + 1)


def get_logger() -> structlog.typing.FilteringBoundLogger:
    """The logger of the app."""
    logger: structlog.typing.FilteringBoundLogger = structlog.get_logger()
    return logger
