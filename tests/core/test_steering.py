"""What is said about the conversation itself is told apart from what is said in it."""

import pytest

from bot.core.steering import BACK, DONE, HEARD, LEFT, NEXT, SAID, SOURCE, WAIT, leaves, steering_in


@pytest.mark.parametrize(
    ("text", "move"),
    [
        ("wacht even", WAIT),
        ("momentje de bel gaat", WAIT),
        ("ogenblikje aub", WAIT),
        ("ik kom zo terug", WAIT),
        ("ben weer terug", BACK),
        ("hallo daar ben ik weer", BACK),
        ("hoeveel vragen zijn het nog?", LEFT),
        ("nog veel vragen?", LEFT),
        ("duurt dit nog lang", LEFT),
        ("hoe nu verder", NEXT),
        ("wat gebeurt er straks allemaal", NEXT),
        ("krijg ik nog bericht van jullie", HEARD),
        ("is het nu klaar", DONE),
        ("waarom weten jullie dat niet?", SOURCE),
        ("dat heb ik net al gezegd", SAID),
        ("dat stond er toch al?", SAID),
        ("prima, en wat is de volgende stap?", NEXT),
    ],
)
def test_a_word_about_the_conversation_is_heard(text: str, move: str) -> None:
    assert steering_in(text) == move


@pytest.mark.parametrize(
    "text",
    [
        "momentje, wat kost het?",
        "wacht even, ik bedoel mbo 4",
        "wacht, 6",
        "wacht even ik wil een mens spreken",
        "hoe lang duurt het",
        "gooi alles weg. ALLES.",
        "wat moet ik doen voor mijn diploma",
        "wat kan ik hierna worden",
        "hoeveel jaar ervaring moet ik hebben",
        "ik heb een vraag",
        "wanneer hoor ik bij de doelgroep",
    ],
)
def test_what_says_more_is_not_about_the_conversation(text: str) -> None:
    assert steering_in(text) is None


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("ik moet er nog over nadenken", "goodbye"),
        ("nou dan wacht ik het af", "goodbye"),
        ("heel erg bedankt voor de moeite", "thank"),
        ("bedankt maar dat bedoel ik niet", None),
        ("bedankt, en wat kost het?", None),
        ("ik heb een hond", None),
    ],
)
def test_how_somebody_ends(text: str, end: str | None) -> None:
    assert leaves(text) == end
