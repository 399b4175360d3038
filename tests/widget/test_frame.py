"""The chat as a page of its own, for a site that frames it instead of running our script."""

import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.async_api import BrowserContext, FrameLocator, Page, expect

from bot.channels.site import policy
from tests.support.parts import ScriptedEngine
from tests.widget.conftest import FRAMING, Chat, Served, Watch

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

FRAME = "/widget/frame"


@pytest.fixture
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A gateway that no site was named to."""
    served = Served(tmp_path_factory.mktemp("closed"), for_others=False)
    served.start()
    yield served
    served.stop()


def framed(page: Page) -> FrameLocator:
    return page.frame_locator("iframe")


async def test_it_is_nothing_but_the_chat_and_open(page: Page, served: Served):
    await page.goto(served.url + FRAME)
    chat = Chat(page)
    await expect(chat.log).to_contain_text("digitale assistent")
    await expect(chat.launcher).to_have_count(0)
    await expect(chat.host.get_by_role("button", name="Sluiten")).to_have_count(0)
    await expect(page.get_by_role("heading", level=1)).to_have_text("Instap")
    await expect(chat.panel).to_contain_text("digitale assistent, geen mens")
    assert await chat.panel.bounding_box() == {"x": 0, "y": 0, "width": 1280, "height": 800}
    assert await page.evaluate("document.activeElement === document.body"), "no focus is taken"
    await chat.box.focus()
    await page.keyboard.press("Escape")
    await expect(chat.panel).to_be_visible()
    await chat.say("hallo")
    await page.reload()
    await expect(chat.bubbles.last).to_have_text("Goed.")


async def test_a_site_that_was_named_can_frame_it_and_people_talk_there(
    page: Page, served: Served, engine: ScriptedEngine
):
    await page.goto(served.other_site + FRAMING)
    frame = framed(page)
    await frame.get_by_role("textbox", name="Uw bericht").fill("hallo")
    await frame.get_by_role("button", name="Versturen").click()
    bubbles = frame.get_by_role("log").locator(".bubble")
    await expect(bubbles.last).to_have_text("Goed.")
    assert [each["text"] for each in engine.heard] == ["hallo"]
    assert await page.evaluate("sessionStorage.length") == 0, "the site has no part in it"
    inside = page.frames[1]
    assert inside.url == served.url + FRAME
    assert await inside.evaluate("Object.keys(sessionStorage)") == ["instap"]
    before = await bubbles.all_inner_texts()
    await page.reload()
    await expect(bubbles).to_have_count(len(before))
    assert await bubbles.all_inner_texts() == before


@pytest.mark.parametrize("who", ["stranger", "url"])
async def test_a_site_that_was_not_named_cannot(
    context: BrowserContext, served: Served, watch: Watch, who: str
):
    page = await context.new_page()
    watch.follow(page)
    async with page.expect_event("console", lambda said: "frame-ancestors" in said.text):
        await page.goto(getattr(served, who) + FRAMING)
    await expect(framed(page).get_by_role("textbox")).to_have_count(0)
    assert not [each for each in watch.requests if "/api/" in each.url]


async def test_when_no_site_was_named_nobody_can_frame_it(page: Page, closed: Served, watch: Watch):
    watch.home = closed.url
    watch.expected = "frame-ancestors 'none'"
    async with page.expect_event("console", lambda said: "frame-ancestors" in said.text):
        await page.goto(closed.other_site + FRAMING)
    await expect(framed(page).get_by_role("textbox")).to_have_count(0)
    watch.requests.clear()  # the demonstration page before it has another port


async def test_the_sites_that_may_frame_it_are_those_that_were_named(served: Served):
    async with httpx.AsyncClient(base_url=served.url) as client:
        pages = {path: (await client.get(path)).headers for path in ("/", "/privacy", FRAME)}
    allowed = {
        path: re.findall(r"frame-ancestors ([^;]+)", headers["content-security-policy"])
        for path, headers in pages.items()
    }
    assert allowed == {"/": ["'none'"], "/privacy": ["'none'"], FRAME: [served.other_site]}
    assert not any("x-frame-options" in headers for headers in pages.values())
    assert "frame-ancestors https://a.nl https://b.nl;" in policy(["https://a.nl", "https://b.nl"])
