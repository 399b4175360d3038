"""How somebody feels is heard, beside what is asked; what only a person can do leads to one."""

import asyncio
from dataclasses import replace

import pytest

from bot.core.dialogue.moves import FOR_A_PERSON, MOODS
from tests.dialogue.stage import Stage, say

Scene = tuple[Stage, asyncio.Runner]


@pytest.mark.parametrize("mood", sorted(MOODS))
def test_a_mood_alone_is_answered_and_the_question_stays_open(scene: Scene, mood: str) -> None:
    made, runner = scene
    outcome = runner.run(made.typed("sector", say("pfoe, zeg", mood)))
    assert outcome.keys == (f"utter_{mood}", "utter_ask_sector")
    assert (outcome.turn.topics, outcome.turn.asks) == ((mood,), "sector")


@pytest.mark.parametrize("mood", sorted(MOODS))
def test_beside_a_question_it_is_what_is_said_first(scene: Scene, mood: str) -> None:
    made, runner = scene
    asked = say("pfoe zeg, wat kost het", "faq", "faq/cost")
    turn = runner.run(made.typed("fresh", replace(asked, mood=mood))).turn
    heard = made.ports.texts.render(f"utter_heard_{mood}").text
    assert turn.messages[0].text == heard
    assert turn.topics == ("faq/cost",)
    assert len(turn.messages) > 1


@pytest.mark.parametrize("wish", sorted(FOR_A_PERSON - {"complaint"}))
def test_a_yes_to_what_only_a_person_can_do_asks_where_to_reach_them(
    scene: Scene, wish: str
) -> None:
    made, runner = scene
    outcome = runner.run(made.typed("fresh", say("ik wil iets", wish)))
    assert (outcome.keys, outcome.turn.topics) == ((f"utter_{wish}",), (wish,))
    assert runner.run(made.then(say("ja", "affirm"))).loop == "callback_form"


def test_such_a_wish_beside_a_question_is_not_dropped(scene: Scene) -> None:
    made, runner = scene
    both = say("ik heb een klacht. wat kost het?", "faq", "faq/cost", "complaint")
    outcome = runner.run(made.typed("fresh", both))
    assert {"utter_complaint", "utter_faq/cost"} <= set(outcome.keys)
    assert outcome.turn.topics == ("faq/cost", "complaint")
    assert runner.run(made.then(say("ja", "affirm"))).loop == "callback_form"


@pytest.mark.parametrize("name", sorted(FOR_A_PERSON | MOODS))
def test_nothing_is_asked_beside_the_question_that_is_open(scene: Scene, name: str) -> None:
    made, runner = scene
    for state in ("employer_consent", "consent", "confirm"):
        *before, _ = runner.run(made.typed(state, say("pfoe, zeg", name))).turn.messages
        assert before and not any("?" in each.text for each in before), state


def test_who_complains_and_wants_a_person_gets_one_at_once(scene: Scene) -> None:
    made, runner = scene
    both = say(
        "een klacht, of iemand spreken die erover gaat", "complaint", "complaint", "ask_human"
    )
    outcome = runner.run(made.typed("fresh", both))
    assert outcome.loop == "callback_form"
    assert outcome.turn.topics == ("complaint", "ask_human")


def test_who_is_on_the_list_hears_news_by_himself(scene: Scene) -> None:
    made, runner = scene
    outcome = runner.run(made.typed("registered", say("hou me op de hoogte", "keep_informed")))
    assert outcome.turn.topics == ("registration_status",)


def test_a_story_of_somebody_who_is_no_candidate_is_welcomed_as_such(scene: Scene) -> None:
    made, runner = scene
    told = say("ik ben teamleider op een vmbo in Terneuzen", "story")
    assert runner.run(made.typed("fresh", told)).keys == ("utter_who_school",)


def test_a_story_is_no_miss_and_at_a_question_no_answer(scene: Scene) -> None:
    made, runner = scene
    told = say("ik leer de jonge gasten het vak", "story")
    assert runner.run(made.typed("fresh", told)).keys == ("utter_story",)
    outcome = runner.run(made.typed("school_type", told))
    assert outcome.keys == ("utter_invalid_school_type", "utter_ask_school_type")
