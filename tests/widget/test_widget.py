"""The widget in a real browser, as people use it: with a mouse, with keys, on a telephone."""

import asyncio
import re
from typing import Any

import pytest
from playwright.async_api import BrowserContext, Download, Locator, Page, Route, expect

from bot.channels.pages import text_page
from bot.services.records import Spoken
from tests.support.parts import ScriptedEngine
from tests.widget.conftest import ELSEWHERE, Chat, Served, Watch

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

COST = "Wat kost het?"
PHONE = {"viewport": {"width": 320, "height": 568}, "has_touch": True}
DARK = {"color_scheme": "dark"}
GONE = r"ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE"
CHOICES = (Spoken("Weet u het zeker?", (("Ja", "/affirm"), ("Nee", "/deny"))),)

KEPT = """async () => ({
  cookies: document.cookie,
  local: {...localStorage},
  tab: {...sessionStorage},
  databases: (await indexedDB.databases()).length,
  caches: "caches" in window ? (await caches.keys()).length : 0,
})"""
NOTHING = {"cookies": "", "local": {}, "tab": {}, "databases": 0, "caches": 0}

# The contrast of a text with what it is painted on, and how light that is; by WCAG's formula.
CONTRAST = """(element) => {
  const light = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255)
      .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const painted = (node) => {
    const { backgroundColor } = getComputedStyle(node);
    const above = node.parentElement ?? node.getRootNode().host;
    const seeThrough = backgroundColor === "rgba(0, 0, 0, 0)";
    return seeThrough && above ? painted(above) : light(backgroundColor);
  };
  const [text, ground] = [light(getComputedStyle(element).color), painted(element)];
  return {
    ground,
    contrast: (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05),
  };
}"""


def circumstances(**settings: Any) -> pytest.MarkDecorator:
    """Run a test in other circumstances."""
    return pytest.mark.parametrize("circumstances", [settings], ids=[""])


async def sideways(page: Page, chat: Chat) -> list[str]:
    """What is wider than it has room for."""
    wide = "(element) => element.scrollWidth > element.clientWidth"
    parts = {"page": page.locator("html"), "panel": chat.panel, "log": chat.log}
    shown = {name: part for name, part in parts.items() if await part.is_visible()}
    return [name for name, part in shown.items() if await part.evaluate(wide)]


async def count_of(chat: Chat, *tags: str) -> int:
    """How many elements of these kinds the conversation holds."""
    return await chat.log.locator(",".join(tags)).count()


async def hold(page: Page) -> list[Route]:
    """Keep messages on their way, until the test lets them go."""
    held: list[Route] = []

    async def keep(route: Route) -> None:
        held.append(route)

    await page.route("**/api/v1/messages", keep)
    return held


# ---- before it is opened ----


async def test_the_page_shows_the_widget_and_leaves_it_closed(page: Page, chat: Chat):
    assert await page.locator("html").get_attribute("lang") == "nl"
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    await expect(chat.launcher).to_be_in_viewport(ratio=1)
    await expect(chat.launcher).to_have_attribute("aria-expanded", "false")
    await expect(chat.panel).to_be_hidden()


async def test_before_opening_nothing_is_kept_and_nothing_is_sent(
    page: Page, context: BrowserContext, chat: Chat, watch: Watch
):
    await page.wait_for_load_state("networkidle")
    assert await page.evaluate(KEPT) == NOTHING
    assert await context.cookies() == []
    assert {each.method for each in watch.requests} == {"GET"}
    assert watch.elsewhere() == []


async def test_while_the_words_cannot_be_had_the_page_says_so(page: Page, watch: Watch):
    watch.expected = "ERR_FAILED"
    await page.route("**/api/v1/widget", lambda route: route.abort())
    await page.reload()
    await expect(page.get_by_text("De assistent Instap werkt hier nu niet.")).to_be_visible()
    await page.unroute_all()
    chat = Chat(page)
    await expect(chat.launcher).to_be_visible()
    await expect(page.get_by_text("De assistent Instap werkt hier nu niet.")).to_be_hidden()


# ---- opening and closing ----


