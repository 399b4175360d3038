"""Years of experience and ages, in figures and in words."""

from datetime import date

import pytest

from bot.core.answers import facts_in
from bot.core.answers.reading import answer_to
from bot.core.answers.text import fold
from bot.core.answers.years import find_age, is_of_child

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("15", 15),
        ("15 jaar", 15),
        ("15jr", 15),
        ("15 jr.", 15),
        ("vijftien", 15),
        ("vijftein jaar", 15),
        ("al 15 jaar", 15),
        ("ik werk er nu 12 jaar", 12),
        ("een jaar of vijf", 5),
        ("een jaar of 14", 14),
        ("zo'n 20 jaar", 20),
        ("ongeveer twintig jaar", 20),
        ("bijna twintig", 19),
        ("bijna 3 jaar", 2),
        ("nog geen 3 jaar", 2),
        ("minder dan 1 jaar", 0),
        ("ruim 10", 10),
        ("meer dan 30", 30),
        ("30+", 30),
        ("anderhalf", 1.5),
        ("ruim anderhalf jaar", 1.5),
        ("half jaar", 0.5),
        ("een half jaar", 0.5),
        ("driekwart jaar", 0.75),
        ("twee en een half jaar", 2.5),
        ("2,5 jaar", 2.5),
        ("2.5", 2.5),
        ("2½ jaar", 2.5),
        ("tweeënhalf jaar", 2.5),
        ("18 maanden", 1.5),
        ("6 mnd", 0.5),
        ("10-15", 10),
        ("10 a 15 jaar", 10),
        ("tussen de 5 en 10 jaar", 5),
        ("vijf zes jaar", 5),
        ("een tiental jaren", 10),
        ("tweeëntwintig jaar", 22),
        ("Vijfendertig", 35),
        ("1 jaar", 1),
        ("een jaar", 1),
        ("één", 1),
        ("nul", 0),
        ("geen", 0),
        ("geen ervaring", 0),
        ("nog geen ervaring", 0),
        ("net begonnen", 0),
        ("60", 60),
        ("een stuk of 10", 10),
        ("vanaf mijn 16e dus nu 30 jaar", 30),
        ("pak m beet 25 jaar", 25),
        ("sinds 2012", 14),
        ("vanaf 2015 in loondienst", 11),
        ("ik ben begonnen in 2020", 6),
        ("ik ben 45 en werk 20 jaar", 20),
        ("12 jaar. hoe lang duurt het eigenlijk?", 12),
        ("8 jaar, is dat genoeg?", 8),
        ("3 jaar ofzo", 3),
    ],
)
def test_an_answer_is_a_number_of_years(text: str, years: float) -> None:
    assert answer_to("years_experience", text, today=TODAY) == years


@pytest.mark.parametrize(
    "text",
    [
        "waarom wilt u dat weten?",
        "hoeveel jaar moet je hebben dan",
        "wat kost het",
        "is 2 jaar genoeg?",
        "duurt het 2 jaar",
        "ik weet het niet",
        "een paar jaar",
        "heel lang",
        "al mijn hele leven",
        "75",
        "1985",
        "0612345678",
        "ik ben 45",
        "als ik 3 jaar heb",
        "mijn collega heeft 10 jaar",
        "40 uur per week",
        "",
        "?",
        "een",
    ][:-1],
)
def test_what_is_no_number_of_years(text: str) -> None:
    assert answer_to("years_experience", text, today=TODAY) is None


def test_a_year_is_not_read_without_today() -> None:
    assert answer_to("years_experience", "sinds 2012") is None
    assert facts_in("sinds 2012 werkzaam als lasser")[0].entity == "sector"


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("ik heb 15 jaar ervaring", 15),
        ("ik werk al 15 jaar als lasser", 15),
        ("sinds 2012 werkzaam in de bouw", 14),
        ("zit 20 jaar in het vak", 20),
        ("ik ben 45 jaar en werk al 20 jaar als monteur", 20),
        ("al twintig jaar cv monteur", 20),
        ("ruim 30 jr in de metaal", 30),
        ("ik heb een jaar of tien werkervaring", 10),
        ("ik ben 12 jaar werkzaam bij ons bedrijf", 12),
        ("ik ben al 5 jaar lasser", 5),
    ],
)
def test_years_told_unasked(text: str, years: float) -> None:
    found = [
        fact.value for fact in facts_in(text, today=TODAY) if fact.entity == "years_experience"
    ]
    assert found == [years]


