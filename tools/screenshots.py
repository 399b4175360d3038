"""Makes the pictures of the widget in docs/ from a running Instap.

    python tools/screenshots.py [address]

All hold the same real conversation: what it costs, when it starts, and the first question of the
check. The desktop shows how it begins, the others how it ends. A picture that grew too large for
a README is an error.
"""

import argparse
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, expect, sync_playwright

DOCS: Final = Path(__file__).parents[1] / "docs"
HOME: Final = "http://127.0.0.1:8080"
LARGEST: Final = 200 * 1024
PATIENCE: Final = 30_000  # ms
QUESTIONS: Final = ("Wat kost het?", "Wanneer begint de volgende groep?", "Kom ik in aanmerking?")
DESKTOP: Final = "widget.png"
SCREENS: Final[Mapping[str, Mapping[str, Any]]] = {
    DESKTOP: {"viewport": {"width": 1280, "height": 800}},
    "widget-phone.png": {"viewport": {"width": 390, "height": 844}, "has_touch": True},
    "widget-dark.png": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"},
    "widget-320.png": {"viewport": {"width": 320, "height": 568}},
}
ARGUMENTS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def picture(browser: Browser, address: str, file: Path, *, beginning: bool) -> int:
    """Have the conversation, keep the picture of its beginning or its end, give the size."""
    context = browser.new_context(
        **{"device_scale_factor": 1, "color_scheme": "light", **SCREENS[file.name]},
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(address)
    chat = page.locator("instap-chat")
    chat.get_by_role("button", name="Stel een vraag").click()
    box, mine = chat.get_by_role("textbox"), chat.locator(".visitor")
    answer = chat.locator(".turn").last
    expect(answer).to_contain_class("assistant", timeout=PATIENCE)
    for number, question in enumerate(QUESTIONS, 1):
        box.fill(question)
        box.press("Enter")
        expect(mine).to_have_count(number, timeout=PATIENCE)
        expect(answer).to_contain_class("assistant", timeout=PATIENCE)
    box.blur()
    if beginning:
        mine.first.evaluate("(turn) => { turn.parentNode.scrollTop = turn.offsetTop - 12; }")
    page.screenshot(path=file)
    context.close()
    return file.stat().st_size


def main() -> int:
    """All pictures; 1 when one is too large."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("address", nargs="?", default=HOME, help=f"of a running Instap ({HOME})")
    parser.add_argument("--into", type=Path, default=DOCS, help="the folder for the pictures")
    asked = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=ARGUMENTS
        )
        sizes = {
            name: picture(browser, asked.address, asked.into / name, beginning=name == DESKTOP)
            for name in SCREENS
        }
        browser.close()
    for name, size in sizes.items():
        print(f"{asked.into / name}: {size / 1024:.0f} KB")
    too_large = [name for name, size in sizes.items() if size > LARGEST]
    if too_large:
        print(f"larger than {LARGEST // 1024} KB: {', '.join(too_large)}", file=sys.stderr)
    return 1 if too_large else 0


if __name__ == "__main__":
    sys.exit(main())
