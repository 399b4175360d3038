"""What WCAG 2.2 AA asks of a chat, demand by demand; the numbers are those of the criteria.

Asked questions again, a summary before it is sent and the person one can ask for (3.3.7, 3.3.4)
belong to the conversation: tests/journeys. Contrast in every state is also in test_axe.py.
"""

import re
from typing import Any, Final

import pytest
from playwright.async_api import BrowserContext, Page, Route, expect

from bot.services.records import Spoken
from tests.support.parts import ScriptedEngine
from tests.widget.conftest import ELSEWHERE, FRAMING, Chat, Served, Watch
from tests.widget.test_widget import CHOICES, CONTRAST, COST, DARK, circumstances, hold, sideways

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

LIGHTS: Final = pytest.mark.parametrize("circumstances", [{}, DARK], ids=["light", "dark"])

# Counts what is added to and taken from the log, and how often the same node comes back.
COUNT: Final = """(log) => {
  window.seen = { added: 0, removed: 0, again: 0 };
  const known = new Set(log.querySelectorAll("*"));
  new MutationObserver((changes) => {
    for (const { addedNodes, removedNodes } of changes) {
      for (const node of addedNodes) {
        if (node.nodeType !== Node.ELEMENT_NODE) continue;
        window.seen.added += 1;
        if (known.has(node)) window.seen.again += 1;
        known.add(node);
      }
      window.seen.removed += removedNodes.length;
    }
  }).observe(log, { childList: true, subtree: true, characterData: true });
}"""
FOCUSED: Final = """() => {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
}"""
NAME: Final = (
    "(element) => element.ariaLabel || element.labels?.[0]?.textContent || element.textContent"
)
# Whether the middle of what has the focus is covered by something of the widget.
COVERED: Final = """() => {
  const { left, top, width, height } = document.activeElement.getBoundingClientRect();
  const found = document.elementFromPoint(left + width / 2, top + height / 2);
  return found?.tagName === "INSTAP-CHAT";
}"""
# The contrast of what is painted with its neighbour: border or fill against the ground around it.
EDGE: Final = """(element) => {
  const light = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255)
      .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const seen = (colour) => !/, 0\\)$/.test(colour);
  const ground = (node) => {
    for (let at = node; at; at = at.parentElement ?? at.getRootNode().host) {
      const { backgroundColor } = getComputedStyle(at);
      if (seen(backgroundColor)) return backgroundColor;
    }
    return getComputedStyle(document.body).backgroundColor;
  };
  const contrast = (one, other) => {
    const [a, b] = [light(one), light(other)];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  };
  const { backgroundColor, borderTopColor, outlineColor } = getComputedStyle(element);
  const around = ground(element.parentElement ?? element.getRootNode().host.parentElement);
  const painted = [backgroundColor, borderTopColor].filter(seen);
  const edges = painted.map((each) => contrast(each, around));
  return { edge: Math.max(1, ...edges), outline: contrast(outlineColor, around) };
}"""
OUTLINE: Final = """(part) => {
  const { outlineStyle, outlineWidth } = getComputedStyle(part);
  return [outlineStyle, outlineWidth];
}"""
CUT: Final = """({ scrollWidth, clientWidth, scrollHeight, clientHeight }) =>
  scrollWidth > clientWidth || scrollHeight > clientHeight"""


async def name_of_focus(page: Page) -> str:
    """What a screen reader calls the element that has the focus."""
    return str(await page.evaluate(f"({NAME})(({FOCUSED})())")).strip()


async def tab_to(page: Page, name: str, key: str = "Tab") -> None:
    """Press Tab until this has the focus; more than a page full of it is a trap."""
    for _ in range(60):
        await page.keyboard.press(key)
        if await name_of_focus(page) == name:
            return
    raise AssertionError(f"no {name!r} by keys")


# ---- message list: role=log, labelled, polite, there before the first message; only new nodes ----


async def test_4_1_3_the_log_is_there_named_and_polite_before_the_first_message(
    page: Page, chat: Chat
):
    log = chat.host.locator("[role=log]")
    await expect(log).to_have_count(1)
    await expect(log).to_be_empty()
    await expect(log).to_have_attribute("aria-live", "polite")
    await expect(log).to_have_attribute("aria-label", "Gesprek met de digitale assistent")
    first = await log.evaluate_handle("(log) => log")
    await chat.open()
    assert await chat.log.evaluate("(log, first) => log === first", first)


