"""Of several sentences the one that asks is heard; who shouts is heard as who speaks."""

import pytest

from bot.core.dialogue.message import Meaning
from bot.core.dialogue.sentences import of_sentences, sentences, spoken

DOUBT = Meaning("nlu_fallback", 0.4, (), ("register",))
TOLD = Meaning("story", 0.9, ("story",))
COST = Meaning("faq", 0.95, ("faq/cost",))
JOINS = Meaning("register", 0.9, ("register",))


def test_the_sentence_that_asks_is_what_is_meant() -> None:
    assert of_sentences(DOUBT, [DOUBT, TOLD, JOINS]) == JOINS
    both = of_sentences(DOUBT, [JOINS, COST])
    assert (both.intent, both.topics) == ("faq", ("register", "faq/cost"))


def test_the_sides_of_what_is_asked_are_kept() -> None:
    travel = Meaning("faq", 0.95, ("faq/cost",), facets=("faq/cost/travel",))
    assert of_sentences(DOUBT, [TOLD, travel]).facets == ("faq/cost/travel",)


def test_what_no_sentence_asks_for_sure_stays_in_doubt() -> None:
    unsure = Meaning("faq", 0.6, ("faq/cost",))
    assert of_sentences(DOUBT, [unsure, TOLD, Meaning("greet", 1.0, ("greet",))]) == DOUBT
    assert of_sentences(DOUBT, []) == DOUBT


def test_how_somebody_feels_is_heard_beside_what_is_asked() -> None:
    worried = Meaning("worried", 0.8, ("worried",))
    assert of_sentences(worried, [worried, COST]).mood == "worried"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("gisteren met de chef gesproken. hoe meld ik mij aan?", 2),
        ("dat snap ik niet, ik bedoel wat het kost", 2),
        ("wat kost het?", 0),
        ("a. b. c. d. e. f.", 0),
    ],
)
def test_a_text_is_read_apart_only_when_it_has_some_sentences(text: str, parts: int) -> None:
    assert len(sentences(text)) == parts


def test_who_shouts_says_the_same() -> None:
    assert spoken("WAT KOST HET") == "wat kost het"
    assert spoken("MBO") == "MBO"
    assert spoken("ik werk bij ASML") == "ik werk bij ASML"