async def test_opening_says_that_it_is_a_digital_assistant(chat: Chat):
    await chat.open()
    await expect(chat.panel).to_contain_text("digitale assistent, geen mens")
    assert "digitale assistent" in (await chat.texts())[0]
    await expect(chat.launcher).to_have_attribute("aria-expanded", "true")


async def test_keys_open_it_and_escape_brings_the_focus_back(page: Page, chat: Chat):
    await chat.launcher.focus()
    await page.keyboard.press("Enter")
    await expect(chat.box).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(chat.panel).to_be_hidden()
    await expect(chat.launcher).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(chat.box).to_be_focused()
    await chat.host.get_by_role("button", name="Sluiten").click()
    await expect(chat.launcher).to_be_focused()


async def test_closing_and_opening_goes_on_with_the_same_conversation(
    page: Page, chat: Chat, watch: Watch
):
    await chat.open()
    await chat.say("hallo")
    shown = await chat.texts()
    await page.keyboard.press("Escape")
    await chat.open()
    assert await chat.texts() == shown
    assert [each.url for each in watch.requests if each.url.endswith("/conversations")] == [
        watch.home + "/api/v1/conversations"
    ]


async def test_tab_goes_through_the_panel_and_out_of_it(page: Page, chat: Chat):
    await chat.open()
    names = set()
    for _ in range(40):  # the links of the page come by too
        await page.keyboard.press("Tab")
        active = "document.activeElement.shadowRoot?.activeElement"
        names.add(await page.evaluate(f"{active}?.ariaLabel || {active}?.textContent || ''"))
    assert {"Sluiten", "Versturen", "Uw gegevens", "Nieuw gesprek", COST} <= names
    assert "" in names, "the focus is caught in the panel"


# ---- talking ----


async def test_enter_sends_and_the_answer_stands_in_the_log(chat: Chat, engine: ScriptedEngine):
    engine.says = (Spoken("Dat weet ik niet zeker.\n\nVraag het uw fonds."),)
    await chat.open()
    await chat.box.press_sequentially("wat kost")
    await chat.box.press("Shift+Enter")
    await chat.box.press_sequentially("dat?")
    await chat.box.press("Enter")
    await expect(chat.log).to_contain_text("Vraag het uw fonds.")
    assert (await chat.texts())[-3:] == [
        "wat kost\ndat?",
        "Dat weet ik niet zeker.",
        "Vraag het uw fonds.",
    ]
    assert [each["text"] for each in engine.heard] == ["wat kost\ndat?"]
    await expect(chat.box).to_have_value("")
    await expect(chat.box).to_be_focused()
    await expect(chat.log).to_have_attribute("aria-live", "polite")


async def test_who_speaks_is_told_in_words(chat: Chat):
    await chat.open()
    await chat.say("hallo")
    speakers = await chat.log.locator(".turn > p:first-child").all_inner_texts()
    assert speakers == ["Assistent:", "Assistent:", "U zei:", "Assistent:"]


async def test_the_button_sends_too_and_an_empty_box_does_not(chat: Chat, watch: Watch):
    await chat.open()
    send = chat.host.get_by_role("button", name="Versturen")
    await send.click()
    await chat.box.fill("   ")
    await send.click()
    assert watch.sent() == []
    await chat.box.fill("hallo")
    await send.click()
    await expect(chat.bubbles.last).to_have_text("Goed.")
    assert [each["text"] for each in watch.sent()] == ["hallo"]


async def test_a_slow_answer_is_announced_in_words(page: Page, chat: Chat, watch: Watch):
    await chat.open()
    held = await hold(page)
    await chat.box.fill("hallo")
    await chat.box.press("Enter")
    await expect(chat.status).to_have_text("De assistent maakt een antwoord")
    await chat.box.fill("nog iets")
    await chat.box.press("Enter")
    assert len(watch.sent()) == 1, "one question at a time"
    await held[0].continue_()
    await expect(chat.bubbles.last).to_have_text("Goed.")
    await expect(chat.status).to_have_text("")
    await expect(chat.box).to_have_value("nog iets")


