"""Every address of the gateway has a decision about who may call it, and safe headers."""

from dataclasses import replace

import httpx
import pytest
from starlette.routing import Route

from bot.channels.web import gateway
from bot.content.facts import FactsFromFiles
from bot.content.texts import TextsFromFiles

ANYBODY, VISITOR = "anybody", "whoever has the token of the conversation"
MACHINE = "whoever asks from this machine itself"
MAY_CALL = {
    ("POST", "/api/v1/conversations"): ANYBODY,
    ("POST", "/api/v1/messages"): VISITOR,
    ("GET", "/api/v1/messages"): VISITOR,
    ("GET", "/api/v1/files/{name}"): VISITOR,
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


def test_every_route_is_in_the_table(application):
    routes = [each for each in application.routes if isinstance(each, Route)]
    found = {(method, each.path) for each in routes for method in each.methods or ()}
    assert {pair for pair in found if pair[0] != "HEAD"} == MAY_CALL.keys()


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
