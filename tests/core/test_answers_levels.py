"""Education: today's and yesterday's schools, unfinished and denied ones."""

import pytest

from bot.core.answers import facts_in
from bot.core.answers.reading import answer_to


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("mbo 4", "mbo4"),
        ("MBO4", "mbo4"),
        ("mbo-4", "mbo4"),
        ("mbo niveau 4", "mbo4"),
        ("niveau 3", "mbo3"),
        ("gwn mbo nivo 4", "mbo4"),
        ("niv. 2", "mbo2"),
        ("bbl niveau 3", "mbo3"),
        ("bol 4", "mbo4"),
        ("mbo vier", "mbo4"),
        ("em bee oo drie lastechniek", "mbo3"),
        ("4", "mbo4"),
        ("drie", "mbo3"),
        ("mbo 1", "mbo1"),
        ("entreeopleiding", "mbo1"),
        ("mts", "mbo4"),
        ("MTS werktuigbouw", "mbo4"),
        ("meao", "mbo4"),
        ("hts", "hbo"),
        ("hts elektrotechniek", "hbo"),
        ("heao", "hbo"),
        ("hbo", "hbo"),
        ("hbo'er", "hbo"),
        ("hbo wtb", "hbo"),
        ("bachelor", "hbo"),
        ("associate degree", "hbo"),
        ("universiteit", "wo"),
        ("wo", "wo"),
        ("TU Delft", "wo"),
        ("master werktuigbouw", "wo"),
        ("vmbo", "vmbo"),
        ("vmbo kader", "vmbo"),
        ("vmbo-t", "vmbo"),
        ("lts", "vmbo"),
        ("L.T.S.", "vmbo"),
        ("lbo", "vmbo"),
        ("mavo", "vmbo"),
        ("ambachtsschool", "vmbo"),
        ("havo", "havo"),
        ("vwo", "havo"),
        ("leerlingwezen", "mbo2"),
        ("vakschool", "mbo2"),
        ("geen", "none"),
        ("geen diploma", "none"),
        ("geen diploma's, alles in de praktijk geleerd", "none"),
        ("alleen basisschool", "none"),
        ("een diploma uit Polen", "foreign"),
        ("buitenlands diploma", "foreign"),
        ("ik heb in Syrië gestudeerd", "foreign"),
        ("hbo in Turkije gedaan", "foreign"),
        ("diploma uit polen, hier gewaardeerd op mbo 4", "mbo4"),
        ("lts en daarna mts", "mbo4"),
        ("vmbo en toen mbo 3", "mbo3"),
        ("mbo 4, hbo niet afgemaakt", "mbo4"),
        ("mbo 3, en nu bezig met mbo 4", "mbo3"),
        ("mbo4 en nu hbo aan het doen", "mbo4"),
        ("vmbo, havo niet afgemaakt", "vmbo"),
        ("pools diploma", "foreign"),
        ("school in Poland, 4 jaar", "foreign"),
        ("diploma marokko", "foreign"),
        ("vakopleiding, bulgarije", "foreign"),
        ("m.b.o. 4", "mbo4"),
        ("heb een mbo 4 diploma", "mbo4"),
        ("mbo 4. hoe lang duurt het eigenlijk", "mbo4"),
        ("mbo 4 maar hoe lang duurt het?", "mbo4"),
        ("ik heb mbo 3, is dat genoeg?", "mbo3"),
    ],
)
def test_an_answer_is_a_level(text: str, level: str) -> None:
    assert answer_to("education_level", text) == level


@pytest.mark.parametrize(
    "text",
    [
        "mbo",
        "gewoon mbo",
        "telt mbo 3 ook?",
        "telt mbo 3 ook",
        "kan het ook met mbo 3?",
        "is mbo 3 genoeg",
        "moet ik dan mbo 4 hebben",
        "waarom wilt u dat weten?",
        "welk niveau bedoelt u",
        "wat kost het",
        "ik weet het niet",
        "en als ik volgend jaar mbo 4 heb",
        "mijn collega heeft mbo 2",
        "mijn zoon doet hbo",
        "ik ga mbo 4 doen",
        "ik volg nu mbo 4",
        "middelbare school",
        "ja",
        "",
    ],
)
def test_what_is_no_level(text: str) -> None:
    assert answer_to("education_level", text) is None


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("ik heb mbo 4 elektrotechniek", "mbo4"),
        ("mbo niveau 3", "mbo3"),
        ("ik heb hbo gedaan", "hbo"),
        ("lts gedaan, daarna altijd gewerkt", "vmbo"),
        ("mn hoogste is mbo3", "mbo3"),
        ("ik heb geen diploma maar wel 25 jaar gewerkt", "none"),
        ("ik heb mbo 3 is dat genoeg?", "mbo3"),
    ],
)
def test_a_level_told_unasked(text: str, level: str) -> None:
    assert [fact.value for fact in facts_in(text) if fact.entity == "education_level"] == [level]


@pytest.mark.parametrize(
    "text",
    [
        "kan het ook met mbo 3?",
        "mijn collega heeft mbo 2",
        "en als ik volgend jaar mbo 4 heb",
        "ik wil lesgeven op het mbo",
        "ik wil les geven aan mbo 4",
        "ik ga hbo doen",
        "telt mts ook",
        "wij hebben een medewerker met mbo 4",
        "ik heb per ongeluk mbo 3 gezet",
        "geen school in de buurt",
        "mbo",
    ],
)
def test_no_level_of_the_speaker(text: str) -> None:
    assert "education_level" not in [fact.entity for fact in facts_in(text)]