async def test_an_answer_leaves_the_focus_where_it_is(page: Page, chat: Chat):
    await chat.open()
    await chat.box.fill("hallo")
    held = await hold(page)
    await chat.box.press("Enter")
    close = chat.host.get_by_role("button", name="Sluiten")
    await close.focus()
    await expect(chat.status).to_have_text("De assistent maakt een antwoord")
    await held[0].continue_()
    await expect(chat.bubbles.last).to_have_text("Goed.")
    await expect(close).to_be_focused()


async def test_quick_replies_stay_and_are_spent_after_use(
    chat: Chat, engine: ScriptedEngine, watch: Watch
):
    engine.says = CHOICES
    await chat.open()
    await chat.say("aanmelden")
    await expect(chat.choice("Ja")).to_be_enabled()
    await expect(chat.choice(COST)).to_have_attribute("aria-disabled", "true")
    engine.says = (Spoken("Dan doe ik dat."),)
    await chat.choice("Ja").click()
    await expect(chat.bubbles.last).to_have_text("Dan doe ik dat.")
    assert engine.heard[-1] == {"text": None, "command": "/affirm"}
    assert (await chat.texts())[-2] == "Ja"
    for title in ("Ja", "Nee"):
        await expect(chat.choice(title)).to_be_visible()
        await expect(chat.choice(title)).to_have_attribute("aria-disabled", "true")
    await expect(chat.choice("Ja")).to_have_class("chosen")
    await expect(chat.choice("Ja")).to_be_focused()
    sent = len(watch.sent())
    await chat.choice("Nee").click(force=True)
    await chat.choice(COST).dispatch_event("click")
    assert len(watch.sent()) == sent


async def test_typing_spends_the_quick_replies_too(chat: Chat):
    await chat.open()
    await chat.say("iets anders")
    await expect(chat.choice(COST)).to_have_attribute("aria-disabled", "true")
    await expect(chat.log.locator(".chosen")).to_have_count(0)


async def test_a_new_conversation_begins_with_a_clean_sheet(page: Page, chat: Chat):
    await chat.open()
    await chat.say("hallo")
    before = await page.evaluate("sessionStorage.instap")
    await chat.host.get_by_role("button", name="Nieuw gesprek").click()
    await expect(chat.log).not_to_contain_text("hallo")
    await expect(chat.log).to_contain_text("digitale assistent")
    await expect(chat.choice(COST)).to_be_enabled()
    await expect(chat.box).to_be_focused()
    assert await page.evaluate("sessionStorage.instap") != before


# ---- what is kept ----


async def test_the_token_stands_in_this_tab_only(page: Page, context: BrowserContext, chat: Chat):
    await chat.open()
    await chat.say("mijn naam is Piet Jansen")
    kept = await page.evaluate(KEPT)
    tab = kept.pop("tab")
    assert {**kept, "tab": {}} == NOTHING
    assert await context.cookies() == []
    assert list(tab) == ["instap"]
    assert re.fullmatch(r'\{"token":"[\w-]{30,}","open":true\}', tab["instap"])
    other = await context.new_page()
    await other.goto(page.url)
    assert await other.evaluate("sessionStorage.length") == 0


async def test_a_reload_keeps_the_conversation(page: Page, chat: Chat, engine: ScriptedEngine):
    engine.says = CHOICES
    await chat.open()
    await chat.say("aanmelden")
    shown = await chat.texts()
    await page.reload()
    await expect(chat.bubbles).to_have_count(len(shown))
    assert await chat.texts() == shown
    await expect(chat.panel).to_be_visible()
    await expect(chat.choice(COST)).to_have_attribute("aria-disabled", "true")
    await chat.choice("Nee").click()
    await expect(chat.bubbles).to_have_count(len(shown) + 2)
    assert engine.heard[-1]["command"] == "/deny"


async def test_a_closed_panel_stays_closed_after_a_reload(page: Page, chat: Chat):
    await chat.open()
    await chat.say("hallo")
    await page.keyboard.press("Escape")
    await page.reload()
    await expect(chat.launcher).to_be_visible()
    await expect(chat.panel).to_be_hidden()
    await chat.open()
    await expect(chat.log).to_contain_text("hallo")


