"""The arithmetic of the scores: what counts as right, offered, stolen and fallen."""

import pytest

from bench.typos import mistyped
from bench.understanding import Judged, calibration_error, fallen, macro_f1, score


def judged(name: str, *topics: str, clarify: tuple[str, ...] = (), sure: float = 1.0) -> Judged:
    answer = {"topics": list(topics), "clarify": list(clarify), "confidence": sure}
    return Judged("wat kost het", name, {**answer, "intent": "nlu_fallback"})


def test_right_at_once_is_exactly_the_one_name() -> None:
    assert judged("faq/cost", "faq/cost").is_right
    assert not judged("faq/cost", "faq/salary").is_right
    assert not judged("faq/cost", "faq/cost", "faq/salary").is_right
    assert not judged("faq/cost", clarify=("faq/cost",)).is_right


def test_asking_back_counts_when_the_name_is_among_the_options() -> None:
    figures = score(
        [
            judged("faq/cost", "faq/cost"),
            judged("faq/cost", clarify=("faq/salary", "faq/cost")),
            judged("faq/cost", clarify=("faq/salary", "faq/results")),
            judged("faq/salary", "faq/salary"),
        ]
    )
    assert (figures["right_at_once"], figures["right_or_offered"]) == (0.5, 0.75)
    assert figures["asked_back"] == 0.5


def test_macro_f1_counts_every_name_alike() -> None:
    often = [judged("faq/cost", "faq/cost")] * 98
    seldom = [judged("faq/salary", "faq/cost"), judged("faq/salary", "faq/salary")]
    assert macro_f1(often + seldom) == pytest.approx((2 * 98 / 197 + 2 / 3) / 2, abs=1e-4)


def test_confidence_is_honest_when_it_equals_the_share_that_is_right() -> None:
    honest = [judged("a", "a", sure=0.75)] * 3 + [judged("a", "b", sure=0.75)]
    assert calibration_error(honest) == 0
    assert calibration_error([judged("a", "b", sure=1.0)]) == 1


def test_a_figure_that_fell_is_named_and_luck_is_not() -> None:
    published = {"all": {"right_at_once": 0.95}, "several": {"exact": 0.8}}
    figures = {"all": {"right_at_once": 0.945}, "several": {"exact": 0.7}}
    assert fallen(figures, published) == ["several exact: 0.7, published 0.8"]


def test_typing_errors_are_as_many_as_asked_and_the_same_each_time() -> None:
    texts = ["hoe lang duurt de opleiding eigenlijk"] * 300
    wrong = mistyped(texts, 0.05)
    assert wrong == mistyped(texts, 0.05)
    assert 0.7 < sum(text != texts[0] for text in wrong) / len(wrong) < 0.95
    assert mistyped(texts, 0) == texts
