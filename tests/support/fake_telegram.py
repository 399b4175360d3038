"""A Bot API on loopback: as strict as Telegram's own, with people who type and tap."""

import asyncio
import contextlib
import itertools
import json
import re
import socket
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from tests.support.patience import PATIENCE

TOKEN: Final = "123456:geheim-van-de-test"
BOT: Final = {"id": 123456, "is_bot": True, "first_name": "Instap", "username": "instap_test_bot"}
LONGEST_TEXT: Final = 4096
LONGEST_CAPTION: Final = 1024
LONGEST_DATA: Final = 64
RETRY: Final = 0.05
MOST_CONNECTIONS: Final = 40
"""What Telegram brings at the same time, where nobody says otherwise."""


class Refused(Exception):
    """An error as the Bot API gives it."""

    def __init__(self, code: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after

    def response(self) -> JSONResponse:
        body: dict[str, Any] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        if self.retry_after is not None:
            body["parameters"] = {"retry_after": self.retry_after}
        return JSONResponse(body, status_code=self.code)


HOOKED: Final = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
NOT_FOUND: Final = Refused(404, "Not Found")
DESCRIPTIONS: Final = {
    403: "Forbidden: bot was blocked by the user",
    409: "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running",
    429: "Too Many Requests: retry after {retry_after}",
    500: "Internal Server Error",
}


@dataclass
class Bubble:
    """A message of the bot as it stands in the chat now."""

    id: int
    text: str
    buttons: dict[str, str] = field(default_factory=dict)
    at: float = 0.0
    has_other_keyboard: bool = False


@dataclass(frozen=True)
class Document:
    """A file that was sent."""

    name: str
    kind: str
    content: bytes


def size(text: str) -> int:
    """Telegram counts UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def checked(text: str) -> str:
    """A text as it is kept, or the refusal that Telegram gives."""
    if not text.strip():
        raise Refused(400, "Bad Request: message text is empty")
    if size(text) > LONGEST_TEXT:
        raise Refused(400, "Bad Request: message is too long")
    return text.strip()


def markup_of(params: dict[str, Any]) -> dict[str, Any]:
    """What a message has under it: one kind of keyboard, or nothing."""
    markup = params.get("reply_markup") or {}
    if not isinstance(markup, dict):
        raise Refused(400, "Bad Request: object expected as reply markup")
    kinds = {"inline_keyboard", "keyboard", "remove_keyboard", "force_reply"} & set(markup)
    if len(kinds) != bool(markup):
        raise Refused(400, "Bad Request: can't parse reply keyboard markup JSON object")
    return markup


def keyboard_of(params: dict[str, Any]) -> dict[str, str]:
    """Title -> data of an inline keyboard."""
    buttons: dict[str, str] = {}
    for row in markup_of(params).get("inline_keyboard", []):
        for button in row:
            if not {"callback_data", "url"} & set(button):
                raise Refused(
                    400,
                    "Bad Request: can't parse inline keyboard button: "
                    "Text buttons are unallowed in the inline keyboard",
                )
            data = button.get("callback_data", "url")
            if not 1 <= len(data.encode()) <= LONGEST_DATA:
                raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")
            if not button.get("text"):
                raise Refused(400, "Bad Request: inline keyboard button text is empty")
            buttons[button["text"]] = data
    return buttons


class FakeTelegram:
    """The server, and what a test may do as a person on the other side.

    `is_local` is the switch of Telegram's own server that lets a webhook be plain http.
    """

    def __init__(self, token: str = TOKEN, is_local: bool = False) -> None:
        self.token = token
        self.is_local = is_local
        self.url = ""
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.blocked: set[int] = set()
        self.confirmed = 0
        self.commands: dict[str, list[dict[str, str]]] = {}
        self.descriptions: dict[str, dict[str, str]] = defaultdict(dict)
        self.strangers = 0
        self.hook: dict[str, Any] = {}
        self.brought: list[tuple[int, int]] = []
        self.lost_answers = 0
        self.failed: Counter[int] = Counter()
        self._numbers = itertools.count(1000)
        self._message_ids = itertools.count(1)
        self._updates: list[dict[str, Any]] = []
        self._chats: dict[int, list[Bubble]] = defaultdict(list)
        self._documents: dict[int, list[Document]] = defaultdict(list)
        self._open_queries: set[str] = set()
        self._silences: dict[str, int] = defaultdict(int)
        self._below: dict[int, list[dict[str, Any]]] = {}
        self._courier: asyncio.Task[None] | None = None
        self._failures: dict[str, list[Refused]] = defaultdict(list)
        self._changed = asyncio.Condition()
        self._poll = 0
        self._closing = False
        self.app = Starlette(
            routes=[Route("/{bot}/{method}", self._serve, methods=["GET", "POST"])]
        )

    # What a person does

    async def say(self, chat_id: int, text: str, **more: Any) -> int:
        """Type a text; gives the number of the update."""
        return await self._message(chat_id, text=text, **more)

    async def send_photo(self, chat_id: int, **more: Any) -> int:
        """Send a photo."""
        photo = {"file_id": "p", "file_unique_id": "p", "width": 9, "height": 9}
        return await self._message(chat_id, photo=[photo], **more)

    async def send(self, chat_id: int, **content: Any) -> int:
        """Send anything else: the fields of a message."""
        return await self._message(chat_id, **content)

    async def edit(self, chat_id: int, text: str) -> int:
        """Change what was said before."""
        message = self._from_person(chat_id, {"text": text, "edit_date": int(time.time())})
        return await self._push({"edited_message": message})

    async def say_in_group(self, chat_id: int, text: str) -> int:
        """Type a text in a group."""
        message = self._from_person(chat_id, {"text": text})
        message["chat"] = {"id": chat_id, "type": "group", "title": "Collega's"}
        return await self._push({"message": message})

    async def share_number(self, chat_id: int, number: str) -> int:
        """Tap the button that shares one's own number."""
        if not any(button.get("request_contact") for button in self._below.get(chat_id, ())):
            raise LookupError(f"no button to share a number in {chat_id}")
        contact = {"phone_number": number, "first_name": "Jan", "user_id": chat_id}
        return await self._message(chat_id, contact=contact)

    async def block(self, chat_id: int, *, is_over: bool = False) -> int:
        """Block the bot, or no longer block it."""
        (self.blocked.discard if is_over else self.blocked.add)(chat_id)
        member, kicked = {"user": BOT, "status": "member"}, {"user": BOT, "status": "kicked"}
        kicked["until_date"] = 0
        now = {
            "old_chat_member": kicked if is_over else member,
            "new_chat_member": member if is_over else kicked,
        }
        return await self._push({"my_chat_member": self._from_person(chat_id, now)})

    async def press(self, chat_id: int, title: str) -> int:
        """Tap the newest button with this title."""
        for bubble in reversed(self._chats[chat_id]):
            if title in bubble.buttons:
                return await self.press_as_was(chat_id, bubble, title, bubble.buttons[title])
        raise LookupError(f"no button {title!r} in {self._chats[chat_id]}")

    async def press_as_was(self, chat_id: int, bubble: Bubble, title: str, data: str) -> int:
        """Tap a button that a screen still shows, whether or not it is still there."""
        query = str(next(self._numbers))
        self._open_queries.add(query)
        message = {
            "message_id": bubble.id,
            "date": int(time.time()),
            "chat": {"id": chat_id, "type": "private", "first_name": "Jan"},
            "from": BOT,
            "text": bubble.text,
            "reply_markup": {"inline_keyboard": [[{"text": title, "callback_data": data}]]},
        }
        person = {"id": chat_id, "is_bot": False, "first_name": "Jan"}
        body = {"id": query, "from": person, "chat_instance": "1", "data": data}
        return await self._push({"callback_query": {**body, "message": message}})

    async def push_again(self, update: Any) -> None:
        """Give an update once more, as Telegram may, or give anything else."""
        async with self._changed:
            self._updates.append(update)
            self._changed.notify_all()

    # What a test sees

    def messages(self, chat_id: int) -> list[Bubble]:
        """What the bot said in a chat."""
        return list(self._chats.get(chat_id, []))

    def texts(self, chat_id: int) -> list[str]:
        """Only the texts."""
        return [bubble.text for bubble in self.messages(chat_id)]

    def documents(self, chat_id: int) -> list[Document]:
        """The files that the bot sent to a chat."""
        return list(self._documents.get(chat_id, []))

    def below(self, chat_id: int) -> list[str]:
        """The titles of the keyboard that stands where one types."""
        return [button["text"] for button in self._below.get(chat_id, ())]

    def called(self, method: str) -> list[dict[str, Any]]:
        """The parameters of every call of a method."""
        return [params for name, params in self.calls if name == method]

    def pending(self) -> list[dict[str, Any]]:
        """The updates that were not confirmed."""
        return list(self._updates)

    def drop_pending(self) -> None:
        """Forget what was not confirmed."""
        self._updates.clear()

    async def await_messages(self, chat_id: int, count: int) -> list[Bubble]:
        """What the bot said, as soon as it said so many things."""
        await self.until(lambda: len(self.messages(chat_id)) >= count)
        return self.messages(chat_id)

    async def await_calls(self, method: str, count: int = 1) -> list[dict[str, Any]]:
        """The calls of a method, as soon as there were so many."""
        await self.until(lambda: len(self.called(method)) >= count)
        return self.called(method)

    async def until(self, holds: Callable[[], bool], patience: float = PATIENCE) -> None:
        """Wait for something that calls bring about."""
        try:
            async with asyncio.timeout(patience), self._changed:
                await self._changed.wait_for(holds)
        except TimeoutError:
            said = {chat: self.texts(chat) for chat in self._chats}
            methods = [method for method, _ in self.calls]
            raise AssertionError(f"never happened; said {said}, called {methods}") from None

    def fail_next(
        self, method: str, code: int, times: int = 1, retry_after: int | None = None
    ) -> None:
        """Let the next calls of a method fail."""
        description = DESCRIPTIONS[code].format(retry_after=retry_after)
        self._failures[method] += [Refused(code, description, retry_after)] * times

    def be_silent(self, method: str, times: int = 1) -> None:
        """Let the next calls of a method wait until the other side hangs up."""
        self._silences[method] += times

    def heal(self) -> None:
        """From now on no call fails any more."""
        self._failures.clear()
        self._silences.clear()

    # What Telegram does

    def _from_person(self, chat_id: int, content: dict[str, Any]) -> dict[str, Any]:
        return {
            "message_id": next(self._message_ids),
            "date": int(time.time()),
            "chat": {"id": chat_id, "type": "private", "first_name": "Jan"},
            "from": {"id": abs(chat_id), "is_bot": False, "first_name": "Jan"},
            **content,
        }

    async def _message(self, chat_id: int, **content: Any) -> int:
        return await self._push({"message": self._from_person(chat_id, content)})

    async def _push(self, content: dict[str, Any]) -> int:
        number = next(self._numbers)
        self._chats[_chat_of(content)]  # now it exists
        async with self._changed:
            self._updates.append({"update_id": number, **content})
            self._changed.notify_all()
        return number

    async def _serve(self, request: Request) -> JSONResponse:
        raw = await request.body()
        params = dict(request.query_params) | _read(raw, request.headers.get("content-type", ""))
        method = request.path_params["method"]
        try:
            return JSONResponse({"ok": True, "result": await self._call(request, method, params)})
        except Refused as refused:
            return refused.response()
        finally:
            async with self._changed:
                self._changed.notify_all()

    async def _call(self, request: Request, method: str, params: dict[str, Any]) -> Any:
        if request.path_params["bot"] != f"bot{self.token}":
            self.strangers += 1
            raise Refused(401, "Unauthorized")
        handler = getattr(self, f"_on_{method.lower()}", None)
        if handler is None:
            raise NOT_FOUND
        if self._failures[method] or self._silences[method]:
            self.calls.append((method, params | {"failed": True}))
            self.failed[int(params.get("chat_id", 0))] += 1
        if self._failures[method]:
            raise self._failures[method].pop(0)
        if self._silences[method]:
            self._silences[method] -= 1
            while (await request.receive())["type"] != "http.disconnect":
                pass
            raise Refused(500, DESCRIPTIONS[500])
        self.calls.append((method, params))
        return await handler(params)

    async def _on_getme(self, _params: dict[str, Any]) -> Any:
        return BOT | {"can_join_groups": True, "can_read_all_group_messages": False}

    async def _on_setwebhook(self, params: dict[str, Any]) -> Any:
        url, secret = urlsplit(params.get("url", "")), params.get("secret_token", "")
        if not params.get("url"):
            return await self._on_deletewebhook(params)
        if url.scheme != "https" and not (self.is_local and url.scheme == "http"):
            raise Refused(
                400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"
            )
        if not self.is_local and url.port not in (None, 443, 80, 88, 8443):
            raise Refused(
                400,
                "Bad Request: bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
            )
        if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
            raise Refused(400, "Bad Request: secret token contains unallowed characters")
        await self._on_deletewebhook(params)
        self.hook = params
        self._poll += 1  # ends a question that waits
        self._courier = asyncio.create_task(self._bring(params))
        return True

    async def _on_deletewebhook(self, params: dict[str, Any]) -> Any:
        await self._stop_courier()
        self.hook = {}
        if params.get("drop_pending_updates") == "true":
            self._updates.clear()
        return True

    async def _on_getwebhookinfo(self, _params: dict[str, Any]) -> Any:
        more = {
            name: self.hook[name]
            for name in ("max_connections", "allowed_updates", "last_error_date")
            if name in self.hook
        }
        return {
            "url": self.hook.get("url", ""),
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates),
            **more,
        }

    async def _stop_courier(self) -> None:
        if self._courier is not None:
            self._courier.cancel()
            await asyncio.gather(self._courier, return_exceptions=True)
            self._courier = None

    async def _bring(self, hook: dict[str, Any]) -> None:
        """Bring what waits: chats beside each other, one by one within a chat.

        What is not taken comes again.
        """
        not_before: dict[int, float] = defaultdict(float)
        on_the_way: set[int] = set()
        kinds = set(hook.get("allowed_updates") or ())
        room = asyncio.Semaphore(int(hook.get("max_connections", MOST_CONNECTIONS)))

        def due() -> dict[int, dict[str, Any]]:
            first: dict[int, dict[str, Any]] = {}
            for each in self._updates:
                if not kinds or set(each) & kinds:
                    first.setdefault(_chat_of(each), each)
            now = time.monotonic()
            return {
                chat: each
                for chat, each in first.items()
                if not_before[chat] <= now and chat not in on_the_way
            }

        async def carry(chat: int, update: dict[str, Any]) -> None:
            async with room:
                status = await self._post(client, hook, update)
            async with self._changed:
                on_the_way.discard(chat)
                self.brought.append((update["update_id"], status))
                if 200 <= status < 300:
                    self._updates = [each for each in self._updates if each is not update]
                else:
                    hook["last_error_date"] = int(time.time())
                    not_before[chat] = time.monotonic() + RETRY
                self._changed.notify_all()

        async with (
            httpx.AsyncClient(trust_env=False, timeout=PATIENCE) as client,
            asyncio.TaskGroup() as carriers,
        ):
            while True:
                async with self._changed:
                    with contextlib.suppress(TimeoutError):
                        async with asyncio.timeout(RETRY):
                            await self._changed.wait_for(lambda: bool(due()))
                    for chat, update in due().items():
                        on_the_way.add(chat)
                        carriers.create_task(carry(chat, update))

    async def _post(
        self, client: httpx.AsyncClient, hook: dict[str, Any], update: dict[str, Any]
    ) -> int:
        """The status of the answer; 0 when there was none."""
        secret = hook.get("secret_token")
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
        try:
            answer = await client.post(hook["url"], json=update, headers=headers)
        except httpx.HTTPError:
            return 0
        if self.lost_answers:
            self.lost_answers -= 1
            self.failed[_chat_of(update)] += 1
            return 0
        return answer.status_code

    async def _on_setmycommands(self, params: dict[str, Any]) -> Any:
        for each in params["commands"]:
            if not each["command"].islower() or not 1 <= len(each["description"]) <= 256:
                raise Refused(400, "Bad Request: BOT_COMMAND_INVALID")
        self.commands[params.get("language_code", "")] = params["commands"]
        return True

    async def _on_setmydescription(self, params: dict[str, Any]) -> Any:
        if len(params.get("description", "")) > 512:
            raise Refused(400, "Bad Request: description is too long")
        self.descriptions[params.get("language_code", "")]["long"] = params.get("description", "")
        return True

    async def _on_setmyshortdescription(self, params: dict[str, Any]) -> Any:
        if len(params.get("short_description", "")) > 120:
            raise Refused(400, "Bad Request: short description is too long")
        short = params.get("short_description", "")
        self.descriptions[params.get("language_code", "")]["short"] = short
        return True

    async def _on_getupdates(self, params: dict[str, Any]) -> Any:
        if self.hook:
            raise Refused(409, HOOKED)
        self._poll += 1
        mine, offset = self._poll, int(params.get("offset", 0))
        kinds = params.get("allowed_updates") or []
        async with self._changed:
            self._changed.notify_all()
            self._updates = _unconfirmed(self._updates, offset)
            self.confirmed = max(self.confirmed, offset - 1)

            def wanted() -> list[dict[str, Any]]:
                return [each for each in self._updates if _is_wanted(each, kinds)]

            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(float(params.get("timeout", 0)) or 0.001):
                    await self._changed.wait_for(
                        lambda: bool(wanted()) or mine != self._poll or self._closing
                    )
            if mine != self._poll:
                raised = "Conflict: terminated by setWebhook request"
                raise Refused(409, raised if self.hook else DESCRIPTIONS[409])
            return wanted()[: int(params.get("limit", 100))]

    def _chat(self, params: dict[str, Any]) -> list[Bubble]:
        chat_id = int(params["chat_id"])
        if chat_id not in self._chats:
            raise Refused(400, "Bad Request: chat not found")
        if chat_id in self.blocked:
            raise Refused(403, DESCRIPTIONS[403])
        return self._chats[chat_id]

    async def _on_sendchataction(self, params: dict[str, Any]) -> Any:
        self._chat(params)
        if params.get("action") != "typing":
            raise Refused(400, "Bad Request: wrong parameter action in request")
        return True

    async def _on_sendmessage(self, params: dict[str, Any]) -> Any:
        chat, text = self._chat(params), checked(str(params.get("text", "")))
        if "parse_mode" in params:
            raise Refused(400, "Bad Request: can't parse entities")
        number = next(self._message_ids)
        markup = markup_of(params)
        bubble = Bubble(number, text, keyboard_of(params), time.monotonic())
        if "keyboard" in markup or "remove_keyboard" in markup:
            self._put_below(int(params["chat_id"]), markup)
            bubble.has_other_keyboard = True
        chat.append(bubble)
        return self._shown(int(params["chat_id"]), bubble)

    def _put_below(self, chat_id: int, markup: dict[str, Any]) -> None:
        buttons = [button for row in markup.get("keyboard", []) for button in row]
        if any(not button.get("text") for button in buttons):
            raise Refused(400, "Bad Request: keyboard button text is empty")
        if chat_id < 0 and any(button.get("request_contact") for button in buttons):
            raise Refused(400, "Bad Request: phone number can be requested in private chats only")
        self._below[chat_id] = buttons

    async def _on_senddocument(self, params: dict[str, Any]) -> Any:
        self._chat(params)
        document, caption = params.get("document"), str(params.get("caption", ""))
        if not isinstance(document, Document):
            raise Refused(400, "Bad Request: there is no document in the request")
        if not document.content:
            raise Refused(400, "Bad Request: file must be non-empty")
        if size(caption) > LONGEST_CAPTION:
            raise Refused(400, "Bad Request: message caption is too long")
        self._documents[int(params["chat_id"])].append(document)
        shown = self._shown(int(params["chat_id"]), Bubble(next(self._message_ids), caption))
        about = {"file_id": "d", "file_unique_id": "d", "file_name": document.name}
        return shown | {"document": about}

    def _shown(self, chat_id: int, bubble: Bubble) -> dict[str, Any]:
        return {
            "message_id": bubble.id,
            "date": int(time.time()),
            "chat": {"id": chat_id, "type": "private" if chat_id > 0 else "group"},
            "from": BOT,
            "text": bubble.text,
        }

    def _bubble(self, params: dict[str, Any]) -> Bubble:
        for bubble in self._chat(params):
            if bubble.id == int(params["message_id"]):
                return bubble
        raise Refused(400, "Bad Request: message to edit not found")

    async def _on_editmessagetext(self, params: dict[str, Any]) -> Any:
        bubble, text, buttons = self._bubble(params), checked(params["text"]), keyboard_of(params)
        return self._edited(int(params["chat_id"]), bubble, text, buttons)

    async def _on_editmessagereplymarkup(self, params: dict[str, Any]) -> Any:
        bubble = self._bubble(params)
        return self._edited(int(params["chat_id"]), bubble, bubble.text, keyboard_of(params))

    def _edited(self, chat_id: int, bubble: Bubble, text: str, buttons: dict[str, str]) -> Any:
        if bubble.has_other_keyboard:
            raise Refused(400, "Bad Request: message can't be edited")
        if (bubble.text, bubble.buttons) == (text, buttons):
            raise Refused(400, "Bad Request: message is not modified")
        bubble.text, bubble.buttons = text, buttons
        return self._shown(chat_id, bubble)

    async def _on_answercallbackquery(self, params: dict[str, Any]) -> Any:
        if params["callback_query_id"] not in self._open_queries:
            raise Refused(
                400,
                "Bad Request: query is too old and response timeout expired or query ID is invalid",
            )
        self._open_queries.discard(params["callback_query_id"])
        return True

    async def let_go(self) -> None:
        """End the questions that wait, and bring nothing more."""
        await self._stop_courier()
        async with self._changed:
            self._closing = True
            self._changed.notify_all()


