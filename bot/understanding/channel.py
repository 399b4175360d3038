"""The only door into the engine: turns that our gateway sends, over loopback, with the secret.

Nothing that a visitor typed can be a command here: a text is only read as Rasa's `/intent{...}`
when the gateway says that it comes from one of our own buttons.
"""

from __future__ import annotations

import hmac
import logging
import re
from functools import lru_cache, partial
from typing import Any, Awaitable, Callable, Dict, List, Optional

from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.failpoints import reach
from bot.understanding.turns import Turns, said_in

logger = logging.getLogger(__name__)

CONVERSATION = re.compile(r"[A-Za-z0-9_-]{16,64}")
MAX_TEXT = 4096


class Replies(OutputChannel):
    """Keeps what the assistant says, in order and whole."""

    @classmethod
    def name(cls) -> str:
        """The channel's name towards the app's NLG endpoint."""
        return "gateway"

    def __init__(self) -> None:
        self.messages: List[Dict[str, Any]] = []

    async def send_response(self, recipient_id: str, message: Dict[str, Any]) -> None:
        """Keep one message as it is."""
        kept = {key: message.get(key) for key in ("text", "buttons", "custom")}
        self.messages.append({key: value for key, value in kept.items() if value})


def read_turn(body: Any) -> Optional[UserMessage]:
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
    if any("\ud800" <= letter <= "\udfff" or letter == "\0" for letter in words):
        return None
    return UserMessage(
        words,
        Replies(),
        conversation,
        input_channel="gateway",
        message_id=str(body.get("turn") or ""),
        metadata={"channel": str(body.get("channel") or "")},
    )


async def heard(
    message: UserMessage, on_new_message: Callable[[UserMessage], Awaitable[Any]]
) -> List[Dict[str, Any]]:
    """Everything that is said to a message."""
    await on_new_message(message)
    replies: Any = message.output_channel
    return replies.messages


@lru_cache(maxsize=1)
def turns_of(store: Any) -> Turns:
    """The turns that are kept in this store."""

    async def recall(conversation: str, turn: str) -> Optional[List[Dict[str, Any]]]:
        tracker = await store.retrieve_full_tracker(conversation)
        return said_in(tracker.events, turn) if tracker else None

    return Turns(recall)


class GatewayChannel(InputChannel):
    """Takes a turn, answers with everything that is said to it."""

    @classmethod
    def name(cls) -> str:
        """The first part of the route."""
        return "gateway"

    @classmethod
    def from_credentials(cls, credentials: Optional[Dict[str, Any]]) -> GatewayChannel:
        """Refuse to open a door without a lock."""
        secret = str((credentials or {}).get("secret") or "")
        if len(secret) < 16:
            cls.raise_missing_credentials_exception()
        return cls(secret)

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes of this channel."""
        routes = Blueprint("gateway_channel")

        def may_enter(request: Request) -> bool:
            given = request.headers.get("x-instap-secret", "").encode()
            return hmac.compare_digest(given, self._secret)

        @routes.route("/ready", methods=["GET"])
        async def ready(request: Request) -> HTTPResponse:
            if not may_enter(request):
                return json({"error": "secret"}, status=401)
            agent = getattr(request.app.ctx, "agent", None)
            is_ready = agent is not None and agent.is_ready()
            return json({"ready": is_ready}, status=200 if is_ready else 503)

        @routes.route("/turns", methods=["POST"])
        async def take_turn(request: Request) -> HTTPResponse:
            if not may_enter(request):
                return json({"error": "secret"}, status=401)
            message = read_turn(request.json)
            if message is None:
                return json({"error": "turn"}, status=400)
            reach("K3")
            try:
                store = request.app.ctx.agent.tracker_store
                said = await turns_of(store).once(
                    message.sender_id, message.message_id, partial(heard, message, on_new_message)
                )
            except Exception as error:  # noqa: BLE001 - Rasa's own logging would print the text
                logger.error("turn_failed: %s", type(error).__name__)
                return json({"error": "engine"}, status=500)
            return json({"messages": said})

        return routes