async def test_4_1_3_the_log_announces_what_is_new_and_nothing_twice(
    page: Page, chat: Chat, engine: ScriptedEngine
):
    await chat.open()
    await chat.log.evaluate(COUNT)
    await chat.say("hallo")
    assert await page.evaluate("window.seen") == {"added": 2, "removed": 0, "again": 0}
    engine.says = (Spoken("Eerst dit."), *CHOICES)
    await chat.say("aanmelden")
    assert await page.evaluate("window.seen") == {"added": 6, "removed": 0, "again": 0}
    await chat.choice("Ja").click()
    await expect(chat.bubbles.last).to_have_text("Weet u het zeker?")
    await expect(chat.status).to_have_text("")
    await page.keyboard.press("Escape")
    await chat.open()
    seen = await page.evaluate("window.seen")
    assert (seen["removed"], seen["again"]) == (0, 0)
    assert seen["added"] == 10  # a group of choices comes as one thing of its own


async def test_4_1_3_a_reload_is_not_read_aloud_again(page: Page, chat: Chat):
    await chat.open()
    await chat.say("hallo")
    watch_live = """() => {
      window.live = [];
      const attach = Element.prototype.attachShadow;
      Element.prototype.attachShadow = function (options) {
        const root = attach.call(this, options);
        new MutationObserver(() => {
          const log = root.querySelector("[role=log]");
          if (log?.lastElementChild) window.live.push(log.ariaLive);
        }).observe(root, { childList: true, subtree: true });
        return root;
      };
    }"""
    await page.add_init_script(f"({watch_live})()")
    await page.reload()
    await expect(chat.bubbles.last).to_have_text("Goed.")
    assert set(await page.evaluate("window.live")) == {"off"}
    await expect(chat.log).to_have_attribute("aria-live", "polite")


# ---- typing and errors: role=status, in words ----


async def test_4_1_3_and_1_1_1_typing_and_errors_are_words_in_a_status_that_was_there(
    page: Page, chat: Chat, watch: Watch
):
    watch.expected = "ERR_FAILED"
    await chat.open()
    await expect(chat.host.locator("[role=status]")).to_have_count(1)
    await expect(chat.status).to_have_text("")
    status = await chat.status.evaluate_handle("(status) => status")
    held = await hold(page)
    await chat.box.fill("hallo")
    await chat.box.press("Enter")
    await expect(chat.status).to_have_text("De assistent maakt een antwoord")
    await held[0].abort()
    await expect(chat.status).to_contain_text("Er is nu geen verbinding.")
    assert await chat.status.evaluate("(now, first) => now === first", status)


# ---- launcher: a real button with a name and a state ----


async def test_4_1_2_the_launcher_is_a_button_that_tells_its_name_and_state(chat: Chat):
    assert await chat.launcher.evaluate("(button) => button.localName") == "button"
    await expect(chat.launcher).to_have_accessible_name("Stel een vraag")
    await expect(chat.launcher).to_have_attribute("aria-expanded", "false")
    controls = await chat.launcher.get_attribute("aria-controls")
    named = "(button, id) => button.getRootNode().getElementById(id)?.localName"
    assert await chat.launcher.evaluate(named, controls) == "section"
    await chat.launcher.click()
    await expect(chat.launcher).to_have_attribute("aria-expanded", "true")
    await expect(chat.panel).to_have_accessible_name("Instap")
    await expect(chat.panel).not_to_have_attribute("aria-modal", "true")


# ---- not modal: keys go everywhere, Escape closes, the focus is never stolen ----


