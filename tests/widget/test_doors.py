"""Going on elsewhere: the link to Telegram with its QR code, and the link that leads here."""

import re
from base64 import b64encode
from typing import Any, Final

import pytest
from playwright.async_api import BrowserContext, Locator, Page, Route, expect

from bot.services.records import Spoken
from tests.support.parts import ScriptedEngine
from tests.widget.conftest import Chat, Served, Watch
from tests.widget.test_widget import circumstances

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

TELEGRAM: Final = "verder op telegram"
WEBSITE: Final = "verder op de website"
OFFER: Final = (Spoken("Dit kunt u bewaren."), Spoken(signs={"files": ["my_data", "later"]}))

# The squares of a QR code as they are painted, by their middles: 1 is dark; quiet zone included.
PAINTED = """async ([src, side]) => {
  const image = new Image();
  image.src = src;
  await image.decode();
  const { width, height } = image;
  const canvas = new OffscreenCanvas(width, height).getContext("2d");
  canvas.drawImage(image, 0, 0);
  const dark = (x, y) => canvas.getImageData(
    (x + 0.5) * width / side, (y + 0.5) * height / side, 1, 1).data[0] < 128 ? 1 : 0;
  const squares = [...Array(side).keys()];
  return squares.map((y) => squares.map((x) => dark(x, y)));
}"""


def qr(chat: Chat) -> Locator:
    return chat.log.get_by_role("img")


async def to_website(chat: Chat) -> str:
    """The address under which this conversation goes on in another browser."""
    await chat.say(WEBSITE)
    [link] = await chat.log.get_by_role("link").all()
    return await link.get_attribute("href") or ""


# ---- away from here ----


async def test_the_way_to_telegram_stands_at_the_bottom_and_asks_for_the_link(chat: Chat):
    await chat.open()
    await chat.panel.get_by_role("button", name="Verder op Telegram").click()
    await expect(chat.log.get_by_role("link")).to_have_count(1)
    await expect(chat.log.locator(".visitor .bubble")).to_have_text("Verder op Telegram")


async def test_whoever_comes_from_elsewhere_sees_what_was_said_there(page: Page, chat: Chat):
    await chat.open()
    await chat.say("mijn kanarie zingt")
    address = await to_website(chat)
    browser = page.context.browser
    assert browser
    elsewhere = await browser.new_context()
    there = await elsewhere.new_page()
    await there.goto(address)
    log = there.locator("instap-chat").get_by_role("log")
    await expect(log).to_contain_text("Welkom. Wij gaan hier verder waar u was.")
    await expect(log.get_by_text("mijn kanarie zingt")).to_have_count(1)
    await expect(log.get_by_text("Welkom. Wij gaan")).to_have_count(1)
    await elsewhere.close()


async def test_the_link_to_telegram_stands_below_the_reply_and_opens_a_new_tab(chat: Chat):
    await chat.open()
    await chat.say(TELEGRAM)
    link = chat.log.get_by_role("link")
    await expect(link).to_have_count(1)
    assert re.fullmatch(
        r"https://t\.me/instap_bot\?start=[\w-]+", await link.get_attribute("href") or ""
    )
    assert await link.get_attribute("target") == "_blank"
    assert await link.get_attribute("rel") == "noopener noreferrer"
    assert "Telegram" in await link.inner_text()
    size = await link.bounding_box()
    assert size and min(size["width"], size["height"]) >= 44
    last = chat.log.locator(".turn").last
    await expect(last.get_by_role("link")).to_have_count(1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_qr_code_is_black_on_white_with_room_around_it(
    page: Page, chat: Chat, scheme: Any
):
    await page.emulate_media(color_scheme=scheme)
    await chat.open()
    await chat.say(TELEGRAM)
    code = qr(chat)
    await expect(code).to_be_visible()
    name = await code.get_attribute("aria-label") or ""
    assert name.startswith("Code om te scannen: ") and "Telegram" in name
    await expect(chat.log).to_contain_text("Of scan deze code met uw telefoon.")
    box = await code.get_attribute("viewBox") or ""
    size = int(box.split()[2]) - 8
    assert box == f"-4 -4 {size + 8} {size + 8}"
    style = "(svg) => { const s = getComputedStyle(svg); return [s.backgroundColor, s.fill]; }"
    assert await code.evaluate(style) == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]
    await expect(code).to_be_in_viewport(ratio=1)
    bounds = await code.bounding_box()
    assert bounds and bounds["width"] == bounds["height"] == 4 * (size + 8)
    finder = [[1] * 7, [1, *[0] * 5, 1]]
    rows = await squares(page, await code.screenshot(scale="css"), size + 8)
    assert [row[4:11] for row in rows[4:6]] == finder
    quiet = [*rows[1:4], *rows[-4:-1], *([row[at] for row in rows] for at in (1, 2, 3, -4, -3, -2))]
    assert all(sum(line[4:-4]) == 0 for line in quiet), "the quiet zone is white"


async def squares(page: Page, picture: bytes, side: int) -> list[list[int]]:
    """The squares of a picture, read on a page without a policy."""
    reader = await page.context.new_page()
    rows: list[list[int]] = await reader.evaluate(
        PAINTED, [f"data:image/png;base64,{b64encode(picture).decode()}", side]
    )
    await reader.close()
    return rows