def _number_of(update: Any) -> int | None:
    number = update.get("update_id") if isinstance(update, dict) else None
    return number if isinstance(number, int) and 0 <= number < 2**63 else None


def _unconfirmed(updates: list[Any], offset: int) -> list[Any]:
    """What is left; what has no number goes with the first that came after it."""
    numbers = [_number_of(each) for each in updates]
    done = [place for place, number in enumerate(numbers) if number is not None and number < offset]
    first = max(done, default=-1)
    return [
        each
        for place, (each, number) in enumerate(zip(updates, numbers, strict=True))
        if (number is None and place > first) or (number is not None and number >= offset)
    ]


def _is_wanted(update: Any, kinds: list[str]) -> bool:
    return not kinds or _number_of(update) is None or bool(set(update) & set(kinds))


def _chat_of(update: dict[str, Any]) -> int:
    """The chat of an update; 0 when it has none."""
    content = next(value for name, value in update.items() if name != "update_id")
    chat = content.get("chat") or content.get("message", {}).get("chat", {})
    return int(chat.get("id", 0))


def _read(raw: bytes, kind: str) -> dict[str, Any]:
    """Parameters of a form or of JSON; what is nested in a form is JSON itself."""
    if not raw:
        return {}
    if "json" in kind:
        return dict(json.loads(raw))
    is_multipart = kind.startswith("multipart/form-data")
    params = _parts(raw, kind) if is_multipart else dict(parse_qsl(raw.decode(), True))
    for name in ("reply_markup", "allowed_updates", "commands", "link_preview_options"):
        if name in params:
            params[name] = json.loads(params[name])
    return params


