"""Half a name never takes a whole one away."""

import pytest

from bot.core.answers import both_halves, half_before, with_half


@pytest.mark.parametrize(
    ("known", "told", "half", "name"),
    [
        ("Jan van der Berg", "Bergh", "achter", "Jan Bergh"),
        ("Jan", "de Boer", "achter", "Jan de Boer"),
        ("Jan", "Jan de Boer", "achter", "Jan de Boer"),
        ("Anna Maria Smit", "jansen", "achter", "Anna Maria Jansen"),
        ("O'Brien, Sean", "Byrne", "achter", "Sean Byrne"),
        ("Jan de Vries", "Piet", "voor", "Piet de Vries"),
        ("de Boer", "Jan", "voor", "Jan de Boer"),
        ("Jan", "Piet", "voor", "Piet"),
        ("Jan van der Berg", "Bergh", None, "Jan Bergh"),
        ("Jan van der Berg", "piet", None, "Piet van der Berg"),
        ("Jan Jansen", "Jan", None, "Jan Jansen"),
        ("Jan Jansen", "Piet Klaassen", None, "Piet Klaassen"),
        ("Jan", "Piet", None, "Piet"),
        (None, "Bergh", "achter", "Bergh"),
    ],
)
def test_only_the_half_that_was_told_changes(known, told, half, name) -> None:
    assert with_half(known, told, half) == name


@pytest.mark.parametrize(
    "text",
    [
        "voornaam Jan achternaam de Boer",
        "Voornaam: Jan, achternaam: de Boer",
        "mijn achternaam is de Boer en mijn voornaam is Jan",
        "voornaam: Jan\nachternaam: de Boer",
    ],
)
def test_both_halves_make_one_name(text: str) -> None:
    assert both_halves(text) == "Jan de Boer"


def test_the_words_before_say_which_half_it_is() -> None:
    assert half_before("nee, mijn achternaam is Bergh", 24) == "achter"
    assert half_before("voornaam: Jan", 10) == "voor"
    assert half_before("mijn naam is Jan", 13) is None
