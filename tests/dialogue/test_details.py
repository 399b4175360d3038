"""Details may come in one message; a town, a firm and half a name are what they are."""

import pytest

from tests.dialogue.stage import Scene, say, talk

REGISTER = say("ik wil me aanmelden", "register")
MAY = say("ja dat mag", "affirm")
TOGETHER = "in één bericht"


def test_the_first_question_for_a_detail_says_that_the_others_may_come_along(scene: Scene) -> None:
    first = talk(scene, "consent", MAY)
    assert first.turn.asks == "name" and TOGETHER in first.turn.messages[-1].text
    second = talk(scene, "consent", MAY, say("Jan de Vries"))
    assert second.turn.asks == "email" and TOGETHER not in second.turn.messages[-1].text


def test_what_came_along_is_not_asked_and_stands_in_the_summary(scene: Scene) -> None:
    given = say("Jan de Vries, jan@voorbeeld.nl, 0612345678, Zwolle, Bakker Techniek")
    summary = talk(scene, "name", given)
    assert summary.turn.asks == "confirm"
    shown = summary.turn.messages[-2].text
    for each in ("Jan de Vries", "jan@voorbeeld.nl", "+31612345678", "Zwolle", "Bakker Techniek"):
        assert each in shown


@pytest.mark.parametrize("answer", ["Bart Olthuis", "Olthuis"])
def test_who_told_a_first_name_is_asked_for_the_whole_one(scene: Scene, answer: str) -> None:
    made, runner = scene
    asked = talk(scene, "eligible", say("ik ben Bart"), REGISTER, MAY)
    assert asked.turn.asks == "name"
    runner.run(made.then(say(answer)))
    assert runner.run(made.draft())["name"] == "Bart Olthuis"


def test_who_gives_no_more_than_a_first_name_is_not_asked_again(scene: Scene) -> None:
    outcome = talk(scene, "eligible", say("ik ben Bart"), REGISTER, MAY, say("Bart"))
    assert outcome.turn.asks == "email"
    assert talk(scene, "eligible", say("ik ben Bart Olthuis"), REGISTER, MAY).turn.asks == "email"