@circumstances(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
async def test_on_a_telephone_there_is_the_link_and_no_code(chat: Chat):
    await chat.open()
    await chat.say(TELEGRAM)
    await expect(chat.log.get_by_role("link")).to_be_visible()
    await expect(chat.log.locator("figure")).to_be_hidden()


async def test_the_link_is_still_there_after_a_reload(page: Page, chat: Chat):
    await chat.open()
    await chat.say(TELEGRAM)
    href = await chat.log.get_by_role("link").get_attribute("href")
    await page.reload()
    assert await chat.log.get_by_role("link").get_attribute("href") == href
    await expect(qr(chat)).to_be_visible()


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//boef.nl", "tg://x"])
async def test_a_link_leads_to_a_web_address_or_is_not_there(page: Page, chat: Chat, url: str):
    await chat.open()

    async def spoil(route: Route) -> None:
        answer = await route.fetch()
        turn = await answer.json()
        turn["links"] = [{"title": "Verder", "url": url, "qr": None}]
        await route.fulfill(response=answer, json=turn)

    await page.route("**/api/v1/messages", spoil)
    await chat.say("hallo")
    await expect(chat.log.get_by_role("link")).to_have_count(0)


async def test_a_file_has_a_word_of_its_own_where_there_is_one(page: Page, engine: ScriptedEngine):
    async def name(route: Route) -> None:
        answer = await route.fetch()
        await route.fulfill(
            response=answer, json=await answer.json() | {"file_my_data": "Bewaar uw gegevens"}
        )

    await page.route("**/api/v1/widget", name)
    await page.reload()
    chat = Chat(page)
    engine.says = OFFER
    await chat.open()
    await chat.say("welke gegevens hebt u?")
    labels = await chat.log.locator(".files button").all_inner_texts()
    assert labels == ["Bewaar uw gegevens", "Bewaar als bestand"]


# ---- to here ----


async def test_the_link_of_another_door_opens_the_conversation_and_leaves_the_address(
    page: Page, context: BrowserContext, served: Served, chat: Chat, watch: Watch
):
    await chat.open()
    address = await to_website(chat)
    assert address.startswith(f"{served.url}/#instap=")
    other = await context.new_page()
    watch.follow(other)
    await other.goto(address)
    there = Chat(other)
    await expect(there.panel).to_be_visible()
    await expect(there.bubbles.last).to_have_text("Goed.")
    await expect(there.box).to_be_focused()
    assert await other.evaluate("location.href") == served.url + "/"
    assert "instap=" not in await other.evaluate("JSON.stringify(history.state) + document.URL")
    begun = [each.post_data_json for each in watch.requests if each.url.endswith("/conversations")]
    assert begun == [{}, {"continue": address.partition("=")[2]}]
    await there.say("hier ben ik")
    await other.reload()
    await expect(there.log).to_contain_text(WEBSITE)
    await expect(there.log).to_contain_text("hier ben ik")
    await other.go_back()
    assert "instap=" not in other.url


async def test_the_same_page_takes_the_link_too(page: Page, chat: Chat, watch: Watch):
    await chat.open()
    address = await to_website(chat)
    await page.keyboard.press("Escape")
    await page.evaluate("(address) => { location.href = address; }", address)
    await expect(chat.panel).to_be_visible()
    await expect(chat.bubbles.last).to_have_text("Goed.")
    assert "#" not in await page.evaluate("location.href")


async def test_a_link_that_is_used_up_says_so_and_a_new_conversation_begins(
    page: Page, served: Served, watch: Watch
):
    watch.expected = "status of 410"
    await page.goto("about:blank")
    await page.goto(f"{served.url}/#instap=v-allang-gebruikt")
    chat = Chat(page)
    await expect(chat.status).to_contain_text("link")
    await expect(chat.log).to_contain_text("digitale assistent")
    await expect(chat.retry).to_be_hidden()
    begun = [each.post_data_json for each in watch.requests if each.url.endswith("/conversations")]
    assert begun == [{"continue": "v-allang-gebruikt"}, {}]
    await chat.say("hallo")
    await expect(chat.status).to_have_text("")
    await page.reload()
    await expect(chat.log).to_contain_text("hallo")


async def test_a_link_keeps_its_worth_while_there_is_no_connection(
    page: Page, served: Served, chat: Chat, watch: Watch
):
    watch.expected = "ERR_FAILED"
    await chat.open()
    address = await to_website(chat)
    await page.route("**/api/v1/conversations", lambda route: route.abort())
    await page.goto("about:blank")
    await page.goto(address)
    await expect(chat.retry).to_be_visible()
    await page.unroute_all()
    await chat.retry.click()
    await expect(chat.bubbles.last).to_have_text("Goed.")
    begun = [each.post_data_json for each in watch.requests if each.url.endswith("/conversations")]
    assert begun[-1] == {"continue": address.partition("=")[2]}


@pytest.mark.parametrize("fragment", ["#instap", "#instap=", "#instap=een%20twee", "#bron-1"])
async def test_another_fragment_opens_nothing_and_stays(page: Page, served: Served, fragment: str):
    await page.goto("about:blank")
    await page.goto(served.url + "/" + fragment)
    chat = Chat(page)
    await expect(chat.launcher).to_be_visible()
    await expect(chat.panel).to_be_hidden()
    assert await page.evaluate("location.hash") == fragment
