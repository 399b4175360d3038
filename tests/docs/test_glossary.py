"""The glossary names what is there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
ROWS = [line.split(" | ") for line in PAGE.splitlines() if line.startswith("| ")]


def test_every_place_that_the_glossary_names_is_there() -> None:
    places = re.findall(r"`((?:bot|actions|stories|nlu|docs)/[a-z_/]*(?:\.\w+)?)`", PAGE)
    assert len(places) > 30
    assert [each for each in places if not (ROOT / each).exists()] == []


def test_every_name_of_the_code_stands_in_the_file_beside_it() -> None:
    named = re.findall(r"`([A-Za-z_.]+)` in `([a-z_/]+\.py)`", PAGE)
    assert len(named) >= 8
    for name, path in named:
        assert name in (ROOT / path).read_text(encoding="utf-8"), (name, path)


def test_a_word_is_explained_once() -> None:
    words = [row[0].removeprefix("| ") for row in ROWS if not row[0].endswith("word")]
    assert len(set(words)) == len(words)
