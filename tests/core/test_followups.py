"""Questions that lean on the one before: understood when the table decides it, else left alone."""

from collections import Counter
from pathlib import Path
from typing import Final

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.answers.text import key_of
from bot.core.followups import LEXICON, REQUESTS, TABLE, follow_up

ROOT: Final = Path(__file__).parents[2]
ROWS: Final[list[tuple[str, str, str | None]]] = yaml.safe_load(
    (ROOT / "tests/core/followups.yml").read_text()
)
MOVES: Final[dict[str, list[str]]] = yaml.safe_load(
    (ROOT / "tests/understanding/moves.yml").read_text()
)
TOPICS: Final = frozenset(path.stem for path in (ROOT / "nlu/faq").glob("*.yml"))
NAMES: Final = frozenset({*(f"faq/{topic}" for topic in TOPICS), *REQUESTS})
WORDS: Final = [word for words in TABLE for word in words.split(", ")]

ANY: Final = st.text(st.characters(exclude_categories=()), max_size=100)
TALK: Final = st.lists(
    st.sampled_from([*WORDS, "Zwolle", "de Bilt", "lasser", "kapper", "2027", "3", "?", ","]),
    max_size=6,
).map(" ".join)


@pytest.mark.parametrize(("before", "text", "meant"), ROWS)
def test_a_follow_up_means_what_its_row_says(before: str, text: str, meant: str | None) -> None:
    assert follow_up(text, before) == meant


def test_every_row_names_things_of_the_catalogue_once() -> None:
    befores = {before for before, _, _ in ROWS}
    assert befores <= {*NAMES, "help", "delete_my_data"}
    assert {meant for _, _, meant in ROWS if meant} <= NAMES
    asked = Counter((before, text) for before, text, _ in ROWS)
    assert max(asked.values()) == 1


def test_the_table_names_only_what_the_catalogue_has() -> None:
    rules = [rule.split(": ") for row in TABLE.values() for rule in row.split("; ") if rule]
    named = {topic for meant, after in rules for topic in (meant, *after.split())}
    assert named - {"same"} <= TOPICS | REQUESTS


def test_a_word_stands_for_one_thing() -> None:
    assert [word for word, times in Counter(map(key_of, WORDS)).items() if times > 1] == []


def test_every_word_of_the_table_is_found_as_it_stands() -> None:
    rows = {word: row for words, row in TABLE.items() for word in words.split(", ")}
    assert {word: LEXICON.get(word) for word in WORDS} == rows


@pytest.mark.parametrize("move", MOVES)
def test_a_greeting_a_thank_you_or_another_move_is_no_follow_up(move: str) -> None:
    taken = {
        (text, before): meant
        for text in MOVES[move]
        for before in NAMES
        if (meant := follow_up(text, before))
    }
    assert taken == {}


@settings(max_examples=300, deadline=None)
@given(text=st.one_of(ANY, TALK), before=st.sampled_from(sorted(NAMES)))
def test_any_text_gives_a_name_of_the_catalogue_or_nothing(text: str, before: str) -> None:
    assert follow_up(text, before) in {*NAMES, None}


@settings(max_examples=200, deadline=None)
@given(thing=TALK, before=ANY)
def test_nothing_follows_on_what_is_no_question_of_ours(thing: str, before: str) -> None:
    assert follow_up(f"en {thing}?", before) is None
