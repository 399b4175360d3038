"""A nasty text costs the ones who wait hardly more than a long question."""

import pytest

from bot.understanding.length import FIRST, LAST, shortened, size
from bot.understanding.several import MOST_READ, texts_of

QUESTION = "Welke opleiding heb ik nodig, zijn de lessen in de avond en wat verdien ik dan?"


@pytest.mark.parametrize(
    "text",
    ["é" * 2000, "x" * 2000, "a." * 1000, "ja, " * 500, "a@b.nl " * 280, "漢" * 1900, "((" * 900],
)
def test_nothing_makes_us_read_without_end(text):
    short = shortened(text)
    assert size(short) <= FIRST + LAST + 1
    assert sum(size(each) for each in texts_of(short)) <= MOST_READ


def test_a_question_is_read_whole():
    assert shortened(QUESTION) == QUESTION
    assert len(texts_of(QUESTION)) > 3


def test_of_a_long_story_both_ends_are_read():
    story = "Wat kost het? " + "Ik vertel u mijn leven. " * 60 + "Hoe lang duurt het?"
    assert shortened(story).startswith("Wat kost het?")
    assert shortened(story).endswith("Hoe lang duurt het?")
