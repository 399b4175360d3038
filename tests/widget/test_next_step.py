"""At each moment of the journey the next step is in view, on every size of screen."""

from typing import Any, Final

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page

from bot.content.facts import FactsFromFiles
from bot.content.texts import TextsFromFiles
from bot.services.records import Spoken
from tests.support.parts import StandingClock
from tests.widget.conftest import Chat, Served, Watch

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

SIZES: Final = ((1280, 800), (390, 844), (390, 470), (320, 568))
"""A desktop, a telephone, the same with its keyboard up, the smallest that WCAG knows."""
TEXTS: Final = TextsFromFiles(FactsFromFiles.load(), StandingClock())
CRITERIA: Final = (
    "✓ Uw tak van de techniek deed in 2020 mee.\n✓ U hebt een baan.\n"
    "✓ Uw diploma is mbo-4 of hoger.\n✓ U hebt minstens 3 jaar ervaring.\n"
    "✓ Uw werkgever vindt het goed.\n✓ U wilt lesgeven op het vmbo of mbo."
)
GIVEN: Final = {"intake": "de groep van november 2027", "city": "Zwolle", "criteria": CRITERIA}
MOMENTS: Final = {
    "a branch": ("utter_eligibility_intro", "utter_ask_sector"),
    "a diploma": ("utter_ask_education_level",),
    "the employer": ("utter_ask_employer_consent",),
    "it fits": ("utter_eligibility_eligible",),
    "it does not fit": ("utter_eligibility_not_eligible",),
    "consent": ("utter_ask_consent",),
    "consent after the verdict": ("utter_eligibility_eligible", "utter_ask_consent"),
    "the summary": ("utter_ask_confirm",),
    "the cost": ("utter_faq/cost",),
}
HIDDEN: Final = """() => {
  const root = document.querySelector("instap-chat").shadowRoot;
  const log = root.querySelector(".log").getBoundingClientRect();
  const open = [...root.querySelectorAll(".choices:has(button:not([aria-disabled]))")].at(-1);
  const buttons = [...open.querySelectorAll("button")];
  const hidden = buttons.filter((each) => {
    const box = each.getBoundingClientRect();
    const there = root.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return there !== each || box.top < log.top - 1 || box.bottom > log.bottom + 1
      || box.left < log.left || box.right > log.right || box.bottom > innerHeight;
  });
  return { count: buttons.length, hidden: hidden.map((each) => each.textContent) };
}"""


def spoken(key: str) -> Spoken:
    words = TEXTS.render(key, **GIVEN)
    return Spoken(words.text, words.buttons, key=key)


@pytest_asyncio.fixture(
    loop_scope="module", params=SIZES, ids=lambda size: "x".join(map(str, size))
)
async def small(request: Any, browser: Browser, served: Served, watch: Watch) -> Any:
    """The demonstration page at a size; a narrow one is touched with a finger."""
    width, height = request.param
    touched = width < 500
    context = await browser.new_context(
        viewport={"width": width, "height": height}, has_touch=touched, is_mobile=touched
    )
    page = await context.new_page()
    watch.follow(page)
    await page.goto(served.url)
    yield page
    await context.close()
    assert watch.complaints() == []


async def test_no_button_of_what_is_asked_is_hidden(
    small: Page, served: Served, engine: Any
) -> None:
    chat = Chat(small)
    await chat.open()
    found = {"the opening": await small.evaluate(HIDDEN)}
    for moment, keys in MOMENTS.items():
        served.engine.says = [spoken(key) for key in keys]
        await chat.say(f"verder: {moment}")
        found[moment] = await small.evaluate(HIDDEN)
    assert {moment: each["hidden"] for moment, each in found.items()} == dict.fromkeys(found, [])
    assert all(each["count"] >= 2 for each in found.values())


async def test_a_finger_that_opens_the_panel_raises_no_keyboard(small: Page) -> None:
    chat = Chat(small)
    await chat.open()
    focus = "document.querySelector('instap-chat').shadowRoot.activeElement.localName"
    is_touched = await small.evaluate("matchMedia('(pointer: coarse)').matches")
    assert await small.evaluate(focus) == ("div" if is_touched else "textarea")


async def test_a_sign_shows_that_there_is_more_and_goes_at_the_end(
    small: Page, served: Served, engine: Any
) -> None:
    chat = Chat(small)
    await chat.open()
    served.engine.says = [spoken(key) for key in MOMENTS["consent after the verdict"]]
    await chat.say("vertel alles")
    sign = chat.host.locator(".further")
    assert await sign.is_visible()
    while not await chat.log.evaluate(
        "log => log.scrollHeight - log.scrollTop - log.clientHeight < 2"
    ):
        await chat.log.evaluate("log => { log.scrollTop = log.scrollHeight }")
    await sign.wait_for(state="hidden")
