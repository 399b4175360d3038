"""Makes docs/telegram.png: a real conversation over the fake Bot API, as a chat program draws it.

    python -m tools.telegram_picture

The whole house answers; of Telegram only the messages are ours, the look is a drawing.
"""

import shutil
import tempfile
from html import escape
from pathlib import Path
from typing import Final

from playwright.sync_api import sync_playwright

from tests.support.house import running_house
from tests.support.telegram_visitor import TelegramVisitor, running_fake_telegram

PICTURE: Final = Path(__file__).parents[1] / "docs" / "telegram.png"
CHAT: Final = 77
STEPS: Final = (
    "/start",
    "[Wat kost het?]",
    "ik ben loodgieter met mbo 4, kom ik in aanmerking?",
    "[In loondienst]",
)
LOOK: Final = """
  body { margin: 0; padding: 20px; width: 390px; box-sizing: border-box; background: #d5e3d0;
    font: 15px/1.4 system-ui, sans-serif; color: #111; }
  p { margin: 0 0 4px; padding: 8px 12px; border-radius: 14px; background: #fff;
    white-space: pre-wrap;
    width: fit-content; max-width: 320px; overflow-wrap: anywhere; }
  .mine { margin-left: auto; background: #e1f6c8; margin-block: 10px; }
  .key { width: 320px; box-sizing: border-box; text-align: center; background: #7c9a7b; color: #fff;
    font-weight: 600; padding: 7px; border-radius: 8px; }
"""


def conversation() -> list[str]:
    """Both sides of a conversation, as HTML."""
    shown: list[str] = []
    with (
        tempfile.TemporaryDirectory() as folder,
        running_fake_telegram() as api,
        running_house(Path(folder), telegram_token=api.fake.token, telegram_api=api.fake.url),
    ):
        visitor = TelegramVisitor(api, CHAT)
        for step in STEPS:
            shown.append(f'<p class="mine">{escape(step.strip("[]"))}</p>')
            text = visitor.press(step[1:-1]) if step.startswith("[") else visitor.say(step)
            shown.append(f"<p>{escape(text)}</p>")
            buttons = visitor.last.buttons if visitor.last and step == STEPS[-1] else {}
            shown += [f'<p class="key">{escape(title)}</p>' for title in buttons]
    return shown


def main() -> None:
    """Talk, draw, keep."""
    page_of = f'<!doctype html><meta charset="utf-8"><style>{LOOK}</style>{"".join(conversation())}'
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 390, "height": 400})
        page.set_content(page_of)
        page.screenshot(path=PICTURE, full_page=True)
        browser.close()
    print(f"{PICTURE.name}: {PICTURE.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
