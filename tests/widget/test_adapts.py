"""It adapts: to the colours of the site, to the text size of the visitor, to a lost connection."""

import shutil
from collections.abc import AsyncIterator
from typing import Any, Final

import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext, Page, Route, async_playwright, expect

from tests.support.parts import ScriptedEngine
from tests.widget.conftest import ARGUMENTS, LONGEST, ROOT, VIOLATIONS, Chat, Served, Watch
from tests.widget.test_widget import CHOICES, CONTRAST, circumstances, sideways

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

AWAY: Final = "U hebt nu geen internet."
OFFLINE: Final = "ERR_INTERNET_DISCONNECTED"
GIVE: Final = """(colours) => {
  const chat = document.querySelector("instap-chat");
  for (const [name, value] of Object.entries(colours)) {
    chat.style.setProperty(`--instap-${name}`, value);
  }
}"""
COLOURS: Final = "(part) => [getComputedStyle(part).backgroundColor, getComputedStyle(part).color]"

# ---- the colours of the site ----


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ({"accent": "#ffd400"}, "rgb(0, 0, 0)"),
        ({"accent": "#ffd400", "on-accent": "#fff"}, "rgb(0, 0, 0)"),
        ({"accent": "navy", "on-accent": "hsl(240 80% 40%)"}, "rgb(255, 255, 255)"),
        ({"accent": "navy", "on-accent": "#ffe"}, "rgb(255, 255, 238)"),
        ({"accent": "#767676"}, "rgb(255, 255, 255)"),
        ({"accent": "#777"}, "rgb(0, 0, 0)"),
    ],
)
async def test_text_on_the_colour_of_a_site_can_always_be_read(
    page: Page, chat: Chat, given: dict[str, str], text: str
):
    await page.evaluate(GIVE, given)
    await chat.open()
    await chat.say("hallo")
    parts = (chat.launcher, chat.panel.locator("header"), chat.log.locator(".visitor .bubble"))
    for part in parts:
        assert (await part.evaluate(COLOURS))[1] == text
        assert (await part.evaluate(CONTRAST))["contrast"] >= 4.5


async def test_colours_that_can_be_read_stay_as_they_were_given(page: Page, chat: Chat):
    given = {"accent": "#7a1040", "on-accent": "#ffeef5", "surface": "#fffdf7", "text": "#221"}
    await page.evaluate(GIVE, given)
    await chat.open()
    assert await chat.launcher.evaluate(COLOURS) == ["rgb(122, 16, 64)", "rgb(255, 238, 245)"]
    assert (await chat.panel.evaluate(COLOURS))[0] == "rgb(255, 253, 247)"


async def test_the_colours_are_checked_again_when_the_light_changes(page: Page, chat: Chat):
    await page.evaluate("() => document.documentElement.classList.add('eigen')")
    await page.evaluate(
        """() => {
          const look = new CSSStyleSheet();
          look.replaceSync(`.eigen { --instap-accent: navy; }
            @media (prefers-color-scheme: dark) { .eigen { --instap-accent: yellow; } }`);
          document.adoptedStyleSheets.push(look);
        }"""
    )
    await expect(chat.launcher).to_have_css("color", "rgb(255, 255, 255)")
    await page.emulate_media(color_scheme="dark")
    await expect(chat.launcher).to_have_css("color", "rgb(0, 0, 0)")
    await page.emulate_media(color_scheme="light")
    await expect(chat.launcher).to_have_css("color", "rgb(255, 255, 255)")


# ---- the text size of the visitor ----


@pytest_asyncio.fixture(loop_scope="module")
async def large_text() -> AsyncIterator[BrowserContext]:
    """A browser in which somebody asked for text twice as large."""
    arguments = [*ARGUMENTS, "--blink-settings=defaultFontSize=32"]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=arguments
        )
        context = await browser.new_context()
        context.set_default_timeout(LONGEST)
        await context.add_init_script(VIOLATIONS)
        yield context
        await browser.close()


@pytest.mark.parametrize("size", [(1280, 800), (320, 568), (640, 400)], ids=str)
async def test_the_text_is_as_large_as_the_visitor_asked(
    large_text: BrowserContext, served: Served, engine: ScriptedEngine, size: tuple[int, int]
):
    engine.says = CHOICES
    page = await large_text.new_page()
    await page.set_viewport_size({"width": size[0], "height": size[1]})
    await page.goto(served.url)
    chat = Chat(page)
    await expect(chat.launcher).to_have_css("font-size", "32px")
    await chat.open()
    await chat.say("aanmelden")
    for part in (chat.bubbles.last, chat.box, chat.choice("Ja")):
        await expect(part).to_have_css("font-size", "32px")
    assert await sideways(page, chat) == []
    await chat.choice("Ja").scroll_into_view_if_needed()
    await expect(chat.choice("Ja")).to_be_in_viewport(ratio=1)
    await chat.box.scroll_into_view_if_needed()
    await expect(chat.box).to_be_in_viewport(ratio=1)
    room = await chat.log.bounding_box()
    assert room and room["height"] >= 120
    assert await page.evaluate("window.violations") == []


