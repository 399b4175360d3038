"""How many years: each number of an answer in its own role."""

from datetime import date

import pytest

from bot.core.answers.reading import answer_to

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("n jaartje of vier", 4),
        ("zo'n maandje of 9", 0.75),
        ("half jaartje pas", 0.5),
        ("3️⃣ jaar", 3),
        ("veertigjaar", 40),
        ("twee en twintig", 22),
        ("ervaring: 14 jaar", 14),
        ("halve eeuw", 50),
        ("twee decennia", 20),
        ("nul komma niks", 0),
        ("niks, ik werk in een winkel", 0),
    ],
)
def test_an_amount_is_written_in_many_ways(text: str, years: float) -> None:
    assert answer_to("years_experience", text, today=TODAY) == years


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("ik was 18 toen ik begon, nu ben ik 40", 22),
        ("op mijn zeventiende begonnen en ik ben nu 57", 40),
        ("58 ben ik, waarvan 35 in de techniek", 35),
        ("sinds mijn 15", None),
        ("toen ik 20 was begonnen", None),
    ],
)
def test_an_age_is_no_number_of_years(text: str, years: float | None) -> None:
    assert answer_to("years_experience", text, today=TODAY) == years


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("sinds 3 april 2014", 12),
        ("sinds okt. 2018", 8),
        ("sinds '11", 15),
        ("vanaf 94", 32),
        ("begonnen in 89", 37),
        ("1992-2012", 20),
        ("van 2001 t/m 2009", 8),
        ("2016 tot nu", 10),
        ("vorig jaar begonnen", 1),
        ("in 1979 geboren", None),
        ("eind jaren 90", None),
        ("vanaf 18", None),
    ],
)
def test_a_calendar_year_says_since_when(text: str, years: float | None) -> None:
    assert answer_to("years_experience", text, today=TODAY) == years


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("6 jaar bij de ene baas en daarna 9 jaar bij de andere", 15),
        ("eerst 4 jaar bij Vos, nu 5 jaar bij De Wit", 9),
        ("sinds 2020, daarvoor 5 jaar bij een ander", 11),
        ("hier 4 jaar, daar 6 jaar, samen dus 10", 10),
        ("in totaal 28 jaar, waarvan 6 als zzp'er", 28),
        ("14 jaar, de eerste 2 als hulp", 14),
        ("vier jaar en zes maanden", 4.5),
        ("8 jaar in de zorg en 3 jaar in de bouw", 3),
        ("2 kinderen en 17 jaar ervaring", 17),
        ("11 jaar, 4 dagen per week", 11),
        ("9 jaar na de lts", 9),
    ],
)
def test_parts_and_the_whole(text: str, years: float) -> None:
    assert answer_to("years_experience", text, today=TODAY) == years


@pytest.mark.parametrize(
    "text",
    [
        "vijftien of dertig jaar geleden begonnen",
        "over 3 jaar ga ik met pensioen",
        "nog 4 jaar tot mijn pensioen",
        "15 jaar getrouwd",
        "4 jaar geleden gestopt",
        "elk jaar",
    ],
)
def test_what_leaves_it_open_is_asked(text: str) -> None:
    assert answer_to("years_experience", text, today=TODAY) is None
