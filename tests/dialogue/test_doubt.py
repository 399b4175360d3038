"""Who is not understood hears another thing each time, and nothing that cannot be meant."""

import asyncio
from dataclasses import replace

from tests.dialogue.stage import Message, Stage, say, tap

Scene = tuple[Stage, asyncio.Runner]
OPTIONS = ("register", "change_registration", "faq/cost", "faq/duration")


def unclear(words: str) -> Message:
    return replace(say(words, "nlu_fallback"), topics=(), clarify=OPTIONS)


def test_what_nobody_can_want_is_not_offered(scene: Scene) -> None:
    made, runner = scene
    fresh = runner.run(made.typed("fresh", unclear("iets met boeken")))
    assert fresh.turn.clarify == ("register", "faq/cost", "faq/duration")
    on_list = runner.run(made.typed("registered", unclear("iets met boeken")))
    assert on_list.turn.clarify == ("change_registration", "faq/cost", "faq/duration")


def test_a_second_miss_offers_less_and_a_third_a_person(scene: Scene) -> None:
    made, runner = scene
    runner.run(made.typed("fresh", unclear("iets met boeken")))
    second = runner.run(made.then(unclear("van die dikke")))
    assert second.keys == ("utter_clarify_again",)
    assert second.turn.clarify == ("register", "faq/cost", "ask_human")
    assert runner.run(made.then(unclear("nou gewoon boeken"))).keys == ("utter_pass_on",)
    assert runner.run(made.then(say("ja", "affirm"))).turn.asks == "callback"


def test_an_answer_in_between_ends_the_row(scene: Scene) -> None:
    made, runner = scene
    runner.run(made.typed("fresh", unclear("iets met boeken")))
    runner.run(made.then(say("wat kost het", "faq", "faq/cost")))
    assert runner.run(made.then(unclear("van die dikke"))).keys == ("utter_clarify",)


def test_who_asks_as_a_school_is_welcome_and_gets_no_check(scene: Scene) -> None:
    made, runner = scene
    hello = replace(unclear("ik ben teamleider op een school"), clarify=("check_eligibility",))
    assert runner.run(made.typed("fresh", hello)).keys == ("utter_who_school",)
    doubt = replace(unclear("iets met boeken"), clarify=("check_eligibility",))
    assert runner.run(made.then(doubt)).keys == ("utter_pass_on",)


def test_who_does_not_want_to_be_called_is_not_asked_again(scene: Scene) -> None:
    made, runner = scene
    outcome = runner.run(made.typed("callback", say("nee dat doet hij zelf", "deny")))
    assert outcome.keys == ("utter_callback_none",)
    assert outcome.loop is None


def test_a_guess_that_somebody_stops_takes_no_wish_to_be_called_away(scene: Scene) -> None:
    made, runner = scene
    guess = say("geen zin in een lijst, bel me maar", "cancel", confidence=0.8)
    assert runner.run(made.typed("callback", guess)).turn.asks == "callback"
    assert runner.run(made.typed("callback", tap("/cancel"))).loop is None


def test_who_is_on_the_list_is_not_told_to_register(scene: Scene) -> None:
    made, runner = scene
    start = say("wanneer begint het", "faq", "faq/start_dates")
    told = runner.run(made.typed("registered", start)).turn.messages[0].text
    assert told.startswith("U staat op de lijst")
