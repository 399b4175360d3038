"""At the question how to reach somebody, and right after it, what is said is about the call."""

import asyncio
from dataclasses import replace

import pytest

from bot.services import callbacks
from tests.dialogue.stage import Message, Stage, say

Scene = tuple[Stage, asyncio.Runner]


def doubt(words: str) -> Message:
    return replace(say(words, "nlu_fallback"), topics=(), clarify=("faq/schedule", "faq/contact"))


def test_a_moment_that_is_named_first_goes_with_the_request(scene: Scene) -> None:
    made, runner = scene
    first = runner.run(made.typed("callback", doubt("op dinsdag heb ik vrij")))
    assert first.keys[0] == "utter_callback_moment"
    assert first.turn.asks == "callback"
    runner.run(made.then(say("0612345678")))
    asked = runner.run(callbacks.newest(made.ports, made.talk))
    assert asked is not None and "dinsdag" in f"{asked.moment} {asked.question}"


def test_who_has_no_time_hears_that_a_number_is_all(scene: Scene) -> None:
    made, runner = scene
    hurried = say("heb hier geen tijd voor, laat iemand bellen", "cancel", confidence=0.6)
    turn = runner.run(made.typed("callback", hurried))
    assert turn.keys[0] == "utter_callback_only"
    assert turn.turn.asks == "callback"


def test_who_calls_is_explained(scene: Scene) -> None:
    made, runner = scene
    turn = runner.run(made.typed("callback", doubt("wie is dat dan, een verkoper?")))
    assert turn.keys[0] == "utter_explain_callback"
    assert turn.turn.clarify == ()


def test_a_short_question_after_the_request_is_about_it(scene: Scene) -> None:
    made, runner = scene
    runner.run(made.typed("callback", say("0612345678, over de kosten")))
    assert runner.run(made.then(doubt("duurt dat lang?"))).keys == ("utter_callback_since",)
    sure = say("wat kost het?", "faq", "faq/cost")
    assert runner.run(made.then(sure)).keys == ("utter_faq/cost",)


def test_a_complaint_is_asked_how_a_person_can_reach_them(scene: Scene) -> None:
    made, runner = scene
    complaint = say("dit kan echt niet, ik wil een klacht indienen", "complaint")
    turn = runner.run(made.typed("fresh", complaint))
    assert turn.keys == ("utter_complaint", "utter_ask_callback")
    runner.run(made.then(say("0612345678")))
    runner.run(made.then(say("overslaan")))
    added = runner.run(made.then(say("jullie zijn onbetrouwbaar", "feedback_negative")))
    assert "utter_callback_noted" in added.keys
    asked = runner.run(callbacks.newest(made.ports, made.talk))
    assert asked is not None and "onbetrouwbaar" in (asked.question or "")


def test_after_a_yes_nobody_hears_again_that_there_is_no_number(scene: Scene) -> None:
    made, runner = scene
    runner.run(made.typed("fresh", say("is er een open dag", "info_evening")))
    assert runner.run(made.then(say("ja graag", "affirm"))).keys == ("utter_ask_callback",)


def test_who_does_not_want_to_be_called_is_not_asked_for_a_number(scene: Scene) -> None:
    made, runner = scene
    turn = runner.run(made.typed("fresh", say("ik kijk nog even. niet bellen", "ask_human")))
    assert turn.keys == ("utter_callback_none",)


@pytest.mark.parametrize("intent", ["greet", "cancel", "help"])
def test_a_moment_at_the_question_when_is_one_whatever_it_is_taken_for(
    scene: Scene, intent: str
) -> None:
    """Bug: "morgenmiddag" was greeted, and asked when it suits again."""
    made, runner = scene
    done = runner.run(made.typed("callback_note", say("morgenmiddag", intent)))
    assert done.turn.asks is None
    asked = runner.run(callbacks.newest(made.ports, made.talk))
    assert asked is not None and asked.moment == "morgenmiddag"


def test_a_greeting_at_the_question_when_is_no_moment(scene: Scene) -> None:
    made, runner = scene
    greeted = runner.run(made.typed("callback_note", say("hoi", "greet")))
    assert greeted.turn.asks == "callback_note"
