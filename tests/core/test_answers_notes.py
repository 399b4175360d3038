"""When somebody can be called back, and about what."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.answers.notes import SMALL, Note, read_note


@pytest.mark.parametrize(
    ("text", "moment", "says_more"),
    [
        ("morgenochtend, over mijn diploma", "morgenochtend", True),
        ("morgen middag", "morgen middag", False),
        ("zaterdagmorgen", "zaterdagmorgen", False),
        ("bel me na vier uur op [telefoon]", "na vier uur", False),
        ("[telefoon]", None, False),
        ("bel mij graag terug", None, False),
        ("liefst maandag na 16.30 uur", "maandag, na 16.30 uur", False),
        ("'s avonds", "'s avonds", False),
        ("tussen 12 en 1", "tussen 12 en 1", False),
        ("na het werk, ik heb een vraag over de kosten", "na het werk", True),
        ("nee dat is alles", None, False),
        ("nee hoor dank u wel", None, False),
        ("woensdagmiddag of vrijdag", "woensdagmiddag, vrijdag", True),
        ("zo snel mogelijk svp", "zo snel mogelijk", False),
        ("is het ook voor zzp'ers", None, True),
        ("Kan ik met mts instromen?", None, True),
        ("volgende week overdag", "volgende week, overdag", False),
        ("na vijven", "na vijven", False),
        ("vrijdag kan ik niet", None, True),
        ("behalve woensdag", None, True),
        ("is de les op maandagavond?", None, True),
        ("mijn nummer is [nummer onjuist]", None, False),
    ],
)
def test_a_note_says_when_and_what(text: str, moment: str | None, says_more: bool) -> None:
    note = read_note(text)
    assert note.moment == moment
    assert (note.question is not None) == says_more


def test_the_question_is_in_the_visitors_own_words() -> None:
    assert read_note("Bel [telefoon] over mijn MTS-diploma.") == Note(
        None, "Bel over mijn MTS-diploma"
    )


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="[]"), max_size=80))
def test_no_word_gets_lost(text: str) -> None:
    note = read_note(text)
    kept = f"{note.moment or ''} {note.question or ''}".casefold()
    for word in re.findall(r"[a-z]{4,}", text.casefold()):
        assert word in kept or word in SMALL or not re.fullmatch(r"[\w ]+", text)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("kan iemand mij bellen? graag dinsdagmiddag", "dinsdagmiddag"),
        ("kunt u me dinsdagochtend bellen?", "dinsdagochtend"),
        ("niet op maandag. dinsdagmiddag is prima", "dinsdagmiddag"),
        ("niet op maandag, wel dinsdagmiddag", None),
        ("is de les op dinsdag?", None),
        ("na 16.30 uur", "na 16.30 uur"),
        ("over de prijs voor een zzp'er", None),
        ("het liefst voor een uur", "voor een uur"),
        ("tussen een en twee", "tussen een en twee"),
    ],
)
def test_a_moment_belongs_to_its_own_sentence(text, moment):
    assert read_note(text).moment == moment