async def test_2_1_1_a_whole_conversation_by_keys_alone(
    page: Page, chat: Chat, engine: ScriptedEngine
):
    keys = page.keyboard
    await tab_to(page, "Stel een vraag")
    await keys.press("Enter")
    await expect(chat.box).to_be_focused()
    await expect(chat.choice(COST)).to_be_visible()
    engine.says = (*CHOICES, Spoken(signs={"files": ["my_data"]}))
    await keys.type("ik wil mij aanmelden")
    await keys.press("Enter")
    await expect(chat.choice("Ja")).to_be_visible()
    await tab_to(page, "Nee", "Shift+Tab")
    engine.says = (Spoken("Dan niet."),)
    await keys.press("Space")
    await expect(chat.bubbles.last).to_have_text("Dan niet.")
    assert engine.heard[-1]["command"] == "/deny"
    await tab_to(page, "Bewaar mijn gegevens")
    async with page.expect_download():
        await keys.press("Enter")
    await tab_to(page, "Nieuw gesprek")
    await keys.press("Enter")
    await expect(chat.log).not_to_contain_text("Dan niet.")
    await expect(chat.box).to_be_focused()
    await tab_to(page, "Uw gegevens")
    await tab_to(page, "Gesprek met de digitale assistent", "Shift+Tab")
    before = await chat.log.evaluate("(log) => log.scrollTop")
    await keys.press("Home")
    assert await chat.log.evaluate("(log) => log.scrollTop") <= before
    await keys.press("Escape")
    await expect(chat.panel).to_be_hidden()
    await expect(chat.launcher).to_be_focused()


async def test_2_1_2_tab_leaves_the_panel_on_both_sides(page: Page, chat: Chat):
    await chat.open()
    host = "document.activeElement.localName === 'instap-chat'"
    for key in ("Tab", "Shift+Tab"):
        await chat.box.focus()
        for _ in range(20):
            await page.keyboard.press(key)
            if not await page.evaluate(host):
                break
        assert not await page.evaluate(host), f"{key} stays in the panel"


async def test_2_4_3_the_order_of_tab_is_the_order_on_the_screen(page: Page, chat: Chat):
    await chat.open()
    await chat.host.get_by_role("button", name="Sluiten").focus()
    seen = [await name_of_focus(page)]
    while seen[-1] != "Nieuw gesprek":
        await page.keyboard.press("Tab")
        seen.append(await name_of_focus(page))
    order = ["Sluiten", "Gesprek met de digitale assistent", COST, "Uw bericht", "Versturen"]
    places = [seen.index(name) for name in [*order, "Uw gegevens", "Nieuw gesprek"]]
    assert places == sorted(places)


async def test_2_4_3_messages_never_take_the_focus(
    page: Page, chat: Chat, engine: ScriptedEngine, watch: Watch
):
    watch.expected = "ERR_FAILED"
    await chat.open()
    outside = page.get_by_role("link", name="wat er met uw gegevens gebeurt")
    held = await hold(page)
    for finish in ("answer", "error"):
        await chat.box.fill("hallo")
        await chat.box.press("Enter")
        await outside.focus()
        await expect(chat.status).to_have_text("De assistent maakt een antwoord")
        await (held[-1].continue_() if finish == "answer" else held[-1].abort())
        await expect(chat.status).not_to_have_text("De assistent maakt een antwoord")
        await expect(outside).to_be_focused()


# ---- nothing opens or moves by itself ----


async def test_3_2_1_a_closed_chat_never_opens_by_itself(page: Page, chat: Chat, watch: Watch):
    await page.clock.install()
    await page.reload()
    await expect(chat.launcher).to_be_visible()
    await chat.launcher.focus()
    await page.mouse.wheel(0, 4000)
    await page.clock.fast_forward("30:00")
    await page.mouse.move(0, 0)
    await page.keyboard.press("Tab")
    await expect(chat.panel).to_be_hidden()
    assert {each.method for each in watch.requests} == {"GET"}


async def test_2_2_2_nothing_on_it_keeps_moving(page: Page, chat: Chat):
    running = "document.getAnimations().filter((each) => each.playState === 'running').length"
    await page.wait_for_function(f"{running} === 0")
    await chat.open()
    await page.wait_for_function(f"{running} === 0")
    held = await hold(page)
    await chat.box.fill("hallo")
    await chat.box.press("Enter")
    await expect(chat.status).to_have_text("De assistent maakt een antwoord")
    assert await page.evaluate(running) == 0
    await held[0].continue_()
    await expect(chat.bubbles.last).to_have_text("Goed.")


