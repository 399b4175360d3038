"""Who introduces himself is welcomed, and who asks something is not."""

import pytest

from bot.core.answers.interest import shows_interest


@pytest.mark.parametrize(
    "text",
    [
        "ik ben monteur en denk erover les te geven",
        "Hallo, ik ben lasser en zou graag voor de klas staan",
        "ik overweeg om docent te worden",
        "lijkt me leuk om lesgeven te combineren met mijn werk",
        "ik heb interesse in het traject",
        "ik zit erover te denken om les te geven op een vmbo",
        "wij zoeken iemand die bij ons op school voor de klas wil",
        "ik wil mijn vak doorgeven aan jongeren",
    ],
)
def test_an_introduction_is_known(text: str) -> None:
    assert shows_interest(text)


@pytest.mark.parametrize(
    "text",
    [
        "ik ben lasser, hoe word ik docent?",
        "kan ik lesgeven naast mijn baan",
        "ik ben op zoek naar een fiets",
        "wat is de hoofdstad van Frankrijk",
        "mijn zoon zit op het vmbo",
        "de leraar was ziek",
        "",
    ],
)
def test_anything_else_is_not(text: str) -> None:
    assert not shows_interest(text)