async def test_an_expired_conversation_offers_a_new_one(page: Page, chat: Chat, watch: Watch):
    watch.expected = "status of 401"
    kept = '{"token": "verlopen", "open": true}'
    await page.evaluate("(kept) => sessionStorage.setItem('instap', kept)", kept)
    await page.reload()
    await expect(chat.status).to_contain_text("Dit gesprek is niet gevonden.")
    assert await page.evaluate("sessionStorage.length") == 0
    await chat.host.get_by_role("button", name="Begin het gesprek").click()
    await expect(chat.log).to_contain_text("digitale assistent")
    await expect(chat.status).to_have_text("")


async def test_without_storage_it_still_talks(page: Page, chat: Chat):
    refuse = """Object.defineProperty(window, "sessionStorage", {
      get() { throw new DOMException("no", "SecurityError"); }
    })"""
    await page.evaluate(refuse)
    await chat.open()
    await chat.say("hallo")
    await expect(chat.bubbles.last).to_have_text("Goed.")


# ---- a file to keep ----

OFFER = (
    Spoken("Dit is van u bewaard.\n\nU kunt het wissen."),
    Spoken(signs={"files": ["my_data"]}),
)
REVOKED = """() => {
  window.revoked = [];
  const revoke = URL.revokeObjectURL;
  URL.revokeObjectURL = (url) => { window.revoked.push(url); revoke.call(URL, url); };
}"""


async def read(download: Download) -> str:
    """What stands in a file that was saved."""
    return await asyncio.to_thread((await download.path()).read_text)


async def offered(chat: Chat, engine: ScriptedEngine) -> Locator:
    """The button under a reply that offers a file."""
    engine.says = OFFER
    await chat.open()
    await chat.say("welke gegevens hebt u van <b>mij</b>?")
    engine.says = ScriptedEngine().says
    return chat.choice("Bewaar mijn gegevens")


async def test_a_reply_that_offers_a_file_has_one_button_to_save_it(
    page: Page, chat: Chat, engine: ScriptedEngine, watch: Watch
):
    save = await offered(chat, engine)
    await expect(save).to_have_count(1)
    async with page.expect_download() as saved:
        await save.click()
    download = await saved.value
    assert download.suggested_filename == "mijn-gegevens.txt"
    assert "U zei:\n  welke gegevens hebt u van <b>mij</b>?" in await read(download)
    [asked] = [each for each in watch.requests if "/files/" in each.url]
    assert asked.url == f"{watch.home}/api/v1/files/my_data"
    assert (await asked.all_headers())["authorization"].startswith("Bearer ")
    await expect(chat.status).to_have_text("")


async def test_a_file_is_saved_by_keys_and_the_focus_stays(
    page: Page, chat: Chat, engine: ScriptedEngine
):
    save = await offered(chat, engine)
    await save.focus()
    for key in ("Enter", "Space"):
        async with page.expect_download() as saved:
            await page.keyboard.press(key)
        assert "welke gegevens" in await read(await saved.value)
        await expect(save).to_be_focused()


async def test_a_file_can_still_be_saved_after_more_talk_and_a_reload(
    page: Page, chat: Chat, engine: ScriptedEngine
):
    save = await offered(chat, engine)
    await chat.say("ik hou van duiven")
    await page.reload()
    await expect(save).to_have_count(1)
    async with page.expect_download() as saved:
        await save.click()
    assert "ik hou van duiven" in await read(await saved.value)


async def test_the_address_of_a_saved_file_does_not_stay(
    page: Page, chat: Chat, engine: ScriptedEngine
):
    await page.clock.install()
    await page.evaluate(REVOKED)
    save = await offered(chat, engine)
    async with page.expect_download() as saved:
        await save.click()
    download = await saved.value
    assert await page.evaluate("window.revoked") == []
    await page.clock.fast_forward("01:00")
    assert await page.evaluate("window.revoked") == [download.url]


async def test_a_file_that_cannot_be_had_is_tried_again(
    page: Page, chat: Chat, engine: ScriptedEngine, watch: Watch
):
    watch.expected = "ERR_FAILED"
    save = await offered(chat, engine)
    await page.route("**/api/v1/files/*", lambda route: route.abort())
    await save.click()
    await expect(chat.retry).to_be_visible()
    await page.unroute_all()
    async with page.expect_download() as saved:
        await chat.retry.click()
    assert "welke gegevens" in await read(await saved.value)
    await expect(chat.status).to_have_text("")


