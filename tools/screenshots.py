"""Takes the pictures of the documentation from a running Instap.

`python tools/screenshots.py [ADDRESS]` opens the page in Debian's Chromium, has a short
conversation and writes docs/widget.png and docs/widget-phone.png.
"""

import sys

from playwright.sync_api import Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PICTURES = {"docs/widget.png": (1200, 860), "docs/widget-phone.png": (390, 844)}
SAYS = ("wat kost de opleiding?", "wanneer begint het?", "kom ik in aanmerking?")


def chat(page: Page) -> None:
    """Open the widget, ask, and wait for each answer."""
    widget = page.locator("instap-chat")
    widget.get_by_role("button", name="Stel een vraag").click()
    box = widget.get_by_role("textbox")
    log = widget.get_by_role("log")
    log.get_by_text("digitale assistent").first.wait_for()
    for text in SAYS:
        before = log.get_by_role("button").count()
        box.fill(text)
        box.press("Enter")
        log.get_by_role("button").nth(before).wait_for()


def main(address: str) -> None:
    """Both pictures."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        for name, (width, height) in PICTURES.items():
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto(address)
            chat(page)
            page.screenshot(path=name)
            page.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8080")