async def test_a_site_that_makes_its_root_small_does_not_make_the_chat_small(
    page: Page, chat: Chat
):
    await page.evaluate("document.documentElement.style.fontSize = '62.5%'")
    await chat.open()
    await expect(chat.bubbles.first).to_have_css("font-size", "16px")


# ---- without a connection ----


async def test_a_lost_connection_is_told_and_told_no_more_when_it_is_back(
    context: BrowserContext, chat: Chat
):
    await chat.open()
    await context.set_offline(True)
    await expect(chat.status).to_contain_text(AWAY)
    await expect(chat.retry).to_be_hidden()
    await context.set_offline(False)
    await expect(chat.status).to_have_text("")
    await chat.say("hallo")
    await expect(chat.bubbles.last).to_have_text("Goed.")


async def test_a_notice_does_not_push_the_last_words_out_of_sight(
    page: Page, context: BrowserContext, chat: Chat
):
    await page.set_viewport_size({"width": 320, "height": 568})
    await chat.open()
    await chat.say("verder op telegram")
    link = chat.log.get_by_role("link")
    await chat.log.evaluate("(log) => { log.scrollTop = log.scrollHeight; }")
    await context.set_offline(True)
    await expect(chat.status).to_contain_text(AWAY)
    await expect(link).to_be_in_viewport(ratio=1)


async def test_a_connection_that_is_lost_while_an_answer_comes_is_told_afterwards(
    page: Page, context: BrowserContext, chat: Chat
):
    await chat.open()

    async def lose(route: Route) -> None:
        answer = await route.fetch()
        await context.set_offline(True)
        await route.fulfill(response=answer)

    await page.route("**/api/v1/messages", lose)
    await chat.say("hallo")
    await expect(chat.bubbles.last).to_have_text("Goed.")
    await expect(chat.status).to_contain_text(AWAY)


async def test_what_is_sent_without_a_connection_waits_until_one_tries_again(
    context: BrowserContext, chat: Chat, engine: ScriptedEngine, watch: Watch
):
    watch.expected = OFFLINE
    await chat.open()
    await context.set_offline(True)
    await expect(chat.status).to_contain_text(AWAY)
    await chat.box.fill("kan het ook in de avond")
    await chat.box.press("Enter")
    await expect(chat.status).to_contain_text("Uw bericht is nog niet verstuurd.")
    await expect(chat.box).to_have_value("kan het ook in de avond")
    await context.set_offline(False)
    await expect(chat.retry).to_be_visible()
    await chat.retry.click()
    await expect(chat.bubbles.last).to_have_text("Goed.")
    await expect(chat.status).to_have_text("")
    assert [each["text"] for each in engine.heard] == ["kan het ook in de avond"]


async def test_who_opens_without_a_connection_can_begin_when_it_is_back(
    context: BrowserContext, chat: Chat, watch: Watch
):
    watch.expected = OFFLINE
    await context.set_offline(True)
    await chat.launcher.click()
    await expect(chat.retry).to_be_visible()
    await context.set_offline(False)
    await chat.retry.click()
    await expect(chat.log).to_contain_text("digitale assistent")


# ---- the element on a page that changes ----


async def test_it_survives_being_moved_on_the_page(page: Page, context: BrowserContext, chat: Chat):
    await chat.open()
    await chat.say("hallo")
    await page.evaluate(
        """() => {
          const chat = document.querySelector("instap-chat");
          chat.remove();
          document.body.prepend(chat);
        }"""
    )
    assert (await chat.texts())[-1] == "Goed."
    await chat.say("nog eens")
    await context.set_offline(True)
    await expect(chat.status).to_contain_text(AWAY)
    await context.set_offline(False)
    await expect(chat.status).to_have_text("")


@circumstances(bypass_csp=True)
async def test_a_script_that_does_not_know_where_it_came_from_is_told(
    page: Page, served: Served, chat: Chat
):
    await page.goto(f"{served.other_site}/privacy")
    built = (ROOT / "bot/widget/dist/instap.js").read_text()
    await page.evaluate(
        """(gateway) => {
          const chat = document.createElement("instap-chat");
          chat.setAttribute("gateway", gateway);
          document.body.append(chat);
        }""",
        served.url + "/",
    )
    await page.evaluate("() => { " + built + " }")
    await chat.open()
    await chat.say("hallo")
    await expect(chat.bubbles.last).to_have_text("Goed.")


@pytest.mark.parametrize(
    ("asks", "purpose"),
    [("name", "name"), ("email", "email"), ("phone", "tel"), ("sector", "off"), (None, "off")],
)
async def test_the_browser_may_fill_in_what_is_asked_for(
    page: Page, chat: Chat, asks: Any, purpose: str
):
    await chat.open()

    async def ask(route: Route) -> None:
        answer = await route.fetch()
        await route.fulfill(response=answer, json=await answer.json() | {"asks": asks})

    await page.route("**/api/v1/messages", ask)
    await chat.say("hallo")
    await expect(chat.box).to_have_attribute("autocomplete", purpose)
