"""How often one visitor may ask something of the gateway; who goes on gets 429 and when to return.

Counted are the conversation (by its token) and the network that somebody comes from: of IPv4 the
first 24 bits, of IPv6 the first 56, so that nobody gets another share by another address.
Several gateways count together in Redis; while that is away each counts for itself.
"""

import asyncio
import hashlib
import math
import time
from collections.abc import Mapping
from ipaddress import ip_address, ip_network
from typing import Final

from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter
from limits.errors import StorageError
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from bot import metrics
from bot.channels.problems import problem
from bot.log import get_logger
from bot.services.ports import Texts

STARTS: Final = "POST /api/v1/conversations"
NETWORK: Final[Mapping[str, RateLimitItem]] = {
    STARTS: parse("20/minute"),
    "POST /api/v1/messages": parse("120/minute"),
    "GET /api/v1/messages": parse("60/minute"),
    "GET /api/v1/files": parse("30/minute"),
}
"""By network: a school or a company behind one address still fits."""

CONVERSATION: Final = parse("30/minute")
"""By conversation: twice as fast as anybody types."""

PREFIX: Final = {4: 24, 6: 56}
PATIENCE: Final = 0.5
"""Seconds that Redis gets for an answer: a visitor waits for it."""
PAUSE: Final = 5.0
"""Seconds in which a Redis that did not answer is left alone."""

log = get_logger()


class Limits:
    """Counts in this process, or with an address of Redis together with others; raises nothing.

    `patience` is how many seconds Redis gets for an answer.
    """

    def __init__(self, redis_url: str | None = None, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._here = MovingWindowRateLimiter(MemoryStorage())
        self._redis: RedisStorage | None = None
        if redis_url is not None:
            self._redis = RedisStorage(
                f"async+{redis_url}",
                wrap_exceptions=True,
                implementation="redispy",
                key_prefix="instap",
                socket_timeout=patience,
                socket_connect_timeout=patience,
            )
        self._alone_until = 0.0

    async def close(self) -> None:
        """Let the connections go."""
        if self._redis is not None:
            await self._redis.bridge.get_connection().aclose()  # type: ignore[attr-defined]

    async def are_shared(self) -> bool:
        """Whether Redis answers now; False without one."""
        try:
            async with asyncio.timeout(self._patience):
                return self._redis is not None and await self._redis.check()
        except TimeoutError:
            return False

    async def wait(self, limit: RateLimitItem, *names: str) -> int:
        """Count one more; seconds until it is welcome, 0 is now."""
        if self._redis is not None and time.monotonic() >= self._alone_until:
            try:
                async with asyncio.timeout(self._patience):
                    return await _wait(MovingWindowRateLimiter(self._redis), limit, *names)
            except (StorageError, TimeoutError) as error:
                cause = error.storage_error if isinstance(error, StorageError) else error
                log.warning("limits_not_shared", error=type(cause).__name__, seconds=PAUSE)
                self._alone_until = time.monotonic() + PAUSE
        return await _wait(self._here, limit, *names)


async def _wait(limiter: MovingWindowRateLimiter, limit: RateLimitItem, *names: str) -> int:
    if await limiter.hit(limit, *names):
        return 0
    reset, _ = await limiter.get_window_stats(limit, *names)
    return max(1, math.ceil(reset - time.time()))


class RateLimit:
    """Counts before anything else is done with a request.

    Requests from this machine itself are not counted, unless a proxy says for whom they are: the
    server then puts that address in their place.
    """

    def __init__(self, app: ASGIApp, texts: Texts, limits: Limits) -> None:
        self._app = app
        self._texts = texts
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or refuse."""
        wait = await self._wait(Request(scope)) if scope["type"] == "http" else 0
        if wait:
            metrics.RATE_LIMITED.inc()
            await problem(self._texts, 429, retry_after=wait)(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _wait(self, request: Request) -> int:
        """Seconds until this is welcome; 0 is now."""
        path = request.url.path.rstrip("/")
        method = "GET" if request.method == "HEAD" else request.method  # it costs us the same
        kind = f"{method} {path}"
        kind = "GET /api/v1/files" if kind.startswith("GET /api/v1/files") else kind
        network = network_of(request.client.host if request.client else "")
        if network is None or kind not in NETWORK:
            return 0
        counted = [(NETWORK[kind], kind, network)]
        if kind == "POST /api/v1/messages" and (token := token_of(request)):
            counted.append((CONVERSATION, kind, hashlib.sha256(token.encode()).hexdigest()))
        for limit, *names in counted:
            if wait := await self._limits.wait(limit, *names):
                return wait
        return 0


def token_of(request: Request) -> str | None:
    """The bearer token of a request, however its header is written."""
    kind, _, token = request.headers.get("authorization", "").strip().partition(" ")
    return token.strip() or None if kind.lower() == "bearer" else None


def network_of(host: str) -> str | None:
    """The network of an address; None for this machine and for what is no address."""
    try:
        address = ip_address(host)
    except ValueError:
        return None
    if address.is_loopback:
        return None
    return str(ip_network((address, PREFIX[address.version]), strict=False))
