"""Each address answers with exactly these headers, and other sites get in only when named."""

import re
from dataclasses import replace

import httpx
import pytest

from bot.channels.web import gateway
from bot.content.facts import FactsFromFiles
from bot.content.texts import TextsFromFiles
from tests.channels.test_routes import ALWAYS, MAY_CALL, address

SITE = "https://www.voorbeeld.nl"
STRANGE = [
    "null",
    "*",
    "",
    "https://voorbeeld.nl",
    "https://www.voorbeeld.nl.boef.nl",
    "https://www.voorbeeld.nl@boef.nl",
    "https://boef.nl/www.voorbeeld.nl",
    "https://wwwxvoorbeeld.nl",
    "https://sub.www.voorbeeld.nl",
    "https://www.voorbeeld.nl:8443",
    "https://www.voorbeeld.nl:443",
    "https://www.voorbeeld.nl/",
    "https://WWW.VOORBEELD.NL",
    "https://www.voorbeeld.nl.",
    "http://www.voorbeeld.nl",
    "file://",
    "chrome-extension://abc",
    "https://www.voorbeeld.nl https://boef.nl",
]
PLAIN = {*ALWAYS, "content-length", "content-type", "vary"}
KEPT = {*PLAIN, "etag", "cache-control"}
SHAPES = {
    ("POST", "/api/v1/conversations"): {*PLAIN, "cache-control"},
    ("POST", "/api/v1/messages"): {*PLAIN, "cache-control"},
    ("GET", "/api/v1/messages"): {*PLAIN, "cache-control"},
    ("GET", "/api/v1/known"): {*PLAIN, "cache-control"},
    ("GET", "/api/v1/files/{name}"): {*PLAIN, "cache-control", "content-disposition"},
    ("GET", "/api/v1/widget"): PLAIN,
    ("GET", "/health/live"): PLAIN,
    ("GET", "/health/ready"): PLAIN,
    ("GET", "/metrics"): {*PLAIN, "cache-control"},
    ("GET", "/privacy"): {*PLAIN, "content-security-policy"},
    ("GET", "/"): {*KEPT, "content-security-policy"},
    ("GET", "/widget/frame"): {*KEPT, "content-security-policy"},
    ("GET", "/widget/icon.svg"): KEPT,
    ("GET", "/widget/page.css"): KEPT,
    ("GET", "/widget/instap.js"): {*KEPT, "cross-origin-resource-policy"},
}
"""The names of all headers of a good answer; another header is a decision."""


@pytest.fixture
async def client(ports, clock):
    facts = FactsFromFiles.load()
    app = gateway(replace(ports, facts=facts, texts=TextsFromFiles(facts, clock)), [SITE])
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://instap") as client:
        yield client


async def opened(client) -> str:
    """The token of a new conversation."""
    return (await client.post("/api/v1/conversations")).json()["token"]


async def ask(client, method, path, token, **headers) -> httpx.Response:
    """A good request to an address, with the token that it may need."""
    body = {"json": {"text": "hoi"}} if path == "/api/v1/messages" and method == "POST" else {}
    headers |= {"Authorization": f"Bearer {token}", "Accept-Encoding": "identity"}
    return await client.request(method, address(path), headers=headers, **body)


def test_every_address_is_in_the_table():
    assert SHAPES.keys() == MAY_CALL.keys()


@pytest.mark.parametrize(("method", "path"), SHAPES)
async def test_an_address_has_these_headers_and_no_other(client, method, path):
    answer = await ask(client, method, path, await opened(client))
    assert answer.status_code in (200, 201)
    assert set(answer.headers) == SHAPES[method, path]


@pytest.mark.parametrize(("method", "path"), SHAPES)
async def test_a_site_that_was_not_named_may_read_nothing(client, method, path):
    token = await opened(client)
    for origin in STRANGE:
        answer = await ask(client, method, path, token, Origin=origin)
        assert "access-control-allow-origin" not in answer.headers, origin
        asked = {"Origin": origin, "Access-Control-Request-Method": method}
        before = await client.options(address(path), headers=asked)
        assert "access-control-allow-origin" not in before.headers, origin


@pytest.mark.parametrize(("method", "path"), SHAPES)
async def test_a_site_that_was_named_may_and_never_with_cookies(client, method, path):
    answer = await ask(client, method, path, await opened(client), Origin=SITE)
    assert answer.headers["access-control-allow-origin"] == SITE
    assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/geheim", b"", 404),
        ("DELETE", "/api/v1/messages", b"", 405),
        ("POST", "/api/v1/messages", b"{}", 401),
        ("POST", "/api/v1/conversations", b"{", 400),
        ("POST", "/api/v1/conversations", b'{"continue": "x"}', 410),
        ("POST", "/api/v1/conversations", b'{"x": 1}', 422),
        ("POST", "/api/v1/conversations", b"x" * 40_000, 413),
    ],
)
async def test_an_error_has_the_safe_headers_and_tells_nothing_of_us(
    client, method, path, body, status
):
    answer = await client.request(method, path, content=body)
    assert answer.status_code == status
    assert set(answer.headers) == PLAIN and ALWAYS.items() <= dict(answer.headers).items()
    assert not re.search(r"starlette|pydantic|python|Traceback|bot\.|/work", answer.text)


async def test_a_cookie_of_somebody_opens_nothing(client):
    """Only the header of the widget itself does: another site cannot send that unasked."""
    token = await opened(client)
    client.cookies.set("token", token)
    client.cookies.set("Authorization", f"Bearer {token}")
    for url in ("/api/v1/messages", f"/api/v1/messages?token={token}"):
        assert (await client.get(url)).status_code == 401