# ---- who speaks is told in words ----


async def test_1_3_1_and_1_4_1_who_speaks_is_told_in_words(chat: Chat):
    await chat.open()
    await chat.say("hallo")
    speakers = await chat.log.locator(".turn > p:first-child").all_inner_texts()
    assert speakers == ["Assistent:", "Assistent:", "U zei:", "Assistent:"]


async def test_1_4_1_the_chosen_reply_is_marked_by_more_than_colour(
    chat: Chat, engine: ScriptedEngine
):
    engine.says = CHOICES
    await chat.open()
    await chat.say("aanmelden")
    await chat.choice("Ja").click()
    await expect(chat.bubbles.last).to_have_text("Weet u het zeker?")
    mark = "(button) => getComputedStyle(button, '::before').content"
    assert "✓" in await chat.log.locator(".chosen").evaluate(mark)


# ---- the text box has a label ----


async def test_3_3_2_the_box_has_a_label_and_1_3_5_a_purpose_only_when_asked(chat: Chat):
    await chat.open()
    await expect(chat.box).to_have_accessible_name("Uw bericht")
    assert await chat.box.evaluate("(box) => box.labels.length") == 1
    await expect(chat.box).to_have_attribute("placeholder", "Typ hier uw vraag")
    await expect(chat.box).to_have_attribute("autocomplete", "off")


# ---- contrast ----


@LIGHTS
async def test_1_4_3_text_has_contrast(page: Page, chat: Chat):
    await chat.open()
    await chat.say("verder op telegram")
    names = (
        "h2, header p, .who, .assistant .bubble, .visitor .bubble, .links a, figcaption, .restart, "
        "footer a, [aria-disabled], textarea, .choices button"
    )
    for name in names.split(", "):
        seen = await chat.panel.locator(name).first.evaluate(CONTRAST)
        assert seen["contrast"] >= 4.5, name


@LIGHTS
async def test_1_4_11_and_2_4_7_borders_and_focus_have_contrast(page: Page, chat: Chat):
    assert (await chat.launcher.evaluate(EDGE))["edge"] >= 3
    await chat.open()
    parts = {
        "box": chat.box,
        "send": chat.host.get_by_role("button", name="Versturen"),
        "choice": chat.choice(COST),
        "close": chat.host.get_by_role("button", name="Sluiten"),
        "launcher": chat.launcher,
        "privacy": chat.panel.get_by_role("link", name="Uw gegevens"),
    }
    for name, part in parts.items():
        if name in ("box", "send", "choice"):
            assert (await part.evaluate(EDGE))["edge"] >= 3, name
        await part.focus()
        await page.keyboard.press("Shift")
        style = (
            "(part) => [getComputedStyle(part).outlineStyle, getComputedStyle(part).outlineWidth]"
        )
        kind, width = await part.evaluate(style)
        assert kind == "solid" and float(width.removesuffix("px")) >= 2, name
        assert (await part.evaluate(EDGE))["outline"] >= 3, name


# ---- nothing covers what has the focus ----


@pytest.mark.parametrize("is_open", [False, True], ids=["closed", "open"])
async def test_2_4_11_it_does_not_cover_what_has_the_focus_on_the_page(
    page: Page, chat: Chat, is_open: bool
):
    if is_open:
        await chat.open()
    await page.evaluate("document.body.tabIndex = -1; document.body.focus()")
    links = await page.locator("main a, body > footer a").count()
    seen = set()
    for _ in range(links + 4):
        await page.keyboard.press("Tab")
        if await page.evaluate("document.activeElement.localName") == "a":
            seen.add(await page.evaluate("document.activeElement.href"))
            assert not await page.evaluate(COVERED)
    assert len(seen) >= 5


@circumstances(viewport={"width": 320, "height": 568})
async def test_2_4_11_a_full_screen_chat_closes_when_the_focus_leaves_it(page: Page, chat: Chat):
    await chat.open()
    for _ in range(20):
        await page.keyboard.press("Tab")
        if await page.evaluate("document.activeElement.localName === 'a'"):
            break
    await expect(chat.panel).to_be_hidden()
    assert not await page.evaluate(COVERED)


