"""What a message tells beside, or instead of, the answer to the open question."""

from datetime import date

import pytest

from bot.core.dialogue.message import Meaning
from bot.core.dialogue.reading import Reading

TODAY = date(2026, 11, 23)


def told(text, asks=None, intent="inform", **answers):
    return Reading(TODAY, asks, answers, text, text, meaning=Meaning(intent)).told


@pytest.mark.parametrize(
    ("text", "asks", "values"),
    [
        ("hbo", "sector", {"education_level": "hbo"}),
        ("elektro", None, {"sector": "installatietechniek"}),
        ("al 9 jr", None, {"years_experience": 9}),
        ("gepensioneerd", "education_level", {"employment": "retired"}),
    ],
)
def test_an_answer_out_of_turn_is_taken_along(text, asks, values):
    """Bug: "Bedankt, dat helpt", said of what was not noted; and a question asked for ever."""
    got = told(text, asks)
    assert {item: got[item] for item in values} == values


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("10", "employment"),
        ("1", "sector"),
        ("ja", "employment"),
        ("nee", None),
        ("weet ik niet", "sector"),
        ("kader", "employment"),
        ("hbo", "name"),
        ("geen diplom nederland", None),
    ],
)
def test_what_may_be_anything_is_no_answer_out_of_turn(text, asks):
    assert told(text, asks) == {}


def test_what_was_answered_before_is_not_changed_by_a_word_out_of_turn():
    assert told("hbo", "employment", education_level="mbo4") == {}
