"""Every address of ours has a decision about who may call it, and the gateway safe headers."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute

from bot import serving
from bot.channels.telegram_webhook import MAX_BODY, PATH, SECRET, secret_of
from bot.channels.web import gateway
from bot.content.facts import FactsFromFiles
from bot.content.texts import TextsFromFiles
from bot.settings import Settings

ANYBODY, VISITOR = "anybody", "whoever has the token of the conversation"
MACHINE = "whoever asks from this machine itself"
TELEGRAM = "whoever knows the secret that Telegram was given"
ENGINE = "whoever knows the secret between our parts"
MAY_CALL = {
    ("POST", "/api/v1/conversations"): ANYBODY,
    ("POST", "/api/v1/messages"): VISITOR,
    ("GET", "/api/v1/messages"): VISITOR,
    ("GET", "/api/v1/files/{name}"): VISITOR,
    ("GET", "/api/v1/known"): VISITOR,
    ("GET", "/api/v1/widget"): ANYBODY,
    ("GET", "/health/live"): ANYBODY,
    ("GET", "/health/ready"): ANYBODY,
    ("GET", "/privacy"): ANYBODY,
    ("GET", "/metrics"): MACHINE,
    ("GET", "/"): ANYBODY,
    ("GET", "/widget/frame"): ANYBODY,
    ("GET", "/widget/icon.svg"): ANYBODY,
    ("GET", "/widget/page.css"): ANYBODY,
    ("GET", "/widget/instap.js"): ANYBODY,
}
OF_TELEGRAM = {("POST", PATH): TELEGRAM}
OF_ACTIONS = {
    ("POST", "/webhook"): ENGINE,
    ("POST", "/nlg"): ENGINE,
    ("GET", "/health/live"): ANYBODY,
    ("GET", "/metrics"): MACHINE,
}
TOKEN = "1234:voorbeeld"
ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
}
PAGES = ("/", "/widget/frame", "/privacy")


@pytest.fixture
def application(ports, clock):
    facts = FactsFromFiles.load()
    return gateway(replace(ports, facts=facts, texts=TextsFromFiles(facts, clock)))


@pytest.fixture
async def client(application):
    transport = httpx.ASGITransport(application, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://instap") as client:
        yield client


def address(path: str) -> str:
    return path.replace("{name}", "my_data")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Of a house to which Telegram comes."""
    return Settings(
        _env_file=None,
        var=tmp_path / "house",
        telegram_token=TOKEN,
        telegram_mode="webhook",
        public_url="https://bot.example.nl",
        engine_secret="x" * 16,
    )


def addresses(routes: list[BaseRoute], above: str = "") -> Iterator[tuple[str, str]]:
    """Method and path of every route, also of an application in another; no other kind is known."""
    for each in routes:
        if isinstance(each, Mount):
            assert isinstance(each.app, Starlette), f"nobody looked at what {each.path} opens"
            yield from addresses(each.app.routes, above + each.path)
        else:
            assert isinstance(each, Route), f"nobody looked at {each}"
            yield from ((method, above + each.path) for method in each.methods or {"ANY"})


def found(application: Starlette) -> set[tuple[str, str]]:
    """All that can be called; what may be read may also be asked for without its body."""
    return {pair for pair in addresses(application.routes) if pair[0] != "HEAD"}


def test_every_route_is_in_the_table(application, settings):
    assert found(application) == MAY_CALL.keys()
    assert found(serving.gateway_app(settings)) == MAY_CALL.keys() | OF_TELEGRAM.keys()
    assert found(serving.gateway_app(settings, 1)) == MAY_CALL.keys()
    assert found(serving.actions_app(settings)) == OF_ACTIONS.keys()


async def nothing(*_: object) -> Response:
    return Response()


@pytest.mark.parametrize(
    "route",
    [
        Mount("/", app=nothing),
        WebSocketRoute("/", nothing),
        Mount("/a", [Mount("/b", app=nothing)]),
    ],
)
def test_a_route_that_nobody_looked_at_is_noticed(route):
    with pytest.raises(AssertionError, match="nobody looked"):
        found(Starlette(routes=[route]))


async def test_the_door_of_telegram_is_safe_and_opens_to_its_secret_alone(settings):
    transport = httpx.ASGITransport(serving.gateway_app(settings))
    async with httpx.AsyncClient(transport=transport, base_url="http://instap") as client:
        known = {SECRET: secret_of(TOKEN)}
        refused = [
            await client.post(PATH, json={}, headers={SECRET: given} if given else {})
            for given in (None, "x", known[SECRET][:-1])
        ]
        too_long = await client.post(PATH, content=b"x" * (MAX_BODY + 1), headers=known)
        other = await client.get(PATH)
    assert {each.status_code for each in refused} == {403} and not too_long.content
    assert other.status_code == 404
    for answer in (*refused, too_long, other):
        assert ALWAYS.items() <= dict(answer.headers).items()
        assert answer.headers.get_list("referrer-policy", split_commas=True) == ["no-referrer"]


@pytest.mark.parametrize("pair", [pair for pair, who in OF_ACTIONS.items() if who == ENGINE])
async def test_the_action_server_opens_to_our_own_parts_alone(settings, pair):
    transport = httpx.ASGITransport(serving.actions_app(settings))
    async with httpx.AsyncClient(transport=transport, base_url="http://actions") as client:
        assert (await client.request(*pair, json={})).status_code == 401


@pytest.mark.parametrize(("method", "path"), MAY_CALL)
@pytest.mark.parametrize("authorization", [None, "Bearer verzonnen", "Bearer ", "Basic YTpi"])
async def test_who_has_no_right_gets_nothing(client, method, path, authorization):
    headers = {"Authorization": authorization} if authorization is not None else {}
    answer = await client.request(method, address(path), headers=headers)
    if MAY_CALL[method, path] == VISITOR:
        assert answer.status_code == 401
    else:
        assert answer.status_code in (200, 201)


@pytest.mark.parametrize(("method", "path"), MAY_CALL)
async def test_what_is_for_this_machine_is_not_there_for_others(application, method, path):
    transport = httpx.ASGITransport(application, client=("203.0.113.7", 5000))
    async with httpx.AsyncClient(transport=transport, base_url="http://instap") as stranger:
        answer = await stranger.request(method, address(path))
    assert (answer.status_code == 404) == (MAY_CALL[method, path] == MACHINE)


@pytest.mark.parametrize(("method", "path"), MAY_CALL)
async def test_every_answer_has_the_safe_headers(client, method, path):
    answer = await client.request(method, address(path))
    assert ALWAYS.items() <= dict(answer.headers).items()
    assert "server" not in answer.headers and "x-powered-by" not in answer.headers
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_loads_nothing_of_others_and_stands_in_no_frame(client, path):
    policy = (await client.get(path)).headers["content-security-policy"]
    rules = dict(part.strip().split(" ", 1) for part in policy.split(";") if " " in part.strip())
    assert rules["default-src"] == rules["base-uri"] == rules["frame-ancestors"] == "'none'"
    assert set(" ".join(rules.values()).split()) <= {"'none'", "'self'", "'script'"}


async def test_what_is_said_is_kept_by_no_cache(client):
    started = await client.post("/api/v1/conversations")
    headers = {"Authorization": f"Bearer {started.json()['token']}"}
    said = await client.post("/api/v1/messages", json={"text": "hallo"}, headers=headers)
    history = await client.get("/api/v1/messages", headers=headers)
    file = await client.get("/api/v1/files/my_data", headers=headers)
    assert {each.headers["cache-control"] for each in (started, said, history, file)} == {
        "no-store"
    }