@pytest.mark.parametrize(
    "text",
    [
        "ik ben 45 jaar",
        "ik ben vijfenveertig jaar oud",
        "15",
        "12 jaar",
        "duurt het 2 jaar",
        "hoeveel jaar ervaring heb ik nodig, 3 jaar?",
        "is 2 jaar ervaring genoeg",
        "mijn zoon heeft 3 jaar ervaring",
        "als ik 5 jaar ervaring heb",
        "ik ben al 20 jaar getrouwd en werk als lasser",
        "over 2 jaar ga ik met pensioen",
        "54 jaar, altijd met machines bezig",
    ],
)
def test_no_years_without_a_clear_context(text: str) -> None:
    assert "years_experience" not in [fact.entity for fact in facts_in(text, today=TODAY)]


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("ik ben 45 jaar", 45),
        ("ik ben 45", 45),
        ("ben 58, te oud?", 58),
        ("ik ben nu 17 jaar oud", 17),
        ("ik ben zestien", 16),
        ("een 52-jarige monteur", 52),
        ("ik ben 38, werk bij een bouwbedrijf", 38),
        ("45 jaar oud", 45),
    ],
)
def test_an_age(text: str, age: int) -> None:
    assert [fact.value for fact in facts_in(text) if fact.entity == "age"] == [age]


@pytest.mark.parametrize(
    "text",
    ["ik ben 15 jaar werkzaam", "ik ben al 20 jaar lasser", "ik ben 10 minuten weg", "ik ben 3",
     "ben ik met 50 te oud?", "mijn zoon is 17 jaar oud"],
)  # fmt: skip
def test_no_age(text: str) -> None:
    assert "age" not in [fact.entity for fact in facts_in(text)]


@pytest.mark.parametrize("text", ["3 jaar school", "diploma van syrie, 3 jaar school"])
def test_years_at_school_are_no_experience(text: str) -> None:
    assert answer_to("years_experience", text) is None


def test_years_before_a_pension_are_experience() -> None:
    found = facts_in(
        "met vervroegd pensioen na veertig jaar in de metaal", today=date(2026, 11, 23)
    )
    assert 40 in [fact.value for fact in found if fact.entity == "years_experience"]


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("ik ben trouwens 15 jaar", 15),
        ("ik ben nog maar zeventien", 17),
        ("ik ben een meisje van 16", 16),
        ("ik ben nog geen 18", 17),
        ("ik ben bijna 18", 17),
        ("ik ben onder de 18", 17),
        ("ik ben nog minderjarig", 17),
        ("in mei word ik 17", 16),
        ("volgend jaar ben ik 18", 17),
        ("over twee jaar word ik pas 18", 17),
        ("15 ben ik", 15),
        ("ik ben geen 18 meer", None),
        ("ik word over 12 jaar manager", None),
        ("mijn zoon is minderjarig", None),
        ("ik ben nog geen 15 jaar werkzaam", None),
    ],
)
def test_who_is_young_says_it_in_many_ways(text, age):
    assert [number for number, _, _ in find_age(fold(text))] == ([] if age is None else [age])


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("ik ben geboren in 2011", 14),
        ("geboren op 12 maart 2011", 14),
        ("mijn geboortejaar is 2010", 15),
        ("ik ben van 2009", 16),
        ("ik ben geboren in Zwolle in 1981", 44),
        ("ik werk sinds 2011", None),
        ("mijn zoon is van 2011", None),
        ("ik ben in 2011 begonnen", None),
    ],
)
def test_who_tells_a_year_of_birth_has_the_youngest_age_of_it(text: str, age: int | None) -> None:
    found = [fact.value for fact in facts_in(text, today=TODAY) if fact.entity == "age"]

    assert found == ([] if age is None else [age])


@pytest.mark.parametrize(
    "text",
    [
        "ik zit in klas 3 vmbo",
        "ik zit in de 3e klas van het vmbo",
        "ik zit nu in 4 havo",
        "ik ben scholier",
        "ik zit nog op de middelbare school",
        "ik zit in mijn examenjaar van het vmbo",
        "derde klas vmbo",
    ],
)
def test_a_pupil_is_under_age(text: str) -> None:
    assert [found.value for found in facts_in(text) if found.entity == "age"] == [17]


@pytest.mark.parametrize(
    "text",
    [
        "ik geef les in klas 3 vmbo",
        "ik wil aan de slag in klas 3 van het vmbo",
        "ik heb op het vmbo gezeten",
        "ik ben docent op het vmbo",
        "ik zit in het derde jaar van het mbo",
        "mijn zoon zit in klas 3 vmbo",
        "ik zit al 4 jaar in de bouw",
    ],
)
def test_who_teaches_or_left_school_is_no_pupil(text: str) -> None:
    assert not [found for found in facts_in(text) if found.entity == "age"]


@pytest.mark.parametrize(
    ("text", "is_child"),
    [
        ("mijn zoon van 17 wil meedoen", True),
        ("mijn dochter zit in 3 havo", True),
        ("mijn broertje (15) wil dit ook", True),
        ("mijn zoon werkt 15 jaar in de bouw", False),
        ("mijn zoon heeft 15 jaar ervaring", False),
        ("mijn man wil meedoen", False),
    ],
)
def test_a_child_of_somebody_is_known_by_age_or_school(text: str, is_child: bool) -> None:
    assert is_of_child(fold(text)) is is_child
