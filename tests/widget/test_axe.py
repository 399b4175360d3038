"""Every state of the widget and every page of ours, judged by axe: no violation at all."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.async_api import Page, expect

from bot.services.records import Spoken
from tests.support.parts import ScriptedEngine
from tests.widget.conftest import FRAMING, Chat, Served, Watch
from tests.widget.test_widget import CHOICES, COST, hold

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

TAGS: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN: Final = """async (tags) => {
  const found = await axe.run(document, { runOnly: tags, resultTypes: ["violations"] });
  const told = ({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.flat().join(" ")}`);
  return {
    violations: found.violations.flatMap(told),
    review: found.incomplete.flatMap(told),
    passes: found.passes.length,
  };
}"""


class Scene:
    """A page on which something is made to happen, to be judged afterwards."""

    def __init__(self, page: Page, served: Served, engine: ScriptedEngine, watch: Watch) -> None:
        self.page, self.served, self.engine, self.watch = page, served, engine, watch
        self.chat = Chat(page)


async def closed(scene: Scene) -> None:
    await scene.chat.launcher.wait_for()


async def opened(scene: Scene) -> None:
    await scene.chat.open()


async def typing(scene: Scene) -> None:
    await scene.chat.open()
    await hold(scene.page)
    await scene.chat.box.fill("hallo")
    await scene.chat.box.press("Enter")
    await expect(scene.chat.status).to_have_text("De assistent maakt een antwoord")


async def quick_replies(scene: Scene) -> None:
    scene.engine.says = CHOICES
    await scene.chat.open()
    await scene.chat.say("aanmelden")


async def spent_replies(scene: Scene) -> None:
    await quick_replies(scene)
    scene.engine.says = (Spoken("Dan doe ik dat."),)
    await scene.chat.choice("Ja").click()
    await expect(scene.chat.bubbles.last).to_have_text("Dan doe ik dat.")


async def error(scene: Scene) -> None:
    scene.watch.expected = "ERR_FAILED"
    await scene.chat.open()
    await scene.page.route("**/api/v1/messages", lambda route: route.abort())
    await scene.chat.choice(COST).click()
    await expect(scene.chat.retry).to_be_visible()


async def offline(scene: Scene) -> None:
    await scene.chat.open()
    await scene.page.context.set_offline(True)
    await expect(scene.chat.status).to_contain_text("U hebt nu geen internet.")


async def expired(scene: Scene) -> None:
    scene.watch.expected = "status of 401"
    kept = '{"token": "verlopen", "open": true}'
    await scene.chat.launcher.wait_for()  # else this page would find it, before the next one
    await scene.page.evaluate("(kept) => sessionStorage.setItem('instap', kept)", kept)
    await scene.page.reload()
    await expect(scene.chat.status).to_contain_text("Dit gesprek is niet gevonden.")


async def long_history(scene: Scene) -> None:
    scene.engine.says = CHOICES
    await scene.chat.open()
    for number in range(20):
        await scene.chat.say(f"vraag {number} over www.wij-techniek.nl")
    await scene.page.reload()
    await expect(scene.chat.bubbles).to_have_count(42)


async def file_button(scene: Scene) -> None:
    scene.engine.says = (Spoken("Dit is van u bewaard."), Spoken(signs={"files": ["my_data"]}))
    await scene.chat.open()
    await scene.chat.say("welke gegevens hebt u?")
    await expect(scene.chat.choice("Bewaar mijn gegevens")).to_be_visible()


async def onward(scene: Scene) -> None:
    await scene.chat.open()
    await scene.chat.say("verder op telegram")
    await expect(scene.chat.log.get_by_role("img")).to_be_visible()


async def everything(scene: Scene) -> None:
    """All kinds of things at once, for other sizes and lights."""
    await onward(scene)
    await file_button_below(scene)
    await scene.chat.choice("Ja").click()
    await expect(scene.chat.choice("Ja")).to_have_count(2)
    await scene.page.context.set_offline(True)
    await expect(scene.chat.status).to_contain_text("U hebt nu geen internet.")


async def file_button_below(scene: Scene) -> None:
    scene.engine.says = (*CHOICES, Spoken(signs={"files": ["my_data"]}))
    await scene.chat.say("welke gegevens hebt u?")


async def small(scene: Scene) -> None:
    await scene.page.set_viewport_size({"width": 320, "height": 568})
    await quick_replies(scene)


async def enlarged(scene: Scene) -> None:
    await scene.page.set_viewport_size({"width": 320, "height": 256})
    await quick_replies(scene)


async def dark(scene: Scene) -> None:
    await scene.page.emulate_media(color_scheme="dark")
    await everything(scene)


async def dark_closed(scene: Scene) -> None:
    await scene.page.emulate_media(color_scheme="dark")
    await scene.chat.launcher.wait_for()


async def light_on_a_dark_screen(scene: Scene) -> None:
    await scene.page.emulate_media(color_scheme="dark")
    await scene.page.evaluate(
        "document.querySelector('instap-chat').setAttribute('scheme', 'light')"
    )
    await everything(scene)


async def forced_colours(scene: Scene) -> None:
    await scene.page.emulate_media(forced_colors="active")
    await everything(scene)


async def yellow_site(scene: Scene) -> None:
    give = "(chat) => chat.style.setProperty('--instap-accent', '#ffd400')"
    await scene.chat.host.evaluate(give)
    await everything(scene)


async def frame_page(scene: Scene) -> None:
    await scene.page.goto(scene.served.url + "/widget/frame")
    await scene.chat.bubbles.last.wait_for()
    await scene.chat.say("hallo")


async def dark_frame_page(scene: Scene) -> None:
    await scene.page.emulate_media(color_scheme="dark")
    await frame_page(scene)


async def framed(scene: Scene) -> None:
    await scene.page.goto(scene.served.other_site + FRAMING)
    inside = scene.page.frame_locator("iframe")
    await inside.locator(".bubble").last.wait_for()


async def privacy_page(scene: Scene) -> None:
    await scene.page.goto(scene.served.url + "/privacy")


async def small_privacy_page(scene: Scene) -> None:
    await scene.page.set_viewport_size({"width": 320, "height": 568})
    await scene.page.emulate_media(color_scheme="dark")
    await privacy_page(scene)


STATES: Final[list[Callable[[Scene], Awaitable[None]]]] = [
    closed,
    opened,
    typing,
    quick_replies,
    spent_replies,
    error,
    offline,
    expired,
    long_history,
    file_button,
    onward,
    small,
    enlarged,
    dark,
    dark_closed,
    light_on_a_dark_screen,
    forced_colours,
    yellow_site,
    frame_page,
    dark_frame_page,
    framed,
    privacy_page,
    small_privacy_page,
]


@pytest.fixture(scope="module")
def axe(node_modules: Path) -> str:
    return (node_modules / "axe-core/axe.min.js").read_text()


async def judged(page: Page, axe: str) -> dict[str, Any]:
    """What axe finds in every frame of a page that came to rest."""
    await page.wait_for_function(
        "document.getAnimations().every((each) => each.playState !== 'running')"
    )
    total: dict[str, Any] = {"violations": [], "review": [], "passes": 0}
    for frame in page.frames:
        await frame.evaluate(axe)
        found = await frame.evaluate(RUN, TAGS)
        total = {name: value + found[name] for name, value in total.items()}
    return total


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
async def test_axe_finds_nothing_when(
    page: Page,
    served: Served,
    engine: ScriptedEngine,
    watch: Watch,
    axe: str,
    state: Callable[[Scene], Awaitable[None]],
):
    await state(Scene(page, served, engine, watch))
    found = await judged(page, axe)
    print(f"axe, {state.__name__}: {found['passes']} rules pass; to review: {found['review']}")
    assert found["violations"] == []
    assert found["passes"] >= 10


async def test_axe_would_find_something(page: Page, chat: Chat, axe: str):
    await chat.open()
    await chat.launcher.evaluate("(button) => { button.lastChild.remove(); }")
    await chat.bubbles.first.evaluate("(bubble) => { bubble.style.color = '#aaa'; }")
    found = await judged(page, axe)
    assert {each.split(":")[0] for each in found["violations"]} == {"button-name", "color-contrast"}
