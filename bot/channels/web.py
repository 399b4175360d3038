"""The public gateway: the chat API of docs/api.md, and the files of the website widget."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot import metrics
from bot.channels import site
from bot.channels.crowd import Crowd
from bot.channels.limits import Limits, RateLimit, token_of
from bot.channels.pages import text_page
from bot.channels.problems import problem
from bot.core.errors import (
    ButtonUnknown,
    ConversationUnknown,
    EngineUnavailable,
    IntakeError,
    PassageUnknown,
    StorageUnavailable,
)
from bot.core.questions import PUBLIC
from bot.core.turn import Said, Turn
from bot.log import get_logger
from bot.services import conversation, deadline, knowledge, passages, reply, standing
from bot.services.files import FILES
from bot.services.ports import Ports
from bot.services.records import Exchange

MAX_BODY: Final = 32_768
NAME: Final = r"^[\x21-\x7e]{1,100}$"
STRINGS: Final = (
    "title",
    "subtitle",
    "open",
    "close",
    "input_label",
    "placeholder",
    "send",
    "typing",
    "offline",
    "disconnected",
    "retry",
    "restart",
    "privacy",
    "you",
    "bot",
    "log_label",
    "start",
    "save_file",
    "file_my_data",
    "file_calendar",
    "file_summary",
    "qr",
    "scan",
    "failed",
    "restart_sure",
    "more",
)
HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}
log = get_logger()


class StartBody(BaseModel):
    """`POST /conversations`."""

    model_config = ConfigDict(extra="forbid", strict=True)
    continue_: Annotated[str | None, Field(alias="continue", max_length=200)] = None


class MessageBody(BaseModel):
    """`POST /messages`: a text or a button, the turn it answers, and the client's id for it."""

    model_config = ConfigDict(extra="forbid", strict=True)
    text: Annotated[str | None, Field(max_length=MAX_BODY)] = None
    button: Annotated[str | None, Field(pattern=NAME)] = None
    id: Annotated[str | None, Field(pattern=NAME)] = None
    turn: Annotated[str | None, Field(pattern=NAME)] = None

    @model_validator(mode="after")
    def _one_of_both(self) -> "MessageBody":
        if (self.text is None) == (self.button is None):
            raise ValueError("text or button")
        return self


def turn_json(turn: Turn) -> dict[str, Any]:
    """A turn as the chat API has it."""
    return asdict(turn) | {"asks": _asks(turn)}


def _asks(turn: Turn) -> str | None:
    return turn.asks and PUBLIC.get(turn.asks, turn.asks)


def history_json(exchanges: Sequence[Exchange]) -> list[dict[str, Any]]:
    """A conversation as a widget shows it."""
    shown: list[dict[str, Any]] = []
    for each in exchanges:
        if each.said:
            shown.append({"from": "visitor", "text": each.said, "buttons": []})
        if each.reply:
            shown += [{"from": "assistant", **asdict(message)} for message in each.reply.messages]
            if each.reply.files:
                shown[-1]["files"] = list(each.reply.files)
            if each.reply.links:
                shown[-1]["links"] = [asdict(link) for link in each.reply.links]
    return shown


class NoJson(Exception):
    """A body that is not JSON by the standard."""


async def read_json(request: Request) -> Any:
    """The JSON of a body; raises NoJson."""

    def refuse(constant: str) -> None:
        raise ValueError(constant)

    raw = await request.body()
    try:
        return json.loads(raw, parse_constant=refuse) if raw.strip() else {}
    except (ValueError, RecursionError) as error:
        raise NoJson from error


class Gateway:
    """The routes, on the services."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports

    async def start(self, request: Request) -> Response:
        """A new conversation with the opening words."""
        arrived = deadline.now()
        body = StartBody.model_validate(await read_json(request))
        if body.continue_ is not None:
            known, token = await passages.enter_website(self._ports, body.continue_)
            turn = await self._go_on(known, arrived)
        else:
            started = await conversation.start(self._ports, "web")
            token, turn = started.token, started.turn
        opened = {"token": token, "turn": turn_json(turn)}
        return JSONResponse(opened, status_code=201, headers={"Cache-Control": "no-store"})

    async def _go_on(self, known: str, arrived: float) -> Turn:
        """The words after a link, which worked once: whoever opened it gets in, come what may."""
        try:
            return await conversation.go_on(self._ports, known, arrived)
        except StorageUnavailable:
            return reply.say(self._ports.texts.render("utter_trouble"))[0]

    async def message(self, request: Request) -> Response:
        """One message of the visitor."""
        arrived = deadline.now()
        opened = await self._open(request)
        body = MessageBody.model_validate(await read_json(request))
        said = Said(text=body.text, button=body.button, turn=body.turn)
        with metrics.timed(metrics.TURNS, metrics.WEB) as attempt:
            turn = await conversation.take_turn(self._ports, opened, said, body.id, arrived)
            attempt.has_trouble(reply.is_trouble(self._ports.texts, turn))
        return JSONResponse(turn_json(turn), headers={"Cache-Control": "no-store"})

    async def history(self, request: Request) -> Response:
        """The conversation so far, with the name and the question of its latest turn."""
        exchanges = await conversation.history(self._ports, await self._open(request))
        last = next((each.reply for each in reversed(exchanges) if each.reply), None)
        body = {
            "messages": history_json(exchanges),
            "turn": last and last.id,
            "asks": last and _asks(last),
        }
        return JSONResponse(body, headers={"Cache-Control": "no-store"})

    async def known(self, request: Request) -> Response:
        """What the assistant knows now of this conversation."""
        found = await knowledge.known(self._ports, await self._open(request))
        return JSONResponse(asdict(found), headers={"Cache-Control": "no-store"})

    async def file(self, request: Request) -> Response:
        """A file that a turn offered, made of what is stored now."""
        opened = await self._open(request)
        make = FILES.get(request.path_params["name"])
        if make is None:
            raise HTTPException(404)
        made = await make(self._ports, opened)
        headers = {
            "Cache-Control": "no-store",
            "Content-Disposition": f'attachment; filename="{made.name}"',
        }
        return Response(made.content, media_type=made.kind, headers=headers)

    async def _open(self, request: Request) -> str:
        """The conversation of the bearer token."""
        token = token_of(request)
        if token is None:
            raise ConversationUnknown
        return await conversation.find(self._ports, token)

    async def strings(self, _request: Request) -> Response:
        """The widget's Dutch; the way to Telegram is named when that door is open."""
        render = self._ports.texts.render
        words = {name: render(f"widget_{name}").text for name in STRINGS}
        if self._ports.doors.telegram:
            words["telegram"] = render("link_telegram").text
        return JSONResponse(words)

    async def privacy(self, _request: Request) -> Response:
        """What we do with personal data, in plain words."""
        keys = ("widget_title", "widget_privacy", "page_privacy")
        sender, heading, text = (self._ports.texts.render(key).text for key in keys)
        headers = {"Content-Security-Policy": site.policy()}
        return HTMLResponse(text_page(sender, heading, text), headers=headers)

    async def live(self, _request: Request) -> Response:
        """The process runs."""
        return JSONResponse({"status": "ok"})

    async def ready(self, _request: Request) -> Response:
        """The database and the engine work; content that was refused is named, and not used."""
        try:
            async with self._ports.work() as work:
                await work.intakes.all()
            await self._ports.engine.check()
        except (EngineUnavailable, StorageUnavailable):
            return problem(self._ports.texts, 503)
        refused = list(self._ports.texts.problems())
        return JSONResponse({"status": "ok"} | ({"content": refused} if refused else {}))

    async def metrics(self, request: Request) -> Response:
        """Figures without persons, for who watches from this machine; others find nothing here."""
        if not metrics.is_near(request):
            raise HTTPException(404)
        try:
            return metrics.page(await standing.look(self._ports))
        except StorageUnavailable:
            return metrics.page(None)


