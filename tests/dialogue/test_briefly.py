"""An answer is not said twice as it was, and is short for who has no time."""

import asyncio

from tests.dialogue.stage import Stage, say, tap

Scene = tuple[Stage, asyncio.Runner]
PRIVACY = "faq/privacy"


def test_who_asks_on_gets_what_touches_the_question_and_a_person(scene: Scene) -> None:
    made, runner = scene
    runner.run(made.typed("fresh", say("wat doen jullie met mijn gegevens", "faq", PRIVACY)))
    turn = runner.run(made.then(say("hoe lang bewaart u die?", "faq", PRIVACY))).turn
    assert "bewaren" in turn.messages[0].text
    assert "Verantwoordelijk" not in turn.messages[0].text
    assert [each.title for each in turn.messages[-1].buttons] == ["Ja, graag", "Nee"]
    assert runner.run(made.then(say("ja", "affirm"))).turn.asks == "callback"


def test_at_a_question_of_ours_no_other_is_asked(scene: Scene) -> None:
    made, runner = scene
    runner.run(made.typed("email", say("wat doen jullie met mijn gegevens", "faq", PRIVACY)))
    turn = runner.run(made.then(say("hoe lang bewaart u die?", "faq", PRIVACY))).turn
    assert turn.asks == "email"
    assert "Typ mens" in " ".join(each.text for each in turn.messages)


def test_who_has_no_time_gets_the_first_lines(scene: Scene) -> None:
    made, runner = scene
    whole = runner.run(made.typed("fresh", say("wat kost het", "faq", "faq/cost"))).turn
    assert len(whole.messages) > 1
    runner.run(made.typed("fresh", say("ik heb haast", "hurried")))
    short = runner.run(made.then(say("wat kost het", "faq", "faq/cost"))).turn
    assert [each.text for each in short.messages] == [whole.messages[0].text]

    kept = say("hoe lang bewaart u mijn gegevens", "faq", PRIVACY)
    assert "bewaren wij" in runner.run(made.then(kept)).turn.messages[0].text


def test_what_a_button_asks_for_is_said_whole(scene: Scene) -> None:
    made, runner = scene
    first = runner.run(made.typed("fresh", say("wat kost het", "faq", "faq/cost"))).turn
    again = runner.run(made.tried("fresh", tap('/faq{"topic": "cost"}'))).turn
    assert [each.text for each in again.messages] == [each.text for each in first.messages]
