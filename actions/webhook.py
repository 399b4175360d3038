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
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from actions import (
    answer,
    callback,
    eligibility,
    forms,
    introduction,
    misheard,
    moves,
    noted,
    proof,
    registration,
    slot_mappings,
    small_talk,
    what_if,
)
from actions.act import Act
from bot import metrics
from bot.core.errors import IntakeError
from bot.failpoints import reach
from bot.log import get_logger
from bot.services import deadline
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
    misheard.Misheard,
    noted.TellNoted,
    noted.TellSlip,
    introduction.ForSomebodyElse,
    introduction.Introduce,
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

NAMES: Final = frozenset(kind.named for kind in ACTIONS)
DEADLINE: Final = 5.0
"""Seconds for one action, which is all that it may take of the engine's time (docs/adr/0013)."""
log = get_logger()


def trouble_of(action: str, error: str) -> dict[str, Any]:
    """What is said of an action that failed: its name, and that of the error."""
    return {"events": [], "responses": [{"custom": {"trouble": action, "error": error}}]}


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
        name = str(call.get("next_action"))
        known = name if name in NAMES else metrics.OTHER
        with metrics.timed(metrics.ACTIONS, known) as attempt, self._texts.steady():
            done, error = await self._done(name, call)
            attempt.has_trouble(error != "")
        return JSONResponse(trouble_of(known, error) if error else done)

    async def _done(self, name: str, call: dict[str, Any]) -> tuple[dict[str, Any], str]:
        """What came of an action, or the name of what it failed of."""
        try:
            running = self._executor.run(call)
            result = await deadline.within(running, deadline.now() + DEADLINE)
        except (IntakeError, TimeoutError) as error:
            log.warning("action_failed", action=name, error=type(error).__name__)
            return {}, type(error).__name__
        except Exception as error:  # noqa: BLE001 - the edge: anything else would be silence
            log.error("action_broke", action=name, error=type(error).__name__)
            return {}, type(error).__name__
        if name == "action_register":
            reach("K5")
        return (result.model_dump(), "") if result is not None else ({}, "nothing")

    async def speak(self, request: Request) -> JSONResponse:
        """Render one text."""
        if not self._may_call(request):
            return JSONResponse({"error": "secret"}, status_code=401)
        call: dict[str, Any] = await request.json()
        key, arguments = str(call["response"]), dict(call.get("arguments") or {})
        words = self._texts.render(key, **arguments)
        buttons = [{"title": title, "payload": payload} for title, payload in words.buttons]
        custom = {"key": key, "claims": list(words.claims)}
        return JSONResponse({"text": words.text, "buttons": buttons, "custom": custom})

    async def live(self, _request: Request) -> JSONResponse:
        """The process runs."""
        return JSONResponse({"status": "ok"})

    async def metrics(self, request: Request) -> Response:
        """Figures without persons, for who watches from this machine; others find nothing here."""
        if not metrics.is_near(request):
            raise HTTPException(404)
        return metrics.page_of_process()


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
            Route(metrics.PATH, server.metrics),
        ],
    )
