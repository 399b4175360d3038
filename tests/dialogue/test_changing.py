"""Who is on the list and has another number or address gives it here; a coordinator sees it."""

import asyncio

from bot.core.callback import Way
from bot.services import callbacks
from tests.dialogue.stage import Stage, say

Scene = tuple[Stage, asyncio.Runner]


def test_a_new_number_is_asked_for_and_passed_on(scene: Scene) -> None:
    made, runner = scene
    wish = say("ik heb een ander telefoonnummer", "change_registration")
    assert runner.run(made.typed("registered", wish)).turn.asks == "phone"
    outcome = runner.run(made.then(say("het is nu 0687654321")))
    assert outcome.keys == ("utter_change_passed_phone",)
    kept = runner.run(callbacks.newest(made.ports, made.talk))
    assert kept is not None
    assert (kept.way, kept.address) == (Way.PHONE, "+31687654321")
    assert "telefoonnummer van de aanmelding" in (kept.question or "")


def test_a_new_address_goes_by_mail(scene: Scene) -> None:
    made, runner = scene
    wish = say("mijn mailadres klopt niet meer", "change_registration")
    assert runner.run(made.typed("registered", wish)).turn.asks == "email"
    outcome = runner.run(made.then(say("jan.nieuw@voorbeeld.nl")))
    assert outcome.keys == ("utter_change_passed_email",)
    kept = runner.run(callbacks.newest(made.ports, made.talk))
    assert kept is not None
    assert kept.way is Way.EMAIL


def test_what_should_change_is_remembered_over_a_question(scene: Scene) -> None:
    made, runner = scene
    runner.run(made.typed("registered", say("ik heb een nieuw nummer", "change_registration")))
    runner.run(made.then(say("wat kost het", "faq", "faq/cost")))
    assert runner.run(made.then(say("kunt u dat aanpassen", "change_registration"))).turn.asks == (
        "phone"
    )


def test_of_anything_else_a_coordinator_is_offered(scene: Scene) -> None:
    made, runner = scene
    wish = say("er moet iets veranderd worden", "change_registration")
    assert runner.run(made.typed("registered", wish)).keys == ("utter_change_after",)
    asked = runner.run(made.then(say("ja graag", "affirm")))
    assert asked.loop == "callback_form"


def test_a_question_for_the_number_has_no_place_in_a_row(scene: Scene) -> None:
    made, runner = scene
    wish = say("ik heb een ander telefoonnummer", "change_registration")
    turn = runner.run(made.typed("registered", wish)).turn
    assert not any(each.text.startswith("Vraag ") for each in turn.messages)


def test_a_new_town_goes_to_the_coordinator_in_the_words_that_told_it(scene: Scene) -> None:
    made, runner = scene
    moved = say("ik ben verhuisd en woon nu in Deventer")
    assert runner.run(made.typed("registered", moved)).keys == ("utter_change_after",)
    assert runner.run(made.then(say("ja", "affirm"))).loop == "callback_form"
    runner.run(made.then(say("0687654321")))
    kept = runner.run(callbacks.newest(made.ports, made.talk))
    assert kept is not None
    assert "woon nu in Deventer" in (kept.question or "")


def test_what_is_no_number_is_asked_again_outside_any_form(scene: Scene) -> None:
    made, runner = scene
    runner.run(made.typed("registered", say("ik heb een nieuw nummer", "change_registration")))
    outcome = runner.run(made.then(say("even de mail erbij zoeken hoor", "out_of_scope")))
    assert outcome.keys == ("utter_invalid_phone", "utter_ask_phone")
    assert outcome.turn.asks == "phone"
