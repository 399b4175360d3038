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

from actions import answer, eligibility, forms, moves, registration, slot_mappings, small_talk
from actions.act import Act
from bot.core.errors import IntakeError
from bot.log import get_logger
from bot.services.ports import Ports

ACTIONS: Final[tuple[type[Act], ...]] = (
    slot_mappings.StartSession,
    slot_mappings.RememberWhatWasTold,
    forms.ValidateEligibilityForm,
    forms.ValidateRegistrationForm,
    forms.AskConsent,
    forms.AskConfirm,
    answer.Answer,
    answer.Clarify,
    answer.NotUnderstood,
    small_talk.SmallTalk,
    moves.Affirm,
    moves.Deny,
    moves.DontKnow,
    moves.ExplainQuestion,
    moves.Repeat,
    moves.Inform,
    moves.Cancel,
    moves.Restart,
    eligibility.CheckEligibility,
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


def webhook(ports: Ports, secret: str, close: Callable[[], Awaitable[None]]) -> Starlette:
    """The application; `close` is called when it stops."""
    executor = executor_of(kind(ports) for kind in ACTIONS)

    def may_call(request: Request) -> bool:
        given = request.headers.get("x-instap-secret", "")
        return bool(secret) and hmac.compare_digest(given.encode(), secret.encode())

    async def run(request: Request) -> JSONResponse:
        if not may_call(request):
            return JSONResponse({"error": "secret"}, status_code=401)
        # The engine leaves the domain out (selective); the SDK wants to see one.
        call: dict[str, Any] = {"domain": {}, **await request.json()}
        try:
            result = await executor.run(call)
            if result is not None:
                return JSONResponse(result.model_dump())
        except IntakeError as error:
            log.warning("action_failed", action=call.get("next_action"), error=type(error).__name__)
        except Exception as error:  # noqa: BLE001 - the edge: anything else would be silence
            log.error("action_broke", action=call.get("next_action"), error=type(error).__name__)
        return JSONResponse({"events": [], "responses": [TROUBLE]})

    async def speak(request: Request) -> JSONResponse:
        if not may_call(request):
            return JSONResponse({"error": "secret"}, status_code=401)
        call: dict[str, Any] = await request.json()
        key, arguments = str(call["response"]), dict(call.get("arguments") or {})
        arguments.pop("text", None)
        words = ports.texts.render(key, **arguments)
        buttons = [{"title": title, "payload": payload} for title, payload in words.buttons]
        return JSONResponse({"text": words.text, "buttons": buttons, "custom": {"key": key}})

    async def live(_request: Request) -> JSONResponse:
        return JSONResponse({"status": "ok"})

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        await close()

    return Starlette(
        lifespan=lifespan,
        routes=[
            Route("/webhook", run, methods=["POST"]),
            Route("/nlg", speak, methods=["POST"]),
            Route("/health/live", live),
        ],
    )
