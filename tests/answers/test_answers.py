"""Answers are read as well as was published, or better; what is said back is counted openly."""

import pytest

from bench.answers import Answer, Scored, fallen, figures, published, score

EVERY = 5
"""Of each question one answer in so many; `python -m bench.answers` reads them all."""
MBO4 = Answer("education_level", "mbo 4 geloof ik", frozenset({"mbo4"}))
NONE = Answer("education_level", "wat is dat?", frozenset({"-"}))


@pytest.mark.long
@pytest.mark.engine
def test_answers_are_read_no_worse_than_was_published() -> None:
    assert not fallen(figures(score(every=EVERY)), published("one_in_five"))


@pytest.mark.parametrize(
    ("scored", "at_once", "in_two"),
    [
        (Scored(MBO4, "mbo4", None), "right", "right"),
        (Scored(MBO4, None, "mbo4"), "refused", "right"),
        (Scored(MBO4, None, "mbo3"), "refused", "refused"),
        (Scored(MBO4, None, None), "refused", "refused"),
        (Scored(MBO4, "mbo3", None), "wrong_kept", "wrong_kept"),
        (Scored(NONE, None, "mbo4"), "right", "right"),
        (Scored(NONE, "none", None), "wrong_kept", "wrong_kept"),
    ],
)
def test_what_is_said_back_is_right_only_after_a_yes(
    scored: Scored, at_once: str, in_two: str
) -> None:
    assert (scored.at_once, scored.in_two) == (at_once, in_two)


def test_a_figure_that_is_lower_than_was_published_is_named() -> None:
    now = figures([Scored(MBO4, None, "mbo4"), Scored(NONE, None, None)])
    assert fallen(now, now) == []
    assert fallen(now, {**now, "right_at_once": 0.9}) == ["right_at_once: 0.5, published 0.9"]
