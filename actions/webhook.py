"""The action server: Rasa's webhook and NLG endpoint on loopback, behind the shared secret.

An action that fails tells the gateway so (the sign `trouble`); it never answers Rasa with an
error, because Rasa would go on as if nothing happened and print what it knows into its log.
"""

import contextlib
import hmac
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from typing import Any, Final

from rasa_sdk.executor import ActionExecutor
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from actions import (
    answer,
    callback,
    eligibility,
    forms,
    moves,
    proof,
    registration,
    slot_mappings,
    small_talk,
    what_if,
)
from actions.act import Act
from bot.core.errors import IntakeError
from bot.log import get_logger
from bot.services.ports import Ports

ACTIONS: Final[tuple[type[Act], ...]] = (
    slot_mappings.StartSession,
    slot_mappings.RememberWhatWasTold,
    forms.ValidateEligibilityForm,
    forms.ValidateRegistrationForm,
    forms.ValidateCallbackForm,
    forms.AskConsent,
    forms.AskConfirm,
    answer.Answer,
    answer.Clarify,
    answer.NotUnderstood,
    small_talk.SmallTalk,
    callback.AskHuman,
    callback.RequestCallback,
    moves.Affirm,
    moves.Deny,
    moves.DontKnow,
    moves.ExplainQuestion,
    moves.Repeat,
    moves.Inform,
    moves.Cancel,
    moves.Restart,
    eligibility.CheckEligibility,
    what_if.WhatIf,
    proof.ValidateProofForm,
    proof.Prove,
    registration.Register,
    registration.RegistrationStatus,
    registration.ChangeRegistration,
    registration.WithdrawRegistration,
    registration.ExportMyData,
    registration.DeleteMyData,
)

TROUBLE: Final = {"custom": {"trouble": True}}
log = get_logger()


def executor_of(actions: Iterable[Act]) -> ActionExecutor:
    """An executor that knows these actions."""
    executor = ActionExecutor()
    for action in actions:
        executor.register_action(action)
    return executor


class ActionServer:
    """The routes, on the actions and the texts."""

    def __init__(self, ports: Ports, secret: str) -> None:
        self._texts = ports.texts
        self._secret = secret.encode()
        self._executor = executor_of(kind(ports) for kind in ACTIONS)

    def _may_call(self, request: Request) -> bool:
        given = request.headers.get("x-instap-secret", "").encode()
        return bool(self._secret) and hmac.compare_digest(given, self._secret)

    async def run(self, request: Request) -> JSONResponse:
        """Run one action."""
        if not self._may_call(request):
            return JSONResponse({"error": "secret"}, status_code=401)
        # The engine leaves the domain out (selective); the SDK wants to see one.
        call: dict[str, Any] = {"domain": {}, **await request.json()}
        name = call.get("next_action")
        try:
            result = await self._executor.run(call)
        except IntakeError as error:
            log.warning("action_failed", action=name, error=type(error).__name__)
        except Exception as error:  # noqa: BLE001 - the edge: anything else would be silence
            log.error("action_broke", action=name, error=type(error).__name__)
        else:
            if result is not None:
                return JSONResponse(result.model_dump())
        return JSONResponse({"events": [], "responses": [TROUBLE]})

    async def speak(self, request: Request) -> JSONResponse:
        """Render one text."""
        if not self._may_call(request):
            return JSONResponse({"error": "secret"}, status_code=401)
        call: dict[str, Any] = await request.json()
        key, arguments = str(call["response"]), dict(call.get("arguments") or {})
        words = self._texts.render(key, **arguments)
        buttons = [{"title": title, "payload": payload} for title, payload in words.buttons]
        return JSONResponse({"text": words.text, "buttons": buttons, "custom": {"key": key}})

    async def live(self, _request: Request) -> JSONResponse:
        """The process runs."""
        return JSONResponse({"status": "ok"})


def webhook(ports: Ports, secret: str, close: Callable[[], Awaitable[None]]) -> Starlette:
    """The application; `close` is called when it stops."""
    server = ActionServer(ports, secret)

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        await close()

    return Starlette(
        lifespan=lifespan,
        routes=[
            Route("/webhook", server.run, methods=["POST"]),
            Route("/nlg", server.speak, methods=["POST"]),
            Route("/health/live", server.live),
        ],
    )