async def test_2_4_11_inside_the_chat_nothing_covers_what_has_the_focus(
    page: Page, chat: Chat, engine: ScriptedEngine
):
    engine.says = CHOICES
    await chat.open()
    for _ in range(6):
        await chat.say("aanmelden")
    await chat.host.get_by_role("button", name="Sluiten").focus()
    inside = f"""() => {{
      const active = ({FOCUSED})();
      const {{ left, top, width, height }} = active.getBoundingClientRect();
      const found = active.getRootNode().elementFromPoint(left + width / 2, top + height / 2);
      return active === found || active.contains(found) || found?.contains(active);
    }}"""
    while await name_of_focus(page) != "Nieuw gesprek":
        await page.keyboard.press("Tab")
        assert await page.evaluate(inside), await name_of_focus(page)


# ---- targets ----


@pytest.mark.parametrize("width", [1280, 320])
async def test_2_5_8_every_target_is_44_pixels(
    page: Page, chat: Chat, engine: ScriptedEngine, width: int
):
    await page.set_viewport_size({"width": width, "height": 800})
    launcher = await chat.launcher.bounding_box()
    assert launcher and min(launcher["width"], launcher["height"]) >= 44
    engine.says = (*CHOICES, Spoken(signs={"files": ["my_data"]}))
    await chat.open()
    await chat.say("aanmelden")
    await chat.say("verder op telegram")
    everything = chat.host.locator("button, footer a, .links a, textarea")
    checked = 0
    for each in await everything.all():
        if await each.is_visible():
            size = await each.bounding_box()
            assert size and round(min(size["width"], size["height"]), 2) >= 44, (
                await each.inner_text()
            )
            checked += 1
    assert checked >= 11


# ---- small, enlarged, other colours, no motion ----


@pytest.mark.parametrize("size", [(320, 568), (320, 256)], ids=["320px", "400%"])
async def test_1_4_10_it_reflows(
    page: Page, chat: Chat, engine: ScriptedEngine, size: tuple[int, int]
):
    await page.set_viewport_size({"width": size[0], "height": size[1]})
    engine.says = CHOICES
    assert await sideways(page, chat) == []
    await chat.open()
    await chat.say("ik wil mij aanmelden bij de arbeidsongeschiktheidsverzekeringsmaatschappij")
    assert await sideways(page, chat) == []
    parts = (
        chat.host.get_by_role("button", name="Sluiten"),
        chat.choice("Nee"),
        chat.box,
        chat.panel.get_by_role("link", name="Uw gegevens"),
        chat.host.get_by_role("button", name="Nieuw gesprek"),
    )
    for part in parts:
        await part.scroll_into_view_if_needed()
        await expect(part).to_be_in_viewport(ratio=0.99)
    await chat.choice("Nee").click()
    await expect(chat.bubbles.last).to_have_text("Weet u het zeker?")


async def test_1_4_12_wider_text_fits(page: Page, chat: Chat, engine: ScriptedEngine):
    engine.says = CHOICES
    await page.set_viewport_size({"width": 320, "height": 568})
    await page.evaluate(
        """() => {
          const look = new CSSStyleSheet();
          look.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
            word-spacing: .16em !important; } p { margin-bottom: 2em !important; }`);
          document.querySelector("instap-chat").shadowRoot.adoptedStyleSheets.push(look);
        }"""
    )
    await chat.open()
    await chat.say("aanmelden")
    assert await sideways(page, chat) == []
    for part in (chat.choice("Nee"), chat.host.get_by_role("button", name="Nieuw gesprek")):
        cut = (
            "(part) => part.scrollWidth > part.clientWidth || part.scrollHeight > part.clientHeight"
        )
        assert not await part.evaluate(cut)


