"""Own commands work in every state, and are never taken for an answer."""

import pytest

from bot.core.questions import ELIGIBILITY, SLOTS
from tests.dialogue.stage import WAYS, say

FORMS = [state for state in WAYS if state in SLOTS]
HEAVY = frozenset(
    {
        "utter_delete_confirm",
        "utter_delete_confirm_here",
        "utter_withdraw_confirm",
        "utter_restart_confirm",
    }
)
ALL_OVER = "zullen we het van voren af aan doen"
"""May mean something else; who says it in so many words is not asked again."""
OTHERS_WORDS = ("company", "callback_note")


def meant(words: str, intent: str = "inform"):
    """A typed command, whatever the model would make of it."""
    return say(words, intent)


@pytest.mark.parametrize("state", WAYS)
@pytest.mark.parametrize("words", ["mens", "Mens!", "ik wil graag een mens spreken"])
def test_a_person_is_there_in_every_state(scene, state, words):
    made, runner = scene
    outcome = runner.run(made.typed(state, meant(words)))
    assert "ask_human" in outcome.turn.topics
    assert sum(key.startswith("utter_ask_") for key in outcome.keys) <= 2  # the text and a question


@pytest.mark.parametrize("state", WAYS)
@pytest.mark.parametrize("words", ["stop", "Stoppen.", "hou maar op", "ik wil nu stoppen"])
def test_stop_gets_out_of_every_state(scene, state, words):
    made, runner = scene
    outcome = runner.run(made.typed(state, meant(words)))
    assert "cancel" in outcome.turn.topics
    assert (outcome.turn.asks, outcome.loop) == (None, None)


@pytest.mark.parametrize("state", ["withdraw confirm", "delete confirm"])
def test_stop_at_a_heavy_question_is_a_no_to_it(scene, state):
    made, runner = scene
    outcome = runner.run(made.typed(state, meant("stop")))

    assert list(outcome.keys) == ["utter_deny_nothing"]


def test_who_doubts_that_all_is_erased_hears_that_it_is(scene):
    made, runner = scene
    doubt = runner.run(made.typed("erased", say("is het nu echt weg?", "nlu_fallback")))
    assert doubt.keys == ("utter_export_erased",)


@pytest.mark.parametrize("state", OTHERS_WORDS)
@pytest.mark.parametrize(
    ("words", "topic"),
    [
        ("opnieuw beginnen", "restart"),
        ("hou maar op", "cancel"),
        ("help", "help"),
        ("terug", "change_registration"),
    ],
)
def test_a_command_is_no_company_and_no_note(scene, state, words, topic):
    made, runner = scene
    outcome = runner.run(made.typed(state, meant(words)))
    assert topic in outcome.turn.topics
    draft = runner.run(made.draft())
    assert words not in str(draft)


@pytest.mark.parametrize("words", ["aanmelden", "agenda", "privacy en aanmelden"])
def test_at_the_note_our_links_are_the_words_for_a_person(scene, words):
    made, runner = scene
    outcome = runner.run(made.typed("callback_note", meant(words, "register")))
    assert outcome.turn.topics in (("ask_human",), ("register",)) and outcome.loop is None
    assert "utter_callback_done" in outcome.keys


@pytest.mark.parametrize("words", ["verder op telegram", "ik wil verder via de website"])
@pytest.mark.parametrize("state", OTHERS_WORDS)
def test_to_go_on_elsewhere_is_no_company_and_no_note(scene, state, words):
    made, runner = scene
    outcome = runner.run(made.typed(state, meant(words)))
    assert not outcome.ran and outcome.turn.asks == state


@pytest.mark.parametrize("state", FORMS)
def test_back_is_the_question_before_and_nothing_else_is_lost(scene, state):
    made, runner = scene
    runner.run(made.typed(state, meant("wat zei u?", "repeat")))
    before = runner.run(made.draft())
    outcome = runner.run(made.typed(state, meant("terug naar de vorige vraag", "restart")))
    lost = before.keys() - runner.run(made.draft()).keys()
    assert outcome.turn.asks is not None
    assert lost == ({outcome.turn.asks} if outcome.turn.asks != state else set())
    row = [*ELIGIBILITY, "name", "email", "phone", "region", "company", "confirm"]
    if state in row and state not in ("sector", "name"):
        assert outcome.turn.asks == row[row.index(state) - 1]


@pytest.mark.parametrize("state", ["years_experience", "region", "confirm", "eligible"])
def test_starting_over_asks_first_and_no_goes_on(scene, state):
    made, runner = scene
    asked = runner.run(made.typed(state, meant(ALL_OVER, "restart")))
    assert "utter_restart_confirm" in asked.keys and asked.turn.asks is None
    answers = runner.run(made.draft())
    assert answers
    no = runner.run(made.then(meant("nee", "deny")))
    assert runner.run(made.draft()) == answers
    assert no.turn.asks == (state if state in SLOTS else None)
    runner.run(made.typed(state, meant(ALL_OVER, "restart")))
    done = runner.run(made.then(meant("Ja, begin opnieuw", "affirm")))
    assert "utter_restart" in done.keys and done.loop is None
    assert not set(runner.run(made.draft())) & set(SLOTS)


@pytest.mark.parametrize("intent", ["delete_my_data", "withdraw_registration", "restart"])
@pytest.mark.parametrize("state", FORMS)
def test_a_guess_never_opens_a_heavy_question_before_the_open_one(scene, state, intent):
    made, runner = scene
    guess = say("ik doe van alles wat", intent, confidence=0.73)
    outcome = runner.run(made.tried(state, guess))
    assert not HEAVY.intersection(outcome.keys)
    assert outcome.loop is not None or state == "callback_note"  # there any words are the note


@pytest.mark.parametrize("intent", ["delete_my_data", "change_registration"])
@pytest.mark.parametrize("state", ["sector", "years_experience", "phone"])
def test_the_form_is_there_after_a_no(scene, state, intent):
    made, runner = scene
    asked = runner.run(made.typed(state, say("wis mijn gegevens", intent)))
    assert asked.turn.asks is None
    assert runner.run(made.then(meant("nee", "deny"))).turn.asks == state


@pytest.mark.parametrize("state", ["company", "region", "confirm"])
def test_who_asks_how_an_answer_stands_keeps_it(scene, state):
    made, runner = scene
    outcome = runner.run(made.typed(state, say("klopt mijn e-mail?", "change_registration")))
    assert "jan@voorbeeld.nl" in str(outcome.turn.messages)
    assert runner.run(made.draft())["email"] == "jan@voorbeeld.nl"
    assert outcome.turn.asks == state


@pytest.mark.parametrize("intent", ["change_registration", "deny"])
def test_at_the_summary_a_change_is_taken_at_its_word(scene, intent):
    made, runner = scene
    wish = say("nee mijn naam klopt niet", intent, confidence=0.6)
    assert runner.run(made.typed("confirm", wish)).turn.asks == "name"
