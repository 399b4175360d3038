"""Pages that are made out of a text, with the look of the demonstration page, and their icon."""

import re
from html import escape
from string import Template
from typing import Final

PAGE: Final = Template("""\
<!doctype html>
<html lang="nl">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>$heading: $sender</title>
  <link rel="icon" href="/widget/icon.svg">
  <link rel="stylesheet" href="/widget/page.css">
</head>
<body>
  <main>
    <header>
      <p class="kicker">$sender</p>
      <h1>$heading</h1>
    </header>
$body
  </main>
</body>
</html>
""")
ICON: Final = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
  <rect width="32" height="32" rx="8" fill="#0b5565"/>
  <path d="M8 8h16v12h-9l-5 4v-4H8z" fill="#fff"/>
</svg>
"""


def text_page(sender: str, heading: str, text: str) -> str:
    """A text as a page: a blank line parts paragraphs, `# ` begins a heading; nothing is HTML."""
    parts = [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]
    body = "\n".join(map(_part, parts))
    return PAGE.substitute(sender=escape(sender), heading=escape(heading), body=body)


def _part(text: str) -> str:
    if text.startswith("# "):
        return f"    <h2>{escape(text[2:])}</h2>"
    return f"    <p>{'<br>'.join(escape(text).splitlines())}</p>"
