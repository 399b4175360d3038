"""Figures for who watches the machine, in the format of Prometheus: how many and how long.

Every label has a small set of values that stands here or in the code: never a conversation, a
person, a text or anything else that somebody sent. Counted is at the edges, where things come in.
"""

import contextlib
import time
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Final

from prometheus_client import (
    CONTENT_TYPE_PLAIN_0_0_4,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from starlette.requests import Request
from starlette.responses import Response

from bot.core.errors import ButtonUnknown, ConversationUnknown
from bot.core.registration import Status
from bot.services.standing import Standing

PATH: Final = "/metrics"
WEB, TELEGRAM, MAIL = "web", "telegram", "mail"
ANSWERED, TROUBLE, REFUSED = "answered", "trouble", "refused"
KEPT, HANDLED = "kept", "handled"
OTHER: Final = "other"
"""An action that is none of ours."""
SECONDS: Final = (0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 13, 15)
"""Where the promises are: half a second for most, fifteen seconds always."""
PROXIED: Final = ("x-forwarded-for", "x-real-ip", "forwarded")

disable_created_metrics()  # type: ignore[no-untyped-call]
PROCESS: Final = CollectorRegistry()
"""What this process did since it started."""
HOUSE: Final = CollectorRegistry()
"""What stands in the database now; the same at every gateway."""

ProcessCollector(registry=PROCESS)
TURNS: Final = Histogram(
    "instap_turn_seconds",
    "Seconds from a message to its answer; refused: a button that is not of this conversation",
    ("channel", "outcome"),
    registry=PROCESS,
    buckets=SECONDS,
)
ENGINE: Final = Histogram(
    "instap_engine_seconds",
    "Seconds that the engine took; trouble: also not asked because it failed just before",
    ("outcome",),
    registry=PROCESS,
    buckets=SECONDS,
)
ACTIONS: Final = Histogram(
    "instap_action_seconds",
    "Seconds that an action took in the action server",
    ("action", "outcome"),
    registry=PROCESS,
    buckets=(0.05, 0.25, 1, 5),
)
RATE_LIMITED: Final = Counter(
    "instap_rate_limited", "Requests that were refused with 429", registry=PROCESS
)
UPDATES: Final = Counter(
    "instap_telegram_updates", "What came from Telegram, by stage", ("stage",), registry=PROCESS
)
REGISTRATIONS: Final = Gauge(
    "instap_registrations", "Registrations in the database", ("status",), registry=HOUSE
)
WAITING: Final = Gauge(
    "instap_outbox_waiting", "What must still be sent", ("kind",), registry=HOUSE
)
OUTBOX_FAILED: Final = Gauge(
    "instap_outbox_failed",
    "What was given up, mail until it is tried again",
    ("kind",),
    registry=HOUSE,
)
DATABASE: Final = Gauge("instap_database_up", "Whether the database answers", registry=HOUSE)

for _outcome in (ANSWERED, TROUBLE, REFUSED):  # from the start: the first trouble is then a rise
    for _channel in (WEB, TELEGRAM):
        TURNS.labels(_channel, _outcome)
for _outcome in (ANSWERED, TROUBLE):
    ENGINE.labels(_outcome)
for _stage in (KEPT, HANDLED):
    UPDATES.labels(_stage)


@dataclass
class Attempt:
    """How something goes that is being timed."""

    outcome: str = ANSWERED

    def has_trouble(self, it_has: bool) -> None:
        """Say so when it went wrong without raising anything."""
        self.outcome = TROUBLE if it_has else self.outcome


@contextlib.contextmanager
def timed(figure: Histogram, *labels: str) -> Iterator[Attempt]:
    """Time something, with its outcome as the last label; who hides a failure tells the outcome."""
    attempt, began = Attempt(), time.perf_counter()
    try:
        yield attempt
    except (ButtonUnknown, ConversationUnknown):
        attempt.outcome = REFUSED
        raise
    except BaseException:
        attempt.outcome = TROUBLE
        raise
    finally:
        figure.labels(*labels, attempt.outcome).observe(time.perf_counter() - began)


def page(standing: Standing | None) -> Response:
    """All figures of a gateway; without a standing the database did not tell it."""
    for figure in (REGISTRATIONS, WAITING, OUTBOX_FAILED):
        figure.clear()
    DATABASE.set(standing is not None)
    if standing is not None:
        for status in Status:
            REGISTRATIONS.labels(status.value).set(standing.registrations.get(status, 0))
        WAITING.labels(MAIL).set(standing.mails_waiting)
        WAITING.labels(TELEGRAM).set(standing.answers_waiting)
        OUTBOX_FAILED.labels(MAIL).set(standing.mails_failed)
        OUTBOX_FAILED.labels(TELEGRAM).set(standing.answers_failed)
    return _response(PROCESS, HOUSE)


def page_of_process() -> Response:
    """What this process did, and nothing of the database."""
    return _response(PROCESS)


def _response(*registries: CollectorRegistry) -> Response:
    content = b"".join(generate_latest(each) for each in registries)
    headers = {"Content-Type": CONTENT_TYPE_PLAIN_0_0_4, "Cache-Control": "no-store"}
    return Response(content, headers=headers)


def is_near(request: Request) -> bool:
    """Whether this comes straight from this machine, and not through a proxy on it."""
    if request.client is None or any(name in request.headers for name in PROXIED):
        return False
    try:
        return ip_address(request.client.host).is_loopback
    except ValueError:
        return False
