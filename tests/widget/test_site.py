"""How the files of the widget are served: small, kept for a while, and to whom."""

from collections.abc import AsyncIterator
from typing import Final

import httpx
import pytest
import pytest_asyncio

from tests.widget.conftest import ROOT, Served

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

SCRIPT: Final = "/widget/instap.js"
FILES: Final = {
    "/": ("text/html; charset=utf-8", "no-cache"),
    "/widget/frame": ("text/html; charset=utf-8", "no-cache"),
    SCRIPT: ("text/javascript; charset=utf-8", "public, max-age=300"),
    "/widget/page.css": ("text/css; charset=utf-8", "public, max-age=300"),
    "/widget/icon.svg": ("image/svg+xml", "public, max-age=300"),
}


@pytest_asyncio.fixture(loop_scope="module")
async def client(served: Served) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=served.url) as client:
        yield client


@pytest.mark.parametrize("path", FILES)
async def test_a_file_is_not_sent_again_to_who_has_it(client: httpx.AsyncClient, path: str):
    kind, keep = FILES[path]
    first = await client.get(path)
    assert (first.status_code, first.headers["content-type"]) == (200, kind)
    assert first.headers["cache-control"] == keep
    tag = first.headers["etag"]
    again = await client.get(path, headers={"If-None-Match": f'"iets", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    other = await client.get(path, headers={"If-None-Match": 'W/"iets"'})
    assert other.content == first.content


async def test_the_script_goes_small_to_who_can_unpack_it(client: httpx.AsyncClient):
    built = (ROOT / "bot/widget/dist/instap.js").read_bytes()
    packed = await client.get(SCRIPT, headers={"Accept-Encoding": "gzip, br"})
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < len(built) / 2
    plain = await client.get(SCRIPT, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert packed.content == plain.content == built


async def test_a_site_may_check_the_hash_of_the_script(client: httpx.AsyncClient, served: Served):
    asked = await client.get(SCRIPT, headers={"Origin": served.other_site})
    assert asked.headers["access-control-allow-origin"] == served.other_site
    assert asked.headers["cross-origin-resource-policy"] == "cross-origin"
    plain = await client.get(SCRIPT)
    assert "Origin" in plain.headers["vary"], "a cache keeps the two apart"
