"""What was proposed is remembered by us: an upgrade or an engine that starts anew loses nothing."""

from tests.dialogue.stage import say

YES = say("lijkt me leuk", "affirm")


def test_a_conversation_of_before_it_was_kept_goes_on(scene):
    made, runner = scene
    runner.run(made.enter("eligible"))
    made.forget(ours=True)
    assert runner.run(made.then(YES)).turn.asks == "consent"


def test_what_the_engine_remembered_is_taken_over(scene):
    made, runner = scene
    runner.run(made.enter("eligible"))
    made.forget(ours=True)
    runner.run(made.then(say("wat zei u?", "repeat")))
    made.forget(ours=False)
    assert runner.run(made.then(YES)).turn.asks == "consent"


def test_an_engine_that_lost_its_memory_is_told_what_was_proposed(scene):
    made, runner = scene
    runner.run(made.enter("eligible"))
    made.forget(ours=False)
    assert runner.run(made.then(YES)).turn.asks == "consent"


def test_after_another_message_a_yes_is_a_yes_to_nothing_of_before(scene):
    made, runner = scene
    runner.run(made.typed("eligible", say("wat kost het", "faq", "faq/cost")))
    assert runner.run(made.then(YES)).turn.asks is None