async def test_on_another_site_a_file_keeps_its_name(
    page: Page, served: Served, engine: ScriptedEngine
):
    await page.goto(served.other_site + ELSEWHERE)
    save = await offered(Chat(page), engine)
    async with page.expect_download() as saved:
        await save.click()
    assert (await saved.value).suggested_filename == "mijn-gegevens.txt"


# ---- when something fails ----


async def test_a_text_that_did_not_arrive_stays_and_can_be_sent_again(
    served: Served, chat: Chat, engine: ScriptedEngine, watch: Watch
):
    watch.expected = GONE
    await chat.open()
    before = await chat.texts()
    served.stop()
    try:
        await chat.box.fill("wat kost het traject")
        await chat.box.press("Enter")
        await expect(chat.status).to_contain_text("Uw bericht is nog niet verstuurd.")
        await expect(chat.box).to_have_value("wat kost het traject")
        assert await chat.texts() == before
        await expect(chat.choice(COST)).not_to_have_attribute("aria-disabled", "true")
    finally:
        served.start()
    await chat.retry.click()
    await expect(chat.bubbles.last).to_have_text("Goed.")
    await expect(chat.box).to_have_value("")
    await expect(chat.box).to_be_focused()
    await expect(chat.retry).to_be_hidden()
    assert [each["text"] for each in engine.heard] == ["wat kost het traject"]
    assert len({each["id"] for each in watch.sent()}) == 1, "a second try is the same message"


async def test_when_it_is_busy_for_a_moment_the_message_is_sent_again_by_itself(
    page: Page, chat: Chat, engine: ScriptedEngine, watch: Watch
):
    watch.expected = "429"
    refusals = [{"status": 429, "headers": {"Retry-After": "0"}, "json": {"detail": "Druk."}}] * 2

    async def be_busy(route: Route) -> None:
        if route.request.method == "POST" and refusals:
            await route.fulfill(**refusals.pop())
        else:
            await route.continue_()

    await chat.open()
    await page.route("**/api/v1/messages", be_busy)
    await chat.say("wat kost het traject")
    await expect(chat.bubbles.last).to_have_text("Goed.")
    await expect(chat.retry).to_be_hidden()
    assert [each["text"] for each in engine.heard] == ["wat kost het traject"]
    assert len({each["id"] for each in watch.sent()}) == 1


async def test_when_it_stays_busy_that_is_said_and_the_text_stays(
    page: Page, chat: Chat, watch: Watch
):
    watch.expected = "429"
    refused = {"status": 429, "headers": {"Retry-After": "0"}, "json": {"detail": "Het is druk."}}
    await chat.open()
    await page.route("**/api/v1/messages", lambda route: route.fulfill(**refused))
    await chat.box.fill("wat kost het traject")
    await chat.box.press("Enter")
    await expect(chat.status).to_contain_text("Het is druk.")
    await expect(chat.box).to_have_value("wat kost het traject")
    await expect(chat.retry).to_be_visible()


async def test_an_answer_that_got_lost_is_fetched_and_not_asked_twice(
    page: Page, chat: Chat, engine: ScriptedEngine, watch: Watch
):
    watch.expected = "ERR_FAILED"
    await chat.open()

    async def lose(route: Route) -> None:
        await route.fetch()
        await route.abort()

    await page.route("**/api/v1/messages", lose)
    await chat.box.fill("hallo")
    await chat.box.press("Enter")
    await expect(chat.retry).to_be_visible()
    await page.unroute_all()
    await chat.retry.click()
    await expect(chat.bubbles.last).to_have_text("Goed.")
    assert len(engine.heard) == 1


async def test_a_quick_reply_that_did_not_arrive_can_be_pressed_again(
    served: Served, chat: Chat, engine: ScriptedEngine, watch: Watch
):
    watch.expected = GONE
    await chat.open()
    served.stop()
    try:
        await chat.choice(COST).click()
        await expect(chat.retry).to_be_visible()
        await expect(chat.box).to_have_value("")
    finally:
        served.start()
    await chat.retry.click()
    await expect(chat.bubbles.last).to_have_text("Goed.")
    assert len(engine.heard) == 1
    await expect(chat.choice(COST)).to_have_class("chosen")