@circumstances(forced_colors="active")
async def test_1_4_11_with_forced_colours_everything_keeps_its_edge(
    page: Page, chat: Chat, engine: ScriptedEngine
):
    engine.says = CHOICES
    assert await page.evaluate("matchMedia('(forced-colors: active)').matches")
    await chat.open()
    await chat.say("aanmelden")
    await chat.say("verder op telegram")
    width = "(part) => parseFloat(getComputedStyle(part).borderTopWidth)"
    for name in (".panel", ".bubble", ".launcher", "form button", "textarea", ".choices button"):
        assert await chat.host.locator(name).first.evaluate(width) >= 1, name
    grey = "(part) => getComputedStyle(part).color"
    spent = await chat.log.locator("[aria-disabled]").first.evaluate(grey)
    assert spent != await chat.bubbles.last.evaluate(grey)
    code = chat.log.get_by_role("img")
    assert await code.evaluate("(svg) => getComputedStyle(svg).fill") == "rgb(0, 0, 0)"


@circumstances(reduced_motion="reduce")
async def test_2_3_3_nothing_moves_for_whom_that_troubles(page: Page, chat: Chat):
    await chat.launcher.click()
    assert await page.evaluate("document.getAnimations().length") == 0
    assert await chat.panel.evaluate("(panel) => getComputedStyle(panel).animationName") == "none"
    await chat.bubbles.last.wait_for()
    behaviour = "(log) => getComputedStyle(log).scrollBehavior"
    assert await chat.log.evaluate(behaviour) == "auto"


# ---- language ----


@pytest.mark.parametrize("where", ["/", ELSEWHERE, FRAMING])
async def test_3_1_1_and_3_1_2_it_says_that_it_is_dutch(page: Page, served: Served, where: str):
    await page.goto(served.other_site + where if where != "/" else served.url)
    inside = page.frames[1] if where == FRAMING else page.main_frame
    chat = inside.locator("instap-chat")
    await expect(chat).to_have_attribute("lang", "nl")
    await expect(inside.locator("html")).to_have_attribute("lang", "nl")


# ---- time, and what was typed ----


async def test_2_2_1_an_expired_conversation_is_told_and_no_word_is_lost(
    page: Page, chat: Chat, watch: Watch
):
    watch.expected = "status of 401"
    await chat.open()

    async def expire(route: Route) -> None:
        headers = {**route.request.headers, "authorization": "Bearer verlopen"}
        await route.continue_(headers=headers)

    await page.route("**/api/v1/messages", expire)
    await chat.box.fill("ik ben al tien jaar lasser")
    await chat.box.press("Enter")
    await expect(chat.status).to_contain_text("Dit gesprek is niet gevonden.")
    await expect(chat.box).to_have_value("ik ben al tien jaar lasser")
    await page.unroute_all()
    await chat.host.get_by_role("button", name="Begin het gesprek").click()
    await expect(chat.choice(COST)).not_to_have_attribute("aria-disabled", "true")
    await expect(chat.box).to_have_value("ik ben al tien jaar lasser")
    await chat.box.press("Enter")
    await expect(chat.bubbles.last).to_have_text("Goed.")


async def test_2_2_1_a_pause_of_hours_ends_nothing(page: Page, chat: Chat):
    await page.clock.install()
    await page.reload()
    await chat.open()
    await chat.box.fill("ik denk na")
    await page.clock.fast_forward("04:00:00")
    await expect(chat.box).to_have_value("ik denk na")
    await chat.box.press("Enter")
    await expect(chat.bubbles.last).to_have_text("Goed.")


# ---- help in the same place ----


async def test_3_2_6_help_is_always_in_the_same_place(
    page: Page, context: BrowserContext, served: Served
):
    corners = set()
    for address in (served.url, served.other_site + ELSEWHERE):
        await page.goto(address)
        chat = Chat(page)
        await chat.launcher.wait_for()
        place = await chat.launcher.bounding_box()
        assert place
        corners.add((round(place["x"] + place["width"]), round(place["y"] + place["height"])))
        await chat.open()
        await expect(chat.log).to_contain_text(re.compile("mens spreken"))
    assert len(corners) == 1


async def test_it_says_that_it_is_no_human_at_all_times(chat: Chat, engine: ScriptedEngine):
    subtitle: Any = chat.panel.get_by_text("digitale assistent, geen mens", exact=True)
    await chat.open()
    await expect(subtitle).to_be_in_viewport()
    for _ in range(8):
        await chat.say("vertel meer")
    await expect(subtitle).to_be_in_viewport()
    await expect(chat.panel.get_by_role("link", name="Uw gegevens")).to_be_in_viewport()
