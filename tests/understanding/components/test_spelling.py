"""Typing errors that are put right, and words that are left alone."""

import pytest

from bot.understanding.spelling import Speller

SENTENCES = [
    "wat verdient een techniekopleider",
    "wat doet een techniekopleider op school",
    "is er een praktijkexamenbureau",
]


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller.learn(SENTENCES)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hoeevel uur", "hoeveel uur"),
        ("welke opledding", "welke opleiding"),
        ("lsegeven", "lesgeven"),
        ("mijn wekgever", "mijn werkgever"),
        ("een techniekoplieder", "een techniekopleider"),
    ],
)
def test_one_slip_is_put_right(speller: Speller, typed: str, meant: str) -> None:
    assert speller.correct(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "hoeveel uur kost de opleiding",
        "[naam] van [bedrijf], mbo4, 12 jaar",
        "xqzrvwk",
        "ff vd ma",
        "",
        "Wat KOST het?!",
    ],
)
def test_what_is_known_or_beyond_help_stays_as_it_was(speller: Speller, text: str) -> None:
    assert speller.correct(text) == text


def test_a_word_of_ours_is_known_only_when_it_stands_more_than_once(speller: Speller) -> None:
    assert "techniekopleider" in speller.ours
    assert "praktijkexamenbureau" not in speller.ours


def test_a_word_of_ours_wins_from_a_commoner_one() -> None:
    ours = Speller({"kosten": 50})
    assert ours.correct("kostne") == "kosten"


def test_a_string_that_is_no_word_is_left_as_it_is():
    speller = Speller.learn(["opleiding opleiding"])
    assert speller.correct("é" * 900) == "é" * 900