async def test_opening_while_the_gateway_is_gone_is_mended_by_trying_again(
    served: Served, chat: Chat, watch: Watch
):
    watch.expected = GONE
    served.stop()
    try:
        await chat.launcher.click()
        await expect(chat.status).to_contain_text("Er is nu geen verbinding.")
    finally:
        served.start()
    await chat.retry.click()
    await expect(chat.log).to_contain_text("digitale assistent")


async def test_a_silent_engine_is_a_sentence_in_the_conversation(
    chat: Chat, engine: ScriptedEngine
):
    engine.is_down = True
    await chat.open()
    await chat.say("hallo")
    await expect(chat.log).to_contain_text("Het lukt nu even niet.")


# ---- texts are texts ----


@pytest.mark.parametrize(
    "text",
    [
        "<script>window.hit = 1</script>",
        '<img src="/x" onerror="window.hit = 1">',
        "<b>vet</b> &amp; &lt;i&gt; {naam}",
        "<svg onload=window.hit=1>",
    ],
)
async def test_html_is_shown_as_it_was_written(
    page: Page, chat: Chat, engine: ScriptedEngine, text: str
):
    engine.says = (Spoken(f"U schreef {text}".replace("{naam}", "naam"), ((text, "/affirm"),)),)
    await chat.open()
    await chat.say(text)
    assert (await chat.texts())[-2] == text
    assert (await chat.texts())[-1].startswith("U schreef <")
    await expect(chat.choice(text)).to_be_visible()
    await page.reload()
    await chat.bubbles.nth(3).wait_for()
    assert (await chat.texts())[-2] == text
    assert await count_of(chat, "script", "img", "b", "i", "svg") == 0
    assert await page.evaluate("window.hit") is None


async def test_only_web_addresses_of_the_assistant_become_links(chat: Chat, engine: ScriptedEngine):
    engine.says = (
        Spoken(
            'Kijk op www.wij-techniek.nl/hto. Of: https://voorbeeld.nl/"onmouseover="x '
            "en niet javascript:alert(1)."
        ),
    )
    await chat.open()
    await chat.say("zie https://boef.nl")
    links = chat.log.get_by_role("link")
    addresses = [await link.get_attribute("href") for link in await links.all()]
    assert addresses == ["https://www.wij-techniek.nl/hto", "https://voorbeeld.nl/"]
    for link in await links.all():
        assert await link.get_attribute("rel") == "noopener noreferrer"
        assert await link.get_attribute("target") == "_blank"
        assert await link.get_attribute("onmouseover") is None


# ---- every size and every light ----


@pytest.mark.parametrize("circumstances", [PHONE], ids=["320px"])
async def test_a_small_screen_never_scrolls_sideways(
    page: Page, chat: Chat, engine: ScriptedEngine
):
    long = "arbeidsongeschiktheidsverzekeringsmaatschappij" * 3
    engine.says = (
        Spoken(f"{long} https://www.voorbeeld.nl/{long}", ((long, "/affirm"), ("Ja", "/deny"))),
    )
    assert await sideways(page, chat) == []
    await chat.open()
    await chat.say(long)
    assert await sideways(page, chat) == []
    await chat.choice("Ja").scroll_into_view_if_needed()
    for part in (chat.box, chat.host.get_by_role("button", name="Sluiten"), chat.choice("Ja")):
        await expect(part).to_be_in_viewport(ratio=1)
    panel = await chat.panel.bounding_box()
    assert panel == {"x": 0, "y": 0, "width": 320, "height": 568}


async def test_everything_to_press_is_large_enough(chat: Chat):
    await chat.open()
    everything: list[Locator] = [
        *await chat.host.get_by_role("button").all(),
        *await chat.panel.get_by_role("link").all(),
    ]
    assert len(everything) >= 8
    for each in everything:
        if await each.is_visible():
            size = await each.bounding_box()
            # a browser reports 43.99999 for 44 when the page is scrolled by a part of a pixel
            assert size and round(min(size["width"], size["height"]), 2) >= 44, (
                await each.inner_text()
            )


