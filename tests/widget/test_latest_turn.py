"""An answer belongs to the turn on the screen: a page that comes back is brought up to date."""

import shutil
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import async_playwright

from bot.services.records import Spoken
from tests.widget.conftest import ARGUMENTS, Chat, Served, Watch

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

EMPLOYER = [Spoken("Weet uw werkgever van uw plan?", key="utter_ask_employer_consent")]
CONFIRM = [Spoken("Klopt dit, en wilt u zich zo aanmelden?", key="utter_ask_confirm")]


@pytest_asyncio.fixture(loop_scope="module")
async def tab(served: Served, engine: Any, watch: Watch) -> Any:
    """A tab of a browser that keeps whole pages for when one goes back."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=ARGUMENTS,
            ignore_default_args=["--disable-back-forward-cache"],
        )
        page = await browser.new_page()
        watch.follow(page)
        await page.add_init_script(
            "addEventListener('pageshow', ({ persisted }) => { window.persisted = persisted })"
        )
        await page.goto(f"{served.url}/")
        yield page
        await browser.close()
    assert watch.complaints() == []


async def go_on_elsewhere(tab: Any, served: Served) -> Chat:
    """On a second page of the site, in the same conversation."""
    await tab.goto(f"{served.url}/?two")
    chat = Chat(tab)
    await chat.bubbles.last.wait_for()
    return chat


async def come_back(tab: Any) -> None:
    await tab.evaluate("history.back()")  # a page that was kept whole loads nothing
    await tab.wait_for_function("window.persisted === true")


async def test_who_comes_back_sees_the_question_of_now_and_answers_that(
    tab: Any, served: Served, watch: Watch
) -> None:
    served.engine.says = EMPLOYER
    chat = Chat(tab)
    await chat.open()
    await chat.say("mbo 4")
    second = await go_on_elsewhere(tab, served)
    served.engine.says = CONFIRM
    await second.say("ja")
    shown = await second.texts()
    await come_back(tab)
    await tab.wait_for_function(
        "count => document.querySelector('instap-chat').shadowRoot"
        ".querySelectorAll('.bubble').length === count",
        arg=len(shown),
    )
    assert await chat.texts() == shown
    await chat.say("ja")
    named = [each.get("turn") for each in watch.sent()]
    assert all(named) and len(set(named)) == len(named)


async def test_a_new_conversation_elsewhere_is_the_conversation_here(
    tab: Any, served: Served
) -> None:
    chat = Chat(tab)
    await chat.open()
    await chat.say("wat kost het?")
    second = await go_on_elsewhere(tab, served)
    before = await tab.evaluate("sessionStorage.instap")
    await second.host.get_by_role("button", name="Nieuw gesprek").click()
    await tab.wait_for_function("before => sessionStorage.instap !== before", arg=before)
    await come_back(tab)
    await tab.wait_for_function(
        "document.querySelector('instap-chat').shadowRoot.querySelectorAll('.visitor').length === 0"
    )
    await chat.bubbles.last.wait_for()
    assert "wat kost het?" not in await chat.texts()


async def test_what_was_typed_and_not_sent_is_there_again(tab: Any, served: Served) -> None:
    chat = Chat(tab)
    await chat.open()
    await chat.box.fill("Ik ben elektromonteur en")
    await tab.reload()
    await chat.bubbles.last.wait_for()
    assert await chat.box.input_value() == "Ik ben elektromonteur en"
    await chat.box.press("Enter")
    await tab.wait_for_function("sessionStorage['instap-draft'] === undefined")


async def test_an_enter_that_ends_a_composition_sends_nothing(tab: Any, watch: Watch) -> None:
    chat = Chat(tab)
    await chat.open()
    await chat.box.fill("half")
    await chat.box.evaluate(
        """box => box.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", keyCode: 229,
        which: 229, bubbles: true, composed: true, cancelable: true}))"""
    )
    assert await chat.box.input_value() == "half" and watch.sent() == []


async def test_on_a_site_from_right_to_left_the_dutch_goes_from_left_to_right(tab: Any) -> None:
    await tab.evaluate("document.documentElement.dir = 'rtl'")
    chat = Chat(tab)
    await chat.open()
    for each in (chat.panel, chat.bubbles.first, chat.launcher):
        assert await each.evaluate("each => getComputedStyle(each).direction") == "ltr"
    await chat.say("مرحبا")
    own = chat.log.locator(".visitor .bubble").last
    assert await own.evaluate("each => getComputedStyle(each).direction") == "rtl"
