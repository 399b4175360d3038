"""A question beside an answer is never dropped, and both are one turn."""

from dataclasses import replace

import pytest

from tests.dialogue.stage import Message, say


def beside(question: str, intent: str, *topics: str) -> Message:
    """An answer to the question for a level, with something asked beside it."""
    return replace(say(f"mbo 4. {question}", intent), topics=topics)


@pytest.mark.parametrize(
    ("message", "key", "topic"),
    [
        (beside("wat kost het?", "faq", "faq/cost"), "utter_faq/cost", "faq/cost"),
        (
            beside("waarom vraagt u dat?", "explain_question", "explain_question"),
            "utter_explain_education_level",
            "explain_question",
        ),
        (
            beside("bent u een mens?", "bot_challenge", "bot_challenge"),
            "utter_bot_challenge",
            "bot_challenge",
        ),
        (
            beside("kan ik iemand spreken?", "ask_human", "ask_human"),
            "utter_wish_later",
            "ask_human",
        ),
        (beside("en hoe zit dat met honden?", "nlu_fallback"), "utter_question_unknown", None),
        (
            beside("en als ik later hbo haal?", "nlu_fallback"),
            "utter_what_if_open",
            "check_eligibility",
        ),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_what_is_asked_beside_an_answer_is_answered(scene, message, key, topic):
    made, runner = scene
    outcome = runner.run(made.typed("education_level", message))
    assert outcome.keys.count(key) == 1
    assert outcome.turn.topics == ((topic,) if topic else ())
    assert outcome.turn.asks == "years_experience"
    assert runner.run(made.draft())["education_level"] == "mbo4"
    assert len(made.heard) == 1


def test_the_order_of_answer_and_question_makes_no_difference(scene):
    made, runner = scene
    cost = ("faq/cost",)
    after = runner.run(made.typed("education_level", beside("Wat kost het?", "faq", *cost)))
    first = replace(say("Wat kost het? Ik heb mbo 4.", "faq"), topics=cost)
    before = runner.run(made.typed("education_level", first))
    assert before.keys == after.keys
    assert before.turn.asks == after.turn.asks


def test_a_bare_answer_with_a_question_mark_is_about_the_open_question(scene):
    made, runner = scene
    schools = say("welke scholen doen mee", "faq", "faq/schools")
    runner.run(made.typed("school_type", schools))
    outcome = runner.run(made.then(say("op het vmbo?", "inform")))
    assert "utter_explain_school_type" in outcome.keys
