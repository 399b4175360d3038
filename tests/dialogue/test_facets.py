"""A question about one side of a topic gets an answer to that side, and nothing is said twice."""

import asyncio

import pytest

from tests.dialogue.stage import Message, Stage, say, tap

Scene = tuple[Stage, asyncio.Runner]
PRIVACY = "faq/privacy"
COST = "faq/cost"


def ask(words: str, topic: str, *sides: str) -> Message:
    """A question about a topic, or about sides of it."""
    return say(words, "faq", topic, facets=tuple(f"{topic}/{side}" for side in sides))


def test_a_side_is_answered_and_not_the_whole_topic(scene: Scene) -> None:
    made, runner = scene
    outcome = runner.run(
        made.typed("fresh", ask("komt mijn baas dit te weten", PRIVACY, "employer_sees"))
    )
    assert outcome.keys == ("utter_faq/privacy/employer_sees",)
    assert outcome.turn.topics == (PRIVACY,)
    assert outcome.turn.facets == ("faq/privacy/employer_sees",)


def test_two_sides_of_one_topic_are_both_answered(scene: Scene) -> None:
    made, runner = scene
    both = ask("wie leest mee, en hoe lang bewaart u het", PRIVACY, "who_reads", "retention")
    outcome = runner.run(made.typed("fresh", both))
    assert outcome.keys == ("utter_faq/privacy/who_reads", "utter_faq/privacy/retention")


def test_a_question_without_a_side_and_a_button_get_the_topics_own_answer(scene: Scene) -> None:
    made, runner = scene
    for message in (ask("moet ik iets betalen", COST), tap('/faq{"topic": "cost"}')):
        outcome = runner.run(made.tried("fresh", message))
        assert (outcome.keys, outcome.turn.facets) == (("utter_faq/cost",), ())


def test_a_side_of_another_topic_is_not_said(scene: Scene) -> None:
    made, runner = scene
    runner.run(made.typed("fresh", say("ik ben werkgever", "inform")))
    stray = say("wat levert het op", "faq", "faq/benefits", facets=("faq/results/learned",))
    assert runner.run(made.then(stray)).turn.facets == ()


def test_seven_questions_about_one_topic_get_seven_answers(scene: Scene) -> None:
    made, runner = scene
    sides = "who_reads retention employer_sees automatic_decision storage marketing cookies"
    runner.run(made.typed("fresh", ask("hoe zit het met privacy", PRIVACY)))
    said = [
        runner.run(made.then(ask(f"vraag over {side}", PRIVACY, side))).turn.messages[0].text
        for side in sides.split()
    ]
    assert len(set(said)) == len(said)


@pytest.mark.parametrize("sides", [(), ("travel",)], ids=["all of it", "a side"])
def test_an_answer_is_not_said_again_to_another_question(
    scene: Scene, sides: tuple[str, ...]
) -> None:
    made, runner = scene
    first = runner.run(made.typed("fresh", ask("moet ik iets betalen", COST, *sides))).turn
    again = runner.run(made.then(ask("hm, hoe zit dat nou", COST, *sides))).turn
    assert {each.text for each in again.messages}.isdisjoint(each.text for each in first.messages)
    assert [each.title for each in again.messages[-1].buttons] == ["Ja, graag", "Nee"]


def test_half_a_question_is_answered_by_its_side_and_not_with_the_block_again(
    scene: Scene,
) -> None:
    made, runner = scene
    first = runner.run(made.typed("fresh", ask("moet ik iets betalen", COST))).turn
    half = runner.run(made.then(ask("en voor werklozen?", "faq/other_situations"))).turn
    assert half.topics == (COST,)
    assert {each.text for each in half.messages}.isdisjoint(each.text for each in first.messages)

    sides = ("faq/cost/unemployed",)
    half = say("en zonder werk?", "faq", "faq/other_situations", facets=sides)
    outcome = runner.run(made.then(half))
    assert (outcome.keys, outcome.turn.facets) == (("utter_faq/cost/unemployed",), sides)


def test_who_asks_the_very_same_again_gets_the_same_answer(scene: Scene) -> None:
    made, runner = scene
    first = runner.run(made.typed("fresh", ask("is het duur", COST))).turn
    again = runner.run(made.then(ask("Is het duur?", COST))).turn
    assert first.messages[0].text in [each.text for each in again.messages]