@pytest.mark.parametrize("circumstances", [{}, DARK], ids=["light", "dark"])
async def test_it_can_be_read_in_either_light(
    page: Page, chat: Chat, circumstances: dict[str, Any]
):
    await chat.open()
    await chat.say("hallo")
    names = "h2 header-p .who .assistant>.bubble .visitor>.bubble .plain footer>a [aria-disabled]"
    for name in names.split():
        part = chat.panel.locator(name.replace("-p", " p").replace(">", " > ")).first
        seen = await part.evaluate(CONTRAST)
        assert seen["contrast"] >= 4.5, name
    seen = await chat.log.evaluate(CONTRAST)
    assert (seen["ground"] < 0.05) == (circumstances == DARK)
    for name in ("h1", ".lead", ".source", ".demo"):
        assert (await page.locator(name).first.evaluate(CONTRAST))["contrast"] >= 4.5, name


async def test_a_light_site_stays_light(page: Page, chat: Chat):
    await page.emulate_media(color_scheme="dark")
    await page.evaluate("document.querySelector('instap-chat').setAttribute('scheme', 'light')")
    await chat.open()
    assert (await chat.log.evaluate(CONTRAST))["ground"] > 0.9


@circumstances(reduced_motion="reduce")
async def test_nothing_moves_for_whom_that_troubles(chat: Chat):
    await chat.open()
    assert await chat.panel.evaluate("(panel) => getComputedStyle(panel).animationName") == "none"


@circumstances(viewport={"width": 844, "height": 390})
async def test_a_telephone_on_its_side_keeps_room_for_the_conversation(page: Page, chat: Chat):
    await chat.open()
    assert await sideways(page, chat) == []
    size = await chat.log.bounding_box()
    assert size and size["height"] >= 130
    await expect(chat.box).to_be_in_viewport()


# ---- other pages ----


async def test_on_another_site_it_works_and_looks_like_itself(
    page: Page, served: Served, engine: ScriptedEngine
):
    await page.goto(f"{served.other_site}{ELSEWHERE}")
    chat = Chat(page)
    await chat.open()
    await chat.say("hallo")
    await expect(chat.bubbles.last).to_have_text("Goed.")
    of = """(part) => {
      const { color, textTransform, fontSize, fontFamily } = getComputedStyle(part);
      return [color, textTransform, fontSize, fontFamily];
    }"""
    usual = ["none", "16px", "system-ui, sans-serif"]
    assert await chat.bubbles.last.evaluate(of) == ["rgb(20, 38, 43)", *usual]
    assert await chat.launcher.evaluate(of) == ["rgb(255, 255, 255)", *usual]
    privacy = chat.panel.get_by_role("link", name="Uw gegevens")
    assert await privacy.get_attribute("href") == f"{served.url}/privacy"


async def test_the_privacy_page_is_a_readable_page(page: Page, served: Served):
    answer = await page.goto(f"{served.url}/privacy")
    assert answer and answer.headers["content-type"].startswith("text/html")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert await page.locator("html").get_attribute("lang") == "nl"
    assert await page.title() == "Uw gegevens: Instap"
    await expect(page.get_by_role("heading", level=1)).to_have_text("Uw gegevens")
    await expect(page.get_by_role("main")).to_contain_text("Autoriteit Persoonsgegevens")
    assert (await page.locator("main p").last.evaluate(CONTRAST))["contrast"] >= 4.5
    await page.set_viewport_size({"width": 320, "height": 568})
    assert not await page.evaluate("document.documentElement.scrollWidth > 320")


async def test_a_page_of_a_text_shows_html_as_it_was_written(page: Page):
    odd = "Een <b>&amp; </main>\nregel <script>window.hit = 1</script> $body\n\n\nTwee ${x}"
    await page.goto("about:blank")
    await page.set_content(text_page("<i>Wij</i>", "</h1>", odd))
    assert await page.locator("main > p").all_inner_texts() == [
        "Een <b>&amp; </main>\nregel <script>window.hit = 1</script> $body",
        "Twee ${x}",
    ]
    await expect(page.get_by_role("heading", level=1)).to_have_text("</h1>")
    assert await page.title() == "</h1>: <i>Wij</i>"
    assert await page.evaluate("window.hit") is None
