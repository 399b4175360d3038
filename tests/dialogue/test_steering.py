"""Who asks what comes next, or how much more, hears it in every state; who waits is left alone."""

import asyncio

import pytest

from tests.dialogue.stage import Stage, say

Scene = tuple[Stage, asyncio.Runner]


@pytest.mark.parametrize(
    ("state", "key"),
    [
        ("fresh", "utter_next_check"),
        ("sector", "utter_next_question"),
        ("eligible", "utter_next_register"),
        ("registered", "utter_next_registered"),
        ("registered, in review", "utter_next_review"),
        ("waiting list", "utter_next_waiting_list"),
        ("withdrawn", "utter_next_withdrawn"),
    ],
)
def test_what_comes_next_is_said_in_every_state(scene: Scene, state: str, key: str) -> None:
    made, runner = scene
    outcome = runner.run(made.typed(state, say("en nu?", "nlu_fallback")))
    assert key in outcome.keys


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("klaar?", "utter_done"),
        ("wanneer hoor ik iets?", "utter_when_heard"),
        ("hoeveel vragen nog?", "utter_left_done"),
    ],
)
def test_who_is_on_the_list_hears_what_they_asked(scene: Scene, words: str, key: str) -> None:
    made, runner = scene
    for state in ("registered", "registered, in review"):
        assert runner.run(made.typed(state, say(words, "nlu_fallback"))).keys == (key,)


def test_who_waits_for_word_without_a_registration_hears_that_there_is_none(scene: Scene) -> None:
    made, runner = scene
    outcome = runner.run(made.typed("eligible", say("wanneer hoor ik iets?", "nlu_fallback")))
    assert outcome.keys == ("utter_heard_nothing", "utter_next_register")


def test_who_hears_the_same_again_is_offered_a_person(scene: Scene) -> None:
    """Bug: "en nu?" got the same words as often as it was asked."""
    made, runner = scene
    now = say("en nu?", "nlu_fallback")
    runner.run(made.typed("eligible", now))
    again = runner.run(made.then(now)).turn
    assert [each.title for each in again.messages[-1].buttons] == ["Ja, graag", "Nee"]
    assert runner.run(made.then(say("ja", "affirm"))).turn.asks == "callback"


def test_a_yes_to_what_comes_next_does_it(scene: Scene) -> None:
    made, runner = scene
    runner.run(made.typed("eligible", say("hoe nu verder", "nlu_fallback")))
    assert runner.run(made.then(say("ja", "affirm"))).turn.asks == "consent"


def test_who_waits_is_not_asked_again_and_the_question_stays_open(scene: Scene) -> None:
    made, runner = scene
    outcome = runner.run(made.typed("name", say("ff wachten, de bel gaat", "inform")))
    assert (outcome.keys, outcome.turn.asks) == ((), "name")
    assert runner.run(made.then(say("Jan de Vries"))).turn.asks == "email"


def test_who_is_back_is_asked_again(scene: Scene) -> None:
    made, runner = scene
    outcome = runner.run(made.typed("employment", say("ben er weer", "greet")))
    assert outcome.keys == ("utter_back", "utter_ask_employment")


@pytest.mark.parametrize(("state", "left"), [("sector", "6"), ("years_experience", "3")])
def test_how_many_questions_are_left_is_said(scene: Scene, state: str, left: str) -> None:
    made, runner = scene
    outcome = runner.run(made.typed(state, say("hoeveel vragen nog", "nlu_fallback")))
    assert outcome.turn.messages[0].text.startswith(f"Nog {left} ")


def test_an_answer_that_sounds_like_a_question_about_us_is_an_answer(scene: Scene) -> None:
    """Bug: who still has to ask an employer was told how many questions there are still."""
    made, runner = scene
    outcome = runner.run(made.typed("employer_consent", say("moet ik nog vragen", "inform")))
    assert outcome.turn.asks == "school_type"


def test_who_says_goodbye_unclearly_is_not_asked_what_he_means(scene: Scene) -> None:
    made, runner = scene
    doubt = say("nou we zullen zien", "nlu_fallback")
    assert runner.run(made.typed("registered", doubt)).keys == ("utter_leave",)


def test_after_two_digressions_the_question_waits_and_then_is_silent(scene: Scene) -> None:
    made, runner = scene
    cost = say("wat kost het", "faq", "faq/cost")
    full = runner.run(made.typed("employment", cost)).turn
    assert full.messages[-1].text.startswith("Wat is uw werksituatie")
    short = runner.run(made.then(say("hoe lang duurt het", "faq", "faq/duration"))).turn
    assert short.messages[-1].text.endswith("uw werksituatie.")
    assert [each.title for each in short.messages[-1].buttons][0] == "In loondienst"
    none = runner.run(made.then(say("wie betaalt dat", "faq", "faq/cost"))).turn
    assert "werksituatie" not in none.messages[-1].text
    assert none.asks == "employment"
    assert runner.run(made.then(say("in loondienst"))).turn.asks == "education_level"


def test_who_says_goodbye_at_a_question_is_let_go(scene: Scene) -> None:
    made, runner = scene
    turn = runner.run(made.typed("sector", say("doei", "goodbye"))).turn
    assert len(turn.messages) == 1
    assert turn.asks == "sector"


def test_who_said_it_before_hears_that_it_stands_nowhere(scene: Scene) -> None:
    made, runner = scene
    for words in ("dat hebben we toch al gehad?", "dat zei ik net al"):
        outcome = runner.run(made.typed("sector", say(words, "nlu_fallback")))
        assert outcome.keys == ("utter_said_before", "utter_ask_sector")


def test_a_thumb_where_nothing_is_asked_is_thanked_for(scene: Scene) -> None:
    made, runner = scene
    assert runner.run(made.typed("registered", say("👍", "affirm"))).keys == ("utter_thank",)
    assert (
        runner.run(made.typed("employer_consent", say("👍", "affirm"))).turn.asks == "school_type"
    )


def test_who_withdrew_and_may_want_a_later_group_hears_how(scene: Scene) -> None:
    made, runner = scene
    later = say("kan ik volgend jaar weer meedoen?", "nlu_fallback")
    outcome = runner.run(made.typed("withdrawn", later))
    assert outcome.keys == ("utter_next_withdrawn",)


def test_who_has_no_time_is_not_asked_what_may_be_left_out(scene: Scene) -> None:
    made, runner = scene
    hurry = say("schiet op", "hurried")
    number = runner.run(made.typed("phone", hurry)).turn
    assert number.messages[0].text.endswith("alleen wat nodig is.")
    assert (
        runner.run(made.then(say("0612345678"))).turn.messages[-1].text.startswith("Vraag 4 van 4")
    )
    assert runner.run(made.then(say("Zwolle"))).turn.asks == "confirm"
    assert runner.run(made.typed("company", hurry)).turn.asks == "confirm"


def test_who_keeps_a_number_to_themselves_hears_what_it_is_for(scene: Scene) -> None:
    made, runner = scene
    outcome = runner.run(made.typed("phone", say("dat krijgt u niet", "faq", "faq/privacy")))
    assert outcome.keys == ("utter_explain_phone", "utter_ask_phone")
