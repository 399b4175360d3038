"""The only door into the engine: turns that our gateway sends, over loopback, with the secret.

Nothing that a visitor typed can be a command here: a text is only read as Rasa's `/intent{...}`
when the gateway says that it comes from one of our own buttons. It is served as the app's own doors
are (Starlette on uvicorn); of Rasa it needs the agent alone.
"""

import hmac
import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from bot.failpoints import reach
from bot.understanding.turns import Turns, said_in
from bot.understanding.whole import TurnFailed

logger = logging.getLogger(__name__)

CONVERSATION = re.compile(r"[A-Za-z0-9_-]{16,64}")
MAX_TEXT = 4096
LEAST_SECRET = 16
MEANING = ("intent", "topics", "facets", "clarify", "mood")
"""What the gateway wants to know of a text; facts it reads by itself."""


class Replies(OutputChannel):
    """Keeps what the assistant says, in order and whole."""

    @classmethod
    def name(cls) -> str:
        """The channel's name towards the app's NLG endpoint."""
        return "gateway"

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep one message as it is."""
        kept = {key: message.get(key) for key in ("text", "buttons", "custom")}
        self.messages.append({key: value for key, value in kept.items() if value})


def read_turn(body: Any) -> UserMessage | None:
    """The message in a request of the gateway, or None when it is not one."""
    if not isinstance(body, dict):
        return None
    conversation, text, command = (body.get(key) for key in ("conversation", "text", "command"))
    if not isinstance(conversation, str) or not CONVERSATION.fullmatch(conversation):
        return None
    words = command if command is not None else text
    if not isinstance(words, str) or not 0 < len(words) <= MAX_TEXT:
        return None
    if (command is not None) != words.strip().startswith("/"):
        return None
    if not is_readable(words):
        return None
    return UserMessage(
        words,
        Replies(),
        conversation,
        input_channel="gateway",
        message_id=str(body.get("turn") or ""),
        metadata={"channel": str(body.get("channel") or "")},
        parse_data=decided_in(body, words),
    )


def is_readable(words: str) -> bool:
    """Whether a text holds nothing that no keyboard types."""
    return not any("\ud800" <= letter <= "\udfff" or letter == "\0" for letter in words)


def decided_in(body: dict[str, Any], words: str) -> dict[str, Any] | None:
    """What the gateway made of the message; None when it is left to the model here."""
    decided = body.get("decided")
    if not isinstance(decided, dict) or not isinstance(decided.get("intent"), dict):
        return None
    return {"entities": [], **decided, "text": words}


def read_text(body: Any) -> str | None:
    """The text in a request to read one, or None when there is none; never a command."""
    text = body.get("text") if isinstance(body, dict) else None
    if not isinstance(text, str) or not 0 < len(text) <= MAX_TEXT or not is_readable(text):
        return None
    return None if text.strip().startswith("/") else text


class GatewayChannel:
    """Takes a turn, answers with everything that is said to it."""

    def __init__(self, agent: Agent, secret: str) -> None:
        self._agent = agent
        self._secret = secret.encode()
        self._turns = Turns(self._recall)

    async def ready(self, request: Request) -> JSONResponse:
        """Whether a turn can be taken."""
        if not self._may_enter(request):
            return JSONResponse({"error": "secret"}, 401)
        is_ready = self._agent.is_ready()
        return JSONResponse({"ready": is_ready}, 200 if is_ready else 503)

    async def take_turn(self, request: Request) -> JSONResponse:
        """Everything that is said to one message; of a turn that failed, the name of why."""
        if not self._may_enter(request):
            return JSONResponse({"error": "secret"}, 401)
        message = read_turn(await _body(request))
        if message is None:
            return JSONResponse({"error": "turn"}, 400)
        reach("K3")
        try:
            take = partial(self._heard, message)
            said = await self._turns.once(message.sender_id, message.message_id, take)
        except Exception as error:  # noqa: BLE001 - Rasa's own logging would print the text
            reason = reason_of(error)
            logger.error("turn_failed: %s", reason)
            return JSONResponse({"error": "engine", "reason": reason}, 500)
        return JSONResponse({"messages": said})

    async def read(self, request: Request) -> JSONResponse:
        """What the model makes of a text; nothing is remembered of it."""
        if not self._may_enter(request):
            return JSONResponse({"error": "secret"}, 401)
        text = read_text(await _body(request))
        if text is None:
            return JSONResponse({"error": "text"}, 400)
        try:
            parsed: dict[str, Any] = await self._agent.parse_message(text)
        except Exception as error:  # noqa: BLE001 - Rasa's own logging would print the text
            logger.error("reading_failed: %s", type(error).__name__)
            return JSONResponse({"error": "engine", "reason": type(error).__name__}, 500)
        meaning = {name: parsed.get(name) for name in MEANING}
        return JSONResponse({"meaning": meaning})

    def _may_enter(self, request: Request) -> bool:
        given = request.headers.get("x-instap-secret", "").encode()
        return hmac.compare_digest(given, self._secret)

    async def _heard(self, message: UserMessage) -> list[dict[str, Any]]:
        await self._agent.handle_message(message)
        replies: Any = message.output_channel
        return replies.messages

    async def _recall(self, conversation: str, turn: str) -> list[dict[str, Any]] | None:
        """What the store knows of a turn."""
        tracker = await self._agent.tracker_store.retrieve_full_tracker(conversation)
        return said_in(tracker.events, turn) if tracker else None


async def _body(request: Request) -> Any:
    """What was sent, when it is JSON."""
    try:
        return await request.json()
    except (ValueError, RecursionError):
        return None


def reason_of(error: Exception) -> str:
    """Why a turn failed, in names only: the words of an error may be what somebody said."""
    return str(error) if isinstance(error, TurnFailed) else type(error).__name__


def application(load: Callable[[], Awaitable[Agent]], secret: str) -> Starlette:
    """The routes; nobody is let in before the agent is loaded. Raises ValueError without a lock."""
    if len(secret) < LEAST_SECRET:
        raise ValueError(f"INSTAP_ENGINE_SECRET: at least {LEAST_SECRET} characters")

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        try:
            channel = GatewayChannel(await load(), secret)
        except Exception as error:
            logger.critical("engine_not_started: %s", type(error).__name__)
            raise
        app.router.routes += [
            Route("/webhooks/gateway/ready", channel.ready),
            Route("/webhooks/gateway/readings", channel.read, methods=["POST"]),
            Route("/webhooks/gateway/turns", channel.take_turn, methods=["POST"]),
        ]
        yield

    return Starlette(lifespan=lifespan)
