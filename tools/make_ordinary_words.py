"""Writes bot/core/answers/ordinary_words.txt: run by hand, read the difference first.

    .venv/bin/python -m tools.make_ordinary_words

Every word of the training sentences that can be nobody's first name. A word in this list may be
seen by the engine at a personal question, so a name that a new sentence brings along must be taken
out of the list again.
"""

import re
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from bot.core.answers.names import is_common, is_first_name
from bot.core.answers.ordinary import LIST, WORD
from bot.core.answers.text import fold

ROOT = Path(__file__).parents[1]
MARKS = re.compile(r"\]\([^)]*\)|\]\{[^}]*\}|[\[\]]")
"""What says in a training sentence which words are a fact."""

HEAD = "# Words that are no names, by tools/make_ordinary_words.py; masking shows these alone.\n"


def sentences(content: Any) -> Iterator[str]:
    """Everything that somebody says in a training file, without its keys."""
    if isinstance(content, dict):
        for key, value in content.items():
            if key not in ("version", "intent"):
                yield from sentences(value)
    elif isinstance(content, list):
        for value in content:
            yield from sentences(value)
    elif isinstance(content, str):
        yield MARKS.sub(" ", content)


def ordinary(texts: Iterable[str]) -> list[str]:
    """The words that are no first names, once each."""
    words = {word for text in texts for word in WORD.findall(fold(text))}
    return sorted(word for word in words if is_common(word) or not is_first_name(word))


def main() -> None:
    """Write the list, in lines that can be compared."""
    files = sorted((ROOT / "nlu").rglob("*.yml"))
    read = (yaml.safe_load(path.read_text(encoding="utf-8")) for path in files)
    words = ordinary(text for content in read for text in sentences(content))
    lines = textwrap.wrap(" ".join(words), 98, break_long_words=False, break_on_hyphens=False)
    LIST.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(words)} words in {LIST.name}")


if __name__ == "__main__":
    main()
