"""What we do with what we think that somebody means."""

import pytest

from bot.understanding.decision import (
    Thresholds,
    decide,
    fit_asks,
    fit_thresholds,
    gathered,
    options,
    several,
)
from bot.understanding.several import Part, Ranking

THRESHOLDS = Thresholds(answer=0.6, clarify=0.2, asks=0.5)


def ranking(*names: str, chance: float = 0.9) -> Ranking:
    rest = (1 - chance) / max(len(names) - 1, 1)
    return [(name, chance if place == 0 else rest) for place, name in enumerate(names)]


def part(name: str) -> Part:
    return Part("wat kost het", "", False, ranking(name, "chitchat"))


def test_what_is_clear_is_answered() -> None:
    decision = decide(ranking("faq/cost", "faq/salary"), [], THRESHOLDS)
    assert (decision.intent, decision.topics, decision.clarify) == ("faq/cost", ("faq/cost",), ())


def test_what_is_doubtful_is_asked_back_with_at_most_three_options_that_can_be_offered() -> None:
    doubtful = ranking("faq/cost", "thank", "faq/salary", "register", "faq/results", chance=0.4)
    decision = decide(doubtful, [], THRESHOLDS)
    assert decision.intent == "nlu_fallback"
    assert decision.topics == ()
    assert decision.clarify == ("faq/cost", "faq/salary", "register")


def test_what_is_like_nothing_is_refused() -> None:
    decision = decide(ranking("faq/cost", "faq/salary", chance=0.1), [], THRESHOLDS)
    assert decision.topics == ("out_of_scope",)


@pytest.mark.parametrize("chance", [0.8, 0.3])
def test_what_is_most_like_none_of_ours_is_refused(chance: float) -> None:
    decision = decide(ranking("out_of_scope", "faq/cost", chance=chance), [], THRESHOLDS)
    assert decision.topics == ("out_of_scope",)


def test_parts_that_ask_are_each_answered_once_in_order() -> None:
    parts = [(part("faq/duration"), 0.9), (part("faq/cost"), 0.8), (part("faq/duration"), 0.9)]
    decision = decide(ranking("faq/cost", "faq/duration"), parts, THRESHOLDS)
    assert decision.topics == ("faq/duration", "faq/cost")
    assert decision.intent == "faq/duration"


def test_a_question_beside_a_request_is_answered_first() -> None:
    parts = [(part("register"), 0.9), (part("faq/cost"), 0.9)]
    decision = decide(ranking("register", "faq/cost"), parts, THRESHOLDS)
    assert decision.intent == "faq/cost"
    assert decision.topics == ("register", "faq/cost")


def test_stories_thanks_and_facts_are_no_questions() -> None:
    parts = [(part("inform"), 0.9), (part("faq/cost"), 0.9), (part("faq/salary"), 0.2)]
    assert several(parts, 0.5) == ()


def test_help_is_a_whole_message_never_one_of_several_questions() -> None:
    assert several([(part("help"), 0.9), (part("faq/cost"), 0.9)], 0.5) == ()


def test_moves_are_never_offered() -> None:
    assert options(ranking("affirm", "deny", "greet", "faq/cost")) == ("faq/cost",)


def test_thresholds_follow_from_what_answers_were_worth() -> None:
    sure_and_right = [ranking("faq/cost", "faq/salary", chance=0.9)] * 30
    unsure_and_wrong = [ranking("faq/cost", "faq/salary", chance=0.5)] * 30
    truth = ["faq/cost"] * 30 + ["faq/salary"] * 30
    answer, clarify = fit_thresholds(sure_and_right + unsure_and_wrong, truth)
    assert 0.5 < answer <= 0.9
    assert clarify <= 0.5


def test_a_few_lucky_sentences_choose_no_threshold() -> None:
    wrong = [ranking("faq/cost", "faq/salary", chance=0.71)] * 3
    right = [ranking("faq/cost", "faq/salary", chance=0.73)] * 30
    answer, _ = fit_thresholds(wrong + right, ["faq/salary"] * 3 + ["faq/cost"] * 30)
    assert answer < 0.7


def test_the_threshold_for_parts_is_the_one_with_most_messages_exactly_right() -> None:
    two = (
        [(part("faq/cost"), 0.9), (part("faq/duration"), 0.8)],
        False,
        ("faq/cost", "faq/duration"),
    )
    one = ([(part("faq/cost"), 0.9), (part("faq/duration"), 0.6)], True, ("faq/cost",))
    assert 0.6 < fit_asks([two, one]) <= 0.8


def test_a_mood_beside_a_question_is_kept_and_is_no_topic() -> None:
    told = Part("ik zie er tegenop", "", False, ranking("worried", "chitchat"))
    decision = decide(ranking("faq/cost"), [(told, 0.9), (part("faq/cost"), 0.9)], THRESHOLDS)
    assert (decision.topics, decision.mood) == (("faq/cost",), "worried")
    alone = decide(ranking("worried"), [(told, 0.9)], THRESHOLDS)
    assert (alone.topics, alone.mood) == (("worried",), None)


def test_what_is_asked_beside_a_mood_is_what_is_done() -> None:
    told = Part("ik vind het jammer", "", False, ranking("sad", "chitchat"))
    wish = Part("ja trek maar in", "", False, ranking("withdraw_registration", "deny"))
    decision = decide(
        ranking("sad", "withdraw_registration"), [(wish, 0.8), (told, 0.9)], THRESHOLDS
    )
    assert (decision.topics, decision.mood) == (("withdraw_registration",), "sad")


def test_a_mood_is_answered_where_nothing_else_is_clear() -> None:
    told = Part("ik zie er tegenop", "", False, ranking("worried", "chitchat"))
    other = Part("en dat dan", "", False, ranking("faq/cost", "faq/salary", chance=0.3))
    parts = [(told, 0.9), (other, 0.1)]
    torn = decide(ranking("worried", "faq/cost", chance=0.4), parts, THRESHOLDS)
    assert torn.topics == ("worried",)
    asked = decide(ranking("faq/cost", "worried", chance=0.4), parts, THRESHOLDS)
    assert (asked.intent, asked.clarify, asked.mood) == (
        "nlu_fallback",
        ("faq/cost",),
        "worried",
    )


def test_between_worry_and_doubt_nothing_was_asked() -> None:
    torn = [("faq/cost", 0.3), ("worried", 0.25), ("doubtful", 0.25), ("story", 0.2)]
    whole = gathered([*torn, ("sad", 0.0), ("hurried", 0.0)])
    assert whole[0] == ("worried", pytest.approx(0.7))
    assert [name for name, _ in whole].count("doubtful") == 1