def _parts(raw: bytes, kind: str) -> dict[str, Any]:
    """The fields of a form with files."""
    form = message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + raw)
    found: dict[str, Any] = {}
    for part in form.get_payload():
        name = part.get_param("name", header="content-disposition")
        content, file = part.get_payload(decode=True), part.get_filename()
        found[name] = Document(file, part.get_content_type(), content) if file else content.decode()
    return found


class _Server(uvicorn.Server):
    """Says when it is there, and leaves Ctrl-C to the tests."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.there = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.there.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@contextlib.asynccontextmanager
async def served(app: Starlette, port: int = 0, lifespan: str = "off") -> AsyncIterator[str]:
    """An application on loopback, on a free port if none is given; gives its address."""
    # named TCP: else asyncio leaves Nagle's pause of 40 ms on every answer
    with socket.socket(proto=socket.IPPROTO_TCP) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", port))
        config = uvicorn.Config(
            app,
            log_level="critical",
            access_log=False,
            lifespan=lifespan,
            ws="none",
            timeout_graceful_shutdown=1,
        )
        server = _Server(config)
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        await server.there.wait()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            await serving


@contextlib.asynccontextmanager
async def fake_telegram(port: int = 0, is_local: bool = False) -> AsyncIterator[FakeTelegram]:
    """A Bot API on a free port, for as long as a test needs it."""
    fake = FakeTelegram(is_local=is_local)
    async with served(fake.app, port) as fake.url:
        try:
            yield fake
        finally:
            await fake.let_go()