class SafeHeaders:
    """Adds the headers that every answer has."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, with headers."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                extra = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
                message["headers"] = [*message["headers"], *extra]
            await send(message)

        await self._app(scope, receive, with_headers)


class BodyLimit:
    """Refuses a body that no question needs, before it is read whole."""

    def __init__(self, app: ASGIApp, ports: Ports) -> None:
        self._app = app
        self._ports = ports

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count while reading."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        chunks: list[bytes] = []
        size, more = 0, scope["method"] in ("POST", "PUT", "PATCH")
        while more and size <= MAX_BODY:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            chunks.append(message.get("body", b""))
            size += len(chunks[-1])
            more = message.get("more_body", False)
        if size > MAX_BODY:
            await problem(self._ports.texts, 413)(scope, receive, send)
            return
        body = {"type": "http.request", "body": b"".join(chunks), "more_body": False}
        given = iter([body])

        async def replay() -> Message:
            return next(given, None) or await receive()

        await self._app(scope, replay, send)


def handlers(ports: Ports) -> dict[Any, Any]:
    """Every error as a problem."""

    def answer(status: int, name: str | None = None) -> Callable[[Request, Exception], Response]:
        def tell(_request: Request, error: Exception) -> Response:
            if status >= 500:
                log.warning("request_failed", error=type(error).__name__)
            return problem(ports.texts, status, name)

        return tell

    def broke(_request: Request, error: Exception) -> Response:
        log.error("request_broke", error=type(error).__name__)
        return problem(ports.texts, 503)

    def http(_request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return problem(ports.texts, 405 if error.status_code == 405 else 404)

    return {
        ConversationUnknown: answer(401),
        ButtonUnknown: answer(422, "button"),
        PassageUnknown: answer(410),
        ValidationError: answer(422),
        NoJson: answer(400),
        StorageUnavailable: answer(503),
        IntakeError: answer(503),
        HTTPException: http,
        Exception: broke,
    }


def gateway(
    ports: Ports,
    origins: Sequence[str] = (),
    lifespan: Any = None,
    limits: Limits | None = None,
) -> Starlette:
    """The application; `origins` are the sites that may embed the widget."""
    door = Gateway(ports)
    routes = [
        Route("/api/v1/conversations", door.start, methods=["POST"]),
        Route("/api/v1/messages", door.message, methods=["POST"]),
        Route("/api/v1/messages", door.history, methods=["GET"]),
        Route("/api/v1/known", door.known, methods=["GET"]),
        Route("/api/v1/files/{name}", door.file, methods=["GET"]),
        Route("/api/v1/widget", door.strings, methods=["GET"]),
        Route("/health/live", door.live, methods=["GET"]),
        Route("/health/ready", door.ready, methods=["GET"]),
        Route("/privacy", door.privacy, methods=["GET"]),
        Route(metrics.PATH, door.metrics, methods=["GET"]),
        *site.routes(origins),
    ]
    middleware = [
        Middleware(SafeHeaders),
        Middleware(
            CORSMiddleware,
            allow_origins=list(origins),
            allow_methods=["GET", "POST"],
            allow_headers=["Authorization", "Content-Type"],
            expose_headers=["Content-Disposition", "Retry-After"],
        ),
        Middleware(RateLimit, texts=ports.texts, limits=limits or Limits()),
        Middleware(BodyLimit, ports=ports),
        Middleware(Crowd, texts=ports.texts),  # after the body, that may come in drops
    ]
    return Starlette(
        routes=routes,
        middleware=middleware,
        exception_handlers=handlers(ports),
        lifespan=lifespan,
    )
